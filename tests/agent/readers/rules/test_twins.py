"""The relation of two proposals: one for both, whichever draft names it."""

from itertools import combinations

import pytest

from agent.intake.near import text_of
from agent.intake.proposal import parse
from agent.others import pending_of
from agent.readers.rules.twins import pair
from agent.schema.evidence import Pending
from evals.cases import DEMO, load_dataset
from knowledge.alike import Alike, alike
from knowledge.embed import load_embedder

NEAR = Alike(dense=0.9, words=0.4, title=False)
EDGE = Alike(dense=0.68, words=0.13, title=False)
FAR = Alike(dense=0.2, words=0.02, title=False)


def waiting(name: str = "a", **changes: object) -> Pending:
    values: dict[str, object] = {
        "initiative": name,
        "title": f"Letters of {name}",
        "sha256": "1",
        "path": f"proposals/{name}.md",
        "text": "Letters are sorted.",
    }
    return Pending.model_validate(values | changes)


def test_the_shipped_cases_say_the_same_of_each_other() -> None:
    sides = [
        pending_of(parse(case.path.read_bytes(), case.path.name, case.name), {})
        for case in load_dataset(DEMO).cases
    ]
    texts = [text_of(side) for side in sides]
    vectors = load_embedder().embed([t.text for t in texts])
    found = {}
    for i, j in combinations(range(len(sides)), 2):
        there = pair(sides[i], sides[j], alike(texts[i], texts[j], vectors[i], vectors[j]))
        back = pair(sides[j], sides[i], alike(texts[j], texts[i], vectors[j], vectors[i]))
        assert there == back
        found[sides[i].initiative, sides[j].initiative] = there
    # One office, one trade: of 210 pairs only the labelled one is a twin.
    same = {names for names, pair_ in found.items() if pair_.relation == "duplicate"}
    assert same == {("care-lane", "gentle-calls")}
    assert sum(pair_.relation != "unrelated" for pair_ in found.values()) <= 4


def test_facts_that_differ_make_it_less_likely_and_that_they_agree_proves_nothing() -> None:
    plain = pair(waiting("a"), waiting("b"), EDGE)
    agree = pair(waiting("a", facts={"data": ("personal",)}),
                 waiting("b", facts={"data": ("personal",)}), EDGE)  # fmt: skip
    differ = pair(waiting("a", facts={"data": ("none",)}),
                  waiting("b", facts={"data": ("sensitive",)}), EDGE)  # fmt: skip
    assert agree.probability == plain.probability > differ.probability
    assert (agree.facets["data"], differ.facets["data"]) == ("same", "different")


@pytest.mark.parametrize("fact", ["audience", "domain"])
def test_the_same_for_other_people_or_in_another_trade_is_an_extension(fact: str) -> None:
    one, other = waiting("a", facts={fact: ("x",)}), waiting("b", facts={fact: ("y",)})
    assert pair(one, other, NEAR).relation == "extends"
    assert pair(other, one, NEAR).relation == "extends"


def test_who_says_that_it_builds_on_the_other_is_heard_on_both_sides() -> None:
    one, other = waiting("a", reuses=("b",)), waiting("b")
    for found in (pair(one, other, FAR), pair(other, one, FAR)):
        assert (found.relation, found.built_on) == ("extends", True)
    named = waiting("a", title="Extend letter sorting to brokers")
    assert pair(named, waiting("b", title="Letter sorting"), FAR).built_on
    assert pair(waiting("b", title="Letter sorting"), named, FAR).built_on


def test_to_say_so_alone_switches_no_merging_off() -> None:
    assert pair(waiting("a", reuses=("b",)), waiting("b"), NEAR).relation == "duplicate"


@pytest.mark.parametrize(
    ("near", "relation", "purpose"),
    [
        (NEAR, "duplicate", "same"),
        (Alike(0.55, 0.12, False), "shares_part", "similar"),
        (FAR, "unrelated", "different"),
    ],
)
def test_the_relation_follows_the_chance(near: Alike, relation: str, purpose: str) -> None:
    found = pair(waiting("a"), waiting("b"), near)
    assert (found.relation, found.facets["purpose"]) == (relation, purpose)


def test_sister_products_are_an_extension_whichever_comes_first() -> None:
    one = waiting("a", title="Triage of visas", purpose="It sorts visas.")
    other = waiting("b", title="Triage of permits", purpose="It sorts permits.")
    for found in (pair(one, other, NEAR), pair(other, one, NEAR)):
        assert (found.relation, found.facets["purpose"], found.sisters) == (
            "extends", "similar", True,
        )  # fmt: skip
