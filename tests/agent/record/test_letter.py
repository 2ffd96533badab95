"""The letter: what the team is told, in which order, and what it is never told."""

import re
from typing import Any

import pytest

from agent.record.export import letter
from agent.record.targets import Target
from agent.schema.decision import Condition, DecisionOutcome, Sheet, SheetFinding, Waiver
from agent.schema.draft import Searched
from knowledge.vocabulary import OUTCOMES
from tests.support.sheets import APPEAL, DUPLICATE, REQUIREMENTS, quote, sheet


def changes(of: Sheet | None = None, **given: Any) -> str:
    given = {"outcome": "request_changes", "requirements": REQUIREMENTS} | given
    return letter(of or sheet(), **given)


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ .*$", text, re.MULTILINE)


def test_asks_come_with_reason_quote_place_and_rule_most_important_first() -> None:
    text = changes()
    order = [text.index(t) for t in ("No way to appeal", "Hands over later", "Missed by all")]
    assert order == sorted(order)
    assert text.index("Missed by all") < text.index("The owner is a mailbox")
    first = text[text.index("### 1.") : text.index("### 2.")]
    assert "**Say how somebody whose claim is refused reaches a person" in first
    assert "Why: A claim is refused by the system" in first
    assert "> Refused claims are closed after ten days.\n" in first
    assert "From your proposal, line 61, section “Claims › Decision”." in first
    assert "Customers may rate" not in first, "a quote needs no trail"
    rule = (
        "Rests on: TRUST-03 “A way to appeal”, knowledge/policies/trust.md, line 40, policy TRUST"
    )
    assert f"{rule}: People can ask for a person to look again" in first
    assert "The first point has to be in place before we can approve" in text


def test_an_absence_shows_the_nearest_that_was_found() -> None:
    finding = APPEAL.model_copy(update={"citations": ()})
    text = changes(sheet().model_copy(update={"findings": (SheetFinding(finding=finding),)}))
    assert "The nearest we found:\n\n> Customers may rate the answer.\n" in text
    assert "From your proposal, lines 70–71: a rating changes no decision." in text


def test_a_merge_is_about_the_overlap() -> None:
    of = sheet()
    of = of.model_copy(update={"findings": (*of.findings, SheetFinding(finding=DUPLICATE))})
    text = changes(of, outcome="merge_with_existing", merge_into="CAP-014")
    full, rest = text.split("## Should it stay a project of its own")
    assert "### 1. Claims triage does a part of this" in full
    assert "### 2." not in text
    assert "No way to appeal" not in full
    assert "- No way to appeal: Say how" in rest


def test_small_points_take_a_line_each() -> None:
    text = changes()
    small = text[text.index("## Smaller points") :]
    assert (
        "- The owner is a mailbox: Name a person. Why: A mailbox answers for nothing."
        " “claims-team@example.org” (your proposal, line 4, section “Claims › Decision”).\n"
    ) in small
    assert "### 4." not in text


def test_nothing_is_said_twice() -> None:
    text = REQUIREMENTS["TRUST-03"].text
    finding = APPEAL.model_copy(
        update={
            "ask": f"Add it: {text}",
            "claim": "But “some other words” stand. Only planned: “Refused claims are closed …”.",
        }
    )
    longer = REQUIREMENTS["TRUST-03"].model_copy(update={"text": f"{text} The route is evidence."})
    written = changes(
        sheet().model_copy(update={"findings": (SheetFinding(finding=finding),)}),
        requirements={"TRUST-03": longer},
    )
    assert "Why: But “some other words” stand. Only planned.\n\n> Refused claims are" in written
    assert written.count("Refused claims") == 1
    assert written.count(text.rstrip(".")) == 1
    assert "line 40, policy TRUST: The route is evidence.\n" in written


@pytest.mark.parametrize(
    "claim",
    [
        "The text says: “Refused claims are closed …”. The pattern “Appeal” says: look again.",
        "It says “Refused claims are closed …” in one place and nothing in another.",
        "Only planned: “Refused claims are closed …”; but by whom?",
    ],
)
def test_no_sentence_loses_the_quote_it_needs(claim: str) -> None:
    finding = APPEAL.model_copy(update={"claim": claim})
    text = changes(sheet().model_copy(update={"findings": (SheetFinding(finding=finding),)}))
    assert f"Why: {claim}\n" in text


def test_how_a_measure_works_is_asked_once() -> None:
    asks = [
        APPEAL.model_copy(update={"id": id_, "ask": f"State how this works here: {what}"})
        for id_, what in (("f-1", "People can appeal."), ("f-2", "people are told."))
    ]
    once = "Where a point below only names a measure, state in the proposal how it works here.\n"
    found = tuple(SheetFinding(finding=finding) for finding in asks)
    text = changes(sheet().model_copy(update={"findings": found}))
    assert text.count("how it works here") == text.count(once) == 1
    assert "**People can appeal.**" in text
    assert "**People are told.**" in text
    alone = changes(sheet().model_copy(update={"findings": found[:1]}))
    assert "**State how this works here: People can appeal.**" in alone
    assert once not in alone


