"""Rows of different length in flat arrays."""

import numpy as np

from knowledge.ragged import highest, starts_of, summed, taken

STARTS = starts_of([2, 0, 3, 0])
FLAT = np.array([1.0, 2.0, 5.0, 7.0, -6.0])


def test_rows_are_summed_and_empty_ones_are_nothing() -> None:
    assert STARTS.tolist() == [0, 2, 2, 5, 5]
    assert summed(FLAT, STARTS).tolist() == [3.0, 0.0, 6.0, 0.0]
    assert highest(FLAT, STARTS).tolist() == [2.0, 0.0, 7.0, 0.0]
    assert highest(-np.abs(FLAT), STARTS).tolist() == [0.0, 0.0, 0.0, 0.0]
    assert summed(np.stack([FLAT, FLAT], axis=1), STARTS)[2].tolist() == [6.0, 6.0]


def test_chosen_rows_stand_one_after_the_other() -> None:
    places, starts = taken(STARTS, np.array([2, 1, 0]))
    assert FLAT[places].tolist() == [5.0, 7.0, -6.0, 1.0, 2.0]
    assert starts.tolist() == [0, 3, 3, 5]
    places, starts = taken(STARTS, np.array([], dtype=np.int64))
    assert (len(places), starts.tolist()) == (0, [0])
    assert summed(FLAT[:0], starts_of([0, 0])).tolist() == [0.0, 0.0]
