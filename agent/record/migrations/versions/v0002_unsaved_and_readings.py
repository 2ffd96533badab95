"""What a person is typing, what a model read for a draft, and the rule of each finding.

Frozen: plain SQL that no later change of `tables.py` can alter.
"""

from typing import Final

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UNSAVED: Final = """
    CREATE TABLE unsaved (
        actor TEXT NOT NULL,
        initiative TEXT NOT NULL,
        version INTEGER NOT NULL,
        field TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        CONSTRAINT unsaved_pk PRIMARY KEY (actor, initiative, version, field)
    )
    """

FINDING: Final = """
    CREATE TABLE finding (
        id TEXT NOT NULL,
        initiative TEXT NOT NULL,
        rule TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """

FINDING_RULE: Final = "CREATE INDEX finding_rule ON finding (rule)"

# What the drafts on record say already; a redacted one says nothing any more.
FINDINGS: Final = tuple(
    f"""
    INSERT OR IGNORE INTO finding (id, initiative, rule)
    SELECT json_extract(f.value, '$.{within}id'), d.initiative,
           json_extract(f.value, '$.{within}rule')
    FROM draft d JOIN blob b ON b.sha256 = d.json_sha256,
         json_each(CAST(b.bytes AS TEXT), '$.{where}') f
    WHERE b.bytes IS NOT NULL
    """
    for where, within in (("findings", ""), ("unsupported", "finding."))
)

READINGS: Final = "ALTER TABLE draft ADD COLUMN readings_sha256 TEXT REFERENCES blob (sha256)"

ONLY_STATE: Final = (
    "NEW.id <> OLD.id OR NEW.initiative <> OLD.initiative OR NEW.version <> OLD.version "
    "OR NEW.digest <> OLD.digest OR NEW.json_sha256 <> OLD.json_sha256 "
    "OR NEW.evidence_sha256 IS NOT OLD.evidence_sha256 "
    "OR NEW.readings_sha256 IS NOT OLD.readings_sha256 "
    "OR NEW.outcome <> OLD.outcome OR NEW.counts <> OLD.counts "
    "OR NEW.created <> OLD.created OR NEW.seq <> OLD.seq OR OLD.state = 'decided'"
)


def upgrade() -> None:
    for statement in (UNSAVED, FINDING, FINDING_RULE, *FINDINGS, READINGS):
        op.execute(statement)
    op.execute("DROP TRIGGER draft_only_state")
    op.execute(
        f"CREATE TRIGGER draft_only_state BEFORE UPDATE ON draft FOR EACH ROW WHEN {ONLY_STATE}"
        " BEGIN SELECT RAISE(ABORT, 'draft is append-only'); END"
    )
