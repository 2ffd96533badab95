"""Decisions as rows: written once, in one transaction with their letter, and only on what stands.

What may be decided is `decision.py`; this module owns that nobody decides twice or on old news.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, select, update
from sqlalchemy.dialects.sqlite import insert

from agent.errors import DecisionError, StaleDecision
from agent.record import drafts, journal, step_rows, versions
from agent.record.journal import Entry, Receipt
from agent.record.sheet import number_conditions
from agent.record.tables import blob
from agent.record.tables import decision as decisions
from agent.record.tables import draft as draft_rows
from agent.record.tables import journal as entries
from agent.schema.base import content_id, digest, sha256
from agent.schema.decision import Decision

MARKDOWN = "text/markdown"

PASSING = ("taken", "released", "exported", "redacted")
"""Entries that change nothing a decision rests on."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    seq: int
    initiative: str
    version: int
    draft: str
    outcome: str
    shown: str
    json_sha256: str
    letter_sha256: str
    actor: str
    at: str
    corrects: int | None


def mark(conn: Connection, initiative: str) -> str:
    """Changes whenever a version, draft, step or decision of the initiative is added."""
    seq = conn.execute(
        select(func.max(entries.c.seq)).where(
            entries.c.initiative == initiative, entries.c.kind.not_in(PASSING)
        )
    ).scalar()
    return content_id(initiative, seq, drafts.current_id(conn, initiative))


def decide(
    conn: Connection, decision: Decision, letter: str, *, expect: str | None, key: str | None,
    corrects: bool, at: str,
) -> Receipt:  # fmt: skip
    """Records a decision with its steps and letter; the same one again answers with its receipt."""
    decision = number_conditions(decision)
    name, n = decision.initiative, decision.version
    before = standing(conn, name, n)
    again = _repeated(conn, decision, letter, key, before)
    if again:
        return again.receipt
    _refuse_second(decision, before, corrects)
    _refuse_stale(conn, decision, expect, corrects)
    step_rows.take(conn, name, n, decision, by=decision.by, at=at)
    decision = decision.model_copy(update={"at": decision.at or at})
    entry = _write(conn, decision, letter, before if corrects else None, key=key, at=at)
    if decision.outcome != "defer" and not corrects:
        conn.execute(
            update(draft_rows).where(draft_rows.c.id == decision.draft).values(state="decided")
        )
    return entry.receipt


def _repeated(
    conn: Connection, decision: Decision, letter: str, key: str | None, before: DecisionRow | None
) -> Entry | None:
    """The entry that holds exactly this decision already."""
    entry = journal.with_key(conn, key) if key else None
    row = _row(conn, entry.seq) if entry else before
    if row is None:
        if entry:
            raise DecisionError(f"The key `{key}` was used for another step; give a new one.")
        return None
    text = journal.get_text(conn, row.json_sha256)
    same = (
        text is not None
        and digest(Decision.model_validate_json(text)) == digest(decision)
        and sha256(letter) == row.letter_sha256
    )
    if entry and not same:
        raise DecisionError(f"The key `{key}` was used for another decision; give a new one.")
    return (entry or _entry(conn, row.seq)) if same else None


def _refuse_second(decision: Decision, before: DecisionRow | None, corrects: bool) -> None:
    name, n = decision.initiative, decision.version
    decided = before is not None and before.outcome != "defer"
    if decided and before and not corrects:
        raise DecisionError(
            f"{name} version {n} was decided already ({before.outcome}, by {before.actor}, "
            f"{before.at[:10]}); to change it, record a correction (`--correct`)."
        )
    if corrects and not decided:
        raise DecisionError(f"{name} version {n} has no decision yet that could be corrected.")
    if corrects and decision.outcome == "defer":
        raise DecisionError(f"{name} version {n} is decided; a correction cannot defer it.")


