"""What goes into a generation: passages of all entries, their vectors, words and collections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from knowledge.chroma import Collections
from knowledge.embed import Embedder, Sends
from knowledge.entries import KINDS, Precedent
from knowledge.kind_index import KindIndex
from knowledge.lexical import terms
from knowledge.passages import Passage, passages
from knowledge.reading import Knowledge
from knowledge.vectors import embed_cached
from knowledge.vocabulary import EntryKind, canonical

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int, str], None]
"""Called with (done, total, label)."""
Fetch = Callable[[Sequence[Passage]], Mapping[int, Sequence[float]]]
"""Vectors that another machine has made of these passages, by their number in the sequence."""
Part = tuple[EntryKind, list[Passage], "NDArray[np.float32]"]
NEVER = "never"


def build(
    knowledge: Knowledge,
    folder: Path,
    cache: Path,
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    stored: bool = True,
    fetch: Fetch | None = None,
) -> dict[EntryKind, KindIndex]:
    """Fill an empty folder; vectors already in `cache` are not computed again.

    Chroma takes the vectors beside everything else; without `stored` it takes none, and without
    `fetch` no other machine is asked for them.
    """
    parts = list(_parts(knowledge, cache, embedder, progress, fetch))
    stop = Event()
    with ThreadPoolExecutor(1) as beside:
        filled = beside.submit(_fill, folder, parts, stop, progress) if stored else None
        try:
            made = {kind: _made(folder / kind, part, rows) for kind, part, rows in parts}
            if filled is not None:
                filled.result()
        finally:
            stop.set()
    return made


def _parts(
    knowledge: Knowledge,
    cache: Path,
    embedder: Embedder,
    progress: Progress | None,
    fetch: Fetch | None,
) -> Iterator[Part]:
    """The passages of each kind with their vectors."""
    found = [passage for entry in knowledge.entries.values() for passage in passages(entry)]
    found.sort(key=lambda passage: (KINDS.index(passage.kind), passage.entry, passage.ordinal))
    kept_back = _kept_back(knowledge) if isinstance(embedder, Sends) else frozenset()
    # what may not be sent has no vector and is found by its words
    texts = ["" if passage.entry in kept_back else passage.text for passage in found]

    def tell(done: int, total: int) -> None:
        if progress:
            progress(done, total, "embedding")

    def elsewhere(numbers: Sequence[int]) -> Mapping[int, Sequence[float]]:
        assert fetch is not None
        given = fetch([found[number] for number in numbers])
        return {numbers[at]: row for at, row in given.items()}

    vectors = embed_cached(cache, embedder, texts, tell, elsewhere if fetch else None)
    start = 0
    for kind, group in groupby(found, key=lambda passage: passage.kind):
        part = list(group)
        yield kind, part, vectors[start : start + len(part)]
        start += len(part)


def _kept_back(knowledge: Knowledge) -> frozenset[str]:
    """Ids of entries that say that they may not be sent."""
    decided = knowledge.of(Precedent)
    return frozenset(entry.id for entry in decided if canonical(entry.model) == NEVER)


def _made(folder: Path, part: Sequence[Passage], vectors: NDArray[np.float32]) -> KindIndex:
    index = KindIndex.build(part, [terms(passage.text) for passage in part], vectors)
    index.save(folder)
    return index


def _fill(folder: Path, parts: Sequence[Part], stop: Event, progress: Progress | None) -> None:
    """The collections, in a thread of their own: Chroma works outside of Python's lock."""
    store = Collections(folder / "chroma")
    try:
        start, total = 0, sum(len(part) for _, part, _ in parts)
        for kind, part, vectors in parts:
            for done in store.create(kind, [passage.id for passage in part], vectors):
                if stop.is_set():
                    return
                if progress:
                    progress(start + done, total, "indexing")
            start += len(part)
    finally:
        store.close()
