"""Undo and redo: from the journal alone, each person their own, never past a letter."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from agent.errors import DecisionError, StaleDecision
from agent.record.audit import verify
from agent.record.recall import show
from agent.record.store import Store, open_store
from agent.schema.decision import AddedFinding, Dismissal, FieldEdit, Override, Steps
from tests.support.office_days import decision_on, draft_of, drafted, hand_in

F = draft_of().findings[0].id
ACCEPT = Steps(accepted=(F,))
DISMISS = Steps(dismissed=(Dismissal(finding=F, reason="wrong"),))
EDIT = Steps(edits=(FieldEdit(finding=F, field="ask", after="Name the office."),))
NOTE = Steps(note_to_team="Nearly there")
PRIVATE = Steps(private_note="Hm")
ADDED = Steps(
    added=(AddedFinding(dimension="ownership", severity="low", title="Missed", ask="Name one."),)
)
OVERRIDE = Steps(
    overrides=(Override(kind="requirement", id="TRUST-03", to="in_place", reason="Line 30"),)
)
EVERY = {
    "accepted: No way to appeal": ACCEPT,
    "dismissed: No way to appeal": DISMISS,
    "ask edited: No way to appeal": EDIT,
    "note to the team": NOTE,
    "private note": PRIVATE,
    "added: Missed": ADDED,
    "requirement TRUST-03 set to in_place": OVERRIDE,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reviews.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        drafted(opened)
        yield opened


def take(store: Store, *steps: Steps, by: str = "ana") -> None:
    for step in steps:
        assert store.take("triage", step, by) == 1


def test_every_kind_of_step_is_undone_and_redone_across_restarts(store: Store, path: Path) -> None:
    states = [store.steps("triage")]
    for step in EVERY.values():
        take(store, step)
        states.append(store.steps("triage"))
    for said, before in zip(reversed(EVERY), reversed(states[:-1]), strict=True):
        with open_store(path) as again:
            assert again.undo("triage", "ana") == said
            assert again.steps("triage") == before
    assert store.undo("triage", "ana") is None
    for said, after in zip(EVERY, states[1:], strict=True):
        with open_store(path) as again:
            assert again.redo("triage", "ana") == said
            assert again.steps("triage") == after
    assert store.redo("triage", "ana") is None
    assert verify(store).problems == ()


def test_undo_gives_back_what_stood_before(store: Store) -> None:
    take(store, ACCEPT, DISMISS)
    assert store.undo("triage", "ana") == "dismissed: No way to appeal"
    assert store.steps("triage") == ACCEPT
    take(store, Steps(note_to_team="One"), Steps(note_to_team="Two"))
    store.undo("triage", "ana")
    assert store.steps("triage").note_to_team == "One"
    assert store.take("triage", Steps(note_to_team="One"), "ana") == 0
    assert store.redo("triage", "ana") == "note to the team", "what stands already is no new step"
    assert store.steps("triage").note_to_team == "Two"


def test_a_new_step_ends_redo_and_undone_steps_can_be_taken_again(store: Store) -> None:
    take(store, ACCEPT, NOTE)
    store.undo("triage", "ana")
    store.undo("triage", "ana")
    take(store, ACCEPT)
    assert store.redo("triage", "ana") is None
    assert store.undo("triage", "ana") == "accepted: No way to appeal"
    assert store.undo("triage", "ana") is None, "what was undone before the new step is no more"


def test_each_person_undoes_their_own_and_nobody_elses(store: Store) -> None:
    take(store, ACCEPT)
    take(store, PRIVATE)
    take(store, DISMISS, by="ben")
    assert store.undo("triage", "eve") is None
    assert store.undo("triage", "ana") == "private note"
    assert store.undo("triage", "ana") is None, "Ben stepped over the other one"
    assert store.steps("triage") == DISMISS
    assert store.undo("triage", "ben") == "dismissed: No way to appeal"
    assert store.steps("triage") == ACCEPT
    assert store.undo("triage", "ana") == "accepted: No way to appeal"


def test_redo_never_overwrites_what_somebody_else_did_since(store: Store) -> None:
    take(store, ACCEPT)
    store.undo("triage", "ana")
    take(store, DISMISS, by="ben")
    assert store.redo("triage", "ana") is None
    assert store.steps("triage") == DISMISS


def test_one_step_is_taken_back_by_name(store: Store) -> None:
    take(store, ACCEPT, OVERRIDE, NOTE)
    slots = store.slots("triage")
    assert slots == {
        f"verdict {F}": "accepted: No way to appeal",
        "override requirement TRUST-03": "requirement TRUST-03 set to in_place",
        "note team": "note to the team",
    }
    assert store.withdraw("triage", "override requirement TRUST-03", "ben") is not None
    assert store.withdraw("triage", "override requirement TRUST-03", "ben") is None
    assert store.withdraw("triage", "note office", "ben") is None
    assert store.steps("triage").overrides == ()
    said = store.undo("triage", "ben")
    assert said == "taken back: requirement TRUST-03 set to in_place"
    assert store.steps("triage").overrides == OVERRIDE.overrides
    assert store.redo("triage", "ben") == said
    assert store.steps("triage").overrides == ()
    assert verify(store).problems == ()


def test_nothing_is_undone_past_a_letter(store: Store) -> None:
    take(store, ACCEPT)
    store.decide(decision_on(store.draft(draft_of().id), outcome="defer"), "# Later")
    assert store.undo("triage", "ana") is None
    take(store, DISMISS)
    assert store.undo("triage", "ana") == "dismissed: No way to appeal"
    store.decide(decision_on(store.draft(draft_of().id)), "# Letter")
    for step in (store.undo, store.redo):
        with pytest.raises(DecisionError, match="is decided"):
            step("triage", "ana")
    with pytest.raises(DecisionError, match="is decided"):
        store.withdraw("triage", f"verdict {F}", "ana")


def test_only_the_newest_version_is_undone_but_what_it_inherits_can_be_taken_back(
    store: Store,
) -> None:
    take(store, ACCEPT, NOTE)
    hand_in(store, raw=b"second")
    assert store.undo("triage", "ana") is None
    with pytest.raises(StaleDecision, match="newer version 2"):
        store.undo("triage", "ana", 1)
    take(store, DISMISS)
    assert store.undo("triage", "ana", 2) == "dismissed: No way to appeal"
    assert store.steps("triage") == ACCEPT
    assert store.withdraw("triage", f"verdict {F}", "ana") == "accepted: No way to appeal"
    assert store.steps("triage") == Steps()
    assert store.steps("triage", 1) == Steps(accepted=(F,), note_to_team="Nearly there")
    hand_in(store, raw=b"third")
    assert store.steps("triage") == Steps()
    assert verify(store).problems == ()


def test_undone_words_go_with_a_redaction(store: Store, path: Path) -> None:
    for text in ("Jane Roe of Elm Street", "She"):
        take(store, Steps(private_note=text))
    store.undo("triage", "ana")
    named = show(store, "triage").entries
    first = next(r.entry for r in named if r.entry.kind == "note")
    store.redact(first.payload_sha256, "Names a person", "dpo")
    assert store.steps("triage").private_note == ""
    assert b"Jane Roe" not in b"".join(p.read_bytes() for p in path.parent.iterdir())
    assert verify(store).problems == ()


def test_two_at_once_undo_each_step_once(store: Store, path: Path) -> None:
    take(store, *(Steps(private_note=f"note {n}") for n in range(20)))

    def undo_all(_: int) -> int:
        with open_store(path) as own:
            return sum(1 for _ in iter(lambda: own.undo("triage", "ana"), None))

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(undo_all, range(2))) == 20
    assert store.steps("triage") == Steps()
    assert verify(store).problems == ()


@pytest.mark.parametrize(
    "change", [{"undoes": 99}, {"undoes": 1}, {"undoes": "x"}, {"restores": 4}]
)
def test_an_undo_of_something_else_is_found(store: Store, change: dict[str, Any]) -> None:
    from agent.record import step_rows
    from agent.record.steps import Step

    take(store, ACCEPT, NOTE)
    payload = {"slot": f"verdict {F}", "finding": F, "undoes": 3, "withdrawn": True} | change
    with store._writing() as conn:  # as a program that writes what it likes would
        forged = Step("accepted", f"verdict {F}", F, payload)
        step_rows.record(conn, "triage", 1, forged, by="eve", at="2026-01-01T00:00:00.000+00:00")
    assert "no step of the same thing" in " ".join(verify(store).problems)
