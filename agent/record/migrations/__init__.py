"""Brings a record to the newest schema; the only place that imports Alembic.

Never downgrades and never drops: a record made by a newer Concord is refused.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from agent.errors import RecordError


def upgrade(connection: Connection, path: Path) -> None:
    """Runs what is missing inside the caller's transaction, which holds the write lock."""
    settings = configuration()
    settings.attributes["connection"] = connection
    try:
        command.upgrade(settings, "head")
    except CommandError as error:
        raise RecordError(
            f"{path}: the record was made by a newer version of Concord; update Concord."
        ) from error


def configuration() -> Config:
    """Alembic's settings without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def head() -> str:
    """The newest migration that this Concord knows."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""
