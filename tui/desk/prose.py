"""Lines that scroll, already wrapped to the pane; a change repaints the pane and lays out nothing.

A Static of automatic height would lay out the whole screen at each step of a cursor.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.desk.keys import Bindings


class Prose(ScrollView, can_focus=True):
    """Shows lines; who fills it wraps them to `room` columns."""

    BINDINGS: ClassVar[Bindings] = [
        Binding("down", "scroll_down", show=False),
        Binding("up", "scroll_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.shown: Sequence[Content] = ()

    @property
    def room(self) -> int:
        return max(self.scrollable_content_region.width, 10)

    def put(self, lines: Sequence[Content]) -> None:
        self.shown = lines
        # As tall as the pane at least: what fits changes no scroll bar, so nothing is laid out.
        tall = max(len(lines), self.scrollable_content_region.height)
        self.virtual_size = Size(self.room, tall)
        self.refresh()

    def line(self, at: int) -> Content:
        return self.shown[at] if at < len(self.shown) else Content("")

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = self.line(self.scroll_offset.y + y)
        strips = Visual.to_strips(
            self, line, width, 1, self.visual_style, pad=True, apply_selection=False
        )
        return strips[0] if strips else Strip.blank(width, self.rich_style)
