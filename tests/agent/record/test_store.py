"""What the record promises: nothing twice, nothing lost, nothing on old news."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import DecisionError, RecordError, StaleDecision
from agent.record.recall import show
from agent.record.store import Store, open_store
from agent.schema.decision import AddedFinding, Dismissal, FieldEdit, Override, Steps
from tests.support.office_days import TEXT, decision_on, draft_of, drafted, finding, hand_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "records" / "reviews.db") as opened:
        yield opened


def test_version_counts_distinct_bytes(store: Store) -> None:
    assert hand_in(store) == 1
    assert hand_in(store) == 1
    assert hand_in(store, raw=TEXT + b"more") == 2
    assert hand_in(store) == 1
    assert store.receipt().count == 2
    assert store.raw("triage", 1) == TEXT
    assert store.raw("triage") == TEXT + b"more"


def test_bytes_that_do_not_match_their_hash_are_refused(store: Store) -> None:
    with pytest.raises(RecordError, match="changed while it was read"):
        store.submit(initiative="x", raw=b"a", sha256="0" * 64, path="x.md", title="X", actor="ana")
    assert store.receipt().count == 0


def test_raw_bytes_of_any_kind_come_back(store: Store) -> None:
    raw = bytes(range(256))
    hand_in(store, "odd", raw, path="proposals/\udcff.md")
    assert store.raw("odd") == raw
    assert "udcff" in store.version("odd").path


@pytest.mark.parametrize(
    ("name", "title", "near"),
    [
        ("triage-v2", "Something else", "triage"),
        ("Triage_final", "Something else", "triage"),
        ("triage (1)", "Something else", "triage"),
        ("sorting", "Claims  Triage of motor", "triage-of-motor"),
        ("triage", "Claims triage", None),
        ("case-02", "Something else", None),
        ("sorting", "Claims triage", None),
    ],
)
def test_near(store: Store, name: str, title: str, near: str | None) -> None:
    hand_in(store)
    hand_in(store, "case-01", b"one")
    hand_in(store, "triage-of-motor", b"motor", title="Claims triage of motor")
    assert store.near(name, title) == near


def test_unknown_initiative_names_near_ones(store: Store) -> None:
    hand_in(store)
    with pytest.raises(RecordError, match="Did you mean triage"):
        store.raw("trage")
    with pytest.raises(RecordError, match="versions 1 to 1; there is no version 7"):
        store.raw("triage", 7)


def test_same_draft_is_saved_once_and_comes_back_whole(store: Store) -> None:
    hand_in(store)
    draft = draft_of(findings=(finding("triage", confidence=0.1234567),))
    assert store.current("triage") is None
    assert store.save_draft(draft, {"TRUST-03": "People can appeal."}, "ana") == "new"
    before = store.receipt()
    assert store.save_draft(draft, {"TRUST-03": "People can appeal."}, "ana") == "unchanged"
    assert store.receipt() == before
    assert store.current("triage") == draft
    assert store.draft(draft.id) == draft
    assert store.texts(draft.id) == {"TRUST-03": "People can appeal."}


def test_new_knowledge_supersedes_and_going_back_restores(store: Store) -> None:
    first = drafted(store)
    second = draft_of(knowledge="k2")
    assert store.save_draft(second, {}, "ana") == "new"
    assert store.current("triage") == second
    assert store.save_draft(first, {}, "ana") == "new"
    assert store.current("triage") == first
    assert [r.entry.kind for r in store.history("triage")] == ["submitted", *["drafted"] * 3]


def test_a_late_draft_of_an_old_version_does_not_supersede(store: Store) -> None:
    hand_in(store)
    hand_in(store, raw=b"second")
    newer = draft_of(version=2)
    store.save_draft(newer, {}, "ana")
    store.save_draft(draft_of(version=1), {}, "ana")
    assert store.current("triage") == newer


def test_draft_of_what_was_never_handed_in_is_refused(store: Store) -> None:
    with pytest.raises(RecordError, match="knows no initiative"):
        store.save_draft(draft_of(), {}, "ana")


def test_steps_fold_to_what_counts(store: Store) -> None:
    draft = drafted(store)
    f = draft.findings[0].id
    edit = FieldEdit(finding=f, field="ask", after="Add a form.")
    assert store.take("triage", Steps(accepted=(f,), edits=(edit,)), "ana") == 2
    assert store.take("triage", Steps(accepted=(f,), edits=(edit,)), "ben") == 0
    dismissal = Dismissal(finding=f, reason="wrong")
    assert store.take("triage", Steps(dismissed=(dismissal,), note_to_team="Hello"), "ben") == 2
    assert store.steps("triage") == Steps(
        edits=(edit,), dismissed=(dismissal,), note_to_team="Hello"
    )
    assert store.take("triage", Steps(accepted=(f,)), "ana") == 1
    assert store.steps("triage").accepted == (f,)
    assert store.steps("triage").dismissed == ()


def test_steps_meant_for_an_older_version_are_refused(store: Store) -> None:
    drafted(store)
    hand_in(store, raw=b"second")
    with pytest.raises(StaleDecision, match="newer version 2"):
        store.take("triage", Steps(note_to_team="late"), "ana", version=1)
    assert store.take("triage", Steps(note_to_team="on time"), "ana", version=2) == 1


def test_an_impossible_edit_never_gets_on_record(store: Store) -> None:
    draft = drafted(store)
    edit = FieldEdit(finding=draft.findings[0].id, field="severity", after="huge")
    with pytest.raises(DecisionError, match="is no severity"):
        store.take("triage", Steps(accepted=(edit.finding,), edits=(edit,)), "ana")
    assert store.steps("triage") == Steps()


def test_edits_carry_over_to_the_next_version_and_overrides_do_not(store: Store) -> None:
    draft = drafted(store)
    f = draft.findings[0].id
    edit = FieldEdit(finding=f, field="title", after="No appeal")
    added = AddedFinding(dimension="trust", severity="low", title="Tone", ask="Be kind.")
    override = Override(kind="fact", id="data", to="personal", reason="It says names")
    store.take(
        "triage",
        Steps(edits=(edit,), added=(added,), overrides=(override,), private_note="odd"),
        "ana",
    )
    hand_in(store, raw=b"second")
    assert store.steps("triage") == Steps(edits=(edit,), added=(added,))
    assert store.steps("triage", 1).overrides == (override,)


def test_decision_is_written_with_its_steps_and_letter(store: Store) -> None:
    draft = drafted(store)
    f = draft.findings[0].id
    decision = decision_on(draft, accepted=(f,), conditions=({"text": "Add an appeal"},))
    receipt = store.decide(decision, "# Letter")
    assert receipt == store.receipt()
    kept = store.decision("triage")
    assert kept is not None
    assert kept.conditions[0].id == "C1"
    assert kept.at
    assert store.letter("triage") == "# Letter"
    assert store.steps("triage").accepted == (f,)
    assert store.is_decided("triage", 1)
    assert store.decided_draft("triage", 1) == draft == store.current("triage")
    kinds = [r.entry.kind for r in store.history("triage")]
    assert kinds == ["submitted", "drafted", "accepted", "decided"]


def test_same_decision_again_answers_with_the_first_receipt(store: Store) -> None:
    draft = drafted(store)
    first = store.decide(decision_on(draft), "letter", key="k")
    hand_in(store, "other", b"other")
    assert store.decide(decision_on(draft), "letter", key="k") == first
    assert store.decide(decision_on(draft), "letter") == first
    with pytest.raises(DecisionError, match="another decision"):
        store.decide(decision_on(draft, outcome="reject"), "letter", key="k")


def test_second_decision_is_refused_and_a_correction_is_not(store: Store) -> None:
    draft = drafted(store)
    store.decide(decision_on(draft), "letter")
    before = store.receipt()
    with pytest.raises(DecisionError, match=r"decided already \(request_changes, by ana"):
        store.decide(decision_on(draft, outcome="reject"), "no")
    with pytest.raises(DecisionError, match="is decided"):
        store.take("triage", Steps(note_to_team="late"), "ana")
    assert store.receipt() == before
    with pytest.raises(DecisionError, match="cannot defer"):
        store.decide(decision_on(draft, outcome="defer"), "no", corrects=True)
    store.decide(decision_on(draft, outcome="reject"), "no", corrects=True)
    back = store.decide(decision_on(draft), "letter", corrects=True)
    assert back == store.receipt()
    decided = store.decision("triage")
    assert decided is not None
    assert decided.outcome == "request_changes"
    assert [r.entry.kind for r in store.history("triage")][-3:] == [
        "decided",
        "corrected",
        "corrected",
    ]


def test_correction_needs_a_decision(store: Store) -> None:
    draft = drafted(store)
    with pytest.raises(DecisionError, match="no decision yet"):
        store.decide(decision_on(draft), "letter", corrects=True)


def test_deferring_leaves_it_open(store: Store) -> None:
    draft = drafted(store)
    store.decide(decision_on(draft, outcome="defer"), "")
    assert not store.is_decided("triage", 1)
    assert store.inbox()[0].state == "deferred"
    store.take("triage", Steps(note_to_team="still open"), "ana")
    store.decide(decision_on(draft), "letter")
    assert store.is_decided("triage", 1)


def test_decided_version_is_never_redrafted(store: Store) -> None:
    draft = drafted(store)
    store.decide(decision_on(draft), "letter")
    assert store.save_draft(draft_of(knowledge="k2"), {}, "ana") == "unchanged"
    assert store.current("triage") == draft


def test_stale_decisions_are_refused(store: Store) -> None:
    draft = drafted(store)
    mark = store.mark("triage")
    store.claim("triage", "ana")
    assert store.mark("triage") == mark
    store.take("triage", Steps(note_to_team="from ben"), "ben")
    with pytest.raises(StaleDecision, match="changed since it was shown"):
        store.decide(decision_on(draft), "letter", expect=mark)
    hand_in(store, raw=b"second")
    with pytest.raises(StaleDecision, match="newer version 2"):
        store.decide(decision_on(draft), "letter")
    store.save_draft(draft_of(version=2), {}, "ana")
    with pytest.raises(StaleDecision, match="not the one that stands"):
        store.decide(decision_on(draft, version=2), "letter")
    assert store.decision("triage") is None


def test_an_error_half_way_undoes_all_of_a_decision(store: Store) -> None:
    draft = drafted(store)
    before = store.receipt()
    with pytest.raises(RecordError, match="who acts"):
        store.decide(decision_on(draft, note_to_team="hello", by=" "), "letter")
    assert store.receipt() == before
    assert store.steps("triage") == Steps()


def test_inbox_states(store: Store) -> None:
    for name in ("approved", "changes", "ready"):
        drafted(store, name)
    hand_in(store, "undrafted", b"new")
    store.decide(decision_on(draft_of("approved"), outcome="approve"), "yes")
    store.decide(decision_on(draft_of("changes")), "please")
    store.claim("ready", "ana")
    rows = {row.initiative: row for row in store.inbox()}
    assert {k: (r.state, r.outcome) for k, r in rows.items()} == {
        "approved": ("decided", "approve"),
        "changes": ("with_team", "request_changes"),
        "ready": ("ready", "request_changes"),
        "undrafted": ("ready", ""),
    }
    assert rows["ready"].counts == {"blocker": 1, "high": 0, "medium": 0, "low": 0}
    assert rows["ready"].holder == "ana"
    assert rows["ready"].age.total_seconds() >= 0
    hand_in(store, "changes", b"second")
    store.redact(store.version("undrafted").sha256, "sealed", "dpo")
    assert [r.initiative for r in store.pending("ready")] == ["changes"]
    assert [(r.initiative, r.outcome, r.raw) for r in store.decided()] == [
        ("approved", "approve", TEXT)
    ]


def test_who_holds_an_item(store: Store) -> None:
    hand_in(store)
    store.claim("triage", "ana")
    store.claim("triage", "ana")
    with pytest.raises(DecisionError, match="held by ana"):
        store.claim("triage", "ben")
    store.claim("triage", "ben", force=True)
    assert store.holder("triage") == "ben"
    with pytest.raises(DecisionError, match="held by ben"):
        store.release("triage", "ana")
    store.release("triage", "ben")
    store.release("triage", "ben")
    assert store.holder("triage") == ""
    kinds = [r.entry.kind for r in store.history("triage")]
    assert kinds == ["submitted", "taken", "taken", "released"]


def test_exports_are_noted_once(store: Store) -> None:
    hand_in(store)
    sha = hashlib.sha256(b"letter").hexdigest()
    first = store.exported("triage", 1, form="letter", path="d/x.md", sha256=sha, actor="ana")
    again = store.exported("triage", 1, form="letter", path="d/x.md", sha256=sha, actor="ana")
    other = store.exported("triage", 1, form="html", path="d/x.html", sha256=sha, actor="ana")
    assert first == again != other
    assert store.history("triage")[-1].payload["form"] == "html"


def test_steps_of_readers_are_kept_and_replaced(store: Store) -> None:
    assert store.get_step("k") is None
    store.put_step("k", '{"a":1}')
    store.put_step("k", '{"a":2}')
    assert store.get_step("k") == '{"a":2}'
    store.put_step("l", "[]")
    assert store.get_steps(["l", "k", "unknown"]) == {"k": '{"a":2}', "l": "[]"}
    assert store.get_steps([]) == {}


def test_findings_of_earlier_drafts_are_found(store: Store) -> None:
    draft = drafted(store)
    store.save_draft(draft_of(knowledge="k2", findings=()), {}, "ana")
    gone = draft.findings[0]
    assert store.earlier_findings("triage", [gone.id, "unknown"]) == {gone.id: gone}


def test_a_carried_step_of_a_redacted_draft_still_names_its_finding(store: Store) -> None:
    draft = drafted(store)
    gone = draft.findings[0].id
    store.take("triage", Steps(accepted=(gone,)), "ana")
    store.redact(draft_sha(store, draft.id), "sealed", "dpo")
    found = store.earlier_findings("triage", [gone, "unknown"])
    assert [(f.id, f.rule) for f in found.values()] == [(gone, "redacted")]


def draft_sha(store: Store, draft: str) -> str:
    contents = show(store, "triage").contents
    return next(sha for sha, what in contents.items() if what == f"the draft {draft}")


def test_what_a_draft_rested_on_is_part_of_the_record(store: Store) -> None:
    hand_in(store)
    draft = draft_of()
    store.save_draft(draft, {}, "ana", '{"facts": {"data": 0.123456}}')
    assert store.evidence(draft.id) == '{"facts": {"data": 0.123456}}'
    assert f"the evidence of the draft {draft.id}" in show(store, "triage").contents.values()
    bare = draft_of(knowledge="k2")
    store.save_draft(bare, {}, "ana")
    assert store.evidence(bare.id) is None
    assert store.evidence("nothing") is None
