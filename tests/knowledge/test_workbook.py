"""Excel cells as texts, and every damage as one sentence."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from knowledge.grid import GridRow
from knowledge.workbook import NOT_STORED, BadTable, Workbook
from tests.support.workbooks import FIRST_SHEET, edited, workbook


def rows(raw: bytes, name: str = "S") -> list[GridRow]:
    book = Workbook(raw)
    try:
        return list(book.rows(name))
    finally:
        book.close()


def cells(raw: bytes) -> list[list[str]]:
    return [list(row.cells) for row in rows(raw)]


def test_cells_of_every_type_are_texts() -> None:
    day = datetime(2026, 3, 31)
    row = [7, 7.0, 0.25, "007", True, day, datetime(2026, 3, 31, 9, 5), date(2026, 1, 2)]
    row += [time(9, 30), timedelta(hours=30), None, "two\nlines", 1e20]
    found = cells(workbook(S=[row]))[0]
    assert found[:8] == [
        *("7", "7", "0.25", "007", "true", "2026-03-31", "2026-03-31 09:05:00", "2026-01-02"),
    ]
    assert found[8] == "09:30:00"
    assert found[10:] == ["", "two\nlines", "1e+20"]


def test_rows_keep_the_number_that_excel_shows() -> None:
    found = rows(workbook(S=[["a"], [], [None], ["b"]]))
    assert [(row.line, list(row.cells)) for row in found if row.filled] == [(1, ["a"]), (4, ["b"])]


def test_what_must_not_reach_a_screen_is_cleaned() -> None:
    raw = edited(workbook(S=[["said"]]), lambda s: s.replace("said", "x_x001B_[31m\u202ey"))
    assert cells(raw) == [["xy"]]


def test_a_cell_that_holds_an_error_is_a_fault() -> None:
    row = rows(workbook(S=[["ok", "#REF!", "#N/A", "#1 choice"]]))[0]
    assert list(row.cells) == ["ok", "", "", "#1 choice"]
    assert row.faults == {1: "holds the error #REF!", 2: "holds the error #N/A"}


def test_a_formula_is_read_by_its_stored_result() -> None:
    raw = workbook(S=[["=1+1", "=A1&B2", "x"]])
    assert rows(raw)[0].faults == {0: NOT_STORED, 1: NOT_STORED}
    stored = edited(
        raw,
        lambda s: s.replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>").replace(
            '<c r="B1"><f>A1&amp;B2</f><v />', '<c r="B1" t="str"><f>A1&amp;B2</f><v></v>'
        ),
    )
    (row,) = rows(stored)
    assert (list(row.cells), dict(row.faults)) == (["2", "", "x"], {})


def test_a_cell_that_is_merged_with_one_above_shares_its_text() -> None:
    raw = workbook(
        S=[["team", "title"], ["Water", "one"], [None, "two"], ["", "three"], ["x", "y"]]
    )
    merged = edited(
        raw,
        lambda s: s.replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:A4"/></mergeCells>'
        ),
    )
    assert cells(merged) == [
        ["team", "title"],
        ["Water", "one"],
        ["Water", "two"],
        ["Water", "three"],
        ["x", "y"],
    ]


def test_hidden_rows_are_counted_and_read() -> None:
    raw = edited(
        workbook(S=[["a"], ["b"]]), lambda s: s.replace('<row r="2"', '<row r="2" hidden="1"')
    )
    book = Workbook(raw)
    assert book.hidden("S") == 1
    assert [list(row.cells) for row in book.rows("S")] == [["a"], ["b"]]
    book.close()


def test_a_wrong_size_in_the_file_is_not_believed() -> None:
    raw = edited(
        workbook(S=[["a", "b"], ["c", "d"]]),
        lambda s: s.replace('<dimension ref="A1:B2"', '<dimension ref="A1:XFD1048576"'),
    )
    assert cells(raw) == [["a", "b"], ["c", "d"]]


def test_sheets_are_listed_with_the_hidden_ones() -> None:
    book = Workbook(workbook(One=[["a"]], Two_hidden=[["b"]]))
    assert [(s.name, s.hidden) for s in book.sheets] == [("One", False), ("Two", True)]
    book.close()


def good() -> bytes:
    return workbook(S=[["id", "title"], ["A", "T"]])


INLINE = 't="inlineStr"><is><t>id</t></is>'


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(FIRST_SHEET, "w") as part,
    ):
        for _ in range(80):
            part.write(b" " * (1 << 20))
    return out.getvalue()


def entities(text: str) -> str:
    head, xml = text.split("<worksheet", 1)
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE worksheet [<!ENTITY e0 "lol">{names}]>'
    return f"{head}{declared}<worksheet{xml}".replace("</sheetData>", "&e9;</sheetData>")


DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "no workbook that can be read"),
    "text": (lambda: b"id,title\nA,T\n", "no workbook that can be read"),
    "cut": (lambda: good()[:2000], "no workbook that can be read"),
    "old": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "of Excel before 2007"),
    "bomb": (bomb, "unpacked this workbook would have 80 MiB"),
    "xml": (lambda: edited(good(), lambda s: s.replace("</row>", "", 1)), "no workbook that can"),
    "entities": (lambda: edited(good(), entities), "no workbook that can be read"),
    "strings": (
        lambda: edited(good(), lambda s: s.replace(INLINE, 't="s"><v>99</v>')),
        "no workbook that can be read",
    ),
    "book": (lambda: edited(good(), lambda _: "", "xl/workbook.xml"), "no workbook that can be"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_workbook_is_one_sentence(damage: str) -> None:
    make, sentence = DAMAGED[damage]
    with pytest.raises(BadTable, match=sentence) as told:
        rows(make())
    assert "\n" not in str(told.value)
    assert str(told.value).endswith(("not read", "save its sheet as CSV"))


def test_a_locked_part_needs_no_password_to_be_named() -> None:
    raw = bytearray(good())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 1)
    with pytest.raises(BadTable, match="has a password"):
        rows(bytes(raw))
