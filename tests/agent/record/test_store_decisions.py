"""Decisions in the record: written whole, once, and never on old news."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import DecisionError, RecordError, StaleDecision
from agent.record.store import Store, open_store
from agent.schema.decision import Steps
from tests.support.office_days import decision_on, draft_of, drafted, hand_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "records" / "reviews.db") as opened:
        yield opened


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
