"""What a query may be compared with: never its own record, and nothing later than itself.

Pure. Queries that are searched among the same records share one corpus, so that one index serves
them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from evals.retrieval.register import Query, Record, Register
from knowledge.snapshot import Problem


@dataclass(frozen=True)
class Corpus:
    """Records, and the queries that are searched among them."""

    records: tuple[Record, ...]
    queries: tuple[Query, ...]

    def barred(self, query: Query) -> frozenset[str]:
        """Records of this corpus that the query must not see: those that it names, and later ones
        where both years are known."""
        found = query.barred & self._ids
        if query.year is None:
            return found
        later = (names for year, names in self._by_year.items() if year > query.year)
        return found.union(*later)

    def can_judge(self, query: Query) -> bool:
        """Whether the query may see anything, and one of its counterparts if it has any."""
        barred = self.barred(query)
        return len(barred) < len(self._ids) and (
            not query.gold or bool((query.gold & self._ids) - barred)
        )

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(record.id for record in self.records)

    @cached_property
    def _by_year(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for record in self.records:
            if record.year is not None:
                found.setdefault(record.year, set()).add(record.id)
        return found


def split(register: Register, path: str) -> tuple[list[Corpus], list[Problem]]:
    """The distinct corpora in order of first use, and the queries (of the file `path`) that cannot
    be judged because none of their counterparts stands among the records they may see."""
    groups: dict[tuple[tuple[int, ...], str], list[Query]] = {}
    for query in register.queries:
        groups.setdefault((query.years, query.jurisdiction), []).append(query)
    corpora, problems = [], []
    for (years, jurisdiction), queries in groups.items():
        records = tuple(r for r in register.records if _belongs(r, years, jurisdiction))
        every = Corpus(records, tuple(queries))
        kept = tuple(query for query in queries if every.can_judge(query))
        lines = {query.line for query in queries} - {query.line for query in kept}
        problems += [Problem(path, line, _UNSEEN) for line in sorted(lines)]
        if kept:
            corpora.append(Corpus(records, kept))
    return corpora, problems


_UNSEEN = "no record of `gold_ids` stands among the records that this query may see; not used"


def _belongs(record: Record, years: Sequence[int], jurisdiction: str) -> bool:
    return (not years or record.year in years) and jurisdiction in ("", record.jurisdiction)
