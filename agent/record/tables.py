"""The tables of the record and the triggers that keep them append-only.

Owns the shape only; `migrations/` makes it, `database.py` opens it. The journal vouches for every
other row: each carries the sequence number of its entry, and a test compares the two shapes.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

HEAD: Final = "0002"
"""The migration that these tables stand at; read without importing Alembic."""

metadata: Final = MetaData()

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary),  # null: redacted
    Column("media", Text, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("initiative", Text),
    Column("version", Integer),
    Column("payload_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("key", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("key", name="journal_key"),
    UniqueConstraint("prev_hash", name="journal_prev_hash"),
    UniqueConstraint("hash", name="journal_hash"),
    CheckConstraint("seq > 0", name="journal_seq"),
    Index("journal_initiative", "initiative", "kind", "seq"),
)

initiative = Table(
    "initiative",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

version = Table(
    "version",
    metadata,
    Column("initiative", Text, ForeignKey("initiative.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("path", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("seq", Integer, ForeignKey("journal.seq"), nullable=False),
    PrimaryKeyConstraint("initiative", "n", name="version_pk"),
    UniqueConstraint("initiative", "sha256", name="version_content"),
)

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("initiative", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("json_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("evidence_sha256", Text, ForeignKey("blob.sha256")),
    Column("outcome", Text, nullable=False),
    Column("counts", Text, nullable=False),  # severity → findings, so that a list reads no JSON
    Column("created", Text, nullable=False),
    Column("seq", Integer, ForeignKey("journal.seq"), nullable=False),
    Column("readings_sha256", Text, ForeignKey("blob.sha256")),
    ForeignKeyConstraint(
        ["initiative", "version"], ["version.initiative", "version.n"], name="draft_version"
    ),
    CheckConstraint("state IN ('current', 'superseded', 'decided')", name="draft_state"),
    Index("draft_of", "initiative", "version"),
    Index("draft_current", "initiative", unique=True, sqlite_where=text("state = 'current'")),
)

draft_text = Table(
    "draft_text",
    metadata,
    Column("draft", Text, ForeignKey("draft.id"), nullable=False),
    Column("entry", Text, nullable=False),
    Column("sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    PrimaryKeyConstraint("draft", "entry", name="draft_text_pk"),
)

edit = Table(
    "edit",
    metadata,
    Column("seq", Integer, ForeignKey("journal.seq"), primary_key=True, autoincrement=False),
    Column("initiative", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("slot", Text, nullable=False),  # the last row of a slot counts
    Column("finding", Text, nullable=False),
    Column("payload_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("key", Text, nullable=False),
    ForeignKeyConstraint(
        ["initiative", "version"], ["version.initiative", "version.n"], name="edit_version"
    ),
    UniqueConstraint("key", name="edit_key"),
    Index("edit_of", "initiative", "version"),
)

decision = Table(
    "decision",
    metadata,
    Column("seq", Integer, ForeignKey("journal.seq"), primary_key=True, autoincrement=False),
    Column("initiative", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("draft", Text, ForeignKey("draft.id"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("json_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("letter_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("corrects", Integer, ForeignKey("decision.seq")),
    ForeignKeyConstraint(
        ["initiative", "version"], ["version.initiative", "version.n"], name="decision_version"
    ),
    Index("decision_of", "initiative", "version"),
    # The database itself refuses a second decision on a version; a deferral is none yet.
    Index(
        "decision_once",
        "initiative",
        "version",
        unique=True,
        sqlite_where=text("outcome <> 'defer' AND corrects IS NULL"),
    ),
)

step = Table(
    "step",
    metadata,
    Column("key", Text, primary_key=True),
    Column("json", Text, nullable=False),
)
"""Results of readers' steps, so that a crash resumes without paying twice. A cache, no record."""

unsaved = Table(
    "unsaved",
    metadata,
    Column("actor", Text, nullable=False),
    Column("initiative", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("actor", "initiative", "version", "field", name="unsaved_pk"),
)
"""What somebody is typing right now. A scratch table: no journal vouches for it."""

finding = Table(
    "finding",
    metadata,
    Column("id", Text, primary_key=True),
    Column("initiative", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Index("finding_rule", "rule"),
)
"""Which rule each finding of any draft is of, so that past verdicts on a rule are one look-up. An
index of what the drafts say, no record."""


def _refuse(name: str, table: str, verb: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW{condition}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


APPEND_ONLY: Final = ("journal", "version", "draft_text", "edit", "decision", "initiative")

TRIGGERS: Final[dict[str, str]] = {
    **{f"{t}_no_update": _refuse(f"{t}_no_update", t, "UPDATE") for t in APPEND_ONLY},
    **{f"{t}_no_delete": _refuse(f"{t}_no_delete", t, "DELETE") for t in APPEND_ONLY},
    # INSERT OR REPLACE deletes without a delete trigger: so an entry may only follow the last.
    "journal_in_sequence": _refuse(
        "journal_in_sequence",
        "journal",
        "INSERT",
        "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal) OR NEW.prev_hash <> "
        "coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), "
        f"'{'0' * 64}')",
    ),
    "blob_only_redacted": _refuse(
        "blob_only_redacted",
        "blob",
        "UPDATE",
        "NEW.bytes IS NOT NULL OR NEW.sha256 <> OLD.sha256 OR NEW.media <> OLD.media",
    ),
    "blob_no_delete": _refuse("blob_no_delete", "blob", "DELETE"),
    "draft_only_state": _refuse(
        "draft_only_state",
        "draft",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.initiative <> OLD.initiative OR NEW.version <> OLD.version "
        "OR NEW.digest <> OLD.digest OR NEW.json_sha256 <> OLD.json_sha256 "
        "OR NEW.evidence_sha256 IS NOT OLD.evidence_sha256 "
        "OR NEW.readings_sha256 IS NOT OLD.readings_sha256 "
        "OR NEW.outcome <> OLD.outcome OR NEW.counts <> OLD.counts "
        "OR NEW.created <> OLD.created OR NEW.seq <> OLD.seq OR OLD.state = 'decided'",
    ),
    "draft_no_delete": _refuse("draft_no_delete", "draft", "DELETE"),
}
