"""Opens the SQLite file of the record: safety settings, migrations, and faults told in a sentence.

Knows nothing of what the rows mean. Writes begin IMMEDIATE, so that two processes queue instead
of failing half way; reads see one snapshot.
"""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from agent.errors import RecordError
from agent.record.tables import HEAD

BUSY_SECONDS = 10.0

NETWORK = re.compile(
    r"(fuse\.)?(nfs\d?|cifs|smb\d?|smbfs|9p|afs|ncpfs|ceph|glusterfs|lustre|gpfs|beegfs|davfs2?"
    r"|sshfs|rclone|s3fs|gcsfuse|gvfsd-fuse|vboxsf|vmhgfs|prl_fs|drvfs)(-fuse)?"
)

SENTENCES = {
    "SQLITE_BUSY": "is locked by another process for more than {busy:.0f} s; try again when it "
    "has finished",
    "SQLITE_LOCKED": "is locked by another process; try again when it has finished",
    "SQLITE_READONLY": "cannot be written: the file or its folder is read-only for this user",
    "SQLITE_PERM": "cannot be written: the file or its folder is read-only for this user",
    "SQLITE_CANTOPEN": "cannot be opened: check that its folder exists and may be read and "
    "written by this user",
    "SQLITE_FULL": "cannot be written: the disk is full; nothing of this step was saved",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error; nothing of this step "
    "was saved",
    "SQLITE_NOTADB": "is not a database; move it away or restore the record from a backup",
    "SQLITE_CORRUPT": "is damaged; restore the record from a backup and run `concord audit verify`",
}


def open_engine(path: Path, *, create: bool, allow_network: bool) -> Engine:
    """The engine on a file that stands at the newest migration; RecordError says why not."""
    _check_place(path, create=create, allow_network=allow_network)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # The driver must not begin by itself: it would begin DEFERRED, and a later write could
        # then fail with "locked" at once instead of waiting its turn.
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", _secure)
    event.listen(engine, "begin", _begin)
    try:
        with explained(path):
            _migrate_if_needed(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """One snapshot of the record."""
    with explained(path), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """One transaction that holds the write lock from its start; an error undoes all of it."""
    with explained(path), engine.connect() as connection:
        connection.execution_options(concord_write=True)
        with connection.begin():
            yield connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite reports into one RecordError sentence."""
    try:
        yield
    except DBAPIError as error:
        raise RecordError(_sentence(path, error)) from error


def fold_log(engine: Engine, path: Path) -> None:
    """Moves the write-ahead log into the file and empties it, so that no old page stays behind."""
    with explained(path), engine.connect() as connection:
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _sentence(path: Path, error: DBAPIError) -> str:
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    for prefix, words in SENTENCES.items():
        if name.startswith(prefix):
            return f"{path}: the record {words.format(busy=BUSY_SECONDS)}."
    return f"{path}: the record refused the step: {error.orig}."


def _secure(driver: sqlite3.Connection, _record: Any) -> None:
    _write_ahead(driver)
    driver.execute("PRAGMA synchronous=FULL")
    driver.execute("PRAGMA foreign_keys=ON")
    driver.execute("PRAGMA recursive_triggers=ON")  # INSERT OR REPLACE counts as a delete
    driver.execute("PRAGMA secure_delete=ON")  # what is redacted is overwritten, not unlinked


def _write_ahead(driver: sqlite3.Connection) -> None:
    """SQLite does not wait for a lock here, so two first starts at once are made to."""
    deadline = time.monotonic() + BUSY_SECONDS
    while driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            driver.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("concord_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _migrate_if_needed(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        tables = {
            str(row[0])
            for row in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type='table'"
            )
        }
        if "alembic_version" in tables:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            if found == HEAD:
                return
        elif tables:
            raise RecordError(
                f"{path}: this database was not made by Concord; give the record another path."
            )
    from agent.record.migrations import upgrade  # Alembic costs 140 ms: only when there is work

    with writing(engine, path) as connection:
        upgrade(connection, path)


def _check_place(path: Path, *, create: bool, allow_network: bool) -> None:
    if path.is_dir():
        raise RecordError(f"{path}: this is a folder; the record is one file.")
    if not create and not path.exists():
        raise RecordError(f"{path}: there is no record here; run `concord review` first.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordError(
            f"{path}: the folder of the record cannot be made ({error.strerror})."
        ) from error
    kind = file_system(path, _mounts())
    if kind and NETWORK.fullmatch(kind) and not allow_network:
        raise RecordError(
            f"{path}: the folder is on a network file system ({kind}), where SQLite loses writes; "
            "put the record on a local disk."
        )


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:  # no Linux: SQLite's own locking is the only guard
        return ""


def file_system(path: Path, mounts: str) -> str:
    """The type of the file system that holds `path`, by a table like /proc/mounts; else ""."""
    place = path.absolute().parent.resolve()
    found, longest = "", -1
    for line in mounts.split("\n"):
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), fields[1]))
        # Of two mounts on one point the later hides the earlier.
        if len(point.parts) >= longest and (point == place or point in place.parents):
            found, longest = fields[2], len(point.parts)
    return found
