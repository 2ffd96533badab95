"""The status of a requirement from two readers: proof first, then caution (CONTRACTS §6)."""

import pytest

from agent.schema.draft import RequirementRow
from agent.schema.evidence import Evidence
from tests.support.evidence import (
    LOGGED,
    NOTICE,
    NOWHERE,
    PLANNED,
    SORTS,
    applies,
    draft_of,
    evidence,
    model,
    parsed,
    reads,
    rules,
)


def row(
    id_: str,
    by_rules: tuple[str, ...],
    by_model: tuple[str, ...] | None = None,
    gathered: Evidence | None = None,
) -> RequirementRow:
    readings = [rules(requirements=(reads(id_, *by_rules),))]
    if by_model is not None:
        readings.append(model(requirements=(reads(id_, *by_model),)))
    rows = draft_of(*readings, gathered=gathered).requirements
    return next(r for r in rows if r.id == id_)


@pytest.mark.parametrize(
    ("id_", "by_rules", "by_model", "merged"),
    [
        # The model wins where it quotes the proposal: medium always.
        ("TRUST-19", ("absent",), ("in_place", LOGGED), "in_place"),
        ("TRUST-19", ("absent",), ("in_place", SORTS), "in_place"),
        ("TRUST-19", ("in_place", LOGGED), ("planned", LOGGED), "planned"),
        ("TRUST-19", ("in_place", LOGGED), ("absent", LOGGED), "absent"),
        # Without a good quote the stricter counts.
        ("TRUST-19", ("in_place", LOGGED), ("absent",), "absent"),
        ("TRUST-19", ("in_place", LOGGED), ("in_place", NOWHERE), "unclear"),
        ("TRUST-19", ("planned", LOGGED), ("unclear",), "unclear"),
        ("TRUST-19", ("absent",), ("unclear", NOWHERE), "absent"),
        ("TRUST-19", ("in_place", LOGGED), ("in_place",), "unclear"),
        # Blocker and high: what the rules found missing gives way to a quote that speaks to it.
        ("TRUST-01", ("absent",), ("in_place", NOTICE), "in_place"),
        ("TRUST-01", ("unclear",), ("in_place", NOTICE), "in_place"),
        ("TRUST-01", ("absent",), ("in_place", SORTS), "unclear"),
        ("TRUST-01", ("unclear",), ("in_place", SORTS), "unclear"),
        ("TRUST-01", ("planned", SORTS), ("in_place", SORTS), "planned"),
        ("TRUST-10", ("absent",), ("in_place", SORTS), "unclear"),
        ("TRUST-10", ("absent",), ("planned", SORTS), "unclear"),
        ("TRUST-10", ("absent",), ("unclear", SORTS), "unclear"),
        # A plan is never in place, though it speaks to the point.
        ("TRUST-03", ("absent",), ("in_place", PLANNED), "unclear"),
        ("TRUST-03", ("planned", PLANNED), ("in_place", PLANNED), "planned"),
        ("TRUST-03", ("planned", PLANNED), ("in_place", "An appeal route to a person"), "planned"),
        ("TRUST-03", ("absent",), ("planned", PLANNED), "planned"),
        # For the worse a quote is enough.
        ("TRUST-01", ("in_place", NOTICE), ("absent", SORTS), "absent"),
        ("TRUST-01", ("in_place", NOTICE), ("planned", SORTS), "planned"),
    ],
)
def test_who_wins(
    id_: str, by_rules: tuple[str, ...], by_model: tuple[str, ...], merged: str
) -> None:
    assert row(id_, by_rules, by_model).status == merged


