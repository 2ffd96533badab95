"""How alike two texts of the same sort are: symmetric, and of nothing but the two texts.

So two proposals say the same of each other, whatever else waits beside them. Owns the features, the
fitted numbers and the search for near pairs among many. Pure arithmetic over given vectors.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from knowledge.lexical import terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BIAS: Final = -11.409
DENSE: Final = 11.059
WORDS: Final = 12.623
TITLE: Final = 4.0
SURE: Final = 0.99
"""Nothing is surer than this, either way."""
LEAST_DENSE: Final = 0.3
"""Least cosine of a near pair whose titles differ: below it, words alone would have to be shared as
in a copy, and a copy has a higher one."""
MOST: Final = 50_000
"""Pairs that are kept of a crowd, the most alike."""
BINS: Final = 4096
"""Of the words' fingerprint by which far pairs are passed over."""
BLOCK: Final = 512


class Text(NamedTuple):
    """One side of a comparison."""

    title: str
    text: str
    """What it says of its purpose, the title included."""


class Alike(NamedTuple):
    """Two texts beside each other; the same in both directions."""

    dense: float
    """Cosine, -1..1."""
    words: float
    """Terms in both, as a share of the terms in either, 0..1."""
    title: bool
    """Both have the same title of at least two words."""

    @property
    def odds(self) -> float:
        """Log-odds that both describe the same system.

        A logistic regression on the cosine of WordLlama vectors and on the square root of the
        shared words. Fitted on 249 real descriptions of AI systems, their names removed, each
        beside all that the same agency listed in an earlier year: 39,090 pairs, 259 (0.7%) of them
        the same system, an agency weighted by one over the square root of its pairs. Leaving one of
        14 agencies out: AUROC .984 (in each of the seven larger ones .975 or more), average
        precision .76; calibration error .003 over all pairs and .028 (95% interval .025 to .048)
        over the 1,943 above 2%; at one half 61% of the real pairs are found, and 15% of what is
        found is another system. The cosine alone: .976, .70, .042 above 2%, 59%, 24%.

        An equal title adds four, which is set by hand: names were removed for the fit. Of the 564
        pairs of one agency with one title 85% come above one half without it, 98% with it.
        """
        return BIAS + DENSE * self.dense + WORDS * math.sqrt(self.words) + TITLE * self.title

    @property
    def probability(self) -> float:
        return likely(self.odds)


class Near(NamedTuple):
    """A near pair among many: positions in the list, the first before the second."""

    first: int
    second: int
    alike: Alike


class Found(NamedTuple):
    pairs: list[Near]
    """Most alike first, then by position."""
    left_out: int
    """Pairs that were near and are not kept, at most; 0 but in a crowd."""


def likely(odds: float) -> float:
    """Log-odds as a probability, 0.01..0.99."""
    return min(SURE, max(1 - SURE, 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))))


def alike(
    one: Text, other: Text, vector: NDArray[np.float32], other_vector: NDArray[np.float32]
) -> Alike:
    """The exact features of two texts with their L2-normalised vectors."""
    import numpy as np

    dense = float((vector.astype(np.float64) * other_vector.astype(np.float64)).sum())
    mine, theirs = _terms(one.text), _terms(other.text)
    either = len(mine | theirs)
    words = len(mine & theirs) / either if either else 0.0
    title = _title(one.title)
    return Alike(round(dense, 6), round(words, 6), bool(title) and title == _title(other.title))


def near_to(
    one: Text,
    vector: NDArray[np.float32],
    others: Sequence[Text],
    vectors: NDArray[np.float32],
    least: float,
) -> list[tuple[int, Alike]]:
    """(position, features) of the others that are the same thing with at least this probability;
    most alike first, then by position. The same features as from `near_pairs`."""
    if not others:
        return []
    title = _title(one.title)
    dense = vectors @ vector
    rows = [
        row
        for row, text in enumerate(others)
        if dense[row] >= LEAST_DENSE - 1e-3 or (title and title == _title(text.title))
    ]
    found = [(row, alike(one, others[row], vector, vectors[row])) for row in rows]
    near = [(row, pair) for row, pair in found if _is_near(pair, least)]
    return sorted(near, key=lambda item: (-item[1].odds, item[0]))


