"""Files → drafts on record: versions, twins, bad files, interrupts; the real parts throughout."""

import json
import os

import pytest

from agent.batch import Reviewed
from agent.deciding import commit, prepare
from agent.schema.decision import Decision
from agent.settings import Settings
from agent.wiring import open_record
from tests.support.office import (
    LETTERS,
    TWIN,
    WEATHER,
    CountingReader,
    propose,
    review_in,
    sheet_of,
    work,
)


def states(rows: list[Reviewed]) -> list[tuple[str, str]]:
    return [(r.initiative, r.state) for r in rows]


def decide(settings: Settings, initiative: str, outcome: str = "request_changes") -> None:
    with open_record(settings) as store:
        opened = sheet_of(settings, initiative)
        draft = opened.sheet.draft
        decision = Decision.model_validate(
            {
                "initiative": initiative,
                "version": draft.version,
                "draft": draft.id,
                "shown": "",
                "outcome": outcome,
                "by": "ana",
            }
        )
        prepared = prepare(
            opened, decision, people={}, targets={}, facts=review_in(settings), date="2026-11-24"
        )
        commit(prepared, store, settings.root)


def test_the_same_input_is_unchanged_and_adds_nothing_to_the_record(office: Settings) -> None:
    file = propose(office, "letters", LETTERS)
    first = work(office, file)
    with open_record(office) as store:
        receipt = store.receipt()
    again = work(office, file)
    assert (states(first), states(again)) == (
        [("letters", "new")],
        [("letters", "unchanged")],
    )
    assert first[0].draft == again[0].draft
    with open_record(office) as store:
        assert store.receipt() == receipt


def test_new_bytes_are_version_two_and_the_old_draft_is_superseded(office: Settings) -> None:
    file = propose(office, "letters", LETTERS)
    old = work(office, file)[0].draft
    propose(office, "letters", LETTERS + "\nIt also stamps them.\n")
    row = work(office, file)[0]
    assert row.state == "new"
    assert row.draft is not None
    assert old is not None
    assert (row.draft.version, old.version) == (2, 1)
    with open_record(office) as store:
        assert store.current("letters") == row.draft
        assert store.draft(old.id) == old
    assert sheet_of(office, "letters").sheet.draft.version == 2


def test_bytes_that_come_back_are_the_old_version(office: Settings) -> None:
    """CONTRACTS §2: a version counts distinct bytes."""
    file = propose(office, "letters", LETTERS)
    work(office, file)
    propose(office, "letters", LETTERS + "\nMore.\n")
    work(office, file)
    propose(office, "letters", LETTERS)
    row = work(office, file)[0]
    assert row.draft is not None
    assert row.draft.version == 1


def test_new_knowledge_is_a_new_draft_of_the_same_version(office: Settings) -> None:
    file = propose(office, "letters", LETTERS)
    old = work(office, file)[0].draft
    policy = office.knowledge / "policies" / "trust.md"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("severity: high", "severity: medium"), encoding="utf-8")
    row = work(office, file)[0]
    assert row.state == "new"
    assert row.draft is not None
    assert old is not None
    assert (row.draft.version, row.draft.id != old.id) == (1, True)
    assert row.draft.provenance.knowledge != old.provenance.knowledge


def test_a_decided_version_is_never_drafted_again(office: Settings) -> None:
    file = propose(office, "letters", LETTERS)
    draft = work(office, file)[0].draft
    decide(office, "letters")
    (office.knowledge / "goals" / "trust.md").unlink()
    row = work(office, file)[0]
    assert (row.state, row.draft) == ("decided", draft)
    propose(office, "letters", LETTERS + "\nMore.\n")
    assert states(work(office, file)) == [("letters", "new")]


def test_a_bad_file_in_the_middle_is_a_failed_row_and_the_rest_goes_on(office: Settings) -> None:
    propose(office, "a", LETTERS)
    propose(office, "b", "---\nid: [1\n---\n# Broken\n")
    (office.proposals / "c.md").mkdir()
    os.mkfifo(office.proposals / "d.md")
    propose(office, "e", b"")
    propose(office, "f", WEATHER)
    files = [office.proposals / f"{name}.md" for name in "abcdef"]
    rows = work(office, *files)
    assert [r.state for r in rows] == ["new", "failed", "failed", "failed", "failed", "new"]
    assert rows[1].error.startswith("proposals/b.md:2: ")
    assert all(r.error.count("\n") == 0 for r in rows)
    assert [r.path for r in rows] == [f"proposals/{name}.md" for name in "abcdef"]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_twins_of_one_batch_see_each_other_whatever_their_order(
    office: Settings, names: tuple[str, str]
) -> None:
    propose(office, names[0], LETTERS)
    propose(office, names[1], TWIN)
    rows = {r.initiative: r.draft for r in work(office)}
    for one, other in (("letters", "mail"), ("mail", "letters")):
        draft = rows[one]
        assert draft is not None
        assert [(o.entry, o.kind, o.relation) for o in draft.overlaps if o.kind == "pending"] == [
            (other, "pending", "duplicate")
        ]
        assert draft.outcome == "merge_with_existing"
        assert draft.provenance.sources[other].sha256
    assert {r.state for r in work(office)} == {"unchanged"}


