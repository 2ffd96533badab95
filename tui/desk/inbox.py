"""The inbox: every initiative on record, its state and what it waits for."""

from textual.app import ComposeResult
from textual.widgets import Static

from tui.desk.keys import bindings_for
from tui.desk.screen import DeskScreen
from tui.desk.widgets import KeyBar, StatusLine, TooSmall


class InboxScreen(DeskScreen):
    """One row per initiative."""

    NAME = "inbox"
    BINDINGS = bindings_for("inbox")

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield Static("INBOX", id="head", markup=False)
        yield StatusLine()
        yield KeyBar()
