"""Three ways to search the same corpus: as reviews do, by words alone, by vectors alone.

Owns how each is asked; none sees a barred record. Ties are ordered by id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from evals.retrieval.register import Query, Record
from knowledge.embed import Embedder, embed_checked
from knowledge.quiet import quietly
from knowledge.reading import Knowledge, fingerprint
from knowledge.relation import Relation
from knowledge.search import cosines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.index import Index

DEPTH = 10
"""Hits that are looked at."""
Say = Callable[[str], None]
Progress = Callable[[int, int, str], None]


class Answer(NamedTuple):
    """What a method says to one query."""

    ids: tuple[str, ...]
    """Best first, at most DEPTH."""
    score: float
    """Of the best; 0 when nothing was found."""
    probabilities: tuple[float, ...] = ()
    """That each hit is the same system; empty for a method that does not say."""


class Method(Protocol):
    """A way to search one corpus."""

    def answer(self, query: Query, barred: frozenset[str]) -> Answer:
        """The best hits among the records that are not barred."""


class Concord:
    """The index that reviews use."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def answer(self, query: Query, barred: frozenset[str]) -> Answer:
        keep = (lambda entry: entry.id not in barred) if barred else None
        hits = self._index.search(query.text, kinds=["capability"], k=DEPTH, keep=keep)
        sure = tuple(hit.duplicate for hit in hits)
        return Answer(tuple(hit.entry for hit in hits), hits[0].score if hits else 0.0, sure)


class Words:
    """BM25 as bm25s does it by default: its own tokenizer, its English stop words."""

    def __init__(self, records: Sequence[Record]) -> None:
        with quietly():
            import bm25s  # type: ignore[import-untyped]  # ships no types

        ordered = _by_id(records)
        self._ids = [record.id for record in ordered]
        self._bm25s = bm25s
        self._index = None
        tokens = self._tokens([record.text for record in ordered])
        if any(tokens.ids):  # the library cannot index texts without any word
            self._index = bm25s.BM25()
            self._index.index(tokens, show_progress=False)

    def answer(self, query: Query, barred: frozenset[str]) -> Answer:

        (words,) = self._bm25s.tokenize(
            [query.text], stopwords="english", return_ids=False, show_progress=False
        )
        known = [word for word in words if self._index and word in self._index.vocab_dict]
        if self._index is None or not known:
            return Answer((), 0.0)
        return _best(self._ids, self._index.get_scores(known), barred, above=0.0)

    def _tokens(self, texts: list[str]) -> Any:
        return self._bm25s.tokenize(texts, stopwords="english", show_progress=False)


class Vectors:
    """Cosine between the whole texts, nothing else."""

    def __init__(self, records: Sequence[Record], embedder: Embedder) -> None:
        ordered = _by_id(records)
        self._ids = [record.id for record in ordered]
        self._embedder = embedder
        self._vectors = embed_checked(embedder, [record.text for record in ordered])

    def answer(self, query: Query, barred: frozenset[str]) -> Answer:
        import numpy as np

        vector = embed_checked(self._embedder, [query.text])[0].astype(np.float64)
        return _best(self._ids, cosines(self._vectors, vector), barred, above=-2.0)


@contextmanager
def open_methods(
    records: Sequence[Record],
    cache: Path,
    embedder: Embedder,
    relation: Relation,
    say: Say,
) -> Iterator[dict[str, Method]]:
    """All methods over one corpus, by name; `cache` holds index and vectors."""
    with open_corpus(records, cache, embedder, say, relation) as index:
        yield {
            "concord": Concord(index),
            "bm25": Words(records),
            "dense": Vectors(records, embedder),
        }


@contextmanager
def open_corpus(
    records: Sequence[Record],
    cache: Path,
    embedder: Embedder,
    say: Say,
    relation: Relation | None = None,
    stored: bool = True,
) -> Iterator[Index]:
    """The index that an office with these entries would have; `stored` as for `open_index`."""
    from knowledge.index import open_index

    entries = {record.id: record.capability() for record in records}
    known = Knowledge(cache, dict(entries), (), fingerprint(list(entries.values())))
    with open_index(known, cache, embedder, say=say, relation=relation, stored=stored) as index:
        yield index


def _by_id(records: Sequence[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.id)


def _best(
    ids: Sequence[str], scores: NDArray[np.floating[Any]], barred: frozenset[str], above: float
) -> Answer:
    """The best by (-score, id) among those that score more than `above`; `ids` are sorted."""
    import numpy as np

    rounded = np.round(scores.astype(np.float64), 6)
    order = np.argsort(-rounded, kind="stable")[: DEPTH + len(barred)]
    best = [(ids[row], float(rounded[row])) for row in order if ids[row] not in barred]
    best = [pair for pair in best if pair[1] > above][:DEPTH]
    return Answer(tuple(name for name, _ in best), best[0][1] if best else 0.0)
