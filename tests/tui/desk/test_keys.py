"""One table of actions is footer, help, palette and bindings; `[desk.keys]` moves them by id."""

import asyncio
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from agent.errors import SettingsError
from agent.settings import Settings, load_settings
from tests.support.office import write_office
from tests.support.screens import at_desk
from tui.desk.decision import DecisionScreen
from tui.desk.draft import DraftScreen
from tui.desk.inbox import InboxScreen
from tui.desk.keymap import keymap_of
from tui.desk.keys import ACTIONS, DECIDING, FOOTERS, actions_for, clashes, keys_of
from tui.desk.screen import DeskScreen

SCREENS: tuple[type[DeskScreen], ...] = (InboxScreen, DraftScreen, DecisionScreen)
HELD = ("ctrl", "alt")


def _settings(root: Path, text: str) -> Settings:
    write_office(root)
    (root / "concord.toml").write_text(text, encoding="utf-8")
    return load_settings(root, by="ana", environ={})


def test_no_key_means_two_things_on_one_screen() -> None:
    assert list(clashes({})) == []


def test_no_action_needs_a_held_key_and_enter_decides_nothing() -> None:
    for action in ACTIONS.values():
        for key in action.keys:
            assert not key.startswith(HELD), action
            assert not (key.startswith("f") and key[1:].isdigit()), action
            assert action.id not in DECIDING or key not in ("enter", "backspace"), action


@pytest.mark.parametrize("screen", SCREENS)
def test_every_action_of_a_screen_has_its_work(screen: type[DeskScreen]) -> None:
    for action in actions_for(screen.NAME):
        if not action.id.startswith(("pane_", "outcome_")):
            assert hasattr(screen, f"do_{action.id}"), action.id
    bound = {b.id for b in screen.BINDINGS if not isinstance(b, tuple)}
    assert bound == {action.id for action in actions_for(screen.NAME)}


@pytest.mark.parametrize("screen", SCREENS)
def test_footers_hold_ten_at_most_and_end_with_help(screen: type[DeskScreen]) -> None:
    footer = FOOTERS[screen.NAME]
    assert len(footer) <= 10
    assert footer[-1] == "help"
    assert all(screen.NAME in ACTIONS[id_].where for id_ in footer)


def test_help_lists_what_is_live_and_filters(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            live = seat.inbox.live_actions()
            names = {id_ for id_, *_ in live}
            assert "sort" in names
            assert not names & {"undo", "accept", "zoom"}
            await seat.press("?")
            text = str(seat.app.screen.query_one("#lines", Static).content)
            assert len(text.split("\n")) == len(live)
            for _, keys, label, words in live:
                assert any(
                    keys in line and label in line and words in line for line in text.split("\n")
                )
            await seat.type("release")
            text = str(seat.app.screen.query_one("#lines", Static).content)
            assert text.split() == "t take take it, or release it".split()
            await seat.press("escape")
            assert seat.inbox

    asyncio.run(play())


def test_the_palette_runs_an_action_by_its_name(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            live = [id_ for id_, *_ in seat.inbox.live_actions()]
            await seat.press(":")
            found = seat.app.screen.query_one(OptionList)
            assert [found.get_option_at_index(n).id for n in range(found.option_count)] == live
            await seat.type("sort")
            await seat.press("enter")
            assert seat.inbox.listed.sort == "id"

    asyncio.run(play())


def test_a_footer_is_never_clipped(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            for width in (60, 66, 71, 80, 100):
                await seat.pilot.resize_terminal(width, 24)
                await seat.pilot.pause()
                last = seat.lines()[-1].rstrip()
                assert last.endswith("? keys"), last
                assert len(last) <= width

    asyncio.run(play())


def test_keys_are_moved_by_id(tmp_path: Path, office: Path) -> None:
    settings = _settings(tmp_path, '[desk.keys]\nsort = "Z"\ntake = ["f5", ","]\nmark = "s"\n')
    keymap = keymap_of(settings)
    assert keys_of(ACTIONS["sort"], keymap) == ("Z",)

    async def play() -> None:
        async with at_desk(office, keymap=keymap) as seat:
            await seat.press("s")
            assert len(seat.inbox.listed.marked) == 1
            await seat.press("Z")
            assert seat.inbox.listed.sort == "id"
            await seat.press("comma")
            await seat.until(lambda: any(row.holder for row in seat.inbox.listed.rows))
            assert seat.lines()[-1].count("Z sort") == 1

    asyncio.run(play())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[desk.keys]\naccept = "a"\nacept = "b"\n', 3, "no such action; did you mean `accept`?"),
        ('[desk.keys]\n\naccept = "x"\n', 3, "`x` would mean both `dismiss` and `accept`"),
        ('[desk.keys]\nsort = "meta+q"\n', 2, "`meta+q` is no key"),
        ("[desk.keys]\nsort = []\n", 2, "it needs a key"),
        ('[desk.keys]\naccept = "enter"\n', 2, "`enter` never decides anything"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(SettingsError) as told:
        keymap_of(_settings(tmp_path, text))
    assert f"concord.toml:{line}:" in str(told.value)
    assert words in str(told.value)


def test_keys_of_a_wrong_type_are_told_with_the_other_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"concord\.toml:2: `desk\.keys\.sort"):
        _settings(tmp_path, "[desk.keys]\nsort = 3\n")
