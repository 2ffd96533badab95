"""Labelled pairs: each query with its first hits, what the search saw in them, and the truth.

Owns how pairs are gathered and weighted. The features are those that the index gives every hit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evals.calibration.samples import smaller
from evals.retrieval.corpus import Corpus
from evals.retrieval.methods import open_corpus
from evals.retrieval.register import Query
from knowledge.embed import Embedder

if TYPE_CHECKING:
    from knowledge.index import Index

Say = Callable[[str], None]
Progress = Callable[[int, int, str], None]

HITS = 5
"""Of every query: whoever reads a draft sees the probability of several."""


class Example(NamedTuple):
    """One pair of a query and a hit."""

    query: str
    agency: str
    counterpart: bool
    """Whether the query has one at all."""
    first: bool
    """The hit is the best."""
    whole: bool
    """Searched in its whole catalogue, not in a sample."""
    features: tuple[float, ...]
    """In the order of `knowledge.relation.FEATURES`."""
    right: bool
    """The hit is a counterpart."""


def gather(
    corpora: Sequence[Corpus],
    embedder: Embedder,
    cache: Path,
    seed: int,
    say: Say,
    progress: Progress | None = None,
) -> list[Example]:
    """The first hits of every query, in its whole catalogue and in smaller ones."""
    parts = [(True, corpus) for corpus in corpora]
    parts += [(False, small) for corpus in corpora for _, small in smaller(corpus, seed)]
    total, done = sum(len(corpus.queries) for _, corpus in parts), 0
    found: list[Example] = []
    for whole, corpus in parts:
        with open_corpus(corpus.records, cache, embedder, say, stored=False) as index:
            for query in corpus.queries:
                if progress is not None:
                    progress(done, total, query.id)
                done += 1
                found += _pairs(index, query, corpus.barred(query), whole)
    if progress is not None:
        progress(total, total, "")
    return found


def _pairs(index: Index, query: Query, barred: frozenset[str], whole: bool) -> Iterator[Example]:
    """The first hits that are not barred."""
    keep = (lambda entry: entry.id not in barred) if barred else None
    found = index.features(query.text, ["capability"], k=HITS, keep=keep)
    for place, (entry, row) in enumerate(zip(found.entries, found.rows, strict=True)):
        yield Example(
            query=query.id,
            agency=query.agency,
            counterpart=bool(query.gold),
            first=place == 0,
            whole=whole,
            features=row,
            right=entry in query.gold,
        )


def weights(examples: Sequence[Example]) -> list[float]:
    """An agency counts as the square root of its pairs: the largest must not decide alone."""
    count = Counter(example.agency for example in examples)
    return [count[example.agency] ** -0.5 if example.agency else 1.0 for example in examples]
