"""Is a fitted probability true for those it was not fitted on? Leave a group out, predict it.

Pure. The groups are the agencies where there are enough of them, else parts of the queries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from agent.errors import CannotTell
from evals.calibration.examples import Example, weights
from evals.calibration.fit import Fitted, fit, probability
from evals.retrieval import metrics
from evals.retrieval.bootstrap import intervals

LEAST: Final = 10
"""Queries whose first hit is right, and as many whose first hit is wrong, that a fit needs."""
AGENCIES: Final = 3
"""Groups that there must be to leave one out."""
FOLDS: Final = 10

Tell = Callable[[int, int, str], None]


class Checked(NamedTuple):
    """The numbers fitted on everything, and what each query got from a fit without its group."""

    fitted: Fitted
    groups: str
    """`agency` or `queries`."""
    count: int
    judged: tuple[Example, ...]
    """In whole catalogues; one a query."""
    predicted: tuple[float, ...]


def check(examples: Sequence[Example]) -> Checked:
    """Fit, and predict each group from the others. CannotTell: too few pairs, or of one kind."""
    judged = tuple(example for example in examples if example.whole)
    right = sum(example.right for example in judged)
    if min(right, len(judged) - right) < LEAST:
        raise CannotTell(
            f"cannot tell: of {len(judged)} first hits {right} are the same system; a fit needs "
            f"{LEAST} that are and {LEAST} that are not"
        )
    by = _groups(examples)
    out_of_fold: dict[str, float] = {}
    for group in sorted(set(by.values())):
        fitted = fit_examples([e for e in examples if by[e.query] != group])
        for example in judged:
            if by[example.query] == group:
                out_of_fold[example.query] = probability(fitted, example.features)
    named = {example.agency for example in judged}
    return Checked(
        fitted=fit_examples(examples),
        groups="agency" if set(by.values()) <= named else "queries",
        count=len(set(by.values())),
        judged=judged,
        predicted=tuple(out_of_fold[example.query] for example in judged),
    )


def fit_examples(examples: Sequence[Example]) -> Fitted:
    """The regression on all these pairs."""
    return fit(
        [example.features for example in examples],
        [example.right for example in examples],
        weights(examples),
    )


def figures(
    judged: Sequence[Example], chances: Sequence[float], draws: int, seed: int
) -> dict[str, Any]:
    """ECE, AUROC and Brier score of these probabilities, with intervals and bins."""
    import numpy as np

    right = np.array([example.right for example in judged], dtype=bool)
    counterpart = np.array([example.counterpart for example in judged], dtype=bool)
    agencies = [example.agency for example in judged]
    found = intervals(
        {
            "ece": metrics.calibration_error(chances, right),
            "auroc": metrics.auroc(chances, counterpart),
            "auroc_within_agency": metrics.auroc(chances, counterpart, agencies),
            "brier": metrics.brier(chances, right),
        },
        len(judged),
        draws,
        seed,
    )
    return {
        **{key: interval.value for key, interval in found.items()},
        "intervals": {key: [interval.low, interval.high] for key, interval in found.items()},
        "bins": metrics.rows(metrics.reliability(chances, right)),
    }


def _groups(examples: Sequence[Example]) -> dict[str, str]:
    """Query → the group that is left out with it."""
    agencies = {example.agency for example in examples if example.whole}
    if len(agencies) >= AGENCIES and "" not in agencies:
        return {example.query: example.agency for example in examples}
    ordered = sorted({example.query for example in examples})
    return {query: f"part {place % FOLDS}" for place, query in enumerate(ordered)}
