"""The wording that two texts share: TF-IDF cosine over the beginnings of words, one and two in a
row.

The first LETTERS letters stand for a word, which is stemming enough; two in a row tell a shared
phrase from shared words. Owns the forward index of a kind's passages: only chosen rows are compared
with a query, none is searched. Of all single features it tells best whether two texts describe the
same system (AUROC .913 of the best hit on real pairs, whole words .900, BM25 as a share .890).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knowledge.ragged import starts_of, summed, taken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LETTERS: Final = 5
BITS: Final = 22
"""A phrase is a number below 2 ** BITS; chance equality is too rare to matter."""
_SHIFT: Final = 0x9E3779B1
_TABLE: Final = 1 << BITS


class Numbers:
    """Word beginnings as numbers, each computed once while this lives."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, terms: Sequence[str]) -> list[int]:
        known = self._known
        found = []
        for term in terms:
            number = known.get(term)
            if number is None:
                number = known[term] = zlib.crc32(term[:LETTERS].encode("utf-8", "surrogatepass"))
            found.append(number)
        return found


@dataclass(frozen=True)
class Phrases:
    """Row i: the phrases of passage i, ascending, and how often each stands in it."""

    starts: NDArray[np.int64]
    phrases: NDArray[np.uint32]
    counts: NDArray[np.uint8]

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]]) -> Phrases:
        """From the terms of each passage."""
        import numpy as np

        numbers = Numbers()
        words = [number for document in documents for number in numbers.of(document)]
        lengths = np.array([len(document) for document in documents], dtype=np.int64)
        rows = np.repeat(np.arange(len(documents), dtype=np.int64), lengths)
        flat = np.array(words, dtype=np.uint64)
        pairs = (flat[:-1] * np.uint64(_SHIFT) + flat[1:] + np.uint64(1)) if len(flat) else flat
        within = rows[:-1] == rows[1:]
        every = np.concatenate([_folded(flat), _folded(pairs[within])])
        keyed = (np.concatenate([rows, rows[:-1][within]]) << BITS) | every
        unique, counts = np.unique(keyed, return_counts=True)
        return cls(
            starts=starts_of(np.bincount(unique >> BITS, minlength=len(documents))),
            phrases=(unique & (_TABLE - 1)).astype(np.uint32),
            counts=np.minimum(counts, 255).astype(np.uint8),
        )

    def save(self, folder: Path) -> None:
        """Write into a new folder."""
        import numpy as np

        folder.mkdir()
        for name in ("starts", "phrases", "counts"):
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Phrases:
        """Read what `save` wrote; OSError or ValueError when it is damaged."""
        import numpy as np

        made = cls(*(np.load(folder / f"{name}.npy") for name in ("starts", "phrases", "counts")))
        if not len(made.phrases) == len(made.counts) == made.starts[-1]:
            raise ValueError("the phrases of the index do not fit together")
        return made

    @cached_property
    def rarity(self) -> NDArray[np.float32]:
        """IDF by phrase, of this list of passages."""
        import numpy as np

        holding = np.bincount(self.phrases, minlength=_TABLE)
        idf: NDArray[np.float32] = np.log((len(self.starts)) / (1 + holding)) + 1
        return idf.astype(np.float32)

    def cosines(self, query: Sequence[str], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Of the query's terms with these rows, 0..1."""
        import numpy as np

        asked = Phrases.build([query])
        if not len(asked.phrases):
            return np.zeros(len(rows))
        weights = _weights(asked.counts, self.rarity[asked.phrases])
        places, starts = taken(self.starts, rows)
        there = self.phrases[places]
        own = _weights(self.counts[places], self.rarity[there])
        at = np.minimum(np.searchsorted(asked.phrases, there), len(asked.phrases) - 1)
        shared = np.where(asked.phrases[at] == there, own * weights[at], 0.0)
        lengths = np.sqrt(summed(own * own, starts) * float(weights @ weights))
        return np.divide(
            summed(shared, starts), lengths, out=np.zeros(len(rows)), where=lengths > 0
        )


def _folded(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    import numpy as np

    mixed = numbers ^ (numbers >> np.uint64(BITS))
    return (mixed & np.uint64(_TABLE - 1)).astype(np.int64)


def _weights(counts: NDArray[np.uint8], rarity: NDArray[np.float32]) -> NDArray[np.float64]:
    return _times()[counts] * rarity


@cache
def _times() -> NDArray[np.float64]:
    """What standing so often in a text counts: 1 + log(count)."""
    import numpy as np

    return 1 + np.log(np.maximum(np.arange(256), 1))
