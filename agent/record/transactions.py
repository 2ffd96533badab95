"""The ground of the record: one file, its transactions and its clock.

Owns that every read sees one snapshot and every write holds the lock; knows no table.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from agent.record import database


class Transactions:
    """What each part of the store stands on."""

    def __init__(self, engine: Engine, path: Path, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self.path = path

    def reading(self) -> AbstractContextManager[Connection]:
        """One snapshot, for whoever reads several things that must fit together (the audit)."""
        return database.reading(self._engine, self.path)

    def _writing(self) -> AbstractContextManager[Connection]:
        return database.writing(self._engine, self.path)

    def _at(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")
