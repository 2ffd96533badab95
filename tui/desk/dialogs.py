"""The dialogs of the desk by name: confirm and the reason for dropping a finding stand here, text,
choice and added finding in files of their own. None of them writes.
"""

import json
from collections.abc import Iterable
from typing import ClassVar, Final, get_args

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from agent.schema.decision import Dismissal
from tui.desk.add_dialog import AddDialog
from tui.desk.choice_dialog import Choice, ChoiceDialog
from tui.desk.dialog import Dialog, Keep, digit_of, kept_fields, numbered
from tui.desk.fields import Line, one_line
from tui.desk.text_dialog import TextDialog

__all__ = [
    "REASONS",
    "AddDialog",
    "Choice",
    "ChoiceDialog",
    "ConfirmDialog",
    "Dialog",
    "NoticeDialog",
    "ReasonDialog",
    "TextDialog",
]

REASONS: Final[tuple[str, ...]] = get_args(Dismissal.model_fields["reason"].annotation)
"""In the order of the keys 1 to 6."""
_WORDS: Final = {
    "wrong": "wrong: the text does not say so",
    "not_relevant": "not relevant here",
    "covered_elsewhere": "covered elsewhere",
    "already_known": "already known to the team",
    "too_minor": "too minor to ask",
    "other": "other: say why",
}


class ConfirmDialog(Dialog[bool]):
    """A question that is answered with `y` or `n`; Enter alone says no word."""

    KEYS = "y yes   n no   esc close"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "say(True)", "yes", show=False),
        Binding("n", "say(False)", "no", show=False),
    ]

    def __init__(self, question: str, details: Iterable[str] = ()) -> None:
        super().__init__(question)
        self._details = [one_line(line) for line in details]

    def body(self) -> Iterable[Widget]:
        yield Static(Content("\n".join(self._details)), markup=False)

    def action_say(self, yes: bool) -> None:
        self.answer(yes)


class NoticeDialog(Dialog[bool]):
    """Something that is done, to be read; Enter goes on."""

    KEYS = "enter or esc: go on"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "close", "go on", show=False)]

    def __init__(self, title: str, lines: Iterable[str]) -> None:
        super().__init__(title)
        self._lines_ = [one_line(line) for line in lines]

    def body(self) -> Iterable[Widget]:
        yield Static(Content("\n".join(self._lines_)), markup=False)


class ReasonDialog(Dialog[Dismissal]):
    """Why a finding is dropped: one key; `other` asks for a note."""

    KEYS = "1-6 or arrows and enter   esc close"

    def __init__(
        self, finding_id: str, title: str, *, kept: str = "", keep: Keep | None = None
    ) -> None:
        super().__init__(f"Drop: {title}", keep)
        self._finding = finding_id
        self._note = kept_fields(kept).get("note", "")

    def body(self) -> Iterable[Widget]:
        yield OptionList(
            *numbered(_WORDS[name] for name in REASONS), id="reasons", markup=False, compact=True
        )
        note = Line(self._note, id="note", hint="why; then enter")
        note.display = bool(self._note)
        yield note

    def typed(self) -> str:
        return json.dumps({"note": self.query_one("#note", Line).value})

    def on_key(self, event: events.Key) -> None:
        at = digit_of(event, len(REASONS))
        if at is not None and self.query_one("#reasons").has_focus:
            event.stop()
            self._pick(at)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._pick(event.option_index)

    def _pick(self, at: int) -> None:
        reason = REASONS[at]
        self.query_one("#reasons", OptionList).highlighted = at
        if reason != "other":
            self.answer(Dismissal.model_validate({"finding": self._finding, "reason": reason}))
            return
        note = self.query_one("#note", Line)
        note.display = True
        note.focus()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        note = one_line(event.value)
        if not note:
            self.say("Say in a few words why; then Enter.")
            event.input.focus()
            return
        self.answer(Dismissal(finding=self._finding, reason="other", note=note))
