"""What stands between a stray key and a decision.

Why: a proposal that held the four bytes `ESC [ > q` was measured to decide by itself. The bytes ask
a terminal for its name; tmux answered with its name *as if typed*, and a letter of the answer was
the key that approved. So a decision takes more than a key that somebody or something sent:

- content is cleaned on entry, so that no question can reach the terminal at all;
- what was typed or answered before the sheet stood there is thrown away: the terminal's own buffer
  is drained, and an event that is older than the sheet counts for nothing;
- keys count from half a second after the sheet was painted;
- a paste is no key, wherever it comes from;
- the initiative's id is typed key by key. An answer or a paste that reaches us as keys comes within
  a few milliseconds; fingers need many times that, and what comes faster is refused and said.

This module owns these rules and the line on which the id is typed. It decides nothing.
"""

import contextlib
import math
import sys
from typing import ClassVar, Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

ARM: Final = 0.5
"""Seconds from the paint of the sheet until keys count."""
KEY: Final = 0.025
"""Seconds a key, on average, that fingers cannot beat over a whole id; the fastest need 0.05."""
LONGEST: Final = 200


def drain() -> None:
    """Throw away what the terminal holds and nobody has read yet."""
    import termios

    stream = sys.__stdin__
    with contextlib.suppress(OSError, ValueError, termios.error):
        if stream is not None and stream.isatty():
            termios.tcflush(stream.fileno(), termios.TCIFLUSH)


class Guard:
    """Knows from when on input counts, in the time of the events themselves."""

    def __init__(self) -> None:
        self.disarm()

    def disarm(self) -> None:
        self._from = math.inf

    def painted(self, now: float) -> None:
        """The sheet stands on the screen since `now`."""
        drain()
        self._from = now + ARM

    def counts(self, event: events.Event) -> bool:
        """False for what was sent before the sheet was armed, however long it lay in a queue."""
        return event.time >= self._from


def by_hand(times: list[float]) -> bool:
    """Whether fingers could have typed keys at these times, the last of them Enter."""
    if len(times) < 2:
        return False
    *typed, enter = times
    return typed[-1] - typed[0] >= KEY * (len(typed) - 1) and enter - typed[-1] >= KEY


class TypedId(Widget, can_focus=True):
    """The line for the id: letters, Backspace, Enter, and nothing else. No paste, no clipboard."""

    DEFAULT_CSS = """
    TypedId { height: 1; width: 1fr; min-width: 12; background: $panel; }
    TypedId:focus { text-style: bold; }
    """
    PASTED: ClassVar[str] = "Pasting is ignored here: type the id key by key."
    FAST: ClassVar[str] = "That came faster than fingers type, so it does not count: type the id."

    class Entered(Message):
        """Enter was pressed on something that was typed by hand."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Refused(Message):
        """What was typed or pasted does not count, and why."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, guard: Guard, *, id: str) -> None:
        super().__init__(id=id)
        self.guard = guard
        self._keys: list[tuple[str, float]] = []

    @property
    def text(self) -> str:
        return "".join(key for key, _ in self._keys)

    def clear(self) -> None:
        self._keys.clear()
        self.refresh()

    def render(self) -> Content:
        cursor = "▏" if self.has_focus else ""
        return Content(f"{self.text}{cursor}")

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Refused(self.PASTED))

    def on_key(self, event: events.Key) -> None:
        if not self.guard.counts(event):
            event.stop()
        elif event.key == "enter":
            event.stop()
            self._enter(event.time)
        elif event.key == "backspace":
            event.stop()
            del self._keys[-1:]
        elif event.is_printable and event.character and len(self._keys) < LONGEST:
            event.stop()
            self._keys.append((event.character, event.time))
        self.refresh()

    def _enter(self, at: float) -> None:
        text, times = self.text, [time for _, time in self._keys]
        if text and not by_hand([*times, at]):
            self.clear()
            self.post_message(self.Refused(self.FAST))
            return
        self.post_message(self.Entered(text))
