"""A person's steps on a draft, one by one, and folded to what counts now. Pure.

A slot is what a step is about: a finding's verdict, one field of a finding, one overridden value,
a note. The last step in a slot counts.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from agent.errors import DecisionError
from agent.schema.base import digest
from agent.schema.decision import AddedFinding, Dismissal, FieldEdit, Override, Steps
from knowledge.vocabulary import SEVERITIES

StepKind = Literal["accepted", "edited", "dismissed", "added", "override", "note"]

CARRIED = frozenset({"accepted", "edited", "dismissed", "added"})
"""Carried over to the next version. An override and a note speak of the text as it stood."""


class Step(NamedTuple):
    kind: StepKind
    slot: str
    finding: str
    """Finding id; empty for steps that are not about one."""
    payload: dict[str, Any]


def split(steps: Steps) -> list[Step]:
    """Single steps, in the order in which they count; DecisionError for an impossible edit."""
    for edited in steps.edits:
        check_edit(edited)
    return [
        *(Step("override", f"override {o.kind} {o.id}", "", _plain(o)) for o in steps.overrides),
        *(Step("accepted", f"verdict {f}", f, {"finding": f}) for f in steps.accepted),
        *(
            Step("edited", f"edited {e.field} {e.finding}", e.finding, _plain(e))
            for e in steps.edits
        ),
        *(Step("dismissed", f"verdict {d.finding}", d.finding, _plain(d)) for d in steps.dismissed),
        *(Step("added", f"added {digest(a)}", "", _plain(a)) for a in steps.added),
        *(
            Step("note", f"note {to}", "", {"to": to, "text": text})
            for to, text in (("team", steps.note_to_team), ("office", steps.private_note))
            if text
        ),
    ]


def slot_of(kind: str, said: Mapping[str, Any]) -> tuple[str, str]:
    """Slot and finding of a step from its payload: what `split` gave it. One that takes another
    back or puts it back (replay.py) says itself in which slot that stands."""
    finding = str(said.get("finding", ""))
    if "slot" in said:
        return str(said["slot"]), finding
    slots = {
        "accepted": f"verdict {finding}",
        "dismissed": f"verdict {finding}",
        "edited": f"edited {said.get('field')} {finding}",
        "override": f"override {said.get('kind')} {said.get('id')}",
        "added": f"added {digest(dict(said))}",
        "note": f"note {said.get('to')}",
    }
    return slots[kind], finding


def check_edit(edit: FieldEdit) -> None:
    """An edit that could not be shown on a sheet must not get on record either."""
    if not edit.after.strip():
        raise DecisionError(f"The edit of {edit.finding} leaves its {edit.field} empty.")
    if edit.field == "severity" and edit.after not in SEVERITIES:
        raise DecisionError(f"`{edit.after}` is no severity; use one of {', '.join(SEVERITIES)}.")


def standing(steps: Iterable[Step]) -> dict[str, Step]:
    """The step that counts in each slot."""
    return {step.slot: step for step in steps}


def fold(steps: Iterable[Step]) -> Steps:
    """What counts now, in an order that does not depend on who came first (added: by content)."""
    now = standing(steps)
    of: dict[str, list[dict[str, Any]]] = {}
    for slot in sorted(now):
        of.setdefault(now[slot].kind, []).append(now[slot].payload)
    notes = {note["to"]: note["text"] for note in of.get("note", [])}
    return Steps(
        overrides=tuple(Override.model_validate(p) for p in of.get("override", [])),
        accepted=tuple(p["finding"] for p in of.get("accepted", [])),
        edits=tuple(FieldEdit.model_validate(p) for p in of.get("edited", [])),
        dismissed=tuple(Dismissal.model_validate(p) for p in of.get("dismissed", [])),
        added=tuple(AddedFinding.model_validate(p) for p in of.get("added", [])),
        note_to_team=notes.get("team", ""),
        private_note=notes.get("office", ""),
    )


def join(before: Steps, more: Steps) -> Steps:
    """Steps already recorded, and those that a decision brings along."""
    return fold([*split(before), *split(more)])


def _plain(value: BaseModel) -> dict[str, Any]:
    return value.model_dump(mode="json", by_alias=True)
