"""What all screens share: the key bar, the status line, the word about a window too small.

They show what they are given and hold no I/O. All text is cleaned and shown with markup off.
"""

from collections.abc import Sequence

from rich.text import Text
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from knowledge.text import clean

GAP = "  "


def plain(text: str) -> str:
    """Cleaned and on one line: file names and errors may hold anything."""
    return " ".join(clean(text).text.split())


def cut(text: str, most: int) -> str:
    """At most so many cells, with an ellipsis where something is left out."""
    short = Text(plain(text), end="")
    short.truncate(max(most, 1), overflow="ellipsis")
    return short.plain


class KeyBar(Widget):
    """The last line: the keys wanted most on this screen, never a clipped one."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: Sequence[tuple[str, str]] = ()

    def show(self, pairs: Sequence[tuple[str, str]]) -> None:
        """(key, label), most wanted first."""
        self._pairs = pairs
        self.refresh()

    def render(self) -> Content:
        parts: list[Content] = []
        room = self.size.width
        for key, label in self._pairs:
            part = Content.assemble((key, "bold $primary"), f" {label}")
            gap = len(GAP) if parts else 0
            if part.cell_length + gap > room:
                break
            room -= part.cell_length + gap
            parts.append(part)
        return Content(GAP).join(parts)


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
