"""What a person is typing right now, so that even kill -9 loses a second of it at most.

A scratch table: not journalled, not append-only, and nothing that is decided rests on it; the audit
passes it over. A text leaves it when it became a step or was thrown away.
"""

from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, delete, select, union
from sqlalchemy.dialects.sqlite import insert

from agent.record.tables import decision, draft, draft_text, unsaved, version
from agent.record.tables import journal as entries
from agent.record.transactions import Transactions

PLACE: Final = ("", 0, "place")
"""Initiative, version and field under which a person's place on the screen is kept."""


class Unsaved(Transactions):
    """Each call is one transaction that is on the disk when it returns."""

    def keep_text(self, actor: str, initiative: str, version: int, field: str, text: str) -> None:
        """What stands in a field now, in the place of what stood there."""
        row = {"actor": actor, "initiative": initiative, "version": version, "field": field}
        # SQLite stores only text: a lone surrogate half of a paste must not end the typing.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        with self._writing() as conn:
            conn.execute(
                insert(unsaved).prefix_with("OR REPLACE"), row | {"text": clean, "at": self._at()}
            )

    def kept_texts(self, actor: str, initiative: str, version: int) -> dict[str, str]:
        """Field → what this person typed there last, by field."""
        with self.reading() as conn:
            rows = conn.execute(
                select(unsaved.c.field, unsaved.c.text)
                .where(*_of(actor, initiative, version))
                .order_by(unsaved.c.field)
            )
            return {row.field: row.text for row in rows}

    def drop_text(self, actor: str, initiative: str, version: int, field: str) -> None:
        """It became a step, or the person threw it away."""
        with self._writing() as conn:
            conn.execute(
                delete(unsaved).where(*_of(actor, initiative, version), unsaved.c.field == field)
            )

    def keep_place(self, actor: str, place: str) -> None:
        """Where this person is, in the words of the screen."""
        self.keep_text(actor, *PLACE, place)

    def place(self, actor: str) -> str:
        """Where this person was last; empty when they were nowhere yet."""
        initiative, n, field = PLACE
        return self.kept_texts(actor, initiative, n).get(field, "")


def clear_unsaved(conn: Connection, sha: str) -> None:
    """What anybody is typing about an initiative that has to do with a content: it may quote it."""
    conn.execute(delete(unsaved).where(unsaved.c.initiative.in_(_touched(sha))))


def _touched(sha: str) -> Select[tuple[str]]:
    """Initiatives of which a version, draft, source, step or decision is this content."""
    drafted = (draft.c.json_sha256, draft.c.evidence_sha256, draft.c.readings_sha256)
    decided = (decision.c.json_sha256, decision.c.letter_sha256)
    cites = select(draft.c.initiative).join(draft_text, draft_text.c.draft == draft.c.id)
    found = union(
        select(version.c.initiative).where(version.c.sha256 == sha),
        *(select(draft.c.initiative).where(column == sha) for column in drafted),
        *(select(decision.c.initiative).where(column == sha) for column in decided),
        cites.where(draft_text.c.sha256 == sha),
        select(entries.c.initiative).where(
            entries.c.payload_sha256 == sha, entries.c.initiative.is_not(None)
        ),
    ).subquery()
    return select(found.c.initiative)


def _of(actor: str, initiative: str, n: int) -> tuple[ColumnElement[bool], ...]:
    return (
        unsaved.c.actor == actor,
        unsaved.c.initiative == initiative,
        unsaved.c.version == n,
    )
