"""Records as an earlier Concord made them: its own migration, its own rows."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from agent.record.migrations import configuration


def record_of(revision: str, path: Path, source: Path) -> Path:
    """A database made by the migrations up to `revision` that holds the rows of a newer one, as
    far as it has room for them."""
    _make(path, revision)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("ATTACH ? AS newer", (str(source),))
        names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        for table in names:
            if table == "alembic_version":
                continue
            columns = [f'"{row[1]}"' for row in db.execute(f"PRAGMA main.table_info({table})")]
            listed = ", ".join(columns)
            order = " ORDER BY seq" if table == "journal" else ""
            db.execute(
                f"INSERT INTO main.{table} ({listed}) SELECT {listed} FROM newer.{table}{order}"
            )
    return path


def _make(path: Path, revision: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    settings = configuration()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
    engine.dispose()
