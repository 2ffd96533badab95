"""The small fields of dialogs and the decision sheet: text that is cleaned, and a value to step.

A terminal obeys the control bytes that it is sent, so what is pasted or handed in is cleaned before
a widget can show it. They hold no I/O.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from knowledge.text import clean

LONGEST = 20_000
"""Characters that a person may write into one field."""


def one_line(text: str) -> str:
    """Cleaned, and on one line."""
    return " ".join(clean(text).text.split())


class Line(Input):
    """One line of text. Enter goes on to the next field and decides nothing."""

    def __init__(self, value: str = "", *, id: str, hint: str = "", width: int = 0) -> None:
        super().__init__(
            one_line(value),
            placeholder=hint,
            id=id,
            compact=True,
            select_on_focus=False,
            max_length=width or LONGEST,
        )

    def _on_paste(self, event: events.Paste) -> None:
        event.text = one_line(event.text)  # then the field's own paste puts it in

    async def action_submit(self) -> None:
        """Enter moves on; what it would submit has keys of its own."""
        await super().action_submit()
        self.screen.focus_next()


class Box(TextArea):
    """Several lines of text."""

    def __init__(self, text: str = "", *, id: str, hint: str = "") -> None:
        super().__init__(
            clean(text).text, id=id, placeholder=hint, compact=True, tab_behavior="focus"
        )

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text).text[:LONGEST]


class Step(Widget, can_focus=True):
    """One of a few values, stepped with the arrows, space or a click: `< pilot >`."""

    DEFAULT_CSS = """
    Step { height: 1; width: 1fr; }
    Step:focus { background: $panel; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "step(1)", "next", show=False),
        Binding("left,h", "step(-1)", "last", show=False),
    ]
    at: reactive[int] = reactive(0)

    class Changed(Message):
        def __init__(self, step: "Step") -> None:
            super().__init__()
            self.step = step

        @property
        def control(self) -> "Step":
            return self.step

    def __init__(self, values: Sequence[tuple[str, str]], value: str = "", *, id: str) -> None:
        """`values`: value and the words for it."""
        super().__init__(id=id)
        self.values = list(values)
        names = [name for name, _ in self.values]
        self.set_reactive(Step.at, names.index(value) if value in names else 0)

    @property
    def value(self) -> str:
        return self.values[self.at][0]

    def render(self) -> Content:
        return Content(f"< {one_line(self.values[self.at][1])} >")

    def watch_at(self) -> None:
        if self.is_mounted:
            self.post_message(self.Changed(self))

    def action_step(self, by: int) -> None:
        self.at = (self.at + by) % len(self.values)

    def on_click(self) -> None:
        self.action_step(1)
