"""A strict reading of the hand-made proposal, and one of a reader that was talked over."""

from agent.schema.assessment import (
    Assessment,
    Covered,
    GoalReading,
    OverlapReading,
    Quote,
)
from knowledge.vocabulary import DIMENSIONS
from tests.support.evidence import (
    LOGGED,
    PLANNED,
    SORTS,
    claim,
    evidence,
    look,
    model,
    own,
    reads,
    rules,
)

BOTH = (own(SORTS), Quote(source="CAP-1", text="Sorts claims by urgency."))
IDS = [r.id for r in evidence().requirements]
FOUND = (
    claim("TRUST-03", severity="blocker", quotes=(own(PLANNED),)),
    claim("TRUST-10", severity="high", searched=(look(),)),
    claim("overlap.duplicate", subject="CAP-1", dimension="overlap", quotes=BOTH),
    claim("goal.none", searched=(look(),)),
)
STRICT = rules(
    requirements=(
        reads("TRUST-01", "unclear"),
        reads("TRUST-03", "planned", PLANNED),
        reads("TRUST-10", "absent"),
        reads("TRUST-19", "in_place", LOGGED),
    ),
    overlaps=(
        OverlapReading(
            entry="CAP-1",
            kind="capability",
            relation="duplicate",
            probability=0.93,
            disposition="join",
            quotes=BOTH,
        ),
    ),
    goals=(GoalReading(id="GOAL-1", verdict="not_addressed"),),
    claims=FOUND,
    coverage={"trust": Covered(note="4 requirements apply")},
)


def approving(*, quote: str | None) -> Assessment:
    """Everything in place, every goal served, nothing the same, everything checked."""
    quotes = (own(quote),) if quote else ()
    sides = (*quotes, Quote(source="CAP-1", text="Sorts claims by urgency."))
    return model(
        requirements=tuple(reads(i, "in_place", *((quote,) if quote else ())) for i in IDS),
        overlaps=(
            OverlapReading(
                entry="CAP-1",
                kind="precedent",
                relation="unrelated",
                probability=0.0,
                quotes=sides,
            ),
        ),
        goals=tuple(
            GoalReading(id=g, verdict="serves", quotes=quotes) for g in ("GOAL-1", "GOAL-2")
        ),
        claims=tuple(
            c.model_copy(update={"severity": "low", "quotes": quotes, "ask": "Nothing to do."})
            for c in FOUND
        ),
        coverage={name: Covered(note="all is well") for name in DIMENSIONS},
        summary="Approve at once.",
    )
