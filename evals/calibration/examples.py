"""Labelled pairs: each query with its first hits, what the search saw in them, and the truth.

Owns how pairs are gathered and weighted. The features are those that the index gives every hit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evals.calibration.samples import smaller
from evals.retrieval.corpus import Corpus
from evals.retrieval.methods import open_corpus
from evals.retrieval.register import Query
from knowledge.embed import Embedder
from knowledge.relation import duplicate_probability

if TYPE_CHECKING:
    from knowledge.index import Index

Say = Callable[[str], None]
Progress = Callable[[int, int, str], None]


class Example(NamedTuple):
    """One pair of a query and a hit."""

    query: str
    agency: str
    counterpart: bool
    """Whether the query has one at all."""
    whole: bool
    """Searched in its whole catalogue, not in a sample."""
    features: tuple[float, ...]
    probability: float
    """As the index gives it now."""
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
    """The first hit of every query, in its whole catalogue and in smaller ones."""
    parts = [(True, corpus) for corpus in corpora]
    parts += [(False, small) for corpus in corpora for _, small in smaller(corpus, seed)]
    total, found = sum(len(corpus.queries) for _, corpus in parts), []
    for whole, corpus in parts:
        with open_corpus(corpus.records, cache, embedder, say) as index:
            for query in corpus.queries:
                if progress is not None:
                    progress(len(found), total, query.id)
                found += _pairs(index, query, corpus.barred(query), whole)
    if progress is not None:
        progress(total, total, "")
    return found


def _pairs(index: Index, query: Query, barred: frozenset[str], whole: bool) -> Iterator[Example]:
    """The first hit that is not barred, if any."""
    found = index.search(query.text, kinds=["capability"], k=2 + len(barred))
    hits = [hit for hit in found if hit.entry not in barred][:2]
    for hit in hits[:1]:
        gap = hit.score - hits[1].score if len(hits) > 1 else 0.0
        height = max(hit.score, 0.0)
        yield Example(
            query=query.id,
            agency=query.agency,
            counterpart=bool(query.gold),
            whole=whole,
            features=(hit.dense, hit.lexical, math.log1p(height), gap / max(height, 1.0)),
            probability=duplicate_probability(hit.dense, hit.lexical, hit.score, gap),
            right=hit.entry in query.gold,
        )


FEATURES = ("dense", "lexical", "height", "gap")


def weights(examples: Sequence[Example]) -> list[float]:
    """An agency counts as the square root of its pairs: the largest must not decide alone."""
    count = Counter(example.agency for example in examples)
    return [count[example.agency] ** -0.5 if example.agency else 1.0 for example in examples]
