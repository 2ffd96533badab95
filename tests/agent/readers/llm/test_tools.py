"""Two read-only tools: short, fenced, cleaned, and what was read is known afterwards."""

import pytest

from agent.readers.llm.material import Material
from agent.readers.llm.tools import LookUps
from knowledge.index import Index
from knowledge.reading import Knowledge
from knowledge.text import clean
from tests.support.model_reader import material


@pytest.fixture
def given() -> Material:
    return material()


@pytest.fixture
def look_ups(knowledge: Knowledge, index: Index, given: Material) -> LookUps:
    return LookUps(knowledge, index, given)


def run(look_ups: LookUps, name: str, **arguments: object) -> str:
    (tool,) = (tool for tool in look_ups.tools() if tool.name == name)
    return tool.run(arguments)


def test_search_finds_the_nearest_and_reads_nothing(look_ups: LookUps) -> None:
    found = run(look_ups, "search_knowledge", query="notes on phone calls", kind="capability")
    assert found.startswith("<<<m4rk found\n[CAP-1] Call summaries (production)\n")
    assert found.endswith("\nm4rk>>>")
    assert look_ups.consulted == ()


def test_assets_are_found_by_name(look_ups: LookUps) -> None:
    found = run(look_ups, "search_knowledge", query="Doc Vault", kind="asset")
    assert "[AST-2] DocVault (system; retired; also called Doc Vault; successor AST-3)" in found


def test_what_is_read_is_the_entry_as_it_stands_and_is_known_afterwards(
    look_ups: LookUps,
) -> None:
    for id_ in ("CAP-4", "[CAP-3]", "CAP-4"):
        text = run(look_ups, "read_entry", id=id_)
        assert text.startswith("<<<m4rk entry\n")
    assert [entry.id for entry in look_ups.consulted] == ["CAP-3", "CAP-4"]
    assert "Plans delivery routes for vans overnight" in run(look_ups, "read_entry", id="CAP-3")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search_knowledge", {}),
        ("search_knowledge", {"query": "  ", "kind": "capability"}),
        ("search_knowledge", {"query": "calls", "kind": "secret"}),
        ("search_knowledge", {"query": None, "kind": 7}),
        ("read_entry", {}),
        ("read_entry", {"id": "../../etc/passwd"}),
        ("read_entry", {"id": ["CAP-1"]}),
    ],
)
def test_bad_arguments_get_a_sentence(
    look_ups: LookUps, name: str, arguments: dict[str, object]
) -> None:
    said = run(look_ups, name, **arguments)
    assert said.endswith(".")
    assert "<<<" not in said
    assert clean(said).text == said


def test_an_entry_cannot_close_the_fence(knowledge: Knowledge, index: Index) -> None:
    """The marker was chosen before the look-ups, so it is taken out of what they bring."""
    look_ups = LookUps(knowledge, index, material(marker="production"))
    said = run(look_ups, "read_entry", id="CAP-4")
    assert said.count("production") == 2
    assert "status: MARKER" in said


def test_an_answer_is_short(look_ups: LookUps, knowledge: Knowledge) -> None:
    for id_ in knowledge.entries:
        assert len(run(look_ups, "read_entry", id=id_)) < 4000
    assert len(run(look_ups, "search_knowledge", query="claims " * 5000, kind="capability")) < 6000
