"""Applicability: three-valued, failing closed, with the reason and its place."""

import itertools

import pytest

from agent.intake.applicability import applies
from agent.schema.office import FactSetting
from agent.schema.proposal import Citation, Fact

Rule = dict[str, tuple[str, ...]]
YES, NO, UNKNOWN = "yes", "no", "unknown"


def fact(*values: str, line: int | None = None, unknown: tuple[str, ...] = ()) -> Fact:
    cited = Citation(
        source="proposal", line_start=line, line_end=line, quote="q", claimed="q", check="exact"
    )
    return Fact(
        values=values,
        origin="declared",
        citations=(cited,) if line else (),
        unknown_values=unknown,
    )


FACTS = {"data": fact("personal", line=3), "generates": fact("internal", line=4)}
HOLDS: Rule = {"data": ("personal",)}
FAILS: Rule = {"generates": ("to_people",)}
OPEN: Rule = {"supplier": ("vendor",)}
BY_ANSWER = {YES: HOLDS, NO: FAILS, UNKNOWN: OPEN}


def test_empty_means_always() -> None:
    assert applies((), {})[0] == YES
    assert applies(({},), {})[0] == YES


def kleene_and(a: str, b: str) -> str:
    return NO if NO in (a, b) else UNKNOWN if UNKNOWN in (a, b) else YES


def kleene_or(a: str, b: str) -> str:
    return YES if YES in (a, b) else UNKNOWN if UNKNOWN in (a, b) else NO


@pytest.mark.parametrize(("a", "b"), list(itertools.product((YES, NO, UNKNOWN), repeat=2)))
def test_keys_are_anded_and_mappings_ored_after_kleene(a: str, b: str) -> None:
    left, right = BY_ANSWER[a], BY_ANSWER[b]
    assert applies((left, right), FACTS)[0] == kleene_or(a, b)
    if a != b:  # the same key twice is one key
        assert applies(({**left, **right},), FACTS)[0] == kleene_and(a, b)


def test_values_are_ored() -> None:
    assert applies(({"data": ("business", "personal")},), FACTS)[0] == YES


@pytest.mark.parametrize(
    ("wanted", "level", "expected"),
    [
        ("personal", "sensitive", YES),
        ("sensitive", "personal", NO),
        ("business", "personal", NO),
        (">=personal", "sensitive", YES),
        (">= personal", "business", NO),
        (">=PII", "personal", YES),
    ],
)
def test_levels_of_data(wanted: str, level: str, expected: str) -> None:
    assert applies(({"data": (wanted,)},), {"data": fact(level)})[0] == expected


@pytest.mark.parametrize(
    ("wanted", "level", "expected"),
    [
        ("recommend", "act_with_notice", NO),
        (">=act_with_notice", "autonomous", YES),
        (">=act_with_notice", "act_with_approval", NO),
        ("human in the loop", "act_with_approval", YES),
    ],
)
def test_levels_of_automation(wanted: str, level: str, expected: str) -> None:
    assert applies(({"automation": (wanted,)},), {"automation": fact(level)})[0] == expected


def test_the_reason_names_value_and_place() -> None:
    assert applies((HOLDS,), FACTS) == (YES, "data is personal (line 3)", ("data",))
    assert applies((FAILS,), FACTS).because == "generates is internal (line 4)"
    assert applies((OPEN,), FACTS) == (UNKNOWN, "supplier is not known", ("supplier",))
    by_person = {"data": Fact(values=("none",), origin="person")}
    assert applies((HOLDS,), by_person).because == "data is none (set by a person)"


def test_only_what_decides_is_named() -> None:
    both: Rule = {**FAILS, **OPEN}
    assert applies((both,), FACTS).depends_on == ("generates",)
    assert applies(({**HOLDS, **OPEN},), FACTS).depends_on == ("supplier",)


def test_a_value_nobody_knows_fails_closed() -> None:
    facts = {"audience": fact("employees", unknown=("clients",), line=2)}
    answer = applies(({"audience": ("customers",)},), facts)
    assert answer.applies == UNKNOWN
    assert answer.because == "audience “clients” is not a known value (line 2)"
    assert applies(({"audience": ("employees",)},), facts)[0] == YES


def test_an_unknown_level_beside_a_known_one_may_be_stricter() -> None:
    facts = {"automation": fact("recommend", unknown=("turbo",))}
    assert applies(({"automation": ("autonomous",)},), facts)[0] == UNKNOWN
    assert applies(({"automation": ("inform",)},), facts)[0] == NO
    assert applies(({"automation": (">=recommend",)},), facts)[0] == YES


def test_a_rule_with_an_unknown_key_or_value_says_so() -> None:
    answer = applies(({"colour": ("red",)},), FACTS)
    assert answer == (UNKNOWN, "colour is no fact that this office knows", ())
    answer = applies(({"audience": ("martians",)},), {"audience": fact("customers")})
    assert answer.applies == UNKNOWN
    assert "martians" in answer.because
    mixed: Rule = {"audience": ("martians", "customers")}
    assert applies((mixed,), {"audience": fact("customers")})[0] == YES


def test_a_rule_without_any_value_is_unknown_not_off() -> None:
    assert applies(({"data": ()},), FACTS)[0] == UNKNOWN


def test_facts_and_values_of_the_office_count() -> None:
    settings = {
        "channel": FactSetting(values=("phone", "letter")),
        "audience": FactSetting(values=("members",)),
    }
    when: tuple[Rule, ...] = ({"channel": ("phone",)},)
    assert applies(when, {"channel": fact("phone")}, settings)[0] == YES
    assert applies(when, {"channel": fact("letter")}, settings)[0] == NO
    assert applies(when, {"channel": fact("phone")})[0] == UNKNOWN
    members: tuple[Rule, ...] = ({"audience": ("members",)},)
    assert applies(members, {"audience": fact("members")}, settings)[0] == YES


def test_at_least_is_for_levels_only() -> None:
    facts = {"audience": fact("customers")}
    assert applies(({"audience": (">=customers",)},), facts)[0] == UNKNOWN


def test_a_reason_that_several_mappings_share_is_said_once() -> None:
    both: Rule = {"affected": ("customers",), "automation": ("autonomous",)}
    more: Rule = {**both, "supplier": ("vendor",)}
    answer = applies((both, more, both), {})
    assert answer.applies == UNKNOWN
    assert answer.because == (
        "affected is not known and automation is not known and supplier is not known"
    )
