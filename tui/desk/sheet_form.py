"""What a person has filled in on the decision sheet, and the decision that it makes. Pure.

It outlives the screen as JSON. A condition that is only suggested is a row that is not taken.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pydantic import Field, ValidationError

from agent.deciding import Opened
from agent.record.decision import APPROVING, REASON_LENGTH
from agent.schema.base import Frozen
from agent.schema.decision import Condition, Decision, DecisionOutcome, Sheet, Waiver
from agent.schema.proposal import Fact
from tui.desk.fields import one_line

OUTCOMES: Final[tuple[DecisionOutcome, ...]] = (
    "approve",
    "approve_with_conditions",
    "request_changes",
    "merge_with_existing",
    "reject",
    "defer",
)
"""In the order of the keys 1 to 6."""


class Row(Frozen):
    """A condition, suggested or written."""

    text: str = ""
    owner: str = ""
    due: str = ""
    requirement: str = ""
    taken: bool = False
    suggested: str = ""
    """The finding that it was suggested from."""


class Form(Frozen):
    """Everything that is typed or picked on the sheet, but for the id that sends it."""

    outcome: DecisionOutcome | None = None
    rows: tuple[Row, ...] = ()
    reasons: dict[str, str] = Field(default_factory=dict)
    """Unmet blocker → why it is approved all the same."""
    stage: str = ""
    merge_into: str = ""
    review_by: str = ""
    note: str | None = None
    """To the team; None: as it stands on record."""


def form_of(opened: Opened, kept: str = "") -> Form:
    """As it was left, else as the decision that it corrects, else empty; with all suggestions."""
    form = _kept(kept) or _decided(opened.sheet.decided) or Form()
    known = {row.suggested for row in form.rows if row.suggested}
    fresh = [row for row in suggestions(opened.sheet) if row.suggested not in known]
    return form.model_copy(update={"rows": (*form.rows, *fresh)})


def _kept(kept: str) -> Form | None:
    try:
        return Form.model_validate_json(kept) if kept else None
    except ValidationError:
        return None


def _decided(decided: Decision | None) -> Form | None:
    if decided is None or decided.outcome == "defer":
        return None
    rows = tuple(
        Row(text=c.text, owner=c.owner, due=c.due, requirement=c.requirement, taken=True)
        for c in decided.conditions
    )
    return Form(
        outcome=decided.outcome,
        rows=rows,
        reasons={w.requirement: w.reason for w in decided.waivers},
        stage=decided.approved_stage,
        merge_into=decided.merge_into,
        review_by=decided.review_by,
        note=decided.note_to_team,
    )


def suggestions(sheet: Sheet) -> list[Row]:
    """What the decisive reasons and the heavy open findings ask for, as conditions to take."""
    rules = {row.id for row in sheet.effective.requirements}
    because = " ".join(sheet.effective.outcome_because)
    found = [s.finding for s in sheet.findings if s.state in ("open", "accepted", "added")]
    wanted = [f for f in found if f.severity in ("blocker", "high") or f"{f.rule}:" in because]
    wanted.sort(key=lambda f: f"{f.rule}:" not in because)
    return [
        Row(
            text=one_line(f.ask or f.title),
            requirement=f.rule if f.rule in rules else f.id,
            suggested=f.id,
        )
        for f in wanted
    ]


def lacking(form: Form, opened: Opened) -> str:
    """The first thing that the outcome still needs, in the words of the sheet; "" for nothing."""
    if form.outcome is None:
        return "Choose an outcome: 1 to 6."
    if form.outcome in APPROVING:
        if not form.stage and not own_stage(opened.sheet):
            return "An approval is for a stage: choose one with the arrows."
        for unmet in opened.sheet.unmet:
            if len(form.reasons.get(unmet, "").strip()) < REASON_LENGTH:
                return (
                    f"{named(unmet, opened)} is a blocker and not in place: say why it may go on, "
                    f"in at least {REASON_LENGTH} characters, or correct its status on the draft."
                )
    if form.outcome == "approve_with_conditions":
        taken = [row for row in form.rows if row.taken]
        if not taken:
            return "It needs a condition: space takes a suggested one, m writes one."
        if any(not row.text.strip() for row in taken):
            return "A condition has no text yet."
    if form.outcome == "merge_with_existing" and not form.merge_into:
        return "Pick what it is merged into: type to filter, enter picks."
    return ""


def named(unmet: str, opened: Opened) -> str:
    """A requirement by its id and title, another finding by its title."""
    rule = opened.requirements.get(unmet)
    if rule is not None:
        return one_line(f"{unmet} ({rule.title})")
    titles = {s.finding.id: s.finding.title for s in opened.sheet.findings}
    return one_line(titles.get(unmet, unmet))


def own_stage(sheet: Sheet) -> str:
    """The stage that the proposal is at; empty where it is unknown or said in two ways."""
    fact = sheet.effective.facts.get("stage", Fact())
    return fact.values[0] if len(fact.values) == 1 and fact.origin != "conflict" else ""


def note_of(form: Form, sheet: Sheet) -> str:
    return sheet.steps.note_to_team if form.note is None else form.note.strip()


def with_note(opened: Opened, note: str) -> Opened:
    """The sheet with the note as it is typed, so that what is shown holds it."""
    steps = opened.sheet.steps.model_copy(update={"note_to_team": note})
    return replace(opened, sheet=opened.sheet.model_copy(update={"steps": steps}))


def decision_of(form: Form, opened: Opened, *, by: str, role: str, at: str) -> Decision:
    """Only what goes with the outcome; the rest stays on the form. `form.outcome` is chosen."""
    draft, steps = opened.sheet.draft, opened.sheet.steps
    approving = form.outcome in APPROVING
    conditions = form.outcome == "approve_with_conditions"
    merging = form.outcome == "merge_with_existing"
    return Decision.model_validate(
        {
            **steps.model_dump(mode="json", by_alias=True),
            "initiative": draft.initiative,
            "version": draft.version,
            "draft": draft.id,
            "shown": "",
            "outcome": form.outcome,
            "approved_stage": (form.stage or own_stage(opened.sheet)) if approving else "",
            "review_by": form.review_by.strip(),
            "conditions": [c.model_dump() for c in _conditions(form.rows)] if conditions else [],
            "merge_into": form.merge_into if merging else "",
            "waivers": [
                Waiver(requirement=unmet, reason=one_line(form.reasons[unmet]), by=by).model_dump()
                for unmet in opened.sheet.unmet
                if approving and form.reasons.get(unmet, "").strip()
            ],
            "note_to_team": note_of(form, opened.sheet),
            "by": by,
            "role": role,
            "at": at,
        }
    )


def _conditions(rows: Iterable[Row]) -> list[Condition]:
    return [
        Condition(
            text=row.text.strip(),
            requirement=row.requirement.strip(),
            owner=row.owner.strip(),
            due=row.due.strip(),
        )
        for row in rows
        if row.taken
    ]
