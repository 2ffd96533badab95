"""Whatever happens to the index on disk ends in one sentence and a whole index."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import generations
from knowledge.embed import Embedder, load_embedder
from knowledge.index import Index, open_index
from knowledge.reading import Knowledge, load
from knowledge.search import Hit
from tests.support.catalogue import large, write

ROOT = Path(__file__).parents[2]
COUNT = 120
EXPECTED = "CAP-00007"
CANARY = (
    "Ranks pipelines and applications for drivers, and transcribes deliveries in office 7",
    "Sorts claims for clerks",
    "meters",
    "zzz",
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A workspace with a whole index, to be copied and damaged."""
    folder = tmp_path_factory.mktemp("master")
    root = write(folder, {"capabilities/a.jsonl": large(COUNT)})
    open_index(load(root), folder / "cache", embedder, say=print).close()
    return folder


@pytest.fixture
def office(master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(master, tmp_path / "office"))


def knowledge(office: Path) -> Knowledge:
    return load(office / "knowledge")


def canary(index: Index) -> list[list[Hit]]:
    """What known queries find, with every score."""
    return [index.search(query, kinds=["capability"], k=40) for query in CANARY]


@pytest.fixture(scope="module")
def expected(master: Path, embedder: Embedder) -> list[list[Hit]]:
    """Of the whole index."""
    with open_index(knowledge(master), master / "cache", embedder, say=print) as index:
        found = canary(index)
    assert EXPECTED in {hit.entry for hit in found[0][:5]}
    return found


def reopened(office: Path, embedder: Embedder, expected: list[list[Hit]]) -> list[str]:
    """What was said while opening an index that then finds the same, and is whole again."""
    said: list[str] = []
    for _ in range(2):
        with open_index(knowledge(office), office / "cache", embedder, say=said.append) as index:
            assert canary(index) == expected
            assert index.counts() == {"capability": COUNT}
    return said


def generation(office: Path) -> Path:
    (folder,) = (office / "cache/index").glob("*-*")
    return folder


def one(folder: Path, pattern: str) -> Path:
    return sorted(folder.rglob(pattern))[0]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(raw)


def empty_collection(path: Path) -> None:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM collections")
    connection.close()


def replace_by_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("x")


DAMAGE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "truncated database": ("chroma.sqlite3", cut),
    "emptied database": ("chroma.sqlite3", lambda path: path.write_bytes(b"")),
    "foreign database": ("chroma.sqlite3", lambda path: path.write_bytes(b"no database" * 999)),
    "lost collection": ("chroma.sqlite3", empty_collection),
    "missing database": ("chroma.sqlite3", Path.unlink),
    "missing graph": ("data_level0.bin", Path.unlink),
    "truncated graph": ("link_lists.bin", cut),
    "altered graph": ("data_level0.bin", flip),
    "altered pickle": ("index_metadata.pickle", flip),
    "altered vectors": ("vectors.npy", flip),
    "truncated words": ("indices.csc.index.npy", cut),
    "missing words": ("vocab.index.json", Path.unlink),
    "garbage manifest": (generations.MANIFEST, lambda path: path.write_bytes(b"\xff\0")),
    "missing manifest": (generations.MANIFEST, Path.unlink),
    "missing store": ("chroma", shutil.rmtree),
    "store is a file": ("chroma", replace_by_file),
}


@pytest.mark.parametrize("name", sorted(DAMAGE))
def test_damage_is_said_and_repaired(
    office: Path, embedder: Embedder, expected: list[list[Hit]], name: str
) -> None:
    pattern, damage = DAMAGE[name]
    damage(one(generation(office), pattern))
    (sentence,) = reopened(office, embedder, expected)
    assert sentence.startswith("The index is damaged (")
    assert sentence.endswith("; it is rebuilt.")


