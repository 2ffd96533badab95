"""Verifies the record: recomputes the chain and compares every row with what the journal vouches.

Reads only. It finds alterations of what was recorded; it cannot know whether what was recorded was
true, and whoever can write the file could rewrite it whole: a kept receipt (`expect`) finds that.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, LargeBinary, RowMapping, Table, cast, select

from agent.record import audit_rows, journal
from agent.record.journal import GENESIS, Entry, entry_hash
from agent.record.store import Store
from agent.record.tables import (
    TRIGGERS,
    blob,
    decision,
    draft,
    draft_text,
    edit,
    version,
)
from agent.record.tables import journal as entries
from agent.schema.base import digest
from knowledge.vocabulary import SEVERITIES

BYTES = cast(blob.c.bytes, LargeBinary)
"""As bytes even where somebody stored a text."""
STEPS = ("accepted", "edited", "dismissed", "added", "override", "note")
DRAFT_CONTENTS = ("json_sha256", "evidence_sha256", "readings_sha256")
"""A record made before readings were kept says nothing of them in its entries, and has none."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    problems: tuple[str, ...]
    """One sentence each, with the sequence number of the entry where there is one."""
    entries: int
    head: str
    redacted: tuple[str, ...]
    """Hashes of contents that were taken out with a journalled reason."""

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def receipt(self) -> journal.Receipt:
        return journal.Receipt(self.head, self.entries)


def verify(store: Store, expect: tuple[str, int] | None = None) -> AuditReport:
    """Every alteration found. `expect`: (head, count) of a receipt kept elsewhere."""
    with store.reading() as conn:
        return _Audit(conn).report(expect)


