"""Rows of CSV and JSONL files with their physical lines: raw mappings, nothing typed yet.

A row that cannot be read is reported with its line and the rest of the file is read.
"""

import csv
import json
from collections.abc import Iterator
from typing import Any

from knowledge.entries import Asset, Capability, Goal, Pattern, Policy, Requirement
from knowledge.fields import Report, cleaned
from knowledge.text import lines

MAX_LINE = 1024 * 1024
"""Characters of one JSONL line."""
MAX_DEPTH = 20
SEPARATOR = ";"
"""Splits a list inside one CSV cell."""
DELIMITERS = (",", ";", "\t")
"""What may split the columns: programs for tables write each of them, by country and setting."""
COLUMNS = frozenset(
    name
    for kind in (Asset, Capability, Goal, Pattern, Policy, Requirement)
    for name in kind.model_fields
)
"""Column names that some kind of entry has."""

Row = tuple[int, dict[str, Any]]
"""Physical line (from 1) where the row begins, and its fields."""


def csv_rows(text: str, report: Report) -> Iterator[Row]:
    """Rows of a CSV file with a header; `behaviours.retention` columns become nested fields."""
    physical = lines(text)
    delimiter = _delimiter(next((line for line in physical if line.strip()), ""))
    reader = csv.reader((line + "\n" for line in physical), strict=True, delimiter=delimiter)
    header: list[str] | None = None
    begins = 1
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report(begins, f"this row cannot be read as CSV ({error}); check its quotation marks")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = _header(cells, begins, report)
            if not header:
                return
        elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            report(begins, f"this row has {len(cells)} cells, the header {len(header)}; not read")
        else:
            yield begins, _nest(header, cells)


def jsonl_rows(text: str, report: Report) -> Iterator[Row]:
    """Objects of a JSONL file, one a line; numbers stay as written, null is absent."""
    for number, line in enumerate(lines(text), start=1):
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


def _delimiter(header: str) -> str:
    """What splits the header into most column names that we know; a comma where nothing does."""

    def known(delimiter: str) -> int:
        try:
            cells = next(csv.reader([header], strict=True, delimiter=delimiter), [])
        except csv.Error:
            return 0
        return sum(cell.strip().lower().partition(".")[0] in COLUMNS for cell in cells)

    return max(DELIMITERS, key=known)


def _header(cells: list[str], line: int, report: Report) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) == 1 and any(mark in names[0] for mark in ";\t"):
        report(
            line,
            "no known column stands in this header: separate its columns by commas, semicolons or"
            " tabs, one of them `id`; the file is not read",
        )
        return []
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or "" in names:
        what = f"names `{twice[0]}` twice" if twice and twice[0] else "has a column without a name"
        report(line, f"the header {what}; the file is not read")
        return []
    return names


def _nest(header: list[str], cells: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=False):
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
