"""An index made from the one before finds exactly what a new one finds, whatever came between."""

import os
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge import revising
from knowledge.embed import Embedder
from knowledge.index import Index, open_index
from knowledge.reading import load
from tests.support.catalogue import OFFICE, large, write

COUNT = 240
QUERIES = ("Sorts claims for clerks", "Reads the bills of our vendors", "zebra", "meters")


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory, words: Embedder) -> Path:
    folder = tmp_path_factory.mktemp("master")
    write(folder, {**OFFICE, "capabilities/a.jsonl": large(COUNT)})
    opened(folder, words).close()
    return folder


@pytest.fixture
def office(master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(master, tmp_path / "office"))


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A cache in which nothing is reused."""
    return tmp_path / "fresh"


def opened(office: Path, embedder: Embedder, cache: Path | None = None) -> Index:
    said: list[str] = []
    knowledge = load(office / "knowledge")
    index = open_index(knowledge, cache or office / "cache", embedder, say=said.append)
    assert said == []
    return index


def edit(office: Path, seed: int) -> None:
    """Change, remove and add a few lines of the large file."""
    path, chance = office / "knowledge/capabilities/a.jsonl", random.Random(seed)
    lines = path.read_text().split("\n")[:-1]
    for number in chance.sample(range(len(lines)), 3):
        lines[number] = lines[number].replace("The system", f"The zebra {seed} system")
    del lines[chance.randrange(len(lines))]
    lines.insert(chance.randrange(len(lines)), f'{{"id": "NEW-{seed}", "title": "Zebra {seed}"}}')
    path.write_text("\n".join(lines) + "\n")


def same(one: Index, two: Index) -> bool:
    for kind, index in one._kinds.items():
        other = two._kinds[kind]
        assert (index.ids, index.owners, index.ordinals) == (
            other.ids,
            other.owners,
            other.ordinals,
        )
        for name in ("vectors", "mean", "covariance"):
            assert np.array_equal(getattr(index, name), getattr(other, name))
    kinds = ["capability", "requirement", "goal"]
    for query in QUERIES:
        found = [index.search(query, kinds=kinds, k=30) for index in (one, two)]  # type: ignore[arg-type]
        assert found[0] == found[1]
    return True


def store_of(index: Index) -> int:
    return (index.folder / revising.STORE / "chroma.sqlite3").stat().st_size


def test_step_by_step_equals_at_once(office: Path, words: Embedder, fresh: Path) -> None:
    for seed in range(3):
        edit(office, seed)
        index = opened(office, words)
        assert revising.read_cover(index.folder / "capability").loose
        if seed < 2:
            index.close()
    with index, opened(office, words, fresh) as new:
        assert not revising.read_cover(new.folder / "capability").loose
        assert same(index, new)


def test_where_much_has_changed_the_store_is_filled_anew(
    office: Path, words: Embedder, fresh: Path
) -> None:
    path = office / "knowledge/capabilities/a.jsonl"
    path.write_text(large(COUNT, seed=8).replace("CAP-", "CUP-"))
    with opened(office, words) as index, opened(office, words, fresh) as new:
        assert not revising.read_cover(index.folder / "capability").loose
        assert same(index, new)


def test_kinds_come_and_go(office: Path, words: Embedder, fresh: Path) -> None:
    (office / "knowledge/goals/faster.md").unlink()
    opened(office, words).close()
    write(office, {"goals/other.md": "---\nid: GOAL-9\ntitle: Zebra\n---\nMore zebra.\n"})
    with opened(office, words) as index, opened(office, words, fresh) as new:
        assert same(index, new)


@pytest.mark.parametrize("name", ["chroma.sqlite3", "entries.json", "held.json", "terms.npy"])
def test_a_damaged_index_before_is_not_built_on(
    office: Path, words: Embedder, fresh: Path, name: str
) -> None:
    (folder,) = (office / "cache/index").glob("*-*")
    path = sorted(folder.rglob(name))[0]
    path.write_bytes(path.read_bytes()[:40])
    edit(office, 1)
    with opened(office, words) as index, opened(office, words, fresh) as new:
        assert same(index, new)


def test_the_files_before_are_shared_and_outlive_their_folder(
    office: Path, words: Embedder
) -> None:
    (before,) = (office / "cache/index").glob("*-*")
    graph = sorted((before / revising.STORE).rglob("data_level0.bin"))[0]
    edit(office, 1)
    with opened(office, words) as index:
        shared = sorted((index.folder / revising.STORE).rglob("data_level0.bin"))[0]
        if (graph.parent / "index_metadata.pickle").exists():
            assert os.stat(graph).st_ino == os.stat(shared).st_ino  # noqa: PTH116
        shutil.rmtree(before)
        assert index.search(QUERIES[0], kinds=["capability"])
    with opened(office, words) as index:
        assert index.search(QUERIES[0], kinds=["capability"])
