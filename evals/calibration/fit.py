"""Logistic regression with a ridge, by Newton's method; a few lines of numpy, no library.

Pure and deterministic: the same examples give the same numbers everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from agent.errors import CannotTell
from knowledge.relation import LEAST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RIDGE = 1.0
"""Penalty on squared coefficients of standardised features; the bias is free."""
STEPS = 100
CLOSE = 1e-9
DIGITS = 4
"""Of the numbers that are kept."""


class Fitted(NamedTuple):
    """log(p / (1 - p)) = bias + coefficients · features, on the features as they are."""

    coefficients: tuple[float, ...]
    bias: float


def fit(
    features: Sequence[Sequence[float]], right: Sequence[bool], weights: Sequence[float]
) -> Fitted:
    """`features` (n × f), whether each example is true, and how much it counts.

    CannotTell: one class only, or no feature that varies.
    """
    import numpy as np

    x, y = np.asarray(features, dtype=np.float64), np.asarray(right, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    if not len(y) or not 0 < y.sum() < len(y):
        raise CannotTell(
            "cannot tell: every first hit is right, or none is; a fit needs pairs of both kinds"
        )
    w = w * len(w) / w.sum()
    mean = np.average(x, axis=0, weights=w)
    scale = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=w))
    varies = scale > 1e-9
    if not varies.any():
        raise CannotTell("cannot tell: no feature differs between the pairs; look at the texts")
    scale[~varies] = 1.0
    solved = _newton(np.column_stack([(x - mean) / scale, np.ones(len(y))]), y, w)
    raw = np.where(varies, solved[:-1] / scale, 0.0)
    bias = float(solved[-1] - raw @ mean)
    return Fitted(tuple(round(float(c), DIGITS) for c in raw), round(bias, DIGITS))


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


def probability(fitted: Fitted, features: Sequence[float]) -> float:
    """What the fitted numbers say, 0.01..0.99."""
    pairs = zip(fitted.coefficients, features, strict=True)
    logit = fitted.bias + sum(c * value for c, value in pairs)
    likely = 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))
    return min(1 - LEAST, max(LEAST, likely))
