"""One initiative on the table: what is visible at two sizes, its proofs, every step by its key."""

import asyncio
from pathlib import Path

from agent.schema.decision import SheetFinding
from tests.support.desk import LARGE, SMALL
from tests.support.screens import Seat, at_desk
from tui.desk.cells import OUTCOME
from tui.desk.dialogs import ChoiceDialog, ReasonDialog
from tui.desk.fields import Line
from tui.desk.text_dialog import TextDialog
from tui.desk.widgets import FilterLine

REFUSED = "automatic-no"
"""Four blockers are not in place."""
TWIN = "less-typing-after-calls"
"""Does what a capability does."""


def _finding(seat: Seat, n: int = 0) -> SheetFinding:
    return seat.sheet.sheet.findings[n]


def test_80x24_shows_five_findings_and_eight_lines_of_proof(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, SMALL, start=REFUSED) as seat:
            lines = seat.lines()
            assert len(lines) == 24
            findings = [line for line in lines if "- open" in line]
            assert len(findings) >= 5
            proof = next(n for n, line in enumerate(lines) if "EXACT" in line)
            shown = [line for line in lines[proof:-2] if line.strip()]
            assert len(shown) >= 8, lines
            assert any(">" in line[:8] and "57" in line[:8] for line in shown)
            assert seat.shows("suggested: reject", "0/22 decided", "0 BAD", "checked in part")
            assert lines[-1].rstrip().endswith("? keys")

    asyncio.run(play())


def test_160x48_shows_all_panes_side_by_side(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, LARGE, start=TWIN) as seat:
            assert seat.shows(
                "1 Findings", "2 Finding 1 of", "3 Proposal", "4 Source", "5 Checklist"
            )
            rule = next(
                n for n, s in enumerate(seat.sheet.sheet.findings) if s.finding.subject == "CAP-004"
            )
            await seat.press(*"j" * rule)
            await seat.sees("4 Source  CAP-004")
            page = seat.draft.query_one("#source")
            assert seat.shows("proposal line 41")
            assert page.size.height > 10
            await seat.press("7")
            await seat.sees("7 Related", "= duplicate")
            await seat.press("z")
            await seat.until(lambda: not seat.shows("3 Proposal  "))
            await seat.press("z", "3", "+")
            await seat.until(lambda: not seat.shows("1 Findings"))
            await seat.press("escape")
            await seat.sees("1 Findings")

    asyncio.run(play())


def test_brackets_step_through_the_proofs(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, LARGE, start=REFUSED) as seat:
            assert seat.shows("Proof 1 of 2")
            page = seat.draft.query_one("#proposal")
            before = seat.draft.query_one("#proposal").scroll_offset
            await seat.press("]")
            await seat.sees("Proof 2 of 2")
            assert page.scroll_offset != before
            await seat.press("]")
            await seat.sees("Proof 1 of 2")
            await seat.press("y")
            await seat.sees("sent to the clipboard, if the terminal lets it", "proposal line 57")
            assert "We leave out" in seat.app.clipboard
            await seat.press("o")
            await seat.until(lambda: seat.draft.pane == 3)

    asyncio.run(play())


def test_accepting_moves_on_and_each_key_hits_its_own_finding(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=REFUSED) as seat:
            ids = [s.finding.id for s in seat.sheet.sheet.findings]
            await seat.press("a", "a", "a")
            await seat.until(lambda: set(ids[:3]) <= set(seat.desk.store.steps(REFUSED).accepted))
            await seat.sees("3/22 decided", "+ accepted")
            await seat.until(lambda: ids[3] in seat.desk.place())
            assert seat.shows("saved: accepted")
            assert seat.draft.item is not None
            assert seat.draft.item.id == ids[3]
            await seat.press("g", "f")
            assert seat.draft.item.id == ids[3]
            await seat.press("h")
            await seat.until(lambda: seat.rows("findings").count == 19)

    asyncio.run(play())


def test_enter_and_backspace_decide_nothing(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=REFUSED) as seat:
            before = len(seat.desk.history(REFUSED))
            await seat.press("enter", "backspace", "delete", "enter")
            assert len(seat.desk.history(REFUSED)) == before

    asyncio.run(play())


def test_one_key_dismisses_with_a_reason_and_undo_takes_it_back(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=REFUSED) as seat:
            first = _finding(seat).finding.id
            await seat.press("x")
            await seat.until(lambda: isinstance(seat.app.screen, ReasonDialog))
            await seat.press("3")
            await seat.saved("saved: dropped")
            assert [d.reason for d in seat.sheet.sheet.steps.dismissed] == ["covered_elsewhere"]
            await seat.press("u")
            await seat.saved("saved: undid")
            assert not seat.sheet.sheet.steps.dismissed
            await seat.press("U")
            await seat.saved("saved: did again")
            assert [d.finding for d in seat.sheet.sheet.steps.dismissed] == [first]
            await seat.press("u", "u")
            await seat.sees("there is no step of yours to undo")

    asyncio.run(play())


