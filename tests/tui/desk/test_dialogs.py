"""Dialogs: each answers by type, keeps what was typed, and lets no control byte in."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from agent.schema.decision import AddedFinding, Dismissal
from tests.support.desk import SMALL, send_keys, until
from tests.support.hostile import HOSTILE
from tests.support.naughty import STRINGS
from tui.desk.dialogs import (
    REASONS,
    AddDialog,
    Choice,
    ChoiceDialog,
    ConfirmDialog,
    NoticeDialog,
    ReasonDialog,
    TextDialog,
)
from tui.desk.fields import Box, Line

STATUSES = ["in_place", "planned", "absent", "unclear", "not_applicable", "confirmed"]
Play = Callable[[Pilot[None]], Awaitable[None]]


def answers(dialog: Any, play: Play, size: tuple[int, int] = SMALL) -> list[Any]:
    """What a dialog answers when it is played with."""
    return answers_of([(dialog, play)], size)


def answers_of(plays: Sequence[tuple[Any, Play]], size: tuple[int, int] = SMALL) -> list[Any]:
    """The same for several dialogs, one after the other; one that is not answered is closed."""
    given: list[Any] = []

    async def run() -> None:
        app: App[None] = App()
        async with app.run_test(size=size) as pilot:
            for dialog, play in plays:
                await app.push_screen(dialog, given.append)
                await pilot.pause()
                await play(pilot)
                await pilot.pause()
                if app.screen is dialog and len(plays) > 1:
                    await app.pop_screen()

    asyncio.run(run())
    return given


def keys(*pressed: str) -> Play:
    """Presses keys; a word of several letters that is no key's name is typed."""

    async def play(pilot: Pilot[None]) -> None:
        for key in pressed:
            if key.startswith("'"):
                await send_keys(pilot.app, pilot, key[1:])
            else:
                await pilot.press(key)

    return play


def test_confirm() -> None:
    pressed = ("y", "n", "escape")
    plays = [(ConfirmDialog("Draft all?", ["8 files"]), keys("enter", key)) for key in pressed]
    assert answers_of(plays) == [True, False, None]


def test_notice() -> None:
    assert answers(NoticeDialog("Done", ["letter: x"]), keys("enter")) == [None]


def test_a_reason_is_one_key() -> None:
    plays = [(ReasonDialog("f1", "A title"), keys(str(n))) for n in range(1, 6)]
    assert answers_of(plays) == [
        Dismissal.model_validate({"finding": "f1", "reason": reason}) for reason in REASONS[:5]
    ]


def test_reasons_by_arrows() -> None:
    (answer,) = answers(ReasonDialog("f1", "A title"), keys("down", "enter"))
    assert answer.reason == "not_relevant"


def test_other_needs_a_note() -> None:
    kept: list[str] = []
    dialog = ReasonDialog("f1", "A title", keep=kept.append)
    (answer,) = answers(dialog, keys("6", "enter", "'Agreed by phone", "enter"))
    assert (answer.reason, answer.note) == ("other", "Agreed by phone")
    again = ReasonDialog("f1", "A title", kept=kept[-1])
    assert answers(again, keys("6", "enter"))[0].note == "Agreed by phone"


def test_text_is_saved() -> None:
    ends = (("tab", "enter"), ("ctrl+s",))
    plays = [(TextDialog("Note", "", print_nothing), keys("'Words.", *end)) for end in ends]
    assert answers_of(plays) == ["Words.", "Words."]


def print_nothing(_: str) -> None:
    """Where nobody looks at what is kept."""


def test_an_empty_text_is_not_saved() -> None:
    assert answers(TextDialog("Note", "  ", print_nothing), keys("ctrl+s")) == []


def test_a_closed_text_was_kept() -> None:
    kept: list[str] = []
    assert answers(TextDialog("Note", "Old. ", kept.append), keys("'New.", "escape")) == [None]
    assert kept[-1] == "Old. New."


def test_text_is_handed_on_while_it_is_typed() -> None:
    kept: list[str] = []

    async def play(pilot: Pilot[None]) -> None:
        await send_keys(pilot.app, pilot, "Word")
        await until(pilot, lambda: kept == ["Word"], 0.6)
        await send_keys(pilot.app, pilot, "s")
        await until(pilot, lambda: kept[-1] == "Words", 0.6)

    assert answers(TextDialog("Note", "", kept.append), play) == []


def test_a_choice_is_a_digit_and_a_reason() -> None:
    dialog = ChoiceDialog("TRUST-03", STATUSES, "absent")
    assert answers(dialog, keys("2", "'See section 4", "enter")) == [
        Choice("planned", "See section 4")
    ]


def test_confirmed_means_seen() -> None:
    (answer,) = answers(ChoiceDialog("T", STATUSES, "absent"), keys("6", "'Seen it", "enter"))
    assert answer == Choice("in_place", "Seen it", seen=True)


