"""What all screens share: the key bar, the status line, the word about a window too small.

They show what they are given and hold no I/O. All text is cleaned and shown with markup off.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.desk.cells import plain

GAP = "  "


class KeyBar(Widget):
    """The last line: the keys wanted most on this screen, never a clipped one."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: Sequence[tuple[str, str]] = ()

    def show(self, pairs: Sequence[tuple[str, str]]) -> None:
        """(key, label), most wanted first; the last one is always shown."""
        if pairs != self._pairs:
            self._pairs = pairs
            self.refresh()

    def render(self) -> Content:
        if not self._pairs:
            return Content("")
        *parts, last = (
            Content.assemble((key, "bold $primary"), f" {label}") for key, label in self._pairs
        )
        while parts and sum(p.cell_length + len(GAP) for p in parts) > self.size.width - (
            last.cell_length
        ):
            parts.pop()
        return Content(GAP).join([*parts, last])


class StatusLine(Static):
    """What was done last, or one sentence of an error."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="status")

    def say(self, words: str, *, error: bool = False) -> None:
        self.set_class(error, "error")
        self.update(Content(("! " if error else "") + plain(words)))


class TooSmall(Static):
    """Stands in for everything while the window is too small."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="small")

    def show_size(self, width: int, height: int) -> None:
        words = f"The desk needs 60 columns and 20 rows; this window has {width} x {height}."
        self.update(Content(f"{words} Make it larger, or press q to leave."))


class FilterLine(Horizontal):
    """One line to type a filter in; enter goes back to the list, the filter stays."""

    @dataclass
    class Left(Message):
        """Back to the list."""

    def compose(self) -> ComposeResult:
        yield Static("filter ", markup=False, classes="label")
        yield Input(id="filter", placeholder="words; enter keeps them, esc clears")
        yield Static("", id="matches", markup=False)

    def on_mount(self) -> None:
        self.display = False

    @property
    def typed(self) -> Input:
        return self.query_one("#filter", Input)

    def open(self) -> None:
        self.display = True
        self.typed.focus()

    def clear(self) -> bool:
        """Whether there was a filter to take away."""
        was = self.display
        self.display = False
        self.typed.value = ""
        return was

    def show_count(self, count: int) -> None:
        self.query_one("#matches", Static).update(f" {count} match" + ("" if count == 1 else "es"))

    @on(Input.Submitted)
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.typed.value:
            self.display = False
        self.post_message(self.Left())
