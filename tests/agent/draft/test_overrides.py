"""A person's corrections: each changes rows, findings and outcome, for better and for worse."""

import pytest

from agent.schema.assessment import Assessment, GoalReading, OverlapReading, Quote
from agent.schema.draft import ConfirmedEvidence, Draft
from tests.support.evidence import (
    LOGGED,
    NOTICE,
    SORTS,
    applies,
    claim,
    draft_of,
    evidence,
    look,
    override,
    own,
    reads,
    rules,
)

BOTH = (own(SORTS), Quote(source="CAP-1", text="Sorts claims by urgency."))
SERVES = GoalReading(id="GOAL-1", verdict="serves", quotes=(own(SORTS),))
DONE = tuple(reads(r.id, "in_place", NOTICE) for r in evidence().requirements)
GOOD = rules(requirements=DONE, goals=(SERVES,))
"""Approved as it stands."""


def rule_names(draft: Draft) -> list[str]:
    return [f.rule for f in draft.findings]


def gap(assessment: Assessment = GOOD) -> Assessment:
    """The same with one blocker missing, and the finding about it."""
    return assessment.model_copy(
        update={
            "requirements": (*DONE[:1], reads("TRUST-03", "absent"), *DONE[2:]),
            "claims": (claim("TRUST-03", severity="blocker", searched=(look(),)),),
        }
    )


def test_without_overrides_it_is_approved() -> None:
    assert draft_of(GOOD).outcome == "approve"


@pytest.mark.parametrize(("to", "applies"), [("in_place", "yes"), ("not_applicable", "no")])
def test_a_requirement_settled_by_a_person(to: str, applies: str) -> None:
    assert draft_of(gap()).outcome == "request_changes"
    mended = draft_of(gap(), overrides=(override("requirement", "TRUST-03", to),), by="ana")
    row = next(r for r in mended.requirements if r.id == "TRUST-03")
    assert (row.status, row.applies) == (to, applies)
    assert rule_names(mended) == []
    assert mended.outcome == "approve"


def test_what_a_person_confirms_is_signed() -> None:
    change = (override("requirement", "TRUST-03", "in_place", seen=True),)
    signed = draft_of(gap(), overrides=change, by="ana").requirements[1].evidence
    assert isinstance(signed, ConfirmedEvidence)
    assert (signed.confirmed.by, signed.confirmed.date) == ("ana", "2026-11-23")
    assert draft_of(gap(), overrides=change).requirements[1].evidence == "stated"


def test_that_the_text_was_misread_confirms_nothing() -> None:
    change = (override("requirement", "TRUST-03", "in_place"),)
    row = draft_of(gap(), overrides=change, by="ana").requirements[1]
    assert (row.status, row.evidence) == ("in_place", "stated")


@pytest.mark.parametrize("to", ["absent", "unclear", "planned"])
def test_a_requirement_taken_for_the_worse(to: str) -> None:
    worse = draft_of(GOOD, overrides=(override("requirement", "TRUST-01", to, "not so"),))
    assert worse.outcome == "request_changes"
    assert worse.requirements[0].status == to
    assert worse.requirements[0].evidence is None
    assert rule_names(worse) == ["TRUST-01"]
    raised = worse.findings[0]
    assert (raised.severity, raised.readers) == ("blocker", ())
    assert raised.claim == "A person corrected the draft: not so"


def test_a_person_may_say_that_a_requirement_applies_after_all() -> None:
    off = evidence(applicable=applies("TRUST-01", "no"))
    change = (override("requirement", "TRUST-01", "absent"),)
    draft = draft_of(GOOD, gathered=off, overrides=change)
    assert (draft.requirements[0].applies, draft.outcome) == ("yes", "request_changes")
    waiting = evidence(applicable=applies("TRUST-01", "unknown"))
    assert draft_of(GOOD, gathered=waiting).outcome == "request_changes"
    change = (override("requirement", "TRUST-01", "in_place"),)
    assert draft_of(GOOD, gathered=waiting, overrides=change).outcome == "approve"


def unmet(id_: str, severity: str, refused: bool = False) -> Assessment:
    """One requirement not in place, and what the reader says of it."""
    finding = claim(
        id_,
        severity=severity,
        title="No such thing",
        claim="No sentence states it.",
        quotes=(own(SORTS),),
        searched=(look(),),
        refuses_remedy=refused,
    )
    rest = tuple(r for r in DONE if r.id != id_)
    return GOOD.model_copy(
        update={"requirements": (*rest, reads(id_, "absent", SORTS)), "claims": (finding,)}
    )


@pytest.mark.parametrize(
    ("id_", "to", "severity", "title"),
    [
        ("TRUST-03", "planned", "blocker", "Route of appeal: planned, not in place"),
        ("TRUST-10", "planned", "medium", "Comparison of groups: planned, not in place"),
        ("TRUST-10", "unclear", "high", "Comparison of groups: left open"),
        ("TRUST-10", "absent", "high", "Comparison of groups: not in place"),
    ],
)
def test_an_override_replaces_the_words_of_the_finding_and_keeps_its_quotes(
    id_: str, to: str, severity: str, title: str
) -> None:
    change = override("requirement", id_, to, "they book it in June")
    read = unmet(id_, "blocker" if id_ == "TRUST-03" else "high")
    (finding,) = draft_of(read, overrides=(change,)).findings
    assert (finding.severity, finding.title) == (severity, title)
    assert finding.claim == "A person corrected the draft: they book it in June"
    assert [c.quote for c in finding.citations] == [SORTS]
    assert finding.searched == ()


