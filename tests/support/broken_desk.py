"""A desk with a fault of its own, for the test that the terminal survives it. Run as a module."""

import sys
import time
from functools import partial
from pathlib import Path

from agent.settings import load_settings
from tui.desk import root
from tui.desk.app import DeskApp
from tui.desk.messages import Done
from tui.desk.service import open_desk
from tui.desk.terminal import run
from tui.edge import guarded

SLOW = (0.1, 0.2, 0.3, 0.5, 0.8, 1.2)
"""Seconds of work that is still under way when the desk ends."""


class BrokenDesk(DeskApp):
    """F5 is a key that nobody thought through."""

    CSS_PATH = str(Path(root.__file__).parent / "app.tcss")

    def key_f5(self) -> None:
        for seconds in SLOW:
            self.ask(partial(_slow, seconds), self)
        secret = "sk-not-for-anybody"
        raise RuntimeError(f"a fault; {len(secret)} characters were near")


def _slow(seconds: float) -> Done:
    time.sleep(seconds)
    return Done("")


def _open(office: Path) -> int:
    with open_desk(load_settings(office)) as desk:
        return run(BrokenDesk(desk))


if __name__ == "__main__":
    sys.exit(guarded(lambda: _open(Path(sys.argv[2]))))
