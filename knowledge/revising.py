"""A generation made from the one before, when little has changed: rows and store are reused.

The store is copied as it is and nothing is added to it: rows that it lacks are compared by
`near.py`, and it is filled anew when they are many. So no file of a store is ever written twice.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from knowledge import generations
from knowledge.building import Old, Plan, read_old
from knowledge.chroma import never_changes
from knowledge.entries import KINDS
from knowledge.generations import Hold
from knowledge.kind_index import KindIndex
from knowledge.near import Cover, cover
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COVER: Final = "cover.json"
"""In the folder of a kind: what the store has of its rows."""
HELD: Final = "held.json"
"""Likewise: the ids that the store holds."""
SHARE: Final = 10
"""The store is filled anew when more than one row in so many is not in it, or no longer."""
STORE: Final = "chroma"


class Before(NamedTuple):
    """The generation before, held so that it stays."""

    hold: Hold
    kinds: dict[EntryKind, Old]
    held: dict[EntryKind, list[str]]
    """Ids that its store holds."""


def open_before(index: Path, about: dict[str, object]) -> Before | None:
    """The current generation, when it is whole and was made like the wanted one."""
    held = generations.hold(index / (generations.pointed_at(index) or "none"))
    if held is None:
        return None
    try:
        made = generations.about(held.folder)
        alike = {**made, "knowledge": ""} == {**about, "knowledge": ""}
        if alike and not generations.check(held.folder, made):
            folder = held.folder
            kinds = {kind: KindIndex.load(folder / kind) for kind in KINDS if _has(folder, kind)}
            stored = {kind: _held(folder / kind) for kind in kinds}
            return Before(held, read_old(folder, kinds), stored)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        pass  # whatever it is, everything is made anew
    held.release()
    return None


def has_most(before: Before, plans: Sequence[Plan]) -> bool:
    """Whether its store lacks few of the planned rows and holds few others."""
    for part in plans:
        held = len(before.held.get(part.kind, ()))
        old = before.kinds[part.kind].kind if part.kind in before.kinds else None
        gone = len(old.ids) - (len(part.places) - part.places.count(-1)) if old else 0
        if not held or (len(part.fresh) + gone) * SHARE > len(part.ids):
            return False
    return True


def write_covers(
    aside: Path,
    plans: Sequence[Plan],
    vectors: Sequence[NDArray[np.float32]],
    held: Mapping[EntryKind, Sequence[str]],
) -> bool:
    """Note what the store has of the rows; whether that is most of them."""
    most = True
    for part, rows in zip(plans, vectors, strict=True):
        names = list(held.get(part.kind, ()))
        has = cover(part.ids, rows, names)
        (aside / part.kind / COVER).write_text(json.dumps(has), encoding="utf-8")
        (aside / part.kind / HELD).write_text(json.dumps(names), encoding="utf-8")
        most = most and (len(has.loose) + has.gone) * SHARE <= len(part.ids)
    return most


def reuse_store(before: Before, aside: Path) -> None:
    """Copy the store; what never changes is shared between the folders. OSError: it cannot be."""
    source = before.hold.folder / STORE
    for path in sorted(source.rglob("*")):
        target = aside / STORE / path.relative_to(source)
        if path.is_dir():
            target.mkdir(parents=True)
        elif path.name.startswith("chroma.sqlite3"):
            if path.suffix == ".sqlite3":
                target.parent.mkdir(parents=True, exist_ok=True)
                _copy_database(path, target)
        elif never_changes(path):
            target.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(OSError):
                os.link(path, target)
                continue
            shutil.copyfile(path, target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def read_cover(folder: Path) -> Cover:
    """Of a kind of a finished generation."""
    loose, gone, held = json.loads((folder / COVER).read_text(encoding="utf-8"))
    return Cover(tuple(int(row) for row in loose), int(gone), int(held))


def _held(folder: Path) -> list[str]:
    """Ids that the store of a finished generation holds, in any order."""
    return [str(name) for name in json.loads((folder / HELD).read_text(encoding="utf-8"))]


def _has(folder: Path, kind: EntryKind) -> bool:
    return (folder / kind).is_dir()


def _copy_database(source: Path, target: Path) -> None:
    """As a whole, even while another process opens the store, which notes that in there."""
    try:
        with (
            contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as one,
            contextlib.closing(sqlite3.connect(target)) as two,
        ):
            one.backup(two)
    except sqlite3.Error as error:
        raise OSError(f"{source.name} cannot be copied ({error})") from error
