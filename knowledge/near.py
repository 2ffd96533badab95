"""Candidates by vector: a collection of the store where it can be asked, else all vectors here.

A collection may have been made for other entries than those of the index: rows that it lacks are
compared here, and what it holds beyond them takes no place. So the candidates are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from knowledge.chroma import EF_SEARCH, Damaged
from knowledge.kind_index import KindIndex
from knowledge.search import cosines
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Ask = Callable[[EntryKind, "NDArray[np.float32]", int], Sequence[str]]
"""Passage ids near a vector, so many at most; raises Damaged."""


class Cover(NamedTuple):
    """What a collection has of the rows of a kind."""

    loose: tuple[int, ...] = ()
    """Rows that it lacks, ascending."""
    gone: int = 0
    """How many it holds that are no rows (any more)."""


def cover(rows: Sequence[str], held: Sequence[str]) -> Cover:
    """Of the passage ids of an index by those of a collection."""
    there = set(held)
    loose = tuple(number for number, passage in enumerate(rows) if passage not in there)
    return Cover(loose, len(there) - (len(rows) - len(loose)))


class Near:
    """What an index asks for candidates; it never fails, and says once when it has to compare."""

    def __init__(
        self,
        kinds: Mapping[EntryKind, KindIndex],
        ask: Ask,
        close: Callable[[], None],
        say: Callable[[str], None],
        covers: Mapping[EntryKind, Cover] | None = None,
        most: int = EF_SEARCH,
        place: str = "this machine",
    ) -> None:
        """A kind that `covers` does not name is covered wholly; `most`: ids of one question;
        `place`: where the store is, for people."""
        self.place = place
        self._kinds, self._ask, self._close, self._say = kinds, ask, close, say
        self._covers = dict(covers or {})
        self._most, self._failed = most, False

    def nearest(self, kind: EntryKind, vector: NDArray[np.float64], limit: int) -> Sequence[str]:
        """Passage ids near a vector of length 1, at least the `limit` nearest or all."""
        import numpy as np

        found, (loose, gone) = self._kinds[kind], self._covers.get(kind, Cover())
        if not self._failed and len(loose) < len(found.ids) and limit + gone <= self._most:
            try:
                asked = list(self._ask(kind, vector.astype(np.float32), limit + gone))
                return asked + _scanned(found, vector, limit, loose) if loose else asked
            except Damaged as error:
                self._failed = True
                self._say(f"The vector store failed ({error}); all vectors are compared instead.")
        return _scanned(found, vector, limit, range(len(found.ids)))

    def close(self) -> None:
        """Let go of the store."""
        self._close()


def by_scan(kinds: Mapping[EntryKind, KindIndex]) -> Near:
    """Without any store: all vectors are compared."""
    covers = {kind: Cover(tuple(range(len(index.ids)))) for kind, index in kinds.items()}
    return Near(kinds, lambda *_: (), lambda: None, lambda _: None, covers)


def _scanned(
    index: KindIndex, vector: NDArray[np.float64], limit: int, rows: Sequence[int]
) -> list[str]:
    """The nearest of these rows, by (-cosine, row)."""
    import numpy as np

    part = index.vectors if len(rows) == len(index.ids) else index.vectors[list(rows)]
    # all products at once in single precision; those that may be among the nearest exactly
    rough = part @ vector.astype(np.float32)
    most = min(limit, len(rough))
    if most == 0:
        return []
    least = float(np.partition(rough, -most)[-most]) - 1e-4
    chosen = np.flatnonzero(rough >= least)
    exact = cosines(part[chosen], vector)
    order = sorted(range(len(chosen)), key=lambda at: (-exact[at], chosen[at]))[:limit]
    return [index.ids[rows[int(chosen[at])]] for at in order]
