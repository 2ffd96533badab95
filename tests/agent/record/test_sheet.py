"""The sheet: steps applied by finding id, what is unmet, and the digest of what was shown."""

from typing import Any

import pytest

from agent.draft.identity import finding_id
from agent.record.sheet import make_sheet, number_conditions, shown_digest
from agent.record.steps import fold, join, split
from agent.schema.decision import (
    AddedFinding,
    Condition,
    Decision,
    Dismissal,
    FieldEdit,
    Override,
    Sheet,
    Steps,
)
from agent.schema.draft import Draft, Unsupported
from agent.schema.proposal import Citation
from tests.support.office_days import decision_on, draft_of, finding, requirement

DRAFT = draft_of()
F = DRAFT.findings[0].id
ADDED = AddedFinding(dimension="trust", severity="low", title="Tone", ask="Be kind.", quote="It")


def sheet_of(steps: Steps | None = None, draft: Draft = DRAFT, **given: Any) -> Sheet:
    return make_sheet(draft, draft, steps or Steps(), **given)


def states(sheet: Sheet) -> list[tuple[str, str]]:
    return [(s.finding.id, s.state) for s in sheet.findings]


def test_without_steps_all_is_open() -> None:
    sheet = sheet_of()
    assert states(sheet) == [(F, "open")]
    assert sheet.unmet == ("TRUST-03",)
    assert sheet.decided is None


def test_edits_change_the_finding_and_say_so() -> None:
    edits = (
        FieldEdit(finding=F, field="ask", after="Name an office."),
        FieldEdit(finding=F, field="severity", after="high"),
    )
    shown = sheet_of(Steps(edits=edits, accepted=(F,))).findings[0]
    assert (shown.finding.ask, shown.finding.severity) == ("Name an office.", "high")
    assert shown.finding.title == DRAFT.findings[0].title
    assert shown.edited == ("ask", "severity")
    assert shown.state == "accepted"


def test_softening_a_finding_does_not_meet_the_requirement() -> None:
    edit = FieldEdit(finding=F, field="severity", after="low")
    dismissal = Dismissal(finding=F, reason="wrong")
    assert sheet_of(Steps(edits=(edit,), dismissed=(dismissal,))).unmet == ("TRUST-03",)


def test_a_dismissed_finding_keeps_its_reason() -> None:
    dismissal = Dismissal(finding=F, reason="wrong", note="It is in section 3")
    shown = sheet_of(Steps(dismissed=(dismissal,))).findings[0]
    assert (shown.state, shown.dismissal) == ("dismissed", dismissal)


def test_added_findings_stand_apart_and_their_quote_is_checked() -> None:
    cited: list[str] = []

    def cite(quote: str) -> Citation:
        cited.append(quote)
        return Citation(source="proposal", quote=quote, claimed=quote, check="exact")

    other = ADDED.model_copy(update={"title": "Another"})
    sheet = sheet_of(Steps(added=(ADDED, other)), cite=cite)
    first, second = sheet.findings[1:]
    assert (first.state, second.state) == ("added", "added")
    assert first.finding.id != second.finding.id
    assert first.finding.citations[0].quote == "It"
    assert cited == ["It", "It"]


def test_an_added_finding_is_known_by_rule_and_subject_unless_another_is() -> None:
    alone = sheet_of(Steps(added=(ADDED,))).findings[-1].finding
    assert alone.id == finding_id("triage", "person", None)
    other = ADDED.model_copy(update={"title": "Another"})
    both = {s.finding.id for s in sheet_of(Steps(added=(ADDED, other))).findings[1:]}
    assert len(both) == 2
    assert alone.id not in both, "a step on the one must not land on the other"
    taken = ADDED.model_copy(update={"rule": "TRUST-03"})
    assert states(sheet_of(Steps(added=(taken,))))[1][0] != F


def test_an_added_finding_can_be_edited_and_taken_back() -> None:
    id_ = sheet_of(Steps(added=(ADDED,))).findings[-1].finding.id
    edit = FieldEdit(finding=id_, field="ask", after="Be brief.")
    shown = sheet_of(Steps(added=(ADDED,), edits=(edit,))).findings
    assert (shown[-1].state, shown[-1].finding.ask, len(shown)) == ("added", "Be brief.", 2)
    dismissal = Dismissal(finding=id_, reason="wrong")
    assert states(sheet_of(Steps(added=(ADDED,), dismissed=(dismissal,))))[1] == (id_, "dismissed")


