"""Smaller catalogues drawn from a large one, so that the probability also holds for a small office.

Pure and seeded. What is usual among thousands of entries (how far the first hit stands out) is not
among a hundred; a fit on whole catalogues alone does not carry over.
"""

from collections.abc import Iterator, Sequence
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

    Half of a sample is of the queries' own agencies, where there are so many: the records that are
    hardest to tell apart.
    """
    for size in sizes:
        if len(corpus.records) < size * LARGER:
            continue
        for queries in _chunks(corpus.queries, size // 4):
            random = Random(f"{seed} {size} {queries[0].id}")
            yield size, Corpus(_records(corpus.records, queries, size, random), tuple(queries))


def _chunks(queries: Sequence[Query], most: int) -> Iterator[list[Query]]:
    """Queries a few at a time: of one agency where it has enough, else of several together."""
    by_agency: dict[str, list[Query]] = {}
    for query in sorted(queries, key=lambda query: (query.agency, query.id)):
        by_agency.setdefault(query.agency, []).append(query)
    rest: list[Query] = []
    for same in by_agency.values():
        full = len(same) - len(same) % most
        yield from (same[start : start + most] for start in range(0, full, most))
        rest += same[full:]
    yield from (rest[start : start + most] for start in range(0, len(rest), most))


def _records(
    records: Sequence[Record], queries: Sequence[Query], size: int, random: Random
) -> tuple[Record, ...]:
    wanted = {name for query in queries for name in query.gold}
    agencies = {query.agency for query in queries} - {""}
    own = [r for r in records if r.id not in wanted and r.agency in agencies]
    others = [r for r in records if r.id not in wanted and r.agency not in agencies]
    taken = [r for r in records if r.id in wanted]
    taken += random.sample(own, min(len(own), max(0, size // 2 - len(taken))))
    taken += random.sample(others, min(len(others), max(0, size - len(taken))))
    return tuple(sorted(taken, key=lambda record: record.id))
