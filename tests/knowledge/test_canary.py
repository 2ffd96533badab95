"""Known queries after each kind of damage find the same list, or it is said; never another list.

`test_index_damage.py` damages the files that a checksum covers; here nothing covers them.
"""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.embed import Embedder
from knowledge.index import open_index
from knowledge.near import by_scan
from knowledge.reading import load
from knowledge.search import Hit
from tests.support.catalogue import large, write

COUNT = 160
CANARY = ("Sorts claims for clerks", "Ranks pipelines and applications for drivers", "meters")


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory, words: Embedder) -> Path:
    folder = tmp_path_factory.mktemp("master")
    write(folder, {"capabilities/a.jsonl": large(COUNT)})
    found(folder, words, [])
    return folder


@pytest.fixture
def office(master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(master, tmp_path / "office"))


@pytest.fixture(scope="module")
def expected(master: Path, words: Embedder) -> object:
    return found(master, words, [])


def found(office: Path, embedder: Embedder, said: list[str]) -> list[list[Hit]]:
    """Of the index as users open it, and of its store, which few entries would not need."""
    cache = office / "cache"
    knowledge = load(office / "knowledge", cache=cache)
    with open_index(knowledge, cache, embedder, say=said.append) as index:
        hits = [index.search(query, kinds=["capability"], k=30) for query in CANARY]
        store, kind = index._store, index._kinds["capability"]
        for query in CANARY:
            vector = embedder.embed([query])[0].astype("float64")
            near = set(store.nearest("capability", vector, 20))
            exact = by_scan({"capability": kind})
            assert near >= set(exact.nearest("capability", vector, 10))
    return hits


def database(office: Path) -> Path:
    return sorted((office / "cache/index").rglob("chroma.sqlite3"))[0]


def sql(*statements: str) -> Callable[[Path], None]:
    def damage(office: Path) -> None:
        with contextlib.closing(sqlite3.connect(database(office))) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return damage


def flip(place: float) -> Callable[[Path], None]:
    """One byte of the database."""

    def damage(office: Path) -> None:
        raw = bytearray(database(office).read_bytes())
        raw[int(len(raw) * place)] ^= 0x55
        database(office).write_bytes(raw)

    return damage


def other_store(office: Path) -> None:
    """The whole store of another catalogue with as many entries."""
    write(office / "other", {"capabilities/a.jsonl": large(COUNT, seed=9)})
    open_index(
        load(office / "other/knowledge"), office / "other/cache", _embedder[0], say=print
    ).close()
    shutil.copyfile(database(office / "other"), database(office))
    shutil.rmtree(office / "other")


def vectors(statement: str) -> Callable[[Path], None]:
    """The kept vectors are altered, and the index is made anew from them."""

    def damage(office: Path) -> None:
        path = office / "cache/vectors.db"
        with contextlib.closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)
        shutil.rmtree(office / "cache/index")

    return damage


def snapshot(office: Path) -> None:
    path = next((office / "cache/knowledge").glob("*.json"))
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0x01
    path.write_bytes(raw)


_embedder: list[Embedder] = []
_SWAPPED = """UPDATE embeddings SET embedding_id = CASE id
    WHEN 1 THEN (SELECT embedding_id FROM embeddings WHERE id = 2)
    WHEN 2 THEN (SELECT embedding_id FROM embeddings WHERE id = 1) END WHERE id IN (1, 2)"""
_REPLACED = "UPDATE vectors SET vector = (SELECT vector FROM vectors ORDER BY key LIMIT 1)"
_ALTERED = "UPDATE vectors SET vector = x'3f000000' || substr(vector, 5)"
DAMAGE: dict[str, Callable[[Path], None]] = {
    "ids renamed in the store": sql("UPDATE embeddings SET embedding_id = 'x' || id WHERE id < 9"),
    "all ids renamed in the store": sql("UPDATE embeddings SET embedding_id = 'x' || id"),
    "ids gone from the store": sql("DELETE FROM embeddings WHERE id % 2"),
    "queue gone from the store": sql("DELETE FROM embeddings_queue"),
    "segments gone from the store": sql("DELETE FROM segments"),
    "a table gone from the store": sql("DROP TABLE embeddings"),
    "made by a newer version": sql("UPDATE migrations SET version = version + 900"),
    "made by an altered version": sql("UPDATE migrations SET hash = 'x'"),
    "another collection's name": sql("UPDATE collections SET name = 'capabilities'"),
    "another dimension": sql("UPDATE collections SET dimension = 3"),
    "a byte near the start": flip(0.1),
    "a byte in the middle": flip(0.5),
    "a byte near the end": flip(0.9),
    "the store of another catalogue": other_store,
    "kept vectors replaced": vectors(_REPLACED),
    "kept vectors altered": vectors(_ALTERED),
    "kept vectors under other texts": vectors("UPDATE vectors SET key = randomblob(32)"),
    "what was read is altered": snapshot,
}


@pytest.mark.parametrize("name", sorted(DAMAGE))
def test_no_damage_changes_a_result_in_silence(
    office: Path, words: Embedder, expected: object, name: str
) -> None:
    _embedder[:] = [words]
    DAMAGE[name](office)
    said: list[str] = []
    assert found(office, words, said) == expected
    assert [s for s in said if "Traceback" in s or "\n" in s] == []
    assert found(office, words, said) == expected


def test_a_store_that_another_process_holds_is_waited_for_or_replaced(
    office: Path, words: Embedder, expected: object
) -> None:
    code = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('BEGIN EXCLUSIVE');"
    code += "print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(database(office))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        said: list[str] = []
        assert found(office, words, said) == expected
        holder.communicate("")
    assert all(sentence.startswith("The index is damaged (") for sentence in said)
    assert found(office, words, []) == expected
