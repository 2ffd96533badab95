"""Intervals: the same from the same seed, paired, and undefined where nothing can be said."""

import numpy as np
import pytest

from evals.retrieval import bootstrap, metrics
from evals.retrieval.bootstrap import Interval, intervals

ALL = np.ones(100, dtype=bool)
RANKS = [1] * 80 + [0] * 20


def test_the_seed_decides() -> None:
    recall = {"r": metrics.recall(RANKS, 1, ALL)}
    first, again, other = (intervals(recall, 100, 500, seed)["r"] for seed in (1, 1, 2))
    assert first == again
    assert first.value == other.value == 0.8
    assert first != other


def test_a_share_gets_about_its_binomial_interval() -> None:
    found = intervals({"r": metrics.recall(RANKS, 1, ALL)}, 100, 4000)["r"]
    assert found.low == pytest.approx(0.8 - 1.96 * 0.04, abs=0.015)
    assert found.high == pytest.approx(0.8 + 1.96 * 0.04, abs=0.015)


def test_differences_are_paired() -> None:
    """Two methods that are right on the same queries differ by nothing, whatever is drawn."""
    one, two = metrics.recall(RANKS, 1, ALL), metrics.recall(RANKS, 5, ALL)
    found = intervals({"d": metrics.difference(one, two)}, 100, 200)["d"]
    assert found == Interval(0.0, 0.0, 0.0)


def test_memory_is_bounded_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    recall = {"r": metrics.recall(RANKS, 1, ALL)}
    at_once = intervals(recall, 100, 50)
    monkeypatch.setattr(bootstrap, "AT_ONCE", 700)
    assert intervals(recall, 100, 50) == at_once


def test_nothing_to_say() -> None:
    nobody = np.zeros(3, dtype=bool)
    assert intervals({"r": metrics.recall([1, 1, 1], 1, nobody)}, 3, 20)["r"] == (None, None, None)
    assert intervals({"r": metrics.recall([1, 0], 1, ALL[:2])}, 2, 0)["r"] == (0.5, None, None)
    assert intervals({"r": metrics.recall([], 1, ALL[:0])}, 0, 20)["r"] == (None, None, None)
