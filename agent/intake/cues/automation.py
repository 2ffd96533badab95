"""Automation: what takes effect when nobody reacts.

In one clause the sentence's own brake counts: an objection window before an approval before
automatic action before a mere suggestion. Across sentences the strictest counts (facts.py).
"""

import re
from typing import Final

from agent.intake.cues.automation_words import PATTERNS
from agent.intake.cues.passage import Passage, Sight, negated
from knowledge.patterns import lazy

ABOUT_PROJECT: Final = lazy(
    r"\b(budget|funding|steering|business case|contract|roll-?out|go-live|procurement|board)\b"
)
ASIDE_TOPIC: Final = lazy(
    r"\b(log(s|ging)?|changes?|releases?|security|access|monitoring|training|tests?|testing|costs?|"
    r"records?|budget|governance|audit\w*|owners?|people|team|risks?)\b"
)


def see(passage: Passage) -> list[Sight]:
    """At most one level a clause."""
    if passage.aside or ABOUT_PROJECT.search(passage.text) or ASIDE_TOPIC.search(passage.topic):
        return []
    levels = (_level(clause) for clause in _joined(passage))
    return [Sight("automation", level, weak) for level, weak in filter(None, levels)]


def _joined(passage: Passage) -> list[str]:
    """Clauses; one that opens with `only` goes with its neighbour, whose verb it limits."""
    parts: list[str] = []
    for clause in passage.clauses():
        if parts and re.match(r",? ?only\b", clause):
            parts[-1] += clause
        else:
            parts.append(clause)
    return parts


def _level(clause: str) -> tuple[str, bool] | None:
    if _found("idle", clause) is not None:
        return "recommend", True
    if _found("notice", clause) is not None:
        return "act_with_notice", False
    if _found("approval", clause) is not None:
        return "act_with_approval", False
    unattended = _found("unattended", clause)
    if unattended is not None:
        flipped = negated(clause, unattended)
        return ("act_with_approval" if flipped else "autonomous"), False
    automatic = _found("automatic", clause)
    if automatic is not None:
        return None if negated(clause, automatic) else ("autonomous", False)
    if _found("inform", clause) is not None:
        return "inform", False
    for name, value, weak in (
        ("recommend", "recommend", False),
        ("approval_weak", "act_with_approval", True),
    ):
        seen = _found(name, clause)
        if seen is not None and not negated(clause, seen):
            return value, weak
    return None


def _found(name: str, clause: str) -> int | None:
    """Where the first of these patterns begins, if any of them is there."""
    starts = [
        found.start()
        for cue in PATTERNS[name]
        if cue.may_match(clause) and (found := cue.pattern.search(clause))
    ]
    return min(starts, default=None)
