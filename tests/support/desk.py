"""The desk for pilot tests: a host without the screens, a real office, and hands that type."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from agent.settings import load_settings
from tui.desk import root
from tui.desk.decision import DecisionScreen
from tui.desk.root import DeskRoot
from tui.desk.service import Desk, open_desk

BETWEEN_KEYS = 0.03
"""Seconds from key to key of a very fast hand."""
_NAMES = {"\r": "enter", " ": "space", "-": "minus", ".": "full_stop"}
SMALL, LARGE = (80, 24), (160, 48)


class Host(DeskRoot):
    """The application with no screen of its own."""

    CSS_PATH = Path(root.__file__).parent / "app.tcss"


@dataclass
class Table:
    """A decision sheet on the screen, and what it said when it was done."""

    pilot: Pilot[None]
    host: Host
    sheet: DecisionScreen = field(init=False)
    done: list[str] = field(default_factory=list)

    async def open(self, initiative: str, *, armed: bool = True) -> None:
        """Lay another sheet on the table."""
        opened = await asyncio.to_thread(self.desk.open, initiative)
        self.done.clear()
        self.sheet = DecisionScreen(opened, self.done.append)
        await self.host.push_screen(self.sheet)
        if armed:
            await self.armed()

    @property
    def desk(self) -> Desk:
        return self.host.desk

    def words(self, id_: str) -> str:
        return words_of(self.sheet, id_)

    async def until(self, held: Callable[[], bool], seconds: float = 10) -> None:
        await until(self.pilot, held, seconds)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Into the field that has the focus; far quicker than key by key."""
        await send_keys(self.host, self.pilot, text)

    async def armed(self) -> None:
        await self.until(lambda: not self.sheet.query_one("#both").disabled)

    async def with_letter(self) -> None:
        await self.until(lambda: self.sheet.prepared is not None)

    async def type_id(self, text: str) -> None:
        """Focus the line for the id and type it as a hand does, then Enter."""
        self.sheet.query_one("#typed").focus()
        await self.pilot.pause()
        await type_by_hand(self.host, self.pilot, text)

    async def send(self) -> None:
        """Type the id, read the receipt, and leave."""
        await self.with_letter()
        await self.type_id(self.sheet.initiative)
        await self.until(lambda: self.host.screen is not self.sheet or bool(self.done))
        await self.press("enter")
        await self.until(lambda: bool(self.done))


async def type_by_hand(host: App[Any], pilot: Pilot[None], text: str) -> None:
    """The text and Enter, each key stamped as a hand would have sent it."""
    await send_keys(host, pilot, f"{text}\r", BETWEEN_KEYS)


async def send_keys(host: App[Any], pilot: Pilot[None], text: str, between: float = 0.0) -> None:
    """Keys in one go, so many seconds apart by their stamps; `\r` is Enter."""
    for n, letter in enumerate(text):
        key = events.Key(_NAMES.get(letter, letter), letter)
        key.time += n * between
        host.post_message(key)
    await pilot.pause()
    await pilot.pause()


async def until(pilot: Pilot[None], held: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something to hold; slow machines wait longer, quick ones do not."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not held():
        assert loop.time() < end, "it did not come to hold"
        await pilot.pause(0.01)


def words_of(screen: Screen[Any], id_: str) -> str:
    """The text of a Static."""
    return str(screen.query_one(f"#{id_}", Static).content)


@asynccontextmanager
async def at_table(
    office: Path, initiative: str, size: tuple[int, int] = SMALL, *, armed: bool = True
) -> AsyncIterator[Table]:
    """The decision sheet of an initiative."""
    with open_desk(load_settings(office)) as desk:
        host = Host(desk)
        async with host.run_test(size=size) as pilot:
            table = Table(pilot, host)
            await table.open(initiative, armed=armed)
            yield table


@asynccontextmanager
async def hosted(
    desk: Desk, screen: Screen[Any], size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[Pilot[None], list[object]]]:
    """Any screen or dialog over an empty host, and its answers."""
    answers: list[object] = []
    host = Host(desk)
    async with host.run_test(size=size) as pilot:
        await host.push_screen(screen, answers.append)
        await pilot.pause()
        yield pilot, answers
