"""The whole desk for pilot tests: the application on a real office, and what its screen says."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from agent.deciding import Opened
from agent.settings import load_settings
from tests.support.desk import SMALL, send_keys, until
from tui.desk.app import DeskApp
from tui.desk.board import Drafter
from tui.desk.draft import DraftScreen
from tui.desk.inbox import InboxScreen
from tui.desk.keys import Keymap
from tui.desk.rows import Rows
from tui.desk.service import Desk, open_desk


@dataclass
class Seat:
    """A person at the desk."""

    pilot: Pilot[None]
    app: DeskApp

    @property
    def desk(self) -> Desk:
        return self.app.desk

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)

    async def type(self, text: str) -> None:
        """Words in one go, as somebody quick types them."""
        await send_keys(self.app, self.pilot, text)

    async def until(self, held: Callable[[], bool]) -> None:
        await until(self.pilot, held)

    def lines(self) -> list[str]:
        """The screen, as a person reads it."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def shows(self, *words: str) -> bool:
        text = "\n".join(self.lines())
        return all(word in text for word in words)

    async def sees(self, *words: str) -> None:
        await self.until(lambda: self.shows(*words))

    @property
    def inbox(self) -> InboxScreen:
        screen = self.app.screen
        assert isinstance(screen, InboxScreen), screen
        return screen

    @property
    def draft(self) -> DraftScreen:
        screen = self.app.screen
        assert isinstance(screen, DraftScreen), screen
        return screen

    @property
    def sheet(self) -> Opened:
        opened = self.draft.opened
        assert opened is not None
        return opened

    def rows(self, id_: str) -> Rows:
        return self.app.screen.query_one(f"#{id_}", Rows)

    async def open(self, initiative: str) -> None:
        """From the inbox to one initiative."""
        self.inbox.open(initiative)
        await self.opened()

    async def opened(self) -> None:
        await self.until(lambda: isinstance(self.app.screen, DraftScreen))
        await self.until(lambda: self.draft.opened is not None and self.draft.item is not None)
        await self.pilot.pause()

    async def saved(self, words: str = "saved:") -> None:
        await self.until(lambda: any(line.strip().startswith(words) for line in self.lines()[-3:]))


@asynccontextmanager
async def at_desk(
    office: Path,
    size: tuple[int, int] = SMALL,
    *,
    start: str = "",
    keymap: Keymap | None = None,
    drafter: Drafter | None = None,
) -> AsyncIterator[Seat]:
    """The desk, open on its inbox or on `start`."""
    with open_desk(load_settings(office, by="ana", environ={})) as desk:
        app = DeskApp(desk, keymap, start=start, drafter=drafter)
        async with app.run_test(size=size) as pilot:
            seat = Seat(pilot, app)
            if start:
                await seat.opened()
            else:
                await seat.until(lambda: seat.shows("shown") or seat.shows("1 findings"))
            yield seat
