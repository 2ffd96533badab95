"""What a proposal may be merged into: with the people behind it, and nothing that has ended."""

from pathlib import Path

import pytest

from agent.record.targets import Target, merge_targets
from agent.settings import Settings
from agent.wiring import open_knowledge, open_record
from tests.support.office import FILES, LETTERS, WEATHER, propose, settings_of, work, write_office
from tests.support.office_days import decision_on
from tests.support.ready import lay_index

CSV = "knowledge/capabilities/all.csv"


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    settings = write_office(tmp_path / "office", indexed=False)
    retired = FILES[CSV].replace("Cleo Example,production", "Cleo Example,retired")
    (settings.root / CSV).write_text(retired, encoding="utf-8")
    lay_index(settings.knowledge, settings.cache)
    work(settings, propose(settings, "letters", LETTERS), propose(settings, "weather", WEATHER))
    return settings_of(settings.root)


def targets(office: Settings, wanted: str = "") -> dict[str, Target]:
    with open_record(office) as store:
        return merge_targets(open_knowledge(office), store, wanted)


def test_capabilities_and_initiatives_with_their_owners(office: Settings) -> None:
    found = targets(office, "letters")
    assert sorted(found) == ["CAP-1", "CAP-2", "CAP-3", "letters", "weather"]
    assert (found["CAP-2"].title, found["CAP-2"].owner) == ("Call summaries", "Ben Example")
    assert (found["letters"].title, found["letters"].owner) == ("Sorting letters", "Jon Example")
    assert [id_ for id_, target in found.items() if target.closed] == ["CAP-3"]


def test_what_was_turned_down_takes_nothing_in(office: Settings) -> None:
    with open_record(office) as store:
        drafts = [store.current(name) for name in ("letters", "weather")]
        for draft, outcome, into in zip(
            drafts, ("reject", "merge_with_existing"), ("", "CAP-2"), strict=True
        ):
            assert draft is not None
            store.decide(decision_on(draft, outcome=outcome, merge_into=into), "# Letter")
    found = targets(office)
    assert found["letters"].closed == "was rejected"
    assert found["weather"].closed == "was itself merged into CAP-2"
