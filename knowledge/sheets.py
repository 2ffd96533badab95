"""Which sheet of a workbook holds the register, and its rows.

Owns the choice; `workbook.py` reads cells.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from knowledge.grid import LOOK, GridRow
from knowledge.records import TableFile
from knowledge.workbook import BadTable, Sheet, Workbook

SURE = 0.8
"""A sheet that fits so well may be meant."""
Fits = Callable[[Sequence[GridRow]], float]
"""How well a sheet with these rows at its top fits: 0 not at all, 1 for sure."""


def sheet_rows(file: TableFile, fits: Fits) -> Iterator[GridRow]:
    """Rows of the sheet that is meant; what stands in the way is reported."""
    try:
        book = Workbook(file.raw)
    except BadTable as error:
        file.report(1, str(error))
        return
    line = 0
    try:
        name = _meant(file, book, fits)
        if name is None:
            return
        if hidden := book.hidden(name):
            said = f"hidden rows or columns of the sheet “{name}” are read like the others"
            file.note(1, f"{said}: {hidden}")
        for row in book.rows(name):
            line = row.line
            yield row
    except BadTable as error:
        file.report(line + 1, str(error))
    finally:
        book.close()


def _meant(file: TableFile, book: Workbook, fits: Fits) -> str | None:
    wanted = file.table.sheet
    if wanted:
        found = [s.name for s in book.sheets if s.name.casefold() == wanted.casefold()]
        if not found:
            file.report(1, f"there is no sheet “{wanted}”; it has {_named(book.sheets)}; not read")
        return wanted if wanted in found else next(iter(found), None)
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    if not visible:
        file.report(1, f"all its sheets are hidden ({_named(book.sheets)}); not read: {_NAME_ONE}")
        return None
    tops = {sheet.name: list(islice(book.rows(sheet.name), 2 * LOOK)) for sheet in visible}
    scores = {name: fits(top) for name, top in tops.items() if any(row.filled for row in top)}
    sure = [name for name, score in scores.items() if score >= SURE]
    if len(sure) > 1:
        named = ", ".join(f"“{name}”" for name in sure)
        file.report(1, f"several of its sheets could be meant: {named}; not read: {_NAME_ONE}")
        return None
    best = max(scores, key=lambda name: scores[name], default=visible[0].name)
    left = [sheet for sheet in book.sheets if sheet.name != best]
    if left:
        file.note(1, f"the sheet “{best}” is read; not read: {_named(left)}")
    return best


_NAME_ONE = 'name one with `sheet = "…"` in [tables] of concord.toml'


def _named(sheets: Sequence[Sheet]) -> str:
    return ", ".join(f"“{s.name}”{' (hidden)' if s.hidden else ''}" for s in sheets)
