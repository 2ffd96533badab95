"""`concord index` reads registers with the mapping of concord.toml and counts what it cannot."""

import json
from pathlib import Path

import pytest

from tests.support.command_line import call, refused
from tests.support.workbooks import put, workbook

TOML = """[tables."capabilities/register.xlsx"]
columns = { title = "Tool", body = ["Purpose", "Outputs"], id = "No" }
values = { status = { "in use" = "production" } }
"""
ROWS = [
    ["Our tools"],
    ["No", "Tool", "Purpose", "Outputs", "Status"],
    ["T-1", "Gauge reader", "Reads gauges from photographs.", "A level.", "in use"],
    ["T-2", "", "Nobody knows.", "", ""],
    ["T-3", "Letter sorter", "Sorts letters by department.", "A label.", "in use"],
]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    put(tmp_path, "capabilities/register.xlsx", workbook(Tools=ROWS))
    put(tmp_path, "goals/notes.csv", b"Foo,Bar\n1,2\n")
    (tmp_path / "concord.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def test_rows_that_cannot_be_read_are_named_and_the_exit_code_says_so(office: Path) -> None:
    answer = call("index", office=office)
    assert answer.code == 4
    assert "2 capabilities" in answer.out
    assert ", 2 problems" in answer.out
    path = "knowledge/capabilities/register.xlsx"
    assert f"{path}:4: no title (“Tool” is empty); not read" in answer.err
    assert f"{path}:1: entries read: 2; lines with problems: 1" in answer.err
    assert "knowledge/goals/notes.csv:1: it is not clear what its columns are" in answer.err
    found = call("search", "reads a gauge", "-k", "1", office=office)
    assert found.out.startswith("T-1")


def test_all_read_is_0_and_json_holds_problems_and_notes(office: Path) -> None:
    (office / "knowledge/goals/notes.csv").unlink()
    put(office, "capabilities/register.xlsx", workbook(Tools=[*ROWS[:3], *ROWS[4:]]))
    answer = call("index", "--json", office=office)
    assert answer.code == 0
    told = json.loads(answer.out)
    assert (told["entries"], told["problems"]) == ({"capability": 2}, [])
    assert told["notes"][0]["message"] == "entries read: 2"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('mapping = "regster"', "did you mean 'register'?"),
        ("renamed = { Tool = 3 }", "should be the name of a column or a list of such"),
        ("header_row = -1", "header_row` should be greater than or equal to 0"),
        ('sheets = "A"', "did you mean `sheet`?"),
    ],
)
def test_a_slip_in_tables_is_a_fault_of_concord_toml(
    office: Path, line: str, sentence: str
) -> None:
    (office / "concord.toml").write_text(TOML + line + "\n", encoding="utf-8")
    refused(call("index", office=office), 2, "concord.toml:4: ", sentence)


def test_the_schema_of_a_mapping_lists_those_that_ship() -> None:
    schema = json.loads(call("schema", "mapping").out)
    assert "us-federal-2024" in schema["properties"]["mapping"]["enum"]
    assert schema["$defs"]["mappings"]["uk-atrs"]["folder"] == "capabilities"
    assert "behaviours" in schema["$defs"]["fields"]["capabilities"]
