"""The first schema of the record: tables, indexes, and the triggers that refuse changes.

Frozen: plain SQL that no later change of `tables.py` can alter.
"""

from typing import Final

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES: Final = (
    """
    CREATE TABLE blob (
        sha256 TEXT NOT NULL,
        bytes BLOB,
        media TEXT NOT NULL,
        PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE journal (
        seq INTEGER NOT NULL,
        kind TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        initiative TEXT,
        version INTEGER,
        payload_sha256 TEXT NOT NULL,
        "key" TEXT NOT NULL,
        prev_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (seq),
        CONSTRAINT journal_key UNIQUE ("key"),
        CONSTRAINT journal_prev_hash UNIQUE (prev_hash),
        CONSTRAINT journal_hash UNIQUE (hash),
        CONSTRAINT journal_seq CHECK (seq > 0),
        FOREIGN KEY(payload_sha256) REFERENCES blob (sha256)
    )
    """,
    """
    CREATE TABLE initiative (
        id TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE version (
        initiative TEXT NOT NULL,
        n INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        path TEXT NOT NULL,
        title TEXT NOT NULL,
        at TEXT NOT NULL,
        seq INTEGER NOT NULL,
        CONSTRAINT version_pk PRIMARY KEY (initiative, n),
        CONSTRAINT version_content UNIQUE (initiative, sha256),
        FOREIGN KEY(initiative) REFERENCES initiative (id),
        FOREIGN KEY(sha256) REFERENCES blob (sha256),
        FOREIGN KEY(seq) REFERENCES journal (seq)
    )
    """,
    """
    CREATE TABLE draft (
        id TEXT NOT NULL,
        initiative TEXT NOT NULL,
        version INTEGER NOT NULL,
        state TEXT NOT NULL,
        digest TEXT NOT NULL,
        json_sha256 TEXT NOT NULL,
        evidence_sha256 TEXT,
        outcome TEXT NOT NULL,
        counts TEXT NOT NULL,
        created TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT draft_version FOREIGN KEY(initiative, version)
            REFERENCES version (initiative, n),
        CONSTRAINT draft_state CHECK (state IN ('current', 'superseded', 'decided')),
        FOREIGN KEY(json_sha256) REFERENCES blob (sha256),
        FOREIGN KEY(evidence_sha256) REFERENCES blob (sha256),
        FOREIGN KEY(seq) REFERENCES journal (seq)
    )
    """,
    """
    CREATE TABLE draft_text (
        draft TEXT NOT NULL,
        entry TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        CONSTRAINT draft_text_pk PRIMARY KEY (draft, entry),
        FOREIGN KEY(draft) REFERENCES draft (id),
        FOREIGN KEY(sha256) REFERENCES blob (sha256)
    )
    """,
    """
    CREATE TABLE edit (
        seq INTEGER NOT NULL,
        initiative TEXT NOT NULL,
        version INTEGER NOT NULL,
        kind TEXT NOT NULL,
        slot TEXT NOT NULL,
        finding TEXT NOT NULL,
        payload_sha256 TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        "key" TEXT NOT NULL,
        PRIMARY KEY (seq),
        CONSTRAINT edit_version FOREIGN KEY(initiative, version) REFERENCES version (initiative, n),
        CONSTRAINT edit_key UNIQUE ("key"),
        FOREIGN KEY(seq) REFERENCES journal (seq),
        FOREIGN KEY(payload_sha256) REFERENCES blob (sha256)
    )
    """,
    """
    CREATE TABLE decision (
        seq INTEGER NOT NULL,
        initiative TEXT NOT NULL,
        version INTEGER NOT NULL,
        draft TEXT NOT NULL,
        outcome TEXT NOT NULL,
        shown TEXT NOT NULL,
        json_sha256 TEXT NOT NULL,
        letter_sha256 TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        corrects INTEGER,
        PRIMARY KEY (seq),
        CONSTRAINT decision_version FOREIGN KEY(initiative, version)
            REFERENCES version (initiative, n),
        FOREIGN KEY(seq) REFERENCES journal (seq),
        FOREIGN KEY(draft) REFERENCES draft (id),
        FOREIGN KEY(json_sha256) REFERENCES blob (sha256),
        FOREIGN KEY(letter_sha256) REFERENCES blob (sha256),
        FOREIGN KEY(corrects) REFERENCES decision (seq)
    )
    """,
    """
    CREATE TABLE step (
        "key" TEXT NOT NULL,
        json TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
)

INDEXES: Final = (
    "CREATE INDEX journal_initiative ON journal (initiative, kind, seq)",
    "CREATE UNIQUE INDEX draft_current ON draft (initiative) WHERE state = 'current'",
    "CREATE INDEX draft_of ON draft (initiative, version)",
    "CREATE INDEX edit_of ON edit (initiative, version)",
    "CREATE INDEX decision_of ON decision (initiative, version)",
    "CREATE UNIQUE INDEX decision_once ON decision (initiative, version)"
    " WHERE outcome <> 'defer' AND corrects IS NULL",
)

APPEND_ONLY: Final = ("journal", "version", "draft_text", "edit", "decision", "initiative")

IN_SEQUENCE: Final = (
    "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal) OR NEW.prev_hash <> "
    "coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), "
    "'0000000000000000000000000000000000000000000000000000000000000000')"
)
REDACTED: Final = "NEW.bytes IS NOT NULL OR NEW.sha256 <> OLD.sha256 OR NEW.media <> OLD.media"
ONLY_STATE: Final = (
    "NEW.id <> OLD.id OR NEW.initiative <> OLD.initiative OR NEW.version <> OLD.version "
    "OR NEW.digest <> OLD.digest OR NEW.json_sha256 <> OLD.json_sha256 "
    "OR NEW.evidence_sha256 IS NOT OLD.evidence_sha256 "
    "OR NEW.outcome <> OLD.outcome OR NEW.counts <> OLD.counts "
    "OR NEW.created <> OLD.created OR NEW.seq <> OLD.seq OR OLD.state = 'decided'"
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    for table in APPEND_ONLY:
        _refuse(f"{table}_no_update", table, "UPDATE")
        _refuse(f"{table}_no_delete", table, "DELETE")
    _refuse("journal_in_sequence", "journal", "INSERT", IN_SEQUENCE)
    _refuse("blob_only_redacted", "blob", "UPDATE", REDACTED)
    _refuse("blob_no_delete", "blob", "DELETE")
    _refuse("draft_only_state", "draft", "UPDATE", ONLY_STATE)
    _refuse("draft_no_delete", "draft", "DELETE")


def _refuse(name: str, table: str, verb: str, when: str = "") -> None:
    condition = f" WHEN {when}" if when else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW{condition}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
