"""A page of figures that reads as text on a terminal, as markdown or as one HTML file.

Owns layout only: what stands on it is said by `retrieval/report.py` and `calibration/report.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from agent.record.escape import inline

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).parent / "templates"
WIDE: Final = 79
"""Columns of a terminal that a note takes."""
UNKNOWN: Final = "–"
"""An undefined figure."""


@dataclass(frozen=True)
class Table:
    """A heading, the names of the columns, and rows of cells."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """What to know when reading it."""


@dataclass(frozen=True)
class Plot:
    """A picture as SVG, and what it shows for those who cannot see it."""

    name: str
    """Part of a file name."""
    says: str
    svg: str


@dataclass(frozen=True)
class Page:
    """Everything that one measurement shows."""

    title: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]
    plots: tuple[Plot, ...] = ()


def text(page: Page) -> str:
    """For a terminal: aligned columns, no pictures."""
    return "\n".join(_text(page)) + "\n"


def markdown(page: Page, pictures: Sequence[str] = ()) -> str:
    """A markdown page; `pictures` are the places of the plots' files, in order."""
    return "\n".join(_markdown(page, pictures)) + "\n"


def html(page: Page) -> str:
    """One file that needs no other: the pictures stand in it."""
    return environment().get_template("page.html.j2").render(page=page)


def number(value: float | None, digits: int = 3) -> str:
    """`.875`, `1.000`, or a dash where it is undefined."""
    if value is None:
        return UNKNOWN
    return f"{value:.{digits}f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.{digits}f}"


def spread(
    value: float | None, low: float | None, high: float | None, *, sign: bool = False
) -> str:
    """`.875 [.832, .916]`; with `sign`, `+.052 [+.011, +.093]`."""
    if value is None:
        return UNKNOWN

    def shown(part: float | None) -> str:
        return ("+" if sign and part is not None and part > 0 else "") + number(part)

    return shown(value) if low is None else f"{shown(value)} [{shown(low)}, {shown(high)}]"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates of pages and pictures; whatever is put in is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _text(page: Page) -> Iterator[str]:
    yield page.title
    for note in page.notes:
        yield from wrap(note, WIDE)
    for table in page.tables:
        yield ""
        yield from _aligned(table)
        yield from wrap(table.note, WIDE)


def _aligned(table: Table) -> Iterator[str]:
    rows = (table.header, *table.rows)
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.header))]
    yield table.title
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield ("  " + "  ".join(cells)).rstrip()


def _markdown(page: Page, pictures: Sequence[str]) -> Iterator[str]:
    yield f"# {inline(page.title)}"
    for note in page.notes:
        yield ""
        yield inline(note)
    for table in page.tables:
        yield ""
        yield f"## {inline(table.title)}"
        yield ""
        yield f"| {' | '.join(map(inline, table.header))} |"
        yield "|---" * len(table.header) + "|"
        for row in table.rows:
            yield f"| {' | '.join(map(inline, row))} |"
        if table.note:
            yield ""
            yield inline(table.note)
    for plot, place in zip(page.plots, pictures, strict=False):
        yield ""
        yield f"![{inline(plot.says)}]({place})"