def test_what_matches_nothing_stays_and_is_marked_outdated() -> None:
    gone = finding("triage", "owner.missing", severity="low", title="No owner")
    steps = Steps(
        accepted=(gone.id, "nowhere"), edits=(FieldEdit(finding=gone.id, field="ask", after="X"),)
    )
    sheet = sheet_of(steps, earlier={gone.id: gone})
    outdated = {s.finding.id: s for s in sheet.findings if s.state == "outdated"}
    assert set(outdated) == {gone.id, "nowhere"}
    assert outdated[gone.id].finding.title == "No owner"
    assert outdated[gone.id].finding.ask == "X"
    assert "nowhere" in outdated["nowhere"].finding.title


def test_a_finding_that_an_override_removed_is_outdated_only_if_touched() -> None:
    effective = DRAFT.model_copy(update={"findings": ()})
    assert make_sheet(DRAFT, effective, Steps()).findings == ()
    touched = make_sheet(DRAFT, effective, Steps(accepted=(F,)))
    assert states(touched) == [(F, "outdated")]
    assert touched.findings[0].finding.title == DRAFT.findings[0].title


def test_an_unproven_claim_counts_only_when_accepted() -> None:
    claim = finding("triage", "goal.conflict", severity="high")
    draft = draft_of(unsupported=(Unsupported(finding=claim, reason="bad quote"),))
    assert states(sheet_of(draft=draft)) == [(F, "open")]
    accepted = sheet_of(Steps(accepted=(claim.id,)), draft)
    assert states(accepted) == [(F, "open"), (claim.id, "accepted")]


@pytest.mark.parametrize(
    ("row", "unmet"),
    [
        ({}, True),
        ({"status": "planned"}, True),
        ({"status": "in_place"}, False),
        ({"severity": "high"}, False),
        ({"applies": "no", "status": "not_applicable"}, False),
        ({"applies": "unknown", "status": "unclear"}, True),
    ],
)
def test_which_requirements_are_unmet(row: dict[str, str], unmet: bool) -> None:
    draft = draft_of(findings=(), requirements=(requirement(**row),))
    assert sheet_of(draft=draft).unmet == (("TRUST-03",) if unmet else ())


def test_other_blockers_are_unmet_until_dismissed() -> None:
    breach = finding("triage", "pattern.breach", subject="PAT-1")
    draft = draft_of(findings=(breach,), requirements=())
    assert sheet_of(draft=draft).unmet == (breach.id,)
    dismissal = Dismissal(finding=breach.id, reason="wrong")
    assert sheet_of(Steps(dismissed=(dismissal,)), draft).unmet == ()


def test_shown_changes_with_everything_that_is_shown() -> None:
    condition = Condition(text="Add an appeal")
    sheet = sheet_of()
    base = shown_digest(sheet, "letter", "approve", (condition,))
    edited = sheet_of(Steps(accepted=(F,)))
    other = sheet_of(draft=draft_of(summary="Other"))
    assert shown_digest(sheet_of(), "letter", "approve", (condition,)) == base
    changed = [
        shown_digest(edited, "letter", "approve", (condition,)),
        shown_digest(other, "letter", "approve", (condition,)),
        shown_digest(sheet, "Letter", "approve", (condition,)),
        shown_digest(sheet, "letter", "reject", (condition,)),
        shown_digest(sheet, "letter", "approve", ()),
    ]
    assert len({base, *changed}) == 6


def test_shown_does_not_depend_on_who_numbers_the_conditions() -> None:
    plain = decision_on(DRAFT, conditions=(Condition(text="a"), Condition(id="C1", text="b")))
    numbered = number_conditions(plain)
    assert [c.id for c in numbered.conditions] == ["C2", "C1"]
    assert number_conditions(numbered) == numbered
    sheet = sheet_of()
    assert shown_digest(sheet, "x", "approve", plain.conditions) == shown_digest(
        sheet, "x", "approve", numbered.conditions
    )


def test_fold_is_the_last_step_of_each_slot_in_a_stable_order() -> None:
    one = Override(kind="fact", id="data", to="personal", reason="names")
    two = Override(kind="fact", id="data", to="none", reason="it was a test file")
    early = Steps(overrides=(one,), accepted=("b", "a"), note_to_team="Hi", added=(ADDED,))
    late = Steps(
        overrides=(two,), dismissed=(Dismissal(finding="a", reason="wrong"),), note_to_team="Bye"
    )
    folded = join(early, late)
    assert folded.overrides == (two,)
    assert folded.accepted == ("b",)
    assert [d.finding for d in folded.dismissed] == ["a"]
    assert folded.note_to_team == "Bye"
    assert folded.added == (ADDED,)
    assert fold(split(folded)) == folded
    assert join(Steps(accepted=("a",)), Steps(accepted=("b",))) == join(
        Steps(accepted=("b",)), Steps(accepted=("a",))
    )


def test_a_decision_is_steps_too() -> None:
    decision: Decision = decision_on(DRAFT, accepted=(F,), private_note="hm")
    assert join(Steps(), decision) == Steps(accepted=(F,), private_note="hm")
