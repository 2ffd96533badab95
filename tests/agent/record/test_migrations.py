"""A record that an earlier Concord made opens, is brought up to date once, and loses nothing."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from agent.record.audit import verify
from agent.record.store import Store, open_store
from agent.schema.decision import Dismissal, FieldEdit, Steps
from tests.support.office_days import decision_on, draft_of, drafted
from tests.support.old_record import record_of


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A record of the first schema with a decided and an open initiative."""
    newest = tmp_path / "newest.db"
    with open_store(newest) as store:
        _work(store)
    return record_of("0001", tmp_path / "old.db", newest)


def _work(store: Store) -> None:
    draft = drafted(store)
    wrong = Dismissal(finding=draft.findings[0].id, reason="wrong")
    store.decide(decision_on(draft, dismissed=(wrong,)), "# Letter")
    open_ = drafted(store, "bot")
    edit = FieldEdit(finding=open_.findings[0].id, field="ask", after="Name the office.")
    store.take("bot", Steps(edits=(edit,), note_to_team="Nearly"), "ana")


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def test_an_old_record_opens_with_all_it_held(old: Path) -> None:
    assert "readings_sha256" not in columns(old, "draft")
    with open_store(old) as store:
        assert verify(store).problems == ()
        assert verify(store).entries == 8
        assert store.letter("triage") == "# Letter"
        assert store.steps("bot").note_to_team == "Nearly"
        assert store.readings(draft_of("bot").id) is None
        assert store.undo("bot", "ana") == "note to the team"
        newer = draft_of("bot", knowledge="k2")
        store.save_draft(newer, {}, "ana", readings='{"reader":"llm"}')
        assert store.readings(newer.id) == '{"reader":"llm"}'
        assert verify(store).problems == ()
    assert columns(old, "draft")[-1] == "readings_sha256"


def test_findings_of_old_drafts_are_indexed(old: Path) -> None:
    with open_store(old), closing(sqlite3.connect(old)) as db:
        rows = db.execute("SELECT id, initiative, rule FROM finding ORDER BY initiative").fetchall()
    expected = [(draft_of(n).findings[0].id, n, "TRUST-03") for n in ("bot", "triage")]
    assert rows == expected


def test_two_that_open_at_once_migrate_once(old: Path) -> None:
    gate = threading.Barrier(4)

    def start(n: int) -> str:
        gate.wait()
        with open_store(old) as store:
            store.keep_text(f"p{n}", "bot", 1, "ask", "words")
            return store.letter("triage") or ""

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start, range(4))) == ["# Letter"] * 4
    with closing(sqlite3.connect(old)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]
