"""The probability of a duplicate: between its bounds, and rising with every feature."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.relation import duplicate_probability, twin_probability

SHARES = st.floats(0, 1)
SCORES = st.floats(-5, 60)


def test_a_verbatim_listing_is_likely_and_a_chance_neighbour_is_not() -> None:
    assert duplicate_probability(0.87, 0.94, 32.0, 9.0) > 0.98
    assert duplicate_probability(0.9, 0.8, 8.0, 3.0) > 0.9
    assert duplicate_probability(0.55, 0.1, 6.0, 0.4) < 0.15
    assert duplicate_probability(0.0, 0.0, 0.0, 0.0) == 0.01


@given(SHARES, SHARES, SCORES, st.floats(0, 30))
def test_it_is_a_probability(dense: float, lexical: float, score: float, gap: float) -> None:
    assert 0.01 <= duplicate_probability(dense, lexical, score, gap) <= 0.99


@given(SHARES, SHARES, SHARES, SCORES, st.floats(0, 30))
def test_more_shared_words_never_make_it_less_likely(
    dense: float, one: float, other: float, score: float, gap: float
) -> None:
    less, more = sorted((one, other))
    low = duplicate_probability(dense, less, score, gap)
    assert low <= duplicate_probability(dense, more, score, gap)


@pytest.mark.parametrize("gap", [-1.0, 0.0])
def test_a_candidate_behind_the_next_gains_nothing_from_the_gap(gap: float) -> None:
    assert math.isclose(
        duplicate_probability(0.5, 0.5, 5.0, gap), duplicate_probability(0.5, 0.5, 5.0, 0.0)
    )


def test_two_proposals_are_twins_where_their_purposes_are_near() -> None:
    chances = [twin_probability(dense) for dense in (-1.0, 0.3, 0.5, 0.6, 0.8, 1.0)]
    assert chances == sorted(chances)
    assert chances[0] == 0.01
    assert chances[2] < 0.5 < chances[3]
    assert chances[-1] > 0.97
