"""Decided initiatives as precedents: in the search as long as the decision stands, in no draft that
they are not near."""

import json
from typing import Any

import pytest

from agent.deciding import commit, prepare
from agent.schema.decision import Decision
from agent.schema.draft import Draft
from agent.settings import Settings
from agent.wiring import open_library, open_record
from knowledge.entries import Precedent
from tests.support.command_line import call
from tests.support.office import (
    LETTERS,
    TWIN,
    WEATHER,
    propose,
    quiet,
    review_in,
    sheet_of,
    work,
)

CONDITION = {"text": "Keep a log of every letter", "requirement": "", "due": "2027-01-31"}


def decide(
    office: Settings, name: str, outcome: str, *, correct: bool = False, **more: Any
) -> None:
    with open_record(office) as store:
        opened = sheet_of(office, name)
        draft = opened.sheet.draft
        values = {
            "initiative": name,
            "version": draft.version,
            "draft": draft.id,
            "shown": "",
            "outcome": outcome,
            "by": "ana",
            "waivers": [
                {"requirement": id_, "reason": "a small trial"} for id_ in opened.sheet.unmet
            ],
        }
        decision = Decision.model_validate(values | more)
        date, review = "2026-11-24", review_in(office)
        prepared = prepare(opened, decision, people={}, targets={}, facts=review, date=date)
        commit(prepared, store, office.root, correct=correct)


def precedents(office: Settings) -> dict[str, Precedent]:
    library = open_library(office, quiet)
    found = {p.id: p for p in library.precedents}
    assert library.index.held() == found.keys()
    assert not found.keys() & library.knowledge.entries.keys()
    library.index.close()
    return found


def drafted(office: Settings, name: str, text: str) -> Draft:
    (row,) = work(office, propose(office, name, text))
    assert row.draft is not None, row.error
    return row.draft


@pytest.fixture
def decided(office: Settings) -> Settings:
    """`letters` was approved under a condition."""
    drafted(office, "letters", LETTERS)
    decide(office, "letters", "approve_with_conditions", conditions=[CONDITION])
    return office


def test_a_decision_is_found_by_its_purpose_with_outcome_and_conditions(decided: Settings) -> None:
    past = precedents(decided)["letters"]
    assert (past.outcome, past.conditions) == (
        "approve_with_conditions",
        ("Keep a log of every letter",),
    )
    assert [(c.text, c.due, c.status) for c in past.imposed] == [
        ("Keep a log of every letter", "2027-01-31", "open")
    ]
    words = "suggests the department that answers a letter"
    told = json.loads(
        call("search", words, "--kind", "precedent", "--json", office=decided.root).out
    )
    assert [row["id"] for row in told["results"]] == ["letters"]
    assert call("search", words, office=decided.root).out.count("letters") == 0
    counted = json.loads(call("index", "--json", office=decided.root).out)
    assert counted["entries"]["precedent"] == 1


def test_what_stands_no_more_is_gone(decided: Settings) -> None:
    decide(decided, "letters", "reject", correct=True)
    assert {n: p.outcome for n, p in precedents(decided).items()} == {"letters": "reject"}
    drafted(decided, "letters", LETTERS + "\nIt also stamps them.\n")
    assert precedents(decided) == {}  # a newer version waits


def test_what_was_redacted_is_gone(decided: Settings) -> None:
    with open_record(decided) as store:
        store.redact(store.version("letters").sha256, "named a person", "ana")
    assert precedents(decided) == {}


def test_a_draft_names_the_near_one_and_a_far_one_changes_nothing(decided: Settings) -> None:
    before = drafted(decided, "weather", WEATHER)
    twin = drafted(decided, "mail", TWIN)
    (row,) = (o for o in twin.overlaps if o.kind == "precedent")
    assert (row.entry, row.relation) == ("letters", "duplicate")
    assert row.last_review is not None
    assert row.last_review.outcome == "approve_with_conditions"
    assert row.last_review.open_conditions == ("Keep a log of every letter",)
    decide(decided, "mail", "reject")
    (again,) = work(decided, decided.proposals / "weather.md")
    assert (again.state, again.draft) == ("unchanged", before)


def test_a_condition_of_the_same_thing_is_told_and_the_outcome_is_that_of_the_table(
    decided: Settings,
) -> None:
    draft = drafted(decided, "mail", TWIN)
    found = [f for f in draft.findings if f.rule == "precedent.contradicts"]
    assert [(f.subject, f.severity) for f in found] == [("letters", "low")]
    assert "“Keep a log of every letter”" in found[0].claim
    assert not any("precedent.contradicts" in reason for reason in draft.outcome_because)


def test_its_own_earlier_decision_is_never_its_precedent(decided: Settings) -> None:
    again = drafted(decided, "letters", LETTERS + "\nIt also stamps them.\n")
    assert [o for o in again.overlaps if o.kind != "capability"] == []
