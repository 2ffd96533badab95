"""How the panes of one initiative stand at a size, and how one goes from one to another."""

from typing import Final

from textual import events
from textual.widgets import Static

from tui.desk.lists import LISTS
from tui.desk.panes.head import tabs
from tui.desk.reading import Reading

WIDE: Final = 120
"""Columns from which panes stand side by side."""
PANES: Final = {
    1: "findings",
    2: "finding",
    3: "proposal",
    4: "source",
    5: "checklist",
    6: "facts",
    7: "related",
}


class Panes(Reading):
    """Side by side where there is room, else one at a time: a list always with its detail."""

    def __init__(self, initiative: str) -> None:
        super().__init__(initiative)
        self.pane = 1
        self.list_pane = 1
        """The list whose selected row stands in the detail."""
        self.low_pane = 5
        """The list below the findings where panes stand side by side."""
        self.zoomed = False
        self.stacked = False
        """One at a time even where there is room for more."""

    @property
    def wide(self) -> bool:
        return self.size.width >= WIDE and not self.stacked

    def place_panes(self) -> None:
        """Which panes stand where; focus goes to the active one."""
        shown = self.shown_panes()
        for number, name in PANES.items():
            self.query_one(f"#{name}").display = number in shown
        self.query_one("#left").display = bool(shown & set(LISTS))
        self.query_one("#right").display = bool(shown & {3, 4})
        self.set_class(self.wide, "wide")
        self.set_class(len(shown) == 1, "alone")
        self.set_class(self.size.height >= 30, "tall")
        self.query_one("#tabs", Static).update(tabs(PANES, self.pane, self.size.width - 2))
        self.query_one(f"#{PANES[self.pane]}").focus()
        self.refresh_keys()
        self.call_after_refresh(self.show_item)

    def shown_panes(self) -> set[int]:
        if self.zoomed:
            return {self.pane}
        if self.wide:
            return {1, self.low_pane, 2, 3, 4}
        return {self.pane, 2} if self.pane in LISTS else {self.pane}

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        for number, name in PANES.items():
            if event.widget.id == name and number != self.pane:
                self.go_to(number)

    def drop_filter(self) -> None:
        """A filter is about one list."""
        raise NotImplementedError

    def go_to(self, number: int) -> None:
        self.pane = number
        if number in LISTS:
            if number != self.list_pane:
                self.drop_filter()
            self.list_pane = number
            if number != 1:
                self.low_pane = number
        self.place_panes()

    def action_act(self, action: str) -> None:
        if action.startswith("pane_") and action[5:].isdigit():
            self.go_to(int(action[5:]))
        else:
            super().action_act(action)

    def do_pane_next(self) -> None:
        self._cycle(1)

    def do_pane_last(self) -> None:
        self._cycle(-1)

    def _cycle(self, by: int) -> None:
        panes = sorted(self.shown_panes()) if self.wide and not self.zoomed else list(PANES)
        at = panes.index(self.pane) if self.pane in panes else 0
        self.go_to(panes[(at + by) % len(panes)])

    def do_facts(self) -> None:
        self.go_to(6)

    def do_zoom(self) -> None:
        self.zoomed = True
        self.place_panes()

    def do_unzoom(self) -> None:
        self.zoomed = False
        self.place_panes()

    def do_layout(self) -> None:
        self.stacked = not self.stacked
        self.place_panes()
