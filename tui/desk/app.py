"""The desk as an application: which screen opens first."""

from tui.desk.board import Drafter
from tui.desk.inbox import InboxScreen
from tui.desk.keys import Keymap
from tui.desk.root import DeskRoot
from tui.desk.service import Desk


class DeskApp(DeskRoot):
    """Open it with a Desk; `start` names the initiative to open at once."""

    TITLE = "Concord"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        desk: Desk,
        keymap: Keymap | None = None,
        start: str = "",
        drafter: Drafter | None = None,
    ) -> None:
        super().__init__(desk, keymap, drafter)
        self.start = start

    def on_mount(self) -> None:
        self.push_screen(InboxScreen(self.start))
