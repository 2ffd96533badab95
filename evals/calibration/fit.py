"""Logistic regression with a ridge, by Newton's method; a few lines of numpy, no library.

Pure and deterministic: the same examples give the same numbers everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.errors import CannotTell
from knowledge.relation import FEATURES, Relation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RIDGE = 1.0
"""Penalty on squared coefficients of standardised features; the bias is free."""
STEPS = 100
CLOSE = 1e-9
FLAT = 1e-3
"""A feature that spreads less says nothing."""
DIGITS = 5
"""Of the numbers that are kept."""


def fit(
    features: Sequence[Sequence[float]],
    right: Sequence[bool],
    weights: Sequence[float],
    fitted_on: str,
) -> Relation:
    """`features` (n × FEATURES), whether each pair is the same system, and how much it counts.

    CannotTell: pairs of one kind only, or no feature that varies.
    """
    import numpy as np

    x, y = np.asarray(features, dtype=np.float64), np.asarray(right, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    if not len(y) or not 0 < y.sum() < len(y):
        raise CannotTell("cannot tell: the pairs are all the same system, or none of them is")
    w = w * len(w) / w.sum()
    mean = np.average(x, axis=0, weights=w)
    scale = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=w))
    kept = np.flatnonzero(scale > FLAT)
    if not len(kept):
        raise CannotTell("cannot tell: the search sees no difference between the pairs")
    solved = _newton(np.column_stack([(x - mean)[:, kept] / scale[kept], np.ones(len(y))]), y, w)
    return Relation(
        format="relation-1",
        features=tuple(FEATURES[place] for place in kept),
        mean=_rounded(mean[kept]),
        scale=_rounded(scale[kept]),
        coefficients=_rounded(solved[:-1]),
        bias=round(float(solved[-1]), DIGITS),
        fitted_on=fitted_on,
        rows=len(y),
        prevalence=round(float(y.mean()), DIGITS),
    )


def _rounded(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) for value in values)


def _newton(
    x: NDArray[np.float64], y: NDArray[np.float64], w: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The coefficients that maximise the penalised likelihood; convex, so there is one answer."""
    import numpy as np

    ridge = np.full(x.shape[1], RIDGE)
    ridge[-1] = 1e-6
    found = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ found, -50, 50)))
        slope = x.T @ (w * (y - chance)) - ridge * found
        curve = (x.T * (w * chance * (1 - chance) + 1e-12)) @ x + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        found = found + step * min(1.0, 5.0 / max(1e-12, float(np.abs(step).max())))
        if float(np.abs(step).max()) < CLOSE:
            break
    return found
