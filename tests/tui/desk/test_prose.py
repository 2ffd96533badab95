"""Text of more lines than the pane has room for: no word is lost where the scroll bar appears."""

import asyncio
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from tui.desk import root
from tui.desk.cells import hang
from tui.desk.prose import Prose

WORDS = " ".join(f"word{number}" for number in range(600))


class Host(App[None]):
    CSS_PATH = str(Path(root.__file__).parent / "app.tcss")

    def compose(self) -> ComposeResult:
        yield Prose(id="finding")


async def _shown(size: tuple[int, int]) -> list[str]:
    app = Host()
    async with app.run_test(size=size) as pilot:
        prose = app.query_one(Prose)
        prose.put(hang("Why  ", Content(WORDS), prose.room).split("\n"))
        await pilot.pause()
        assert len(prose.shown) > prose.scrollable_content_region.height
        return [prose.render_line(y).text for y in range(prose.scrollable_content_region.height)]


@pytest.mark.parametrize("size", [(60, 20), (81, 24), (100, 30)])
def test_every_word_of_a_line_is_shown(size: tuple[int, int]) -> None:
    found = " ".join(asyncio.run(_shown(size))).split()[1:]
    assert found == WORDS.split()[: len(found)]
