"""From a draft on record to a recorded decision and its letter, with the real record."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from agent.deciding import Opened, Prepared, commit, open_sheet, prepare
from agent.errors import DecisionError, RecordError, StaleDecision
from agent.record.targets import Target
from agent.schema.decision import (
    Condition,
    Decision,
    Dismissal,
    FieldEdit,
    Override,
    Steps,
    Waiver,
)
from agent.schema.draft import ConfirmedEvidence
from agent.settings import Settings
from agent.wiring import check_of, open_knowledge, open_record
from tests.support.evidence import override
from tests.support.office import (
    LETTERS,
    TWIN,
    propose,
    settings_of,
    sheet_of,
    work,
    write_office,
)

SEEN = override("requirement", "TRUST-03", "in_place", "I have seen it", seen=True)
PERSONAL = override("fact", "data", "personal", "letters name their senders")


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one drafted initiative; each test works in a copy."""
    settings = write_office(tmp_path_factory.mktemp("reviewed") / "office")
    work(settings, propose(settings, "letters", LETTERS))
    return settings.root


@pytest.fixture
def office(reviewed: Path, tmp_path: Path) -> Settings:
    root = tmp_path / "office"
    shutil.copytree(reviewed, root)
    return settings_of(root)


def opened(office: Settings, *overrides: Override, **more: Any) -> Opened:
    return sheet_of(office, "letters", Steps(overrides=overrides, **more))


def prepared(office: Settings, view: Opened, outcome: str, **changes: Any) -> Prepared:
    draft = view.sheet.draft
    values = {
        **{name: getattr(view.sheet.steps, name) for name in Steps.model_fields},
        "initiative": draft.initiative,
        "version": draft.version,
        "draft": draft.id,
        "shown": "",
        "outcome": outcome,
        "by": "ana",
    }
    return prepare(
        view,
        Decision(**(values | changes)),
        people=office.people,
        targets={"CAP-1": Target("CAP-1", "Roof damage estimator", "Ada Example")},
        facts=check_of(open_knowledge(office), office),
        date="2026-11-24",
    )


def decided(office: Settings, made: Prepared) -> Path:
    with open_record(office) as store:
        return commit(made, store, office.root)[1]


def test_a_corrected_fact_re_runs_the_rules_on_the_sheet(office: Settings) -> None:
    before, after = opened(office).sheet, opened(office, PERSONAL).sheet
    assert before.effective == before.draft == after.draft
    rows = {r.id: r for r in after.effective.requirements}
    assert (rows["TRUST-03"].applies, rows["TRUST-03"].status) == ("yes", "absent")
    assert after.effective.outcome == "request_changes"
    assert (before.unmet, after.unmet) == ((), ("TRUST-03",))
    assert after.effective.id == before.draft.id
    assert after.effective.digest != before.draft.digest


def test_a_correction_on_record_counts_at_the_next_look(office: Settings) -> None:
    with open_record(office) as store:
        store.take("letters", Steps(overrides=(PERSONAL,)), "ana", version=1)
    assert opened(office).sheet == opened(office, PERSONAL).sheet


def test_the_letter_carries_what_a_person_changed(office: Settings) -> None:
    view = opened(office, PERSONAL)
    gap = next(f.finding for f in view.sheet.findings if f.finding.rule == "TRUST-03")
    assert gap.title in prepared(office, view, "request_changes").letter
    edited = opened(
        office,
        PERSONAL,
        edits=(FieldEdit(finding=gap.id, field="ask", after="Name the desk that looks again."),),
        note_to_team="Thank you for the figures.",
        private_note="between us",
    )
    text = prepared(office, edited, "request_changes").letter
    assert "Name the desk that looks again." in text
    assert gap.ask not in text
    assert "Thank you for the figures." in text
    assert "between us" not in text
    dismissed = opened(
        office, PERSONAL, dismissed=(Dismissal(finding=gap.id, reason="covered_elsewhere"),)
    )
    assert gap.title not in prepared(office, dismissed, "request_changes").letter
    settled = opened(office, PERSONAL, SEEN)
    text = prepared(office, settled, "approve").letter
    assert gap.title not in text
    assert "confirmed by ana on 2026-11-24" in text


def test_in_place_by_a_person_is_signed_on_the_sheet(office: Settings) -> None:
    view = opened(office, PERSONAL, SEEN)
    row = next(r for r in view.sheet.effective.requirements if r.id == "TRUST-03")
    assert isinstance(row.evidence, ConfirmedEvidence)
    assert row.evidence.confirmed.by == "ana"


def test_a_decided_sheet_keeps_the_signature_of_who_decided(office: Settings) -> None:
    view = opened(office, PERSONAL, SEEN)
    decided(office, prepared(office, view, "approve"))
    with open_record(office) as store:
        review = check_of(open_knowledge(office), office)
        later = asyncio.run(open_sheet("letters", store, review)).sheet
    row = next(r for r in later.effective.requirements if r.id == "TRUST-03")
    assert isinstance(row.evidence, ConfirmedEvidence)
    assert row.evidence.confirmed.by == "ana"


def test_a_person_may_name_a_duplicate_that_no_reader_saw(office: Settings) -> None:
    near = sorted(c.entry for c in opened(office).evidence.candidates)
    seen = {o.entry for o in opened(office).sheet.draft.overlaps}
    missed = next(entry for entry in near if entry not in seen)
    view = opened(office, override("overlap", missed, "duplicate"))
    assert view.sheet.effective.outcome == "merge_with_existing"
    made = prepared(office, view, "merge_with_existing", merge_into="CAP-1")
    assert decided(office, made).is_file()


