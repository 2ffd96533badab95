"""Open the generation made for the present knowledge, or build one; under one writer's lock.

The state machine between `generations.py` (folders and locks), `building.py` (content) and
`health.py` (the check in a child process). What a server shares is `sharing.py`'s.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from knowledge import generations, lexical, passages, revising
from knowledge.building import Fetch, Plan, Progress, embed, plan, write
from knowledge.chroma import Collections, Damaged, never_changes, store_version
from knowledge.embed import Embedder
from knowledge.entries import KINDS
from knowledge.errors import KnowledgeError
from knowledge.generations import Hold, Say
from knowledge.health import Filler
from knowledge.kind_index import KindIndex
from knowledge.near import Near, by_scan, firsts
from knowledge.reading import Knowledge
from knowledge.snapshot import uncollected
from knowledge.vectors import FILE
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = "concord-index-7"
"""Raise it when the files of a generation change."""


class Opened(NamedTuple):
    """An opened generation: its kinds, what gives candidates, and the hold that keeps it."""

    kinds: dict[EntryKind, KindIndex]
    store: Near
    hold: Hold


@dataclass(frozen=True)
class Wanted:
    """The generation that is wanted, and how it is made."""

    knowledge: Knowledge
    cache: Path
    embedder: Embedder
    say: Say
    progress: Progress | None = None
    stored: bool = True
    """With Chroma's files; without them the vectors are a server's, or are compared."""
    fetch: Fetch | None = None

    @property
    def index(self) -> Path:
        return self.cache / "index"

    @property
    def key(self) -> str:
        return generation_key(self.knowledge, self.embedder, stored=self.stored)

    @property
    def about(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "versions": _versions(stored=self.stored),
            "knowledge": self.knowledge.fingerprint,
            "embedder": self.embedder.name,
        }


def open_generation(wanted: Wanted) -> Opened:
    """Found, else built; without a store where none can be made of these vectors.

    KnowledgeError: it cannot be.
    """
    try:
        return _opened(wanted)
    except _NoStore as error:
        wanted.say(f"No vector store can be made ({error}); all vectors are compared instead.")
        return _opened(replace(wanted, stored=False))


class _NoStore(Exception):
    """Chroma makes nothing usable of these vectors."""


def _opened(wanted: Wanted) -> Opened:
    index, say = wanted.index, wanted.say
    parts, _ = _found(wanted)
    if parts:
        return parts
    with generations.writing(index, say):
        parts, wrong = _found(wanted)  # another process may have built it meanwhile
        if parts:
            return parts
        if wrong:
            say(f"The index is damaged ({wrong}); it is rebuilt.")
        generations.tidy(index)
        reuse = not wrong  # a damaged generation is no ground to build on
        for _ in range(3):
            with uncollected():
                wrong = _built(wanted, reuse=reuse)
            parts, wrong = (None, wrong) if wrong else _found(wanted, sealed=True)
            if parts:
                generations.tidy(index)
                return parts
            reuse = False
        if wanted.stored:
            raise _NoStore(wrong)
        raise KnowledgeError(f"{index}: the index cannot be built ({wrong})")


def _found(wanted: Wanted, *, sealed: bool = False) -> tuple[Opened | None, str]:
    """The wanted generation opened, or what is wrong with the one that is there.

    `sealed`: by us, just now, so that its files need not be summed a second time.
    """
    held = generations.find(wanted.index, wanted.key)
    if held is None:
        return None, ""
    wrong = "" if sealed else generations.check(held.folder, wanted.about)
    if not wrong:
        try:
            parts = Opened(*_load(held.folder, wanted, sealed=sealed), held)
        except (Damaged, OSError, ValueError, KeyError, TypeError, IndexError) as error:
            wrong = " ".join(str(error).split())[:200]
        else:
            if generations.pointed_at(wanted.index) != held.folder.name:
                _point(wanted.index, held.folder.name)
            return parts, ""
    held.release()
    return None, wrong


def _load(folder: Path, wanted: Wanted, *, sealed: bool) -> tuple[dict[EntryKind, KindIndex], Near]:
    there = [kind for kind in KINDS if (folder / kind).is_dir()]
    kinds = {kind: KindIndex.load(folder / kind, whole=False) for kind in there}
    if not wanted.stored:
        return kinds, by_scan(kinds)
    covers = {kind: revising.read_cover(folder / kind) for kind in kinds}
    store = Collections(folder / revising.STORE)
    # what was just filled was examined by a child; a copy is counted when it is opened next
    for kind in kinds if not sealed else ():
        if store.count(kind) != covers[kind].held:
            store.close()
            raise Damaged(f"the collection {kind} has lost vectors")
    return kinds, Near(kinds, store.near, store.close, wanted.say, covers)


def _built(wanted: Wanted, *, reuse: bool) -> str:
    """Build a generation aside, have it examined, publish it; what is wrong, or nothing.

    `reuse`: from what the one before has, where it has most of it.
    """
    before = revising.open_before(wanted.index, wanted.about) if reuse else None
    aside = Path(tempfile.mkdtemp(prefix=generations.ASIDE, dir=wanted.index))
    try:
        if wrong := _filled(wanted, aside, before):
            return wrong
        source = before.hold.folder if before else None
        generations.seal(aside, wanted.about, never_changes, source)
        damaged = generations.made_for(wanted.index, wanted.key)
        generations.publish(aside, wanted.index, wanted.key)
        for folder in damaged:
            generations.discard(folder)
    except Damaged as error:
        return str(error)
    except OSError as error:
        if before is None:
            raise
        return f"the index before cannot be reused ({error.strerror or error})"
    finally:
        if before:
            before.hold.release()
        shutil.rmtree(aside, ignore_errors=True)
    return ""


def _filled(wanted: Wanted, aside: Path, before: revising.Before | None) -> str:
    """Everything in the folder, from the generation before where little has changed."""
    plans = plan(wanted.knowledge, before.kinds if before else None)
    reused = before if before and wanted.stored and revising.has_most(before, plans) else None
    filler = Filler() if wanted.stored and reused is None else None
    try:
        vectors = embed(plans, wanted.cache, wanted.embedder, wanted.progress, wanted.fetch)
        held: dict[EntryKind, list[str]] = reused.held if reused else {}
        if filler:
            given = {p.kind: _once(p.ids, rows) for p, rows in zip(plans, vectors, strict=True)}
            filler.begin(aside, given)
            held = {kind: ids for kind, (ids, _) in given.items()}
        with ThreadPoolExecutor(1) as beside:
            # the copy waits for the disk and for SQLite, not for us
            copied = beside.submit(revising.reuse_store, reused, aside) if reused else None
            write(aside, plans, vectors)
            if wanted.stored and not revising.write_covers(aside, plans, vectors, held):
                return "too little of the index before can be reused"
            if copied:
                copied.result()
        return filler.finish(_counting(wanted, plans)) if filler else ""
    finally:
        if filler:
            filler.dismiss()


def _once(
    ids: Sequence[str], vectors: NDArray[np.float32]
) -> tuple[list[str], NDArray[np.float32]]:
    """Each vector once, under the id of its first row."""
    rows = [row for row, first in enumerate(firsts(vectors)) if row == first]
    return [ids[row] for row in rows], vectors[rows]


def _counting(wanted: Wanted, plans: Sequence[Plan]) -> Callable[[int], None]:
    total = sum(len(part.ids) for part in plans)

    def told(done: int) -> None:
        if wanted.progress:
            wanted.progress(done, total, "indexing")

    return told


def writable(wanted: Wanted) -> tuple[Wanted, tempfile.TemporaryDirectory[str] | None]:
    """The same in a temporary folder where the cache cannot be written, with what it has."""
    reason = _unwritable(wanted.index)
    if not reason:
        return wanted, None
    wanted.say(f"{wanted.cache} cannot be written ({reason}); this run uses a temporary index.")
    temporary = tempfile.TemporaryDirectory(prefix="concord-index-")
    return replace(wanted, cache=_copied(wanted, Path(temporary.name))), temporary


def _unwritable(index: Path) -> str:
    """Why nothing can be written there, or nothing."""
    try:
        index.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="probe-", dir=index)
        os.close(descriptor)
        Path(name).unlink()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _copied(wanted: Wanted, into: Path) -> Path:
    """Take along what a folder that cannot be written already has."""
    with contextlib.suppress(OSError):
        shutil.copyfile(wanted.cache / FILE, into / FILE)
    held = generations.find(wanted.index, wanted.key)
    if held is not None:
        shutil.copytree(held.folder, into / "index" / held.folder.name)
        held.release()
    return into


def _point(index: Path, name: str) -> None:
    """Repair the pointer; without it the newest generation of the key is found all the same."""
    try:
        generations.point_at(index, name)
    except OSError:
        return


def generation_key(knowledge: Knowledge, embedder: Embedder, *, stored: bool = True) -> str:
    """Everything that the content of a generation depends on."""
    content = json.dumps(
        [*_versions(stored=stored), embedder.name, embedder.dimension, knowledge.fingerprint]
    )
    return hashlib.sha256(content.encode()).hexdigest()[: generations.KEY_LENGTH]


def _versions(*, stored: bool) -> list[str]:
    return [FORMAT, passages.VERSION, lexical.VERSION, store_version() if stored else ""]
