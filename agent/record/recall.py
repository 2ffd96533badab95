"""Everything the record holds of one version: enough to rebuild its sheet a year later.

Reads only, in one snapshot; what was redacted is None and listed as such.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from agent.record import drafts, journal, step_rows, verdicts, versions
from agent.record.journal import Recorded
from agent.record.steps import fold
from agent.record.store import Store
from agent.record.tables import draft as draft_rows
from agent.record.tables import draft_text
from agent.schema.decision import Decision, Steps
from agent.schema.draft import Draft

IDENTITY = (
    "Identity rests on the name that was given (--by), else CONCORD_USER, else the name of the "
    "operating system's user. Concord signs nobody in: the journal proves what was recorded under "
    "a name and in which order, not who sat at the keyboard."
)


@dataclass(frozen=True, slots=True)
class RecalledDecision:
    seq: int
    decision: Decision | None
    """None: redacted."""
    letter: str | None
    corrects: int | None
    """The entry that it corrects."""


@dataclass(frozen=True, slots=True)
class Recall:
    """One version of one initiative, as it was."""

    version: versions.Version
    raw: bytes | None
    """The file as handed in; None: redacted."""
    draft: Draft | None
    """As shown: the one decided on, else the current one."""
    texts: dict[str, str]
    """Cited entry → its text when the draft was made."""
    steps: Steps
    decisions: tuple[RecalledDecision, ...]
    """Deferrals, the decision and its corrections, in order."""
    entries: tuple[Recorded, ...]
    """The journal of this version."""
    contents: dict[str, str]
    """Content hash → what it is, for a redaction."""
    identity: str = IDENTITY


def show(store: Store, initiative: str, version: int | None = None) -> Recall:
    """What is on record of a version; the newest without a number."""
    with store.reading() as conn:
        found = versions.need(conn, initiative, version)
        rows = verdicts.of_version(conn, initiative, found.n)
        shown = _shown(conn, found, rows)
        return Recall(
            version=found,
            raw=journal.get(conn, found.sha256),
            draft=_draft(conn, shown),
            texts=drafts.texts(conn, shown) if shown else {},
            steps=fold(step_rows.recorded(conn, initiative, found.n)),
            decisions=tuple(
                RecalledDecision(
                    row.seq,
                    verdicts.load(conn, row),
                    journal.get_text(conn, row.letter_sha256),
                    row.corrects,
                )
                for row in rows
            ),
            entries=tuple(
                r for r in journal.history(conn, initiative) if r.entry.version == found.n
            ),
            contents=_contents(conn, found, rows),
        )


def earlier_decisions(store: Store, initiative: str, version: int) -> list[Decision]:
    """What was decided on a version so far, oldest first; a deferral decided nothing."""
    found = show(store, initiative, version).decisions
    return [d.decision for d in found if d.decision and d.decision.outcome != "defer"]


def _shown(
    conn: Connection, found: versions.Version, rows: list[verdicts.DecisionRow]
) -> str | None:
    if rows:
        return rows[-1].draft
    return conn.execute(
        select(draft_rows.c.id)
        .where(draft_rows.c.initiative == found.initiative, draft_rows.c.version == found.n)
        .order_by(draft_rows.c.state != "current", draft_rows.c.seq.desc())
        .limit(1)
    ).scalar()


def _draft(conn: Connection, draft_id: str | None) -> Draft | None:
    if draft_id is None:
        return None
    sha = conn.execute(
        select(draft_rows.c.json_sha256).where(draft_rows.c.id == draft_id)
    ).scalar_one()
    text = journal.get_text(conn, sha)
    return None if text is None else Draft.model_validate_json(text)


def _contents(
    conn: Connection, found: versions.Version, rows: list[verdicts.DecisionRow]
) -> dict[str, str]:
    named = {found.sha256: "the proposal"}
    of_version = select(
        draft_rows.c.id,
        draft_rows.c.json_sha256,
        draft_rows.c.evidence_sha256,
        draft_rows.c.readings_sha256,
    ).where(draft_rows.c.initiative == found.initiative, draft_rows.c.version == found.n)
    for draft in conn.execute(of_version.order_by(draft_rows.c.seq)).all():
        named[draft.json_sha256] = f"the draft {draft.id}"
        if draft.evidence_sha256:
            named[draft.evidence_sha256] = f"the evidence of the draft {draft.id}"
        if draft.readings_sha256:
            named[draft.readings_sha256] = f"what the model read for the draft {draft.id}"
        cited = select(draft_text.c.entry, draft_text.c.sha256).where(
            draft_text.c.draft == draft.id
        )
        for text in conn.execute(cited.order_by(draft_text.c.entry)).all():
            named.setdefault(text.sha256, f"the cited text of {text.entry}")
    for row in rows:
        named[row.json_sha256] = f"the decision of entry {row.seq}"
        named[row.letter_sha256] = f"the letter of entry {row.seq}"
    for recorded in journal.history(conn, found.initiative):
        entry = recorded.entry
        if entry.version == found.n:
            named.setdefault(entry.payload_sha256, f"what entry {entry.seq} ({entry.kind}) says")
    return named
