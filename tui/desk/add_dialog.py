"""A finding that the draft missed: what it is about, its weight, what is asked, and a quote."""

import json
from collections.abc import Callable, Iterable

from textual import work
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from agent.schema.decision import AddedFinding
from knowledge.vocabulary import DIMENSIONS, SEVERITIES
from tui.desk.dialog import Dialog, Keep, kept_fields
from tui.desk.fields import Line, Step, one_line

_WORDS = {
    "": "no quote: the finding is your word",
    "exact": "stands in the proposal word for word",
    "close": "stands in the proposal nearly so",
    "bad": "does not stand in the proposal: quote it word for word, or leave it empty",
}


class AddDialog(Dialog[AddedFinding]):
    """`check(quote)` answers `exact`, `close` or `bad`, as any quote is checked."""

    DEFAULT_CSS = """
    AddDialog > #dialog { width: 92; }
    AddDialog Horizontal { height: auto; }
    AddDialog .label { width: 11; }
    AddDialog Line { width: 1fr; }
    AddDialog #checked { color: $text-muted; padding-left: 11; height: auto; }
    """
    KEYS = "tab and enter move on   arrows change a value   esc close, all is kept"

    def __init__(
        self,
        check: Callable[[str], str],
        *,
        title: str = "Add a finding",
        kept: str = "",
        keep: Keep | None = None,
    ) -> None:
        super().__init__(title, keep)
        self._check = check
        self._before = kept_fields(kept)
        self._checked: tuple[str, str] = ("", "")
        """A quote, and what checking it said."""

    def body(self) -> Iterable[Widget]:
        before = self._before
        dimensions = [(d, d) for d in DIMENSIONS]
        severities = [(s, s) for s in SEVERITIES]
        yield _row("about", Step(dimensions, before.get("dimension", "trust"), id="dimension"))
        yield _row("severity", Step(severities, before.get("severity", "medium"), id="severity"))
        yield _row("title", Line(before.get("title", ""), id="what", hint="what is wrong"))
        yield _row("ask", Line(before.get("ask", ""), id="ask", hint="what the team should do"))
        yield _row("quote", Line(before.get("quote", ""), id="quote", hint="its words, or nothing"))
        yield Static(Content(_WORDS[""]), id="checked", markup=False)
        yield Button("Add it", id="add", compact=True)

    def on_mount(self) -> None:
        self._check_quote()

    def typed(self) -> str:
        return json.dumps(self._fields())

    def _fields(self) -> dict[str, str]:
        return {
            "dimension": self.query_one("#dimension", Step).value,
            "severity": self.query_one("#severity", Step).value,
            "title": self._line("what"),
            "ask": self._line("ask"),
            "quote": self._line("quote"),
        }

    def _line(self, id_: str) -> str:
        return one_line(self.query_one(f"#{id_}", Line).value)

    def on_input_changed(self, event: Input.Changed | None = None) -> None:
        self.moment.touch()
        if event is not None and event.input.id == "quote":
            self._check_quote()

    @work(thread=True, exclusive=True, group="quote")
    def _check_quote(self) -> None:
        quote = self.app.call_from_thread(self._line, "quote")
        found = (quote, self._check(quote) if quote else "")
        self.app.call_from_thread(self._show_check, found)

    def _show_check(self, found: tuple[str, str]) -> None:
        if self.is_attached and found[0] == self._line("quote"):
            self._checked = found
            self.query_one("#checked", Static).update(Content(_WORDS.get(found[1], found[1])))

    def on_button_pressed(self) -> None:
        fields = self._fields()
        for name in ("title", "ask"):
            if not fields[name]:
                self.say(f"A finding needs {'a title' if name == 'title' else 'an ask'}.")
                self.query_one("#what" if name == "title" else "#ask").focus()
                return
        if fields["quote"] and self._checked != (fields["quote"], "exact"):
            checked = self._checked[1] if self._checked[0] == fields["quote"] else ""
            if checked != "close":
                self.say(f"The quote {_WORDS['bad'] if checked else 'is still being checked'}.")
                return
        self.answer(AddedFinding.model_validate(fields))


def _row(label: str, field: Widget) -> Horizontal:
    return Horizontal(Static(Content(label), classes="label", markup=False), field)
