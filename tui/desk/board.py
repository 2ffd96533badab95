"""Background drafting and every error since the start, as they stand. Knows no widget.

A job runs in a thread of the application; it is told to stop by an event and says where it is with
messages, which the application writes down here.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tui.desk.cells import plain

if TYPE_CHECKING:
    from agent.batch import Reviewed

Progress = Callable[[int, int, str], None]


class Drafter(Protocol):
    """Drafts files one by one and says what became of each."""

    def __call__(
        self,
        files: Sequence[Path],
        *,
        say: Callable[[str], None],
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> "Iterator[Reviewed]": ...


@dataclass(slots=True)
class Board:
    """What the jobs panel shows."""

    running: bool = False
    done: int = 0
    total: int = 0
    label: str = ""
    rows: list["Reviewed"] = field(default_factory=list)
    """Of the last job, in order."""
    said: list[str] = field(default_factory=list)
    """What drafting told on its way: notices before an upload, waits for a limit."""
    errors: list[str] = field(default_factory=list)
    """Every failure since the start, in the words that were shown."""
    stop: threading.Event = field(default_factory=threading.Event)

    def begin(self, total: int) -> None:
        self.running, self.done, self.total, self.label = True, 0, total, ""
        self.rows, self.said = [], []
        self.stop.clear()

    def failed(self) -> list["Reviewed"]:
        return [row for row in self.rows if row.state == "failed"]

    def line(self) -> str:
        """One line for the foot of the inbox; empty when there is nothing to tell."""
        if self.running:
            bar = "#" * (10 * self.done // max(self.total, 1))
            ending = "stopping ..." if self.stop.is_set() else plain(self.label)
            return f"drafting {self.done}/{self.total} [{bar:.<10}] {ending}"
        if not self.rows:
            return ""
        failed = len(self.failed())
        new = sum(1 for row in self.rows if row.state == "new")
        told = f"drafted {new} new, {len(self.rows) - new - failed} unchanged"
        return f"{told}, {failed} failed: ! shows them" if failed else told

    def lines(self) -> list[str]:
        """The whole panel."""
        lines = [self.line() or "no drafting since the start", ""]
        lines += [f"{row.state:10} {plain(row.path)}  {plain(row.error)}" for row in self.rows]
        lines += [f"  {plain(words)}" for words in self.said]
        lines += ["", f"errors since the start: {len(self.errors)}"]
        return lines + [f"  {plain(error)}" for error in reversed(self.errors)]