def test_a_choice_without_its_reason_is_none() -> None:
    kept: list[str] = []
    dialog = ChoiceDialog("T", STATUSES, "absent", keep=kept.append)
    assert answers(dialog, keys("2", "enter", "escape")) == [None]
    assert json.loads(kept[-1]) == {"value": "planned", "reason": ""}


def test_a_choice_goes_on_where_it_was_left() -> None:
    kept = json.dumps({"value": "planned", "reason": "See section"})
    dialog = ChoiceDialog("T", STATUSES, "absent", kept=kept)
    assert answers(dialog, keys("enter", "' 4", "enter")) == [Choice("planned", "See section 4")]


def test_several_values() -> None:
    dialog = ChoiceDialog("audience", ["a", "b", "c"], "a", many=True)
    assert answers(dialog, keys("3", "1", "2", "enter", "'So it is", "enter")) == [
        Choice("b, c", "So it is")
    ]


def test_a_value_that_is_in_no_list() -> None:
    dialog = ChoiceDialog("domain", [], "claims", reason=False, many=True, free=True)
    assert answers(dialog, keys("', motor", "enter")) == [Choice("claims, motor")]


def test_an_added_finding() -> None:
    dialog = AddDialog(lambda _: "exact")
    pressed = keys(
        "right", "tab", "left", "tab", "'No fallback", "tab", "'Name one", "tab", "tab", "enter"
    )
    (answer,) = answers(dialog, pressed)
    assert answer == AddedFinding(
        dimension="consistency", severity="high", title="No fallback", ask="Name one"
    )


def test_a_quote_that_stands_nowhere_is_refused() -> None:
    said: list[str] = []

    async def play(pilot: Pilot[None]) -> None:
        await keys("tab", "tab", "'T", "tab", "'A", "tab", "'nope")(pilot)
        label = pilot.app.screen.query_one("#checked", Static)
        await until(pilot, lambda: "does not stand" in str(label.content))
        await keys("tab", "enter")(pilot)
        said.append(str(pilot.app.screen.query_one("#said", Static).content))

    assert answers(AddDialog(lambda quote: "bad" if quote else ""), play) == []
    assert "word for word" in said[0]


def test_an_added_finding_goes_on_where_it_was_left() -> None:
    kept: list[str] = []
    first = AddDialog(lambda _: "exact", keep=kept.append)
    assert answers(first, keys("tab", "tab", "'Half a title", "escape")) == [None]

    async def play(pilot: Pilot[None]) -> None:
        assert pilot.app.screen.query_one("#what", Line).value == "Half a title"

    answers(AddDialog(lambda _: "exact", kept=kept[-1]), play)


def _held(screen: Any) -> str:
    """Every word that a dialog shows."""
    texts = [str(s.content) for s in screen.query(Static)]
    texts += [line.value for line in screen.query(Line)]
    texts += [box.text for box in screen.query(Box)]
    for listed in screen.query(OptionList):
        texts += [str(option.prompt) for option in listed.options]
    return "\n".join(texts)


def test_hostile_words_are_cleaned_and_no_markup() -> None:
    """As title, text, option, kept text, and pasted into the field that has the focus."""
    words = [*STRINGS, *HOSTILE]
    every = " ".join(words)
    shown: list[str] = []

    async def play(pilot: Pilot[None]) -> None:
        pilot.app.post_message(events.Paste(every))
        await pilot.pause()
        shown.append(_held(pilot.app.screen))

    dialogs = (
        ConfirmDialog(every, words),
        NoticeDialog(every, words),
        ReasonDialog("f", every, kept=json.dumps({"note": every})),
        TextDialog(every, every, print_nothing),
        ChoiceDialog(every, words[:9], every, free=True, kept=json.dumps({"value": every})),
        AddDialog(lambda _: "bad", title=every, kept=json.dumps({"title": every, "quote": every})),
    )
    answers_of([(dialog, play) for dialog in dialogs])
    assert len(shown) == 6
    for text in shown:
        assert "[/foo]" in text
        assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e", "\x00", "\x08", "\x7f", "\u2066"}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
def test_every_dialog_fits(size: tuple[int, int]) -> None:
    outside: list[str] = []

    async def play(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        for id_ in ("#title", "#keys"):
            region = screen.query_one(id_).region
            if not screen.region.contains_region(region) or not region.height:
                outside.append(f"{screen} {id_} {region}")

    dialogs = (
        ConfirmDialog("Draft all?", ["8 files"]),
        ReasonDialog("f1", "A title"),
        TextDialog("Note", "Text. " * 300, print_nothing),
        ChoiceDialog("T", STATUSES, "absent"),
        ChoiceDialog("T", [f"v{n}" for n in range(30)], "v1", many=True, free=True),
        AddDialog(lambda _: "bad"),
    )
    answers_of([(dialog, play) for dialog in dialogs], size)
    assert outside == []
