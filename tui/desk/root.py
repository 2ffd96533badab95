"""What every screen may ask of the application: the desk, the keymap, a job in a thread, the theme.

The one way from a screen to its work: `ask` runs a job of the service in a thread; its result comes
back as a message, a failure as one sentence.
"""

from collections.abc import Callable

from textual import work
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from knowledge.errors import ConcordError
from tui.desk.keys import Keymap
from tui.desk.messages import Failed
from tui.desk.service import Desk
from tui.desk.themes import THEMES
from tui.edge import sentence_of


class DeskRoot(App[None]):
    """The application without its screens."""

    def __init__(self, desk: Desk, keymap: Keymap | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.keymap: Keymap = keymap or {}
        self.errors: list[str] = []
        """Every failure since the start, in the words that were shown."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.set_keymap({id_: ",".join(keys) for id_, keys in self.keymap.items()})

    def next_theme(self) -> str:
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        return self.theme

    def note_error(self, sentence: str) -> None:
        self.errors.append(sentence)

    @work(thread=True, exit_on_error=False)
    def ask(self, job: Callable[[], Message], back: MessagePump, what: str = "") -> None:
        """Do a job of the service in a thread; its message goes to `back`, a failure as Failed."""
        back.post_message(result_of(job, what))


def result_of(job: Callable[[], Message], what: str) -> Message:
    """The message that a job makes, or the one that says why it could not."""
    try:
        return job()
    except ConcordError as error:
        return Failed(str(error), what)
    except Exception as error:  # noqa: BLE001 - a worker of the desk: one of the edges in the design
        return Failed(sentence_of(error), what)
