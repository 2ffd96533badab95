"""Versions of initiatives: what was handed in, byte for byte, and which initiative a file is.

A version counts distinct contents, so that handing in the same bytes again changes nothing.
"""

import hashlib
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select
from sqlalchemy.dialects.sqlite import insert

from agent.errors import RecordError
from agent.record import journal
from agent.record.tables import blob
from agent.record.tables import initiative as initiatives
from agent.record.tables import version as versions

MARKDOWN = "text/markdown"

MARKER = re.compile(r"(?:v|ver|version|rev|r)?\d{0,3}|draft|final|copy|new|updated?|latest|revised")
"""A word of a file name that tells versions apart, not initiatives (a bare number may be both)."""


@dataclass(frozen=True, slots=True)
class Version:
    initiative: str
    n: int
    sha256: str
    path: str
    title: str
    at: str
    seq: int


def submit(
    conn: Connection, *, initiative: str, raw: bytes, sha256: str, path: str, title: str,
    actor: str, at: str,
) -> int:  # fmt: skip
    """The number of the version with these bytes; a new one where they are new."""
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise RecordError(f"{path}: the file changed while it was read; review it again.")
    known = conn.execute(
        select(versions.c.n).where(versions.c.initiative == initiative, versions.c.sha256 == sha256)
    ).scalar()
    if known is not None:
        return int(known)
    n = newest(conn, initiative) + 1
    path, title = journal.storable(path), journal.storable(title)
    journal.put_raw(conn, sha256, raw, MARKDOWN)
    conn.execute(insert(initiatives).on_conflict_do_nothing(), {"id": initiative, "at": at})
    entry = journal.append(
        conn,
        kind="submitted",
        actor=actor,
        at=at,
        initiative=initiative,
        version=n,
        payload={"sha256": sha256, "path": path, "title": title},
        key=f"submitted:{initiative}:{sha256}",
    )
    conn.execute(
        insert(versions),
        {
            "initiative": initiative,
            "n": n,
            "sha256": sha256,
            "path": path,
            "title": title,
            "at": at,
            "seq": entry.seq,
        },
    )
    return n


def newest(conn: Connection, initiative: str) -> int:
    """Number of the newest version; 0 for an initiative that nobody handed in."""
    found = conn.execute(
        select(func.max(versions.c.n)).where(versions.c.initiative == initiative)
    ).scalar()
    return int(found or 0)


def need(conn: Connection, initiative: str, n: int | None = None) -> Version:
    """A version (the newest without `n`), or an error that says what there is."""
    last = newest(conn, initiative)
    if not last:
        near = close_names(initiative, [v.initiative for v in all_newest(conn)])
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise RecordError(f"The record knows no initiative `{initiative}`.{hint}")
    row = (
        conn.execute(
            select(versions).where(versions.c.initiative == initiative, versions.c.n == (n or last))
        )
        .mappings()
        .first()
    )
    if row is None:
        raise RecordError(f"{initiative} has versions 1 to {last}; there is no version {n}.")
    return _version(row)


def all_newest(conn: Connection) -> list[Version]:
    """The newest version of every initiative, by id."""
    rows = conn.execute(_newest_of_all(select(versions))).mappings()
    return [_version(row) for row in rows]


def first_handed_in(conn: Connection) -> dict[str, str]:
    """Initiative → when its first version was handed in, UTC."""
    rows = conn.execute(select(initiatives.c.id, initiatives.c.at))
    return {row.id: row.at for row in rows}


def all_raw(conn: Connection) -> list[tuple[Version, bytes]]:
    """The same with what was handed in; redacted ones are left out."""
    joined = select(versions, blob.c.bytes).join(blob, versions.c.sha256 == blob.c.sha256)
    rows = conn.execute(_newest_of_all(joined.where(blob.c.bytes.is_not(None)))).mappings()
    return [(_version(row), row["bytes"]) for row in rows]


def _newest_of_all(query: Select[Any]) -> Select[Any]:
    last = (
        select(versions.c.initiative, func.max(versions.c.n).label("n"))
        .group_by(versions.c.initiative)
        .subquery()
    )
    is_last = (versions.c.initiative == last.c.initiative) & (versions.c.n == last.c.n)
    return query.join(last, is_last).order_by(versions.c.initiative)


def near(conn: Connection, initiative: str, title: str) -> str | None:
    """The initiative that an unknown one is probably a new version of."""
    known = all_newest(conn)
    if any(v.initiative == initiative for v in known):
        return None
    stem, words = _stem(initiative), _words(title)
    for v in known:
        same_title = len(words) >= 3 and words == _words(v.title)
        if same_title or (stem and stem == _stem(v.initiative)):
            return v.initiative
    return None


def close_names(name: str, known: list[str]) -> list[str]:
    """Up to three known names that a mistyped one may stand for, nearest first."""
    scored = [(-SequenceMatcher(None, name.lower(), k.lower()).ratio(), k) for k in known]
    return [k for score, k in sorted(scored) if score <= -0.6][:3]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("_", " "))


def _stem(name: str) -> str:
    """`claims-triage_v2 (1)` → `claims triage`; a number that stands alone stays."""
    bare = re.sub(r"\(\d+\)$", "", name.strip().lower())
    words = _words(bare)
    while len(words) > 1 and MARKER.fullmatch(words[-1]) and not words[-1].isdigit():
        words.pop()
    return " ".join(words)


def _version(row: RowMapping) -> Version:
    return Version(**{name: row[name] for name in Version.__slots__})
