"""Candidates by vector: a collection of the store where it can be asked, else all vectors here.

A collection may have been made for other entries than those of the index: rows that it lacks are
compared here, and what it holds beyond them takes no place. So the candidates are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from knowledge.chroma import EF_SEARCH, Damaged
from knowledge.kind_index import KindIndex
from knowledge.search import cosines
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Found = tuple[str, float]
"""A passage id, and its distance as the store says: 1 less the product of both vectors."""
Ask = Callable[[EntryKind, "NDArray[np.float32]", int], Sequence[Found]]
"""What is near a vector, so many at most; raises Damaged."""
EXACT = 2e-3
"""So far a distance may be from that of the vector here; more means another vector."""


class Cover(NamedTuple):
    """What a collection has of the rows of a kind."""

    loose: tuple[int, ...] = ()
    """Rows whose vector it lacks, ascending."""
    gone: int = 0
    """How many it holds that are no rows (any more)."""
    held: int = 0
    """How many it holds."""


def firsts(vectors: NDArray[np.float32]) -> list[int]:
    """For each row the first one with the same vector: a store gets each vector once, since very
    many equal ones make it lose others."""
    import numpy as np

    found = list(range(len(vectors)))
    start = np.zeros((len(vectors), 2), dtype=np.float32)
    start[:, : min(2, vectors.shape[1])] = vectors[:, :2]
    begins = start.view(np.int64).ravel()
    _, group, sizes = np.unique(begins, return_inverse=True, return_counts=True)
    seen: dict[bytes, int] = {}
    for row in np.flatnonzero(sizes[group] > 1).tolist():
        # by its sum: the bytes themselves would take as much memory as the vectors
        found[row] = seen.setdefault(blake2b(vectors[row].tobytes(), digest_size=16).digest(), row)
    return found


def cover(rows: Sequence[str], vectors: NDArray[np.float32], held: Sequence[str]) -> Cover:
    """Of the passages of an index, by their ids and vectors, by the ids of a collection."""
    there, first = set(held), firsts(vectors)
    covered = {first[row] for row, passage in enumerate(rows) if passage in there}
    loose = tuple(row for row, at in enumerate(first) if at not in covered)
    known = sum(passage in there for passage in rows)
    return Cover(loose, len(there) - known, len(there))


class Near:
    """What an index asks for candidates; it never fails, and says once when it has to compare."""

    def __init__(
        self,
        kinds: Mapping[EntryKind, KindIndex],
        ask: Ask,
        close: Callable[[], None],
        say: Callable[[str], None],
        covers: Mapping[EntryKind, Cover],
        most: int = EF_SEARCH,
        place: str = "this machine",
    ) -> None:
        """`covers`: each kind's; `most`: ids of one question; `place`: where it is, for people."""
        self.place = place
        self._kinds, self._ask, self._close, self._say = kinds, ask, close, say
        self._covers = covers
        self._most, self._failed = most, False
        self._alike: dict[EntryKind, dict[int, list[str]]] = {}

    def nearest(self, kind: EntryKind, vector: NDArray[np.float64], limit: int) -> Sequence[str]:
        """Passage ids near a vector of length 1, at least the `limit` nearest or all."""

        found, (loose, gone, _) = self._kinds[kind], self._covers[kind]
        if not self._failed and len(loose) < len(found.ids) and limit + gone <= self._most:
            try:
                asked = self._proved(kind, vector, limit + gone)
                return asked + _scanned(found, vector, limit, loose) if loose else asked
            except Damaged as error:
                self._failed = True
                self._say(f"The vector store failed ({error}); all vectors are compared instead.")
        return _scanned(found, vector, limit, range(len(found.ids)))

    def _proved(self, kind: EntryKind, vector: NDArray[np.float64], limit: int) -> list[str]:
        """The store's answer, as far as it can be true. Damaged: it holds something else."""
        import numpy as np

        index, (_, gone, held) = self._kinds[kind], self._covers[kind]
        asked = self._ask(kind, vector.astype(np.float32), limit)
        rows = index.row_of
        known = [(rows[name], distance) for name, distance in asked if name in rows]
        if len(asked) < min(limit, held):
            raise Damaged("it finds fewer vectors than it holds")
        if len(asked) - len(known) > gone or len({row for row, _ in known}) < len(known):
            raise Damaged("it holds passages that are not ours")
        exact = 1 - index.vectors[[row for row, _ in known]] @ vector.astype(np.float32)
        if not np.allclose(exact, [distance for _, distance in known], rtol=0, atol=EXACT):
            raise Damaged("it holds other vectors than ours")
        return [name for row, _ in known for name in self._all_like(kind, row)]

    def _all_like(self, kind: EntryKind, row: int) -> list[str]:
        """The passages with the vector of this row: the store holds it once."""
        index = self._kinds[kind]
        if kind not in self._alike:
            groups: dict[int, list[str]] = {}
            first = firsts(index.vectors)
            for again, at in enumerate(first):
                if again != at:
                    groups.setdefault(at, [index.ids[at]]).append(index.ids[again])
            self._alike[kind] = {at: groups[of] for at, of in enumerate(first) if of in groups}
        return self._alike[kind].get(row) or [index.ids[row]]

    def close(self) -> None:
        """Let go of the store."""
        self._close()


def nothing(index: KindIndex) -> Cover:
    """Of a collection that is of no use."""
    return Cover(tuple(range(len(index.ids))))


def by_scan(kinds: Mapping[EntryKind, KindIndex]) -> Near:
    """Without any store: all vectors are compared."""
    covers = {kind: nothing(index) for kind, index in kinds.items()}
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
