"""Facets: how each side compares, with the words of both, each standing where it is said to."""

import pytest

from agent.draft.verify import verify
from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.readers.rules.facets import FACETS, Facets, compare, likenesses, outputs_of
from agent.schema.assessment import Assessment, OverlapReading
from agent.schema.evidence import Pending
from agent.schema.proposal import Proposal
from knowledge.entries import Capability, Source
from tests.support.evidence import evidence

TEXT = """---
audience: [employees]
data: personal
automation: act_with_approval
---
# Gist of a call

## What it does

After a call the assistant writes a short note and the clerk files it.
"""
PROSE = """Each customer is shown the answer of the chat bot. It only recommends; a clerk decides.
It reads names and addresses of customers."""


def entry(text: str, **fields: object) -> Capability:
    source = Source(path="k/c.md", sha256="a" * 64, line=1, text=text)
    values: dict[str, object] = {"id": "CAP-1", "title": "Call notes", "source": source}
    return Capability.model_validate(values | fields)


MARKDOWN = entry(
    "id: CAP-1\naudience:\n  - employees\n  - agents\ndata: [sensitive]\nautomation: inform\n---\n"
    "Writes a note of each call.",
    body="Writes a note of each call.",
    audience=("employees", "agents"),
    data=("sensitive",),
    automation="inform",
)


def parsed(text: str = TEXT) -> Proposal:
    return parse(text.encode(), "proposals/gist.md")


def facets(other: Capability | Pending, text: str = TEXT, **settled: tuple[str, ...]) -> Facets:
    proposal = parsed(text)
    return compare(proposal, evidence(facts=read_facts(proposal, {}, settled)), other)


def words(found: Facets, name: str) -> tuple[str, str, str]:
    facet = found[name]
    own, theirs = (q.text if q else "" for q in (facet.own, facet.theirs))
    return facet.value, own, theirs


def test_field_lines_of_both_sides_are_quoted() -> None:
    found = facets(MARKDOWN)
    assert tuple(found) == FACETS
    assert words(found, "users") == (
        "similar", "audience: [employees]", "audience:\n  - employees\n  - agents",
    )  # fmt: skip
    assert words(found, "data") == ("similar", "data: personal", "data: [sensitive]")
    assert words(found, "automation")[0] == "different"
    value, own, theirs = words(found, "outputs")
    assert value == "similar"
    assert own.startswith("After a call the assistant writes")
    assert theirs == "Writes a note of each call."


def test_every_quote_of_a_facet_stands_in_its_source() -> None:
    proposal = parsed()
    gathered = evidence(facts=read_facts(proposal, {}), capabilities=(MARKDOWN,))
    found = compare(proposal, gathered, MARKDOWN)
    row = OverlapReading(entry="CAP-1", kind="capability", relation="shares_part", facets=found)
    (checked,) = verify(Assessment(reader="rules", overlaps=(row,)), proposal, gathered).overlaps
    cited = [c for f in checked.facets.values() for c in (f.own, f.theirs) if c]
    assert len(cited) == 8
    assert {c.check for c in cited} == {"exact"}
    assert {c.source for c in cited} == {"proposal", "CAP-1"}


def test_where_a_field_is_empty_the_prose_is_read() -> None:
    found = facets(entry(PROSE, body=PROSE))
    value, _, theirs = words(found, "automation")
    assert value == "similar"
    assert theirs.startswith("It only recommends")


def test_a_field_by_another_name_is_found_by_its_value() -> None:
    mapped = entry("Who uses it: employees\nNote: none", audience=("employees",))
    assert words(facets(mapped), "users") == (
        "same", "audience: [employees]", "Who uses it: employees",
    )  # fmt: skip


def test_silence_is_unknown_and_the_words_of_the_other_side_stay() -> None:
    assert words(facets(entry("Sorts.", body="Sorts.")), "data") == (
        "unknown",
        "data: personal",
        "",
    )
    bare = facets(MARKDOWN, "# Idea\n\nSomething.\n")
    assert words(bare, "data") == ("unknown", "", "data: [sensitive]")


def test_a_fact_that_a_person_set_has_no_words_of_the_text() -> None:
    assert words(facets(MARKDOWN, data=("sensitive",)), "data") == ("same", "", "data: [sensitive]")


def test_another_initiative_is_quoted_by_what_its_facts_rest_on() -> None:
    other = Pending(
        initiative="north", title="Notes", sha256="1", path="p", text=TEXT,
        facts={"data": ("business",)}, told={"data": "data: personal", "automation": "invented"},
    )  # fmt: skip
    found = facets(other)
    assert words(found, "data") == ("similar", "data: personal", "data: personal")
    assert found["automation"].theirs is None
    assert found["behaviour"].value == "unknown"


def test_values_are_the_same_in_both_directions() -> None:
    one = {"audience": ("employees",), "data": ("personal",), "automation": ("inform",)}
    other = {"audience": ("agents", "employees"), "data": ("none",), "domain": ("claims",)}
    first = likenesses(one, "Writes a note.", other, "A note and a letter, then a score.")
    assert first == likenesses(other, "A note and a letter, then a score.", one, "Writes a note.")
    assert (first["users"], first["data"], first["domain"]) == ("similar", "different", "unknown")


@pytest.mark.parametrize(
    ("own", "theirs", "value"),
    [
        (("note",), ("note",), "similar"),
        (("letter", "note"), ("letter", "note"), "same"),
        (("letter", "note", "score"), ("note",), "similar"),
        (("note",), ("score",), "different"),
        ((), ("score",), "unknown"),
    ],
)
def test_one_kind_of_result_in_common_is_little(
    own: tuple[str, ...], theirs: tuple[str, ...], value: str
) -> None:
    assert outputs_of(own, theirs) == value
