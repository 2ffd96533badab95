"""The outcome table, row by row: the first row that fits counts, and its edges."""

from typing import Any

import pytest

from agent.draft.outcome import Standing, compute
from agent.schema.draft import Finding, GoalRow, OverlapRow, RequirementRow
from agent.schema.office import OutcomeSettings


def requirement(
    id_: str, severity: str = "high", status: str = "in_place", applies: str = "yes"
) -> RequirementRow:
    return RequirementRow.model_validate(
        {
            "id": id_,
            "applies": applies,
            "applies_because": "always applies",
            "status": status,
            "severity": severity,
        }
    )


def finding(rule: str, severity: str = "medium", id_: str = "") -> Finding:
    return Finding.model_validate(
        {
            "id": id_ or f"id-{rule}",
            "rule": rule,
            "dimension": "trust",
            "severity": severity,
            "title": f"title of {rule}",
            "claim": "",
            "ask": "",
        }
    )


def overlap(entry: str, relation: str, kind: str = "capability") -> OverlapRow:
    return OverlapRow.model_validate({"entry": entry, "kind": kind, "relation": relation})


def standing(**given: Any) -> Standing:
    base: dict[str, Any] = {
        "requirements": [requirement("R-1"), requirement("R-2", "blocker")],
        "findings": [],
        "overlaps": [],
        "goals": [],
        "refused": frozenset(),
        "capability_status": {"CAP-1": "production", "CAP-2": "planned", "CAP-3": "retired"},
        "settings": OutcomeSettings(),
    }
    return Standing(**(base | given))


def outcome(**given: Any) -> str:
    return compute(standing(**given))[0]


def test_all_in_place_and_no_finding_is_approved() -> None:
    assert compute(standing()) == (
        "approve",
        ("every blocker and high requirement that applies is stated as in place",),
    )


def test_a_low_finding_does_not_stand_in_the_way_of_approval() -> None:
    assert outcome(findings=[finding("text.hidden", "low")]) == "approve"


def test_a_medium_finding_asks_for_conditions_and_is_named() -> None:
    result, because = compute(standing(findings=[finding("owner.mailbox", "medium")]))
    assert result == "approve_with_conditions"
    assert because == ("owner.mailbox: title of owner.mailbox",)


@pytest.mark.parametrize("status", ["planned", "absent", "unclear"])
def test_a_blocker_not_in_place_asks_for_changes(status: str) -> None:
    rows = [requirement("R-2", "blocker", status)]
    result, because = compute(standing(requirements=rows))
    assert result == "request_changes"
    assert because[0].startswith("R-2: a blocker")


def test_a_blocker_that_may_apply_fails_closed() -> None:
    rows = [requirement("R-2", "blocker", "unclear", applies="unknown")]
    assert outcome(requirements=rows) == "request_changes"


def test_a_blocker_that_does_not_apply_does_not_block() -> None:
    rows = [requirement("R-2", "blocker", "not_applicable", applies="no")]
    assert outcome(requirements=rows) == "approve"


def test_three_high_gaps_ask_for_changes_two_for_conditions() -> None:
    gaps = [requirement(f"R-{n}", "high", "absent") for n in range(3)]
    assert outcome(requirements=gaps) == "request_changes"
    assert outcome(requirements=gaps[:2]) == "approve_with_conditions"


def test_the_office_sets_how_many_high_gaps_are_too_many() -> None:
    gaps = [requirement(f"R-{n}", "high", "absent") for n in range(3)]
    settings = OutcomeSettings(high_limit=4)
    assert outcome(requirements=gaps, settings=settings) == "approve_with_conditions"


def test_planned_is_no_gap_for_the_count_but_no_approval_either() -> None:
    rows = [requirement(f"R-{n}", "high", "planned") for n in range(5)]
    assert outcome(requirements=rows) == "approve_with_conditions"


@pytest.mark.parametrize("rule", ["goal.conflict", "goal.none", "measure.none"])
def test_alignment_findings_ask_for_changes(rule: str) -> None:
    assert outcome(findings=[finding(rule)]) == "request_changes"