def test_own_versions_are_never_an_overlap(office: Settings) -> None:
    file = propose(office, "letters", LETTERS)
    work(office, file)
    decide(office, "letters")
    propose(office, "letters", LETTERS + "\nMore.\n")
    draft = work(office, file)[0].draft
    assert draft is not None
    assert [o.entry for o in draft.overlaps if o.entry == "letters"] == []


@pytest.mark.parametrize(
    ("outcome", "kind", "suggested"),
    [
        ("reject", "precedent", False),
        ("request_changes", "pending", True),
    ],
)
def test_a_twin_of_what_has_a_last_word_is_a_precedent(
    office: Settings, outcome: str, kind: str, suggested: bool
) -> None:
    """What was only sent back for changes comes again: to be merged with, as if still waiting."""
    work(office, propose(office, "letters", LETTERS))
    decide(office, "letters", outcome)
    draft = work(office, propose(office, "mail", TWIN))[0].draft
    assert draft is not None
    assert [(o.entry, o.kind) for o in draft.overlaps if o.kind != "capability"] == [
        ("letters", kind)
    ]
    told = ["overlap.twin", *(["precedent.contradicts"] if outcome == "reject" else [])]
    assert [f.rule for f in draft.findings if f.subject == "letters"] == told
    assert (draft.outcome == "merge_with_existing") == suggested


def test_an_interrupt_keeps_what_is_done_and_the_next_run_finishes(office: Settings) -> None:
    propose(office, "a", LETTERS)
    propose(office, "b", WEATHER)
    propose(office, "c", WEATHER.replace("weather", "floods").replace("storm", "flood"))

    def stop(done: int, _total: int, _label: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    done: list[Reviewed] = []
    with pytest.raises(KeyboardInterrupt):
        work(office, progress=stop, done=done)
    assert states(done) == [("letters", "new")]
    with open_record(office) as store:
        assert store.initiatives() == ["floods", "letters", "weather"]
        assert store.current("weather") is None
    assert states(work(office)) == [
        ("letters", "unchanged"),
        ("weather", "new"),
        ("floods", "new"),
    ]


def test_a_killed_run_does_not_read_twice(office: Settings) -> None:
    """What was read before the draft could be saved is not read again."""
    file = propose(office, "letters", LETTERS)
    first, second = CountingReader(), CountingReader()
    with open_record(office) as store:
        database = store.path
    saved = work(office, file, reader=first)[0].draft
    # The draft is lost with the record, the steps survive: as after a kill between the two.
    with open_record(office) as store, store.reading() as conn:
        steps = conn.exec_driver_sql("SELECT key, json FROM step").all()
    for path in database.parent.iterdir():
        path.unlink()
    with open_record(office) as store:
        for key, text in steps:
            store.put_step(key, text)
    again = work(office, file, reader=second)[0]
    assert (first.read_, second.read_) == (["letters"], [])
    assert (again.state, again.draft) == ("new", saved)


def test_progress_counts_every_row_and_ends_full(office: Settings) -> None:
    propose(office, "a", LETTERS)
    propose(office, "b", b"")
    propose(office, "c", WEATHER)
    seen: list[tuple[int, int, str]] = []
    work(office, progress=lambda *step: seen.append(step))
    assert seen == [(0, 3, "letters"), (2, 3, "weather"), (3, 3, "")]


def test_the_record_can_rebuild_what_a_draft_cites(office: Settings) -> None:
    draft = work(office, propose(office, "letters", LETTERS))[0].draft
    assert draft is not None
    with open_record(office) as store:
        texts = store.texts(draft.id)
        kept = store.evidence(draft.id)
    assert list(texts) == list(draft.provenance.sources)
    for finding in draft.findings:
        for citation in finding.citations:
            if citation.source != "proposal":
                assert citation.quote in texts[citation.source]
    assert kept is not None
    assert json.loads(kept)["knowledge"] == draft.provenance.knowledge
