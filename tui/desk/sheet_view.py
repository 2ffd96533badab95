"""The decision sheet's form as a widget: what is known at its head, then a field for each thing.

It holds the Form as it stands and says when it changed; it sends nothing and asks nobody.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from agent.deciding import Opened
from agent.record.decision import APPROVING, REASON_LENGTH
from agent.schema.decision import DecisionOutcome
from knowledge.vocabulary import ORDERED_FACTS
from tui.desk.fields import Box, Line, Step
from tui.desk.sheet_form import Form, lacking, named, note_of, own_stage
from tui.desk.sheet_parts import Blockers, Changed, Conditions, MergePicker, Outcomes, labelled
from tui.desk.sheet_words import head_lines

if TYPE_CHECKING:
    from agent.record.targets import Target


class SheetView(VerticalScroll, can_focus=False):
    """One form for all six outcomes; it shows the fields that go with the one picked."""

    class FormChanged(Message):
        def __init__(self, form: Form) -> None:
            super().__init__()
            self.form = form

    def __init__(self, opened: Opened, form: Form, moved: Sequence[str] = ()) -> None:
        """`moved`: what changed on record while the sheet was open."""
        super().__init__(id="form")
        self.opened = opened
        self.form = form
        self._moved = moved

    def compose(self) -> ComposeResult:
        sheet, form = self.opened.sheet, self.form
        if self._moved:
            yield Static(Content("\n".join(self._moved)), id="moved", markup=False)
        yield Static(Content("\n".join(head_lines(sheet))), id="facts", markup=False)
        yield Outcomes(sheet.effective.outcome, form.outcome)
        with Vertical(id="approving"):
            yield labelled("for stage", Step(self._stages(), form.stage, id="stage"))
            if sheet.unmet:
                unmet = [(id_, named(id_, self.opened)) for id_ in sheet.unmet]
                yield Blockers(unmet, form.reasons)
        yield Conditions(form.rows)
        yield MergePicker(form.merge_into)
        yield labelled("review by", Line(form.review_by, id="review-by", hint="YYYY-MM-DD"))
        yield Static(Content("Note to the team, in the letter"), classes="title", markup=False)
        yield Box(note_of(form, sheet), id="note")

    def _stages(self) -> list[tuple[str, str]]:
        own = own_stage(self.opened.sheet)
        first = ("", f"{own}, as the proposal says" if own else "choose one")
        return [first, *((s, s) for s in ORDERED_FACTS["stage"] if s != "retired")]

    def on_mount(self) -> None:
        self._show_parts()

    def _show_parts(self) -> None:
        """Only what goes with the outcome."""
        outcome = self.form.outcome
        self.query_one("#approving").display = outcome in APPROVING
        self.query_one(Conditions).display = outcome == "approve_with_conditions"
        self.query_one(MergePicker).display = outcome == "merge_with_existing"

    def offer(self, targets: Mapping[str, "Target"]) -> None:
        self.query_one(MergePicker).offer(targets)

    @property
    def conditions(self) -> Conditions:
        return self.query_one(Conditions)

    @property
    def outcomes(self) -> Outcomes:
        return self.query_one(Outcomes)

    def pick(self, outcome: DecisionOutcome) -> None:
        self.outcomes.show(outcome)
        self._fill(outcome=outcome)
        self._show_parts()

    @on(Outcomes.Picked)
    def _picked(self, event: Outcomes.Picked) -> None:
        """A digit and a click do the same; what follows is the screen's."""
        self.pick(event.outcome)

    @on(Changed)
    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Step.Changed)
    def _filled_in(self, event: Message) -> None:
        event.stop()
        if not self.query("#note"):
            return
        note = self.query_one("#note", Box).text
        as_recorded = self.form.note is None and note == self.opened.sheet.steps.note_to_team
        blockers = self._blockers()
        self._fill(
            rows=tuple(self.conditions.rows),
            reasons=self.form.reasons | (blockers.reasons() if blockers else {}),
            stage=self.query_one("#stage", Step).value,
            merge_into=self.query_one(MergePicker).picked,
            review_by=self.query_one("#review-by", Line).value,
            note=None if as_recorded else note,
        )

    def _blockers(self) -> Blockers | None:
        return next(iter(self.query(Blockers)), None)

    def _fill(self, **changed: object) -> None:
        form = self.form.model_copy(update=changed)
        if form != self.form:
            self.form = form
            self.post_message(self.FormChanged(form))

    def focus_lacking(self) -> bool:
        """Go to the first field that the outcome still needs; False when it needs nothing."""
        form = self.form
        if not lacking(form, self.opened):
            return False
        blockers = self._blockers()
        empty = blockers.first_empty(REASON_LENGTH) if blockers else None
        if form.outcome is None:
            self.outcomes.focus()
        elif form.outcome == "merge_with_existing":
            self.query_one("#filter").focus()
        elif not form.stage and not own_stage(self.opened.sheet):
            self.query_one("#stage").focus()
        else:
            (empty or self.conditions.list_).focus()
        return True
