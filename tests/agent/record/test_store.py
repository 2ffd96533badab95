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


def test_what_is_put_off_or_sent_back_is_still_pending(store: Store) -> None:
    for name in ("approved", "changes", "deferred"):
        drafted(store, name)
    store.decide(decision_on(draft_of("approved"), outcome="approve"), "yes")
    store.decide(decision_on(draft_of("changes"), outcome="request_changes"), "please")
    store.decide(decision_on(draft_of("deferred"), outcome="defer"), "later")
    assert [r.initiative for r in store.pending()] == ["changes", "deferred"]
    assert [r.initiative for r in store.decided()] == ["approved"]


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
