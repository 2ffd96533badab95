"""What a query may be compared with: never its own record, and nothing later than itself.

Pure. Queries that are searched among the same records share one corpus, so that one index serves
them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.retrieval.register import Query, Record, Register
from knowledge.snapshot import Problem


@dataclass(frozen=True)
class Corpus:
    """Records, and the queries that are searched among them."""

    records: tuple[Record, ...]
    queries: tuple[Query, ...]

    def barred(self, query: Query) -> frozenset[str]:
        """Records of this corpus that the query must not see."""
        return frozenset(
            record.id
            for record in self.records
            if record.id in query.barred or is_later(record, query)
        )


def is_later(record: Record, query: Query) -> bool:
    """Whether the record is of a later year, where both years are known."""
    return record.year is not None and query.year is not None and record.year > query.year


def split(register: Register, path: str) -> tuple[list[Corpus], list[Problem]]:
    """The distinct corpora in order of first use, and the queries (of the file `path`) that cannot
    be judged because none of their counterparts stands among the records they may see."""
    groups: dict[tuple[tuple[int, ...], str], list[Query]] = {}
    for query in register.queries:
        groups.setdefault((query.years, query.jurisdiction), []).append(query)
    corpora, problems = [], []
    for (years, jurisdiction), queries in groups.items():
        records = tuple(r for r in register.records if _belongs(r, years, jurisdiction))
        kept = [query for query in queries if _can_be_judged(query, records)]
        problems += [Problem(path, q.line, _UNSEEN) for q in queries if q not in kept]
        if kept:
            corpora.append(Corpus(records, tuple(kept)))
    return corpora, problems


_UNSEEN = "no record of `gold_ids` stands among the records that this query may see; not used"


def _belongs(record: Record, years: Sequence[int], jurisdiction: str) -> bool:
    return (not years or record.year in years) and jurisdiction in ("", record.jurisdiction)


def _can_be_judged(query: Query, records: Sequence[Record]) -> bool:
    seen = [r.id for r in records if r.id not in query.barred and not is_later(r, query)]
    return bool(seen) and (not query.gold or not query.gold.isdisjoint(seen))
