"""A text with the line numbers of its file, the quoted words highlighted; wrapped to the pane.

Holds no I/O.
"""

from dataclasses import dataclass

from textual.content import Content

from tui.desk.prose import Prose
from tui.desk.sources import SourceText
from tui.desk.texts import Span, number_of

GUTTER = 7
"""Columns of the line number and its sign."""
QUOTED = "reverse"


@dataclass(frozen=True, slots=True)
class _Line:
    index: int
    first: bool
    """Not a further line of a wrapped one."""
    text: Content


def highlighted(text: SourceText, span: Span | None, index: int) -> Content:
    """One line of the text with the part of the quote that stands in it."""
    raw = text.lines[index]
    line = Content(raw.expandtabs(4).rstrip())
    if not _quoted(span, index):
        return line
    assert span is not None
    start = span.start if index == span.first else 0
    end = span.end if index == span.last else len(raw)
    start, end = (len(raw[:n].expandtabs(4)) for n in (start, end))
    return line.stylize(QUOTED, start, min(end, len(line.plain)))


def _quoted(span: Span | None, index: int) -> bool:
    return span is not None and span.first <= index <= span.last


def gutter(number: int, quoted: bool) -> str:
    return f"{number or '':>5}{'>' if quoted else ' '} "


class Page(Prose):
    """Show a text at a quote."""

    def __init__(self, *, id: str, empty: str) -> None:
        super().__init__(id=id)
        self.empty = empty
        self.text: SourceText | None = None
        self.span: Span | None = None
        self._plain: list[list[Content]] = []
        """Each line of the text, wrapped, without a quote: only quoted ones are wrapped anew."""
        self._lines: list[_Line] = []
        self._width = 0

    def show(self, text: SourceText | None, span: Span | None = None) -> None:
        """Another text or another quote in it; stands where it is when neither changed."""
        if (text, span) == (self.text, self.span) and self._lines:
            return
        other = text != self.text
        self.text, self.span = text, span
        if other:
            self._plain = []
        self._wrap()
        if span is not None:
            self.jump(span.first)
        elif other:
            self.scroll_home(animate=False)

    def jump(self, index: int) -> None:
        """Bring a line of the text into the upper third."""
        for y, line in enumerate(self._lines):
            if line.index == index:
                top = max(y - self.size.height // 3, 0)
                self.scroll_to(y=top, animate=False, force=True)
                return

    def on_resize(self) -> None:
        if self.room != self._width:
            self._plain = []
            self._wrap()
            if self.span is not None:
                self.jump(self.span.first)

    def _wrap(self) -> None:
        self._width = self.room
        text, span = self.text, self.span
        self._lines = []
        if text is None:
            self.put([Content(self.empty)])
            return
        width = max(self.room - GUTTER, 10)
        if not self._plain:
            count = range(len(text.lines))
            self._plain = [_folded(highlighted(text, None, n), width) for n in count]
        for index, plain in enumerate(self._plain):
            parts = plain
            if _quoted(span, index):
                parts = _folded(highlighted(text, span, index), width)
            self._lines += [_Line(index, n == 0, part) for n, part in enumerate(parts)]
        self.put([line.text for line in self._lines])

    def line(self, at: int) -> Content:
        if self.text is None or at >= len(self._lines):
            return super().line(at)
        line = self._lines[at]
        quoted = _quoted(self.span, line.index)
        number = number_of(self.text, line.index) if line.first else 0
        return Content.assemble((gutter(number, quoted), "bold" if quoted else ""), line.text)

    def section(self, by: int) -> None:
        """To the next or the last heading."""
        marks = [y for y, line in enumerate(self._lines) if line.text.plain.startswith("#")]
        at = self.scroll_offset.y
        found = [y for y in marks if (y > at if by > 0 else y < at)]
        if found:
            self.scroll_to(y=found[0] if by > 0 else found[-1], animate=False, force=True)


def _folded(line: Content, width: int) -> list[Content]:
    if len(line.plain) <= width and line.cell_length <= width:
        return [line]
    return line.wrap(width) or [Content("")]
