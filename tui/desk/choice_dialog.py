"""A correction: another value, and the reason for it. One value, or several where many can hold."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tui.desk.dialog import Dialog, Keep, digit_of, kept_fields
from tui.desk.fields import Line, one_line

CONFIRMED = "confirmed"
_CONFIRMED_WORDS = "in place, and I have seen it (confirmed)"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was picked. Several values are joined by commas, as an override takes them."""

    value: str
    reason: str = ""
    seen: bool = False
    """The person has seen the measure itself: `confirmed` was picked, and `value` is in_place."""


class ChoiceDialog(Dialog[Choice]):
    """Pick by digit, or by arrows and Enter; then the reason, if one is asked for.

    `options`: the values; `confirmed` stands for in place and seen. `many`: digits and space mark,
    Enter goes on. `free`: a value may be typed, for facts whose values are open.
    """

    DEFAULT_CSS = "ChoiceDialog OptionList { max-height: 12; }"

    def __init__(
        self,
        title: str,
        options: Sequence[str],
        current: str = "",
        reason: bool = True,
        *,
        many: bool = False,
        free: bool = False,
        kept: str = "",
        keep: Keep | None = None,
    ) -> None:
        super().__init__(title, keep)
        self._options = list(options)
        self._reason = reason
        self._many = many
        self._free = free
        before = kept_fields(kept)
        self._current = current
        named = [v.strip() for v in before.get("value", current).split(",") if v.strip()]
        self._picked = [v for v in named if v in self._options]
        self._typed = ", ".join(v for v in named if v not in self._options) if free else ""
        self._why = before.get("reason", "")
        self.KEYS = self._keys()

    def _keys(self) -> str:
        pick = "digits or space mark, enter goes on" if self._many else "digit, or arrows and enter"
        return f"{pick}{'   then why and enter' if self._reason else ''}   esc close"

    def body(self) -> Iterable[Widget]:
        if self._current:
            yield Static(
                Content(f"now: {one_line(self._current).replace('_', ' ')}"), classes="label"
            )
        yield OptionList(*self._lines(), id="options", markup=False, compact=True)
        if self._free:
            yield Line(self._typed, id="free", hint="or other values, with commas between")
        if self._reason:
            yield Line(self._why, id="reason", hint="why; it stands in the record")

    def on_mount(self) -> None:
        options = self.query_one("#options", OptionList)
        if self._picked:
            options.highlighted = self._options.index(self._picked[0])
        if not self._options:
            options.display = False
            self.screen.focus_next()

    def _lines(self) -> list[Content]:
        return [self._line(n, value) for n, value in enumerate(self._options, start=1)]

    def _line(self, n: int, value: str) -> Content:
        words = _CONFIRMED_WORDS if value == CONFIRMED else one_line(value).replace("_", " ")
        mark = ("[x] " if self._many else "(o) ") if value in self._picked else "    "
        return Content(f"{n if n < 10 else ' '}  {mark}{words}")

    def typed(self) -> str:
        return json.dumps({"value": self._value(), "reason": self._said("reason")})

    def _said(self, id_: str) -> str:
        found = self.query(f"#{id_}").results(Line)
        return next((one_line(line.value) for line in found), "")

    def _value(self) -> str:
        typed = [v.strip() for v in self._said("free").split(",") if v.strip()]
        return ", ".join([*self._picked, *typed])

    def on_key(self, event: events.Key) -> None:
        if not self.query_one("#options").has_focus:
            return
        at = digit_of(event, len(self._options))
        if at is not None:
            event.stop()
            self._pick(at, on=not self._many)
        elif event.key == "space" and self._many:
            event.stop()
            highlighted = self.query_one("#options", OptionList).highlighted
            if highlighted is not None:
                self._pick(highlighted, on=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self._many and self._picked:
            self._go_on()
        else:
            self._pick(event.option_index, on=True)

    def _pick(self, at: int, *, on: bool) -> None:
        """Mark a line; `on`: and go on to the reason."""
        value = self._options[at]
        if not self._many:
            self._picked = [value]
        elif value in self._picked:
            self._picked.remove(value)
        else:
            self._picked = [v for v in self._options if v in (*self._picked, value)]
        options = self.query_one("#options", OptionList)
        for n, line in enumerate(self._lines()):
            options.replace_option_prompt_at_index(n, line)
        options.highlighted = at
        self.moment.touch()
        if on:
            self._go_on()

    def _go_on(self) -> None:
        if self._reason:
            self.query_one("#reason", Line).focus()
        else:
            self._finish()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        if event.input.id == "reason" or not self._reason:
            self._finish()

    def _finish(self) -> None:
        value, reason = self._value(), self._said("reason")
        if not value:
            self.say("Pick a value first.")
            self.query_one("#options").focus()
        elif self._reason and not reason:
            self.say("Say why in a few words: the reason stands in the record.")
            self.query_one("#reason").focus()
        elif value == CONFIRMED:
            self.answer(Choice("in_place", reason, seen=True))
        else:
            self.answer(Choice(value, reason))
