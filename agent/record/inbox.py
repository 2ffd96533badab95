"""Lists across initiatives: the inbox, and what later proposals are compared with.

Reads rows only; a list of a thousand initiatives opens just the drafts that somebody worked on.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, func, select

from agent.draft.overrides import settled
from agent.record import journal, verdicts, versions
from agent.record.sheet import make_sheet
from agent.record.step_rows import recorded
from agent.record.steps import fold
from agent.record.tables import draft as drafts
from agent.record.tables import edit as edits
from agent.record.tables import journal as entries
from agent.schema.draft import Draft
from knowledge.entries import Imposed, Waived
from knowledge.vocabulary import SEVERITIES

_Said = TypeVar("_Said", Imposed, Waived)
InboxState = Literal["ready", "decided", "deferred", "with_team"]


@dataclass(frozen=True, slots=True)
class InboxRow:
    """The newest version of an initiative as a list shows it."""

    initiative: str
    version: int
    title: str
    state: InboxState
    """`with_team`: changes were requested and no newer version came in."""
    outcome: str
    """The decided outcome, else the computed one; empty while there is no draft."""
    counts: dict[str, int]
    """Severity → findings that stand on the sheet, worst first: without those dismissed or settled,
    with those added, by edited severity; empty without a draft."""
    at: str
    """When this version was handed in, UTC."""
    age: timedelta
    draft: str
    """Draft id; empty while there is none."""
    holder: str
    """Who took it; empty when nobody did."""
    corrected: bool = False
    """Somebody corrected what the draft rests on: the sheet re-runs the rules, this list does not,
    so the outcome may be another and what the correction raises is not counted."""


@dataclass(frozen=True, slots=True)
class PendingRow:
    """An initiative whose newest version has no last word yet."""

    initiative: str
    version: int
    title: str
    path: str
    sha256: str
    raw: bytes
    at: str
    """When its first version was handed in, UTC."""


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """An initiative whose newest version is decided for good."""

    initiative: str
    version: int
    title: str
    path: str
    sha256: str
    raw: bytes
    outcome: str
    at: str
    by: str
    conditions: tuple[str, ...]
    open_conditions: tuple[str, ...]
    """Those of `conditions` that were not met, waived or lapsed when it was last decided."""
    merge_into: str
    imposed: tuple[Imposed, ...] = ()
    """`conditions` with what each is about."""
    waived: tuple[Waived, ...] = ()


@dataclass(frozen=True, slots=True)
class _Drafted:
    id: str
    outcome: str
    counts: str
    json_sha256: str


def inbox(conn: Connection, now: datetime) -> list[InboxRow]:
    """Every initiative, oldest first."""
    decided = {(d.initiative, d.version): d for d in verdicts.all_standing(conn)}
    drafted = _drafted(conn)
    held = holders(conn)
    worked_on = set(conn.execute(select(edits.c.initiative).distinct()).scalars())
    rows = []
    for v in versions.all_newest(conn):
        verdict, draft = decided.get((v.initiative, v.n)), drafted.get((v.initiative, v.n))
        state = _state(verdict)
        taken = verdict.outcome if verdict and state != "deferred" else ""
        counts, corrected = json.loads(draft.counts) if draft else {}, False
        if draft and v.initiative in worked_on:
            counts, corrected = _on_sheet(conn, v, draft)
        rows.append(
            InboxRow(
                initiative=v.initiative,
                version=v.n,
                title=v.title,
                state=state,
                outcome=taken or (draft.outcome if draft else ""),
                counts=counts,
                at=v.at,
                age=now - datetime.fromisoformat(v.at),
                draft=draft.id if draft else "",
                holder=held.get(v.initiative, ""),
                corrected=corrected,
            )
        )
    return sorted(rows, key=lambda row: (row.at, row.initiative))


def _on_sheet(
    conn: Connection, version: versions.Version, row: _Drafted
) -> tuple[dict[str, int], bool]:
    """(findings as they stand, whether something they rest on was corrected)."""
    text = journal.get_text(conn, row.json_sha256)
    if text is None:  # redacted: what it held is known by number alone
        return json.loads(row.counts), False
    steps = fold(recorded(conn, version.initiative, version.n))
    draft = Draft.model_validate_json(text)
    standing = Counter(
        s.finding.severity
        for s in make_sheet(draft, draft, steps).findings
        if s.state in ("open", "accepted", "added") and not settled(s.finding, steps.overrides)
    )
    return {severity: standing[severity] for severity in SEVERITIES}, bool(steps.overrides)


def _state(verdict: verdicts.DecisionRow | None) -> InboxState:
    if verdict is None:
        return "ready"
    if verdict.outcome == "defer":
        return "deferred"
    return "with_team" if verdict.outcome == "request_changes" else "decided"


def _drafted(conn: Connection) -> dict[tuple[str, int], _Drafted]:
    rows = conn.execute(
        select(
            drafts.c.initiative,
            drafts.c.version,
            drafts.c.id,
            drafts.c.outcome,
            drafts.c.counts,
            drafts.c.json_sha256,
        )
        .where(drafts.c.state != "superseded")
        .order_by(drafts.c.seq)
    ).all()
    return {
        (r.initiative, r.version): _Drafted(r.id, r.outcome, r.counts, r.json_sha256) for r in rows
    }


def holders(conn: Connection) -> dict[str, str]:
    """Initiative → who took it last and did not release it since."""
    last = (
        select(func.max(entries.c.seq))
        .where(entries.c.kind.in_(("taken", "released")))
        .group_by(entries.c.initiative)
    )
    rows = conn.execute(select(entries).where(entries.c.seq.in_(last))).mappings()
    return {str(r["initiative"]): str(r["actor"]) for r in rows if r["kind"] == "taken"}


def pending(conn: Connection, excluding: str | None) -> list[PendingRow]:
    """Initiatives that still want a decision, by id: undecided, deferred, or with the team for
    changes. One whose text was redacted has nothing to compare."""
    decided, first = _settled(conn), versions.first_handed_in(conn)
    return [
        PendingRow(v.initiative, v.n, v.title, v.path, v.sha256, raw, first[v.initiative])
        for v, raw in versions.all_raw(conn)
        if v.initiative != excluding and (v.initiative, v.n) not in decided
    ]


def decided(conn: Connection, excluding: str | None) -> list[DecidedRow]:
    """Initiatives with a last word, by id; redacted ones are left out."""
    standing = _settled(conn)
    texts = verdicts.texts(conn)
    found = []
    for v, raw in versions.all_raw(conn):
        row = standing.get((v.initiative, v.n))
        if row is None or row.seq not in texts or v.initiative == excluding:
            continue
        decision = json.loads(texts[row.seq])
        found.append(
            DecidedRow(
                initiative=v.initiative,
                version=v.n,
                title=v.title,
                path=v.path,
                sha256=v.sha256,
                raw=raw,
                outcome=row.outcome,
                at=row.at,
                by=row.actor,
                conditions=tuple(c["text"] for c in decision["conditions"]),
                open_conditions=tuple(
                    c["text"] for c in decision["conditions"] if c["status"] == "open"
                ),
                merge_into=decision["merge_into"],
                imposed=tuple(_said(Imposed, c) for c in decision["conditions"]),
                waived=tuple(_said(Waived, w) for w in decision["waivers"]),
            )
        )
    return found


def _said(kind: type[_Said], row: dict[str, Any]) -> _Said:
    """Of a condition or waiver what concerns later proposals."""
    return kind.model_validate({name: row[name] for name in kind.model_fields if name in row})


def _settled(conn: Connection) -> dict[tuple[str, int], verdicts.DecisionRow]:
    """Decisions after which nobody waits: put off or sent back, the same idea comes again."""
    rows = verdicts.all_standing(conn)
    return {(d.initiative, d.version): d for d in rows if _state(d) == "decided"}
