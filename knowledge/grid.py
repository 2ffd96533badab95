"""Cells in rows as a table file holds them, whatever its format, and which row is the header.

Pure: `tables.py` (CSV) and `workbook.py` (Excel) make the rows; `registers.py` says what they mean.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple

from knowledge.columns import plain

LOOK = 40
"""Rows at the top of a file among which the header stands."""


class GridRow(NamedTuple):
    """One row; empty cells are ""."""

    line: int
    """Physical line (CSV: where the row begins) or the sheet's row, from 1."""
    cells: Sequence[str]
    faults: Mapping[int, str] = MappingProxyType({})
    """Column (from 0) → what is wrong with its cell; the cell is then empty."""

    @property
    def filled(self) -> bool:
        """Whether any cell says something."""
        return any(cell and not cell.isspace() for cell in self.cells)


class Headed(NamedTuple):
    """A table with its header found."""

    line: int
    """Where the header stands; 0: there is none, the table is empty."""
    headers: tuple[str, ...]
    """Unique, as the file has them; one that stands twice has ` (2)` behind it, one without a name
    is ""."""
    rows: Iterator[GridRow]
    """All that follow the header, empty ones left out."""


def headed(rows: Iterable[GridRow], known: Collection[str], header_row: int = 0) -> Headed:
    """Find the header: the row named, else the one near the top with the most known column names
    (`known`, as `plain` writes them), else the first that is not empty."""
    filled = (row for row in rows if row.filled)
    top = list(islice(filled, LOOK))
    if header_row:
        while top and top[-1].line < header_row and (row := next(filled, None)):
            top.append(row)
        at = next((n for n, row in enumerate(top) if row.line == header_row), None)
        if at is None:
            return Headed(0, (), iter(()))
    else:
        at = _likeliest(top, known)
    if at is None:
        return Headed(0, (), iter(()))
    return Headed(top[at].line, unique(top[at].cells), chain(top[at + 1 :], filled))


def _likeliest(top: Sequence[GridRow], known: Collection[str]) -> int | None:
    if not top:
        return None
    counts = [sum(plain(cell) in known for cell in row.cells if cell.strip()) for row in top]
    best = max(range(len(top)), key=lambda n: (counts[n], -n))
    return best if counts[best] >= 2 else 0


def unique(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers without trailing empty ones, repeated ones numbered."""
    names: list[str] = []
    for cell in cells:
        name, number = cell.strip(), 2
        while name and name in names:
            name = f"{cell.strip()} ({number})"
            number += 1
        names.append(name)
    while names and not names[-1]:
        names.pop()
    return tuple(names)
