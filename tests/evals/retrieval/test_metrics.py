"""Figures against values worked out by hand."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from evals.retrieval import metrics

if TYPE_CHECKING:
    from evals.retrieval.metrics import Statistic


def value(statistic: "Statistic", *weights: float, n: int = 0) -> float:
    row = np.array([weights]) if weights else np.ones((1, n))
    return float(statistic(row)[0])


def flags(text: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    return np.array([mark == "+" for mark in text])


def test_recall_and_reciprocal_rank() -> None:
    ranks, counterpart = [1, 3, 0, 7, 0], flags("++++-")
    assert value(metrics.recall(ranks, 1, counterpart), n=5) == 1 / 4
    assert value(metrics.recall(ranks, 5, counterpart), n=5) == 2 / 4
    assert value(metrics.recall(ranks, 10, counterpart), n=5) == 3 / 4
    expected = (1 + 1 / 3 + 0 + 1 / 7) / 4
    assert value(metrics.reciprocal(ranks, counterpart), n=5) == pytest.approx(expected)


def test_weights_are_copies_of_a_query() -> None:
    recall = metrics.recall([1, 0, 2], 1, flags("+++"))
    assert value(recall, 3, 1, 0) == 3 / 4
    assert np.isnan(value(recall, 0, 0, 0))


@pytest.mark.parametrize(
    ("scores", "labels", "expected"),
    [
        ([0.9, 0.8, 0.2, 0.1], "++--", 1.0),
        ([0.1, 0.2, 0.8, 0.9], "++--", 0.0),
        ([0.5, 0.5, 0.5, 0.5], "++--", 0.5),
        ([0.7, 0.5, 0.5, 0.1], "+-+-", (1 + 1 + 0.5 + 1) / 4),
        ([3.0, 1.0, 2.0], "-+-", 0.0),
    ],
)
def test_auroc_with_ties(scores: list[float], labels: str, expected: float) -> None:
    auroc = metrics.auroc(scores, flags(labels))
    assert value(auroc, n=len(scores)) == pytest.approx(expected)


def test_auroc_is_that_of_all_pairs_on_any_sample() -> None:
    random = np.random.default_rng(7)
    scores, positive = random.integers(0, 6, 40).astype(float), random.random(40) < 0.4
    counts = random.multinomial(40, np.full(40, 1 / 40), size=5).astype(float)
    found = metrics.auroc(scores.tolist(), positive)(counts)
    for row, auroc in zip(counts, found, strict=True):
        copies = np.repeat(np.arange(40), row.astype(int))
        wins = [
            1.0 if scores[p] > scores[n] else 0.5 if scores[p] == scores[n] else 0.0
            for p in copies
            for n in copies
            if positive[p] and not positive[n]
        ]
        assert auroc == pytest.approx(sum(wins) / len(wins))


def test_auroc_of_one_class_is_undefined() -> None:
    assert np.isnan(value(metrics.auroc([1.0, 2.0], flags("++")), n=2))


def test_auroc_within_a_group_compares_no_others() -> None:
    scores = [0.9, 0.1, 0.2, 0.4, 0.99, 0.0]
    groups = ["a", "a", "b", "b", "", ""]
    within = metrics.auroc(scores, flags("+-+--+"), groups)
    assert value(within, n=6) == 1 / 2


def test_calibration_error_by_bins() -> None:
    chances, right = [0.05, 0.95, 0.95, 0.85], flags("-+-+")
    # bins: .05 alone, two of .95 of which one is true, .85 alone
    expected = (0.05 + abs(1 - 1.9) + 0.15) / 4
    assert value(metrics.calibration_error(chances, right), n=4) == pytest.approx(expected)
    assert value(metrics.calibration_error([1.0, 0.0], flags("+-")), n=2) == 0.0
    expected = (0.05**2 + 0.05**2 + 0.95**2 + 0.15**2) / 4
    assert value(metrics.brier(chances, right), n=4) == pytest.approx(expected)


def test_reliability_shows_the_bins_that_hold_something() -> None:
    found = metrics.reliability([0.05, 0.95, 0.99, 1.0], flags("-+-+"))
    assert [(b.low, b.n, b.observed) for b in found] == [(0.0, 1, 0.0), (0.9, 3, 2 / 3)]
    assert found[1].predicted == pytest.approx(0.98)
