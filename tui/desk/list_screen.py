"""A screen with a list to filter: the line to type in, next and last match, closing it."""

from textual import on
from textual.widgets import Input

from tui.desk.rows import Rows
from tui.desk.screen import DeskScreen
from tui.desk.widgets import FilterLine


class ListScreen(DeskScreen):
    """Has one FilterLine; which list it filters is the screen's."""

    def filtered_rows(self) -> Rows:
        raise NotImplementedError

    def filter_rows(self, words: str) -> int:
        """Show what holds these words; how many there are."""
        raise NotImplementedError

    def focus_list(self) -> None:
        self.filtered_rows().focus()

    def do_filter(self) -> None:
        self.query_one(FilterLine).open()

    @on(Input.Changed, "#filter")
    def _filtered(self, event: Input.Changed) -> None:
        count = self.filter_rows(event.value)
        self.query_one(FilterLine).show_count(count)

    @on(FilterLine.Left)
    def _left_filter(self) -> None:
        self.focus_list()

    def close_filter(self) -> bool:
        """Whether there was one to close."""
        if not self.query_one(FilterLine).clear():
            return False
        self.focus_list()
        return True

    def do_next_match(self) -> None:
        self._match(1)

    def do_previous_match(self) -> None:
        self._match(-1)

    def _match(self, by: int) -> None:
        rows = self.filtered_rows()
        rows.cursor = (rows.cursor + by) % max(rows.count, 1)
