"""Open the generation made for the present knowledge, or build one; under one writer's lock.

The state machine between `generations.py` (folders and locks), `building.py` (content) and
`health.py` (the check in a child process). What a server shares is `sharing.py`'s.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from knowledge import generations, lexical, passages
from knowledge.building import Fetch, Progress, build
from knowledge.chroma import Collections, Damaged, never_changes, store_version
from knowledge.embed import Embedder
from knowledge.entries import KINDS
from knowledge.errors import KnowledgeError
from knowledge.generations import Hold, Say
from knowledge.health import Examiner
from knowledge.kind_index import KindIndex
from knowledge.near import Near, by_scan
from knowledge.reading import Knowledge
from knowledge.vocabulary import EntryKind

FORMAT = "concord-index-5"
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
            "knowledge": self.knowledge.fingerprint,
            "embedder": self.embedder.name,
        }


def open_generation(wanted: Wanted) -> Opened:
    """Found, else built. KnowledgeError: it cannot be."""
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
        for _ in range(2):
            wrong = _built(wanted)
            if not wrong:
                break
            say(f"The new index is not usable ({wrong}).")
        parts, still = (None, wrong) if wrong else _found(wanted)
        if parts is None:
            raise KnowledgeError(f"{index}: the index cannot be built ({still})")
        generations.tidy(index)
        return parts


def _found(wanted: Wanted) -> tuple[Opened | None, str]:
    """The wanted generation opened, or what is wrong with the one that is there."""
    held = generations.find(wanted.index, wanted.key)
    if held is None:
        return None, ""
    wrong = generations.check(held.folder, wanted.about)
    if not wrong:
        try:
            parts = Opened(*_load(held.folder, wanted), held)
        except (Damaged, OSError, ValueError, KeyError, TypeError, IndexError) as error:
            wrong = " ".join(str(error).split())[:200]
        else:
            if generations.pointed_at(wanted.index) != held.folder.name:
                _point(wanted.index, held.folder.name)
            return parts, ""
    held.release()
    return None, wrong


def _load(folder: Path, wanted: Wanted) -> tuple[dict[EntryKind, KindIndex], Near]:
    kinds = {kind: KindIndex.load(folder / kind) for kind in KINDS if (folder / kind).is_dir()}
    if not wanted.stored:
        return kinds, by_scan(kinds)
    store = Collections(folder / "chroma")
    lost = [kind for kind, index in kinds.items() if store.count(kind) != len(index.ids)]
    if lost:
        store.close()
        raise Damaged(f"the collection {lost[0]} has lost vectors")
    return kinds, Near(kinds, store.nearest, store.close, wanted.say)


def _built(wanted: Wanted) -> str:
    """Build a generation aside, have it examined, publish it; what is wrong, or nothing."""
    aside = Path(tempfile.mkdtemp(prefix=generations.ASIDE, dir=wanted.index))
    examiner = Examiner() if wanted.stored else None
    try:
        build(
            wanted.knowledge,
            aside,
            wanted.cache,
            wanted.embedder,
            wanted.progress,
            stored=wanted.stored,
            fetch=wanted.fetch,
        )
        if examiner and (wrong := examiner.examine(aside)):
            return wrong
        generations.seal(aside, wanted.about, fixed=never_changes)
        damaged = generations.made_for(wanted.index, wanted.key)
        generations.publish(aside, wanted.index, wanted.key)
        for folder in damaged:
            generations.discard(folder)
    except Damaged as error:
        return str(error)
    finally:
        if examiner:
            examiner.dismiss()
        shutil.rmtree(aside, ignore_errors=True)
    return ""


def _point(index: Path, name: str) -> None:
    """Repair the pointer; without it the newest generation of the key is found all the same."""
    try:
        generations.point_at(index, name)
    except OSError:
        return


def generation_key(knowledge: Knowledge, embedder: Embedder, *, stored: bool = True) -> str:
    """Everything that the content of a generation depends on."""
    versions = [FORMAT, passages.VERSION, lexical.VERSION, store_version() if stored else ""]
    content = json.dumps([*versions, embedder.name, embedder.dimension, knowledge.fingerprint])
    return hashlib.sha256(content.encode()).hexdigest()[: generations.KEY_LENGTH]
