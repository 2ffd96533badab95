"""What every dialog shares: a box over the screen, esc that closes and loses nothing, kept text.

A dialog returns its answer by type and never writes: what is typed is handed to `keep`, and whoever
opened it puts that on record.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.desk.fields import one_line
from tui.desk.keeping import Moment

Answer = TypeVar("Answer")
Keep = Callable[[str], None]


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A box with a title, a body and one line that names the live keys. None: closed."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > #dialog {
        width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        background: $surface; border: round $primary;
    }
    Dialog #title { text-style: bold; height: auto; max-height: 3; }
    Dialog #said { height: auto; max-height: 3; color: $error; }
    Dialog #keys { height: auto; color: $text-muted; }
    Dialog .label { height: 1; color: $text-muted; }
    Dialog Line, Dialog Box { background: $panel; }
    Dialog OptionList { height: auto; border: none; padding: 0; background: $surface; }
    Dialog Button { margin: 0 2 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close", show=False)]
    KEYS = "esc close"

    def __init__(self, title: str, keep: Keep | None = None) -> None:
        super().__init__()
        self._title = one_line(title)
        self._keep = keep
        self.moment = Moment(self, self._hand_on)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(Content(self._title), id="title", markup=False)
            yield from self.body()
            yield Static("", id="said", markup=False)
            yield Static(Content(self.KEYS), id="keys", markup=False)

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError

    def typed(self) -> str:
        """What is typed so far, as `keep` gets it and as it is handed in again next time."""
        return ""

    def say(self, words: str) -> None:
        """What is missing, in one sentence."""
        self.query_one("#said", Static).update(Content(one_line(words)))

    def flush(self) -> None:
        """Hand on at once what was typed: the desk ends."""
        self.moment.flush()

    def _hand_on(self) -> None:
        if self._keep is not None and self.is_attached:
            self._keep(self.typed())

    def answer(self, value: Answer) -> None:
        self.flush()
        self.dismiss(value)

    def action_close(self) -> None:
        self.flush()
        self.dismiss(None)

    def on_input_changed(self) -> None:
        self.moment.touch()

    def on_text_area_changed(self) -> None:
        self.moment.touch()

    def on_step_changed(self) -> None:
        self.moment.touch()


def kept_fields(kept: str) -> dict[str, str]:
    """The fields of a dialog as they were kept; nothing when there is nothing or it is not ours."""
    try:
        found: Any = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): text for name, text in found.items() if isinstance(text, str)}


def numbered(words: Iterable[str]) -> list[Option]:
    """`1  wrong`: a line for each, in plain text; beyond nine without a digit."""
    return [
        Option(Content(f"{n if n < 10 else ' '}  {one_line(text)}"))
        for n, text in enumerate(words, start=1)
    ]


def digit_of(event: events.Key, count: int) -> int | None:
    """The line, from 0, that a digit key means."""
    key = event.character or ""
    if len(key) == 1 and key in "123456789" and int(key) <= count:
        return int(key) - 1
    return None
