"""The index of a workspace's knowledge: opened when it is whole, built or rebuilt when it is not.

A cache and nothing else: it may be deleted at any time. Whatever is wrong with it ends in one
sentence to `say` and a new generation, never in a traceback.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from knowledge import lexical, passages
from knowledge.building import Progress
from knowledge.embed import Embedder, Sends, embed_checked, load_embedder
from knowledge.entries import KINDS, Entry
from knowledge.errors import KnowledgeError
from knowledge.generations import Say
from knowledge.held import Held
from knowledge.kind_index import SCANNED
from knowledge.opening import Opened, Wanted, open_generation, writable
from knowledge.passages import Passage
from knowledge.pieces import asked
from knowledge.reading import Knowledge
from knowledge.relation import FEATURES, Relation, load_relation, unless_far
from knowledge.search import (
    SHORTLIST,
    Features,
    Hit,
    Keep,
    Query,
    Scored,
    best_by_owner,
    deciding,
    plain,
)
from knowledge.server import Where
from knowledge.sharing import open_shared
from knowledge.vectors import embed_cached
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HERE = "here"
"""In the cache: the index for texts that may not be sent, where the embedder sends them."""


class _Near(NamedTuple):
    """A found entry: its kind, its passages best first, and what its probability is made of."""

    kind: EntryKind
    group: list[Scored]
    row: tuple[float, ...]


class Index:
    """Hybrid search over one generation; implements `Search`."""

    def __init__(
        self,
        knowledge: Knowledge,
        embedder: Embedder,
        parts: Opened,
        say: Say,
        temporary: tempfile.TemporaryDirectory[str] | None,
        relation: Relation,
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
        self.relation = relation
        self.scanned = SCANNED
        """Up to so many passages of a kind all vectors are compared; with more, and whenever there
        is a server, the store is asked first."""
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._beside = Held((), self.here._embedder)
        self.folder = self._hold.folder

    def search(
        self, text: str, *, kinds: Sequence[EntryKind], k: int = 10, keep: Keep | None = None
    ) -> list[Hit]:
        """The k nearest entries of these kinds that `keep` lets pass, by (-score, id).

        None for a text without words. An entry that does not pass takes no place among the
        candidates, and leaves every other one's score as it is.
        """
        found = self._found(text, kinds, k, keep)
        return [
            _hit(
                near.group,
                near.kind,
                rank,
                self._passages_of(near.group),
                self._probability(near),
            )
            for rank, near in enumerate(found, start=1)
        ]

    def _probability(self, near: _Near) -> float:
        best = near.group[0]
        return unless_far(self.relation.probability(near.row), best.dense, best.lexical)

    def features(
        self, text: str, kinds: Sequence[EntryKind], *, k: int = 10, keep: Keep | None = None
    ) -> Features:
        """What the duplicate probabilities of `search` with the same arguments are made of."""
        found = self._found(text, kinds, k, keep)
        entries = tuple(near.group[0].owner for near in found)
        return Features(FEATURES, entries, tuple(near.row for near in found))

    @property
    def embedder(self) -> str:
        """Name of the embedder: model and dimension."""
        return self._embedder.name

    @property
    def place(self) -> str:
        """Where the vectors that are searched stand, for people."""
        return self._store.place

    def weigh(self, kind: EntryKind, term: str, document: Sequence[str]) -> float:
        """What one term of a query adds to the BM25 score of a passage with these terms."""
        if kind == self._beside.kind:
            return self._beside.weigh(term, document)
        return self._kinds[kind].lexical.score([term], document) if kind in self._kinds else 0.0

    def hold(self, entries: Sequence[Entry]) -> None:
        """Search these too: entries of no file, in the place of those held before."""
        self._beside = Held(entries, self.here._embedder)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text; none is sent anywhere."""
        return self._beside.embed(texts)

    def held(self) -> frozenset[str]:
        """Ids of the entries that `hold` was given."""
        return frozenset(self._beside.entries)

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

    def _found(
        self, text: str, kinds: Sequence[EntryKind], k: int, keep: Keep | None
    ) -> list[_Near]:
        found: list[_Near] = []
        for kind, groups in self._groups(plain(text), kinds, keep, max(SHORTLIST, 2 * k)):
            rows = deciding([group[0] for group in groups], k)
            found += [_Near(kind, *pair) for pair in zip(groups[:k], rows, strict=False)]
        found.sort(key=lambda near: (-near.group[0].score, near.group[0].owner))
        return found[:k]

    def _groups(
        self, text: str, kinds: Sequence[EntryKind], keep: Keep | None, most: int
    ) -> Iterator[tuple[EntryKind, list[list[Scored]]]]:
        """Scored passages by entry, a kind at a time; what is only held asks for no embedding."""
        if self._beside.kind in kinds:
            yield self._beside.kind, self._beside.near(text, keep)
        wanted = [kind for kind in KINDS if kind in kinds and kind in self._kinds]
        query = self._query(text) if wanted and text else None
        if query is not None:
            for kind in wanted:
                yield kind, best_by_owner(self._scored(kind, query, keep, most))

    def _query(self, text: str) -> Query:
        import numpy as np

        if self._cache is not None and isinstance(self._embedder, Sends):
            rows = embed_cached(self._cache, self._embedder, [text])
        else:
            rows = embed_checked(self._embedder, [text])
        vector = rows[0].astype(np.float64)
        return Query(lexical.terms(text), vector, asked(text))

    def _scored(self, kind: EntryKind, query: Query, keep: Keep | None, most: int) -> list[Scored]:
        index = self._kinds[kind]
        entries = self._knowledge.entries
        barred = frozenset(
            owner for owner in (index.entries if keep else ()) if keep and not keep(entries[owner])
        )

        def nearest(limit: int) -> Sequence[str]:
            return self._store.nearest(kind, query.vector, limit)

        return index.scored(query, nearest, barred, most, self.scanned)

    def _passages_of(self, group: Sequence[Scored]) -> tuple[Passage, ...]:
        owner = group[0].owner
        if owner in self._beside.entries:
            return tuple(self._beside.passage(scored) for scored in group)
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
    relation: Relation | None = None,
    stored: bool = True,
) -> Index:
    """Open the index of this knowledge under `cache`, building what is missing or damaged.

    `say` takes sentences for the person (stderr); `progress(done, total, label)` is called while
    building. `where`: the Chroma server that gives candidates, which `sync` brings up to date.
    `relation`: the numbers of the duplicate probability, else those that ship. Without `stored`
    nothing is handed to Chroma and all vectors are compared: for a small index that is soon
    thrown away.
    KnowledgeError: the index can be built nowhere, or another process builds it forever.
    Unavailable: a server or an endpoint is needed and gone.
    """
    stored = stored and where is None
    wanted = Wanted(knowledge, cache, embedder, say, progress, stored)
    wanted, temporary = writable(wanted)
    try:
        parts = open_shared(wanted, where, sync=sync) if where else open_generation(wanted)
    except OSError as error:
        raise KnowledgeError(
            f"{wanted.cache}: the index cannot be built here ({error.strerror or error}); "
            "make room, or give another folder"
        ) from error
    relation, here = relation or load_relation(), None
    if isinstance(embedder, Sends):
        cache = wanted.cache / HERE
        here = open_index(
            knowledge, cache, load_embedder(), say=say, relation=relation, stored=stored
        )
    index = Index(knowledge, embedder, parts, say, temporary, relation, wanted.cache, here)
    index.scanned = 0 if where else SCANNED
    return index


def _hit(
    group: Sequence[Scored],
    kind: EntryKind,
    rank: int,
    found: tuple[Passage, ...],
    duplicate: float,
) -> Hit:
    best = group[0]
    return Hit(best.owner, kind, best.score, best.dense, best.lexical, rank, found, duplicate)