class _Audit:
    """One pass over one snapshot of the record."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._problems: list[str] = []
        said = select(entries, BYTES.label("said")).outerjoin_from(
            entries, blob, entries.c.payload_sha256 == blob.c.sha256
        )
        self._entries: list[Entry] = []
        self._payloads: dict[int, dict[str, Any] | None] = {}
        for row in conn.execute(said.order_by(entries.c.seq)).mappings():
            entry = journal.entry_of(row)
            self._entries.append(entry)
            self._payloads[entry.seq] = _parsed(row["said"], entry.payload_sha256)
        self._redacted: set[str] = set()

    def report(self, expect: tuple[str, int] | None) -> AuditReport:
        self._check_file()
        self._check_chain()
        if expect:
            self._check_expected(*expect)
        self._check_blobs()
        self._check_versions()
        self._check_drafts()
        self._check_edits()
        self._check_decisions()
        self._check_states()
        self._problems += audit_rows.initiatives(self._conn, (e for e, _ in self._of("submitted")))
        self._problems += audit_rows.slots(self._conn, self._of(*STEPS))
        self._problems += audit_rows.media(self._conn)
        head = self._entries[-1].hash if self._entries else GENESIS
        gone = tuple(sorted(self._redacted))
        return AuditReport(tuple(self._problems), len(self._entries), head, gone)

    def _say(self, sentence: str) -> None:
        self._problems.append(sentence)

    def _check_file(self) -> None:
        for row in self._conn.exec_driver_sql("PRAGMA quick_check(5)"):
            if row[0] != "ok":
                self._say(f"The database file is damaged: {row[0]}.")
        guards = "SELECT name, sql FROM sqlite_master WHERE type='trigger'"
        found = {row[0]: row[1] for row in self._conn.exec_driver_sql(guards)}
        for name in sorted(TRIGGERS):
            if found.get(name) != TRIGGERS[name]:
                self._say(f"The guard `{name}` against changes is missing or altered.")

    def _check_chain(self) -> None:
        before, expected = GENESIS, 1
        for entry in self._entries:
            if entry.seq != expected:
                missing = (
                    f"{expected}" if entry.seq - expected == 1 else f"{expected}–{entry.seq - 1}"
                )
                self._say(f"Entry {missing} is missing from the journal.")
            elif entry.prev_hash != before:
                self._say(
                    f"Entry {entry.seq} does not follow entry {entry.seq - 1}: another stood there."
                )
            if _hash(entry) != entry.hash:
                self._say(f"Entry {entry.seq} ({entry.kind}) was altered: its hash does not fit.")
            before, expected = entry.hash, entry.seq + 1
        for _, payload in self._of("redacted"):
            self._redacted.add(str((payload or {}).get("sha256")))
        for entry in self._entries:
            if self._payloads[entry.seq] is None and entry.payload_sha256 not in self._redacted:
                self._say(f"Entry {entry.seq} ({entry.kind}) lost what it said.")

    def _check_expected(self, head: str, count: int) -> None:
        if count > len(self._entries):
            self._say(
                f"The journal ends at entry {len(self._entries)}, the receipt is of entry {count}: "
                "entries were cut off."
            )
        elif count and not self._entries[count - 1].hash.startswith(head):
            self._say(
                f"Entry {count} has the hash {self._entries[count - 1].hash[:12]}…, the receipt "
                f"says {head[:12]}…: the journal was rewritten."
            )

    def _check_blobs(self) -> None:
        for sha, content in self._conn.execute(
            select(blob.c.sha256, BYTES).order_by(blob.c.sha256)
        ):
            if content is None:
                if sha not in self._redacted:
                    self._say(f"The content {sha} is gone without a journalled redaction.")
            elif hashlib.sha256(content).hexdigest() != sha:
                self._say(f"The content {sha} was altered.")

    def _of(self, *kinds: str) -> Iterator[tuple[Entry, dict[str, Any] | None]]:
        """Entries of these kinds with their payloads; None where redacted or altered."""
        for entry in self._entries:
            if entry.kind in kinds:
                yield entry, self._payloads[entry.seq]

    def _rows(self, table: Table, vouched: set[int]) -> dict[int, RowMapping]:
        """Rows by the entry that vouches for them; one without such an entry is a problem."""
        rows = {r["seq"]: r for r in self._conn.execute(select(table)).mappings()}
        for seq in sorted(set(rows) - vouched):
            self._say(f"A row of `{table.name}` names entry {seq}, which does not vouch for it.")
        return rows

    def _compare(self, entry: Entry, row: RowMapping | None, fields: dict[str, Any]) -> bool:
        """Says which fields of a row are not as journalled."""
        if row is None:
            self._say(f"Entry {entry.seq} ({entry.kind}) vouches for a row that is gone.")
            return False
        fields = fields | {"initiative": entry.initiative}
        changed = sorted(name for name, value in fields.items() if row.get(name) != value)
        if changed:
            self._say(
                f"What entry {entry.seq} ({entry.kind} of {entry.initiative}) recorded was "
                f"altered: {', '.join(changed)}."
            )
        return not changed

    def _check_versions(self) -> None:
        vouched = {entry.seq for entry, _ in self._of("submitted")}
        rows = self._rows(version, vouched)
        for entry, payload in self._of("submitted"):
            self._compare(
                entry, rows.get(entry.seq), {"n": entry.version, "at": entry.at} | (payload or {})
            )

    def _check_drafts(self) -> None:
        vouched = {entry.seq for entry, _ in self._of("drafted")}
        rows = {row["id"]: row for row in self._rows(draft, vouched).values()}
        seen: set[str] = set()
        for entry, payload in self._of("drafted"):
            if payload is None:
                continue
            name = str(payload.get("draft"))
            row = rows.get(name)
            fields: dict[str, Any] = {"version": entry.version, "digest": payload.get("digest")}
            if name not in seen:  # later entries put the same draft back
                fields |= {"created": entry.at, "seq": entry.seq}
                fields |= {k: payload.get(k) for k in DRAFT_CONTENTS}
            seen.add(name)
            if self._compare(entry, row, fields) and row is not None:
                self._check_draft(entry, row, payload)

    def _check_draft(self, entry: Entry, row: RowMapping, payload: dict[str, Any]) -> None:
        cited = select(draft_text.c.entry, draft_text.c.sha256).where(
            draft_text.c.draft == row["id"]
        )
        texts = {row.entry: row.sha256 for row in self._conn.execute(cited)}
        if row["seq"] == entry.seq and texts != payload.get("texts"):
            self._say(f"The cited texts of the draft of entry {entry.seq} were altered.")
        # As JSON, not as a Draft: a later Concord must be able to verify what an older one wrote.
        kept = _parsed(journal.get(self._conn, row["json_sha256"]), row["json_sha256"])
        if kept is None:  # redacted, or told by _check_blobs
            return
        found = Counter(f["severity"] for f in kept["findings"])
        counts = json.dumps({severity: found[severity] for severity in SEVERITIES})
        fits = digest(kept) == row["digest"] and counts == row["counts"]
        if not fits or (kept["id"], kept["outcome"]) != (row["id"], row["outcome"]):
            self._say(f"The draft of entry {entry.seq} does not fit its digest.")

    def _check_edits(self) -> None:
        vouched = {entry.seq for entry, _ in self._of(*STEPS)}
        rows = self._rows(edit, vouched)
        for entry, _ in self._of(*STEPS):
            fields = {
                "version": entry.version,
                "kind": entry.kind,
                "payload_sha256": entry.payload_sha256,
                "actor": entry.actor,
                "at": entry.at,
                "key": entry.key,
            }
            self._compare(entry, rows.get(entry.seq), fields)

    def _check_decisions(self) -> None:
        vouched = {entry.seq for entry, _ in self._of("decided", "corrected")}
        rows = self._rows(decision, vouched)
        for entry, payload in self._of("decided", "corrected"):
            fields = {"version": entry.version, "actor": entry.actor, "at": entry.at}
            self._compare(entry, rows.get(entry.seq), fields | (payload or {}))

    def _check_states(self) -> None:
        """Replays which draft stood; not possible once such an entry is redacted."""
        newest: dict[str | None, int | None] = {}
        current: dict[str | None, str] = {}
        states: dict[str, str] = {}
        for entry, payload in self._of("submitted", "drafted", "decided"):
            if entry.kind == "submitted":
                newest[entry.initiative] = entry.version
                continue
            if payload is None:
                return
            name = str(payload.get("draft"))
            if entry.kind == "decided":
                if payload.get("outcome") != "defer":
                    states[name] = "decided"
                    current.pop(entry.initiative, None)
            elif entry.version == newest.get(entry.initiative):
                if entry.initiative in current:
                    states[current[entry.initiative]] = "superseded"
                states[name], current[entry.initiative] = "current", name
            else:
                states.setdefault(name, "superseded")
        for row in self._conn.execute(select(draft.c.id, draft.c.state, draft.c.seq)):
            if row.state != states.get(row.id):
                self._say(f"The draft of entry {row.seq} is marked {row.state}, which it is not.")


def _parsed(content: bytes | None, sha: str) -> dict[str, Any] | None:
    """The JSON object with this hash; None when it is gone or is another one."""
    if content is None or hashlib.sha256(content).hexdigest() != sha:
        return None
    value = json.loads(content.decode("utf-8", "surrogatepass"))
    return value if isinstance(value, dict) else None


def _hash(entry: Entry) -> str:
    try:
        return entry_hash(entry)
    except TypeError:  # somebody stored bytes where a text belongs
        return ""
