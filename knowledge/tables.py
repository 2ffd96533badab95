"""CSV and JSONL files as rows with their physical lines: raw, nothing mapped or typed yet.

A row that cannot be read is reported with its line and the rest of the file is read.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from knowledge.columns import fields_of, plain
from knowledge.fields import Report, cleaned
from knowledge.grid import GridRow
from knowledge.text import clean, decode, lines

MAX_LINE = 1024 * 1024
"""Characters of one JSONL line, and of one CSV cell."""
MAX_DEPTH = 20
SEPARATOR = ";"
"""Splits a list inside one cell."""
DELIMITERS = (",", ";", "\t")
"""What may split the columns: programs for tables write each of them, by country and setting."""
LOOK = 20
"""Lines that show which delimiter it is."""
WESTERN = "cp1252"
WESTERN_NOTE = "the file is not UTF-8; read as Windows-1252, which its bytes fit"

_SAID = re.compile(r'"?sep=([,;|\t])"?\s*', re.IGNORECASE)
"""The first line in which some programs say what splits the columns."""
_PLAIN = re.compile(r"[\t\x20-\x7e]*")
Object = tuple[int, dict[str, Any]]
"""Physical line (from 1), and its fields."""


def table_lines(raw: bytes) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Cleaned physical lines, what could not be read, and what a person may want to know."""
    text, problems, notes = _decoded(raw)
    return [_tidy(line) for line in lines(text)], problems, notes


def _tidy(line: str) -> str:
    """Line by line most of a file is plain, which is soon seen."""
    return line if _PLAIN.fullmatch(line) else clean(line).text


def _decoded(raw: bytes) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Text, what could not be read, and what a person may want to know.

    What is not UTF-8 and has no byte that Windows-1252 lacks is Windows-1252: spreadsheets still
    write it. A file that is nearly all UTF-8 stays UTF-8, with its bad bytes replaced.
    """
    text, notes = decode(raw)
    if not notes or "\ufffd" not in text:
        return text, (), notes
    bad = text.count("\ufffd")
    if len(notes) == 1 and sum(letter > "\x7f" for letter in text) <= 2 * bad:
        try:
            return raw.decode(WESTERN), (), (WESTERN_NOTE,)
        except UnicodeDecodeError:
            pass
    return text, notes, ()


def csv_rows(physical: Sequence[str], report: Report) -> Iterator[GridRow]:
    """All rows of a CSV file that have cells, the header among them.

    Where a quotation mark is never closed, reading goes on with the next line that has as many
    cells as the first row.
    """
    said = _SAID.fullmatch(physical[0]) if physical else None
    top = [line for line in physical[:200] if line.strip()][:LOOK]
    delimiter = said[1] if said else delimiter_of(top)
    csv.field_size_limit(MAX_LINE)
    start, width = 1 if said else 0, 0
    while start < len(physical):
        following = (physical[at] + "\n" for at in range(start, len(physical)))
        reader = csv.reader(following, strict=True, delimiter=delimiter)
        read = 0
        try:
            for cells in reader:
                begins, read = start + read + 1, reader.line_num
                if any(cell and not cell.isspace() for cell in cells):
                    width = width or len(cells)
                    yield GridRow(begins, cells)
            return
        except csv.Error as error:
            begins, stopped = start + read + 1, start + reader.line_num
            report(begins, _csv_fault(str(error)))
            start = _resume(physical, begins, stopped, width, delimiter)


def _csv_fault(error: str) -> str:
    if "field larger" in error:
        return f"a cell of this row is longer than {MAX_LINE:,} characters; not read"
    return f"this row cannot be read as CSV ({error}); check its quotation marks"


def _resume(physical: Sequence[str], begins: int, stopped: int, width: int, delimiter: str) -> int:
    """Index of the line to go on with after a row that began at line `begins` failed."""
    if stopped > begins and width > 1:
        try:
            following = next(csv.reader([physical[begins]], strict=True, delimiter=delimiter), [])
        except csv.Error:
            following = []
        if len(following) == width:
            return begins
    return max(stopped, begins)


def delimiter_of(top: Sequence[str]) -> str:
    """What splits the first lines into most column names that we know, else what splits them into
    the same number of cells, two or more, most often; a comma where nothing does."""
    known = {plain(name) for name in fields_of("")}

    def judged(delimiter: str) -> tuple[int, int]:
        rows = [_cells(line, delimiter) for line in top]
        names = max(
            (sum(plain(c.partition(".")[0]) in known for c in row) for row in rows), default=0
        )
        widths = [len(row) for row in rows if len(row) > 1]
        return names, max((widths.count(width) for width in set(widths)), default=0)

    return max(DELIMITERS, key=judged)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True, delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def jsonl_rows(physical: Sequence[str], report: Report) -> Iterator[Object]:
    """Objects of a JSONL file, one a line; numbers stay as written, null is absent."""
    for number, line in enumerate(physical, start=1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            report(number, f"this line is longer than {MAX_LINE:,} characters; not read")
            continue
        try:
            value = _DECODER.decode(line)
        except RecursionError:
            report(number, f"this line nests deeper than {MAX_DEPTH} levels; not read")
            continue
        except ValueError as error:
            report(number, f"this line is not JSON ({error}); not read")
            continue
        if not isinstance(value, dict):
            report(number, "each line must be one JSON object (`{…}`); not read")
        elif _depth(value) > MAX_DEPTH:
            report(number, f"this line nests deeper than {MAX_DEPTH} levels; not read")
        else:
            yield number, _strings(value)


def shown(values: dict[str, Any]) -> str:
    """A row as text that quotes are checked against: its fields, one a line."""
    return "\n".join(
        f"{cleaned(name)}: {cleaned(_flat(value))}" for name, value in values.items() if value
    )


def flat_row(values: dict[str, Any]) -> dict[str, str]:
    """An object as a row of cells: what is nested under dotted names, lists as one text."""
    cells: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            for inner, below in value.items():
                cells[cleaned(f"{name}.{inner}")] = cleaned(_flat(below))
        else:
            cells[cleaned(name)] = cleaned(_flat(value))
    return cells


def nest(headers: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """A row whose columns are named as our fields; `behaviours.retention` becomes nested."""
    row: dict[str, Any] = {}
    for name, cell in zip(headers, cells, strict=False):
        outer, dot, inner = name.partition(".")
        if not cell.strip():
            continue
        if not dot:
            row[name] = cell
        elif isinstance(row.setdefault(outer, {}), dict):
            row[outer][inner] = cell
    return row


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return "; ".join(_flat(inner) for inner in value)
    return str(value)


def _depth(value: Any) -> int:
    """Nesting of decoded JSON, counted without recursion and no further than needed."""
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return depth


def _strings(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _strings(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_strings(inner) for inner in value if inner is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _refuse_constant(name: str) -> str:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key `{twice}` stands twice")
    return result


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=_refuse_constant
)
