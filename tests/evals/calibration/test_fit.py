"""The regression: it finds what made the data, always the same, and says when it cannot."""

import math

import numpy as np
import pytest

from agent.errors import CannotTell
from evals.calibration.fit import fit
from knowledge.relation import FEATURES

WIDTH = len(FEATURES)


def made(n: int, seed: int = 3) -> tuple[list[list[float]], list[bool]]:
    """Two features that matter (2 and -1, bias .5), the others constant."""
    random = np.random.default_rng(seed)
    rows = np.full((n, WIDTH), 0.25)
    rows[:, :2] = random.normal(size=(n, 2))
    chance = 1 / (1 + np.exp(-(0.5 + 2 * rows[:, 0] - rows[:, 1])))
    return rows.tolist(), (random.random(n) < chance).tolist()


def test_it_finds_the_numbers_that_made_the_data() -> None:
    rows, right = made(6000)
    found = fit(rows, right, [1.0] * len(rows), "made up")
    assert found.features == FEATURES[:2]
    raw = [c / s for c, s in zip(found.coefficients, found.scale, strict=True)]
    assert raw == pytest.approx([2, -1], abs=0.15)
    at_zero = found.probability((0.0, 0.0, *rows[0][2:]))
    assert math.log(at_zero / (1 - at_zero)) == pytest.approx(0.5, abs=0.15)
    assert (found.rows, found.fitted_on) == (6000, "made up")
    assert found.prevalence == pytest.approx(sum(right) / 6000, abs=1e-4)


def test_the_same_pairs_give_the_same_bytes_in_any_order() -> None:
    rows, right = made(200)
    turned = list(range(199, -1, -1))
    first = fit(rows, right, [1.0] * 200, "x")
    again = fit([rows[i] for i in turned], [right[i] for i in turned], [1.0] * 200, "x")
    assert first.dumps() == again.dumps()


def test_a_pair_that_counts_twice_is_two_pairs() -> None:
    rows, right = made(2000)
    weighted = fit(rows, right, [2.0] * 1000 + [1.0] * 1000, "x")
    copied = fit(rows + rows[:1000], right + right[:1000], [1.0] * 3000, "x")
    assert weighted.mean == copied.mean
    # the ridge counts against 2,000 weighted pairs on one side, and 3,000 on the other
    assert weighted.coefficients == pytest.approx(copied.coefficients, rel=0.01)


def test_pairs_that_a_line_separates_stay_finite() -> None:
    rows = [[float(i), *[0.0] * (WIDTH - 1)] for i in range(40)]
    found = fit(rows, [i >= 20 for i in range(40)], [1.0] * 40, "x")
    assert 0.01 <= found.probability(tuple(rows[0])) < 0.2
    assert 0.8 < found.probability(tuple(rows[-1])) <= 0.99


@pytest.mark.parametrize(
    ("rows", "right", "words"),
    [
        ([[0.1] * WIDTH, [0.2] * WIDTH], [True, True], "all the same system, or none"),
        ([[0.1] * WIDTH, [0.1] * WIDTH], [True, False], "no difference"),
        ([], [], "all the same system, or none"),
    ],
)
def test_what_cannot_be_fitted(rows: list[list[float]], right: list[bool], words: str) -> None:
    with pytest.raises(CannotTell, match=words) as raised:
        fit(rows, right, [1.0] * len(rows), "x")
    assert raised.value.exit_code == 3
