"""Meaning below the passage: sentence beside sentence, word piece beside word piece.

Owns the forward index of a kind's passages over the word pieces of `cutting.py`, and two features
of chosen rows: how well the query's sentences are met by the passage's, and how much of the
passage's own rare pieces the query speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from knowledge.cutting import Cut, cut, numbered, sentences, table, with_new
from knowledge.ragged import highest, starts_of, summed, taken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PIECES: Final = 400
"""So many different pieces of a query are looked at: those that stand first."""
_BLOCK: Final = 128
"""Sentences that are weighed at once."""
_LONG: Final = 20_000
"""Pieces; more than that are not laid side by side."""
_PART: Final = 2048
_COUNTED: Final = 1 << 20
_PAD: Final = 16
_FIELDS: Final = (
    "bounds",
    "sentences",
    "lengths",
    "tokens",
    "vectors",
    "scales",
    "starts",
    "pieces",
)


class Asked(NamedTuple):
    """A query cut into pieces."""

    sentences: list[list[int]]
    pieces: list[int]
    """Each once, ascending."""


def asked(text: str) -> Asked:
    """The pieces of a query and of its sentences."""
    ids = table().ids(sentences(text))
    first = dict.fromkeys(piece for sentence in ids for piece in sentence)
    return Asked(ids, sorted(list(first)[:PIECES]))


@dataclass(frozen=True)
class Pieces:
    """Row i: the sentences of passage i, and its pieces, each once and ascending."""

    bounds: NDArray[np.int64]
    """Where each row's sentences start."""
    sentences: NDArray[np.uint32]
    """The number of each: equal sentences share one."""
    lengths: NDArray[np.int64] | None
    """Where the tokens of each different sentence start. None where they were left on disk, as
    `tokens`: only the next build asks for them."""
    tokens: NDArray[np.uint16] | None
    vectors: NDArray[np.int8]
    """One row a different sentence: its rarity-weighted mean, as whole numbers."""
    scales: NDArray[np.float32]
    """What makes a row of `vectors` of length 1."""
    starts: NDArray[np.int64]
    pieces: NDArray[np.uint16]

    @classmethod
    def build(
        cls, texts: Sequence[str], before: tuple[Pieces, Sequence[int]] | None = None
    ) -> Pieces:
        """From the passages' texts.

        `before`: pieces and, for each passage in order, its row in there, or -1 for the next of
        `texts`, which then holds the new ones alone. The outcome is the same.
        """
        import numpy as np

        made, old = cut(texts), before[0] if before else None
        if before is not None:
            made = with_new(before[0].cut(), made, before[1])
        made, came_from = numbered(made)
        rows, ends = taken(made.lengths, made.sentences)
        owners = np.repeat(np.arange(len(made.bounds) - 1), np.diff(ends[made.bounds]))
        # with counts it sorts, which takes a tenth of what its table of hashes takes
        unique, _ = np.unique((owners << 16) | made.tokens[rows], return_counts=True)
        starts = starts_of(np.bincount(unique >> 16, minlength=len(made.bounds) - 1))
        pieces = (unique & 0xFFFF).astype(np.uint16)
        vectors, scales = _weighed(made, came_from, _rarity(pieces, len(starts) - 1), old)
        told = made.sentences.astype(np.uint32)
        return cls(made.bounds, told, made.lengths, made.tokens, vectors, scales, starts, pieces)

    def cut(self) -> Cut:
        """The passages as `build` cut them."""
        assert self.lengths is not None
        assert self.tokens is not None
        return Cut(self.bounds, self.sentences.astype("int64"), self.lengths, self.tokens)

    def save(self, folder: Path) -> None:
        """Write into a new folder."""
        import numpy as np

        folder.mkdir()
        for name in _FIELDS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path, *, whole: bool = True) -> Pieces:
        """Read what `save` wrote; OSError or ValueError when it is damaged. Without `whole` only
        what a search needs."""
        import numpy as np

        left = () if whole else ("lengths", "tokens")
        read: dict[str, Any] = {
            n: None if n in left else np.load(folder / f"{n}.npy") for n in _FIELDS
        }
        made = cls(**read)
        fits = len(made.vectors) == len(made.scales) and len(made.sentences) == made.bounds[-1]
        if made.lengths is not None and made.tokens is not None:
            fits &= len(made.scales) == len(made.lengths) - 1
            fits &= len(made.tokens) == made.lengths[-1]
        if not fits or len(made.pieces) != made.starts[-1] or len(made.starts) != len(made.bounds):
            raise ValueError("the sentences of the index do not fit together")
        return made

    @cached_property
    def rarity(self) -> NDArray[np.float32]:
        """How rare each piece of the table is among these passages; 0 where all hold it."""
        return _rarity(self.pieces, len(self.starts) - 1)

    @cached_property
    def mean(self) -> NDArray[np.float32]:
        """Of all different sentences: what every text of the kind says."""
        import numpy as np

        total = np.zeros(self.vectors.shape[1])
        for at in range(0, len(self.vectors), _PART):
            part = slice(at, at + _PART)
            total += self.scales[part].astype(np.float64) @ self.vectors[part].astype(np.float32)
        mean: NDArray[np.float32] = (total / max(1, len(self.vectors))).astype(np.float32)
        return mean

    def met(self, query: Asked, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """How well the passage's sentences meet those of the query: the mean of each one's best
        cosine, 0..1, both less what every text of the kind says."""
        import numpy as np

        flat = np.array([piece for sentence in query.sentences for piece in sentence], np.int64)
        lengths = starts_of([len(sentence) for sentence in query.sentences])
        wanted = _centred(_means(flat, lengths, self.rarity), self.mean)
        places, starts = taken(self.bounds, rows)
        chosen = self.sentences[places]
        there = self.vectors[chosen].astype(np.float32) * self.scales[chosen, None]
        near = _products(_centred(there, self.mean), wanted)
        met: NDArray[np.float64] = highest(near, starts).mean(axis=1)
        return met

    def spoken_of(self, query: Asked, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """How much of the passage the query speaks of, 0..1: the best cosine of each of its pieces
        with any of the query's, weighted by the square of its rarity."""
        import numpy as np

        places, starts = taken(self.starts, rows)
        there = self.pieces[places]
        directions = table().directions
        place = np.zeros(len(directions), dtype=np.int64)
        place[there] = 1
        once = np.flatnonzero(place)
        if not query.pieces or not len(once):
            return np.zeros(len(rows))
        place[once] = np.arange(len(once))
        at = place[there]
        best = _products(directions[once], directions[query.pieces]).max(axis=1)
        weights = self.rarity[once].astype(np.float64) ** 2
        most = summed(weights[at], starts)
        told = summed((weights * np.clip(best, 0.0, 1.0))[at], starts)
        return np.divide(told, most, out=np.zeros(len(rows)), where=most > 0)


def _rarity(pieces: NDArray[np.uint16], passages: int) -> NDArray[np.float32]:
    import numpy as np

    holding = np.zeros(len(table().vectors), dtype=np.int64)
    for at in range(0, len(pieces), _COUNTED):  # counting widens each to eight bytes
        holding += np.bincount(pieces[at : at + _COUNTED], minlength=len(holding))
    rare: NDArray[np.float32] = np.log((passages + 1) / (holding + 1)).astype(np.float32)
    return np.maximum(rare, 1e-3)


def _weighed(
    cut: Cut, came_from: NDArray[np.int64], rarity: NDArray[np.float32], old: Pieces | None
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Vectors of the different sentences; those of the old whose rarities are the same are kept."""
    import numpy as np

    stale = np.ones(len(came_from), dtype=bool)
    vectors = np.zeros((len(came_from), table().vectors.shape[1]), dtype=np.int8)
    scales = np.zeros(len(came_from), dtype=np.float32)
    if old is not None:
        moved = (rarity != old.rarity)[cut.tokens].astype(np.float64)
        stale = (came_from >= len(old.scales)) | (summed(moved, cut.lengths) > 0)
        vectors[~stale], scales[~stale] = (
            old.vectors[came_from[~stale]],
            old.scales[came_from[~stale]],
        )
    at, lengths = taken(cut.lengths, np.flatnonzero(stale))
    vectors[stale], scales[stale] = _whole(_means(cut.tokens[at], lengths, rarity))
    return vectors, scales


def _means(
    flat: NDArray[Any], lengths: NDArray[np.int64], rarity: NDArray[np.float32]
) -> NDArray[np.float32]:
    """One row a sentence, of length 1 or 0: the mean of its pieces, weighted by rarity. Each is
    summed by itself, so that it is the same whatever stands beside it."""
    import numpy as np

    vectors = table().vectors
    made = np.zeros((len(lengths) - 1, vectors.shape[1]), dtype=np.float32)
    for first in range(0, len(made), _BLOCK):
        bounds = lengths[first : first + _BLOCK + 1]
        if bounds[-1] - bounds[0] <= _LONG:
            ids = flat[bounds[0] : bounds[-1]]
            weighted = vectors[ids] * rarity[ids, None]
            made[first : first + _BLOCK] = summed(weighted, bounds - bounds[0])
            continue
        for row, (start, end) in enumerate(pairwise(bounds), first):
            made[row] = _mean(flat[start:end], rarity)
    return _unit(made)


def _mean(ids: NDArray[Any], rarity: NDArray[np.float32]) -> NDArray[np.float64]:
    """One row of the above. A megabyte without a full stop is a sentence of half a million pieces,
    whose vectors side by side would fill a gigabyte: each is taken once, times its count."""
    import numpy as np

    weights = rarity[ids]
    if len(ids) > _LONG:
        ids, times = np.unique(ids, return_counts=True)
        weights = rarity[ids] * times.astype(np.float32)
    weighted = table().vectors[ids] * weights[:, None]
    return summed(weighted, np.array([0, len(ids)])).reshape(-1)


def _whole(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as whole numbers -127..127, and what makes each of length 1 again."""
    import numpy as np

    most = np.maximum(np.abs(rows).max(axis=1, keepdims=True, initial=0.0), 1e-9)
    whole = np.rint(rows / most * 127).astype(np.int8)
    lengths = np.sqrt((whole.astype(np.float32) ** 2).sum(axis=1))
    return whole, np.where(lengths > 0, 1 / np.maximum(lengths, 1.0), 0.0).astype(np.float32)


def _centred(rows: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Less the mean, of length 1; a row of zeros stays."""
    return _unit((rows - mean) * (rows.any(axis=1, keepdims=True)))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    made: NDArray[np.float32] = rows / np.maximum(lengths, 1e-9)
    return made


def _products(rows: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Row by row against all others. Padded, so that a product is summed in the same order whatever
    stands beside it: the library has other ways for a single row."""
    import numpy as np

    def padded(some: NDArray[np.float32]) -> NDArray[np.float32]:
        lacking = -len(some) % _PAD
        return np.concatenate([some, np.zeros((lacking, some.shape[1]), dtype=np.float32)])

    made: NDArray[np.float32] = (padded(rows) @ padded(others).T)[: len(rows), : len(others)]
    return made
