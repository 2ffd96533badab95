"""The form of the decision sheet: what it suggests, what it lacks, and the decision it makes."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.deciding import Opened
from agent.schema.decision import Condition, Decision, Sheet, Waiver
from tests.support.office import LETTERS, propose, sheet_of, work, write_office
from tui.desk.sheet_form import OUTCOMES, Form, Row, decision_of, form_of, lacking, note_of
from tui.desk.sheet_words import changes, head_lines

REASON = "Agreed with the board"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    settings = write_office(tmp_path_factory.mktemp("form") / "office")
    text = LETTERS.replace("data: business", "data: personal").replace("Clerks are told", "It hid")
    propose(settings, "letters", text)
    work(settings)
    return sheet_of(settings, "letters")


def _with(opened: Opened, **changed: object) -> Opened:
    return replace(opened, sheet=opened.sheet.model_copy(update=changed))


def _full(opened: Opened) -> Form:
    return form_of(opened).model_copy(
        update={
            "reasons": dict.fromkeys(opened.sheet.unmet, REASON),
            "merge_into": "CAP-1",
            "rows": (Row(text="Name it", taken=True), Row(text="Not taken")),
        }
    )


def test_there_are_blockers_to_speak_of(opened: Opened) -> None:
    assert opened.sheet.unmet


def test_heavy_findings_are_suggested_and_not_taken(opened: Opened) -> None:
    rows = form_of(opened).rows
    assert {"TRUST-03"} <= {row.requirement for row in rows}
    assert not any(row.taken for row in rows)
    assert all(row.text and row.suggested for row in rows)


def test_what_was_typed_comes_back_and_no_suggestion_twice(opened: Opened) -> None:
    form = form_of(opened)
    taken = form.rows[0].model_copy(update={"text": "Mine", "taken": True})
    left = form.model_copy(update={"rows": (taken, *form.rows[1:]), "note": "Half"})
    again = form_of(opened, left.model_dump_json())
    assert again == left


@pytest.mark.parametrize("kept", ["", "no json", "{}", '{"outcome": "hang"}', '{"unknown": 1}'])
def test_a_kept_form_that_is_not_ours_is_an_empty_one(opened: Opened, kept: str) -> None:
    assert form_of(opened, kept).outcome is None


def test_each_outcome_says_what_it_lacks(opened: Opened) -> None:
    empty = form_of(opened)
    words = {
        None: "Choose an outcome",
        "approve": "is a blocker and not in place",
        "approve_with_conditions": "is a blocker and not in place",
        "merge_with_existing": "Pick what it is merged into",
    }
    for outcome in (None, *OUTCOMES):
        said = lacking(empty.model_copy(update={"outcome": outcome}), opened)
        assert words.get(outcome, "") in said
        assert bool(said) == (outcome in words)


def test_a_short_reason_is_none(opened: Opened) -> None:
    form = _full(opened).model_copy(update={"outcome": "approve"})
    assert lacking(form, opened) == ""
    short = {**form.reasons, opened.sheet.unmet[0]: "too short "}
    assert "at least 10" in lacking(form.model_copy(update={"reasons": short}), opened)


def test_conditions_need_text(opened: Opened) -> None:
    form = _full(opened).model_copy(update={"outcome": "approve_with_conditions"})
    assert lacking(form, opened) == ""
    none = form.model_copy(update={"rows": (Row(text="Not taken"),)})
    assert "needs a condition" in lacking(none, opened)
    blank = form.model_copy(update={"rows": (Row(text=" ", taken=True),)})
    assert "no text" in lacking(blank, opened)


def test_a_stage_that_is_said_nowhere_is_asked_for(opened: Opened) -> None:
    facts = {n: f for n, f in opened.sheet.effective.facts.items() if n != "stage"}
    without = _with(opened, effective=opened.sheet.effective.model_copy(update={"facts": facts}))
    form = _full(opened).model_copy(update={"outcome": "approve"})
    assert "for a stage" in lacking(form, without)
    assert lacking(form.model_copy(update={"stage": "idea"}), without) == ""


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_only_what_goes_with_the_outcome_is_decided(opened: Opened, outcome: str) -> None:
    form = _full(opened).model_copy(update={"outcome": outcome, "review_by": "2031-01-01"})
    made = decision_of(form, opened, by="ana", role="", at="2026-11-25T10:00:00.000+00:00")
    approving = outcome in ("approve", "approve_with_conditions")
    assert bool(made.waivers) == approving
    assert bool(made.approved_stage) == approving
    assert bool(made.conditions) == (outcome == "approve_with_conditions")
    assert bool(made.merge_into) == (outcome == "merge_with_existing")
    assert (made.outcome, made.review_by, made.by) == (outcome, "2031-01-01", "ana")


def test_a_note_is_the_recorded_one_until_it_is_changed(opened: Opened) -> None:
    steps = opened.sheet.steps.model_copy(update={"note_to_team": "Recorded."})
    noted = _with(opened, steps=steps)
    assert note_of(Form(), noted.sheet) == "Recorded."
    assert note_of(Form(note=" New. "), noted.sheet) == "New."
    assert note_of(Form(note=""), noted.sheet) == ""


def _decision(sheet: Sheet) -> Decision:
    return Decision(
        initiative="letters",
        version=1,
        draft=sheet.draft.id,
        shown="x",
        outcome="approve_with_conditions",
        approved_stage="pilot",
        conditions=(Condition(id="C1", text="Name it", owner="Ada"),),
        waivers=(Waiver(requirement="TRUST-03", reason=REASON),),
        note_to_team="Well done.",
        by="ana",
        at="2026-11-25T10:00:00.000+00:00",
    )


def test_a_correction_starts_from_what_was_decided(opened: Opened) -> None:
    decided = _with(opened, decided=_decision(opened.sheet))
    form = form_of(decided)
    assert (form.outcome, form.stage, form.note) == (
        "approve_with_conditions",
        "pilot",
        "Well done.",
    )
    assert form.rows[0] == Row(text="Name it", owner="Ada", taken=True)
    assert form.reasons == {"TRUST-03": REASON}
    assert "Sending this replaces it" in next(iter(head_lines(decided.sheet)))


def test_a_deferral_is_no_decision_to_start_from(opened: Opened) -> None:
    put_off = _decision(opened.sheet).model_copy(update={"outcome": "defer"})
    assert form_of(_with(opened, decided=put_off)).outcome is None


def test_what_changed_is_named(opened: Opened) -> None:
    sheet = opened.sheet
    first, *rest = sheet.findings
    moved = sheet.model_copy(
        update={
            "draft": sheet.draft.model_copy(update={"version": 2, "id": "other"}),
            "findings": (first.model_copy(update={"state": "accepted"}), *rest[1:]),
            "decided": _decision(sheet),
        }
    )
    said = "\n".join(changes(sheet, moved))
    assert "version 2 came in" in said
    assert f"{first.finding.title}: accepted" in said
    assert f"{rest[0].finding.title}: gone" in said
    assert "Decided: Approve with conditions by ana" in said
    assert changes(sheet, sheet) == ["a step was recorded by somebody else"]


def test_disagreements_of_readers_are_told(opened: Opened, tmp_path: Path) -> None:
    del tmp_path
    both = opened.sheet.effective.model_copy(
        update={"outcome_by_reader": {"rules": "reject", "llm": "approve"}}
    )
    said = "\n".join(head_lines(opened.sheet.model_copy(update={"effective": both})))
    assert "outcome by reader: rules: Reject; llm: Approve" in said
    assert "disagree" not in "\n".join(head_lines(opened.sheet))
