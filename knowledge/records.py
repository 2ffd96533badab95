"""Rows of a table as the raw values of entries, once it is known what its columns are.

Owns ids that are made and rows that hold no entry. `registers.py` finds out what the columns are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from knowledge.columns import Bound, Mapping, Row, bind, fields_of, plain
from knowledge.fields import Report
from knowledge.grid import GridRow, Headed
from knowledge.table_settings import Table
from knowledge.tables import nest, shown


class Read(NamedTuple):
    """One row that an entry can be made of."""

    line: int
    values: dict[str, Any]
    text: str
    """What quotes are checked against: its fields, one a line; "" where that is the values."""


class TableFile(NamedTuple):
    """A table file and who hears of it."""

    folder: str
    ending: str
    raw: bytes
    table: Table
    report: Report
    """What is not read."""
    note: Report
    """What a person may want to know."""
    sure: float = 0.8
    """How sure a guess of the columns must be; less where a person sees it before it counts."""


_SINGULAR = {
    "assets": "an asset",
    "capabilities": "a capability",
    "goals": "a goal",
    "patterns": "a pattern",
    "policies": "a policy",
}


def own_names(headers: Sequence[str]) -> dict[str, str]:
    """Header → its name in lower case, as columns that are named as our fields have it."""
    return {header: header.lower() for header in headers if header}


def plainly(file: TableFile, found: Headed) -> Iterator[Read]:
    """Rows of a table whose columns are named as our fields; of others it is said once."""
    own = own_names(found.headers)
    names = list(own.values())
    twice = sorted({name for name in names if names.count(name) > 1 or f"{name} (2)" in names})
    if twice or "" in found.headers:
        what = f"names `{twice[0]}` twice" if twice else "has a column without a name"
        file.report(found.line, f"the header {what}; the file is not read")
        return
    ours = fields_of(file.folder) | {"requirements"}
    names = [name if name.partition(".")[0] in ours else "" for name in names]
    for header, name in zip(found.headers, names, strict=True):
        if not name:
            said = f"`{header}` is not a field of {_SINGULAR[file.folder]}; it is not read"
            file.report(found.line, said)
    for row in found.rows:
        if any(cell and not cell.isspace() for cell in row.cells[len(names) :]):
            said = f"this row has {len(row.cells)} cells, the header {len(names)}"
            file.report(row.line, f"{said}; not read")
            continue
        _tell_faults(file, row, found.headers, frozenset(found.headers))
        values = nest(names, row.cells)
        values.pop("", None)
        yield Read(row.line, values, "")


def mapped(
    file: TableFile,
    header_line: int,
    headers: Sequence[str],
    rows: Iterable[tuple[GridRow, Row]],
    mapping: Mapping,
) -> Iterator[Read]:
    """Rows read with a mapping; what it names and the file has not is reported once."""
    bound = bind(mapping, headers)
    if not mapping.name and bound.missing:
        named = ", ".join(f"“{name}”" for name in bound.missing)
        file.report(header_line or 1, f"the mapping names columns that are not here: {named}")
    for header in sorted(bound.used):
        if f"{header} (2)" in headers:
            file.note(header_line, f"the column “{header}” stands twice; the first is read")
    seen: set[str] = set()
    for row, cells in rows:
        _tell_faults(file, row, headers, bound.used)
        values = bound.apply(cells)
        if wrong := _wrong(bound, values, cells):
            if any(cells.get(header, "").strip() for header in headers):
                file.report(row.line, wrong)
            continue
        made = not bound.original(cells, "id")
        if made and values["id"] in seen:
            values["id"] = bound.whole_id(cells)
        seen.add(values["id"])
        yield Read(row.line, values, _text(bound, values, cells, made))


def _wrong(bound: Bound, values: dict[str, Any], cells: Row) -> str:
    """Why this row is no entry; "" when it is one."""
    parts = bound.fields.get("title", ())
    if not values.get("title"):
        return (
            f"no title (“{parts[0].header}” is empty); not read" if parts else "no title; not read"
        )
    if parts and plain(cells.get(parts[0].header, "")) == plain(parts[0].header):
        return "this row repeats the header; not read"
    if (
        len(bound.used) > 2
        and len(values) <= 2
        and sum(1 for cell in cells.values() if cell.strip()) == 1
    ):
        return "only one cell of this row is filled, so it is no entry; not read"
    return ""


def _text(bound: Bound, values: dict[str, Any], cells: Row, made: bool) -> str:
    """The entry's fields, with the file's own words where ours were put for them."""
    said = dict(values)
    if made:
        del said["id"]
    for field in bound.fields:
        if field in bound.mapping.values and (value := values.get(field)):
            ours = "; ".join(value) if isinstance(value, list) else value
            original = " ".join(bound.original(cells, field).split())
            said[field] = ours if ours == original else f"{ours} ({original})"
    return shown(said)


def _tell_faults(
    file: TableFile, row: GridRow, headers: Sequence[str], used: frozenset[str]
) -> None:
    for column, fault in sorted(row.faults.items()):
        if column < len(headers) and headers[column] in used:
            file.report(row.line, f"“{headers[column]}” {fault}; taken as empty")
