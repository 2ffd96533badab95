"""Intervals by resampling queries: what another set of such queries might have given.

Pure and seeded. Every statistic sees the same draws, so differences are paired. Queries are taken
as independent; those of one agency resemble each other, so the true spread is somewhat wider.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from evals.retrieval.metrics import Floats, Statistic

DRAWS = 2000
SEED = 4
AT_ONCE = 2_000_000
"""Weights held in memory together."""

_Key = TypeVar("_Key", bound=Hashable)


class Interval(NamedTuple):
    """A figure with its 95% percentile interval; None where it is undefined."""

    value: float | None
    low: float | None
    high: float | None


def intervals(
    statistics: Mapping[_Key, Statistic], n: int, draws: int = DRAWS, seed: int = SEED
) -> dict[_Key, Interval]:
    """Each statistic over n queries and over `draws` resamples of them."""
    import numpy as np

    random = np.random.default_rng(seed)
    plain = np.ones((1, n))
    drawn: dict[_Key, list[Floats]] = {key: [] for key in statistics}
    step = max(1, AT_ONCE // max(1, n))
    for start in range(0, draws if n else 0, step):
        size = min(step, draws - start)
        weights = random.multinomial(n, np.full(n, 1 / n), size=size).astype(np.float64)
        for key, statistic in statistics.items():
            drawn[key].append(statistic(weights))
    return {
        key: _interval(statistic(plain)[0] if n else np.nan, np.concatenate([[], *drawn[key]]))
        for key, statistic in statistics.items()
    }


def _interval(value: float, drawn: Floats) -> Interval:
    import numpy as np

    if np.isnan(value):
        return Interval(None, None, None)
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return Interval(_rounded(value), None, None)
    low, high = np.percentile(known, [2.5, 97.5])
    return Interval(_rounded(value), _rounded(low), _rounded(high))


def _rounded(value: float) -> float:
    return round(float(value), 4)