def near_pairs(
    texts: Sequence[Text], vectors: NDArray[np.float32], least: float, most: int = MOST
) -> Found:
    """Every pair that is the same thing with at least this probability.

    All pairs are passed over in blocks by cosine and by an upper bound of the shared words; only
    what may be near is compared exactly. `most` bounds what a crowd of copies can ask for.
    """
    rows, passed = _promising(texts, vectors, _odds(least), most)
    found = [Near(i, j, alike(texts[i], texts[j], vectors[i], vectors[j])) for i, j in rows]
    near = [pair for pair in found if _is_near(pair.alike, least)]
    near.sort(key=lambda pair: (-pair.alike.odds, pair.first, pair.second))
    return Found(near, passed - len(rows))


def _is_near(pair: Alike, least: float) -> bool:
    return (pair.title or pair.dense >= LEAST_DENSE) and pair.probability >= least


def _odds(probability: float) -> float:
    bounded = min(SURE, max(1 - SURE, probability))
    return math.log(bounded / (1 - bounded))


def _promising(
    texts: Sequence[Text], vectors: NDArray[np.float32], least: float, most: int
) -> tuple[list[tuple[int, int]], int]:
    """Pairs that can reach these log-odds by cosine and words or have one title, the most promising
    first; and how many there were."""
    import numpy as np

    marks, titles = _marks(texts), _title_numbers(texts)
    sizes = np.array([len(_terms(text.text)) for text in texts], dtype=np.float32)
    best = np.zeros((3, 0))
    passed = 0
    for start in range(0, len(texts), BLOCK):
        rows = slice(start, start + BLOCK)
        dense = vectors[rows] @ vectors[start:].T
        both = marks[rows] @ marks[start:].T
        either = np.maximum(sizes[rows, None] + sizes[None, start:] - both, 1)
        odds = BIAS + DENSE * dense + WORDS * np.sqrt(np.clip(both / either, 0, 1))
        titled = (titles[rows, None] == titles[None, start:]) & (titles[rows, None] >= 0)
        close = ((odds >= least - 1e-2) & (dense >= LEAST_DENSE - 1e-3)) | titled
        first, second = np.nonzero(np.triu(close, k=1))
        passed += len(first)
        promise = -np.round(odds[first, second] + TITLE * titled[first, second], 2)
        best = np.concatenate([best, [promise, first + start, second + start]], axis=1)
        best = best[:, np.lexsort((best[2], best[1], best[0]))[:most]]
    return [(int(i), int(j)) for i, j in best[1:].T], passed


def _title_numbers(texts: Sequence[Text]) -> NDArray[np.int64]:
    """The same number for the same title; -1 for one that may name anything."""
    import numpy as np

    numbers: dict[tuple[str, ...], int] = {}
    found = [_title(text.title) for text in texts]
    return np.array([numbers.setdefault(t, len(numbers)) if t else -1 for t in found])


def _marks(texts: Sequence[Text]) -> NDArray[np.float32]:
    """How many of a text's terms fall into each bin: the product of two rows is at least the number
    of terms that both have."""
    import numpy as np

    marks = np.zeros((len(texts), BINS), dtype=np.float32)
    for row, text in zip(marks, texts, strict=True):
        bins = [
            zlib.crc32(term.encode("utf-8", "surrogatepass")) % BINS for term in _terms(text.text)
        ]
        np.add.at(row, bins, 1)
    return marks


def _title(title: str) -> tuple[str, ...]:
    """Its terms; none where it is a single word, which may name anything."""
    found = tuple(terms(title))
    return found if len(found) > 1 else ()


@lru_cache(maxsize=8192)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))
