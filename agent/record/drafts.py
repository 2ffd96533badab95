"""Drafts in the record: saved once by content, superseded by newer ones, never changed.

Owns draft rows and the cited texts; a person's steps on them are `step_rows.py`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from agent.errors import RecordError
from agent.record import journal, versions
from agent.record.sheet import bare_finding
from agent.record.tables import decision as decisions
from agent.record.tables import draft as drafts
from agent.record.tables import draft_text, edit
from agent.record.tables import finding as finding_rows
from agent.schema.draft import Draft, Finding
from knowledge.vocabulary import SEVERITIES

TEXT = "text/plain"

Saved = Literal["new", "unchanged"]


class Kept(NamedTuple):
    """What is kept beside a draft, as JSON."""

    evidence: str | None = None
    """What it rested on."""
    readings: str | None = None
    """What a model read; None for a draft of the rules alone."""


def save(
    conn: Connection, draft: Draft, texts: Mapping[str, str], kept: Kept, *,
    actor: str, at: str,
) -> Saved:  # fmt: skip
    """A draft of a decided version, or one that is current already, changes nothing."""
    versions.need(conn, draft.initiative, draft.version)
    known = conn.execute(select(drafts.c.state).where(drafts.c.id == draft.id)).scalar()
    if known in ("current", "decided") or decided_seq(conn, draft.initiative, draft.version):
        return "unchanged"
    is_newest = draft.version == versions.newest(conn, draft.initiative)
    if known and not is_newest:
        return "unchanged"
    shas = dict(zip(texts, journal.put_many(conn, texts.values(), TEXT), strict=True))
    json_sha = journal.put_json(conn, draft.model_dump_json(by_alias=True))
    beside = {
        f"{name}_sha256": None if text is None else journal.put_json(conn, text)
        for name, text in kept._asdict().items()
    }
    before = journal.last(conn)
    entry = journal.append(
        conn,
        kind="drafted",
        actor=actor,
        at=at,
        initiative=draft.initiative,
        version=draft.version,
        payload={
            "draft": draft.id,
            "digest": draft.digest,
            "json_sha256": json_sha,
            **beside,
            "texts": shas,
        },
        key=f"drafted:{draft.id}:{before.count}",
    )
    if is_newest:
        conn.execute(
            update(drafts)
            .where(drafts.c.initiative == draft.initiative, drafts.c.state == "current")
            .values(state="superseded")
        )
    state = "current" if is_newest else "superseded"
    if known:  # the knowledge went back to what it was: the old draft stands again
        conn.execute(update(drafts).where(drafts.c.id == draft.id).values(state=state))
    else:
        row = {"json_sha256": json_sha, "state": state, "created": at, "seq": entry.seq}
        _insert(conn, draft, shas, row | beside)
    return "new"


def _insert(
    conn: Connection, draft: Draft, shas: Mapping[str, str], row: Mapping[str, Any]
) -> None:
    own = {
        "id": draft.id,
        "initiative": draft.initiative,
        "version": draft.version,
        "digest": draft.digest,
        "outcome": draft.outcome,
        "counts": json.dumps(count_findings(draft)),
    }
    conn.execute(insert(drafts), own | dict(row))
    if shas:
        rows = [{"draft": draft.id, "entry": e, "sha256": shas[e]} for e in sorted(shas)]
        conn.execute(insert(draft_text), rows)
    of = {"initiative": draft.initiative}
    found = [{"id": f.id, "rule": f.rule} | of for f in _all_findings(draft)]
    if found:
        conn.execute(insert(finding_rows).on_conflict_do_nothing(), found)


def _all_findings(draft: Draft) -> list[Finding]:
    return [*draft.findings, *(u.finding for u in draft.unsupported)]


def count_findings(draft: Draft) -> dict[str, int]:
    """Severity → number of findings, worst first."""
    found = Counter(f.severity for f in draft.findings)
    return {severity: found[severity] for severity in SEVERITIES}


def decided_seq(conn: Connection, initiative: str, n: int) -> int | None:
    """The entry of the decision that stands on a version; a deferral is none."""
    return conn.execute(
        select(decisions.c.seq)
        .where(
            decisions.c.initiative == initiative,
            decisions.c.version == n,
            decisions.c.outcome != "defer",
        )
        .order_by(decisions.c.seq.desc())
        .limit(1)
    ).scalar()


def current_id(conn: Connection, initiative: str) -> str | None:
    """Id of the draft to decide on, else of the last decided one."""
    return conn.execute(
        select(drafts.c.id)
        .where(drafts.c.initiative == initiative, drafts.c.state != "superseded")
        .order_by(drafts.c.state == "decided", drafts.c.version.desc(), drafts.c.seq.desc())
        .limit(1)
    ).scalar()


def load(conn: Connection, draft_id: str) -> Draft:
    """A draft as it was shown."""
    sha = conn.execute(select(drafts.c.json_sha256).where(drafts.c.id == draft_id)).scalar()
    if sha is None:
        raise RecordError(f"The record holds no draft `{draft_id}`; see `concord list`.")
    text = journal.get_text(conn, sha)
    if text is None:
        raise RecordError(f"The draft `{draft_id}` was redacted; see `concord audit show`.")
    return Draft.model_validate_json(text)


def evidence(conn: Connection, draft_id: str) -> str | None:
    """The JSON of what the draft rested on; None when it was not kept or was redacted."""
    sha = conn.execute(select(drafts.c.evidence_sha256).where(drafts.c.id == draft_id)).scalar()
    return None if sha is None else journal.get_text(conn, sha)


def readings(conn: Connection, draft_id: str) -> str | None:
    """The JSON of what a model read; None when none did, or when it was redacted."""
    sha = conn.execute(select(drafts.c.readings_sha256).where(drafts.c.id == draft_id)).scalar()
    return None if sha is None else journal.get_text(conn, sha)


def texts(conn: Connection, draft_id: str) -> dict[str, str]:
    """Cited entry → its text as it was; redacted ones are left out."""
    rows = conn.execute(
        select(draft_text.c.entry, draft_text.c.sha256)
        .where(draft_text.c.draft == draft_id)
        .order_by(draft_text.c.entry)
    ).all()
    found = {row.entry: journal.get_text(conn, row.sha256) for row in rows}
    return {entry: text for entry, text in found.items() if text is not None}


def earlier_findings(conn: Connection, initiative: str, ids: Iterable[str]) -> dict[str, Finding]:
    """Findings of earlier drafts by id, as last drafted: what an outdated step was about.

    One that only a redacted draft held is known by its id alone.
    """
    wanted, found = set(ids), dict[str, Finding]()
    rows = conn.execute(
        select(drafts.c.json_sha256)
        .where(drafts.c.initiative == initiative)
        .order_by(drafts.c.seq.desc())
    ).all()
    for row in rows:
        if wanted <= set(found):
            break
        text = journal.get_text(conn, row.json_sha256)
        if text is not None:
            for finding in _all_findings(Draft.model_validate_json(text)):
                if finding.id in wanted:
                    found.setdefault(finding.id, finding)
    stepped = conn.execute(
        select(edit.c.finding).where(
            edit.c.initiative == initiative, edit.c.finding.in_(wanted - set(found))
        )
    ).scalars()
    found |= {key: bare_finding(key, "redacted") for key in stepped}
    return {key: found[key] for key in sorted(found)}
