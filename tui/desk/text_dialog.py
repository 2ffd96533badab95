"""A text of several lines: edited here or in the person's own editor, kept while it is typed."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button

from knowledge.text import clean
from tui.desk.dialog import Dialog, Keep
from tui.desk.editor import edit_outside
from tui.desk.fields import Box


class TextDialog(Dialog[str]):
    """Returns the text when it is saved; None when it is closed, and then it is kept all the same.

    `keep(text)` is called at most 0.5 s after each change. `outside`: open the editor at once.
    """

    DEFAULT_CSS = """
    TextDialog > #dialog { width: 92; }
    TextDialog Box { height: 8; max-height: 60%; }
    TextDialog #buttons { height: auto; }
    """
    KEYS = "tab, then enter: save   ctrl+s saves too   esc close, the text is kept"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "save", show=False)]

    def __init__(self, title: str, text: str, keep: Keep, *, outside: bool = False) -> None:
        super().__init__(title, keep)
        self._text = text
        self._outside = outside

    def body(self) -> Iterable[Widget]:
        yield Box(self._text, id="text")
        yield Horizontal(
            Button("Save", id="save", compact=True),
            Button("Open in $EDITOR", id="outside", compact=True),
            id="buttons",
        )

    def on_mount(self) -> None:
        box = self.query_one(Box)
        box.move_cursor(box.document.end)
        if self._outside:
            self.call_after_refresh(self._edit_outside)

    def typed(self) -> str:
        return self.query_one(Box).text

    def action_save(self) -> None:
        text = clean(self.typed()).text.strip()
        if not text:
            self.say("There is no text to save yet.")
            return
        self.answer(text)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "save":
            self.action_save()
        else:
            self._edit_outside()

    def _edit_outside(self) -> None:
        box = self.query_one(Box)
        self.flush()
        text, fault = edit_outside(self.app, box.text)
        box.load_text(text)
        self.moment.touch()
        self.say(fault)
        box.focus()
