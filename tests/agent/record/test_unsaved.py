"""What is being typed: kept at once, apart from the record, gone when it has to be."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.record.audit import verify
from agent.record.recall import show
from agent.record.store import Store, open_store
from agent.schema.decision import Steps
from tests.support.office_days import draft_of, drafted, hand_in
from tests.support.tree import ROOT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reviews.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened


def test_the_last_words_of_each_field_are_kept_for_each_person(store: Store) -> None:
    hand_in(store)
    before = store.receipt()
    for text in ("N", "Na", "Name \udcff the office.\n\x1b"):
        store.keep_text("ana", "triage", 1, "ask f1", text)
    store.keep_text("ana", "triage", 1, "note team", "Hello")
    store.keep_text("ana", "triage", 2, "note team", "Another version")
    store.keep_text("ben", "triage", 1, "note team", "Ben's")
    assert store.kept_texts("ana", "triage", 1) == {
        "ask f1": "Name ? the office.\n\x1b",
        "note team": "Hello",
    }
    store.drop_text("ana", "triage", 1, "note team")
    assert list(store.kept_texts("ana", "triage", 1)) == ["ask f1"]
    assert store.kept_texts("ben", "triage", 1) == {"note team": "Ben's"}
    assert store.receipt() == before, "typing is no step"
    assert verify(store).ok


def test_the_place_of_each_person_is_kept(path: Path) -> None:
    with open_store(path) as store:
        assert store.place("ana") == ""
        store.keep_place("ana", "inbox")
        store.keep_place("ana", '{"screen": "sheet", "initiative": "triage"}')
    with open_store(path) as again:
        assert again.place("ana") == '{"screen": "sheet", "initiative": "triage"}'
        assert again.place("ben") == ""


def test_a_text_that_is_dropped_leaves_no_byte_behind(store: Store, path: Path) -> None:
    store.keep_text("ana", "triage", 1, "note team", "Jane Roe of Elm Street " * 500)
    store.drop_text("ana", "triage", 1, "note team")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert b"Jane Roe" not in path.read_bytes()


@pytest.mark.parametrize("what", ["the proposal", "the draft", "the cited text", "what entry 5"])
def test_a_redaction_takes_what_is_typed_about_it_along(store: Store, what: str) -> None:
    drafted(store)
    drafted(store, "bot", findings=(), requirements=())
    store.take("triage", Steps(note_to_team="About Jane Roe"), "ana")
    for initiative in ("triage", "bot"):
        store.keep_text("ana", initiative, 1, "note team", "Jane Roe again")
    store.keep_place("ana", "inbox")
    contents = show(store, "triage").contents
    sha = next(sha for sha, named in contents.items() if named.startswith(what))
    store.redact(sha, "Names a person", "dpo")
    assert store.kept_texts("ana", "triage", 1) == {}
    shared = what in ("the proposal", "the cited text")
    assert bool(store.kept_texts("ana", "bot", 1)) != shared
    assert store.place("ana") == "inbox"


def test_readings_are_kept_like_evidence(store: Store) -> None:
    hand_in(store)
    draft = draft_of()
    store.save_draft(draft, {}, "ana", "{}", '{"secret":"Jane Roe"}')
    assert store.readings(draft.id) == '{"secret":"Jane Roe"}'
    named = {what: sha for sha, what in show(store, "triage").contents.items()}
    sha = named[f"what the model read for the draft {draft.id}"]
    store.redact(sha, "Names a person", "dpo")
    assert store.readings(draft.id) is None
    assert verify(store).ok


def test_altered_readings_are_found(store: Store, path: Path) -> None:
    hand_in(store)
    store.save_draft(draft_of(), {}, "ana", "{}", '{"reader":"llm"}')
    change = "UPDATE draft SET readings_sha256=NULL"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(change)
        guard = "SELECT sql FROM sqlite_master WHERE name='draft_only_state'"
        (sql,) = db.execute(guard).fetchone()
        db.execute("DROP TRIGGER draft_only_state")
        db.execute(change)
        db.execute(sql)
    assert "altered: readings_sha256" in " ".join(verify(store).problems)


TYPIST = """
import sys
from pathlib import Path
from agent.record.store import open_store
with open_store(Path(sys.argv[1])) as store:
    text = ""
    while True:
        text += "x"
        store.keep_text("ana", "triage", 1, "note team", text)
        print(len(text), flush=True)
"""


def test_kill_9_loses_no_word_that_was_kept(path: Path) -> None:
    with open_store(path):
        pass
    command = [sys.executable, "-c", TYPIST, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        for _ in range(25):
            typist.stdout.readline()
        typist.kill()
        said = typist.stdout.read().split()
    kept = int(said[-1]) if said else 25
    with open_store(path) as store:
        text = store.kept_texts("ana", "triage", 1)["note team"]
    assert text in ("x" * kept, "x" * (kept + 1))
