"""The parts of the decision sheet's form: outcomes, blockers, conditions, what to merge into.

Each shows what it is given, and says that it changed; none writes or asks anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from agent.draft.summary import OUTCOME_WORDS
from agent.schema.decision import DecisionOutcome
from tui.desk.fields import Line, one_line
from tui.desk.sheet_form import OUTCOMES, Row

if TYPE_CHECKING:
    from agent.record.targets import Target

MOST_TARGETS = 200
_FIELDS = (
    ("text", "text", "what must be so"),
    ("owner", "owner", "who sees to it"),
    ("due", "due", "YYYY-MM-DD"),
    ("requirement", "for", "requirement or finding id"),
)


class Changed(Message):
    """Something on the form is not as it was."""


def labelled(label: str, *fields: Widget) -> Horizontal:
    return Horizontal(Static(Content(label), classes="label", markup=False), *fields, classes="row")


class Outcomes(OptionList):
    """The six outcomes; a digit, or arrows and Enter, picks one. Picking sends nothing."""

    class Picked(Message):
        def __init__(self, outcome: DecisionOutcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, suggested: str, picked: str | None) -> None:
        super().__init__(id="outcomes", markup=False, compact=True)
        self._suggested = suggested
        self.show(picked)

    def show(self, picked: str | None) -> None:
        self.clear_options()
        for n, outcome in enumerate(OUTCOMES, start=1):
            mark = "(o)" if outcome == picked else "( )"
            hint = "   suggested" if outcome == self._suggested else ""
            self.add_option(Option(Content(f"{mark} {n}  {OUTCOME_WORDS[outcome]}{hint}")))
        marked = picked or self._suggested
        self.highlighted = next(n for n, outcome in enumerate(OUTCOMES) if outcome == marked)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Picked(OUTCOMES[event.option_index]))


class Blockers(Vertical):
    """Each unmet blocker with the reason why it may go on all the same."""

    def __init__(self, unmet: Sequence[tuple[str, str]], reasons: Mapping[str, str]) -> None:
        """`unmet`: id and words for it."""
        super().__init__(id="blockers")
        self._unmet = unmet
        self._reasons = reasons

    def compose(self) -> ComposeResult:
        yield Static(
            Content("Blockers not in place: a typed reason for each, or correct it on the draft"),
            classes="title",
            markup=False,
        )
        for n, (unmet, words) in enumerate(self._unmet):
            yield Static(Content(f"! {words}"), classes="blocker", markup=False)
            yield labelled(
                "why",
                Line(self._reasons.get(unmet, ""), id=f"reason-{n}", hint="at least 10 characters"),
            )

    def reasons(self) -> dict[str, str]:
        lines = self.query(Line)
        return {unmet: line.value for (unmet, _), line in zip(self._unmet, lines, strict=True)}

    def first_empty(self, least: int) -> Line | None:
        return next((ln for ln in self.query(Line) if len(ln.value.strip()) < least), None)


class Conditions(Vertical):
    """Conditions, suggested or written: a list, and the fields of the one that is marked."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__(id="conditions")
        self.rows = list(rows)
        self._at = 0

    def compose(self) -> ComposeResult:
        words = "Conditions: space takes or drops, enter edits, m writes one, x removes"
        yield Static(Content(words), classes="title", markup=False)
        yield OptionList(*self._lines(), id="rows", markup=False, compact=True)
        with Vertical(id="fields"):
            for name, label, hint in _FIELDS:
                yield labelled(label, Line(id=f"row-{name}", hint=hint))

    def on_mount(self) -> None:
        self._mark(0)

    @property
    def list_(self) -> OptionList:
        return self.query_one("#rows", OptionList)

    def _lines(self) -> list[Content]:
        return [_as_line(row) for row in self.rows]

    def _mark(self, at: int) -> None:
        """Show the fields of a row."""
        self._at = max(0, min(at, len(self.rows) - 1))
        self.query_one("#fields").display = bool(self.rows)
        self.list_.display = bool(self.rows)
        if not self.rows:
            return
        self.list_.highlighted = self._at
        with self.prevent(Input.Changed):
            for name, *_ in _FIELDS:
                self.query_one(f"#row-{name}", Line).value = getattr(self.rows[self._at], name)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index != self._at:
            self._mark(event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._mark(event.option_index)
        self.query_one("#row-text", Line).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is written is taken: nobody writes a condition that they do not want."""
        event.stop()
        if self.rows and event.input.id:
            name = event.input.id.removeprefix("row-")
            self._put(self.rows[self._at].model_copy(update={name: event.value, "taken": True}))

    def _put(self, row: Row) -> None:
        self.rows[self._at] = row
        self.list_.replace_option_prompt_at_index(self._at, _as_line(row))
        self.post_message(Changed())

    def take(self) -> None:
        if self.rows:
            row = self.rows[self._at]
            self._put(row.model_copy(update={"taken": not row.taken}))

    def add(self) -> None:
        self.rows.append(Row(taken=True))
        self._redraw(len(self.rows) - 1)
        self.query_one("#row-text", Line).focus()

    def drop(self) -> None:
        """A written one goes; a suggested one is only not taken, with its own words again."""
        if not self.rows:
            return
        if self.rows[self._at].suggested:
            self._put(self.rows[self._at].model_copy(update={"taken": False}))
            return
        del self.rows[self._at]
        self._redraw(self._at)
        self.list_.focus()

    def _redraw(self, at: int) -> None:
        self.list_.clear_options()
        self.list_.add_options(self._lines())
        self._mark(at)
        self.post_message(Changed())


def _as_line(row: Row) -> Content:
    who = ", ".join(one_line(word) for word in (row.owner, row.due) if word.strip())
    plain = row.requirement.strip() and row.requirement != row.suggested  # an id says nothing
    about = f"{one_line(row.requirement)}: " if plain else ""
    text = one_line(row.text) or "(no text yet)"
    mark = "x" if row.taken else " "
    return Content(f"[{mark}] {f'({who}) ' if who else ''}{about}{text}")


class MergePicker(Vertical):
    """What it is merged into: type to filter, arrows and Enter pick; what is closed says so."""

    def __init__(self, picked: str) -> None:
        super().__init__(id="merging")
        self.picked = picked
        self._targets: Mapping[str, Target] = {}

    def compose(self) -> ComposeResult:
        yield Static("", id="picked", classes="title", markup=False)
        yield labelled("filter", Line(id="filter", hint="id or words of the title"))
        yield OptionList(id="targets", markup=False, compact=True)

    def on_mount(self) -> None:
        self._say()

    def offer(self, targets: Mapping[str, "Target"]) -> None:
        self._targets = targets
        self._fill("")

    def _fill(self, words: str) -> None:
        wanted = words.casefold().split()
        found = [
            t
            for _, t in sorted(self._targets.items())
            if all(word in f"{t.id} {t.title}".casefold() for word in wanted)
        ]
        listed = self.query_one("#targets", OptionList)
        listed.clear_options()
        for target in sorted(found, key=lambda t: (bool(t.closed), t.id))[:MOST_TARGETS]:
            closed = f"   closed: {target.closed}" if target.closed else ""
            words = one_line(f"{target.id}  {target.title}{closed}")
            listed.add_option(Option(Content(words), id=target.id, disabled=bool(target.closed)))
        listed.highlighted = 0 if listed.option_count else None

    def _say(self) -> None:
        target = self._targets.get(self.picked)
        words = f"{self.picked}  {target.title}" if target else self.picked
        said = f"Merge into: {words}" if self.picked else "Merge into: pick one"
        self.query_one("#picked", Static).update(Content(one_line(said)))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Enter in the filter takes the first that fits."""
        self.query_one("#targets", OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.picked = event.option.id or ""
        self._say()
        self.post_message(Changed())
