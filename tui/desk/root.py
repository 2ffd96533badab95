"""What every screen may ask of the application: the desk, the keymap, a job in a thread, the theme.

The one way from a screen to its work: `ask` runs a job of the service in a thread; its result comes
back as a message, a failure as one sentence.
"""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding
from textual.message import Message
from textual.message_pump import MessagePump

from knowledge.errors import ConcordError
from tui.desk.board import Board, Drafter
from tui.desk.keeping import Place, Scribe
from tui.desk.keymap import textual_keys
from tui.desk.keys import Bindings, Keymap
from tui.desk.messages import DraftingEnded, DraftingMoved, DraftingSpoke, Failed, FileDrafted
from tui.desk.service import Desk
from tui.desk.themes import THEMES
from tui.edge import sentence_of


class DeskRoot(App[None]):
    """The application without its screens."""

    BINDINGS: ClassVar[Bindings] = [
        Binding("ctrl+c", "end(130)", "end", show=False, priority=True),
        Binding("ctrl+q", "end(0)", "end", show=False, priority=True),
    ]

    def __init__(
        self, desk: Desk, keymap: Keymap | None = None, drafter: Drafter | None = None
    ) -> None:
        super().__init__()
        self.desk = desk
        self.drafter: Drafter | None = drafter or getattr(desk, "draft", None)
        self.board = Board()
        self.scribe = Scribe(self._write_text, self._not_saved)
        """Puts on record what is being typed: `scribe.keep((initiative, version, field), text)`."""
        self.fault: Exception | None = None
        """What went wrong inside the application itself."""
        self.keymap: Keymap = keymap or {}
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.set_keymap(dict(textual_keys(self.keymap)))

    def next_theme(self) -> str:
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        return self.theme

    def note_error(self, sentence: str) -> None:
        self.board.errors.append(sentence)

    def _write_text(self, place: Place, text: str | None) -> None:
        """In the scribe's thread."""
        if text is None:
            self.desk.drop_text(*place)
        else:
            self.desk.keep_text(*place, text)

    def _not_saved(self, sentence: str) -> None:
        self.post_message(Failed(sentence, "keep"))

    # The end

    def end(self, code: int = 0) -> None:
        """What was typed goes on record, work in the background stops, the screen goes."""
        self._keep_all()
        self.board.stop.set()
        self.exit(return_code=code)

    def action_end(self, code: int) -> None:
        self.end(code)

    async def action_quit(self) -> None:
        self.end()

    def on_unmount(self) -> None:
        self.scribe.close()

    def _keep_all(self) -> None:
        for screen in self.screen_stack:
            flush = getattr(screen, "flush", None)
            if flush is not None:
                flush()
        self.scribe.flush()

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours: the edge tells it in one sentence, and no local value reaches the
        screen. Even then nothing typed is lost."""
        if self.fault is None:
            self.fault = error
            with contextlib.suppress(Exception):
                self._keep_all()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Instead of a traceback with every local value on the terminal."""
        self._close_messages_no_wait()

    @work(thread=True, exit_on_error=False)
    def ask(self, job: Callable[[], Message], back: MessagePump, what: str = "") -> None:
        """Do a job of the service in a thread; its message goes to `back`, a failure as Failed."""
        back.post_message(result_of(job, what))

    def begin_drafting(self, files: Sequence[Path]) -> None:
        """One job at a time."""
        if not self.board.running:
            self.board.begin(len(files))
            self.tell_screens()
            self._start_drafting(files)

    @work(thread=True, exit_on_error=False)
    def _start_drafting(self, files: Sequence[Path]) -> None:
        """Draft files in the background; each row comes as a message, whatever happens."""
        if self.drafter is None:
            self.post_message(Failed("Drafting is not possible here: run `concord review`."))
            self.post_message(DraftingEnded())
            return
        stop = self.board.stop

        def moved(done: int, total: int, label: str) -> None:
            self.post_message(DraftingMoved(done, total, label))

        def said(words: str) -> None:
            self.post_message(DraftingSpoke(words))

        def run(drafter: Drafter) -> DraftingEnded:
            for row in drafter(files, say=said, progress=moved, cancelled=stop.is_set):
                self.post_message(FileDrafted(row))
            return DraftingEnded(cancelled=stop.is_set())

        drafter = self.drafter
        ended = result_of(lambda: run(drafter), "draft")
        if isinstance(ended, Failed):
            self.post_message(ended)
            ended = DraftingEnded()
        self.post_message(ended)

    @on(DraftingMoved)
    def _moved(self, message: DraftingMoved) -> None:
        board = self.board
        board.done, board.total, board.label = message.done, message.total, message.label
        self.tell_screens()

    @on(DraftingSpoke)
    def _spoke(self, message: DraftingSpoke) -> None:
        self.board.said.append(message.words)
        self.tell_screens()

    @on(FileDrafted)
    def _drafted(self, message: FileDrafted) -> None:
        self.board.rows.append(message.row)
        self.tell_screens()

    @on(DraftingEnded)
    def _ended(self) -> None:
        self.board.running = False
        self.tell_screens(reread=True)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self.note_error(message.sentence)
        self.tell_screens()

    def tell_screens(self, *, reread: bool = False) -> None:
        """The board changed."""
        for screen in self.screen_stack:
            tell = getattr(screen, "board_changed", None)
            if tell is not None:
                tell(reread)


def result_of(job: Callable[[], Message], what: str) -> Message:
    """The message that a job makes, or the one that says why it could not."""
    try:
        return job()
    except ConcordError as error:
        return Failed(str(error), what)
    except Exception as error:  # noqa: BLE001 - a worker of the desk: one of the edges in the design
        return Failed(sentence_of(error), what)
