"""The inbox: states, sort, filter, marks, preview, holding, drafting, and an empty office."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from agent.batch import Reviewed
from agent.schema.decision import Steps
from agent.settings import load_settings
from tests.support.command_line import call
from tests.support.desk import LARGE
from tests.support.office import propose, write_office
from tests.support.screens import Seat, at_desk
from tui.desk.board import Progress
from tui.desk.draft import DraftScreen
from tui.desk.widgets import FilterLine


def _shown(seat: Seat) -> list[str]:
    return [row.initiative for row in seat.inbox.listed.shown]


def test_rows_name_state_outcome_findings_and_holder(office: Path) -> None:
    done = call("decide", "automatic-no", "--outcome", "reject", "--office", office)
    assert done.code == 0, done.err

    async def play() -> None:
        async with at_desk(office) as seat:
            assert seat.shows("[ready 7]", "decided 1", "b/h/m/l")
            await seat.press("t")
            await seat.sees("ana")
            name = seat.inbox.here()
            assert seat.desk.store.holder(name) == "ana"
            await seat.press("t")
            await seat.until(lambda: not seat.desk.store.holder(name))
            for _ in range(4):
                await seat.press("tab")
            assert seat.shows("[all 8]")
            line = next(line for line in seat.lines() if "automatic-no" in line)
            assert "decided" in line
            assert "reject" in line
            assert "reject?" not in line

    asyncio.run(play())


def test_filter_narrows_as_one_types_and_esc_widens(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            await seat.press("/")
            await seat.type("request cha")
            assert seat.shows("4 matches")
            assert len(_shown(seat)) == 4
            await seat.press("enter", "n", "n")
            assert seat.rows("inbox-rows").cursor == 2
            await seat.press("n", "n")
            assert seat.rows("inbox-rows").cursor == 0
            await seat.press("N")
            assert seat.rows("inbox-rows").cursor == 3
            await seat.press("escape")
            assert len(_shown(seat)) == 8
            assert not seat.inbox.query_one(FilterLine).display
            await seat.press("/", *"[/nothing]")
            assert seat.shows("0 matches", "nothing here holds that")

    asyncio.run(play())


def test_sorts_and_marks_survive_each_other(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            first = seat.inbox.here()
            await seat.press("space")
            assert seat.inbox.listed.marked == {first}
            await seat.press("s")
            assert _shown(seat) == sorted(_shown(seat))
            await seat.press("s")
            worst = [row.counts["blocker"] for row in seat.inbox.listed.shown]
            assert worst == sorted(worst, reverse=True)
            await seat.press("/")
            await seat.type("storm")
            await seat.press("enter")
            assert seat.shows("1 marked (1 not shown)")
            await seat.press("V")
            assert seat.inbox.listed.marked == {first, "storm-visit-order"}
            await seat.press("escape", "escape")
            assert seat.inbox.listed.marked == set()

    asyncio.run(play())


def test_the_preview_follows_the_cursor(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office, LARGE) as seat:
            await seat.sees("Draft", "Quotes", "Near")
            await seat.press("/")
            await seat.type("less-typing")
            await seat.press("enter")
            await seat.sees("CAP-004 Call summaries", "duplicate")
            await seat.press("p")
            await seat.until(lambda: not seat.shows("Quotes"))

    asyncio.run(play())


def test_an_empty_office_offers_next_steps_and_drafts(tmp_path: Path) -> None:
    settings = write_office(tmp_path / "office")
    settings.record.parent.mkdir(parents=True, exist_ok=True)
    propose(settings, "letters", "# Sorting letters\n\nThe assistant reads letters.\n")

    async def play() -> None:
        async with at_desk(settings.root) as seat:
            await seat.sees("concord demo", "press d")
            await seat.press("d")
            await seat.sees("drafted 1 new", "letters")
            await seat.press("enter")
            await seat.opened()
            assert seat.draft.initiative == "letters"

    asyncio.run(play())


class Slow:
    """Drafts nothing, file by file, until it is told to go on or to stop."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.files: list[list[Path]] = []

    def __call__(
        self,
        files: Sequence[Path],
        *,
        say: Callable[[str], None],
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> Iterator[Reviewed]:
        self.files.append(list(files))
        say("waiting 12 s for the limit of the endpoint")
        for n, file in enumerate(files):
            progress(n, len(files), file.stem)
            while not self.go.wait(0.01):
                if cancelled():
                    return
            yield Reviewed(f"proposals/{file.name}", "failed", error="no [/answer]")


def test_jobs_show_progress_stop_and_retry(office: Path) -> None:
    slow = Slow()

    async def play() -> None:
        async with at_desk(office, drafter=slow) as seat:
            await seat.press("space", "space", "d")
            await seat.sees("drafting 0/2")
            await seat.press("d")
            await seat.sees("drafting is under way")
            await seat.press("!")
            await seat.sees("waiting 12 s for the limit")
            await seat.press("x", "escape")
            await seat.until(lambda: not seat.app.board.running)
            slow.go.set()
            await seat.press("d")
            await seat.sees("2 failed: ! shows them")
            await seat.press("!")
            await seat.sees("no [/answer]")
            await seat.press("r")
            await seat.until(lambda: len(slow.files) == 3)
            assert slow.files[2] == slow.files[1]

    asyncio.run(play())


def test_an_error_is_one_line_and_stays_in_the_jobs(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            name = seat.inbox.here()
            seat.desk.store.claim(name, "bo")
            await seat.press("t")
            await seat.sees(f"! {name} is held by bo")
            await seat.press("!")
            await seat.sees("errors since the start: 1", "is held by bo")

    asyncio.run(play())


def test_export_says_where(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            await seat.press("O")
            await seat.saved("wrote ")
            assert list((office / "decisions").glob("*.html"))

    asyncio.run(play())


def test_the_same_finding_is_open_after_a_restart(office: Path) -> None:
    async def play() -> None:
        async with at_desk(office) as seat:
            await seat.open("hail-appointments")
            await seat.press("j", "j")
            here = seat.draft.item
            assert here is not None
            await seat.until(lambda: here.id in seat.desk.place())
        async with at_desk(office, start="") as again:
            await again.opened()
            assert again.draft.initiative == "hail-appointments"
            assert again.draft.item is not None
            assert again.draft.item.id == here.id
            await again.press("q")
            await again.until(lambda: not isinstance(again.app.screen, DraftScreen))
            await again.until(lambda: not again.desk.place())

    asyncio.run(play())


def test_findings_count_as_they_stand_when_one_comes_back(office: Path) -> None:
    settings = load_settings(office, by="ana", environ={})

    async def play() -> None:
        async with at_desk(office) as seat:
            await seat.open("wording-help-brokers")
            finding = seat.sheet.sheet.findings[0].finding.id
            await seat.press("x", "1")
            await seat.saved()
            await seat.press("q")
            await seat.until(lambda: not isinstance(seat.app.screen, DraftScreen))
            row = next(r for r in seat.desk.inbox() if r.initiative == "wording-help-brokers")
            assert sum(row.counts.values()) == 0
            steps: Steps = seat.desk.store.steps("wording-help-brokers")
            assert [d.finding for d in steps.dismissed] == [finding]

    asyncio.run(play())
    assert settings.office == office
