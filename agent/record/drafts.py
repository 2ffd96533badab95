"""Drafts in the record: saved once by content, superseded by newer ones, never changed.

Owns draft rows, the cited texts and a person's steps on them; what a step means is `steps.py`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from agent.errors import DecisionError, RecordError, StaleDecision
from agent.record import journal, versions
from agent.record.sheet import bare_finding
from agent.record.steps import CARRIED, Step, split, standing
from agent.record.tables import decision as decisions
from agent.record.tables import draft as drafts
from agent.record.tables import draft_text, edit
from agent.schema.base import content_id
from agent.schema.base import digest as digest_of
from agent.schema.decision import Steps
from agent.schema.draft import Draft, Finding
from knowledge.vocabulary import SEVERITIES

TEXT = "text/plain"

Saved = Literal["new", "unchanged"]


def save(
    conn: Connection, draft: Draft, texts: Mapping[str, str], evidence: str | None, *,
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
    evidence_sha = None if evidence is None else journal.put_json(conn, evidence)
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
            "evidence_sha256": evidence_sha,
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
        row = {"json_sha256": json_sha, "evidence_sha256": evidence_sha, "state": state}
        _insert(conn, draft, shas, row | {"created": at, "seq": entry.seq})
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
            draft = Draft.model_validate_json(text)
            for finding in (*draft.findings, *(u.finding for u in draft.unsupported)):
                if finding.id in wanted:
                    found.setdefault(finding.id, finding)
    stepped = conn.execute(
        select(edit.c.finding).where(
            edit.c.initiative == initiative, edit.c.finding.in_(wanted - set(found))
        )
    ).scalars()
    found |= {key: bare_finding(key, "redacted") for key in stepped}
    return {key: found[key] for key in sorted(found)}


def recorded(conn: Connection, initiative: str, n: int) -> list[Step]:
    """The steps that bear on a version, oldest first, with what earlier versions hand down."""
    rows = conn.execute(
        select(edit.c.kind, edit.c.slot, edit.c.finding, edit.c.payload_sha256, edit.c.version)
        .where(edit.c.initiative == initiative, edit.c.version <= n)
        .order_by(edit.c.seq)
    ).all()
    found = []
    for row in rows:
        if row.version == n or row.kind in CARRIED:
            payload = journal.get_json(conn, row.payload_sha256)
            if payload is not None:
                found.append(Step(row.kind, row.slot, row.finding, payload))
    return found


def take(conn: Connection, initiative: str, n: int, steps: Steps, *, by: str, at: str) -> int:
    """Records what is new among the steps; returns how many that were."""
    now = standing(recorded(conn, initiative, n))
    count = 0
    for step in split(steps):
        held = now.get(step.slot)
        if held and (held.kind, held.payload) == (step.kind, step.payload):
            continue
        now[step.slot] = step
        _record(conn, initiative, n, step, by=by, at=at)
        count += 1
    return count


def _record(conn: Connection, initiative: str, n: int, step: Step, *, by: str, at: str) -> None:
    before = journal.last(conn)
    key = f"{step.kind}:{initiative}:{n}:{content_id(step.slot, digest_of(step.payload))}"
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
    if decided_seq(conn, initiative, n):
        raise DecisionError(
            f"{initiative} version {n} is decided; change it with a correction "
            "(`concord decide … --correct`)."
        )
