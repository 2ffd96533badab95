"""The terms of a fixed list of documents as numbers, and the BM25 matrix that follows from them.

Pure arithmetic, the same for the same documents whether they were counted at once or a few of them
later: that is what makes an index with one changed entry cheap and equal to a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

K1: Final = 1.5
B: Final = 0.75


@dataclass(frozen=True)
class Counted:
    """`ids[starts[i]:starts[i + 1]]` are the terms of document i, as places in `words`."""

    words: list[str]
    """Sorted; each stands in some document."""
    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]]) -> Counted:
        """Documents as their terms, in order."""
        import numpy as np

        words = sorted({word for document in documents for word in document})
        numbers = {word: number for number, word in enumerate(words)}
        flat = [numbers[word] for document in documents for word in document]
        starts = np.zeros(len(documents) + 1, dtype=np.int64)
        np.cumsum([len(document) for document in documents], out=starts[1:])
        return cls(words, np.array(flat, dtype=np.int32), starts)

    def with_new(self, new: Counted, places: Sequence[int]) -> Counted:
        """Document i is the one at `places[i]` in here, or for -1 the next of `new`."""
        import numpy as np

        chosen = np.asarray(places, dtype=np.int64)
        fresh = chosen < 0
        first = np.where(fresh, 0, self.starts[chosen])
        lengths = np.where(fresh, 0, self.starts[chosen + 1] - first)
        first[fresh] = new.starts[:-1] + len(self.ids)
        lengths[fresh] = np.diff(new.starts)
        starts = np.zeros(len(chosen) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        at = np.arange(starts[-1]) + np.repeat(first - starts[:-1], lengths)
        words, own, theirs = _merged(self.words, new.words)
        flat = np.concatenate([own[self.ids], theirs[new.ids]])[at]
        there = np.bincount(flat, minlength=len(words)) > 0
        packed = np.cumsum(there, dtype=np.int32) - 1
        left = [word for word, kept in zip(words, there.tolist(), strict=True) if kept]
        return Counted(left, packed[flat], starts)

    def scores(self) -> dict[str, Any]:
        """The matrix as bm25s keeps it: a column a word, Lucene's weights, float32."""
        import numpy as np

        documents = len(self.starts) - 1
        lengths = np.diff(self.starts)
        owner = np.repeat(np.arange(documents, dtype=np.int64), lengths)
        pairs, times = np.unique(self.ids.astype(np.int64) * documents + owner, return_counts=True)
        word, document = np.divmod(pairs, documents)
        holding = np.bincount(word, minlength=len(self.words))
        rarity = np.log(1 + (documents - holding + 0.5) / (holding + 0.5))
        room = K1 * (1 - B + B * lengths / (len(self.ids) / documents))
        indptr = np.zeros(len(self.words) + 1, dtype=np.int64)
        np.cumsum(holding, out=indptr[1:])
        return {
            "data": (rarity[word] * times / (room[document] + times)).astype(np.float32),
            "indices": document.astype(np.int32),
            "indptr": indptr,
            "num_docs": documents,
        }


def _merged(
    one: list[str], two: list[str]
) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
    """All words sorted, and where those of each list stand among them."""
    import numpy as np

    known = set(one)
    added = [word for word in two if word not in known]
    words = sorted([*one, *added]) if added else one
    numbers = {word: number for number, word in enumerate(words)}
    places = [np.array([numbers[word] for word in part], dtype=np.int32) for part in (one, two)]
    return words, places[0], places[1]
