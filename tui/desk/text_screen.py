"""A long text over the screen that it is about: history, a diff."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.desk.cells import plain
from tui.desk.keys import Bindings


class TextScreen(ModalScreen[None]):
    """Scrolls; esc or q closes it."""

    BINDINGS: ClassVar[Bindings] = [
        Binding("escape,q", "app.pop_screen", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[Content]) -> None:
        super().__init__()
        self._title = plain(title)
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(f"{self._title}: esc closes")
            with VerticalScroll() as scroll:
                scroll.can_focus = True
                yield Static(Content("\n").join(self._lines), id="lines", markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
