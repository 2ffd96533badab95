"""Open the generation made for the present knowledge, or build one; under one writer's lock.

The state machine between `generations.py` (folders and locks), `building.py` (content) and
`health.py` (the check in a child process).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from knowledge import generations, lexical, passages
from knowledge.building import Progress, build
from knowledge.chroma import Collections, Damaged, never_changes, store_version
from knowledge.embed import Embedder
from knowledge.entries import KINDS
from knowledge.errors import KnowledgeError
from knowledge.generations import Hold, Say
from knowledge.health import Examiner
from knowledge.kind_index import KindIndex
from knowledge.reading import Knowledge
from knowledge.vocabulary import EntryKind

FORMAT = "concord-index-2"
"""Raise it when the files of a generation change."""


class Opened(NamedTuple):
    """An opened generation: its kinds, its vector store, and the hold that keeps it in place."""

    kinds: dict[EntryKind, KindIndex]
    store: Collections
    hold: Hold


def open_generation(
    knowledge: Knowledge, cache: Path, embedder: Embedder, say: Say, progress: Progress | None
) -> Opened:
    index, key = cache / "index", generation_key(knowledge, embedder)
    about = _about(knowledge, embedder)
    parts, _ = _found(index, key, about)
    if parts:
        return parts
    with generations.writing(index, say):
        parts, wrong = _found(index, key, about)  # another process may have built it meanwhile
        if parts:
            return parts
        if wrong:
            say(f"The index is damaged ({wrong}); it is rebuilt.")
        generations.tidy(index)
        for _ in range(2):
            wrong = _built(knowledge, cache, embedder, key, progress)
            if not wrong:
                break
            say(f"The new index is not usable ({wrong}).")
        parts, still = (None, wrong) if wrong else _found(index, key, about)
        if parts is None:
            raise KnowledgeError(f"{index}: the index cannot be built ({still})")
        generations.tidy(index)
        return parts


def _found(index: Path, key: str, about: dict[str, object]) -> tuple[Opened | None, str]:
    """The generation for this key opened, or what is wrong with the one that is there."""
    held = generations.find(index, key)
    if held is None:
        return None, ""
    wrong = generations.check(held.folder, about)
    if not wrong:
        try:
            parts = Opened(*_load(held.folder), held)
        except (Damaged, OSError, ValueError, KeyError, TypeError, IndexError) as error:
            wrong = " ".join(str(error).split())[:200]
        else:
            if generations.pointed_at(index) != held.folder.name:
                _point(index, held.folder.name)
            return parts, ""
    held.release()
    return None, wrong


def _load(folder: Path) -> tuple[dict[EntryKind, KindIndex], Collections]:
    kinds = {kind: KindIndex.load(folder / kind) for kind in KINDS if (folder / kind).is_dir()}
    store = Collections(folder / "chroma")
    lost = [kind for kind, index in kinds.items() if store.count(kind) != len(index.ids)]
    if lost:
        store.close()
        raise Damaged(f"the collection {lost[0]} has lost vectors")
    return kinds, store


def _built(
    knowledge: Knowledge, cache: Path, embedder: Embedder, key: str, progress: Progress | None
) -> str:
    """Build a generation aside, have it examined, publish it; what is wrong, or nothing."""
    index = cache / "index"
    aside = Path(tempfile.mkdtemp(prefix=generations.ASIDE, dir=index))
    examiner = Examiner()
    try:
        build(knowledge, aside, cache, embedder, progress)
        wrong = examiner.examine(aside)
        if wrong:
            return wrong
        generations.seal(aside, _about(knowledge, embedder), fixed=never_changes)
        damaged = generations.made_for(index, key)
        generations.publish(aside, index, key)
        for folder in damaged:
            generations.discard(folder)
    except Damaged as error:
        return str(error)
    finally:
        examiner.dismiss()
        shutil.rmtree(aside, ignore_errors=True)
    return ""


def _point(index: Path, name: str) -> None:
    """Repair the pointer; without it the newest generation of the key is found all the same."""
    try:
        generations.point_at(index, name)
    except OSError:
        return


def _about(knowledge: Knowledge, embedder: Embedder) -> dict[str, object]:
    return {"format": FORMAT, "knowledge": knowledge.fingerprint, "embedder": embedder.name}


def generation_key(knowledge: Knowledge, embedder: Embedder) -> str:
    """Everything that the content of a generation depends on."""
    versions = [FORMAT, passages.VERSION, lexical.VERSION, store_version()]
    content = json.dumps([*versions, embedder.name, embedder.dimension, knowledge.fingerprint])
    return hashlib.sha256(content.encode()).hexdigest()[: generations.KEY_LENGTH]
