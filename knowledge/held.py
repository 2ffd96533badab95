"""Entries that are searched beside the written knowledge: decided initiatives.

They come from the record and go with it, so they are indexed in memory when they are first asked
for: a new decision costs one text, one that is undone or redacted is gone at once, and no
generation of the index is built for either. They are other teams' proposals: they are embedded by
the embedder that ships and sent nowhere, whatever embedder the knowledge has.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from knowledge import lexical, passages
from knowledge.embed import (
    Embedder,
    WordLlamaEmbedder,
    embed_checked,
    load_embedder,
)
from knowledge.entries import Entry
from knowledge.kind_index import KindIndex
from knowledge.passages import Passage
from knowledge.pieces import asked
from knowledge.search import Keep, Query, Scored, best_by_owner, cosines
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REMEMBERED: Final = 20_000
"""Texts whose vectors `embed` keeps at hand: 20 MB."""


class Held:
    """Entries of one kind, and the vectors of texts that stand in no index."""

    def __init__(
        self, entries: Sequence[Entry], embedder: Embedder, kind: EntryKind = "precedent"
    ) -> None:
        """`embedder`: that of the knowledge; used here if it is the one that ships."""
        self.kind = kind
        self.entries = {entry.id: entry for entry in sorted(entries, key=lambda e: e.id)}
        self._given = embedder
        self._embedded: dict[str, NDArray[np.float32]] = {}

    def near(self, text: str, keep: Keep | None) -> list[list[Scored]]:
        """Passages by entry, best first in both directions, of entries that `keep` lets pass."""
        if not self.entries or not text:
            return []
        query = Query(lexical.terms(text), self.embed([text])[0].astype("float64"), asked(text))
        barred = frozenset(id_ for id_, e in self.entries.items() if keep and not keep(e))
        scored = self._index.scored(query, lambda limit: self._scan(query, limit), barred)
        return best_by_owner(scored)

    def passage(self, scored: Scored) -> Passage:
        return passages.passages(self.entries[scored.owner])[scored.ordinal]

    def weigh(self, term: str, document: Sequence[str]) -> float:
        """What one term of a query adds to the BM25 score of a passage with these terms."""
        return self._index.lexical.score([term], document) if self.entries else 0.0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text, of length 1, or zeros; a text is embedded once."""
        import numpy as np

        new = sorted({text for text in texts if text not in self._embedded})
        if len(self._embedded) + len(new) > REMEMBERED:
            self._embedded.clear()
            new = sorted(set(texts))
        self._embedded.update(zip(new, embed_checked(self._embedder, new), strict=True))
        rows = [self._embedded[text] for text in texts]
        return np.stack(rows) if rows else embed_checked(self._embedder, [])

    @cached_property
    def _embedder(self) -> Embedder:
        return self._given if isinstance(self._given, WordLlamaEmbedder) else load_embedder()

    @cached_property
    def _index(self) -> KindIndex:
        found = [passage for entry in self.entries.values() for passage in passages.passages(entry)]
        words = [lexical.terms(passage.text) for passage in found]
        return KindIndex.build(found, words, self.embed([passage.text for passage in found]))

    def _scan(self, query: Query, limit: int) -> list[str]:
        near = cosines(self._index.vectors, query.vector)
        order = sorted(range(len(near)), key=lambda row: (-near[row], row))
        return [self._index.ids[row] for row in order[:limit]]
