"""A person's steps as rows: written once each, read as what stands.

What a step means is steps.py; which of them an undo took back is replay.py.
"""

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from agent.errors import DecisionError, StaleDecision
from agent.record import drafts, journal
from agent.record.replay import Replay, Row, replay
from agent.record.steps import CARRIED, Step, split, standing
from agent.record.tables import decision as decisions
from agent.record.tables import edit
from agent.schema.base import content_id, digest
from agent.schema.decision import Steps


def rows(conn: Connection, initiative: str, n: int) -> list[Row]:
    """Every step that bears on a version, oldest first, with what earlier versions hand down; one
    whose words were redacted says nothing any more."""
    found = conn.execute(
        select(edit)
        .where(edit.c.initiative == initiative, edit.c.version <= n)
        .order_by(edit.c.seq)
    ).mappings()
    bearing = []
    for row in found.all():
        if row["version"] == n or row["kind"] in CARRIED:
            payload = journal.get_json(conn, row["payload_sha256"])
            if payload is not None:
                bearing.append(row_of(row, payload))
    return bearing


def row_of(row: Any, payload: dict[str, Any]) -> Row:
    """A row of the table with what its entry says."""
    own = {name: row[name] for name in Row._fields if name != "payload"}
    return Row(**own, payload=payload)


def replayed(conn: Connection, initiative: str, n: int) -> Replay:
    """The steps on a version with what may be undone; nothing before its last decision may."""
    return replay(rows(conn, initiative, n), n, after=_sent(conn, initiative, n))


def recorded(conn: Connection, initiative: str, n: int) -> list[Step]:
    """The steps that stand on a version, oldest first."""
    return [row.step for row in replay(rows(conn, initiative, n), n).standing()]


def take(conn: Connection, initiative: str, n: int, steps: Steps, *, by: str, at: str) -> int:
    """Records what is new among the steps; returns how many that were."""
    now = standing(recorded(conn, initiative, n))
    count = 0
    for step in split(steps):
        held = now.get(step.slot)
        if held and (held.kind, held.payload) == (step.kind, step.payload):
            continue
        now[step.slot] = step
        record(conn, initiative, n, step, by=by, at=at)
        count += 1
    return count


def record(conn: Connection, initiative: str, n: int, step: Step, *, by: str, at: str) -> None:
    """One step, whether it is new or takes another back."""
    before = journal.last(conn)
    key = f"{step.kind}:{initiative}:{n}:{content_id(step.slot, digest(step.payload))}"
    entry = journal.append(
        conn,
        kind=step.kind,
        actor=by,
        at=at,
        initiative=initiative,
        version=n,
        payload=step.payload,
        key=f"{key}:{before.count}",
    )
    conn.execute(
        insert(edit),
        {
            "seq": entry.seq,
            "initiative": initiative,
            "version": n,
            "kind": step.kind,
            "slot": step.slot,
            "finding": step.finding,
            "payload_sha256": entry.payload_sha256,
            "actor": entry.actor,
            "at": at,
            "key": entry.key,
        },
    )


def refuse_late(conn: Connection, initiative: str, n: int, meant: int | None) -> None:
    """Steps belong on the newest version, and before its decision."""
    if meant not in (None, n):
        raise StaleDecision(f"{initiative} has a newer version {n}; look at that one first.")
    if drafts.decided_seq(conn, initiative, n):
        raise DecisionError(
            f"{initiative} version {n} is decided; change it with a correction "
            "(`concord decide … --correct`)."
        )


def _sent(conn: Connection, initiative: str, n: int) -> int:
    """The entry of the last letter on a version, a deferral's too; 0 when none went out."""
    found = conn.execute(
        select(decisions.c.seq)
        .where(decisions.c.initiative == initiative, decisions.c.version == n)
        .order_by(decisions.c.seq.desc())
        .limit(1)
    ).scalar()
    return int(found or 0)
