"""Misspelt fields and unknown roles are named with their line; an office's own fields are not."""

import pytest

from agent.intake.proposal import parse
from agent.readers.rules.fields import unknown_fields


def strange(front: str, *facts: str) -> list[tuple[int, str]]:
    proposal = parse(f"---\n{front}---\n# Note\n\nIt sorts.\n".encode(), "p.md")
    return [(line, says.partition(":")[0]) for line, says in unknown_fields(proposal, facts)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("audiance", "audience"), ("Depends", "depends_on"), ("behaviors", "behaviours")],
)
def test_a_field_near_a_known_one(written: str, meant: str) -> None:
    said = strange(f"title: Note\n{written}: customers\n")
    name = written.lower()
    assert said == [(3, f"`{name}` is no field that is read; did you mean `{meant}`?")]


def test_a_fact_of_the_office_may_be_meant() -> None:
    said = strange("regulator_clas: high\n", "regulator_class")
    assert said == [
        (2, "`regulator_clas` is no field that is read; did you mean `regulator_class`?")
    ]
    assert strange("regulator_clas: high\n") == []


@pytest.mark.parametrize("own", ["date", "status", "tags", "version", "author", "deadline"])
def test_a_field_of_the_office_s_own_is_no_mistake(own: str) -> None:
    assert strange(f"{own}: x\n") == []


def test_an_unknown_role_is_named_and_a_known_one_in_other_words_is_not() -> None:
    said = strange("roles:\n  tech lead: Ada Example\n  wizard: Bob Example\n  owner: Cy Example\n")
    assert said == [(4, "`roles.wizard` is none of the roles that are looked for")]
