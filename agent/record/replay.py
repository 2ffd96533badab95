"""Which of the recorded steps stand, and which a person may take back or put back. Pure.

An undo and a redo are steps of their own in the slot of the step that they name, so the journal
alone knows them after a restart. They name entries instead of repeating words: what is redacted
stays redacted. Their payload:

    slot, finding     what it is about, as `steps.slot_of` gave it for the step that is named
    undoes | redoes   the entry of that step; neither of them: a person emptied the slot
    restores          the entry that holds the slot from now on
    withdrawn         true: nothing holds it from now on
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from agent.record.steps import Step, StepKind

EMPTY = 0
"""Holds a slot that no step holds; entries count from 1."""


class Row(NamedTuple):
    """A step as it was recorded."""

    seq: int
    version: int
    kind: StepKind
    slot: str
    finding: str
    actor: str
    at: str
    payload: dict[str, Any]

    @property
    def step(self) -> Step:
        return Step(self.kind, self.slot, self.finding, self.payload)


@dataclass
class Replay:
    """The journal's steps, played once."""

    steps: dict[int, Row] = field(default_factory=dict)
    """Entry → step; undo and redo are not among them."""
    holder: dict[str, int] = field(default_factory=dict)
    """Slot → entry of the step that holds it."""
    before: dict[int, int] = field(default_factory=dict)
    """Entry of a step → the entry that held its slot before."""
    done: dict[str, list[int]] = field(default_factory=dict)
    """Person → entries that they may undo, oldest first."""
    undone: dict[str, list[int]] = field(default_factory=dict)
    """Person → entries that they may redo, the last undone last."""

    def standing(self) -> list[Row]:
        """The steps that count, oldest first."""
        held = sorted(seq for seq in self.holder.values() if seq in self.steps)
        return [self.steps[seq] for seq in held if not is_emptying(self.steps[seq].payload)]

    def to_undo(self, by: str) -> Row | None:
        """This person's newest step that stands; one that somebody stepped over stays theirs."""
        own = [self.steps[seq] for seq in self.done.get(by, [])]
        return next((row for row in reversed(own) if self._holds(row.slot, row.seq)), None)

    def to_redo(self, by: str) -> Row | None:
        """The step that they undid last, if its slot is still as the undo left it."""
        own = [self.steps[seq] for seq in self.undone.get(by, [])]
        return next(
            (row for row in reversed(own) if self._holds(row.slot, self.before[row.seq])), None
        )

    def holding(self, slot: str) -> Row | None:
        """The step that counts in a slot."""
        return next((row for row in self.standing() if row.slot == slot), None)

    def _holds(self, slot: str, seq: int) -> bool:
        return self.holder.get(slot, EMPTY) == seq


def replay(rows: Iterable[Row], version: int, after: int = 0) -> Replay:
    """Play the steps that bear on a version, oldest first; only those of the version itself and
    `after` an entry can be undone."""
    state = Replay()
    for row in rows:
        named = names(row.payload)
        if named is None:
            state.before[row.seq] = state.holder.get(row.slot, EMPTY)
            state.steps[row.seq] = row
            state.holder[row.slot] = row.seq
        else:
            state.holder[row.slot] = int(row.payload.get("restores", EMPTY))
        if row.version == version and row.seq > after:
            _remember(state, row, named)
    return state


def _remember(state: Replay, row: Row, named: int | None) -> None:
    done, undone = state.done.setdefault(row.actor, []), state.undone.setdefault(row.actor, [])
    if named is None:
        done.append(row.seq)
        undone.clear()
    elif named in state.steps:
        source, target = (done, undone) if "undoes" in row.payload else (undone, done)
        if named in source:
            source.remove(named)
            target.append(named)


def names(payload: Mapping[str, Any]) -> int | None:
    """The entry that an undo or redo is of; None for a step of its own."""
    named = payload.get("undoes", payload.get("redoes"))
    return None if named is None else int(named)


def is_emptying(payload: Mapping[str, Any]) -> bool:
    """Whether a person took back what stood in the slot, without a step in its place."""
    return payload.get("withdrawn") is True


def undoing(row: Row, state: Replay) -> Step:
    """The step that takes another back."""
    return _naming(row, "undoes", state.before[row.seq])


def redoing(row: Row) -> Step:
    """The step that puts another back."""
    return _naming(row, "redoes", row.seq)


def emptying(row: Row) -> Step:
    """The step that leaves nothing where this one stands."""
    return Step(row.kind, row.slot, row.finding, _about(row) | {"withdrawn": True})


def _naming(row: Row, verb: str, restores: int) -> Step:
    left = {"restores": restores} if restores else {"withdrawn": True}
    return Step(row.kind, row.slot, row.finding, _about(row) | {verb: row.seq} | left)


def _about(row: Row) -> dict[str, Any]:
    return {"slot": row.slot, "finding": row.finding}
