"""The decision sheet on the screen: every outcome, what it asks for first, and what it leaves."""

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input

from agent.record.audit import verify
from agent.schema.decision import Decision, Steps
from tests.support.desk import LARGE, SMALL, Table, at_table
from tui.desk.fields import Line
from tui.desk.sheet_parts import Conditions

REFUSED = "automatic-no"
"""Four blockers are not in place."""


def _decided(table: Table) -> Decision:
    decided = table.desk.store.decision(table.sheet.initiative)
    assert decided is not None
    return decided


def _letter(office: Path, initiative: str) -> str:
    return (office / "decisions" / f"{initiative}-v1.md").read_text(encoding="utf-8")


def test_a_digit_then_the_id_sends(office: Path) -> None:
    wanted = [("3", "request_changes"), ("5", "reject"), ("6", "defer")]
    names = [REFUSED, "cancellation-radar", "hail-appointments"]

    async def play() -> None:
        async with at_table(office, REFUSED, armed=False) as table:
            for name, (key, outcome) in zip(names, wanted, strict=True):
                await table.open(name)
                await table.press(key)
                await table.with_letter()
                shown = table.words("letter")
                await table.send()
                assert table.done == [name]
                assert _decided(table).outcome == outcome
                assert _letter(office, name).strip() == shown.strip()
            assert verify(table.desk.store).problems == ()

    asyncio.run(play())


def test_an_approval_needs_a_reason_for_every_blocker(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED) as table:
            await table.press("1")
            await table.until(lambda: "is a blocker and not in place" in table.words("lacks"))
            unmet = table.sheet.opened.sheet.unmet
            await table.type_id(REFUSED)
            assert table.desk.store.decision(REFUSED) is None
            assert "Nothing was sent" in table.words("status")
            for n, _ in enumerate(unmet):
                line = table.sheet.query_one(f"#reason-{n}", Line)
                line.value = "short"
                await table.pilot.pause()
                assert table.sheet.prepared is None
                line.value = f"The risk board agreed to this on case {n}"
            await table.with_letter()
            table.sheet.query_one("#typed").clear()  # type: ignore[attr-defined]
            await table.send()
            decided = _decided(table)
            assert decided.outcome == "approve"
            assert {w.requirement for w in decided.waivers} == set(unmet)
            assert decided.approved_stage

    asyncio.run(play())


def test_conditions_are_taken_edited_and_written(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, "wording-help-brokers", LARGE) as table:
            await table.press("2")
            conditions = table.sheet.query_one(Conditions)
            for n, _ in enumerate(table.sheet.opened.sheet.unmet):
                table.sheet.query_one(f"#reason-{n}", Line).value = "The board agreed to it in May"
            suggested = len(conditions.rows)
            conditions.list_.focus()
            if suggested:
                await table.press("space")
                assert conditions.rows[0].taken
            await table.press("m")
            await table.write("Name a fallback")
            await table.press("tab")
            await table.write("Ada")
            await table.press("tab")
            await table.write("2031-01-31")
            await table.with_letter()
            assert "Name a fallback" in table.words("letter")
            await table.send()
            decided = _decided(table)
            written = decided.conditions[-1]
            assert (written.text, written.owner, written.due) == (
                "Name a fallback",
                "Ada",
                "2031-01-31",
            )
            assert len(decided.conditions) == (2 if suggested else 1)

    asyncio.run(play())


def test_a_condition_is_lacking_until_there_is_one(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, "wording-help-brokers") as table:
            for n, _ in enumerate(table.sheet.opened.sheet.unmet):
                table.sheet.query_one(f"#reason-{n}", Line).value = "The board agreed to it in May"
            await table.press("2")
            await table.until(lambda: "needs a condition" in table.words("lacks"))
            await table.press("m")
            await table.until(lambda: "has no text" in table.words("lacks"))
            await table.press("escape", "escape")
            assert table.host.screen is not table.sheet

    asyncio.run(play())