def test_a_remedy_that_a_person_calls_planned_is_not_refused() -> None:
    refusing = unmet("TRUST-03", "blocker", refused=True)
    assert draft_of(refusing).outcome == "reject"
    for to, outcome in (("planned", "request_changes"), ("absent", "reject")):
        change = override("requirement", "TRUST-03", to)
        assert draft_of(refusing, overrides=(change,)).outcome == outcome


def same(entry: str = "CAP-1", rule: str = "overlap.duplicate") -> Assessment:
    other = Quote(source="twin", text="It sorts claims too.")
    quotes = BOTH if entry == "CAP-1" else (own(SORTS), other)
    reading = OverlapReading.model_validate(
        {
            "entry": entry,
            "kind": "capability" if entry == "CAP-1" else "pending",
            "relation": "duplicate",
            "disposition": "join",
            "quotes": [q.model_dump() for q in quotes],
        }
    )
    finding = claim(rule, subject=entry, dimension="overlap", quotes=quotes)
    return GOOD.model_copy(update={"overlaps": (reading,), "claims": (finding,)})


@pytest.mark.parametrize(
    ("entry", "rule"), [("CAP-1", "overlap.duplicate"), ("twin", "overlap.twin")]
)
def test_an_overlap_that_is_none(entry: str, rule: str) -> None:
    assert draft_of(same(entry, rule)).outcome == "merge_with_existing"
    draft = draft_of(same(entry, rule), overrides=(override("overlap", entry, "unrelated"),))
    assert (draft.outcome, rule_names(draft)) == ("approve", [])
    assert (draft.overlaps[0].relation, draft.overlaps[0].disposition) == ("unrelated", "none")


def test_an_overlap_that_is_only_an_extension() -> None:
    draft = draft_of(same(), overrides=(override("overlap", "CAP-1", "extends"),))
    assert rule_names(draft) == ["overlap.extends"]
    assert draft.findings[0].title == "Extends Claims sorter"
    assert [c.source for c in draft.findings[0].citations] == ["proposal", "CAP-1"]
    assert draft.overlaps[0].disposition == "extend"
    assert draft.outcome == "approve_with_conditions"


@pytest.mark.parametrize(
    ("entry", "rule", "kind"),
    [("CAP-1", "overlap.duplicate", "capability"), ("twin", "overlap.twin", "pending")],
)
def test_an_overlap_that_no_reader_saw(entry: str, rule: str, kind: str) -> None:
    draft = draft_of(GOOD, overrides=(override("overlap", entry, "duplicate"),))
    assert (draft.outcome, rule_names(draft)) == ("merge_with_existing", [rule])
    assert [(o.entry, o.kind, o.disposition) for o in draft.overlaps] == [(entry, kind, "join")]
    assert entry in draft.provenance.sources


def conflict() -> Assessment:
    reading = GoalReading(
        id="GOAL-2", verdict="conflicts", quotes=(own(LOGGED),), refuses_remedy=True
    )
    finding = claim("goal.conflict", subject="GOAL-2", quotes=(own(LOGGED),))
    return GOOD.model_copy(update={"goals": (SERVES, reading), "claims": (finding,)})


def test_a_goal_conflict_that_is_none() -> None:
    assert draft_of(conflict()).outcome == "reject"
    draft = draft_of(conflict(), overrides=(override("goal", "GOAL-2", "not_addressed"),))
    assert (draft.outcome, rule_names(draft)) == ("approve", [])
    assert [g.verdict for g in draft.goals] == ["serves", "not_addressed"]


def test_a_goal_conflict_that_no_reader_saw() -> None:
    draft = draft_of(GOOD, overrides=(override("goal", "GOAL-1", "conflicts"),))
    assert (draft.outcome, rule_names(draft)) == ("request_changes", ["goal.conflict"])
    assert draft.findings[0].subject == "GOAL-1"


def test_a_goal_conflict_in_a_persons_words() -> None:
    change = (override("goal", "GOAL-2", "conflicts", "it slows us down"),)
    (finding,) = draft_of(conflict(), overrides=change).findings
    assert (finding.severity, finding.title) == ("high", "Conflicts with GOAL-2 Goal 2")
    assert finding.claim.endswith("it slows us down")
    assert [c.quote for c in finding.citations] == [LOGGED]


def test_a_goal_that_is_served_after_all() -> None:
    nothing = GOOD.model_copy(
        update={
            "goals": (GoalReading(id="GOAL-1", verdict="not_addressed"),),
            "claims": (claim("goal.none", searched=(look(),)),),
        }
    )
    assert draft_of(nothing).outcome == "request_changes"
    draft = draft_of(nothing, overrides=(override("goal", "GOAL-1", "serves"),))
    assert (draft.outcome, rule_names(draft)) == ("approve", [])


def test_a_goal_that_is_not_served_leaves_none() -> None:
    draft = draft_of(GOOD, overrides=(override("goal", "GOAL-1", "not_addressed"),))
    assert (draft.outcome, rule_names(draft)) == ("request_changes", ["goal.none"])
    two = GOOD.model_copy(update={"goals": (SERVES, SERVES.model_copy(update={"id": "GOAL-2"}))})
    assert draft_of(two, overrides=(override("goal", "GOAL-1", "not_addressed"),)).findings == ()


def test_an_override_changes_the_digest_and_is_named_in_the_summary() -> None:
    worse = draft_of(GOOD, overrides=(override("requirement", "TRUST-01", "absent"),))
    assert worse.digest != draft_of(GOOD).digest
    assert worse.summary.startswith("Ask for changes. First: Notice of the machine: not in place")
