"""A text with the line numbers of its file, the quoted words highlighted; wrapped to the pane.

Draws only the lines on screen; holds no I/O.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.desk.cells import plain
from tui.desk.keys import Bindings
from tui.desk.sources import SourceText
from tui.desk.texts import Span, number_of

GUTTER = 7
"""Columns of the line number and its sign."""
QUOTED = "reverse"


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    """0 for the further lines of a wrapped one."""
    text: Content
    quoted: bool


def highlighted(text: SourceText, span: Span | None, index: int) -> Content:
    """One line of the text with the part of the quote that stands in it."""
    line = Content(text.lines[index].expandtabs(4).rstrip())
    if span is None or not span.first <= index <= span.last:
        return line
    start = span.start if index == span.first else 0
    end = span.end if index == span.last else len(text.lines[index])
    raw = text.lines[index]
    start, end = (len(raw[:n].expandtabs(4)) for n in (start, end))
    return line.stylize(QUOTED, start, min(end, len(line.plain)))


def gutter(number: int, quoted: bool) -> str:
    return f"{number or '':>5}{'>' if quoted else ' '} "


def _wrapped(text: SourceText, span: Span | None, width: int) -> list[_Line]:
    lines = []
    for index in range(len(text.lines)):
        quoted = span is not None and span.first <= index <= span.last
        for n, part in enumerate(highlighted(text, span, index).wrap(width) or [Content("")]):
            lines.append(_Line(0 if n else number_of(text, index), part, quoted))
    return lines


class Page(ScrollView, can_focus=True):
    """Show a text at a quote."""

    BINDINGS: ClassVar[Bindings] = [
        Binding("down", "scroll_down", show=False),
        Binding("up", "scroll_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str, empty: str) -> None:
        super().__init__(id=id)
        self.empty = empty
        self.text: SourceText | None = None
        self.span: Span | None = None
        self._lines: list[_Line] = []
        self._width = 0

    def show(self, text: SourceText | None, span: Span | None = None) -> None:
        """Another text or another quote in it; stands where it is when neither changed."""
        if (text, span) == (self.text, self.span):
            return
        other = text != self.text
        self.text, self.span = text, span
        self._wrap()
        if span is not None:
            self.jump(span.first)
        elif other:
            self.scroll_home(animate=False)

    def jump(self, index: int) -> None:
        """Bring a line of the text into the upper third."""
        if self.text is None:
            return
        number = number_of(self.text, index)
        for y, line in enumerate(self._lines):
            if line.number == number and (line.quoted or self.span is None):
                top = max(y - self.size.height // 3, 0)
                self.scroll_to(y=top, animate=False, force=True)
                return

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._width:
            self._wrap()
            if self.span is not None:
                self.jump(self.span.first)

    def _wrap(self) -> None:
        self._width = self.scrollable_content_region.width
        width = max(self._width - GUTTER, 10)
        self._lines = [] if self.text is None else _wrapped(self.text, self.span, width)
        self.virtual_size = Size(max(self.size.width, 1), len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        at, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        line = Content("")
        if self.text is None and y == 0:
            line = Content(plain(self.empty))
        elif at < len(self._lines):
            found = self._lines[at]
            line = Content.assemble(
                (gutter(found.number, found.quoted), "bold" if found.quoted else ""), found.text
            )
        strips = Visual.to_strips(
            self, line, width, 1, self.visual_style, pad=True, apply_selection=False
        )
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def section(self, by: int) -> None:
        """To the next or the last heading."""
        marks = [y for y, line in enumerate(self._lines) if line.text.plain.startswith("#")]
        at = self.scroll_offset.y
        found = [y for y in marks if (y > at if by > 0 else y < at)]
        if found:
            self.scroll_to(y=found[0] if by > 0 else found[-1], animate=False, force=True)
