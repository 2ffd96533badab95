"""Cross-validation keeps a group's own pairs out of the fit that predicts it."""

import numpy as np
import pytest

from agent.errors import CannotTell
from evals.calibration.examples import Example, weights
from evals.calibration.validate import check, figures, fit_examples
from knowledge.relation import FEATURES


def examples(n: int, agencies: int, *, samples: bool = True) -> list[Example]:
    """Two hits a query, in its whole catalogue and in a sample; the first feature decides."""
    random = np.random.default_rng(5)
    found = []
    for number in range(n):
        counterpart = bool(random.random() < 0.6)
        agency = f"agency {number % agencies}" if agencies else ""
        for whole in (True, False)[: 1 + samples]:
            for first in (True, False):
                right = counterpart and first
                value = float(random.normal(loc=1.0 if right else 0.0, scale=0.5))
                row = (value, *random.normal(size=len(FEATURES) - 1))
                found.append(Example(f"q{number}", agency, counterpart, first, whole, row, right))
    return found


def test_a_group_is_predicted_by_a_fit_without_it() -> None:
    given = examples(80, 4)
    found = check(given, "x")
    assert (found.groups, found.parts) == ("agency", 4)
    assert all(example.whole for example in found.judged)
    assert len(found.judged) == len(found.predicted) == 160
    without = fit_examples([e for e in given if e.agency != "agency 2"], "")
    for example, chance in zip(found.judged, found.predicted, strict=True):
        if example.agency == "agency 2":
            assert chance == without.probability(example.features)
    assert found.relation == fit_examples(given, "x")


@pytest.mark.parametrize("agencies", [0, 2])
def test_without_enough_agencies_parts_of_the_queries_are_left_out(agencies: int) -> None:
    found = check(examples(60, agencies), "x")
    assert (found.groups, found.parts) == ("queries", 10)


def test_figures_are_of_the_first_hit_and_of_the_highest() -> None:
    row = (0.0,) * len(FEATURES)
    judged = [
        Example("a", "X", True, True, True, row, False),
        Example("a", "X", True, False, True, row, True),
        Example("b", "X", False, True, True, row, False),
        Example("c", "X", True, True, True, row, True),
    ]
    found = figures(judged, [0.25, 0.9, 0.35, 0.95], 20, 1)
    assert found["ece"] == pytest.approx((0.25 + 0.35 + 0.05) / 3, abs=1e-4)
    assert found["auroc"] == 1.0
    assert [row["n"] for row in found["bins"]] == [1, 1, 1]


def test_an_agency_counts_as_the_root_of_its_pairs() -> None:
    given = examples(1, 0) + [e._replace(agency="big") for e in examples(4, 0)]
    assert weights(given) == [1.0] * 4 + [0.25] * 16


def test_too_few_of_a_kind() -> None:
    with pytest.raises(CannotTell, match=r"of 12 first hits \d+ are the same system"):
        check(examples(12, 4), "x")
