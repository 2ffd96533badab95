"""Two or three sentences that a coordinator reads first. Pure."""

from collections.abc import Sequence

from agent.schema.draft import Finding, GoalRow, OverlapRow, RequirementRow
from knowledge.vocabulary import SEVERITIES, Outcome

OUTCOME_WORDS: dict[str, str] = {
    "reject": "Reject",
    "merge_with_existing": "Merge with what exists",
    "request_changes": "Ask for changes",
    "approve": "Approve",
    "approve_with_conditions": "Approve with conditions",
    "defer": "Defer",
}

NAMED = 3
"""So many ids of a kind; the rows hold all."""


def summarise(
    outcome: Outcome,
    rows: Sequence[RequirementRow],
    findings: Sequence[Finding],
    overlaps: Sequence[OverlapRow],
    goals: Sequence[GoalRow],
    *,
    unread: bool = False,
) -> str:
    """Outcome, strongest finding, state of the checklist, goals and overlap, in that order.

    `unread`: no reader reads the language of the text; nothing found then means nothing.
    """
    parts = [f"{OUTCOME_WORDS[outcome]}."]
    if unread:
        parts.append("The text was not read: it is written in a language that no reader reads.")
    if findings:
        parts.append(f"First: {findings[0].title.rstrip('.')} ({_counts(findings)}).")
    elif not unread:
        parts.append("No findings.")
    applies = [r for r in rows if r.applies == "yes"]
    stated = sum(r.status == "in_place" for r in applies)
    if stated or not unread:
        parts.append(f"{stated} of {len(applies)} applicable requirements are stated as in place.")
    duplicates = [o.entry for o in overlaps if o.relation == "duplicate"]
    extends = [o.entry for o in overlaps if o.relation == "extends"]
    if duplicates:
        parts.append(f"Does the same as {_few(duplicates)}.")
    if extends:
        parts.append(f"Extends, or could extend, {_few(extends)}.")
    serves = [g.id for g in goals if g.verdict == "serves"]
    if serves:
        parts.append(f"Serves {_few(serves)}.")
    return " ".join(parts)


def _few(names: Sequence[str]) -> str:
    """The first three, and how many more."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _counts(findings: Sequence[Finding]) -> str:
    """`2 blocker, 1 high`: the severities that occur, worst first."""
    named = [(s, sum(f.severity == s for f in findings)) for s in SEVERITIES]
    return ", ".join(f"{n} {s}" for s, n in named if n)
