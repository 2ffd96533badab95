"""Tables as the programs of different countries write them."""

from pathlib import Path

import pytest

from knowledge.entries import Capability
from knowledge.reading import Knowledge, load
from tests.support.catalogue import write
from tests.support.workbooks import put


def read(tmp_path: Path, files: dict[str, str]) -> Knowledge:
    return load(write(tmp_path, files))


def read_bytes(tmp_path: Path, raw: bytes) -> Knowledge:
    return load(put(tmp_path, "capabilities/a.csv", raw))


def said(knowledge: Knowledge) -> list[str]:
    return [str(problem) for problem in knowledge.problems]


@pytest.mark.parametrize(
    "text",
    [
        'id;title;body;data\nA;T;"one, two; three";"personal; sensitive"\n',
        '"id";"title";"body";"data"\n"A";"T";"one, two; three";"personal; sensitive"\n',
        "id\ttitle\tbody\tdata\nA\tT\tone, two; three\tpersonal; sensitive\n",
        "sep=|\nid|title|body|data\nA|T|one, two; three|personal; sensitive\n",
        '\n"id",title,body,data\nA,T,"one, two; three",personal; sensitive\n',
    ],
)
def test_columns_split_by_commas_semicolons_or_tabs_are_read(tmp_path: Path, text: str) -> None:
    knowledge = read(tmp_path, {"capabilities/a.csv": text})
    assert said(knowledge) == []
    entry = knowledge.entries["A"]
    assert isinstance(entry, Capability)
    assert (entry.title, entry.body) == ("T", "one, two; three")
    assert entry.data == ("personal", "sensitive")


def test_a_comma_counts_where_the_header_knows_as_much_either_way(tmp_path: Path) -> None:
    knowledge = read(tmp_path, {"capabilities/a.csv": "id,a;b;title\nA,x\n"})
    assert list(knowledge.entries) == ["A"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "id,name,description\nA,Letter sorter,Sorts letters by department\n"),
        ("a.jsonl", '{"id": "A", "name": "Letter sorter", "description": "Sorts letters"}\n'),
    ],
)
def test_an_id_alone_does_not_make_the_other_columns_ours(
    tmp_path: Path, name: str, text: str
) -> None:
    knowledge = read(tmp_path, {f"capabilities/{name}": text})
    assert said(knowledge) == []
    entry = knowledge.entries["A"]
    assert entry.title == "Letter sorter"
    assert "Sorts letters" in entry.body


TEXT = "id,title,body\r\nA,Größe – “T”,line one\r\nB,U,x\r\n"


@pytest.mark.parametrize(
    ("codec", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("cp1252", "the file is not UTF-8; read as Windows-1252, which its bytes fit"),
        ("utf-16", "the file is UTF-16; Concord read it, but most tools expect UTF-8"),
        ("utf-16-le", "the file is UTF-16; Concord read it, but most tools expect UTF-8"),
    ],
)
def test_a_table_is_read_in_the_encodings_that_spreadsheets_write(
    tmp_path: Path, codec: str, note: str
) -> None:
    knowledge = read_bytes(tmp_path, TEXT.encode(codec))
    assert said(knowledge) == []
    assert knowledge.entries["A"].title == "Größe – “T”"
    assert [n.message for n in knowledge.notes][-1:] == ([note] if note else [])


def test_a_few_bad_bytes_in_utf_8_are_replaced_and_reported(tmp_path: Path) -> None:
    raw = TEXT.encode().replace(b"line one", b"line \xff one \xc3\xa4\xc3\xb6\xc3\xbc")
    knowledge = read_bytes(tmp_path, raw)
    assert knowledge.entries["A"].body == "line \ufffd one äöü"
    assert "not UTF-8 replaced by" in said(knowledge)[0]


def test_a_quotation_mark_that_is_never_closed_costs_its_row_alone(tmp_path: Path) -> None:
    rows = "".join(f"C{n},T,x\n" for n in range(50))
    knowledge = read(tmp_path, {"capabilities/a.csv": f'id,title,body\nA,T,"open\n{rows}'})
    assert said(knowledge) == [
        "knowledge/capabilities/a.csv:2: this row cannot be read as CSV (unexpected end of data);"
        " check its quotation marks"
    ]
    assert len(knowledge.entries) == 50
    assert knowledge.entries["C0"].source.line == 3


def test_a_bad_row_over_several_lines_does_not_give_its_lines_as_rows(tmp_path: Path) -> None:
    text = 'id,title,body\nA,T,"one\ntwo"x\nB,U,y\n'
    knowledge = read(tmp_path, {"capabilities/a.csv": text})
    assert list(knowledge.entries) == ["B"]
    assert [p.line for p in knowledge.problems] == [2]


def test_a_cell_of_a_megabyte_is_read_and_a_longer_one_reported(tmp_path: Path) -> None:
    long = "word " * 200_000
    text = f"id,title,body\nA,T,{long}\nB,T,{long}{long}\nC,T,x\n"
    knowledge = read(tmp_path, {"capabilities/a.csv": text})
    assert list(knowledge.entries) == ["A", "C"]
    assert knowledge.entries["A"].body == long.strip()
    assert said(knowledge) == [
        "knowledge/capabilities/a.csv:3: a cell of this row is longer than 1,048,576 characters;"
        " not read"
    ]


def test_the_delimiter_is_found_where_the_header_is_not_ours(tmp_path: Path) -> None:
    text = "Werkzeug, kurz;Name;Description\nA;Gauge, old;one, two\n"
    (entry,) = read(tmp_path, {"capabilities/a.csv": text}).of(Capability)
    assert (entry.title, entry.body) == ("Gauge, old", "one, two")


def test_a_header_without_rows_and_a_file_without_a_header_give_nothing(tmp_path: Path) -> None:
    files = {"capabilities/a.csv": "id,title\n", "capabilities/b.csv": "", "goals/c.csv": "\n,,\n"}
    knowledge = read(tmp_path, files)
    assert (knowledge.entries, said(knowledge)) == ({}, [])


def test_progress_is_told_while_a_table_is_read(tmp_path: Path) -> None:
    rows = "".join(f"A{n},T\n" for n in range(500))
    told: list[tuple[int, int, str]] = []
    load(
        write(tmp_path, {"capabilities/a.csv": f"id,title\n{rows}"}),
        progress=lambda done, total, label: told.append((done, total, label)),
    )
    assert [done for done, _, _ in told] == [2, 202, 402]
    assert told[0][1:] == (501, "lines of capabilities/a.csv")
