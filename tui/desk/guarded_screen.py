"""A screen on which nothing counts until it has stood before the person for half a second.

What it guards has the class `guarded` and is disabled until then, so that no click can put the
focus where keys would go past the guard. The rules themselves stand in guard.py.
"""

from textual import events
from textual.timer import Timer

from tui.desk.guard import ARM, Guard
from tui.desk.screen import DeskScreen


class GuardedScreen(DeskScreen):
    """Call `painted` once what the person decides on is on the screen; `armed` comes after it."""

    def __init__(self, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.guard = Guard()
        self._arming: Timer | None = None

    def disarm(self) -> None:
        """What is shown will be another thing: nothing counts until it is painted."""
        self.guard.disarm()
        if self._arming is not None:
            self._arming.stop()
        for widget in self.query(".guarded"):
            widget.disabled = True

    def painted(self) -> None:
        self.guard.painted(events.Idle().time)  # by the clock that stamps every event
        self._arming = self.set_timer(ARM, self._arm)

    def _arm(self) -> None:
        for widget in self.query(".guarded"):
            widget.disabled = False
        self.armed()

    def armed(self) -> None:
        """From now on input counts."""

    async def on_event(self, event: events.Event) -> None:
        """Before it is armed no key, paste or click counts, whenever it was sent."""
        guarded = isinstance(event, events.InputEvent | events.Paste)
        if guarded and not self.guard.counts(event):
            event.stop()
            return
        await super().on_event(event)