def _refuse_stale(conn: Connection, decision: Decision, expect: str | None, corrects: bool) -> None:
    name, n = decision.initiative, decision.version
    versions.need(conn, name, n)
    last = versions.newest(conn, name)
    if n != last and not corrects:
        raise StaleDecision(
            f"{name} has a newer version {last}; review and decide that one, not version {n}."
        )
    row = conn.execute(
        select(draft_rows.c.state, draft_rows.c.initiative, draft_rows.c.version).where(
            draft_rows.c.id == decision.draft
        )
    ).first()
    wanted = "decided" if corrects else "current"
    if row is None or (row.initiative, row.version, row.state) != (name, n, wanted):
        raise StaleDecision(
            f"The draft `{decision.draft}` is not the one that stands for {name} version {n}; "
            "look at the current one and decide again."
        )
    if expect is not None and expect != mark(conn, name):
        raise StaleDecision(
            f"{name} changed since it was shown (another step, draft or decision was recorded); "
            "look at it again and decide then."
        )


def _write(
    conn: Connection, decision: Decision, letter: str, corrected: DecisionRow | None, *,
    key: str | None, at: str,
) -> Entry:  # fmt: skip
    shas = {
        "json_sha256": journal.put_json(conn, decision.model_dump_json(by_alias=True)),
        "letter_sha256": journal.put(conn, letter, MARKDOWN),
    }
    row = {
        "draft": decision.draft,
        "outcome": decision.outcome,
        "shown": decision.shown,
        "corrects": corrected.seq if corrected else None,
        **shas,
    }
    kind: journal.Kind = "corrected" if corrected else "decided"
    made_key = f"{kind}:{decision.initiative}:{decision.version}:{journal.last(conn).count}"
    entry = journal.append(
        conn,
        kind=kind,
        actor=decision.by,
        at=at,
        initiative=decision.initiative,
        version=decision.version,
        payload=row,
        key=key or made_key,
    )
    own = {"seq": entry.seq, "actor": entry.actor, "at": at}
    place = {"initiative": decision.initiative, "version": decision.version}
    conn.execute(insert(decisions), own | place | row)
    return entry


def standing(conn: Connection, initiative: str, n: int) -> DecisionRow | None:
    """The decision that stands on a version: the last one; a deferral only before any other."""
    rows = of_version(conn, initiative, n)
    return rows[-1] if rows else None


def of(conn: Connection, initiative: str, n: int | None) -> DecisionRow | None:
    """What stands on a known version, the newest without a number; else RecordError."""
    return standing(conn, initiative, versions.need(conn, initiative, n).n)


def of_version(conn: Connection, initiative: str, n: int) -> list[DecisionRow]:
    """Deferrals, the decision and its corrections, in order."""
    rows = conn.execute(
        select(decisions)
        .where(decisions.c.initiative == initiative, decisions.c.version == n)
        .order_by(decisions.c.seq)
    ).mappings()
    return [_of(row) for row in rows]


def all_standing(conn: Connection) -> list[DecisionRow]:
    """The decision that stands on each version, by initiative and version."""
    last = select(func.max(decisions.c.seq)).group_by(decisions.c.initiative, decisions.c.version)
    rows = conn.execute(
        select(decisions)
        .where(decisions.c.seq.in_(last))
        .order_by(decisions.c.initiative, decisions.c.version)
    ).mappings()
    return [_of(row) for row in rows]


def texts(conn: Connection) -> dict[int, str]:
    """The JSON of each decision by entry; redacted ones are left out."""
    rows = conn.execute(
        select(decisions.c.seq, blob.c.bytes).join(blob, decisions.c.json_sha256 == blob.c.sha256)
    )
    return {row.seq: row.bytes.decode("utf-8") for row in rows if row.bytes is not None}


def load(conn: Connection, row: DecisionRow) -> Decision | None:
    """None: redacted."""
    text = journal.get_text(conn, row.json_sha256)
    return None if text is None else Decision.model_validate_json(text)


def _row(conn: Connection, seq: int) -> DecisionRow | None:
    row = conn.execute(select(decisions).where(decisions.c.seq == seq)).mappings().first()
    return _of(row) if row else None


def _entry(conn: Connection, seq: int) -> Entry:
    row = conn.execute(select(entries).where(entries.c.seq == seq)).mappings().one()
    return journal.entry_of(row)


def _of(row: RowMapping) -> DecisionRow:
    return DecisionRow(**{name: row[name] for name in DecisionRow.__slots__})
