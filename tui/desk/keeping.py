"""What is being typed goes on record while it is typed: when a field tells, and who writes.

A field tells its keeper a moment after each change; the scribe writes in one thread, so the newest
text of a field is the one that stays. Neither knows what the text means.
"""

from collections.abc import Callable
from threading import Condition, Thread

from textual.message_pump import MessagePump
from textual.timer import Timer

from knowledge.errors import ConcordError

MOMENT = 0.3
"""Seconds from a change until its text is handed on; with the write it stays below one second."""
PATIENCE = 1.0
"""Seconds between two attempts while the record refuses (a full disk, a lock)."""

Place = tuple[str, int, str]
"""Initiative, version, field."""


class Moment:
    """Calls `act` once, a moment after the first of several changes; never puts it off further."""

    def __init__(
        self, owner: MessagePump, act: Callable[[], None], seconds: float = MOMENT
    ) -> None:
        self._owner = owner
        self._act = act
        self._seconds = seconds
        self._timer: Timer | None = None

    def touch(self) -> None:
        if self._timer is None:
            self._timer = self._owner.set_timer(self._seconds, self.flush)

    def flush(self) -> None:
        """Now, if anything changed since the last time."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._act()

    def cancel(self) -> None:
        """What changed is to be forgotten: it was sent."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


class Scribe:
    """Writes texts in one thread of its own; the newest of a place wins, none is forgotten.

    `write(place, text)`; None drops what is kept there. What the record refuses is tried again.
    """

    def __init__(
        self,
        write: Callable[[Place, str | None], None],
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._write = write
        self._say = say
        self._todo: dict[Place, str | None] = {}
        self._busy = False
        self._ended = False
        self._changed = Condition()
        self._thread: Thread | None = None

    def keep(self, place: Place, text: str) -> None:
        self._put(place, text)

    def drop(self, place: Place) -> None:
        """It was sent or saved; nothing is left to keep."""
        self._put(place, None)

    def _put(self, place: Place, text: str | None) -> None:
        with self._changed:
            if self._ended:
                return
            self._todo[place] = text
            if self._thread is None:
                self._thread = Thread(target=self._run, name="scribe", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, seconds: float = 2.0) -> bool:
        """Wait until everything is written; False when it could not be in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._todo and not self._busy, seconds)

    def close(self, seconds: float = 2.0) -> bool:
        """Write what is left and end the thread; False when something could not be written."""
        written = self.flush(seconds)
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(seconds)
        return written

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._todo) or self._ended)
                if self._ended:
                    return
                now, self._todo, self._busy = self._todo, {}, True
            refused = self._write_all(now)
            with self._changed:
                self._todo = {**refused, **self._todo}
                self._busy = False
                self._changed.notify_all()
                if refused:
                    self._changed.wait_for(lambda: self._ended, PATIENCE)

    def _write_all(self, texts: dict[Place, str | None]) -> dict[Place, str | None]:
        """What could not be written; each refusal is said."""
        refused: dict[Place, str | None] = {}
        for place, text in texts.items():
            try:
                self._write(place, text)
            except ConcordError as error:
                refused[place] = text
                self._say(f"not saved yet, trying again: {error}")
        return refused
