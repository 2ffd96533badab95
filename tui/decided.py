"""What people did, as plain text: a decision with all that hangs on it, corrections and notes.

Private notes are among it: this is for the office's own screens, never for an export.
"""

from collections.abc import Iterable

from agent.draft.summary import OUTCOME_WORDS
from agent.schema.decision import Condition, Decision, Steps, Waiver
from tui.out import wrapped


def decided_line(decision: Decision) -> str:
    """`Decided: Reject by ana (coordinator), 2026-11-23`."""
    word = "Put off" if decision.outcome == "defer" else f"Decided: {outcome_words(decision)}"
    role = f" ({decision.role})" if decision.role else ""
    return f"{word} by {decision.by}{role}, {decision.at[:10]}"


def outcome_words(decision: Decision) -> str:
    return OUTCOME_WORDS[decision.outcome]


def decision_lines(decision: Decision) -> Iterable[str]:
    """The decision and what it holds besides the steps."""
    yield decided_line(decision)
    named = {
        "approved for": decision.approved_stage,
        "merge into": decision.merge_into,
        "look at it again by": decision.review_by,
    }
    for words, value in named.items():
        if value:
            yield f"  {words} {value}"
    for condition in decision.conditions:
        yield wrapped(_condition(condition), "    ", "  ")
    for waiver in decision.waivers:
        yield wrapped(_waiver(waiver, decision), "    ", "  ")


def _condition(condition: Condition) -> str:
    named = {
        "for": condition.requirement,
        "by": condition.owner,
        "due": condition.due,
        "now": condition.status,
    }
    said = ", ".join(f"{word} {value}" for word, value in named.items() if value)
    return f"condition {condition.id}: {condition.text} ({said})"


def _waiver(waiver: Waiver, decision: Decision) -> str:
    until = f", until {waiver.until}" if waiver.until else ""
    by = waiver.by if waiver.by != decision.by else ""
    return f"waived {waiver.requirement}: {waiver.reason}{f', by {by}' if by else ''}{until}"


def step_lines(steps: Steps) -> Iterable[str]:
    """Corrections with their reasons, and the notes; nothing where there are none."""
    if steps.overrides:
        yield f"Corrected by a person ({len(steps.overrides)})"
        for o in steps.overrides:
            before = f" (was {o.from_})" if o.from_ else ""
            seen = ", seen by them" if o.seen else ""
            yield wrapped(f"{o.kind} {o.id}: {o.to}{before}{seen}. {o.reason}", "    ", "  ")
    for to, text in (("to the team", steps.note_to_team), ("private", steps.private_note)):
        if text:
            yield wrapped(text, "    ", f"Note, {to}: ")
