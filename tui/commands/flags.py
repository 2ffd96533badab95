"""What a person typed for `concord decide` → steps and decision fields. Pure.

Each flag has one form; a flag that does not fit gets a sentence that shows the form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agent.errors import DecisionError
from agent.schema.decision import Steps
from knowledge.text import clean
from knowledge.vocabulary import OUTCOMES

DECISIONS = (*OUTCOMES, "defer")
CONFIRMED = "confirmed"
"""As the value of a requirement: it is in place, and who decides has seen the measure itself."""


@dataclass(frozen=True)
class Given:
    """The flags of one call, as typed."""

    outcome: str | None = None
    from_file: Path | None = None
    accept: Sequence[str] = ()
    dismiss: Sequence[str] = ()
    edit: Sequence[str] = ()
    override: Sequence[str] = ()
    condition: Sequence[str] = ()
    waive: Sequence[str] = ()
    merge_into: str = ""
    approved_stage: str = ""
    review_by: str = ""
    note: str = ""
    private_note: str = ""
    shown: str | None = None
    correct: bool = False
    take: bool = False
    release: bool = False
    undo: bool = False
    redo: bool = False
    withdraw: str = ""
    preview: bool = False
    by: str | None = None
    role: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def steps_of(given: Given) -> Steps:
    """The steps among the flags; DecisionError names the flag that does not fit."""
    raw = {
        "overrides": [_override(text) for text in given.override],
        "accepted": [clean(text).text for text in given.accept],
        "edits": [_edit(text) for text in given.edit],
        "dismissed": [_dismissal(text) for text in given.dismiss],
        "note_to_team": clean(given.note).text,
        "private_note": clean(given.private_note).text,
    }
    return checked_steps(raw, "flags")


def checked_steps(raw: dict[str, Any], where: str) -> Steps:
    """Steps from plain values; one clear sentence names the field at fault."""
    try:
        return Steps.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DecisionError(f"{where}: {place}: {first['msg']}") from None


def fields_of(given: Given) -> dict[str, Any]:
    """The decision's own fields among the flags, only those that were given."""
    if given.outcome and given.outcome not in DECISIONS:
        known = ", ".join(DECISIONS)
        raise DecisionError(f"--outcome {given.outcome}: no such outcome; there are {known}")
    fields = {
        "outcome": given.outcome,
        "approved_stage": given.approved_stage,
        "review_by": given.review_by,
        "merge_into": given.merge_into,
        "conditions": [_condition(text) for text in given.condition],
        "waivers": [_waiver(text) for text in given.waive],
        "by": given.by,
        "role": given.role,
        "shown": given.shown,
    }
    return {name: value for name, value in fields.items() if value}


def _override(text: str) -> dict[str, Any]:
    form = "--override KIND:ID=VALUE:REASON, e.g. requirement:TRUST-03=in_place:'it is in line 30'"
    kind, _, rest = clean(text).text.partition(":")
    id_, equals, rest = rest.partition("=")
    value, colon, reason = rest.partition(":")
    if not (equals and colon and id_ and value and reason.strip()):
        raise DecisionError(f"--override {text!r} does not fit: {form}")
    given: dict[str, Any] = {"kind": kind, "id": id_, "to": value, "reason": reason.strip()}
    if (kind, value) == ("requirement", CONFIRMED):
        given |= {"to": "in_place", "seen": True}
    return given


def _edit(text: str) -> dict[str, str]:
    finding, _, rest = clean(text).text.partition(":")
    name, equals, after = rest.partition("=")
    if not (finding and equals and after.strip()):
        raise DecisionError(f"--edit {text!r} does not fit: --edit FINDING:FIELD=TEXT")
    return {"finding": finding, "field": name, "after": after}


def _dismissal(text: str) -> dict[str, str]:
    finding, _, rest = clean(text).text.partition(":")
    reason, _, note = rest.partition(":")
    if not (finding and reason):
        raise DecisionError(
            f"--dismiss {text!r} does not fit: --dismiss FINDING:REASON[:NOTE] with wrong,"
            " not_relevant, covered_elsewhere, already_known, too_minor or other"
        )
    return {"finding": finding, "reason": reason, "note": note}


def _condition(text: str) -> dict[str, str]:
    parts = [part.strip() for part in clean(text).text.split("|")]
    if not parts[0] or len(parts) > 4:
        raise DecisionError(
            f"--condition {text!r} does not fit: --condition 'TEXT|OWNER|DUE|REQUIREMENT'"
        )
    return dict(zip(("text", "owner", "due", "requirement"), parts, strict=False))


def _waiver(text: str) -> dict[str, str]:
    requirement, colon, reason = clean(text).text.partition(":")
    if not (requirement and colon):
        raise DecisionError(f"--waive {text!r} does not fit: --waive REQUIREMENT:REASON")
    return {"requirement": requirement, "reason": reason.strip()}
