"""Opening the record: what it refuses with a sentence, its safety settings, and its migrations."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from agent.errors import RecordError
from agent.record import database
from agent.record.migrations import head
from agent.record.store import Store, open_store
from agent.record.tables import HEAD, TRIGGERS, metadata
from tests.support.office_days import hand_in

ROOT = Path(__file__).parents[3]


def test_the_migrated_schema_is_that_of_the_tables(tmp_path: Path) -> None:
    with open_store(tmp_path / "r.db") as store, store.reading() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        made = schema_of(store.path)
    engine = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    metadata.create_all(engine)
    with engine.begin() as conn:
        for statement in TRIGGERS.values():
            conn.execute(text(statement))
    engine.dispose()
    made.pop("alembic_version")
    assert made == schema_of(tmp_path / "plain.db")


def schema_of(path: Path) -> dict[str, object]:
    """Name → its SQL with single spaces, so that only the meaning counts; of a table its parts,
    since a column that was added later stands elsewhere in the SQL."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'table'"
        ).fetchall()
        found: dict[str, object] = {name: " ".join(sql.split()) for name, sql in rows}
        tables = db.execute("SELECT name, sql FROM sqlite_master WHERE type='table'").fetchall()
        for name, sql in tables:
            columns = db.execute(f"PRAGMA table_info({name})").fetchall()
            foreign = db.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            checks = re.findall(r"CONSTRAINT \w+", sql)
            found[name] = (columns, sorted(row[2:] for row in foreign), sorted(checks))
    return found


def test_head_is_the_newest_migration() -> None:
    assert head() == HEAD


def test_every_connection_is_safe(tmp_path: Path) -> None:
    with open_store(tmp_path / "r.db") as store, store.reading() as conn:
        found = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


def test_opening_an_existing_record_imports_no_alembic(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(path) as store:
        hand_in(store)
    code = (
        "import sys; from pathlib import Path; from agent.record.store import open_store\n"
        f"with open_store(Path({str(path)!r})) as s: assert s.raw('triage')\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_what_is_no_record_is_refused_and_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "note.db"
    note.write_bytes(b"Dear all, " * 200)
    with pytest.raises(RecordError, match="is not a database"), open_store(note):
        pass
    assert note.read_bytes() == b"Dear all, " * 200
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as db:
        db.execute("CREATE TABLE song (title)")
    with pytest.raises(RecordError, match="not made by Concord"), open_store(foreign):
        pass
    with pytest.raises(RecordError, match="this is a folder"), open_store(tmp_path):
        pass
    with pytest.raises(RecordError, match="cannot be made"), open_store(note / "in" / "r.db"):
        pass


def test_a_missing_record_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "records" / "r.db"
    with (
        pytest.raises(RecordError, match="there is no record here"),
        open_store(path, create=False),
    ):
        pass
    assert not path.parent.exists()


def test_a_record_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(path) as store:
        hand_in(store)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num='9999'")
        db.commit()
    with pytest.raises(RecordError, match="newer version of Concord"), open_store(path):
        pass


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_store(path) as store:
        for n in range(20):
            hand_in(store, f"i{n}", b"x" * 9000 + str(n).encode())
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(RecordError, match="is damaged"), open_store(path) as store:
        store.inbox()


def test_locked_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    path = tmp_path / "r.db"
    with open_store(path) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(RecordError, match="locked by another process"):
                hand_in(store)
            assert store.inbox() == [], "reading goes on"
            other.execute("ROLLBACK")
        assert hand_in(store) == 1


def test_a_writer_waits_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with (
        open_store(path) as store,
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
        timer.start()
        assert hand_in(store) == 1
        timer.join()


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "r.db") as store:
        hand_in(store)
        before = store.receipt()
        with store.reading() as conn:
            pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
            # This connection goes back to the pool, and the next write takes it.
            conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(RecordError, match="the disk is full"):
            hand_in(store, "big", b"x" * 1_000_000)
        assert store.receipt() == before
        assert store.initiatives() == ["triage"]


@contextmanager
def nobody() -> Iterator[None]:
    """File permissions do not bind root."""
    if os.geteuid() == 0:
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


def test_a_read_only_folder_is_told() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.db"
        with open_store(path) as store:
            hand_in(store)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        try:
            with nobody():
                with pytest.raises(RecordError, match=r"read-only|cannot be opened"):
                    write_there(path)
                with pytest.raises(RecordError, match="cannot be opened"):
                    write_there(path.with_name("new.db"))
        finally:
            path.parent.chmod(0o755)


def write_there(path: Path) -> None:
    with open_store(path) as store:
        hand_in(store, "more", b"more")


MOUNTS = r"""/dev/vda / ext4 rw 0 0
server:/share /mnt/office nfs4 rw 0 0
//nas/x /mnt/with\040space cifs rw 0 0
C:\134 /mnt/c 9p rw 0 0
me@host:/ /home/me/far fuse.sshfs rw 0 0
/dev/vdb /mnt/office/local xfs rw 0 0
/dev/vdc /mnt/office2 btrfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/r.db", "ext4"),
        ("/mnt/office/records/r.db", "nfs4"),
        ("/mnt/with space/r.db", "cifs"),
        ("/mnt/c/Users/r.db", "9p"),
        ("/home/me/far/r.db", "fuse.sshfs"),
        ("/mnt/office/local/r.db", "xfs"),
        ("/mnt/office2/r.db", "btrfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert database.file_system(Path(path), MOUNTS) == kind
    assert bool(database.NETWORK.fullmatch(kind)) == (kind in ("nfs4", "cifs", "9p", "fuse.sshfs"))


def test_a_network_share_is_refused_unless_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        database, "_mounts", lambda: f"server:/x {tmp_path.resolve()} nfs4 rw 0 0\n"
    )
    path = tmp_path / "r.db"
    with pytest.raises(RecordError, match=r"network file system \(nfs4\)"), open_store(path):
        pass
    assert not path.exists()
    with open_store(path, allow_network_share=True) as store:
        assert hand_in(store) == 1


def test_two_first_starts_at_once(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    gate = threading.Barrier(4)

    def start(n: int) -> int:
        gate.wait()
        with open_store(path) as store:
            return hand_in(store, f"i{n}", str(n).encode())

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start, range(4))) == [1, 1, 1, 1]
    with open_store(path) as store:
        assert store.initiatives() == ["i0", "i1", "i2", "i3"]


def test_a_folder_name_with_odd_characters(tmp_path: Path) -> None:
    path = tmp_path / "50% off? #1 äö" / "r.db"
    with open_store(path) as store:
        assert isinstance(store, Store)
        assert hand_in(store) == 1
    assert path.stat().st_size > 0
