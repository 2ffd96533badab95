"""Excel workbooks (.xlsx) as rows of texts, through openpyxl.

Owns what may go wrong in such a file: what cannot be read is one sentence (`BadTable`), a cell that
says nothing usable is a fault of its row. Formulas are never computed, macros and links never run.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from knowledge.errors import KnowledgeError
from knowledge.fields import cleaned
from knowledge.grid import GridRow

MAX_UNPACKED = 1 << 30
"""Bytes of all parts together."""
MAX_RATIO = 400
"""Times that a part of more than MAX_SMALL bytes may grow: real sheets stay far below."""
MAX_SMALL = 64 << 20
MAX_CELLS = 40_000_000
MAX_COLUMNS = 2_000
MAX_MERGED = 1_000_000
CHUNK = 500
ERRORS = frozenset(
    "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #FIELD! #BLOCKED!"
    " #CONNECT! #UNKNOWN! #BUSY!".split()
)
NOT_STORED = "is a formula without a stored result: open the file in Excel and save it"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ParseError, UnicodeError, OSError, EOFError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError),
    *(NotImplementedError, RuntimeError),
)
"""What openpyxl and its readers raise on damaged files."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HIDDEN = re.compile(rb'<(?:\w+:)?(?:row|col)\b[^>]*\shidden="(?:1|true)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\sref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
_FORMULA = re.compile(rb"[<:]f[ />]")
_UNSTORED = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb'\sr="([A-Z]+)(\d+)"')


_Place = tuple[int, int]
"""Row from 1, column from 0."""


class BadTable(KnowledgeError):
    """A table file that cannot be read at all: one sentence without its place."""


class Sheet(NamedTuple):
    name: str
    hidden: bool


class _Scan(NamedTuple):
    """What openpyxl does not tell while it streams."""

    hidden: int
    """Rows and groups of columns."""
    merged: dict[_Place, _Place]
    """Cell → the cell whose value it shares, down a column."""
    unstored: dict[int, set[int]]
    """Row → columns (from 0) of formulas without a result."""


class Workbook:
    """An open workbook; close it."""

    def __init__(self, raw: bytes) -> None:
        """Raises BadTable."""
        _examine(raw)
        from openpyxl import load_workbook  # type: ignore[import-untyped]

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book: Any = load_workbook(
                    io.BytesIO(raw), read_only=True, data_only=True, keep_links=False
                )
        except _BROKEN as error:
            raise BadTable(_damaged(error)) from error
        self._scans: dict[str, _Scan] = {}
        self._archive = zipfile.ZipFile(io.BytesIO(raw))

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Sheets with cells, in the workbook's order; charts are none."""
        return tuple(
            Sheet(sheet.title, sheet.sheet_state != "visible") for sheet in self._book.worksheets
        )

    def hidden(self, name: str) -> int:
        """How many rows and groups of columns of a sheet are hidden; they are read all the same."""
        return self._scan(name).hidden

    def rows(self, name: str) -> Iterator[GridRow]:
        """Rows of a sheet, numbered as Excel does; raises BadTable where it is damaged."""
        scan = self._scan(name)
        sheet = self._book[name]
        sheet.reset_dimensions()  # what a file says of its size is often wrong
        shared: dict[_Place, str] = {}
        width = 1 + max((column for _, column in scan.merged), default=-1)
        anchors = set(scan.merged.values())
        cells = 0
        for line, values in enumerate(self._values(sheet), start=1):
            cells += len(values)
            if cells > MAX_CELLS:
                raise BadTable(f"more than {MAX_CELLS:,} cells; not read to its end")
            if not values:
                continue
            texts = [_text(value) for value in values[:MAX_COLUMNS]]
            if scan.merged:
                texts += [""] * (width - len(texts))
                _share(line, texts, scan.merged, anchors, shared)
            yield GridRow(line, texts, _faults(texts, scan.unstored.get(line, ())))

    def _values(self, sheet: Any) -> Iterator[tuple[Any, ...]]:
        rows = sheet.iter_rows(values_only=True)
        while True:
            try:
                with warnings.catch_warnings():  # of dates out of range and the like
                    warnings.simplefilter("ignore")
                    some = list(islice(rows, CHUNK))
            except _BROKEN as error:
                raise BadTable(_damaged(error)) from error
            if not some:
                return
            yield from some

    def _scan(self, name: str) -> _Scan:
        if name not in self._scans:
            try:
                self._scans[name] = self._scanned(self._book[name]._worksheet_path.lstrip("/"))
            except _BROKEN as error:
                raise BadTable(_damaged(error)) from error
        return self._scans[name]

    def _scanned(self, path: str) -> _Scan:
        hidden = 0
        merged: dict[_Place, _Place] = {}
        unstored: dict[int, set[int]] = {}
        for piece in _pieces(self._archive, path):
            if b"hidden=" in piece:
                hidden += len(_HIDDEN.findall(piece))
            if b"mergeCell" in piece:
                for left, top, bottom in _MERGED.findall(piece):
                    if len(merged) + int(bottom) - int(top) < MAX_MERGED:
                        merged.update(_below(left, int(top), int(bottom)))
            if _FORMULA.search(piece):
                for attributes, empty in _UNSTORED.findall(piece):
                    at = _REFERENCE.search(attributes)
                    if at and not (empty and b't="str"' in attributes):
                        unstored.setdefault(int(at[2]), set()).add(_column(at[1]))
        return _Scan(hidden, merged, unstored)

    def close(self) -> None:
        self._book.close()
        self._archive.close()


