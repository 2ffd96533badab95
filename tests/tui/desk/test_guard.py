"""What must not decide: early keys, pastes, answers of a terminal, a wrong id."""

import asyncio
from pathlib import Path

import pytest
from textual import events

from tests.support.desk import Table, at_table
from tui.desk.guard import ARM, KEY, Guard, TypedId, by_hand

ID = "automatic-no"


def _event(at: float) -> events.Key:
    key = events.Key("a", "a")
    key.time = at
    return key


def test_nothing_counts_before_the_sheet_stood_half_a_second() -> None:
    guard = Guard()
    assert not guard.counts(_event(10**9))
    guard.painted(100)
    assert not guard.counts(_event(99))
    assert not guard.counts(_event(100 + ARM - 0.01))
    assert guard.counts(_event(100 + ARM))
    guard.disarm()
    assert not guard.counts(_event(200))


@pytest.mark.parametrize(
    ("times", "fingers"),
    [
        ([], False),
        ([0], False),
        ([0, 0], False),
        ([0, KEY], True),
        ([n * 0.001 for n in range(14)], False),
        ([n * 0.05 for n in range(14)], True),
        ([*(n * 0.001 for n in range(13)), 5], False),
        ([*(n * 0.05 for n in range(13)), 0.6001], False),
        ([0, 0.2, 0.2, 0.4, 0.5], True),  # a line that delivers two keys at once
    ],
)
def test_fingers_need_time(times: list[float], fingers: bool) -> None:
    assert by_hand(times) is fingers


def _typed(table: Table) -> TypedId:
    return table.sheet.query_one("#typed", TypedId)


async def _burst(table: Table, text: str) -> None:
    """Keys as a terminal's answer brings them: all at once, with its end."""
    await table.write(f"{text}\r")
    await table.pilot.pause(0.05)


def _undecided(table: Table) -> bool:
    return table.desk.store.decision(ID) is None and not table.done


def test_keys_before_the_sheet_is_armed_are_dropped(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, ID, armed=False) as table:
            await table.until(lambda: bool(table.sheet.query("#outcomes")))
            await _burst(table, f"5{ID}q")
            assert table.sheet.form.outcome is None
            await table.armed()
            assert table.host.screen is table.sheet
            assert _typed(table).text == ""
            assert _undecided(table)

    asyncio.run(play())


def test_keys_that_lay_in_the_queue_when_it_opened_are_dropped(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, ID) as table:
            late = events.Key("5", "5")
            late.time -= 60
            table.host.post_message(late)
            await table.pilot.pause(0.05)
            assert table.sheet.form.outcome is None

    asyncio.run(play())


def test_a_paste_never_fills_the_id(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, ID) as table:
            await table.press("5")
            await table.with_letter()
            _typed(table).focus()
            await table.pilot.pause()
            table.host.post_message(events.Paste(f"{ID}\n"))
            await table.pilot.pause(0.05)
            assert _typed(table).text == ""
            assert "Pasting is ignored" in table.words("status")
            await table.press("enter")
            assert _undecided(table)

    asyncio.run(play())


def test_an_id_that_comes_all_at_once_does_not_count(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, ID) as table:
            await table.press("5")
            await table.with_letter()
            _typed(table).focus()
            await table.pilot.pause()
            await _burst(table, ID)
            assert "faster than fingers" in table.words("status")
            assert _typed(table).text == ""
            assert _undecided(table)

    asyncio.run(play())


def test_enter_with_another_id_does_nothing_and_says_so(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, ID) as table:
            await table.press("5")
            await table.with_letter()
            for typed in ("", "automatic-n", "automatic-noo", "y"):
                table.sheet.say("")
                _typed(table).clear()
                await table.type_id(typed)
                assert "Nothing was sent" in table.words("status")
                assert _undecided(table)

    asyncio.run(play())


def test_digits_enter_and_backspace_alone_decide_nothing(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, ID) as table:
            for key in ("enter", "backspace", "5", "enter", "5", "enter", "backspace", "A", "a"):
                await table.press(key)
                await table.pilot.pause()
            await table.with_letter()
            await table.press("enter", "enter")
            assert _undecided(table)

    asyncio.run(play())


def test_a_letter_is_sent_only_as_it_is_shown(office: Path) -> None:
    """Enter right after a change: the letter of before the change must not go out."""

    async def play() -> None:
        async with at_table(office, ID) as table:
            await table.press("5")
            await table.with_letter()
            table.sheet.view.pick("defer")
            await table.pilot.pause()
            assert table.sheet.prepared is None or (
                table.sheet.prepared.decision.outcome == "defer"
            )

    asyncio.run(play())
