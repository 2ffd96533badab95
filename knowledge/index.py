"""The index of a workspace's knowledge: opened when it is whole, built or rebuilt when it is not.

A cache and nothing else: it may be deleted at any time. Whatever is wrong with it ends in one
sentence to `say` and a new generation, never in a traceback.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from knowledge import generations, lexical, passages
from knowledge.building import Progress
from knowledge.embed import Embedder, Sends, embed_checked, load_embedder
from knowledge.entries import KINDS
from knowledge.errors import KnowledgeError
from knowledge.generations import Say
from knowledge.opening import Opened, Wanted, open_generation
from knowledge.passages import Passage, text_passages
from knowledge.reading import Knowledge
from knowledge.search import Hit, HitKind, Query, Scored, best_by_owner
from knowledge.server import Where
from knowledge.sharing import open_shared
from knowledge.texts import score_passages
from knowledge.vectors import FILE, embed_cached
from knowledge.vocabulary import EntryKind

HERE = "here"
"""In the cache: the index for texts that may not be sent, where the embedder sends them."""


class Index:
    """Hybrid search over one generation; implements `Search`."""

    def __init__(
        self,
        knowledge: Knowledge,
        embedder: Embedder,
        parts: Opened,
        say: Say,
        temporary: tempfile.TemporaryDirectory[str] | None,
        cache: Path | None = None,
        here: Index | None = None,
    ) -> None:
        """`cache` keeps the vectors of queries where they are paid for; `here`: the same entries
        with an embedder that sends nothing, where `embedder` does."""
        self._knowledge = knowledge
        self._embedder = embedder
        self._kinds, self._store, self._hold = parts
        self._say = say
        self._temporary = temporary
        self._cache = cache
        self.here = here or self
        """For texts that may not be sent: this index, unless its embedder sends them away."""
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self.folder = self._hold.folder

    def search(self, text: str, *, kinds: Sequence[EntryKind], k: int = 10) -> list[Hit]:
        """The k nearest entries of these kinds, by (-score, id); none for a text without words."""
        query = self._query(text)
        if not query.terms and not query.vector.any():
            return []
        found = [
            (group, kind)
            for kind in KINDS
            if kind in kinds and kind in self._kinds
            for group in best_by_owner(self._scored(kind, query))[:k]
        ]
        found.sort(key=lambda row: (-row[0][0].score, row[0][0].owner))
        return [
            _hit(group, kind, rank, self._passages_of(group))
            for rank, (group, kind) in enumerate(found[:k], start=1)
        ]

    def score_texts(self, query: str, texts: Mapping[str, str]) -> list[Hit]:
        """Texts that are not in the index, with the features and statistics of capabilities.

        They are proposals of other teams, and are sent nowhere.
        """
        if self.here is not self:
            return self.here.score_texts(query, texts)
        pieces = [(name, i, p) for name in texts for i, p in enumerate(text_passages(texts[name]))]
        vectors = embed_checked(self._embedder, [piece for _, _, piece in pieces])
        scored = score_passages(self._query(query), pieces, vectors, self._kinds.get("capability"))
        return [
            _hit(group, "text", rank, ()) for rank, group in enumerate(best_by_owner(scored), 1)
        ]

    @property
    def embedder(self) -> str:
        """Name of the embedder: model and dimension."""
        return self._embedder.name

    @property
    def place(self) -> str:
        """Where the vectors that are searched stand, for people."""
        return self._store.place

    def counts(self) -> dict[EntryKind, int]:
        """Passages by kind."""
        return {kind: len(index.ids) for kind, index in self._kinds.items()}

    def close(self) -> None:
        """Let go of the generation; a temporary one is removed."""
        if self.here is not self:
            self.here.close()
        self._store.close()
        self._hold.release()
        if self._temporary is not None:
            self._temporary.cleanup()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _query(self, text: str) -> Query:
        import numpy as np

        if self._cache is not None and isinstance(self._embedder, Sends):
            rows = embed_cached(self._cache, self._embedder, [text])
        else:
            rows = embed_checked(self._embedder, [text])
        vector = rows[0].astype(np.float64)
        return Query(lexical.terms(text), vector)

    def _scored(self, kind: EntryKind, query: Query) -> list[Scored]:

        index = self._kinds[kind]

        def nearest(limit: int) -> Sequence[str]:
            return self._store.nearest(kind, query.vector, limit)

        return index.scored(query, nearest)

    def _passages_of(self, group: Sequence[Scored]) -> tuple[Passage, ...]:
        owner = group[0].owner
        if owner not in self._passages:
            self._passages[owner] = passages.passages(self._knowledge.entries[owner])
        return tuple(self._passages[owner][scored.ordinal] for scored in group)


def open_index(
    knowledge: Knowledge,
    cache: Path,
    embedder: Embedder,
    *,
    say: Say,
    progress: Progress | None = None,
    where: Where | None = None,
    sync: bool = False,
) -> Index:
    """Open the index of this knowledge under `cache`, building what is missing or damaged.

    `say` takes sentences for the person (stderr); `progress(done, total, label)` is called while
    building. `where`: the Chroma server that gives candidates, which `sync` brings up to date.
    KnowledgeError: the index can be built nowhere, or another process builds it forever.
    Unavailable: a server or an endpoint is needed and gone.
    """
    temporary, wanted = None, Wanted(knowledge, cache, embedder, say, progress, where is None)
    if reason := _unwritable(cache / "index"):
        say(f"{cache} cannot be written ({reason}); this run uses a temporary index.")
        temporary = tempfile.TemporaryDirectory(prefix="concord-index-")
        wanted = replace(wanted, cache=_copied(cache, Path(temporary.name), wanted.key))
    try:
        parts = open_shared(wanted, where, sync=sync) if where else open_generation(wanted)
    except OSError as error:
        raise KnowledgeError(
            f"{cache}: the index cannot be built here ({error.strerror or error}); "
            "make room, or give another folder"
        ) from error
    here = None
    if isinstance(embedder, Sends):
        here = open_index(knowledge, wanted.cache / HERE, load_embedder(), say=say)
    return Index(knowledge, embedder, parts, say, temporary, wanted.cache, here)


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


def _copied(cache: Path, into: Path, key: str) -> Path:
    """Take along what a folder that cannot be written already has."""
    with contextlib.suppress(OSError):
        shutil.copyfile(cache / FILE, into / FILE)
    held = generations.find(cache / "index", key)
    if held is not None:
        shutil.copytree(held.folder, into / "index" / held.folder.name)
        held.release()
    return into


def _hit(group: Sequence[Scored], kind: HitKind, rank: int, found: tuple[Passage, ...]) -> Hit:
    best = group[0]
    return Hit(best.owner, kind, best.score, best.dense, best.lexical, rank, found)
