"""Generations on disk: names, pointer, locks, what is removed and what never is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import generations
from knowledge.errors import KnowledgeError

KEY, OTHER = "0123456789abcdef", "fedcba9876543210"
ROOT = Path(__file__).parents[2]


def made(index: Path, key: str, content: str = "x") -> Path:
    aside = index / f"{generations.ASIDE}{key}"
    aside.mkdir(parents=True)
    (aside / "file").write_text(content)
    generations.seal(aside, {"for": key}, fixed=lambda path: path.name == "file")
    return generations.publish(aside, index, key)


def test_the_pointer_names_what_was_published_last(tmp_path: Path) -> None:
    one, two = made(tmp_path, KEY), made(tmp_path, OTHER)
    assert [one.name, two.name] == [f"{KEY}-1", f"{OTHER}-2"]
    assert generations.pointed_at(tmp_path) == two.name
    held = generations.find(tmp_path, KEY)
    assert held is not None
    assert held.folder == one
    held.release()
    held.release()


@pytest.mark.parametrize("pointer", [b"", b"nowhere-3", b"\xff\xfe", b"../../etc", None])
def test_a_garbage_pointer_hides_nothing(tmp_path: Path, pointer: bytes | None) -> None:
    folder = made(tmp_path, KEY)
    if pointer is None:
        (tmp_path / generations.POINTER).unlink()
    else:
        (tmp_path / generations.POINTER).write_bytes(pointer)
    assert generations.pointed_at(tmp_path) == ""
    held = generations.find(tmp_path, KEY)
    assert held is not None
    assert held.folder == folder
    held.release()


def test_foreign_folders_are_no_generations(tmp_path: Path) -> None:
    for name in ("notes", "a-1", f"{KEY}-x", "building-12345678", f"{KEY}-0"):
        (tmp_path / name).mkdir()
    (tmp_path / f"{KEY}-7").write_text("a file")
    assert generations.find(tmp_path, KEY) is None
    assert made(tmp_path, KEY).name == f"{KEY}-1"


def test_tidying_keeps_the_current_the_newest_before_it_and_what_is_held(tmp_path: Path) -> None:
    folders = [made(tmp_path, key) for key in ("a" * 16, "b" * 16, "c" * 16, "d" * 16)]
    (tmp_path / f"{generations.ASIDE}left").mkdir()
    held = generations.hold(folders[0])
    assert held is not None
    generations.tidy(tmp_path)
    assert [folder.is_dir() for folder in folders] == [True, False, True, True]
    assert not (tmp_path / f"{generations.ASIDE}left").exists()
    held.release()
    generations.tidy(tmp_path)
    assert [folder.is_dir() for folder in folders] == [False, False, True, True]


def test_a_removed_generation_cannot_be_held(tmp_path: Path) -> None:
    folder = made(tmp_path, KEY)
    generations.discard(folder)
    assert not folder.exists()
    assert generations.hold(folder) is None


def test_the_seal_notices_every_change(tmp_path: Path) -> None:
    folder = made(tmp_path, KEY, "content")
    about: dict[str, object] = {"for": KEY}
    assert generations.check(folder, about) == ""
    assert "something else" in generations.check(folder, {"for": OTHER})
    (folder / "file").write_text("CONTENT")
    assert generations.check(folder, about) == "file was altered"
    (folder / "file").write_text("cont")
    assert generations.check(folder, about) == "file was cut or grew"
    (folder / "file").unlink()
    assert generations.check(folder, about) == "file is missing"
    for damage in (b"", b"[]", b'{"for": "0123456789abcdef", "files": {"file": 3}}', b"\xff"):
        (folder / generations.MANIFEST).write_bytes(damage)
        assert "manifest" in generations.check(folder, about)


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from knowledge.generations import writing
with writing(Path(sys.argv[2]), print):
    print("writing", flush=True)
    sys.stdin.readline()
"""


def other_writer(index: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", WRITER, str(ROOT), str(index)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n"
    return child


def test_a_second_writer_waits_and_says_for_whom(tmp_path: Path) -> None:
    child = other_writer(tmp_path)
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        child.communicate("\n")

    with generations.writing(tmp_path, say):
        assert child.returncode == 0
    assert len(said) == 1
    assert f"process {child.pid} on " in said[0]


def test_waiting_ends_with_a_sentence(tmp_path: Path) -> None:
    child = other_writer(tmp_path)
    with (
        pytest.raises(KnowledgeError, match=f"process {child.pid}"),
        generations.writing(tmp_path, print, wait=0.2),
    ):
        pass
    child.communicate("\n")


def test_a_dead_or_foreign_lock_stops_nobody(tmp_path: Path) -> None:
    child = other_writer(tmp_path)
    child.kill()
    child.communicate()
    said: list[str] = []
    with generations.writing(tmp_path, said.append):
        pass
    (tmp_path / generations.WRITER).write_bytes(b"\xff{foreign")
    with generations.writing(tmp_path, said.append):
        assert str(os.getpid()) in (tmp_path / generations.WRITER).read_text()
    assert said == []
