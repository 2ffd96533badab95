"""Smaller catalogues: the counterparts are in them, half is of the agency, the seed decides."""

from dataclasses import replace

from evals.calibration.samples import smaller
from evals.retrieval.corpus import Corpus
from evals.retrieval.register import Query, Record
from knowledge.entries import Source

SOURCE = Source(path="c", sha256="", line=1, text="", one_line=True)


def corpus(records: int = 60, queries: int = 12) -> Corpus:
    return Corpus(
        tuple(
            Record(f"r{i:02}", "t", "b", "own" if i < 30 else "far", None, "", SOURCE)
            for i in range(records)
        ),
        tuple(
            Query(f"q{i:02}", "x", frozenset({f"r{i:02}"} if i % 2 else ()), "own", "", None, (),
                  "", frozenset(), i)
            for i in range(queries)
        ),
    )  # fmt: skip


def test_every_query_is_in_one_sample_with_its_counterparts() -> None:
    found = list(smaller(corpus(), 1, sizes=(20,)))
    assert [size for size, _ in found] == [20, 20, 20]
    assert sorted(q.id for _, part in found for q in part.queries) == [
        f"q{i:02}" for i in range(12)
    ]
    for _, part in found:
        ids = [record.id for record in part.records]
        assert len(ids) == 20
        assert ids == sorted(ids)
        assert {name for query in part.queries for name in query.gold} <= set(ids)
        assert sum(record.agency == "own" for record in part.records) == 10


def test_the_seed_decides() -> None:
    first, again, other = (list(smaller(corpus(), seed, sizes=(20,))) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_catalogue_that_is_hardly_larger_is_not_sampled() -> None:
    assert list(smaller(corpus(records=29), 1, sizes=(20,))) == []


def test_small_agencies_share_a_sample() -> None:
    given = corpus()
    queries = tuple(replace(q, agency=f"agency {i % 4}") for i, q in enumerate(given.queries))
    found = list(smaller(Corpus(given.records, queries), 1, sizes=(24,)))
    assert [len(part.queries) for _, part in found] == [6, 6]
