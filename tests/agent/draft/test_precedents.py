"""Where a draft differs from what was decided of the same thing; it never changes the outcome."""

from typing import Any

import pytest

from agent.schema.assessment import Assessment, GoalReading, OverlapReading, Quote
from agent.schema.draft import Draft, Finding
from agent.schema.evidence import Candidate, Evidence
from knowledge.entries import Imposed, Precedent, Source, Waived
from tests.support.evidence import (
    LOGGED,
    NOTICE,
    SORTS,
    claim,
    draft_of,
    evidence,
    look,
    override,
    own,
    reads,
    rules,
)

TEXT = "# Sorter\n\nClaims are sorted by a machine.\n"
DONE = tuple(reads(r.id, "in_place", NOTICE) for r in evidence().requirements)
SERVES = GoalReading(id="GOAL-1", verdict="serves", quotes=(own(SORTS),))


def with_past(outcome: str = "approve", **changes: Any) -> Evidence:
    source = Source(path="proposals/past.md", sha256="9", line=1, text=TEXT)
    past = Precedent(
        id="past", title="Sorter of claims", body=TEXT, outcome=outcome, decided="2026-03-02",
        source=source, **changes,
    )  # fmt: skip
    known = evidence()
    near = Candidate(entry="past", kind="precedent", score=3, dense=0.9, lexical=0.5, rank=3)
    return known.model_copy(update={"precedents": (past,), "candidates": (*known.candidates, near)})


def reading(relation: str = "duplicate", **parts: Any) -> Assessment:
    row = OverlapReading.model_validate(
        {
            "entry": "past",
            "kind": "precedent",
            "relation": relation,
            "quotes": (own(SORTS), Quote(source="past", text="Claims are sorted by a machine.")),
        }
    )
    values: dict[str, Any] = {"requirements": DONE, "goals": (SERVES,), "overlaps": (row,)}
    return rules(**(values | parts))


def missing_appeal(*, asked: bool = True) -> dict[str, Any]:
    """One requirement of severity medium that is not in place."""
    rows = (*DONE[:3], reads("TRUST-19", "absent"))
    told = (claim("TRUST-19", severity="medium", dimension="trust", searched=(look(LOGGED),)),)
    return {"requirements": rows, "claims": told if asked else ()}


def against(draft: Draft) -> Finding | None:
    return next((f for f in draft.findings if f.rule == "precedent.contradicts"), None)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("reject", "was rejected on 2026-03-02; this draft suggests: approve"),
        ("merge_with_existing", "was to be merged with CAP-7 on 2026-03-02"),
        ("approve", ""),
        ("approve_with_conditions", ""),
    ],
)
def test_another_outcome_for_the_same_thing_is_told_and_changes_nothing(
    then: str, said: str
) -> None:
    alone = draft_of(reading(overlaps=()))
    draft = draft_of(reading(), gathered=with_past(then, merge_into="CAP-7"))
    assert draft.outcome == alone.outcome == "approve"
    found = against(draft)
    if not said:
        assert found is None
        return
    assert found is not None
    assert (found.severity, found.subject, found.dimension) == ("low", "past", "overlap")
    assert f"past “Sorter of claims” is the same thing and {said}" in found.claim
    assert [c.source for c in found.citations if c.check == "exact"] == ["proposal", "past"]
    (row,) = (o for o in draft.overlaps if o.entry == "past")
    assert row.contradicts == found.claim


@pytest.mark.parametrize("relation", ["shares_part", "unrelated"])
def test_what_is_not_the_same_thing_binds_nobody(relation: str) -> None:
    assert against(draft_of(reading(relation), gathered=with_past("reject"))) is None


def test_an_approved_thing_that_is_to_be_rejected_now_is_told() -> None:
    refused = claim("TRUST-01", severity="blocker", dimension="trust", quotes=(own(NOTICE),))
    refused = refused.model_copy(update={"refuses_remedy": True})
    rows = (reads("TRUST-01", "absent"), *DONE[1:])
    draft = draft_of(reading(requirements=rows, claims=(refused,)), gathered=with_past())
    assert draft.outcome == "reject"
    found = against(draft)
    assert found is not None
    assert "was approved on 2026-03-02; this draft suggests: reject" in found.claim


@pytest.mark.parametrize(("asked", "said"), [(True, "asks for it"), (False, "does not ask for it")])
def test_a_condition_that_bound_the_same_thing_and_is_not_met_here(asked: bool, said: str) -> None:
    condition = Imposed(text="Keep a log for a year", requirement="TRUST-19", status="met")
    past = with_past("approve_with_conditions", imposed=(condition,))
    found = against(draft_of(reading(**missing_appeal(asked=asked)), gathered=past))
    assert found is not None
    assert "on condition that “Keep a log for a year” (TRUST-19 Keeping a log)" in found.claim
    assert f"here it is not in the text, and this draft {said}" in found.claim
    assert against(draft_of(reading(), gathered=past)) is None  # in place here
    settled = override("requirement", "TRUST-19", "in_place")
    mended = draft_of(reading(**missing_appeal()), gathered=past, overrides=(settled,))
    assert against(mended) is None


@pytest.mark.parametrize("status", ["waived", "lapsed"])
def test_a_condition_that_was_dropped_binds_nobody(status: str) -> None:
    condition = Imposed.model_validate({"text": "Fly a drone over it", "status": status})
    past = with_past("approve_with_conditions", imposed=(condition,))
    assert against(draft_of(reading(), gathered=past)) is None


def test_a_condition_on_no_requirement_is_looked_for_in_the_words() -> None:
    spoken = Imposed(text="Customers are told that a machine sorts their claims")
    silent = Imposed(text="Fly a drone over every damaged roof")
    past = with_past("approve_with_conditions", imposed=(spoken, silent))
    found = against(draft_of(reading(), gathered=past))
    assert found is not None
    assert "Fly a drone" in found.claim
    assert "Customers are told" not in found.claim
    assert "this proposal does not speak of it" in found.claim


def test_what_the_same_thing_was_let_off_and_this_one_is_asked_for() -> None:
    waiver = Waived(requirement="TRUST-19", reason="the old system keeps one", until="2026-12-01")
    past = with_past(waived=(waiver,))
    found = against(draft_of(reading(**missing_appeal()), gathered=past))
    assert found is not None
    assert "was let off TRUST-19 Keeping a log on 2026-03-02" in found.claim
    assert "“the old system keeps one”" in found.claim
    assert against(draft_of(reading(**missing_appeal(asked=False)), gathered=past)) is None


def test_several_contradictions_of_one_precedent_are_one_finding() -> None:
    past = with_past(
        "merge_with_existing",
        imposed=(Imposed(text="Keep a log for a year", requirement="TRUST-19"),),
        waived=(Waived(requirement="TRUST-19", reason="small pilot"),),
    )
    draft = draft_of(reading(**missing_appeal()), gathered=past)
    assert draft.outcome == "approve_with_conditions"
    found = [f for f in draft.findings if f.rule == "precedent.contradicts"]
    assert len(found) == 1
    assert all(part in found[0].claim for part in ("to be merged", "on condition", "let off"))