def test_a_row_for_every_requirement_with_both_readers_side_by_side() -> None:
    assessments = (
        rules(requirements=(reads("TRUST-01", "absent"),)),
        model(requirements=(reads("TRUST-01", "in_place", NOTICE),)),
    )
    rows = draft_of(*assessments).requirements
    assert [r.id for r in rows] == ["TRUST-01", "TRUST-03", "TRUST-10", "TRUST-19"]
    assert {name: r.status for name, r in rows[0].readers.items()} == {
        "rules": "absent",
        "llm": "in_place",
    }
    assert rows[0].citations[0].quote == NOTICE
    assert [r.status for r in rows[1:]] == ["unclear"] * 3
    assert rows[1].readers == {}


def test_the_trail_of_the_absence_stands_where_the_model_was_not_believed() -> None:
    merged = row("TRUST-01", ("absent",), ("in_place", SORTS))
    assert merged.status == "unclear"
    assert merged.citations == ()


@pytest.mark.parametrize("status", ["in_place", "absent", "planned"])
def test_only_the_rules_of_applicability_say_that_it_does_not_apply(status: str) -> None:
    off = evidence(applicable=applies("TRUST-01", "no"))
    merged = row("TRUST-01", ("not_applicable",), (status, NOTICE), off)
    assert (merged.status, merged.applies, merged.applies_because) == (
        "not_applicable",
        "no",
        "data is none",
    )


def test_a_reader_that_calls_it_not_applicable_leaves_it_unclear() -> None:
    assert row("TRUST-01", ("absent",), ("not_applicable", SORTS)).status == "unclear"
    assert row("TRUST-01", ("in_place", NOTICE), ("not_applicable", SORTS)).status == "unclear"
    assert row("TRUST-01", ("not_applicable",)).status == "unclear"


def test_unknown_applicability_is_unclear_whatever_is_read() -> None:
    waiting = evidence(applicable=applies("TRUST-01", "unknown", "data is not known"))
    merged = row("TRUST-01", ("in_place", NOTICE), ("in_place", NOTICE), waiting)
    assert (merged.status, merged.applies) == ("unclear", "unknown")


def test_in_place_is_stated_or_linked_and_nothing_else_has_evidence() -> None:
    assert row("TRUST-01", ("in_place", NOTICE)).evidence == "stated"
    assert row("TRUST-01", ("planned", NOTICE)).evidence is None
    linked = parsed().source.text.replace(
        "owner: Ada Example", "evidence: {TRUST-01: https://records.example/7}"
    )
    rows = draft_of(
        rules(requirements=(reads("TRUST-01", "in_place", NOTICE), reads("TRUST-03", "absent"))),
        proposal=parsed(linked),
    ).requirements
    assert [r.evidence for r in rows] == ["linked", None, None, None]


@pytest.mark.parametrize(
    ("sentence", "believed"),
    [
        ("Customers are told that a machine answers.", True),
        ("Customers are not told that a machine answers.", False),
        ("Customers will be told that a machine answers.", False),
        ("By law customers must be told that a machine answers.", False),
        ("Should customers be told that a machine answers?", False),
        ("<!-- Customers are told that a machine answers. -->", False),
    ],
)
def test_a_quote_must_say_that_it_is_so(sentence: str, believed: bool) -> None:
    proposal = parsed(f"# Helper\n\nIt sorts claims.\n\n{sentence}\n")
    quote = sentence.removeprefix("<!-- ").removesuffix(" -->")
    rows = draft_of(
        rules(requirements=(reads("TRUST-01", "absent"),)),
        model(requirements=(reads("TRUST-01", "in_place", quote),)),
        proposal=proposal,
    ).requirements
    assert rows[0].readers["llm"].status == "in_place"
    assert rows[0].status == ("in_place" if believed else "unclear")


def test_a_plan_in_the_heading_counts() -> None:
    text = "# Helper\n\n## Planned for phase two\n\nCustomers are told that a machine answers.\n"
    rows = draft_of(
        rules(requirements=(reads("TRUST-01", "absent"),)),
        model(requirements=(reads("TRUST-01", "in_place", "told that a machine answers"),)),
        proposal=parsed(text),
    ).requirements
    assert rows[0].status == "unclear"
