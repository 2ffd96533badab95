"""Excel files for tests: written by openpyxl, then changed as XML where it would not write them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

Rows = Sequence[Sequence[object]]
FIRST_SHEET = "xl/worksheets/sheet1.xml"


def workbook(**sheets: Rows) -> bytes:
    """A workbook with these sheets, by name; a name that ends in `_hidden` makes a hidden one."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.removesuffix("_hidden"))
        for row in rows:
            sheet.append(list(row))
        if name.endswith("_hidden"):
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(raw: bytes, change: Callable[[str], str], part: str = FIRST_SHEET) -> bytes:
    """The workbook with the text of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data = old.read(item.filename)
            if item.filename == part:
                text = data.decode()
                changed = change(text)
                assert changed != text, "the change changes nothing"
                data = changed.encode()
            new.writestr(item.filename, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def put(folder: Path, name: str, raw: bytes) -> Path:
    """Write a file below `folder/knowledge`; returns that folder."""
    path = folder / "knowledge" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return folder / "knowledge"
