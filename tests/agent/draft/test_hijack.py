"""A second reader that was talked over by the proposal improves nothing that weighs."""

import pytest

from agent.schema.assessment import (
    GoalReading,
    OverlapReading,
)
from agent.schema.draft import Draft
from tests.support.evidence import (
    LOGGED,
    NOTICE,
    NOWHERE,
    PLANNED,
    SORTS,
    claim,
    draft_of,
    look,
    model,
    own,
    reads,
    rules,
)
from tests.support.readings import BOTH, FOUND, IDS, STRICT, approving


def names(draft: Draft) -> set[tuple[str, str | None]]:
    return {(f.rule, f.subject) for f in draft.findings}


@pytest.mark.parametrize("quote", [None, NOWHERE, SORTS, LOGGED, PLANNED, "owner: Ada Example"])
@pytest.mark.parametrize("overlap", [True, False])
def test_a_hijacked_reader_improves_nothing(quote: str | None, overlap: bool) -> None:
    strict = STRICT
    if not overlap:
        kept = tuple(c for c in FOUND if c.rule != "overlap.duplicate")
        strict = STRICT.model_copy(update={"overlaps": (), "claims": kept})
    alone, both = draft_of(strict), draft_of(strict, approving(quote=quote))
    assert (
        both.outcome == alone.outcome == ("merge_with_existing" if overlap else "request_changes")
    )
    assert names(alone) <= names(both)
    severities = {f.id: f.severity for f in both.findings}
    assert all(severities[f.id] == f.severity for f in alone.findings)
    weighty = [r for r in both.requirements if r.severity in ("blocker", "high")]
    assert [r.status for r in weighty if r.status == "in_place"] == []
    assert both.outcome_by_reader["rules"] == alone.outcome
    assert "Approve" not in both.summary


def test_a_hijacked_reader_may_be_right_on_one_row_but_not_on_the_finding() -> None:
    """A quote that speaks to the point is believed; the finding stays for a person to dismiss."""
    gap = rules(
        requirements=(reads("TRUST-01", "absent"),),
        claims=(claim("TRUST-01", severity="blocker", searched=(look(),)),),
    )
    draft = draft_of(gap, approving(quote=NOTICE))
    assert draft.requirements[0].status == "in_place"
    assert ("TRUST-01", None) in names(draft)
    assert draft.outcome != "approve"


def test_invented_ids_change_nothing_but_what_is_set_aside() -> None:
    invented = model(
        requirements=(reads("TRUST-77", "in_place", SORTS),),
        overlaps=(OverlapReading(entry="CAP-77", kind="capability", relation="duplicate"),),
        goals=(GoalReading(id="GOAL-77", verdict="conflicts", quotes=(own(SORTS),)),),
        claims=(claim("no.such.rule", quotes=(own(SORTS),)),),
    )
    alone, both = draft_of(STRICT), draft_of(STRICT, invented)
    assert (both.findings, both.overlaps, both.goals) == (
        alone.findings,
        alone.overlaps,
        alone.goals,
    )
    assert [u.finding.rule for u in both.unsupported] == ["no.such.rule"]
    assert both.outcome == alone.outcome


def test_a_duplicate_of_the_model_needs_words_of_both_sides() -> None:
    quiet = rules(requirements=tuple(reads(i, "in_place", NOTICE) for i in IDS))
    for quotes, outcome in (((own(SORTS),), "approve"), (BOTH, "merge_with_existing")):
        reading = OverlapReading(
            entry="CAP-1",
            kind="capability",
            relation="duplicate",
            probability=0.99,
            quotes=quotes,
        )
        draft = draft_of(quiet, model(overlaps=(reading,)))
        assert draft.outcome == outcome
        assert all(o.probability is None for o in draft.overlaps)


def test_a_conflict_weighs_more_than_a_service_and_counts_without_a_finding() -> None:
    quiet = rules(
        requirements=tuple(reads(i, "in_place", NOTICE) for i in IDS),
        goals=(GoalReading(id="GOAL-1", verdict="serves", quotes=(own(SORTS),)),),
    )
    against = model(goals=(GoalReading(id="GOAL-1", verdict="conflicts", quotes=(own(LOGGED),)),))
    draft = draft_of(quiet, against)
    assert [g.verdict for g in draft.goals] == ["conflicts"]
    assert draft.outcome == "request_changes"
    assert draft.outcome_because == ("GOAL-1: the proposal conflicts with this goal",)
