"""What every screen of the desk shares: bindings from the table, the status line, help, palette.

A screen subclasses DeskScreen, names itself in NAME, sets BINDINGS = bindings_for(NAME), and has a
method `do_ID` for each action that is live on it. No I/O here: work goes through `desk_app.ask`.
"""

from typing import ClassVar, cast

from textual import events, on
from textual.screen import Screen

from tui.desk.help import HelpScreen, Palette
from tui.desk.jobs import JobsScreen
from tui.desk.keys import ACTIONS, FOOTERS, Where, actions_for, keys_of, shown
from tui.desk.messages import Done, Failed
from tui.desk.root import DeskRoot
from tui.desk.widgets import KeyBar, StatusLine, TooSmall

LEAST = (60, 20)
"""Columns and rows below which nothing sensible fits."""


class DeskScreen(Screen[None]):
    """A full screen of the desk."""

    NAME: ClassVar[Where]
    AUTO_FOCUS = ""

    @property
    def desk_app(self) -> DeskRoot:
        return cast(DeskRoot, self.app)

    def live(self, action: str) -> bool:
        """Whether an action does something here and now; help, palette and keys all ask."""
        return hasattr(self, f"do_{action}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "act":
            return self.live(str(parameters[0]))
        return super().check_action(action, parameters)

    def action_act(self, action: str) -> None:
        getattr(self, f"do_{action}")()

    def say(self, words: str, *, error: bool = False) -> None:
        """One line at the bottom; cleaned there."""
        for line in self.query(StatusLine):
            line.say(words, error=error)

    def keys(self, action: str) -> str:
        """Its keys as a person types them."""
        return " ".join(shown(key) for key in keys_of(ACTIONS[action], self.desk_app.keymap))

    def live_actions(self) -> list[tuple[str, str, str, str]]:
        """(id, keys, label, words) of what does something now, in the order of the table."""
        return [
            (a.id, self.keys(a.id), a.label, a.words)
            for a in actions_for(self.NAME)
            if self.live(a.id)
        ]

    def refresh_keys(self) -> None:
        """What the key bar shows; call it when another action came alive."""
        wanted = [ACTIONS[id_] for id_ in FOOTERS[self.NAME] if self.live(id_)]
        pairs = [(self.keys(action.id).split(" ")[0], action.label) for action in wanted]
        for bar in self.query(KeyBar):
            bar.show(pairs)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        message.stop()
        self.desk_app.note_error(message.sentence)
        self.say(message.sentence, error=True)

    @on(Done)
    def _done(self, message: Done) -> None:
        if message.words:  # a thing done in passing says nothing, and wipes nothing out
            self.say(message.words)

    def on_mount(self) -> None:
        self.refresh_keys()

    def on_resize(self, event: events.Resize) -> None:
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        self.set_class(small, "too-small")
        for widget in self.query(TooSmall):
            widget.show_size(event.size.width, event.size.height)

    def board_changed(self, reread: bool) -> None:
        """Background drafting moved; `reread`: the record changed."""

    # What every screen can do

    def do_help(self) -> None:
        self.app.push_screen(HelpScreen(self.live_actions()))

    def do_palette(self) -> None:
        def run(action: str | None) -> None:
            if action and self.live(action):
                self.action_act(action)

        self.app.push_screen(Palette(self.live_actions()), run)

    def do_jobs(self) -> None:
        board = self.desk_app.board

        def answer(wanted: str | None) -> None:
            if wanted == "retry":
                root = self.desk_app.desk.settings.root
                self.desk_app.begin_drafting([root / row.path for row in board.failed()])

        self.app.push_screen(JobsScreen(board), answer)

    def do_theme(self) -> None:
        self.say(f"theme: {self.desk_app.next_theme()}")

    def do_back(self) -> None:
        """To the screen below; from the first one the desk is left."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.desk_app.end()

    def do_close(self) -> None:
        """Nothing is open on top of a full screen."""

    def do_down(self) -> None:
        self._move("cursor_down", "scroll_down")

    def do_up(self) -> None:
        self._move("cursor_up", "scroll_up")

    def do_top(self) -> None:
        self._move("scroll_top", "scroll_home")

    def do_bottom(self) -> None:
        self._move("scroll_bottom", "scroll_end")

    def _move(self, *actions: str) -> None:
        """The focused widget's own movement, under the letters of vi."""
        for name in actions:
            move = getattr(self.focused, f"action_{name}", None)
            if move is not None:
                move()
                return
