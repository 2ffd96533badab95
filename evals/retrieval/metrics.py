"""Figures over queries, each as a function of how often every query counts.

Pure. A statistic takes weights of shape (b, n), one row a sample and one column a query, and gives
b values: all ones is the plain figure, the counts of a resample make one bootstrap draw, so both
are computed by the same lines. An undefined value (0 / 0) is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Statistic = Callable[[Floats], Floats]

BINS = 10
"""Of the probability, equally wide."""


class Bin(NamedTuple):
    """Predictions between `low` and `high`, and what came of them."""

    low: float
    high: float
    n: int
    predicted: float
    """Mean probability."""
    observed: float
    """Share that was true."""


def mean(values: Sequence[float] | Floats, among: Flags) -> Statistic:
    """Mean of one value a query over those that are `among`."""
    import numpy as np

    counted = among.astype(np.float64)
    numbers = np.asarray(values, dtype=np.float64) * counted

    def statistic(weights: Floats) -> Floats:
        return _ratio(weights @ numbers, weights @ counted)

    return statistic


def recall(ranks: Sequence[int], k: int, among: Flags) -> Statistic:
    """Share with a counterpart at rank 1..k; rank 0 is not found."""
    return mean([float(0 < rank <= k) for rank in ranks], among)


def reciprocal(ranks: Sequence[int], among: Flags) -> Statistic:
    """Mean reciprocal rank; not found counts 0."""
    return mean([1 / rank if rank else 0.0 for rank in ranks], among)


def auroc(
    scores: Sequence[float], positive: Flags, groups: Sequence[str] | None = None
) -> Statistic:
    """Chance that a positive scores above a negative; equal scores count one half.

    With `groups` only pairs inside one group are compared; an empty name is no group.
    """
    import numpy as np

    numbers = np.asarray(scores, dtype=np.float64)
    if groups is None:
        members = [np.arange(len(numbers))]
    else:
        named = np.asarray(groups)
        members = [np.flatnonzero(named == name) for name in sorted({*groups} - {""})]
    ladders = [_ladder(numbers, positive, rows) for rows in members if len(rows)]

    def statistic(weights: Floats) -> Floats:
        won, pairs = np.zeros(len(weights)), np.zeros(len(weights))
        for ladder in ladders:
            wins, all_pairs = _won(ladder, weights)
            won, pairs = won + wins, pairs + all_pairs
        return _ratio(won, pairs)

    return statistic


def calibration_error(probabilities: Sequence[float], right: Flags) -> Statistic:
    """Expected calibration error: |predicted - observed| by bin, weighted by the bin's share."""
    import numpy as np

    chances = np.asarray(probabilities, dtype=np.float64)
    excess = np.zeros((len(chances), BINS))
    excess[np.arange(len(chances)), _bins(chances)] = right - chances

    def statistic(weights: Floats) -> Floats:
        return _ratio(np.abs(weights @ excess).sum(axis=1), weights.sum(axis=1))

    return statistic


def brier(probabilities: Sequence[float], right: Flags) -> Statistic:
    """Mean squared difference between probability and truth."""
    import numpy as np

    chances = np.asarray(probabilities, dtype=np.float64)
    return mean((right - chances) ** 2, np.ones(len(chances), dtype=bool))


def reliability(probabilities: Sequence[float], right: Flags) -> list[Bin]:
    """The bins that hold any prediction."""
    import numpy as np

    chances = np.asarray(probabilities, dtype=np.float64)
    bins = _bins(chances)
    return [
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            n=int((bins == number).sum()),
            predicted=float(chances[bins == number].mean()),
            observed=float(right[bins == number].mean()),
        )
        for number in sorted(set(bins.tolist()))
    ]


def rows(bins: Sequence[Bin]) -> list[dict[str, float]]:
    """Bins as JSON has them."""
    return [{key: round(value, 4) for key, value in row._asdict().items()} for row in bins]


def difference(first: Statistic, second: Statistic) -> Statistic:
    """The first less the second, on the same queries in every draw."""
    return lambda weights: first(weights) - second(weights)


class _Ladder(NamedTuple):
    """Queries of one group by ascending score."""

    rows: NDArray[np.intp]
    positive: Flags
    starts: NDArray[np.intp]
    """Where each distinct score begins."""


def _ladder(scores: Floats, positive: Flags, rows: NDArray[np.intp]) -> _Ladder:
    import numpy as np

    rows = rows[np.argsort(scores[rows], kind="stable")]
    steps = np.flatnonzero(np.diff(scores[rows], prepend=-np.inf))
    return _Ladder(rows, positive[rows], steps)


def _won(ladder: _Ladder, weights: Floats) -> tuple[Floats, Floats]:
    """Pairs that the positive wins, and all pairs, in each sample."""
    import numpy as np

    own = weights[:, ladder.rows]
    positive = np.add.reduceat(own * ladder.positive, ladder.starts, axis=1)
    negative = np.add.reduceat(own * ~ladder.positive, ladder.starts, axis=1)
    below = np.cumsum(negative, axis=1) - negative
    won = (positive * (below + negative / 2)).sum(axis=1)
    return won, positive.sum(axis=1) * negative.sum(axis=1)


def _bins(chances: Floats) -> NDArray[np.intp]:
    import numpy as np

    found: NDArray[np.intp] = np.clip((chances * BINS).astype(np.intp), 0, BINS - 1)
    return found


def _ratio(part: Any, whole: Any) -> Floats:
    import numpy as np

    result = np.full(len(whole), np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result
