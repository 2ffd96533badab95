"""The journal: an append-only chain of entries in which each vouches for the one before.

Owns how an entry is written and hashed, and the blobs that everything is stored in by content. A
payload is vouched for by its hash alone, so that a later redaction leaves the chain valid.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, LargeBinary, RowMapping, cast, select, update
from sqlalchemy.dialects.sqlite import insert

from agent.errors import RecordError, SettingsError
from agent.record.tables import blob, journal
from agent.schema.base import canonical, content_id, sha256

Kind = Literal[
    "submitted",
    "drafted",
    "taken",
    "released",
    "accepted",
    "edited",
    "dismissed",
    "added",
    "override",
    "note",
    "decided",
    "corrected",
    "exported",
    "redacted",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

GENESIS: Final = "0" * 64
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The journal as it stood after an entry: whoever keeps it can later prove a rewrite."""

    head: str
    """Hash of the last entry; 64 zeros before the first."""
    count: int

    def __str__(self) -> str:
        return f"{self.head[:12]}…:{self.count}"

    @property
    def full(self) -> str:
        """For `concord audit verify --expect`."""
        return f"{self.head}:{self.count}"


@dataclass(frozen=True, slots=True)
class Entry:
    seq: int
    kind: str
    actor: str
    at: str
    """UTC, ISO 8601 with milliseconds."""
    initiative: str | None
    version: int | None
    payload_sha256: str
    key: str
    """Idempotency key: the same step is written once."""
    prev_hash: str
    hash: str

    @property
    def receipt(self) -> Receipt:
        return Receipt(self.hash, self.seq)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry with what it says; None where that was redacted."""

    entry: Entry
    payload: Any


def entry_hash(entry: Entry) -> str:
    """What `entry.hash` has to be: over all other fields, the previous hash among them."""
    return sha256(canonical({k: v for k, v in asdict(entry).items() if k != "hash"}))


def parse_receipt(text: str) -> tuple[str, int]:
    """`HEAD:COUNT` as printed or in full: (at least 8 hex digits of the head, count)."""
    match = re.fullmatch(r"([0-9a-f]{8,64})(?:…|\.\.\.)?:(\d{1,12})", text.strip().lower())
    if match is None:
        raise SettingsError(
            f"`{text}` is no receipt: give HEAD:COUNT with at least 8 hex digits, as printed after "
            "a decision."
        )
    return match[1], int(match[2])


def last(conn: Connection) -> Receipt:
    """The receipt of the whole journal."""
    row = conn.execute(
        select(journal.c.hash, journal.c.seq).order_by(journal.c.seq.desc()).limit(1)
    ).first()
    return Receipt(row.hash, row.seq) if row else Receipt(GENESIS, 0)


def append(
    conn: Connection,
    *,
    kind: Kind,
    actor: str,
    at: str,
    initiative: str | None,
    version: int | None,
    payload: Mapping[str, Any],
    key: str,
) -> Entry:
    """Writes the next entry; the caller holds the write lock and knows that `key` is new."""
    if not actor.strip():
        raise RecordError("The record needs to know who acts: give --by NAME or set CONCORD_USER.")
    before = last(conn)
    open_entry = Entry(
        seq=before.count + 1,
        kind=kind,
        actor=storable(actor),
        at=at,
        initiative=initiative,
        version=version,
        payload_sha256=put_json(conn, canonical(payload)),
        key=key,
        prev_hash=before.head,
        hash="",
    )
    fields = asdict(open_entry) | {"hash": entry_hash(open_entry)}
    conn.execute(insert(journal), fields)
    return Entry(**fields)


def note_export(
    conn: Connection, initiative: str, version: int, payload: Mapping[str, str], *, actor: str,
    at: str,
) -> Receipt:  # fmt: skip
    """The same file to the same place by the same person is noted once."""
    key = f"exported:{content_id(initiative, version, actor, *payload.values())}"
    done = with_key(conn, key) or append(
        conn,
        kind="exported",
        actor=actor,
        at=at,
        initiative=initiative,
        version=version,
        payload=payload,
        key=key,
    )
    return done.receipt


def with_key(conn: Connection, key: str) -> Entry | None:
    """The entry that was written with this idempotency key."""
    row = conn.execute(select(journal).where(journal.c.key == key)).mappings().first()
    return entry_of(row) if row else None


def history(conn: Connection, initiative: str) -> list[Recorded]:
    """Every entry of an initiative, oldest first."""
    rows = conn.execute(
        select(journal).where(journal.c.initiative == initiative).order_by(journal.c.seq)
    ).mappings()
    found = [entry_of(row) for row in rows]
    return [Recorded(entry, get_json(conn, entry.payload_sha256)) for entry in found]


def entry_of(row: RowMapping) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__slots__})


def put_json(conn: Connection, text: str) -> str:
    """Stores JSON by its hash; returns the hash."""
    return put(conn, text, JSON)


def put(conn: Connection, text: str, media: str) -> str:
    """Stores a text by its hash; what was redacted stays redacted. Returns the hash."""
    return put_many(conn, [text], media)[0]


def put_many(conn: Connection, texts: Iterable[str], media: str) -> list[str]:
    """Stores texts by hash in one statement; returns the hashes in the same order."""
    rows = [
        {"sha256": sha256(text), "bytes": text.encode("utf-8", "surrogatepass"), "media": media}
        for text in texts
    ]
    if rows:
        conn.execute(insert(blob).on_conflict_do_nothing(), rows)
    return [str(row["sha256"]) for row in rows]


def put_raw(conn: Connection, sha: str, raw: bytes, media: str) -> None:
    conn.execute(
        insert(blob).on_conflict_do_nothing(), {"sha256": sha, "bytes": raw, "media": media}
    )


def get(conn: Connection, sha: str) -> bytes | None:
    """The bytes of a blob; None when they were redacted or never stored."""
    return conn.execute(
        select(cast(blob.c.bytes, LargeBinary)).where(blob.c.sha256 == sha)
    ).scalar()


def get_text(conn: Connection, sha: str) -> str | None:
    raw = get(conn, sha)
    return None if raw is None else raw.decode("utf-8", "surrogatepass")


def get_json(conn: Connection, sha: str) -> Any:
    """The parsed JSON of a blob; None when it was redacted."""
    text = get_text(conn, sha)
    return None if text is None else json.loads(text)


def redact(conn: Connection, sha: str, reason: str, actor: str, at: str) -> Receipt:
    """Takes the bytes away for good and says so in the journal; the hash stays."""
    if not reason.strip():
        raise RecordError("A redaction needs a reason: it is what remains in the journal.")
    known = conn.execute(select(blob.c.sha256).where(blob.c.sha256 == sha)).scalar()
    if known is None:
        raise RecordError(f"Nothing in the record has the hash {sha}; see `concord audit show`.")
    key = f"redacted:{sha}"
    done = with_key(conn, key)
    if done:
        return done.receipt
    conn.execute(update(blob).where(blob.c.sha256 == sha).values(bytes=None))
    payload = {"sha256": sha, "reason": reason}
    return append(
        conn,
        kind="redacted",
        actor=actor,
        at=at,
        initiative=None,
        version=None,
        payload=payload,
        key=key,
    ).receipt


def storable(text: str) -> str:
    """A file name may hold bytes that are no text; SQLite stores only text."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
