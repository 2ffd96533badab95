"""The words in which every screen and export says what is on record of something alike. Pure."""

from typing import Final

from agent.schema.draft import OverlapRow
from agent.schema.evidence import LastReview
from knowledge.vocabulary import DECIDED

LIKE: Final = (
    ("same", "the same"),
    ("similar", "similar"),
    ("different", "different"),
    ("unknown", "not known"),
)
"""Values of a facet in the order in which they are named, and what they are called."""
STAGES: Final = {
    "planned": "planned, not yet running",
    "pilot": "a pilot",
    "production": "in production",
    "retired": "RETIRED",
}


def behind_words(row: OverlapRow) -> str:
    """`Leonie Brandt, Service Centre Tools; in production`; empty where nothing is on record."""
    who = ", ".join(name for name in (row.owner, row.team) if name.strip())
    if row.kind == "capability":
        who = who or "no owner named"
        return f"{who}; {STAGES.get(row.status or '', 'life stage not stated')}"
    return who


def review_words(review: LastReview | None) -> str:
    """`calls-24, version 2, was approved with conditions on 2026-03-02; none of them is open`."""
    if review is None:
        return "none on record"
    version = f", version {review.version}," if review.version is not None else ""
    when = f" on {review.decided}" if review.decided else ""
    decided = f"{review.initiative}{version} {DECIDED.get(review.outcome, 'was decided')}{when}"
    if review.open_conditions:
        count = len(review.open_conditions)
        still = "1 condition is" if count == 1 else f"{count} conditions are"
        return f"{decided}; {still} open: {'; '.join(review.open_conditions)}"
    return f"{decided}; no condition is open"


def likeness_words(row: OverlapRow) -> str:
    """`the same: users, data; different: outputs; not known: behaviour`."""
    named = [
        (called, [name for name, facet in row.facets.items() if facet.value == value])
        for value, called in LIKE
    ]
    return "; ".join(f"{called}: {', '.join(names)}" for called, names in named if names)
