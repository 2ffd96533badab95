"""What the keys of one initiative do to it: accept, edit, dismiss, add, note, correct, undo.

Each asks with a dialog where words are needed and puts a step on record; none of them writes.
"""

from collections.abc import Callable

from textual.message import Message

from agent.deciding import Opened
from agent.intake.sources import PROPOSAL, Sources
from agent.schema.decision import AddedFinding, Dismissal, FieldEdit, Override, SheetFinding, Steps
from agent.schema.draft import Finding, Unsupported
from knowledge.vocabulary import CLOSED_SETS, ORDERED_FACTS, SEVERITIES
from tui.desk.cells import cut
from tui.desk.corrections import Target, options_for, standing, target_of
from tui.desk.decision import DecisionScreen
from tui.desk.dialogs import AddDialog, Choice, ChoiceDialog, ReasonDialog, TextDialog
from tui.desk.messages import NothingThere, StepRecorded
from tui.desk.sheet_screen import SheetScreen

SHORT = 40
"""Cells of a title in what is said at the bottom."""
FINDING_ACTIONS = ("edit", "edit_outside", "severity")
SHEET_ACTIONS = (
    "undo", "redo", "add", "note", "private", "take", "decide", "history", "diff",
)  # fmt: skip


class Deciding(SheetScreen):
    """The actions; where the cursor goes next is the screen's."""

    _at_the_sheet = False

    def live(self, action: str) -> bool:
        if action in FINDING_ACTIONS:
            return isinstance(self._value(), SheetFinding)
        if action in ("accept", "dismiss"):
            return isinstance(self._value(), SheetFinding | Unsupported)
        if action == "set":
            return self._target() is not None
        if action in SHEET_ACTIONS and self.opened is None:
            return False
        return super().live(action)

    def _value(self) -> object:
        return self.item.value if self.item is not None else None

    def finding(self) -> Finding | None:
        """The selected one, proven or not."""
        value = self._value()
        return value.finding if isinstance(value, SheetFinding | Unsupported) else None

    def to_next_open(self) -> None:
        raise NotImplementedError

    # One finding

    def do_accept(self) -> None:
        if finding := self.finding():
            steps = Steps(accepted=(finding.id,))
            self.record(steps, f"accepted {_name(finding)}", finding=finding.id)
            self.to_next_open()

    def do_dismiss(self) -> None:
        finding = self.finding()
        if finding is None:
            return
        field = f"dismiss:{finding.id}"

        def answered(reason: Dismissal | None) -> None:
            if reason is not None:
                words = f"dropped {_name(finding)} ({reason.reason.replace('_', ' ')})"
                steps = Steps(dismissed=(reason,))
                self.record(steps, words, field=field, finding=finding.id)
                self.to_next_open()

        dialog = ReasonDialog(
            finding.id, finding.title, kept=self.kept(field), keep=self.keeper(field)
        )
        self.app.push_screen(dialog, answered)

    def do_edit(self) -> None:
        self._edit(outside=False)

    def do_edit_outside(self) -> None:
        self._edit(outside=True)

    def _edit(self, *, outside: bool) -> None:
        finding = self.finding()
        if finding is None:
            return

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._edit_field(finding, choice.value, outside=outside)

        options = ("ask", "claim", "title")
        self.app.push_screen(ChoiceDialog("Change which words?", options, reason=False), chosen)

    def _edit_field(self, finding: Finding, name: str, *, outside: bool) -> None:
        field = f"edit:{finding.id}:{name}"
        now = str(getattr(finding, name))

        def answered(text: str | None) -> None:
            if text is not None and text != now:
                self._edited(finding, name, now, text, field)

        dialog = TextDialog(
            f"{name} of: {finding.title}",
            self.kept(field) or now,
            self.keeper(field),
            outside=outside,
        )
        self.app.push_screen(dialog, answered)

    def take_up(self, finding: str) -> None:
        """The edit of a finding that the end of the desk cut off is open again, with its text."""
        opened, prefix = self.opened, f"edit:{finding}:"
        cut_off = [field for field in sorted(self._kept) if field.startswith(prefix)]
        shown = (
            [s.finding for s in opened.sheet.findings if s.finding.id == finding] if opened else []
        )
        if cut_off and shown and self.is_current:
            self._edit_field(shown[0], cut_off[0].removeprefix(prefix), outside=False)

    def _edited(self, finding: Finding, name: str, before: str, after: str, field: str) -> None:
        edit = FieldEdit.model_validate(
            {"finding": finding.id, "field": name, "before": before, "after": after}
        )
        self.record(Steps(edits=(edit,)), f"changed the {name} of {_name(finding)}", field=field)

    def do_severity(self) -> None:
        finding = self.finding()
        if finding is None:
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None and choice.value != finding.severity:
                self._edited(finding, "severity", finding.severity, choice.value, "")

        dialog = ChoiceDialog(
            f"How much does it weigh: {finding.title}", SEVERITIES, finding.severity, False
        )
        self.app.push_screen(dialog, answered)

    def do_add(self) -> None:
        opened = self.opened
        if opened is None:
            return
        sources = Sources(opened.proposal, opened.evidence)

        def answered(added: AddedFinding | None) -> None:
            if added is not None:
                self.record(Steps(added=(added,)), f"added {cut(added.title, SHORT)}", field="add")

        dialog = AddDialog(
            lambda quote: sources.cite(PROPOSAL, quote).check,
            kept=self.kept("add"),
            keep=self.keeper("add"),
        )
        self.app.push_screen(dialog, answered)

    # The whole review

    def do_note(self) -> None:
        if self.opened is not None:
            now = self.opened.sheet.steps.note_to_team
            self._note("note", "Note to the team, sent with the decision", now)

    def do_private(self) -> None:
        if self.opened is not None:
            self._note(
                "private", "Private note, for the office", self.opened.sheet.steps.private_note
            )

    def _note(self, field: str, title: str, now: str) -> None:
        name = "note_to_team" if field == "note" else "private_note"

        def answered(text: str | None) -> None:
            if text is not None and text != now:
                steps = Steps.model_validate({name: text})
                self.record(steps, name.replace("_", " "), field=field)

        dialog = TextDialog(title, self.kept(field) or now, self.keeper(field))
        self.app.push_screen(dialog, answered)

    def do_undo(self) -> None:
        self._step_back(self.desk_app.desk.undo, "undid", "there is no step of yours to undo")

    def do_redo(self) -> None:
        self._step_back(self.desk_app.desk.redo, "did again", "there is nothing to do again")

    def _step_back(
        self, do: Callable[[Opened], tuple[Opened, str] | None], did: str, none: str
    ) -> None:
        def job(opened: Opened) -> Message:
            found = do(opened)
            return StepRecorded(found[0], f"{did}: {found[1]}") if found else NothingThere(none)

        self.put(job)

    def do_take(self) -> None:
        desk, name = self.desk_app.desk, self.initiative
        mine = self.holder == desk.user

        def job(opened: Opened) -> Message:
            (desk.release if mine else desk.take)(name)
            return StepRecorded(opened, f"{'released' if mine else 'took'} {name}")

        self.holder = "" if mine else desk.user
        self.put(job)

    def do_decide(self) -> None:
        if self.opened is not None:
            self._at_the_sheet = True
            self.app.push_screen(DecisionScreen(self.opened, lambda _: self.do_back()))

    def on_screen_resume(self) -> None:
        """Back from the decision sheet: it may be decided, or the record moved on."""
        if self._at_the_sheet:
            self._at_the_sheet = False
            self.do_refresh()

    # Corrections: the rules re-run at once

    def _target(self) -> Target | None:
        """What a correction would be about; of a finding what it rests on."""
        if self.item is None or self.opened is None:
            return None
        return target_of(self.item, self.opened)

    def do_set(self) -> None:
        target, opened = self._target(), self.opened
        if target is None or opened is None:
            return
        kind, id_ = target
        field, now = f"set:{kind}:{id_}", standing(target, opened)

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            override = Override.model_validate(
                {
                    "kind": kind,
                    "id": id_,
                    "from": now,
                    "to": choice.value,
                    "reason": choice.reason,
                    "seen": choice.seen,
                }
            )
            words = f"corrected {kind} {id_}: {choice.value.replace('_', ' ')}"
            self.record(Steps(overrides=(override,)), words, field=field)

        facts = self.desk_app.desk.settings.facts
        closed = id_ in CLOSED_SETS
        dialog = ChoiceDialog(
            f"Correct {kind} {id_}",
            options_for(target, facts),
            now,
            many=kind == "fact" and id_ not in ORDERED_FACTS,
            free=kind == "fact" and id_ not in ORDERED_FACTS and not closed,
            kept=self.kept(field),
            keep=self.keeper(field),
        )
        self.app.push_screen(dialog, answered)


def _name(finding: Finding) -> str:
    return cut(finding.title, SHORT)
