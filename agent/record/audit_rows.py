"""What the journal says of rows that hold no payload of their own: initiatives, slots, media types.

Part of the audit (audit.py); reads only and returns sentences.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from agent.record.drafts import TEXT
from agent.record.journal import JSON, Entry
from agent.record.steps import slot_of
from agent.record.tables import blob, decision, draft, draft_text, edit, initiative, version
from agent.record.tables import journal as entries
from agent.record.versions import MARKDOWN

_HOLDS = {
    entries.c.payload_sha256: JSON,
    draft.c.json_sha256: JSON,
    draft.c.evidence_sha256: JSON,
    draft.c.readings_sha256: JSON,
    decision.c.json_sha256: JSON,
    decision.c.letter_sha256: MARKDOWN,
    version.c.sha256: MARKDOWN,
    draft_text.c.sha256: TEXT,
}
"""Column that names a content → what kind of content that is."""


def initiatives(conn: Connection, submitted: Iterable[Entry]) -> list[str]:
    """An initiative is known since its first version was handed in, and by nothing else."""
    first: dict[str, Entry] = {}
    for entry in submitted:
        first.setdefault(entry.initiative or "", entry)
    rows = {row.id: row.at for row in conn.execute(select(initiative))}
    gone = sorted(first.keys() - rows.keys())
    said = [f"The row of the initiative `{name}` is gone." for name in gone]
    for name, at in sorted(rows.items()):
        if name not in first:
            said.append(f"The initiative `{name}` was never handed in.")
        elif at != first[name].at:
            said.append(f"The initiative `{name}` was altered: at (entry {first[name].seq}).")
    return said


def slots(conn: Connection, steps: Iterable[tuple[Entry, dict[str, Any] | None]]) -> list[str]:
    """What a step is about follows from what it says; one that takes another back or puts it back
    names steps in its own slot, recorded before it."""
    rows = {row.seq: (row.slot, row.finding) for row in conn.execute(select(edit))}
    steps = list(steps)
    of = {row.seq: row.initiative for row in conn.execute(select(edit))}
    wrong = [
        f"Entry {entry.seq} ({entry.kind} of {entry.initiative}) takes back or puts back entry "
        f"{seq}, which is no step of the same thing."
        for entry, payload in steps
        for seq in _named(payload or {})
        if seq >= entry.seq
        or of.get(seq) != entry.initiative
        or rows.get(seq) != slot_of(entry.kind, payload or {})
    ]
    return wrong + [
        f"What entry {entry.seq} ({entry.kind} of {entry.initiative}) is about was altered: slot."
        for entry, payload in steps
        if payload is not None
        and entry.seq in rows
        and rows[entry.seq] != slot_of(entry.kind, payload)
    ]


def _named(payload: dict[str, Any]) -> list[int]:
    given = [payload[key] for key in ("undoes", "redoes", "restores") if key in payload]
    return [seq if isinstance(seq, int) else 0 for seq in given]


def media(conn: Connection) -> list[str]:
    """The same bytes may be named as two kinds of content; one of them it has to be."""
    allowed: dict[str, set[str]] = {}
    for column, kind in _HOLDS.items():
        for (sha,) in conn.execute(select(column).where(column.is_not(None))):
            allowed.setdefault(sha, set()).add(kind)
    return [
        f"The content {sha} was altered: it is marked {found}."
        for sha, found in conn.execute(select(blob.c.sha256, blob.c.media).order_by(blob.c.sha256))
        if sha in allowed and found not in allowed[sha]
    ]
