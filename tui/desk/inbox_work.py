"""What the inbox's keys do: take or release, draft in the background, write to files."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.desk.dialogs import ConfirmDialog
from tui.desk.inbox_rows import InboxList
from tui.desk.list_screen import ListScreen
from tui.desk.messages import Done, FilesFound


class InboxWork(ListScreen):
    """Works on what is marked, else on the row under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = InboxList()

    def here(self) -> str:
        """The initiative under the cursor; empty when there is none."""
        raise NotImplementedError

    def do_refresh(self) -> None:
        raise NotImplementedError

    def wanted(self) -> list[str]:
        """The marked ones, else the one under the cursor."""
        return sorted(self.listed.marked) or [name for name in [self.here()] if name]

    def do_take(self) -> None:
        desk, names = self.desk_app.desk, self.wanted()
        holders = {row.initiative: row.holder for row in self.listed.rows}

        def take() -> Message:
            return Done(taken(names, holders, desk.user, desk.take, desk.release), reread=True)

        self.desk_app.ask(take, self, "take")

    def do_draft(self) -> None:
        desk, names = self.desk_app.desk, sorted(self.listed.marked)
        if self.desk_app.board.running:
            self.say("drafting is under way; ! shows it", error=True)
            return

        def find() -> Message:
            files = desk.files(names)
            return FilesFound(files, desk.sends(len(files)))

        self.desk_app.ask(find, self, "draft")

    @on(FilesFound)
    def _files(self, message: FilesFound) -> None:
        if not message.files:
            self.say("proposals/ holds no markdown file", error=True)
        elif not message.sent:
            self.desk_app.begin_drafting(message.files)
        else:
            question, *details = message.sent
            self.app.push_screen(
                ConfirmDialog(question, details),
                lambda yes: self.desk_app.begin_drafting(message.files) if yes else None,
            )

    def do_export(self) -> None:
        desk, names = self.desk_app.desk, self.wanted()
        self.desk_app.ask(
            lambda: Done(exported(names, desk.export, desk.settings.root)), self, "export"
        )

    def board_changed(self, reread: bool) -> None:
        line = self.desk_app.board.line()
        job = self.query_one("#job", Static)
        job.display = bool(line)
        job.update(Content(line))
        if reread:
            self.do_refresh()


def taken(
    names: Sequence[str],
    holders: Mapping[str, str],
    user: str,
    take: Callable[[str], None],
    release: Callable[[str], None],
) -> str:
    """Take each, or release it where it is held by this person already; says what was done."""
    told = []
    for name in names:
        mine = holders.get(name) == user
        (release if mine else take)(name)
        told.append(f"{'released' if mine else 'took'} {name}")
    return ", ".join(told)


def exported(names: Sequence[str], export: Callable[[str, str], Path], root: Path) -> str:
    """Write each as a page that a browser shows; says where in the office."""
    return "wrote " + ", ".join(str(export(name, "html").relative_to(root)) for name in names)
