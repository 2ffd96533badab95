"""The inbox as a list of rows: sorting, filtering, and how a row is drawn. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from textual.content import Content

from tui.desk.cells import OUTCOME, OUTCOME_SHORT, age, cell, counts, plain

if TYPE_CHECKING:
    from agent.record.inbox import InboxRow

STATES: Final[tuple[tuple[str, str], ...]] = (
    ("", "all"),
    ("ready", "ready"),
    ("deferred", "deferred"),
    ("with_team", "with team"),
    ("decided", "decided"),
)
STATE_SIGN: Final = {
    "ready": "ready",
    "deferred": "deferred",
    "with_team": "with team",
    "decided": "decided",
}
SORTS: Final = ("age", "id", "findings", "outcome")
WAITING: Final = ("ready", "deferred")
LONGEST_ID: Final = 22
WIDE: Final = 100
"""From this width on there is room for longer words."""


@dataclass(slots=True)
class InboxList:
    """What is shown of the inbox; `shown` follows from the rest."""

    rows: Sequence["InboxRow"] = ()
    state: str = ""
    words: str = ""
    sort: str = "age"
    marked: set[str] = field(default_factory=set)
    widths: tuple[int, int, int, int] = (8, 9, 0, 0)
    """Columns for id, state, version and holder; 0 where there is nothing to tell."""
    shown: list["InboxRow"] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    """Initiative → what the filter looks in."""

    def take(self, rows: Sequence["InboxRow"]) -> None:
        """New rows of the record; marks of what is gone go too."""
        self.rows = rows
        self._texts = {row.initiative: _text(row) for row in rows}
        self.marked &= set(self._texts)
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort again."""
        wanted = self.words.casefold().split()
        found = [
            row
            for row in self.rows
            if (not self.state or row.state == self.state)
            and all(word in self._texts[row.initiative] for word in wanted)
        ]
        self.shown = sorted(found, key=_KEYS[self.sort])
        self.widths = (
            min(max((len(row.initiative) for row in self.shown), default=8), LONGEST_ID),
            0 if self.state else 9,
            2 if any(row.version > 1 for row in self.shown) else 0,
            8 if any(row.holder for row in self.shown) else 0,
        )

    def count(self, state: str) -> int:
        return sum(1 for row in self.rows if not state or row.state == state)

    def index(self, initiative: str) -> int:
        """Where an initiative stands, else the first row."""
        for n, row in enumerate(self.shown):
            if row.initiative == initiative:
                return n
        return 0

    def hidden_marks(self) -> int:
        return len(self.marked - {row.initiative for row in self.shown})


def still_open(before: Sequence["InboxRow"], at: int, now: Sequence["InboxRow"]) -> str:
    """Where the cursor goes when the list is read again: it stays, but from an item that was
    decided meanwhile it goes on to the next one that waits."""
    if not before or not now:
        return ""
    here = before[min(at, len(before) - 1)]
    same = next((n for n, row in enumerate(now) if row.initiative == here.initiative), None)
    if same is not None and (now[same].state in WAITING or here.state not in WAITING):
        return here.initiative
    start = at if same is None else same + 1
    waiting = [row.initiative for row in (*now[start:], *now[:start]) if row.state in WAITING]
    return waiting[0] if waiting else now[min(at, len(now) - 1)].initiative


def _text(row: "InboxRow") -> str:
    words = (row.initiative, row.title, row.holder, row.state, row.outcome, OUTCOME[row.outcome])
    return " ".join(words).replace("_", " ").casefold()


def _by_age(row: "InboxRow") -> tuple[object, ...]:
    return (row.state not in WAITING, row.at, row.initiative)


def _by_findings(row: "InboxRow") -> tuple[object, ...]:
    worst = [-row.counts.get(s, 0) for s in ("blocker", "high", "medium", "low")]
    return (*worst, row.initiative)


_KEYS = {
    "age": _by_age,
    "id": lambda row: (row.initiative,),
    "findings": _by_findings,
    "outcome": lambda row: (row.outcome, row.initiative),
}


Widths = tuple[int, int, int, int]


def head(listed: InboxList, width: int) -> str:
    """The names of the columns, as wide as the rows draw them."""
    titles = ("", "id", "title", "state", "outcome", "b/h/m/l", "age", "v", "held by")
    return "  " + _line(titles, listed.widths, width)


def draw(row: "InboxRow", listed: InboxList, width: int) -> Content:
    words = OUTCOME if width >= WIDE else OUTCOME_SHORT
    outcome = words.get(row.outcome, row.outcome)
    waiting = row.state in WAITING
    if row.outcome and waiting:
        outcome = f"{outcome}?"
    found = ("~" if row.corrected and waiting else "") + counts(row.counts) if row.draft else "-"
    cells = (
        "*" if row.initiative in listed.marked else "",
        row.initiative,
        row.title,
        STATE_SIGN[row.state],
        outcome,
        found,
        age(row.age),
        str(row.version),
        row.holder,
    )
    return Content(_line(cells, listed.widths, width))


def _line(cells: Iterable[str], widths: Widths, width: int) -> str:
    """One line; the title takes what is left."""
    mark, id_, title, state, outcome, found, since, version, holder = cells
    for_id, for_state, for_version, for_holder = widths
    wide = width >= WIDE
    if not wide:
        for_id = min(for_id, 14)
    left = f"{cell(mark, 1)} {cell(id_, for_id)} "
    right = [(state, for_state), (outcome, 24 if wide else 11), (found, 9)]
    tail = "".join(f" {cell(words, room)}" for words, room in right if room)
    tail += f" {cell(since, 4, right=True)}"
    tail += f" {cell(version, for_version, right=True)}" if for_version else ""
    tail += f" {cell(holder, for_holder)}" if for_holder else ""
    return left + cell(title, max(width - len(left) - len(tail), 6)) + tail


def tabs(listed: InboxList) -> Content:
    """The states with their counts; the one that is shown stands in brackets."""
    parts = []
    for state, name in STATES:
        label = f"{name} {listed.count(state)}"
        here = state == listed.state
        parts.append(Content.styled(f"[{label}]", "bold") if here else Content(f" {label} "))
    return Content(" ").join(parts)


def standing(listed: InboxList) -> str:
    """Sort, filter and marks in a line."""
    parts = [f"{len(listed.shown)} shown", f"sort: {listed.sort}"]
    if listed.words:
        parts.append(f"filter: {plain(listed.words)}")
    if listed.marked:
        parts.append(f"{len(listed.marked)} marked ({listed.hidden_marks()} not shown)")
    return "   ".join(parts)
