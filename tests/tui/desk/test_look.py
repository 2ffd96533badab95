"""How the desk looks: contrast in every theme, no colour needed, small and growing windows."""

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest
from rich.color import Color, blend_rgb
from rich.segment import Segment
from textual.app import App

from tests.support.screens import Seat, at_desk
from tui.desk.themes import THEMES

LEAST = 4.5
"""Contrast that plain text needs (WCAG AA)."""
FRAME = set(" ▊▔▁─━│┃╭╮╰╯┏┓┗┛┌┐└┘╍▏▎▍▌▁▂▃▄▅▆▇█")


def _luminance(color: Color) -> float:
    parts = [v / 255 for v in color.get_truecolor()]
    low, high = 0.04045, 1.055
    red, green, blue = (v / 12.92 if v <= low else ((v + 0.055) / high) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(segment: Segment) -> float:
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    fore, back = style.color, style.bgcolor
    if style.reverse:
        fore, back = back, fore
    if style.dim:
        fore = Color.from_triplet(blend_rgb(fore.get_truecolor(), back.get_truecolor(), 0.5))
    lights = sorted((_luminance(fore), _luminance(back)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _weak(app: App[None]) -> set[tuple[str, float, str]]:
    """What is hard to read on the screen."""
    found = set()
    boxes = app.screen.query("#box, #dialog")  # what lies below a dialog is dimmed on purpose
    region = boxes.first().region if boxes else app.screen.region
    strips = app.screen._compositor.render_strips()[region.y : region.bottom]
    for strip in strips:
        for segment in strip.crop(region.x, region.right):
            words = "".join(c for c in segment.text if c not in FRAME).strip()
            if words and segment.style and segment.style.color and segment.style.bgcolor:
                contrast = round(_contrast(segment), 1)
                if contrast < LEAST:
                    found.add((words, contrast, str(segment.style)))
    return found


async def _walk(seat: Seat) -> set[tuple[str, float, str]]:
    """Every screen, pane and dialog of the desk."""
    weak = set(_weak(seat.app))
    steps = ("?", "escape", ":", "escape", "!", "escape", "/", "enter", "enter")
    for key in steps:
        await seat.press(key)
        weak |= _weak(seat.app)
    await seat.opened()
    for key in ("a", "5", "6", "7", "2", "1", "e", "escape", "x", "escape", "c", "escape", "m"):
        await seat.press(key)
        await seat.pilot.pause(0.02)
        weak |= _weak(seat.app)
    return weak


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
def test_every_word_is_legible(theme: str, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")

    async def play() -> None:
        async with at_desk(office, (120, 36)) as seat:
            seat.app.theme = theme
            await seat.pilot.pause()
            assert await _walk(seat) == set()

    asyncio.run(play())


def test_without_colour_every_word_is_legible_and_states_are_words(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            for _ in THEMES:
                await seat.press("T")
                assert _weak(seat.app) == set()
            assert any(line.strip().startswith("> ") for line in seat.lines())
            await seat.press("enter")
            await seat.opened()
            await seat.press("a")
            await seat.sees("+ accepted", "BLOCKER", "EXACT", "> ")

    asyncio.run(play())


def test_a_small_window_says_so_and_gives_all_back(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            for width, height in ((59, 24), (80, 19), (30, 6)):
                await seat.pilot.resize_terminal(width, height)
                await seat.pilot.pause()
                text = " ".join(" ".join(seat.lines()).split())
                assert "needs 60 columns and 20 rows" in text
                assert "INBOX" not in text
            await seat.pilot.resize_terminal(60, 20)
            await seat.sees("INBOX", "automatic-no", "? keys")

    asyncio.run(play())


def test_growing_and_shrinking_keeps_the_place(office: Path) -> None:
    sizes = [(60, 20), (80, 24), (100, 30), (160, 48), (220, 60), (80, 24)]

    async def play() -> None:
        async with at_desk(office, sizes[-1], start="automatic-no") as seat:
            await seat.press("j", "j")
            item = seat.draft.item
            assert item is not None
            for before, size in pairwise([sizes[-1], *sizes]):
                await seat.pilot.resize_terminal(*size)
                await seat.pilot.pause(0.02)
                assert seat.draft.item is not None, (before, size)
                assert seat.draft.item.id == item.id
                assert len(seat.lines()) == size[1]
                assert all(len(line) <= size[0] for line in seat.lines())
                assert seat.shows("No human oversight"), size
                assert seat.lines()[-1].rstrip().endswith("? keys")

    asyncio.run(play())
