"""What goes into a generation: passages of all entries, their vectors, words and collections."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from knowledge.chroma import Collections
from knowledge.embed import Embedder
from knowledge.entries import KINDS
from knowledge.kind_index import KindIndex
from knowledge.lexical import terms
from knowledge.passages import Passage, passages
from knowledge.reading import Knowledge
from knowledge.vectors import embed_cached

Progress = Callable[[int, int, str], None]
"""Called with (done, total, label)."""


def build(
    knowledge: Knowledge,
    folder: Path,
    cache: Path,
    embedder: Embedder,
    progress: Progress | None = None,
) -> None:
    """Fill an empty folder; vectors already in `cache` are not computed again."""
    found = [passage for entry in knowledge.entries.values() for passage in passages(entry)]
    found.sort(key=lambda passage: (KINDS.index(passage.kind), passage.entry, passage.ordinal))

    def tell(label: str) -> Callable[[int, int], None]:
        return lambda done, total: progress(done, total, label) if progress else None

    texts = [passage.text for passage in found]
    vectors = embed_cached(cache, embedder, texts, tell("embedding"))
    store = Collections(folder / "chroma")
    start = 0
    for kind, group in groupby(found, key=lambda passage: passage.kind):
        part: list[Passage] = list(group)
        stop = start + len(part)
        words = [terms(passage.text) for passage in part]
        index = KindIndex.build(part, words, vectors[start:stop])
        index.save(folder / kind)
        for done in store.create(kind, index.ids, index.vectors):
            tell("indexing")(start + done, len(found))
        start = stop
    store.close()
