"""A register becomes entries: named mapping, own columns, or a guess; nothing is lost silently."""

import json
import time
from pathlib import Path

import pytest

from knowledge.entries import Capability
from knowledge.reading import Knowledge, load
from knowledge.snapshot import SETTLED
from knowledge.table_settings import Table
from tests.support.catalogue import write
from tests.support.register_headers import (
    US_2024,
    US_2025,
    US_2025_SECTIONS,
    row,
    sheet,
)

NAME = "capabilities/register.csv"


def read(tmp_path: Path, text: str, table: Table | None = None, name: str = NAME) -> Knowledge:
    return load(write(tmp_path, {name: text}), tables={name: table} if table else {})


def said(knowledge: Knowledge) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in knowledge.problems]


def one(knowledge: Knowledge) -> Capability:
    (entry,) = knowledge.of(Capability)
    return entry


LETTERS = row(
    US_2024,
    Use_Case_Name="Letter sorter",
    Agency="Water",
    Bureau="Rivers",
    What_is_the="Sorts letters, to save time.",
    Describe="A label.",
    Stage="Operation and Maintenance",
    Does_this_AI="Yes",
)


def test_a_public_register_is_read_without_a_word_and_says_what_it_took(tmp_path: Path) -> None:
    found = read(tmp_path, sheet(US_2024, LETTERS))
    assert said(found) == []
    entry = one(found)
    assert (entry.title, entry.team, entry.status) == (
        "Letter sorter",
        "Water, Rivers",
        "production",
    )
    assert entry.data == ("personal",)
    lines = entry.source.text.split("\n")
    assert "status: production (Operation and Maintenance)" in lines
    assert {"Sorts letters, to save time.", "## Outputs"} <= set(lines)
    notes = [f"{note.line}: {note.message}" for note in found.notes]
    assert notes[0].startswith("1: columns taken: title ← “Use Case Name”; team ← “Agency” + ")
    assert notes[1] == "1: entries read: 1"


def test_the_header_may_stand_below_titles(tmp_path: Path) -> None:
    chat = row(US_2025, Use_Case_ID="7", Use_Case_Name="Chat", What_problem="Answers.")
    found = read(tmp_path, sheet(US_2025_SECTIONS, US_2025, chat))
    assert said(found) == []
    assert (one(found).id, one(found).source.line) == ("us2025-7", 4)


def test_a_named_mapping_and_own_columns_go_together(tmp_path: Path) -> None:
    table = Table(
        mapping="register",
        columns={"title": "Werkzeug", "body": ("Zweck", "Ergebnis")},
        values={"status": {"im einsatz": "production"}},
        constants={"audience": "employees"},
        id_prefix="x-",
    )
    text = sheet(
        ["Ref", "Werkzeug", "Zweck", "Ergebnis", "Status"], ["A1", "T", "z", "e", "Im Einsatz"]
    )
    entry = one(read(tmp_path, text, table))
    assert (entry.id, entry.title, entry.status) == ("x-A1", "T", "production")
    assert entry.body == "## Zweck\nz\n\n## Ergebnis\ne"
    assert entry.audience == ("employees",)


def test_columns_that_are_named_and_not_there_are_told(tmp_path: Path) -> None:
    table = Table(columns={"title": "Tool", "owner": "Boss"})
    found = read(tmp_path, "Tool,Text\nT,x\n", table)
    assert said(found) == ["1: the mapping names columns that are not here: “Boss”"]
    assert one(found).title == "T"
    lost = read(tmp_path, "Text,Other\nT,x\n", table)
    assert lost.entries == {}
    assert said(lost)[0].startswith("1: this header has no column “Tool”, which the mapping needs")


def test_a_header_row_can_be_named(tmp_path: Path) -> None:
    text = "Name,Description\nName,Description\nT,x\n"
    assert list(read(tmp_path, text, Table(header_row=2)).entries) == list(
        read(tmp_path, "Name,Description\nT,x\n").entries
    )
    assert said(read(tmp_path, text, Table(header_row=9))) == [
        "9: no header stands here; the file is not read"
    ]


def test_rows_that_are_no_entries_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    text = (
        "Ref,Name,Description,Status\nA1,One,x,Live\nA2,,y,Live\n,,,\nRef,Name,Description,Status\n"
        "A3,Three,z,Sleeping\nA4,Four,x,Live,more\n,Source: a survey,,\nA5,Five,w,live\n"
    )
    found = read(tmp_path, text)
    assert list(found.entries) == ["A1", "A3", "A5"]
    assert said(found) == [
        "3: no title (“Name” is empty); not read",
        "5: this row repeats the header; not read",
        "6: `status: Sleeping` is not one of planned, pilot, production, retired",
        "7: this row has 5 cells, the header 4; not read",
        "8: only one cell of this row is filled, so it is no entry; not read",
    ]
    assert found.notes[-1].message == "entries read: 3; lines with problems: 5"