def test_what_applies_at_the_next_stage_stands_in_the_letter(office: Settings) -> None:
    view = opened(office)
    text = prepared(office, view, "approve", approved_stage="pilot").letter
    assert "Monitoring in production" in text
    assert (
        "Monitoring in production"
        not in prepared(office, view, "approve", approved_stage="production").letter
    )


def test_an_approval_is_for_the_stage_that_the_proposal_is_at(office: Settings) -> None:
    made = prepared(office, opened(office), "approve")
    assert made.decision.approved_stage == "pilot"
    assert "approved for **pilot**; come back before production" in made.letter
    work(office, propose(office, "letters", LETTERS.replace("stage: pilot\n", "")))
    with pytest.raises(DecisionError, match=r"give --approved-stage with one of idea, pilot"):
        prepared(office, opened(office), "approve")


def test_a_blocker_not_in_place_needs_a_reason(office: Settings) -> None:
    view = opened(office, PERSONAL)
    with pytest.raises(DecisionError, match="TRUST-03"):
        prepared(office, view, "approve")
    waiver = Waiver(requirement="TRUST-03", reason="a clerk reads every letter anyway")
    text = prepared(office, view, "approve", waivers=(waiver,)).letter
    assert "a clerk reads every letter anyway" in text


def test_shown_must_be_what_stands(office: Settings) -> None:
    first = prepared(office, opened(office), "approve")
    same = prepared(office, opened(office), "approve", shown=first.decision.shown)
    assert same == first
    condition = Condition(text="Count the complaints.")
    for view, changes in (
        (opened(office), {"note_to_team": "One word more."}),
        (opened(office), {"conditions": (condition,)}),
        (opened(office, override("fact", "region", "north")), {}),
    ):
        with pytest.raises(StaleDecision):
            prepared(office, view, "approve", shown=first.decision.shown, **changes)
    with pytest.raises(StaleDecision):
        prepared(office, opened(office), "request_changes", shown=first.decision.shown)


def test_a_step_of_somebody_else_in_between_is_noticed(office: Settings) -> None:
    made = prepared(office, opened(office), "approve")
    with open_record(office) as store:
        store.take("letters", Steps(overrides=(PERSONAL,)), "ben", version=1)
        with pytest.raises(StaleDecision):
            commit(made, store, office.root)
        assert not store.is_decided("letters", 1)
    assert not office.decisions.exists()


def test_a_new_draft_in_between_is_noticed(office: Settings) -> None:
    made = prepared(office, opened(office), "approve")
    work(office, propose(office, "letters", LETTERS + "\nMore.\n"))
    with pytest.raises(StaleDecision):
        decided(office, made)


def test_the_decision_its_letter_and_its_file_are_the_same(office: Settings) -> None:
    made = prepared(office, opened(office, PERSONAL), "request_changes")
    path = decided(office, made)
    assert path == office.decisions / "letters-v1.md"
    assert path.read_text(encoding="utf-8") == made.letter
    with open_record(office) as store:
        assert store.letter("letters") == made.letter
        kept = store.decision("letters")
        assert kept is not None
        assert kept.shown == made.decision.shown
        assert kept.overrides == (PERSONAL,)
        assert store.is_decided("letters", 1)
    assert [p.name for p in office.decisions.iterdir()] == ["letters-v1.md"]
    sheet = sheet_of(office, "letters").sheet
    assert sheet.decided == kept
    assert sheet.effective.outcome == "request_changes"


def test_a_letter_that_cannot_be_written_leaves_the_decision_recorded(office: Settings) -> None:
    """The record first: what is said to be recorded is, whatever becomes of the file."""
    office.decisions.write_text("a file where the folder should be", encoding="utf-8")
    made = prepared(office, opened(office), "approve")
    with pytest.raises(RecordError) as caught:
        decided(office, made)
    sentence = str(caught.value)
    assert sentence.startswith("the decision is recorded (")
    assert "`concord export letters` writes the letter again" in sentence
    with open_record(office) as store:
        assert store.is_decided("letters", 1)
        assert store.letter("letters") == made.letter
        assert str(store.receipt()) in sentence


@pytest.mark.parametrize(
    "wrong",
    [
        override("requirement", "TRUST-99", "absent"),
        override("requirement", "TRUST-01", "fine"),
        override("overlap", "CAP-77", "duplicate"),
        override("goal", "GOAL-1", "liked"),
        override("fact", "data", "secret"),
        override("fact", "colour", "red"),
        override("requirement", "TRUST-01", "absent", " "),
    ],
)
def test_a_correction_that_fits_nothing_is_one_clear_sentence(
    office: Settings, wrong: Override
) -> None:
    with pytest.raises(DecisionError, match=f"override of {wrong.kind} {wrong.id}"):
        opened(office, wrong)


def test_a_correction_that_no_longer_fits_does_not_lock_the_sheet(office: Settings) -> None:
    work(office, propose(office, "mail", TWIN))
    work(office, office.proposals / "letters.md")
    unlike = override("overlap", "mail", "unrelated")
    assert opened(office, unlike).sheet.effective.outcome != "merge_with_existing"
    with open_record(office) as store:
        store.take("letters", Steps(overrides=(unlike, PERSONAL)), "ana", version=1)
    # The twin turns into something else, so the next draft does not name it.
    work(office, propose(office, "mail", "---\nid: mail\n---\n# Canteen menu\n\nIt plans lunch.\n"))
    work(office, office.proposals / "letters.md")
    view = opened(office)
    assert [o.entry for o in view.sheet.effective.overlaps if o.kind == "pending"] == []
    assert view.sheet.steps.overrides == (PERSONAL,)
    assert decided(office, prepared(office, view, "request_changes")).is_file()


def test_nothing_drafted_is_said_with_what_to_do(office: Settings) -> None:
    with pytest.raises(RecordError, match=r"knows no initiative `leters`\. Did you mean letters"):
        sheet_of(office, "leters")