def test_a_past_date_is_told_in_one_line(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED) as table:
            await table.press("6")
            await table.with_letter()
            table.sheet.query_one("#review-by", Input).value = "2001-01-01"
            await table.until(lambda: "past already" in table.words("lacks"))
            assert table.sheet.prepared is None

    asyncio.run(play())


def test_merging_picks_from_the_list_and_closed_ones_say_so(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED) as table:
            await table.press("4")
            await table.until(lambda: table.sheet.query_one("#filter").has_focus)
            await table.write("CAP-002\r")
            await table.with_letter()
            assert "CAP-002" in table.words("picked")
            await table.send()
            assert _decided(table).merge_into == "CAP-002"

    asyncio.run(play())


def test_the_note_is_in_the_letter_and_on_record(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED, LARGE) as table:
            await table.press("3")
            table.sheet.query_one("#note").focus()
            await table.write("Talk with us first.")
            await table.until(lambda: "Talk with us first." in table.words("letter"))
            await table.send()
            assert _decided(table).note_to_team == "Talk with us first."
            assert "Talk with us first." in _letter(office, REFUSED)

    asyncio.run(play())


def test_what_was_typed_is_there_again_and_gone_once_sent(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED) as table:
            await table.press("3")
            table.sheet.query_one("#note").focus()
            await table.write("Half a thou")
            await table.press("escape", "escape")
            assert table.host.screen is not table.sheet
            await table.open(REFUSED)
            assert table.sheet.form.outcome == "request_changes"
            assert table.sheet.form.note == "Half a thou"
            await table.send()
            table.host.scribe.flush()
            assert table.desk.kept_texts(REFUSED, 1) == {}

    asyncio.run(play())


def test_typing_is_on_record_within_a_second(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED) as table:
            table.sheet.query_one("#note").focus()
            await table.write("Kept")

            def kept() -> bool:
                return "Kept" in table.desk.kept_texts(REFUSED, 1).get("sheet", "")

            await table.until(kept, seconds=1)

    asyncio.run(play())


def test_a_sheet_that_moved_on_says_what_changed_and_keeps_the_typing(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED, LARGE) as table:
            await table.press("3")
            table.sheet.query_one("#note").focus()
            await table.write("Mine.")
            await table.with_letter()
            finding = table.sheet.opened.sheet.findings[0].finding
            steps = Steps(accepted=(finding.id,))
            await asyncio.to_thread(table.desk.record, table.sheet.opened, steps)
            await table.type_id(REFUSED)
            await table.until(lambda: bool(table.sheet.query("#moved")))
            assert finding.title in table.words("moved")
            assert table.desk.store.decision(REFUSED) is None
            assert table.sheet.form.note == "Mine."
            await table.armed()
            await table.send()
            assert _decided(table).note_to_team == "Mine."

    asyncio.run(play())


def test_a_correction_says_that_it_replaces(office: Path) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED) as table:
            await table.press("3")
            await table.send()
            await table.open(REFUSED)
            assert "Sending this replaces it: a correction." in table.words("facts")
            assert table.sheet.form.outcome == "request_changes"
            await table.press("5")
            await table.send()
            assert _decided(table).outcome == "reject"
            kinds = [r.entry.kind for r in table.desk.history(REFUSED)]
            assert kinds.count("corrected") == 1

    asyncio.run(play())


@pytest.mark.parametrize("size", [SMALL, LARGE, (60, 20)])
def test_form_and_letter_both_have_room(office: Path, size: tuple[int, int]) -> None:
    async def play() -> None:
        async with at_table(office, REFUSED, size) as table:
            await table.press("5")
            await table.with_letter()
            await table.pilot.pause(0.05)
            form, letter = (table.sheet.query_one(id_).size for id_ in ("#form", "#letter-pane"))
            least = 4 if size == (60, 20) else 6
            assert form.height >= least
            assert letter.height >= least
            assert table.sheet.query_one("#typed").size.width >= 12
            assert (form.width < size[0] - 4) == (size == LARGE)

    asyncio.run(play())