def test_an_edit_shows_before_and_after(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, LARGE, start=REFUSED) as seat:
            await seat.press("e", "1")
            await seat.until(lambda: isinstance(seat.app.screen, TextDialog))
            await seat.type(" Please")
            await seat.press("ctrl+s")
            await seat.saved("saved: changed the ask")
            assert _finding(seat).finding.ask.endswith(" Please")
            assert seat.shows("- ask: ", "+ ask: ", "Please", "* edi")
            await seat.press("w", "4")
            await seat.saved("saved: changed the severity")
            assert _finding(seat).finding.severity == "low"

    asyncio.run(play())


def test_text_that_was_not_saved_is_there_again(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=REFUSED) as seat:
            await seat.press("c")
            await seat.type("Half a")
            await seat.press("escape")
            await seat.until(lambda: seat.app.screen is seat.draft)
            await seat.press("c")
            await seat.sees("Half a")
        async with at_desk(office, start=REFUSED) as again:
            await again.press("c")
            await again.sees("Half a")
            await again.type(" word")
            await again.press("ctrl+s")
            await again.saved("saved: note to team")
            assert again.sheet.sheet.steps.note_to_team == "Half a word"
            assert "note" not in again.desk.kept_texts(REFUSED, 1)
            await again.press("C")
            await again.type("Ours")
            await again.press("ctrl+s")
            await again.saved("saved: private note")
            await again.press("L")
            await again.sees("note to the team: Half a word", "private note: Ours", "note  ana")

    asyncio.run(play())


def test_a_correction_moves_the_outcome_at_once(office: Path) -> None:
    async def correct(seat: Seat) -> None:
        await seat.press("s")
        await seat.until(lambda: isinstance(seat.app.screen, ChoiceDialog))
        await seat.press("1")
        await seat.type("in the annex")
        await seat.press("enter")
        await seat.saved("saved: corrected")

    async def play() -> None:
        async with at_desk(office, (120, 40), start="wording-help-brokers") as seat:
            await correct(seat)
            before, after = seat.sheet.sheet.draft.outcome, seat.sheet.sheet.effective.outcome
            assert before != after
            assert seat.shows(f"suggested: {OUTCOME[before]} -> {OUTCOME[after]}")
            assert seat.shows(f"; {OUTCOME[before]} -> {OUTCOME[after]}")

    asyncio.run(play())


def test_facts_overlaps_and_goals_are_corrected_too(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=TWIN) as seat:
            await seat.press("7")
            await seat.sees("= duplicate")
            await seat.press("s", "4")
            await seat.type("another job")
            await seat.press("enter")
            await seat.saved("saved: corrected overlap")
            await seat.press("F")
            await seat.sees("automation", "declared in front matter")
            await seat.press("s")
            await seat.until(lambda: isinstance(seat.app.screen, ChoiceDialog))
            await seat.press("1")
            await seat.type("only shown")
            await seat.press("enter")
            await seat.saved("saved: corrected fact automation")
            assert seat.shows("set by a person")
            kinds = [o.kind for o in seat.sheet.sheet.steps.overrides]
            assert sorted(kinds) == ["fact", "overlap"]

    asyncio.run(play())


def test_a_missed_finding_is_added(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=REFUSED) as seat:
            await seat.press("m")
            await seat.sees("Add a finding")
            for id_, words in (("what", "No cost"), ("ask", "Name the cost")):
                seat.app.screen.query_one(f"#{id_}", Line).value = words
            await seat.pilot.click("#add")
            await seat.saved("saved: added No cost")
            assert [a.title for a in seat.sheet.sheet.steps.added] == ["No cost"]
            assert seat.shows("0/22 decided") or seat.shows("1/23 decided")

    asyncio.run(play())


def test_the_decision_sheet_opens_and_comes_back(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=REFUSED) as seat:
            await seat.press("A")
            await seat.sees("DECIDE")
            await seat.pilot.pause(0.6)
            await seat.press("escape")
            await seat.opened()
            assert seat.draft.initiative == REFUSED

    asyncio.run(play())


def test_the_mouse_selects_and_the_filter_narrows(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=REFUSED) as seat:
            await seat.pilot.click("#findings", offset=(10, 2))
            assert seat.rows("findings").cursor == 2
            await seat.press("5", "/")
            await seat.type("security")
            await seat.press("enter")
            await seat.until(lambda: seat.rows("checklist").count < 5)
            assert seat.shows("TRUST-17", "absent")
            await seat.press("6")
            await seat.until(lambda: seat.rows("checklist").count > 20)
            assert not seat.draft.query_one(FilterLine).display

    asyncio.run(play())


def test_versions_are_compared(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, start=REFUSED) as seat:
            await seat.press("D")
            await seat.sees("this is the first version")
            file = seat.desk.files([REFUSED])[0]
            await asyncio.to_thread(
                file.write_text, file.read_text(encoding="utf-8") + "\nOne [/more] line.\n"
            )
            await seat.press("q")
            await seat.sees("INBOX")
            await seat.press("space", "d")
            await seat.sees("drafted 1 new")
            await seat.open(REFUSED)
            await seat.press("D")
            await seat.sees("--- version 1", "+++ version 2", "+One [/more] line.")

    asyncio.run(play())