HARMLESS: dict[str, Callable[[Path], object]] = {
    "garbage pointer": lambda index: (index / "current").write_bytes(b"\xff\0 nonsense"),
    "missing pointer": lambda index: (index / "current").unlink(),
    "foreign lock": lambda index: (index / "writer.lock").write_bytes(b'{"pid": 1}'),
    "foreign folder": lambda index: (index / "notes").mkdir(),
    "unfinished build": lambda index: (index / "building-x").mkdir(),
    "no index at all": shutil.rmtree,
}


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_what_does_no_harm_is_not_spoken_of(
    office: Path, embedder: Embedder, expected: list[list[Hit]], name: str
) -> None:
    HARMLESS[name](office / "cache/index")
    assert reopened(office, embedder, expected) == []


def test_vectors_survive_a_lost_index(office: Path, embedder: Embedder) -> None:
    shutil.rmtree(office / "cache/index")
    steps: list[str] = []
    open_index(
        knowledge(office),
        office / "cache",
        embedder,
        say=print,
        progress=lambda _done, _total, label: steps.append(label),
    ).close()
    assert set(steps) == {"indexing"}


def test_an_open_index_outlives_what_others_do(office: Path, embedder: Embedder) -> None:
    query = knowledge(office).entries[EXPECTED].body
    with open_index(knowledge(office), office / "cache", embedder, say=print) as index:
        for count in (10, 20):
            write(office, {"capabilities/a.jsonl": large(count)})
            open_index(knowledge(office), office / "cache", embedder, say=print).close()
        assert index.folder.is_dir()
        assert index.search(query, kinds=["capability"])[0].entry == EXPECTED


def test_a_store_that_fails_later_is_replaced_by_a_scan(office: Path, embedder: Embedder) -> None:
    said: list[str] = []
    with open_index(knowledge(office), office / "cache", embedder, say=said.append) as index:
        before = index.search("Sorts claims for clerks", kinds=["capability"], k=30)
        index.scanned = 0
        assert index.search("Sorts claims for clerks", kinds=["capability"], k=30) == before
        before = index.search("Sorts claims for clerks", kinds=["capability"], k=30)
        cut(one(index.folder, "chroma.sqlite3"))
        assert index.search("Sorts claims for clerks", kinds=["capability"], k=30) == before
    assert len(said) == 1
    assert "all vectors are compared instead" in said[0]


def test_a_cache_that_cannot_be_written_gives_a_temporary_index(
    tmp_path: Path, embedder: Embedder
) -> None:
    root = write(tmp_path, {"capabilities/a.jsonl": large(COUNT)})
    (tmp_path / "cache").write_text("a file stands where the folder should")
    said: list[str] = []
    index = open_index(load(root), tmp_path / "cache", embedder, say=said.append)
    folder = index.folder
    assert (
        index.search(load(root).entries[EXPECTED].body, kinds=["capability"])[0].entry == EXPECTED
    )
    index.close()
    assert len(said) == 1
    assert "this run uses a temporary index" in said[0]
    assert not folder.exists()


BUILDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from knowledge.embed import load_embedder
from knowledge.index import Index, open_index
from knowledge.reading import load
embedder, knowledge = load_embedder(), load(Path(sys.argv[2]) / "knowledge")
print("ready", flush=True)
open_index(knowledge, Path(sys.argv[2]) / "cache", embedder, say=print).close()
print("done", flush=True)
"""


def builder(office: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", BUILDER, str(ROOT), str(office)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.mark.parametrize("delay", [0.1, 0.5, 1.0])
def test_a_killed_build_leaves_nothing_in_the_way(
    office: Path, embedder: Embedder, expected: list[list[Hit]], delay: float
) -> None:
    shutil.rmtree(office / "cache")
    child = builder(office)
    time.sleep(delay)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    assert reopened(office, embedder, expected) == []
    assert not list((office / "cache/index").glob("building-*"))


def test_two_processes_build_one_index(office: Path) -> None:
    shutil.rmtree(office / "cache")
    children = [builder(office), builder(office)]
    said = "".join(child.communicate()[0] for child in children)
    assert [child.returncode for child in children] == [0, 0]
    assert said.count("done") == 2
    assert generation(office).is_dir()
