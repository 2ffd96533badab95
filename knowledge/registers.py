"""A table file (CSV, JSONL, Excel) as the raw values of entries, row by row.

Owns which mapping a file is read with: what concord.toml says, else columns that are named as our
fields, else a guess that leaves no doubt. Nothing is left out silently: a row that is not read is
reported, and what was taken for what is noted.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from knowledge.columns import Mapping, Row, bind, describe, fields_of, plain
from knowledge.entries import Entry, Source
from knowledge.grid import GridRow, Headed, headed
from knowledge.making import Record, fields_set, make
from knowledge.records import Read, TableFile, mapped, own_names, plainly
from knowledge.tables import SEPARATOR, Object, csv_rows, flat_row, jsonl_rows, shown, table_lines

OWN = 0.85
"""The share of columns named as our fields from which on the others are slips."""
LOOK = 200
"""Rows that a guess looks at."""
_DESCRIBING = frozenset({"description", "purpose", "summary", "details"})
"""Columns that are meant as the `body` where none is called so."""


def entries(file: TableFile, path: Path, shown_path: str) -> Iterator[Entry]:
    """The entries of a table file's rows, each with its place; how many there are is a note, where
    there is more to be said of the file than that it was read as it stands."""
    stem, sha256 = path.stem, hashlib.sha256(file.raw).hexdigest()
    separator = None if file.ending == ".jsonl" else SEPARATOR
    wrong: set[int] = set()
    noted: list[int] = []
    made = 0

    def report(line: int, message: str) -> None:
        wrong.add(line)
        file.report(line, message)

    def note(line: int, message: str) -> None:
        noted.append(line)
        file.note(line, message)

    for line, values, text in read(file._replace(report=report, note=note)):
        source = Source.model_construct(
            fields_set(Source),
            path=shown_path,
            sha256=sha256,
            line=line,
            text=text or shown(values),
            one_line=True,
        )
        record = Record(values, source, partial(_everywhere, line), separator=separator, stem=stem)
        for entry in make(file.folder, record, report):
            made += 1
            yield entry
    problems = f"; lines with problems: {len(wrong):,}" if wrong else ""
    if wrong or noted or file.table.maps:
        file.note(1, f"entries read: {made:,}{problems}")


def _everywhere(line: int, _name: str) -> int:
    """All fields of a table's row stand on its line."""
    return line


def read(file: TableFile) -> Iterator[Read]:
    """The rows of a table file; what cannot be read is reported with its line."""
    if file.ending == ".xlsx":
        from knowledge.sheets import sheet_rows

        rows = sheet_rows(file, partial(_fits, file))
        yield from _grid(file, rows)
        return
    physical, problems, notes = table_lines(file.raw)
    for problem in problems:
        file.report(1, problem)
    for note in notes:
        file.note(1, note)
    if file.ending == ".csv":
        yield from _grid(file, csv_rows(physical, file.report))
    else:
        yield from _objects(file, jsonl_rows(physical, file.report))


def _grid(file: TableFile, rows: Iterable[GridRow]) -> Iterator[Read]:
    found = _headed(file, rows)
    if not found.line:
        if file.table.header_row:
            file.report(file.table.header_row, "no header stands here; the file is not read")
        return
    top = list(islice(found.rows, LOOK))
    found = found._replace(rows=chain(top, found.rows))
    if not file.table.maps and _ours(file.folder, found.headers):
        yield from plainly(file, found)
    elif mapping := _mapping(file, found, top):
        yield from mapped(file, found.line, found.headers, _rows(file, found), mapping)
    elif mapping is None:
        yield from plainly(file, found)


def _ours(folder: str, headers: Collection[str]) -> bool:
    """Whether the columns are named as our fields without any doubt: `id, name, description` are
    not, though one of them is, nor are `id, title, description`; one odd column among many is a
    slip."""
    names = {header for header in headers if header}
    ours = fields_of(folder) | {"requirements"}
    if "status" not in names:
        ours -= {"stage"}  # a field beside `status` alone; by itself it is somebody's word for it
    own = sum(1 for name in names if name.partition(".")[0] in ours)
    described = bool(names & {"body", "text"}) or not names & _DESCRIBING
    named = "id" in names and bool({"title", "text"} & names)
    return named and described and own >= OWN * len(names)


def _rows(file: TableFile, found: Headed) -> Iterator[tuple[GridRow, Row]]:
    """Rows with their cells by header; one with more cells than the header is reported."""
    for row in found.rows:
        over = row.cells[len(found.headers) :]
        if any(cell and not cell.isspace() for cell in over):
            said = f"this row has {len(row.cells)} cells, the header {len(found.headers)}"
            file.report(row.line, f"{said}; not read")
        else:
            yield row, _row(found.headers, row)


