"""A list that draws only the lines on screen, so that ten thousand rows open at once.

It knows a count, a function that draws one row, and where its cursor is; it holds no I/O.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from tui.desk.keys import Bindings

Draw = Callable[[int, int], Content]
"""(row, width) → one line, not wider."""
SIGN = 2
"""Columns of the sign that marks the row with the cursor."""


def nothing(_row: int, _width: int) -> Content:
    return Content("")


class Rows(ScrollView, can_focus=True):
    """Lines with a cursor; the row under it also carries a `>`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--behind"}
    BINDINGS: ClassVar[Bindings] = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "scroll_top", show=False),
        Binding("end", "scroll_bottom", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor stands on another row, or the same row means something else."""

        rows: "Rows"
        index: int

        @property
        def control(self) -> "Rows":
            return self.rows

    @dataclass
    class Chosen(Message):
        """A row was clicked twice."""

        rows: "Rows"
        index: int

        @property
        def control(self) -> "Rows":
            return self.rows

    def __init__(self, *, id: str, empty: str = "") -> None:
        super().__init__(id=id)
        self.count = 0
        self.empty = empty
        self._draw: Draw = nothing

    def fill(self, count: int, draw: Draw, cursor: int = 0) -> None:
        """Show these rows, the cursor on one of them."""
        self.count, self._draw = count, draw
        self.virtual_size = Size(max(self.size.width, 1), count)
        self.set_reactive(Rows.cursor, self.validate_cursor(cursor))
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    def on_resize(self) -> None:
        self.virtual_size = Size(max(self.size.width, 1), self.count)
        self._show_cursor()
        self.refresh()

    def validate_cursor(self, value: int) -> int:
        return min(max(value, 0), max(self.count - 1, 0))

    def watch_cursor(self, before: int, after: int) -> None:
        if before == after:
            return
        for row in (before, after):
            self._refresh_row(row)
        self._show_cursor()
        self.post_message(self.Moved(self, after))

    def on_focus(self) -> None:
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        self._refresh_row(self.cursor)

    def _refresh_row(self, row: int) -> None:
        self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))

    def _show_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True, x_axis=False)

    def render_line(self, y: int) -> Strip:
        row, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        style = self.visual_style
        if row >= self.count:
            words = self.empty if self.count == 0 and y == 0 else ""
            return self._strip(Content(words), width, style)
        at = row == self.cursor
        if at:
            part = "rows--cursor" if self.has_focus else "rows--behind"
            style += Style.from_styles(self.get_component_styles(part))
        drawn = self._draw(row, width - SIGN)
        # Under the cursor the colours of a word would stand on the cursor's own: signs remain.
        line = Content(f"> {drawn.plain}") if at else Content.assemble("  ", drawn)
        return self._strip(line, width, style)

    def _strip(self, line: Content, width: int, style: Style) -> Strip:
        strips = Visual.to_strips(self, line, width, 1, style, pad=True, apply_selection=False)
        return strips[0] if strips else Strip.blank(width, style.rich_style)

    def action_cursor_down(self) -> None:
        self.cursor += 1

    def action_cursor_up(self) -> None:
        self.cursor -= 1

    def action_page(self, by: int) -> None:
        self.cursor += by * max(self.size.height - 1, 1)

    def action_scroll_top(self) -> None:
        self.cursor = 0

    def action_scroll_bottom(self) -> None:
        self.cursor = self.count - 1

    def on_click(self, event: events.Click) -> None:
        row = self.scroll_offset.y + event.y
        if row < self.count:
            self.cursor = row
            if event.chain == 2:
                self.post_message(self.Chosen(self, row))
