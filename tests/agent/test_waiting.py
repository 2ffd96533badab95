"""What waits: files of a folder, and in an office what is on record with the newest text."""

from pathlib import Path

from agent.others import Others
from agent.settings import Settings
from agent.waiting import Waiting, in_files, in_office
from agent.wiring import open_record
from tests.agent.test_batch import decide
from tests.support.office import LETTERS, TWIN, WEATHER, propose, review_in, work


def in_this(office: Settings) -> dict[str, Waiting]:
    with open_record(office) as store:
        on_record = Others(store, {}, review_in(office).rules).pending()
        files = sorted(office.proposals.glob("*.md"))
        waiting, failed = in_office(store, on_record, files, office.root, {})
    assert failed == []
    return {w.initiative: w for w in waiting}


def test_files_that_cannot_be_read_and_ids_given_twice_are_rows(tmp_path: Path) -> None:
    texts = {"a": LETTERS, "b": LETTERS, "c": "---\nid: [1\n---\n# Broken\n", "d": WEATHER}
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    files = [*sorted(tmp_path.glob("*.md")), tmp_path / "gone.md"]
    waiting, failed = in_files(files, tmp_path, {})
    assert [w.initiative for w in waiting] == ["letters", "weather"]
    assert [row.path for row in failed] == ["b.md", str(tmp_path / "c.md"), str(files[-1])]
    assert "initiative `letters` is also a.md; give one an `id` of its own" in failed[0].error
    assert "c.md:2" in failed[1].error


def test_in_an_office_the_newest_text_counts_and_what_is_decided_does_not(
    office: Settings,
) -> None:
    propose(office, "letters", LETTERS)
    propose(office, "mail", TWIN)
    work(office)
    decide(office, "mail", "reject")
    propose(office, "weather", WEATHER)  # not reviewed yet
    waiting = in_this(office)
    assert sorted(waiting) == ["letters", "weather"]
    assert waiting["letters"].pending.submitted != "" == waiting["weather"].pending.submitted
    newer = LETTERS + "\nIt stamps them too.\n"
    propose(office, "letters", newer)
    propose(office, "mail", TWIN + "\nBetter this time.\n")
    again = in_this(office)
    assert sorted(again) == ["letters", "mail", "weather"]
    assert "stamps" in again["letters"].pending.text
    assert again["letters"].pending.submitted == waiting["letters"].pending.submitted


def test_a_file_that_was_taken_away_waits_all_the_same(office: Settings) -> None:
    work(office, propose(office, "letters", LETTERS))
    (office.proposals / "letters.md").unlink()
    assert sorted(in_this(office)) == ["letters"]