def _examine(raw: bytes) -> None:
    if raw.startswith(_OLE):
        raise BadTable(
            "this is a workbook with a password or of Excel before 2007: save it as .xlsx without"
            " a password; not read"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        raise BadTable(_damaged(error)) from error
    if any(part.flag_bits & 1 for part in parts):
        raise BadTable("this workbook has a password: save it without one; not read")
    unpacked = sum(part.file_size for part in parts)
    swollen = any(part.file_size > max(MAX_SMALL, MAX_RATIO * part.compress_size) for part in parts)
    if unpacked > MAX_UNPACKED or swollen:
        raise BadTable(
            f"unpacked this workbook would have {unpacked >> 20:,} MiB, more than is read; save"
            " its sheet as CSV"
        )


def _damaged(error: BaseException) -> str:
    why = " ".join(cleaned(str(error)).split())[:120] or type(error).__name__
    return f"this is no workbook that can be read as .xlsx ({why}); not read"


def _pieces(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The sheet's XML in pieces that end where a cell or a tag ends."""
    rest = b""
    with archive.open(path) as stream:
        while chunk := stream.read(1 << 20):
            rest += chunk
            if len(rest) > MAX_SMALL:
                raise BadTable("its cells have no end; not read")
            cut = rest.rfind(b"</c>") + 4
            cut = cut if cut > 3 else rest.rfind(b">") + 1
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _column(letters: bytes) -> int:
    """`A` → 0, `AB` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _below(left: bytes, top: int, bottom: int) -> Iterator[tuple[_Place, _Place]]:
    """The cells below the first of a merged range, in its first column: they share its value."""
    column = _column(left)
    for row in range(top + 1, bottom + 1):
        yield (row, column), (top, column)


def _share(
    line: int,
    texts: list[str],
    merged: dict[_Place, _Place],
    anchors: set[_Place],
    shared: dict[_Place, str],
) -> None:
    """Fill the cells of this row that are merged with one above."""
    for column, text in enumerate(texts):
        if text and (line, column) in anchors:
            shared[line, column] = text
        elif not text and (at := merged.get((line, column))):
            texts[column] = shared.get(at, "")


def _faults(texts: list[str], unstored: Any) -> dict[int, str]:
    """What is wrong with cells; such a cell becomes empty."""
    if not unstored and not any(text.startswith("#") for text in texts):
        return {}
    found = {}
    for column, text in enumerate(texts):
        if text in ERRORS:
            found[column] = f"holds the error {text}"
            texts[column] = ""
        elif column in unstored and not text:
            found[column] = NOT_STORED
    return found


def _text(value: Any) -> str:
    """A cell as text: days as 2026-03-31, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        if "_x" in value:
            value = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
        return cleaned(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        day = value.replace(microsecond=0)
        return day.date().isoformat() if day.time() == time() else day.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return cleaned(str(value))
