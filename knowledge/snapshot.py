"""What was read of an unchanged folder, kept in the cache: disposable, checked, never an error.

A snapshot counts only when its own checksum holds and every file still has the size, times and
inode it had. Whatever is wrong with it, the folder is simply read again.
"""

import contextlib
import gc
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, Field, ValidationError

from knowledge.entries import (
    KINDS,
    STRICT,
    Asset,
    Capability,
    Entry,
    Goal,
    Pattern,
    Policy,
    Precedent,
    Requirement,
)

FORMAT = "concord-knowledge-5"
"""Raise it with every change in how files are read."""
SETTLED = 50_000_000
"""Nanoseconds: a file younger than this may change again without a change of its times."""
PART = 5_000
"""Entries of one line of the file."""
_HEAD_BYTES = 200
"""More than the first line has; without it a damaged file might be all one line."""


class Problem(NamedTuple):
    """Something in the knowledge that could not be read as meant; sorted by place."""

    path: str
    """Relative to the workspace."""
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Kept(NamedTuple):
    """The outcome of reading a folder."""

    entries: tuple[Entry, ...]
    """Sorted by id, drafts among them."""
    problems: tuple[Problem, ...]
    fingerprint: str
    replaced: dict[str, str]
    notes: tuple[Problem, ...] = ()
    """How tables were read: nothing is wrong with these lines."""


class State(NamedTuple):
    """The files of a folder as far as the file system tells without opening them."""

    digest: str
    settled: bool
    """False: some file is so young that its times prove nothing yet."""


class _Stored(BaseModel):
    """`Kept` on disk: the kinds apart, so that an entry's fields that say nothing can be left out,
    its kind among them. Most fields of most entries do, and reading them all takes half as long
    again."""

    model_config = STRICT

    capability: tuple[Capability, ...] = ()
    policy: tuple[Policy, ...] = ()
    requirement: tuple[Requirement, ...] = ()
    goal: tuple[Goal, ...] = ()
    pattern: tuple[Pattern, ...] = ()
    asset: tuple[Asset, ...] = ()
    precedent: tuple[Precedent, ...] = ()
    problems: tuple[Problem, ...] = ()
    fingerprint: str
    replaced: dict[str, str] = Field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


def state(files: Iterable[tuple[str, os.stat_result]], rules: Iterable[str] = ()) -> State:
    """The state of these files, in the order given, and of how they are to be read (`rules`)."""
    now, newest, whole = time.time_ns(), 0, hashlib.sha256(FORMAT.encode())
    for name, info in files:
        newest = max(newest, info.st_mtime_ns, info.st_ctime_ns)
        row = (name, info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)
        whole.update(repr(row).encode("utf-8", "surrogatepass"))
    for rule in rules:
        whole.update(b"\0" + rule.encode("utf-8", "surrogatepass"))
    return State(whole.hexdigest(), now - newest > SETTLED)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: very many new objects, and no circles among them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def read(cache: Path, folder: Path, now: State) -> Kept | None:
    """What was kept for exactly this state; None when there is none or it is damaged."""
    parts: list[_Stored] = []
    whole = hashlib.sha256()
    try:
        with _path(cache, folder).open("rb") as file:
            head = file.readline(_HEAD_BYTES)
            if not head.startswith(now.digest.encode("ascii")):
                return None
            for line in file:
                whole.update(line)
                parts.append(_Stored.model_validate_json(line))
    except (OSError, ValidationError):
        return None
    return _kept(parts) if parts and head == _head(now, whole.hexdigest()) else None


def write(cache: Path, folder: Path, then: State, kept: Kept) -> None:
    """Keep it for the next time; a cache that cannot be written is no error."""
    if not then.settled:
        return
    path = _path(cache, folder)
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    whole = hashlib.sha256()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(_head(then, whole.hexdigest()))  # as long as the one that is written last
            for part in _stored(kept):
                line = part.model_dump_json(exclude_defaults=True).encode() + b"\n"
                whole.update(line)
                file.write(line)
            file.seek(0)
            file.write(_head(then, whole.hexdigest()))
        aside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def _stored(kept: Kept) -> Iterator[_Stored]:
    """In parts, so that a large register is not held twice."""
    for start in range(0, len(kept.entries) or 1, PART):
        kinds: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
        for entry in kept.entries[start : start + PART]:
            kinds[entry.kind].append(entry)
        fields: dict[str, Any] = {kind: tuple(entries) for kind, entries in kinds.items()}
        rest = _rest(kept) if start == 0 else {"fingerprint": kept.fingerprint}
        yield _Stored.model_construct(None, **fields, **rest)


def _kept(parts: list[_Stored]) -> Kept:
    entries = (entry for part in parts for kind in KINDS for entry in getattr(part, kind))
    return Kept(tuple(sorted(entries, key=attrgetter("id"))), **_rest(parts[0]))


def _rest(kept: Kept | _Stored) -> dict[str, Any]:
    """What both hold alike."""
    names = ("problems", "fingerprint", "replaced", "notes")
    return {name: getattr(kept, name) for name in names}


def _path(cache: Path, folder: Path) -> Path:
    place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return cache / "knowledge" / f"{place}.json"


def _head(of: State, checksum: str) -> bytes:
    """The first line: which state was read, and the checksum of all that follows."""
    return f"{of.digest} {checksum}\n".encode("ascii")
