"""Which sheet of a workbook is read, and what is said of the others."""

from pathlib import Path

import pytest

from knowledge.reading import Knowledge, load
from knowledge.table_settings import Table
from tests.support.workbooks import edited, put, workbook

NAME = "capabilities/register.xlsx"
REGISTER = [["Ref", "Name", "Description"], ["A1", "Gauge reader", "Reads gauges."]]
COVER = [["Register of AI systems"], ["As of March"]]


def read(tmp_path: Path, raw: bytes, table: Table | None = None) -> Knowledge:
    return load(put(tmp_path, NAME, raw), tables={NAME: table} if table else {})


def said(knowledge: Knowledge) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in knowledge.problems]


def notes(knowledge: Knowledge) -> str:
    return "\n".join(note.message for note in knowledge.notes)


def test_the_only_sheet_that_fits_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, workbook(Cover=COVER, Inventory=REGISTER, Old_hidden=REGISTER))
    assert said(found) == []
    assert found.entries["A1"].title == "Gauge reader"
    assert (found.entries["A1"].source.line, found.entries["A1"].source.one_line) == (2, True)
    assert found.entries["A1"].source.path == f"knowledge/{NAME}"
    assert "the sheet “Inventory” is read; not read: “Cover”, “Old” (hidden)" in notes(found)


def test_two_sheets_that_fit_are_a_question(tmp_path: Path) -> None:
    raw = workbook(North=REGISTER, South=REGISTER)
    found = read(tmp_path, raw)
    assert found.entries == {}
    assert said(found)[0].startswith("1: several of its sheets could be meant: “North”, “South”")
    assert list(read(tmp_path, raw, Table(sheet="south")).entries) == ["A1"]


@pytest.mark.parametrize(
    ("sheets", "table", "sentence"),
    [
        ({"One": REGISTER}, Table(sheet="Two"), "1: there is no sheet “Two”; it has “One”"),
        ({"One": [["a"]], "Two_hidden": REGISTER}, None, "1: it is not clear what its columns"),
        ({"One": []}, None, ""),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, sheets: dict[str, list[list[str]]], table: Table | None, sentence: str
) -> None:
    found = read(tmp_path, workbook(**sheets), table)
    assert found.entries == {}
    assert "\n".join(said(found)).startswith(sentence)


def test_a_workbook_of_hidden_sheets_is_said(tmp_path: Path) -> None:
    raw = edited(
        workbook(One=REGISTER, Two=REGISTER),
        lambda s: s.replace('state="visible"', 'state="hidden"'),
        "xl/workbook.xml",
    )
    assert said(read(tmp_path, raw))[0].startswith("1: all its sheets are hidden (“One” (hidden)")


def test_a_hidden_sheet_is_read_where_it_is_named(tmp_path: Path) -> None:
    raw = workbook(One=COVER, Two_hidden=REGISTER)
    assert list(read(tmp_path, raw, Table(sheet="Two")).entries) == ["A1"]


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    raw = edited(workbook(S=REGISTER), lambda s: s.replace('<row r="2"', '<row r="2" hidden="1"'))
    told = "hidden rows or columns of the sheet “S” are read like the others: "
    assert f"{told}1" in notes(read(tmp_path, raw))
    columns = '<cols><col min="2" max="2" width="9" hidden="1"/></cols><sheetData>'
    both = edited(raw, lambda s: s.replace("<sheetData>", columns))
    found = read(tmp_path, both)
    assert f"{told}2" in notes(found)
    assert found.entries["A1"].title == "Gauge reader"


def test_faults_count_in_columns_that_are_read_alone(tmp_path: Path) -> None:
    rows = [["Title", "", ""], ["Ref", "Name", "Description", "Cost", "Owner"]]
    rows += [["A1", "One", "Reads.", "#REF!", "=B9"], ["A2", "Two", "#N/A", "1", "Ann"]]
    found = read(tmp_path, workbook(S=rows))
    assert said(found) == [
        "3: “Owner” is a formula without a stored result: open the file in Excel and save it;"
        " taken as empty",
        "4: “Description” holds the error #N/A; taken as empty",
    ]
    assert list(found.entries) == ["A1", "A2"]


def test_a_sheet_that_breaks_off_keeps_what_was_read(tmp_path: Path) -> None:
    raw = workbook(S=[*REGISTER, *([f"B{n}", f"Tool {n}", "x"] for n in range(900))])
    broken = edited(raw, lambda s: s[: s.index('<row r="890"')] + "<row r='890'><c></row>")
    found = read(tmp_path, broken)
    assert said(found)[0].endswith("not read")
    assert "no workbook that can be read" in said(found)[0]
