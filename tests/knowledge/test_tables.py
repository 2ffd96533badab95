"""Tables as the programs of different countries write them."""

from pathlib import Path

import pytest

from knowledge.entries import Capability
from knowledge.reading import Knowledge, load
from tests.support.catalogue import write


def read(tmp_path: Path, files: dict[str, str]) -> Knowledge:
    return load(write(tmp_path, files))


def said(knowledge: Knowledge) -> list[str]:
    return [str(problem) for problem in knowledge.problems]


@pytest.mark.parametrize(
    "text",
    [
        'id;title;body;data\nA;T;"one, two; three";"personal; sensitive"\n',
        '"id";"title";"body";"data"\n"A";"T";"one, two; three";"personal; sensitive"\n',
        "id\ttitle\tbody\tdata\nA\tT\tone, two; three\tpersonal; sensitive\n",
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
