"""Smaller catalogues drawn from a large one, so that the probability also holds for a small office.

Pure and seeded. What is usual among thousands of entries (how far the first hit stands out) is not
among a hundred; a fit on whole catalogues alone does not carry over.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from random import Random

from evals.retrieval.corpus import Corpus
from evals.retrieval.register import Query, Record

SIZES = (300, 100)
"""Entries of a sample."""
LARGER = 1.5
"""A catalogue must be so many times larger than a sample to be sampled."""


def smaller(
    corpus: Corpus, seed: int, sizes: Sequence[int] = SIZES
) -> Iterator[tuple[int, Corpus]]:
    """(size, sample) pairs; every query is in one sample of each size, with its counterparts.

    Half of a sample is of the queries' own agency, where there are so many: the records that are
    hardest to tell apart.
    """
    for size in sizes:
        if len(corpus.records) < size * LARGER:
            continue
        for queries in _chunks(corpus.queries, size // 4):
            random = Random(f"{seed} {size} {queries[0].id}")
            yield size, Corpus(_records(corpus.records, queries, size, random), tuple(queries))


def _chunks(queries: Sequence[Query], most: int) -> Iterator[list[Query]]:
    """Queries of one agency, a few at a time."""
    ordered = sorted(queries, key=lambda query: (query.agency, query.id))
    for _, group in groupby(ordered, key=lambda query: query.agency):
        same = list(group)
        for start in range(0, len(same), most):
            yield same[start : start + most]


def _records(
    records: Sequence[Record], queries: Sequence[Query], size: int, random: Random
) -> tuple[Record, ...]:
    wanted = {name for query in queries for name in query.gold}
    agency = queries[0].agency
    own = [r for r in records if r.id not in wanted and agency and r.agency == agency]
    others = [r for r in records if r.id not in wanted and not (agency and r.agency == agency)]
    taken = [r for r in records if r.id in wanted]
    taken += random.sample(own, min(len(own), max(0, size // 2 - len(taken))))
    taken += random.sample(others, min(len(others), max(0, size - len(taken))))
    return tuple(sorted(taken, key=lambda record: record.id))
