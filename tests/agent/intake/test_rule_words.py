"""A rule that names what nothing knows is told at its line, with the word that was meant."""

from pathlib import Path

import pytest

from agent.intake.rule_words import strange_words
from agent.schema.office import FactSetting
from agent.workspace import STARTER
from knowledge.reading import Knowledge, load
from tests.support.catalogue import write

POLICY = """---
id: POL
title: P
requirements:
  - id: REQ
    title: The audiance of this
    text: Do it.
    applies_when:
{when}
---
"""


def office(tmp_path: Path, when: str) -> Knowledge:
    text = POLICY.format(when="\n".join(f"      {line}" for line in when.split("\n")))
    knowledge = load(write(tmp_path, {"policies/a.md": text}))
    assert knowledge.problems == ()
    return knowledge


@pytest.mark.parametrize(
    ("when", "line", "said"),
    [
        ("audiance: [customers]", 9, "is no fact (did you mean `audience`?)"),
        ("data: [personal]\naffected: [klingons]", 10, "`affected: klingons` is no value of"),
        ("affected:\n  - customers\n  - custommers", 11, "did you mean `customers`?"),
        ("supplier: [sas]", 9, "did you mean `saas`?"),
        ("data: [personel]", 9, "did you mean `personal`?"),
        ('automation: ">=act_with_notise"', 9, "did you mean `act_with_notice`?"),
        ('audience: ">=customers"', 9, "only automation, data, stage have levels"),
        ("- data: [personal]\n- tier: [one]", 10, "`tier`, which is no fact, which are"),
    ],
)
def test_what_nothing_knows_is_told_at_its_line(
    tmp_path: Path, when: str, line: int, said: str
) -> None:
    [problem] = strange_words(office(tmp_path, when), {})
    assert (problem.path, problem.line) == ("knowledge/policies/a.md", line)
    assert problem.message.startswith("REQ: ")
    assert said in problem.message


def test_the_offices_own_facts_and_values_are_known(tmp_path: Path) -> None:
    knowledge = office(tmp_path, "tier: [one]\naudience: [klingons, tenants]")
    assert len(strange_words(knowledge, {})) == 3
    facts = {
        "tier": FactSetting(values=("one", "two")),
        "audience": FactSetting(values=("klingons",), aliases={"tenants": "customers"}),
    }
    assert strange_words(knowledge, facts) == []


def test_a_pattern_and_a_row_of_a_table_are_told_too(tmp_path: Path) -> None:
    files = {
        "patterns/p.md": "---\nid: PAT\ntitle: P\napplies_when:\n  dataa: [personal]\n---\n",
        "policies/t.csv": 'id,title,text,applies_when\nR,T,Do it,"stage: pilott"\n',
    }
    found = strange_words(load(write(tmp_path, files)), {})
    assert [(p.path, p.line) for p in found] == [
        ("knowledge/patterns/p.md", 5),
        ("knowledge/policies/t.csv", 2),
    ]


def test_the_packs_that_ship_name_only_what_is_known() -> None:
    starter = load(STARTER)
    assert starter.problems == ()
    assert strange_words(starter, {}) == []