def _objects(file: TableFile, objects: Iterator[Object]) -> Iterator[Read]:
    """JSONL: the keys are the columns."""
    top = list(islice(objects, LOOK))
    rows = [flat_row(values) for _, values in top]
    headers = tuple(dict.fromkeys(name for row in rows for name in row))
    every = chain(top, objects)
    if not file.table.maps and (_ours(file.folder, headers) or not headers):
        yield from (Read(line, values, "") for line, values in every)
        return
    line = top[0][0] if top else 1
    found = Headed(line, headers, iter(()))
    if mapping := _mapping(file, found, [GridRow(n, ()) for n, _ in top], rows):
        flat = ((GridRow(n, ()), flat_row(values)) for n, values in every)
        yield from mapped(file, line, headers, flat, mapping)
    elif mapping is None:
        for number, values in every:
            yield Read(number, {name.lower(): value for name, value in values.items()}, "")


def _headed(file: TableFile, rows: Iterable[GridRow]) -> Headed:
    """With the header found by what the mapping knows, or all mappings of this kind."""
    rows = iter(rows)
    first = next((row for row in rows if row.filled), None)
    if first is None:
        return Headed(0, (), iter(()))
    names = {name.strip().lower() for name in first.cells}
    ours = not file.table.maps and {"id", "title"} <= names
    known = frozenset() if ours else _known(file)
    return headed(chain([first], rows), known, file.table.header_row)


def _known(file: TableFile) -> frozenset[str]:
    from knowledge.mappings import of

    mappings = [file.table.resolved()] if file.table.maps else list(of(file.folder))
    names = set(fields_of(file.folder)) if not file.table.maps else set()
    for mapping in mappings:
        names.update(name for columns in mapping.columns.values() for name in columns)
        names.update(name for others in mapping.renamed.values() for name in others)
    return frozenset(map(plain, names))


def _mapping(
    file: TableFile, found: Headed, top: Sequence[GridRow], rows: Sequence[Row] = ()
) -> Mapping | Literal[False] | None:
    """The mapping for this header; False when there is none, which is reported, and None when the
    columns are at least named as our fields."""
    if file.table.maps:
        mapping: Mapping = file.table.resolved()
        if "title" in bind(mapping, found.headers).fields or "title" in mapping.constants:
            return mapping
        wanted = " or ".join(f"“{name}”" for name in mapping.columns.get("title", ())[:1])
        file.report(
            found.line,
            f"this header has no column {wanted or 'for `title`'}, which the mapping needs; it has"
            f" {_listed(found.headers)}; the file is not read",
        )
        return False
    from knowledge.column_guess import guess

    rows = rows or [_row(found.headers, row) for row in top]
    guessed = guess(found.headers, rows, file.folder)
    if guessed.confidence >= file.sure:
        file.note(found.line, f"columns taken: {'; '.join(describe(guessed, found.headers))}")
        return guessed
    if "id" in own_names(found.headers).values():
        return None
    file.report(found.line, f"{_unsure(guessed, found)}; the file is not read")
    return False


def _unsure(guessed: Mapping, found: Headed) -> str:
    likely = guessed.name or "register"
    doubt = "; ".join(
        f"`{field}` could be {_listed(others)}" for field, others in guessed.alternatives.items()
    )
    return (
        f"it is not clear what its columns are ({_listed(found.headers)}"
        f'{"; " + doubt if doubt else ""}): name them in concord.toml, [tables."…"] columns = {{'
        f' title = "…", body = ["…"] }} or mapping = "{likely}", or call them as the fields, one of'
        " them `id`"
    )


def _listed(names: Sequence[str], most: int = 8) -> str:
    named = [f"“{' '.join(name.split())[:60]}”" for name in names if name]
    return ", ".join(named[:most]) + (f" and {len(named) - most} more" if len(named) > most else "")


def _row(headers: Sequence[str], row: GridRow) -> dict[str, str]:
    return dict(zip(headers, row.cells, strict=False))


def _fits(file: TableFile, top: Sequence[GridRow]) -> float:
    """How well a sheet fits that begins with these rows: 0 not at all, 1 for sure."""
    found = _headed(file, top)
    if not found.line:
        return 0.0
    if file.table.maps:
        bound = bind(file.table.resolved(), found.headers)
        return min(1.0, len(bound.used) / 2) if "title" in bound.fields else 0.0
    if "id" in own_names(found.headers).values():
        return 1.0
    from knowledge.column_guess import guess

    some = [_row(found.headers, row) for row in islice(found.rows, LOOK)]
    return guess(found.headers, some, file.folder).confidence