def test_what_is_alike_in_name_has_ids_of_its_own_and_a_copy_is_told(tmp_path: Path) -> None:
    rows = ["Name,Team,Description", "Chat,A,one", "Chat,A,two", "Chat,B,one", "Chat,A,two"]
    found = read(tmp_path, "\n".join(rows))
    assert sorted(e.body for e in found.of(Capability)) == ["one", "one", "two"]
    assert len(said(found)) == 1
    assert "stands also at knowledge/capabilities/register.csv:3" in said(found)[0]
    again = read(tmp_path, "\n".join([*rows[:2], "New,A,x", *rows[2:]]))
    assert set(found.entries) < set(again.entries)


def test_unclear_columns_are_reported_with_what_to_write(tmp_path: Path) -> None:
    found = read(tmp_path, "Name,Title,Text\nA,T,x\n")
    assert found.entries == {}
    (message,) = said(found)
    assert message.startswith("1: it is not clear what its columns are (“Name”, “Title”, “Text”")
    assert "`title` could be “Name”" in message
    assert 'mapping = "register"' in message


def test_columns_named_as_our_fields_are_read_as_before_and_others_told_once(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, "id,title,remark\nA,T,x\nB,U,y\n")
    assert list(found.entries) == ["A", "B"]
    assert said(found) == ["1: `remark` is not a field of a capability; it is not read"]


@pytest.mark.parametrize("keys", [("Ref", "Name", "Description"), ("ID", "Name", "Summary")])
def test_json_lines_are_read_by_their_keys(tmp_path: Path, keys: tuple[str, ...]) -> None:
    rows = [dict(zip(keys, cells, strict=True)) for cells in (("A", "T", "x"), ("B", "U", "y"))]
    text = "".join(json.dumps(row) + "\n" for row in rows) + "{\n"
    found = read(tmp_path, text, name="capabilities/register.jsonl")
    assert {e.id: (e.title, e.body) for e in found.of(Capability)} == {
        "A": ("T", "x"),
        "B": ("U", "y"),
    }
    assert [line.partition(":")[0] for line in said(found)] == ["3"]


def test_nested_json_is_met_by_dotted_names(tmp_path: Path) -> None:
    table = Table(columns={"title": "info.name", "systems": "uses"})
    text = json.dumps({"info": {"name": "T"}, "uses": ["a", "b"], "n": 3}) + "\n"
    entry = one(read(tmp_path, text, table, "capabilities/register.jsonl"))
    assert (entry.title, entry.systems) == ("T", ("a", "b"))


def test_a_table_that_concord_toml_names_and_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    root = write(tmp_path, {"capabilities/a.md": "---\nid: A\ntitle: T\n---\n"})
    found = load(root, tables={"capabilities/gone.csv": Table(mapping="register")})
    assert [str(problem) for problem in found.problems] == [
        "knowledge/capabilities/gone.csv:1: [tables] of concord.toml names this file, and it is not"
        " here"
    ]


def test_a_changed_mapping_is_read_anew_and_an_unchanged_one_is_kept(tmp_path: Path) -> None:
    root = write(tmp_path, {NAME: "Name,Description,Label\nA,x,B\n"})
    time.sleep(2 * SETTLED / 1e9)
    cache = tmp_path / "cache"

    def title(table: Table | None) -> str:
        return one(load(root, cache=cache, tables={NAME: table} if table else {})).title

    assert title(None) == "A"
    assert title(Table(columns={"title": "Label", "body": "Description"})) == "B"
    first = load(root, cache=cache)
    assert load(root, cache=cache) == first
    assert first.notes


def test_other_kinds_of_knowledge_are_read_from_tables_too(tmp_path: Path) -> None:
    files = {
        "policies/c.csv": "Control ID,Control,Requirement,Priority\nC1,Log,Keep a log.,Must\n",
        "goals/goals.csv": "Ref,Goal,KPI\nG1,Answer sooner,hours to answer\n",
        "assets/cmdb.csv": "CI,Application,Type,Status\nS1,Ledger,Platform,Decommissioned\n",
    }
    found = load(write(tmp_path, files))
    assert said(found) == []
    dumped = {id_: entry.model_dump() for id_, entry in found.entries.items()}
    assert (dumped["C1"]["text"], dumped["C1"]["severity"]) == ("Keep a log.", "blocker")
    assert dumped["G1"]["measure"] == "hours to answer"
    assert (dumped["S1"]["asset_kind"], dumped["S1"]["status"]) == ("system", "retired")


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_few_columns_named_as_ours_do_not_hide_the_others(tmp_path: Path, ending: str) -> None:
    cells = {
        "id": "A",
        "title": "T",
        "description": "Reads.",
        "outputs": "A level.",
        "stage": "Deployed",
        "behaviours.retention": "30 days",
        "year": "2025",
    }
    text = sheet(list(cells), list(cells.values()))
    if ending == "jsonl":
        text = json.dumps(cells) + "\n"
    found = read(tmp_path, text, name=f"capabilities/register.{ending}")
    assert said(found) == []
    entry = one(found)
    assert (entry.id, entry.status) == ("A", "production")
    assert entry.body == "## Description\nReads.\n\n## Outputs\nA level."
    assert entry.behaviours == {"retention": "30 days"}
    assert "not taken: “year”" in found.notes[0].message


def test_a_stage_alone_is_where_the_thing_stands(tmp_path: Path) -> None:
    found = read(tmp_path, "id,title,body,stage\nA,T,x,Deployed\n")
    assert said(found) == []
    assert one(found).status == "production"
