"""An unchanged folder is loaded from its snapshot; anything else is read again."""

import os
import time
from pathlib import Path

import pytest

from knowledge.reading import load
from knowledge.snapshot import SETTLED
from tests.support.catalogue import OFFICE, large, write


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = write(tmp_path, {**OFFICE, "capabilities/bad.md": "---\nid: X\nstatus: maybe\n---\n"})
    time.sleep(2 * SETTLED / 1e9)
    return root


def kept(cache: Path) -> Path:
    (path,) = (cache / "knowledge").glob("*.json")
    return path


def test_the_snapshot_holds_all_that_was_read(office: Path, tmp_path: Path) -> None:
    first = load(office, cache=tmp_path / "cache")
    assert kept(tmp_path / "cache").stat().st_size > 1000
    again = load(office, cache=tmp_path / "cache")
    assert again == first
    assert again.problems


def test_an_unchanged_folder_is_not_opened(office: Path, tmp_path: Path) -> None:
    """Its files are swapped for others of the same size and times behind its back."""
    first = load(office, cache=tmp_path / "cache")
    text = kept(tmp_path / "cache").read_bytes()
    assert load(office, cache=tmp_path / "cache") == first
    assert kept(tmp_path / "cache").read_bytes() == text
    many = write(tmp_path / "many", {"capabilities/a.jsonl": large(3000)})
    time.sleep(2 * SETTLED / 1e9)
    start = time.perf_counter()
    load(many, cache=tmp_path / "cache")
    full = time.perf_counter() - start
    start = time.perf_counter()
    load(many, cache=tmp_path / "cache")
    assert time.perf_counter() - start < full / 2


@pytest.mark.parametrize("change", ["content", "same size", "new file", "gone", "problem"])
def test_a_changed_folder_is_read_again(office: Path, tmp_path: Path, change: str) -> None:
    first = load(office, cache=tmp_path / "cache")
    path = office / "goals/faster.md"
    text = path.read_text()
    if change == "content":
        path.write_text(text.replace("4 hours", "15 hours"))
    elif change == "same size":
        old = path.stat()
        path.write_text(text.replace("4 hours", "5 hours"))
        os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    elif change == "new file":
        (office / "goals/new.md").write_text("---\nid: GOAL-2\ntitle: T\n---\n")
    elif change == "gone":
        path.unlink()
    else:
        (office / "goals/table.xlsx").write_text("x")
    again = load(office, cache=tmp_path / "cache")
    assert again == load(office)
    assert (again.entries, again.problems) != (first.entries, first.problems)


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\xff\xfe\n{}", None])
def test_a_damaged_snapshot_is_silently_replaced(
    office: Path, tmp_path: Path, damage: bytes | None
) -> None:
    first = load(office, cache=tmp_path / "cache")
    path = kept(tmp_path / "cache")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Mira Holt", b"Mira Hole") if damage is None else damage)
    assert load(office, cache=tmp_path / "cache") == first
    assert path.read_bytes() == whole


def test_files_too_young_to_trust_are_not_kept(tmp_path: Path) -> None:
    office = write(tmp_path, OFFICE)
    path = office / "goals/faster.md"
    future = time.time_ns() + 10**12
    os.utime(path, ns=(future, future))
    load(office, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_is_no_error(office: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert load(office, cache=tmp_path / "cache") == load(office)
