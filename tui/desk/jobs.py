"""The jobs panel: drafting under way, what became of each file, every error; stop and retry."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.desk.board import Board
from tui.desk.keys import Bindings

REDRAW = 0.25
"""Seconds between two looks at the board."""


class JobsScreen(ModalScreen[str | None]):
    """Answers `retry` when the failed files shall be drafted again."""

    BINDINGS: ClassVar[Bindings] = [
        Binding("escape,q,exclamation_mark", "app.pop_screen", show=False),
        Binding("x", "stop", show=False),
        Binding("r", "retry", show=False),
    ]

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = "Jobs and errors: x stops, r drafts the failed again, esc closes"
            with VerticalScroll():
                yield Static(id="lines", markup=False)

    def on_mount(self) -> None:
        self.show()
        self.set_interval(REDRAW, self.show)

    def show(self) -> None:
        self.query_one("#lines", Static).update(Content("\n".join(self.board.lines())))

    def action_stop(self) -> None:
        if self.board.running:
            self.board.stop.set()
            self.show()

    def action_retry(self) -> None:
        if not self.board.running and self.board.failed():
            self.dismiss("retry")
