"""`concord desk`: the office's record on the screen; without a terminal, one line and exit 2."""

from pathlib import Path

from agent.settings import load_settings


def run(initiative: str, office: Path | None, by: str | None) -> int:
    from tui.desk.terminal import refuse_without_terminal

    refuse_without_terminal()
    settings = load_settings(office, by=by)
    from tui.desk.app import DeskApp
    from tui.desk.keymap import keymap_of
    from tui.desk.service import open_desk
    from tui.desk.terminal import run as show

    keymap = keymap_of(settings)
    with open_desk(settings) as desk:
        if initiative:
            desk.store.version(initiative)  # its error names the initiatives that are meant
        return show(DeskApp(desk, keymap, start=initiative))
