"""One initiative on the table (stub)."""

from tui.desk.keys import bindings_for
from tui.desk.screen import DeskScreen


class DraftScreen(DeskScreen):
    NAME = "draft"
    BINDINGS = bindings_for("draft")

    def __init__(self, initiative: str) -> None:
        super().__init__()
        self.initiative = initiative