@pytest.mark.parametrize(
    ("rule", "severity", "expected"),
    [
        ("pattern.breach", "high", "request_changes"),
        ("pattern.breach", "medium", "approve_with_conditions"),
        ("dependency.retired", "high", "request_changes"),
        ("dependency.unregistered", "medium", "approve_with_conditions"),
        ("sibling.differs", "high", "approve_with_conditions"),
    ],
)
def test_only_grave_breaches_and_foundations_ask_for_changes(
    rule: str, severity: str, expected: str
) -> None:
    assert outcome(findings=[finding(rule, severity)]) == expected


@pytest.mark.parametrize(
    ("entry", "kind", "relation", "expected"),
    [
        ("CAP-1", "capability", "duplicate", "merge_with_existing"),
        ("CAP-2", "capability", "duplicate", "approve"),
        ("CAP-3", "capability", "duplicate", "approve"),
        ("CAP-1", "capability", "extends", "approve"),
        ("twin", "pending", "duplicate", "merge_with_existing"),
        ("old", "precedent", "duplicate", "approve"),
    ],
)
def test_only_a_duplicate_of_something_alive_is_merged(
    entry: str, kind: str, relation: str, expected: str
) -> None:
    assert outcome(overlaps=[overlap(entry, relation, kind)]) == expected


def test_a_duplicate_beats_missing_requirements() -> None:
    rows = [requirement("R-2", "blocker", "absent")]
    assert outcome(requirements=rows, overlaps=[overlap("CAP-1", "duplicate")]) == (
        "merge_with_existing"
    )


def test_a_goal_conflict_is_rejected_only_when_the_remedy_is_refused() -> None:
    goals = [GoalRow(id="GOAL-1", verdict="conflicts")]
    conflict = [finding("goal.conflict", "high")]
    assert outcome(goals=goals, findings=conflict) == "request_changes"
    assert outcome(goals=goals, findings=conflict, refused=frozenset({"GOAL-1"})) == "reject"


def test_a_rejected_conflict_is_told_once_and_says_what_was_checked() -> None:
    """The claim of a conflict and its goal are one reason."""
    claimed = finding("goal.conflict", "high", "f1").model_copy(update={"subject": "GOAL-1"})
    result, because = compute(
        standing(
            goals=[GoalRow(id="GOAL-1", verdict="conflicts")],
            findings=[claimed],
            refused=frozenset({"GOAL-1", "f1"}),
            titles={"GOAL-1": "Fair to everybody."},
        )
    )
    assert result == "reject"
    assert because == (
        "GOAL-1 Fair to everybody: the proposal does what this goal rules out and refuses the"
        " remedy",
    )


def test_a_refused_remedy_counts_only_for_a_blocker_that_is_not_in_place() -> None:
    gap = finding("R-2", "blocker", id_="f1")
    refused = frozenset({"f1"})
    unmet = [requirement("R-2", "blocker", "absent")]
    met = [requirement("R-2", "blocker", "in_place")]
    assert outcome(requirements=unmet, findings=[gap], refused=refused) == "reject"
    assert outcome(requirements=met, findings=[gap], refused=refused) != "reject"


def test_reasons_name_requirements_and_entries_by_their_titles() -> None:
    titles = {"R-1": "Appeal to a person.", "R-2": "Logging", "CAP-1": "Call notes"}
    rows = [requirement("R-1", "blocker", "planned"), requirement("R-2", "high", "absent")]
    limit = OutcomeSettings(high_limit=1)
    given = standing(requirements=rows, titles=titles, settings=limit)
    assert compute(given)[1] == (
        "R-1 Appeal to a person: a blocker, planned, not in place",
        "1 requirements of severity high are absent or unclear: R-2 Logging",
    )
    same = standing(
        overlaps=[overlap("CAP-1", "duplicate")],
        capability_status={"CAP-1": "production"},
        titles=titles,
    )
    assert compute(same)[1] == (
        "overlap.duplicate: does the same as CAP-1 Call notes (production)",
    )
