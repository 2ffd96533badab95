"""A plan beside what was imported before: pairs, ids, and what may be written."""

from pathlib import Path

import pytest

from agent.importing.compared import Change, before, compare, prefix_of
from agent.importing.planned import Plan, Planned
from agent.importing.writing import outputs, write
from knowledge.entries import Document
from knowledge.reading import Knowledge, load
from tests.support.catalogue import write as make

FILE = Document(file="a.pdf", sha256="s")
ONE = "The team must keep a log of every answer for six months."
TWO = "Staff may not share the output with third parties."


def plan(*quotes: str) -> Plan:
    entries = [
        Planned({"title": q[:20], "text": q}, "", FILE.model_copy(update={"quote": q}))
        for q in quotes
    ]
    return Plan("policy", "Rules", FILE, tuple(entries))


def changes(knowledge: Knowledge, *quotes: str, off: tuple[str, ...] = ()) -> list[Change]:
    wanted = plan(*quotes)
    return compare(wanted, before(wanted, knowledge, off), "A")


def imported(tmp_path: Path, *quotes: str) -> Knowledge:
    folder = make(tmp_path, {"goals/g.md": "---\nid: A-02\ntitle: T\n---\n"})
    wanted, knowledge = plan(*quotes), load(folder)
    there = before(wanted, knowledge)
    write(outputs(wanted, compare(wanted, there, "A"), there, folder, "A"))
    return load(folder)


@pytest.mark.parametrize(
    ("stem", "prefix"),
    [
        ("AI use policy (v2)", "AI-USE-POLICY-V2"),
        ("Richtlinie_für KI", "RICHTLINIE-F-R-KI"),
        ("規則", "IMPORT"),
        ("x" * 50, "X" * 32),
    ],
)
def test_prefixes(stem: str, prefix: str) -> None:
    assert prefix_of(stem) == prefix


def test_ids_that_somebody_has_or_had_are_not_given_again(tmp_path: Path) -> None:
    knowledge = imported(tmp_path, ONE)
    assert [c.id for c in changes(knowledge, ONE, TWO)] == ["A-03", "A-04"]
    assert next(c.id for c in changes(knowledge, TWO, off=("A-07",))) == "A-08"


def test_two_wordings_of_one_sentence_are_a_pair_and_strangers_are_none(tmp_path: Path) -> None:
    knowledge = imported(tmp_path, ONE, TWO)
    longer = ONE.replace("six", "twelve")
    found = changes(knowledge, "A person must look at it.", longer)
    assert [(c.what, c.id) for c in found] == [
        ("new", "A-05"),
        ("changed", "A-03"),
        ("gone", "A-04"),
    ]
    assert found[1].write


def test_sentences_that_stand_twice_are_paired_in_their_order(tmp_path: Path) -> None:
    knowledge = imported(tmp_path, ONE, TWO)
    moved = changes(knowledge, TWO, ONE)
    assert [(c.what, c.id) for c in moved] == [("same", "A-04"), ("same", "A-03")]


def test_entries_of_other_documents_are_left_alone(tmp_path: Path) -> None:
    knowledge = imported(tmp_path, ONE)
    other = plan(ONE)._replace(origin=Document(file="b.pdf"))
    found = compare(other, before(other, knowledge), "B")
    assert [(c.what, c.id) for c in found] == [("new", "B-01")]
