"""Vectors are computed once for a text, kept across runs, and never in the way."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.vectors import FILE, _opened, embed_cached


class Counting:
    """A real if simple embedder (letter frequencies) that remembers what it was asked."""

    dimension = 26

    def __init__(self, name: str = "letters-26") -> None:
        self.name = name
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        rows: NDArray[np.float32] = np.array(
            [[t.count(chr(97 + i)) for i in range(26)] for t in texts], np.float32
        )
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows


def test_only_what_is_new_is_computed(tmp_path: Path) -> None:
    embedder = Counting()
    first = embed_cached(tmp_path, embedder, ["abc", "xyz", "abc"])
    assert sorted(embedder.asked) == ["abc", "xyz"]
    assert (first[0] == first[2]).all()
    embedder.asked.clear()
    again = embed_cached(tmp_path, embedder, ["xyz", "new", "abc"])
    assert embedder.asked == ["new"]
    assert (again[[0, 2]] == first[[1, 0]]).all()


def test_vectors_of_another_embedder_are_never_used(tmp_path: Path) -> None:
    embed_cached(tmp_path, Counting(), ["abc"])
    other = Counting("other-26")
    embed_cached(tmp_path, other, ["abc"])
    assert other.asked == ["abc"]


def test_progress_counts_what_is_computed(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    texts = [f"text {number}" for number in range(700)]
    embed_cached(tmp_path, Counting(), texts, lambda done, total: seen.append((done, total)))
    assert seen == [(512, 700), (700, 700)]


@pytest.mark.parametrize("damage", ["garbage", "cut", "short vector", "folder"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    texts = [f"text {number}" for number in range(600)]
    whole = embed_cached(tmp_path, Counting(), texts)
    path = tmp_path / FILE
    if damage == "garbage":
        path.write_bytes(b"no database" * 1000)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == "short vector":
        import sqlite3

        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE vectors SET vector = x'00'")
        connection.close()
    else:
        path.unlink()
        path.mkdir()
    assert (embed_cached(tmp_path, Counting(), texts) == whole).all()
    assert (embed_cached(tmp_path, Counting(), texts) == whole).all()


def test_an_unwritable_cache_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    embedder = Counting()
    for _ in range(2):
        assert embed_cached(tmp_path / "cache", embedder, ["abc"]).shape == (1, 26)
    assert embedder.asked == ["abc", "abc"]


def test_a_locked_file_is_left_alone(tmp_path: Path) -> None:
    embed_cached(tmp_path, Counting(), ["abc"])
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with _opened(tmp_path / FILE, seconds=0.05) as kept:
        assert kept.read([b"any"], 4) == {}
    other.execute("COMMIT")
    other.close()
    again = Counting()
    embed_cached(tmp_path, again, ["abc"])
    assert again.asked == []
