"""The inbox: every initiative on record, its state and what it waits for."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from tui.desk.draft import DraftScreen
from tui.desk.inbox_rows import SORTS, STATES, draw, head, standing, still_open, tabs
from tui.desk.inbox_work import InboxWork
from tui.desk.keys import Bindings, Where, bindings_for
from tui.desk.messages import Done, InboxRead, PlaceRead, SheetPreviewed
from tui.desk.panes.preview import preview
from tui.desk.place import place_of
from tui.desk.rows import Rows
from tui.desk.widgets import FilterLine, KeyBar, StatusLine, TooSmall

REST = 0.15
"""Seconds that the cursor rests before its preview is read."""
EMPTY = """Nothing is on record yet. What to do next:

  put a proposal (any markdown file) into proposals/ and press d to draft its review
  or leave with q and run `concord demo`: a made-up office with eight proposals, offline
  or run `concord check FILE` to see the gaps of one proposal before it is handed in"""


class InboxScreen(InboxWork):
    """One row per initiative; `start` is opened at once."""

    NAME: ClassVar[Where] = "inbox"
    BINDINGS: ClassVar[Bindings] = bindings_for("inbox")

    def __init__(self, start: str = "") -> None:
        super().__init__()
        self.start = start
        self._waiting: Timer | None = None
        self._last_mark = 0
        self._read = False

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield Static("", id="head", markup=False)
        yield Static("", id="standing", markup=False)
        yield FilterLine()
        yield Static("", id="columns", markup=False)
        with Horizontal(id="inbox-body"):
            yield Rows(id="inbox-rows")
            with VerticalScroll(id="preview"):
                yield Static("", id="preview-text", markup=False)
        yield Static(EMPTY, id="empty", markup=False)
        yield Static("", id="job", markup=False)
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#empty").display = False
        self.query_one("#job").display = False
        self.rows.focus()
        self.do_refresh()

    @property
    def rows(self) -> Rows:
        return self.query_one("#inbox-rows", Rows)

    def here(self) -> str:
        """The initiative under the cursor; empty when there is none."""
        shown = self.listed.shown
        return shown[self.rows.cursor].initiative if shown else ""

    def live(self, action: str) -> bool:
        if action in ("open", "mark", "mark_range", "mark_shown", "take", "export"):
            return bool(self.listed.shown)
        return super().live(action)

    # What is shown

    def do_refresh(self) -> None:
        desk = self.desk_app.desk
        self.desk_app.ask(lambda: InboxRead(desk.inbox()), self, "inbox")

    @on(InboxRead)
    def _inbox_read(self, message: InboxRead) -> None:
        first, self._read = not self._read, True
        before, was = self.listed.shown, self.rows.cursor
        self.listed.take(message.rows)
        if first and self.listed.count("ready"):
            self.listed.state = "ready"
            self.listed.arrange()
        self.show_rows(still_open(before, was, self.listed.shown))
        if first and self.start:
            self.open(self.start)
        elif first:
            self._read_place()

    def _read_place(self) -> None:
        desk = self.desk_app.desk
        self.desk_app.ask(lambda: PlaceRead(desk.place()), self, "place")

    @on(PlaceRead)
    def _place_read(self, message: PlaceRead) -> None:
        """Where this person was when they left, if that is still there."""
        place = place_of(message.place)
        if any(row.initiative == place.initiative and row.draft for row in self.listed.rows):
            self.open(place.initiative, place.finding)

    def show_rows(self, at: str = "") -> None:
        """Draw the list again, the cursor on the same initiative."""
        listed = self.listed
        shown = listed.shown
        self.query_one("#head", Static).update(
            Content.assemble(("INBOX  ", "bold"), tabs(listed), f"   {self._office()}")
        )
        self.rows.fill(len(shown), lambda n, w: draw(shown[n], listed, w), listed.index(at))
        self.rows.empty = "nothing here holds that; esc shows everything"
        empty = self._read and not listed.rows
        self.query_one("#empty").display = empty
        self.query_one("#inbox-body").display = not empty
        self.query_one("#standing", Static).update(Content(standing(listed)))
        self._show_columns()
        self.refresh_keys()

    def _office(self) -> str:
        return f"you are {self.desk_app.desk.user}"

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= 120, "wide")
        self.call_after_refresh(self._show_head)

    def _show_columns(self) -> None:
        room = self.rows.scrollable_content_region.width
        line = head(self.listed, max(room - 2, 40))
        self.query_one("#columns", Static).update(Content.styled(line, "bold"))

    def _show_head(self) -> None:
        self._show_columns()
        self._preview_now()

    @on(Rows.Moved)
    def _moved(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(REST, self._preview_now)

    def _preview_now(self) -> None:
        initiative, desk = self.here(), self.desk_app.desk
        if not initiative or not self.query_one("#preview").display:
            return
        drafted = self.listed.shown[self.rows.cursor].draft

        def read() -> Message:
            return SheetPreviewed(initiative, desk.open(initiative) if drafted else None)

        self.desk_app.ask(read, self, "preview")

    @on(SheetPreviewed)
    def _previewed(self, message: SheetPreviewed) -> None:
        if message.initiative != self.here():
            return
        width = self.query_one("#preview").size.width - 3
        words = Content("No draft yet: press d.")
        if message.opened is not None:
            words = preview(message.opened, width)
        self.query_one("#preview-text", Static).update(words)

    def do_preview(self) -> None:
        pane = self.query_one("#preview")
        pane.display = not pane.display
        self.call_after_refresh(self._show_head)

    # Filter, sort, states

    def filtered_rows(self) -> Rows:
        return self.rows

    def filter_rows(self, words: str) -> int:
        at = self.here()
        self.listed.words = words
        self.listed.arrange()
        self.show_rows(at)
        return len(self.listed.shown)

    def do_close(self) -> None:
        """Filter first, then marks."""
        if not self.close_filter() and self.listed.marked:
            self.listed.marked.clear()
            self.show_rows(self.here())

    def do_sort(self) -> None:
        at = self.here()
        self.listed.sort = SORTS[(SORTS.index(self.listed.sort) + 1) % len(SORTS)]
        self.listed.arrange()
        self.show_rows(at)

    def do_next_state(self) -> None:
        self._state(1)

    def do_last_state(self) -> None:
        self._state(-1)

    def _state(self, by: int) -> None:
        names = [state for state, _ in STATES]
        at = self.here()
        self.listed.state = names[(names.index(self.listed.state) + by) % len(names)]
        self.listed.arrange()
        self.show_rows(at)

    # Marks

    def do_mark(self) -> None:
        self.listed.marked ^= {self.here()}
        self._last_mark = self.rows.cursor
        at = self.rows.cursor
        self.show_rows(self.here())
        self.rows.cursor = at + 1

    def do_mark_range(self) -> None:
        low, high = sorted((self._last_mark, self.rows.cursor))
        self.listed.marked |= {row.initiative for row in self.listed.shown[low : high + 1]}
        self.show_rows(self.here())

    def do_mark_shown(self) -> None:
        shown = {row.initiative for row in self.listed.shown}
        self.listed.marked = (
            self.listed.marked - shown
            if shown <= self.listed.marked
            else self.listed.marked | shown
        )
        self.show_rows(self.here())

    # Work

    def do_open(self) -> None:
        self.open(self.here())

    @on(Rows.Chosen)
    def _clicked(self) -> None:
        self.do_open()

    def open(self, initiative: str, finding: str = "") -> None:
        drafted = {row.initiative: row.draft for row in self.listed.rows}
        if not drafted.get(initiative):
            self.say(f"{initiative}: no draft yet; press d to draft it", error=True)
            return
        self.app.push_screen(DraftScreen(initiative, finding), lambda _: self.do_refresh())

    @on(Done)
    def _did(self, message: Done) -> None:
        if message.reread:
            self.do_refresh()
