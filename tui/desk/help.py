"""The keys that work here, and the palette that runs an action by its name; both from keys.py."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.desk.keys import Bindings

TITLE_WIDTH = 14
KEY_WIDTH = 5

Line = tuple[str, str, str, str]
"""(action id, keys, label, words) of something that works on the screen below."""


def matching(lines: Sequence[Line], words: str) -> list[Line]:
    """Those that hold every word in id, label or description."""
    wanted = words.casefold().split()
    return [
        line
        for line in lines
        if all(word in f"{line[0]} {line[2]} {line[3]}".casefold() for word in wanted)
    ]


def as_content(line: Line) -> Content:
    _, keys, label, words = line
    name = label.ljust(TITLE_WIDTH)
    return Content.assemble((keys.rjust(KEY_WIDTH), "bold"), f"  {name}{words}")


class _Over(ModalScreen[str | None]):
    """A box with one line to type in over the screen that it is about."""

    BINDINGS: ClassVar[Bindings] = [Binding("escape", "app.pop_screen", show=False)]

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self.lines_ = lines


class HelpScreen(_Over):
    """Every key that works on the screen below."""

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = "Keys that work here: type to filter, esc closes"
            yield Input(placeholder="filter", id="words")
            with VerticalScroll():
                yield Static(id="lines", markup=False)

    def on_mount(self) -> None:
        self.show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.show(event.value)

    def show(self, words: str) -> None:
        lines = [as_content(line) for line in matching(self.lines_, words)]
        self.query_one("#lines", Static).update(
            Content("\n").join(lines or [Content("no key does that here")])
        )


class Palette(_Over):
    """Runs an action by its name."""

    BINDINGS: ClassVar[Bindings] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = "Commands: type a name, enter runs it, esc closes"
            yield Input(placeholder="command", id="words")
            yield OptionList(id="found", markup=False)

    def on_mount(self) -> None:
        self.show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.show(event.value)

    def show(self, words: str) -> None:
        found = self.query_one(OptionList)
        found.clear_options()
        found.add_options(
            Option(as_content(line), id=line[0]) for line in matching(self.lines_, words)
        )
        found.highlighted = 0 if found.option_count else None

    def action_step(self, by: int) -> None:
        found = self.query_one(OptionList)
        if by > 0:
            found.action_cursor_down()
        else:
            found.action_cursor_up()

    @on(Input.Submitted)
    def _chosen(self) -> None:
        found = self.query_one(OptionList)
        if found.highlighted is not None:
            self.dismiss(found.get_option_at_index(found.highlighted).id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)
