"""What a screen about one initiative holds: the sheet, what is selected, and the line of steps.

Steps go to the record one after the other in a thread; the screen goes on meanwhile. It knows no
layout (draft.py) and no key's work (deciding.py).
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from agent.deciding import Opened
from agent.schema.decision import Steps
from tui.desk.cells import OUTCOME
from tui.desk.items import Item
from tui.desk.list_screen import ListScreen
from tui.desk.messages import Failed, NothingThere, SheetOpened, StepRecorded


@dataclass(frozen=True, slots=True)
class _Waiting:
    job: Callable[[Opened], Message]
    field: str
    """Whose kept text is no longer needed once this is on record."""
    finding: str
    """Has an answer already as far as the cursor is concerned."""


class SheetScreen(ListScreen):
    """One initiative on the table."""

    def __init__(self, initiative: str) -> None:
        super().__init__()
        self.initiative = initiative
        self.opened: Opened | None = None
        self.holder = ""
        self.item: Item | None = None
        """What is selected."""
        self.at = 0
        """Which of its proofs is looked at."""
        self._kept: dict[str, str] = {}
        self._steps: deque[_Waiting] = deque()
        self._under_way: _Waiting | None = None

    # The sheet

    def do_refresh(self) -> None:
        desk, initiative = self.desk_app.desk, self.initiative

        def read() -> Message:
            opened = desk.open(initiative)
            version = opened.sheet.draft.version
            holder = desk.store.holder(initiative)
            return SheetOpened(opened, holder, desk.kept_texts(initiative, version))

        self.desk_app.ask(read, self, "open")

    @on(SheetOpened)
    def _sheet_opened(self, message: SheetOpened) -> None:
        self.holder = message.holder
        self._kept = dict(message.kept)
        self.opened = message.opened
        self.show_sheet()

    def show_sheet(self) -> None:
        """The sheet changed: show it, the cursor where it was."""
        raise NotImplementedError

    # Steps

    def record(self, steps: Steps, words: str, *, field: str = "", finding: str = "") -> None:
        """Put steps on record behind those that are on their way; `words`: what was done."""
        desk = self.desk_app.desk

        def job(opened: Opened) -> Message:
            return StepRecorded(desk.record(opened, steps), words)

        self.put(job, field=field, finding=finding)

    def put(self, job: Callable[[Opened], Message], *, field: str = "", finding: str = "") -> None:
        self._steps.append(_Waiting(job, field, finding))
        self._go_on()

    def answered(self) -> set[str]:
        """Findings whose answer is still on its way to the record."""
        running = [self._under_way] if self._under_way is not None else []
        return {step.finding for step in (*running, *self._steps) if step.finding}

    def _go_on(self) -> None:
        opened = self.opened
        if self._under_way is not None or not self._steps or opened is None:
            return
        step = self._under_way = self._steps.popleft()
        self.desk_app.ask(lambda: step.job(opened), self, "record")

    @on(StepRecorded)
    def _recorded(self, message: StepRecorded) -> None:
        before = self.opened
        step, self._under_way = self._under_way, None
        if step is not None and step.field:
            self.drop_kept(step.field)
        self.opened = message.opened
        self.show_sheet()
        self.say(f"saved: {message.words}{moved(before, message.opened)}")
        self._go_on()

    @on(NothingThere)
    def _nothing(self, message: NothingThere) -> None:
        self._under_way = None
        self.say(message.words)
        self._go_on()

    @on(Failed)
    def _step_failed(self, message: Failed) -> None:
        """The sentence is shown by every screen; what was typed stays kept."""
        if message.what == "record":
            self._under_way = None
            self._go_on()

    # What is being typed

    def kept(self, field: str) -> str:
        """What was typed in a field and became no step yet."""
        return self._kept.get(field, "")

    def keeper(self, field: str) -> Callable[[str], None]:
        """For a dialog: hands on what is typed, so that it is on record within a second."""

        def keep(text: str) -> None:
            if self.opened is not None:
                self._kept[field] = text
                version = self.opened.sheet.draft.version
                self.desk_app.scribe.keep((self.initiative, version, field), text)

        return keep

    def drop_kept(self, field: str) -> None:
        self._kept.pop(field, None)
        if self.opened is not None:
            version = self.opened.sheet.draft.version
            self.desk_app.scribe.drop((self.initiative, version, field))


def moved(before: Opened | None, after: Opened) -> str:
    """`; request changes -> approve`: what a step did to the outcome."""
    old = before.sheet.effective.outcome if before is not None else ""
    new = after.sheet.effective.outcome
    return f"; {OUTCOME[old]} -> {OUTCOME[new]}" if old and old != new else ""