def test_a_trail_without_words_is_no_empty_quote() -> None:
    steps = {
        "place": Searched(
            source="proposal", line_start=8, line_end=8, quote="", why="nothing shown"
        ),
        "reason": Searched(source="proposal", quote="", why="because"),
    }
    for name, step in steps.items():
        finding = APPEAL.model_copy(update={"citations": (), "searched": (step,)})
        text = changes(sheet().model_copy(update={"findings": (SheetFinding(finding=finding),)}))
        assert not re.search(r"^>\s*$", text, re.MULTILINE)
        assert "The nearest we found" not in text
        assert ("From your proposal, line 8: nothing shown." in text) == (name == "place")


def test_edits_are_applied_and_what_was_set_aside_stays_out() -> None:
    text = changes()
    assert "Hand over when asked once." in text
    assert "or say why not" not in text
    for unsaid in ("Claims triage does a part", "secret reason", "between us", "earlier version"):
        assert unsaid not in text
    assert "An unproven claim" not in text


def test_a_bad_quote_is_never_shown_to_the_team() -> None:
    finding = APPEAL.model_copy(update={"citations": (quote("never said", check="bad"),)})
    of = sheet().model_copy(update={"findings": (SheetFinding(finding=finding, state="accepted"),)})
    text = changes(of)
    assert "No way to appeal" in text
    assert "never said" not in text


def test_measures_are_stated_by_the_team_and_never_verified() -> None:
    text = changes()
    assert "TRUST-01 Notice: stated by the team (your proposal, line 15" in text
    assert "TRUST-09: confirmed by Ada on 2026-03-01." in text
    assert "verified" not in text.lower()
    assert "TRUST-10" not in text


def test_stage_conditions_and_what_applies_next() -> None:
    text = changes(
        outcome="approve_with_conditions",
        approved_stage="pilot",
        conditions=(
            Condition(text="Write it down.", owner="Bo", due="2027-01-31", requirement="TRUST-03"),
            Condition(text="Tell us"),
        ),
        waivers=(
            Waiver(requirement="f-appeal", reason="Staff only.", by="Ada", until="2027-02-01"),
        ),
        next_stage=("TRUST-10",),
        review_by="2027-06-01",
        by="Ada",
        date="2026-11-23",
    )
    assert "approved for **pilot**; come back before production." in text
    assert "1. Write it down (TRUST-03).\n   Owner: Bo. Due: 2027-01-31." in text
    assert "2. Tell us.\n   Owner: to be named by you." in text
    assert "- No way to appeal: Staff only. Decided by Ada. Holds until 2027-02-01." in text
    assert "(condition 1)" in text
    assert "has to be in place before approval" not in text
    assert "Before production these apply as well:\n\n- TRUST-10 Bias testing: Results" in text
    assert "We look at this decision again by 2027-06-01." in text
    assert "Decided by Ada on 2026-11-23." in text


def test_nothing_is_waited_for_after_production() -> None:
    text = changes(outcome="approve", approved_stage="production")
    assert "approved for **production**. Thank you." in text
    assert "come back" not in text


def test_merge_names_the_target_and_what_it_lacks() -> None:
    text = changes(outcome="merge_with_existing", merge_into="CAP-014")
    assert "exists already: **Triage** (CAP-014)" in text
    assert "What it seems to lack for you: answers in Danish." in text
    assert "Its review of 2026-03-02 left open: Ask the works council." in text
    assert "Please talk with the people behind it and join" in text
    target = Target("CAP-9", "Call summaries", "Bo Example", "bo@x.example")
    text = changes(outcome="merge_with_existing", merge_into="CAP-9", target=target)
    assert "already: **Call summaries** (CAP-9). Please talk with its owner, Bo Example" in text
    assert "Bo Example (bo@x.example), and join" in text


@pytest.mark.parametrize("outcome", [*OUTCOMES, "defer"])
def test_every_outcome_has_words_and_an_answer(outcome: DecisionOutcome) -> None:
    text = changes(outcome=outcome, merge_into="CAP-014", note="Call me.")
    assert "_with_" not in text
    assert "request_changes" not in text
    assert "Call me." in text
    assert "under the same id, claim-answers" in text
    assert "\n\n\n" not in text
    assert text.endswith("Draft d1.\n")
    assert "None" not in text


def test_words_for_outcomes_differ() -> None:
    heads = {headings(changes(outcome=o, merge_into="CAP-014"))[0] for o in (*OUTCOMES, "defer")}
    assert len(heads) == 6


def test_same_sheet_same_letter() -> None:
    assert changes() == changes()


def test_note_keeps_paragraphs_and_lists() -> None:
    text = changes(note="First line\nsecond\n\n- one\n- # two\n\n## No heading")
    assert "First line\nsecond\n\n- one\n- \\# two\n\n\\## No heading" in text
