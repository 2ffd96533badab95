"""Generations of the index on disk: immutable folders, one pointer, one writer at a time.

Owns names, locks, the pointer and what is removed when; knows nothing of what a generation holds.
A generation is built aside and only renamed into place when it is whole, so a kill -9 leaves a
folder that nobody looks at and the next writer removes.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge.errors import KnowledgeError

POINTER = "current"
WRITER = "writer.lock"
IN_USE = "in-use"
MANIFEST = "manifest.json"
ASIDE = "building-"
KEY_LENGTH = 16
WAIT_SECONDS = 600.0
_POLL_SECONDS = 0.1
_ALWAYS_SUMMED = 4 << 20
"""Files up to this size are summed on every open; larger ones when their times changed."""

Say = Callable[[str], None]


class Hold:
    """A shared lock on a generation: while anybody holds one, nobody removes the folder."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self.folder = folder
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go; harmless when done twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def hold(folder: Path) -> Hold | None:
    """Hold a generation; None when it is not there (any more)."""
    try:
        descriptor = os.open(folder / IN_USE, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if (folder / IN_USE).stat().st_ino == os.fstat(descriptor).st_ino:
            return Hold(folder, descriptor)
    except OSError:
        pass
    os.close(descriptor)
    return None


def find(index: Path, key: str) -> Hold | None:
    """The generation made for this key, held: the one pointed at, else the newest."""
    named = [pointed_at(index), *sorted(_generations(index), key=_number, reverse=True)]
    for name in named:
        if name and name.rpartition("-")[0] == key and (held := hold(index / name)):
            return held
    return None


def made_for(index: Path, key: str) -> list[Path]:
    """The generations of this key, oldest first."""
    names = [name for name in _generations(index) if name.rpartition("-")[0] == key]
    return [index / name for name in sorted(names, key=_number)]


def pointed_at(index: Path) -> str:
    """Name of the current generation; empty when the pointer is missing or garbage."""
    try:
        name = (index / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name in _generations(index) else ""


def publish(aside: Path, index: Path, key: str) -> Path:
    """Move a finished folder into place and point at it, both atomically and on disk.

    Numbers rise, so no path is ever used twice: libraries keep what they know of a path.
    """
    (aside / IN_USE).touch()
    number = 1 + max((_number(name) for name in _generations(index)), default=0)
    folder = index / f"{key}-{number}"
    aside.rename(folder)
    point_at(index, folder.name)
    return folder


def point_at(index: Path, name: str) -> None:
    """Switch the pointer atomically."""
    aside = index / f"{POINTER}.{os.getpid()}"
    with aside.open("w", encoding="ascii") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(index / POINTER)
    _sync_folder(index)


def discard(folder: Path) -> None:
    """Take a generation out of use; its files go when nobody holds it."""
    with contextlib.suppress(OSError):
        (folder / MANIFEST).unlink()
    _remove(folder)


def tidy(index: Path, keep: int = 2) -> None:
    """Remove unfinished folders, and generations but the current and the newest before it.

    Only the writer may call it: what is being built aside is then nobody's.
    """
    for folder in sorted(index.glob(f"{ASIDE}*")):
        shutil.rmtree(folder, ignore_errors=True)
    current = pointed_at(index)
    others = sorted((n for n in _generations(index) if n != current), key=_number, reverse=True)
    whole = [name for name in others if (index / name / MANIFEST).is_file()]
    kept = {current, *whole[: keep - 1]}
    for name in others:
        if name not in kept:
            _remove(index / name)


@contextlib.contextmanager
def writing(index: Path, say: Say, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Be the one writer; wait for another with a sentence that names it.

    The kernel lets go of the lock when its process ends however it ends, so no lock is ever stale.
    OSError when the folder cannot be written.
    """
    index.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(index / WRITER, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(descriptor, index, say, wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(_myself()).encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, index: Path, say: Say, wait: float) -> None:
    deadline, told = time.monotonic() + wait, False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            who = _named(descriptor)
        if not told:
            say(f"Waiting for {who}, which is building the index of this workspace.")
            told = True
        if time.monotonic() > deadline:
            raise KnowledgeError(
                f"{index / WRITER}: {who} has been building the index for "
                f"{wait / 60:.0f} minutes; end it, or wait and try again"
            )
        time.sleep(_POLL_SECONDS)


def _myself() -> dict[str, str | int]:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]
    return {"pid": os.getpid(), "host": socket.gethostname(), "command": command}


def _named(descriptor: int) -> str:
    """The writer as it named itself; anything may stand in the file."""
    try:
        about = json.loads(os.pread(descriptor, 2000, 0))
        return f"process {int(about['pid'])} on {about['host']!s} ({about['command']!s})"
    except (ValueError, KeyError, TypeError):
        return "another process"


def seal(
    folder: Path,
    about: dict[str, object],
    fixed: Callable[[Path], bool],
    before: Path | None = None,
) -> None:
    """Write the manifest: size and checksum of every file that is `fixed` from now on.

    `before`: a sealed folder that was checked; what is one file with one of its own is not summed.
    """
    files, known = {}, _sealed(before)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and fixed(path):
            info = path.stat()
            name = path.relative_to(folder).as_posix()
            same = before and name in known and os.path.samefile(path, before / name)  # noqa: PTH121
            files[name] = known[name] if same else [info.st_size, info.st_mtime_ns, _sum(path)]
    text = json.dumps({**about, "files": files}, sort_keys=True)
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def about(folder: Path) -> dict[str, object]:
    """What a sealed folder was made for; OSError or ValueError when it does not say."""
    sealed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(sealed, dict):
        raise ValueError("the manifest is none")
    sealed.pop("files", None)
    return sealed


def check(folder: Path, about: dict[str, object]) -> str:
    """What is wrong with a sealed folder, or nothing; cheap enough for every open."""
    try:
        sealed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = sealed.pop("files")
        if sealed != about:
            return "it was made for something else"
        for name, (size, changed, checksum) in files.items():
            info = (folder / name).stat()
            if info.st_size != size:
                return f"{name} was cut or grew"
            trusted = size > _ALWAYS_SUMMED and info.st_mtime_ns == changed
            if not trusted and _sum(folder / name) != checksum:
                return f"{name} was altered"
    except FileNotFoundError as error:
        return f"{Path(error.filename or MANIFEST).name} is missing"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "its manifest cannot be read"
    return ""


def _sealed(folder: Path | None) -> dict[str, list[object]]:
    """The files of a sealed folder as its manifest has them."""
    if folder is None:
        return {}
    found: dict[str, list[object]] = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
    return found


def _generations(index: Path) -> list[str]:
    """Names of all generation folders, sorted; a foreign folder is none."""
    try:
        with os.scandir(index) as found:
            return sorted(item.name for item in found if _number(item.name) and item.is_dir())
    except OSError:
        return []


def _number(name: str) -> int:
    key, _, number = name.rpartition("-")
    ours = len(key) == KEY_LENGTH and key.isalnum() and number.isascii() and number.isdigit()
    return int(number) if ours else 0


def _remove(folder: Path) -> None:
    """Remove a generation unless somebody holds it."""
    try:
        descriptor = os.open(folder / IN_USE, os.O_RDONLY)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return
    else:
        aside = folder.with_name(f"{ASIDE}gone-{os.getpid()}-{folder.name}")
        with contextlib.suppress(OSError):
            folder.rename(aside)
            shutil.rmtree(aside, ignore_errors=True)
    finally:
        os.close(descriptor)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
