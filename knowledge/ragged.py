"""Rows of different length in flat arrays: row i is `flat[starts[i]:starts[i + 1]]`.

Owns the arithmetic of taking some rows out and of summing within rows; knows no texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


def starts_of(lengths: Sequence[int] | NDArray[Any]) -> NDArray[np.int64]:
    """Where each row starts, and where the last one ends."""
    import numpy as np

    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def taken(
    starts: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(places in the flat array, starts) of the chosen rows, one after the other."""
    import numpy as np

    first = starts[rows]
    lengths = starts[rows + 1] - first
    new = starts_of(lengths)
    return np.arange(new[-1]) + np.repeat(first - new[:-1], lengths), new


class Joined(NamedTuple):
    """How the rows of two lists make one: places in both flat arrays put together, and starts."""

    places: NDArray[np.int64]
    starts: NDArray[np.int64]


def joined(old: NDArray[np.int64], new: NDArray[np.int64], places: Sequence[int]) -> Joined:
    """`places` names a row of the old list, or is -1 for the next one of the new."""
    import numpy as np

    wanted = np.array(places, dtype=np.int64)
    fresh = wanted < 0
    wanted[fresh] = len(old) - 1 + np.arange(int(fresh.sum()))
    return Joined(*taken(np.concatenate([old, old[-1] + new[1:]]), wanted))


def summed(values: NDArray[Any], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """The sum within each row; 0 for an empty one. Along the first axis."""
    return _reduced("add", values, starts)


def highest(values: NDArray[Any], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """The highest value within each row, at least 0. Along the first axis."""
    return _reduced("maximum", values, starts)


def _reduced(how: str, values: NDArray[Any], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    import numpy as np

    filled = starts[:-1] < starts[1:]
    out = np.zeros((len(starts) - 1, *values.shape[1:]))
    if filled.any():
        out[filled] = getattr(np, how).reduceat(values, starts[:-1][filled], axis=0)
    return np.maximum(out, 0.0) if how == "maximum" else out
