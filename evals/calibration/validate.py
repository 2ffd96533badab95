"""Is a fitted probability true for those it was not fitted on? Leave a group out, predict it.

Pure. The groups are the agencies where there are enough of them, else parts of the queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from agent.errors import CannotTell
from evals.calibration.examples import Example, weights
from evals.calibration.fit import fit
from evals.retrieval import metrics
from evals.retrieval.bootstrap import intervals
from evals.retrieval.register import Query
from knowledge.relation import Relation

LEAST: Final = 10
"""Queries whose first hit is right, and as many whose first hit is wrong, that a fit needs."""
AGENCIES: Final = 3
"""Groups that there must be to leave one out."""
FOLDS: Final = 10


class Checked(NamedTuple):
    """The numbers fitted on everything, and what each hit got from a fit without its group."""

    relation: Relation
    groups: str
    """`agency` or `queries`."""
    parts: int
    judged: tuple[Example, ...]
    """In whole catalogues, query by query, the first hit first."""
    predicted: tuple[float, ...]


def require_enough(queries: Sequence[Query]) -> None:
    """CannotTell, before anything is searched, where no fit can come of so few queries."""
    with_one = sum(bool(query.gold) for query in queries)
    if with_one < LEAST or len(queries) < 2 * LEAST:
        raise CannotTell(
            f"cannot tell: {len(queries)} queries, {with_one} with a counterpart; a fit needs at "
            f"least {2 * LEAST}, and {LEAST} with a counterpart"
        )


def check(examples: Sequence[Example], fitted_on: str) -> Checked:
    """Fit, and predict each group from the others. CannotTell: too few pairs, or of one kind."""
    judged = tuple(example for example in examples if example.whole)
    first = [example.right for example in judged if example.first]
    if min(sum(first), len(first) - sum(first)) < LEAST:
        raise CannotTell(
            f"cannot tell: of {len(first)} first hits {sum(first)} are the same system; a fit needs"
            f" {LEAST} that are and {LEAST} that are not"
        )
    by = _groups(examples)
    without = {
        group: fit_examples([e for e in examples if by[e.query] != group], "")
        for group in sorted(set(by.values()))
    }
    return Checked(
        relation=fit_examples(examples, fitted_on),
        groups="agency" if without.keys() <= {e.agency for e in judged} else "queries",
        parts=len(without),
        judged=judged,
        predicted=tuple(without[by[e.query]].probability(e.features) for e in judged),
    )


def fit_examples(examples: Sequence[Example], fitted_on: str) -> Relation:
    """The regression on all these pairs."""
    return fit(
        [example.features for example in examples],
        [example.right for example in examples],
        weights(examples),
        fitted_on,
    )


def figures(
    judged: Sequence[Example], chances: Sequence[float], draws: int, seed: int
) -> dict[str, Any]:
    """ECE and Brier score of the first hits' probabilities, AUROC of each query's highest."""
    import numpy as np

    firsts = [(e, chance) for e, chance in zip(judged, chances, strict=True) if e.first]
    highest: dict[str, float] = {}
    for example, chance in zip(judged, chances, strict=True):
        highest[example.query] = max(chance, highest.get(example.query, 0.0))
    decided = [highest[example.query] for example, _ in firsts]
    first = [chance for _, chance in firsts]
    right = np.array([example.right for example, _ in firsts], dtype=bool)
    counterpart = np.array([example.counterpart for example, _ in firsts], dtype=bool)
    agencies = [example.agency for example, _ in firsts]
    found = intervals(
        {
            "ece": metrics.calibration_error(first, right),
            "auroc": metrics.auroc(decided, counterpart),
            "auroc_within_agency": metrics.auroc(decided, counterpart, agencies),
            "brier": metrics.brier(first, right),
        },
        len(firsts),
        draws,
        seed,
    )
    return {
        **{key: interval.value for key, interval in found.items()},
        "intervals": {key: [interval.low, interval.high] for key, interval in found.items()},
        "bins": metrics.rows(metrics.reliability(first, right)),
    }


def _groups(examples: Sequence[Example]) -> dict[str, str]:
    """Query → the group that is left out with it."""
    agencies = {example.agency for example in examples if example.whole}
    if len(agencies) >= AGENCIES and "" not in agencies:
        return {example.query: example.agency for example in examples}
    ordered = sorted({example.query for example in examples})
    return {query: f"part {place % FOLDS}" for place, query in enumerate(ordered)}
