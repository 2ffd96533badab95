"""One initiative on the table: its panes, how they stand, and how one moves about in them."""

from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from agent.record.past import PastVerdicts
from agent.schema.decision import SheetFinding
from tui.desk.draft_panes import PANES, Panes
from tui.desk.items import Item, next_open
from tui.desk.keys import Bindings, Where, bindings_for
from tui.desk.lists import LISTS, items_of, row_of, text_of_item
from tui.desk.messages import PastRead
from tui.desk.page import Page
from tui.desk.panes.detail import detail, detail_title, proposal_proof, source_of, source_proof
from tui.desk.panes.head import head
from tui.desk.place import Place
from tui.desk.prose import Prose
from tui.desk.rows import Rows
from tui.desk.sources import SourceText
from tui.desk.texts import span_of, text_of
from tui.desk.widgets import FilterLine, KeyBar, StatusLine, TooSmall

REST: Final = 0.2
"""Seconds that the cursor rests before its place is kept and the past of its rule is read."""


class DraftScreen(Panes):
    """Findings with their proof, the checklist, facts, what is related; every step is a key."""

    NAME: ClassVar[Where] = "draft"
    BINDINGS: ClassVar[Bindings] = bindings_for("draft")

    def __init__(self, initiative: str, finding: str = "") -> None:
        super().__init__(initiative)
        self.hide_done = False
        self.unfolded = False
        self.words = ""
        self.items: dict[int, list[Item]] = {number: [] for number in LISTS}
        self._wanted = finding
        self._titles: dict[str, str] = {}
        self._past: dict[str, PastVerdicts] = {}

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield Static("", id="head", markup=False)
        yield Static("", id="tabs", markup=False)
        yield FilterLine()
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                for number in LISTS:
                    yield Rows(id=PANES[number], empty="nothing here")
            yield Prose(id="finding")
            with Vertical(id="right"):
                yield Page(id="proposal", empty="")
                yield Page(id="source", empty="no source is quoted here")
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        self.detail.put([Content("reading the record ...")])
        self.do_refresh()

    # What is shown

    @property
    def detail(self) -> Prose:
        return self.query_one("#finding", Prose)

    def rows(self, number: int) -> Rows:
        return self.query_one(f"#{PANES[number]}", Rows)

    def show_sheet(self) -> None:
        opened = self.opened
        if opened is None:
            return
        wanted = self._wanted
        self.query_one("#head", Static).update(head(opened, self.holder, self.size.width - 2))
        for number in LISTS:
            self.fill(number)
        self.place_panes()
        if wanted:
            self.call_after_refresh(self.take_up, wanted)

    def fill(self, number: int) -> None:
        """One list again, its cursor on the same row."""
        opened = self.opened
        if opened is None:
            return
        rows, before = self.rows(number), self.items[number]
        at = before[rows.cursor].id if rows.cursor < len(before) else ""
        if number == 1 and self._wanted:
            at, self._wanted = self._wanted, ""
        items = items_of(number, opened, hide=self.hide_done, unfold=self.unfolded)
        if self.words and number == self.list_pane:
            wanted = self.words.casefold().split()
            items = [i for i in items if all(w in text_of_item(i, opened) for w in wanted)]
        self.items[number] = items
        cursor = next((n for n, item in enumerate(items) if item.id == at), rows.cursor)
        rows.fill(len(items), lambda n, width: row_of(items[n], opened, width), cursor)

    def show_item(self) -> None:
        """The selected row in full, and the texts that its proof stands in."""
        opened = self.opened
        items = self.items[self.list_pane]
        at = self.rows(self.list_pane).cursor
        item = items[at] if at < len(items) else None
        if item is None or self.item is None or item.id != self.item.id:
            self.at = 0
            self.detail.scroll_home(animate=False)
        self.item = item
        if opened is None or item is None:
            self.detail.put([])
            return
        self.at = min(self.at, max(len(item.proofs) - 1, 0))
        past = self._past.get(rule_of(item))
        lines = detail(item, self.at, opened, self.detail.room, most=self.most(), past=past)
        self.detail.put(lines)
        for name, proof, source in (
            ("proposal", proposal_proof(item, self.at), "proposal"),
            ("source", source_proof(item, self.at), source_of(item, self.at)),
        ):
            text = text_of(opened, source)
            span = span_of(text, proof) if text is not None and proof is not None else None
            self.query_one(f"#{name}", Page).show(text, span)
        self._title_panes(item)
        self.refresh_keys()

    def most(self) -> int:
        """Lines for claim and ask where the detail has little room; 0: all of them."""
        return 0 if self.wide or self.pane == 2 else max(2, (self.size.height - 16) // 4)

    def _title_panes(self, item: Item) -> None:
        count = len(self.items[self.list_pane])
        place = f"{self.rows(self.list_pane).cursor + 1} of {count}"
        titles = {
            "findings": "1 Findings",
            "finding": f"2 {item.kind.capitalize()} {place}  {detail_title(item, self.at)}",
            "proposal": f"3 Proposal  {self.opened.proposal.path if self.opened else ''}",
            "source": f"4 Source  {source_title(self.query_one('#source', Page).text)}",
            "checklist": "5 Checklist",
            "facts": "6 Facts and questions",
            "related": "7 Related and goals",
        }
        for name, title in titles.items():
            pane = self.query_one(f"#{name}")
            if self._titles.get(name) != title:  # each set repaints the pane
                pane.border_title = Content(title)
        self._titles = titles

    def on_resize(self, event: events.Resize) -> None:
        del event
        self.show_sheet()

    # Moving about

    @on(Rows.Moved)
    def _moved(self, message: Rows.Moved) -> None:
        if message.rows is self.rows(self.list_pane):
            self.show_item()
            self.rest(REST, self._rested)

    def _rested(self) -> None:
        item = self.item
        if item is None:
            return
        if item.kind == "finding":
            self.keep_place(str(Place(self.initiative, item.id)))
        rule = rule_of(item)
        if rule and rule not in self._past:
            self.read_past(rule)

    @on(PastRead)
    def _past_read(self, message: PastRead) -> None:
        self._past[message.rule] = message.past
        if message.past.total:
            self.show_item()

    def live(self, action: str) -> bool:
        if action.startswith("pane_"):
            return True
        if action == "open":
            return self.item is not None and self.item.kind == "folded"
        if action in ("next_quote", "last_quote", "copy"):
            return self.item is not None and bool(self.item.proofs)
        return super().live(action)

    def do_open(self) -> None:
        self.unfolded = not self.unfolded
        self.fill(1)

    def do_hide(self) -> None:
        self.hide_done = not self.hide_done
        self.fill(1)
        self.say("answered findings are hidden" if self.hide_done else "all findings are shown")

    def do_next_open(self) -> None:
        self.to_next_open()

    def to_next_open(self) -> None:
        items = self.items[1]
        done = self.answered()
        waiting = [i for i in items if i.id not in done]
        here = items[self.rows(1).cursor].id if items else ""
        before = [n for n, i in enumerate(waiting) if items.index(i) <= self._index(here)]
        found = next_open(waiting, before[-1] if before else -1)
        if found is None:
            self.say("every finding has an answer: A opens the decision sheet")
            return
        if self.pane != 1:
            self.go_to(1)
        self.rows(1).cursor = self._index(waiting[found].id)

    def _index(self, finding: str) -> int:
        return next((n for n, item in enumerate(self.items[1]) if item.id == finding), 0)

    # Filter

    def filtered_rows(self) -> Rows:
        return self.rows(self.list_pane)

    def filter_rows(self, words: str) -> int:
        self.words = words
        self.fill(self.list_pane)
        return len(self.items[self.list_pane])

    def drop_filter(self) -> None:
        if self.words:
            self.filter_rows("")
            self.query_one(FilterLine).clear()

    def focus_list(self) -> None:
        self.query_one(f"#{PANES[self.pane]}").focus()

    def do_close(self) -> None:
        """The filter first, then zoom."""
        if not self.close_filter() and self.zoomed:
            self.do_unzoom()


def source_title(text: SourceText | None) -> str:
    return f"{text.id}  {text.path}" if text is not None else ""


def rule_of(item: Item) -> str:
    """The rule of a finding; empty for anything else."""
    return item.value.finding.rule if isinstance(item.value, SheetFinding) else ""
