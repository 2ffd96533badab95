"""What the screens ask for: the inbox, one sheet, a step, a decision, a new draft.

The only door from the screen to record, knowledge and files; called from workers, knows no widget.
Every step and decision goes through the very functions that `concord decide` uses.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent import batch, deciding
from agent.batch import Reviewed
from agent.deciding import Opened, Prepared
from agent.record.recall import earlier_decisions
from agent.record.targets import Target, merge_targets
from agent.review import Review
from agent.schema.decision import Decision, Steps
from agent.settings import Settings
from agent.wiring import check_of, open_knowledge, open_library, open_record
from tui.drafting import Progress, Say, draft_files, until_cancelled

if TYPE_CHECKING:
    from agent.record.inbox import InboxRow
    from agent.record.journal import Receipt, Recorded
    from agent.record.store import Store


class Desk:
    """One office, open; open it with `open_desk`. Safe to be called from several threads."""

    def __init__(self, settings: Settings, store: "Store", review: Review) -> None:
        self.settings = settings
        self.store = store
        self.review = review

    @property
    def user(self) -> str:
        return self.settings.user.name

    def inbox(self) -> list["InboxRow"]:
        """Every initiative on record, oldest first."""
        return self.store.inbox()

    def open(self, initiative: str, version: int | None = None) -> Opened:
        """The sheet with every step on record applied."""
        return asyncio.run(
            deciding.open_sheet(
                initiative,
                self.store,
                self.review,
                version=version,
                by=self.user,
                on=date.today().isoformat(),
            )
        )

    def record(self, opened: Opened, steps: Steps) -> Opened:
        """Put steps on record and open the sheet again: the rules have re-run on corrections.

        DecisionError for a step that fits nothing; StaleDecision when a newer version came in.
        """
        sheet = opened.sheet.draft
        fresh = asyncio.run(
            deciding.open_sheet(
                sheet.initiative,
                self.store,
                self.review,
                more=steps,
                by=self.user,
                on=date.today().isoformat(),
            )
        )
        deciding.record_steps(fresh, steps, self.store, self.review, self.user)
        return self.open(sheet.initiative)

    def files(self, initiatives: Sequence[str] = ()) -> list[Path]:
        """The files of these initiatives; of nobody in particular: all that stand in proposals/."""
        if not initiatives:
            return batch.proposal_files([self.settings.proposals], self.settings.decisions)
        return [self.settings.root / self.store.version(i).path for i in initiatives]

    def draft(
        self,
        files: Sequence[Path],
        *,
        say: Say,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> Iterator[Reviewed]:
        """Draft these files, one row as soon as each is on record; a bad file is a failed row."""
        library = open_library(self.settings, say, progress)
        rows = draft_files(files, library, self.settings, self.store, say=say, progress=progress)
        yield from until_cancelled(rows, cancelled)

    def targets(self, wanted: str = "") -> dict[str, Target]:
        """What a proposal may be merged into, by id."""
        return merge_targets(self.review.knowledge, self.store, wanted)

    def prepare(self, opened: Opened, decision: Decision, *, correct: bool = False) -> Prepared:
        """The exact letter, and the decision with what was shown; DecisionError says what lacks."""
        earlier: Sequence[Decision] = ()
        if correct:
            earlier = earlier_decisions(self.store, decision.initiative, decision.version)
        wanted = decision.merge_into
        return deciding.prepare(
            opened,
            decision,
            people=self.settings.people,
            targets=self.targets(wanted) if wanted else {},
            facts=self.review,
            date=date.today().isoformat(),
            earlier=earlier,
        )

    def commit(self, prepared: Prepared, *, correct: bool = False) -> tuple["Receipt", Path]:
        """Record the decision, then write the letter; StaleDecision if anything moved since."""
        return deciding.commit(prepared, self.store, self.settings.root, correct=correct)

    def take(self, initiative: str) -> None:
        self.store.claim(initiative, self.user)

    def release(self, initiative: str) -> None:
        self.store.release(initiative, self.user)

    def history(self, initiative: str) -> list["Recorded"]:
        """Every journal entry of an initiative, oldest first."""
        return self.store.history(initiative)

    @staticmethod
    def now() -> str:
        """UTC, ISO 8601 with milliseconds, as a decision's `at`."""
        return datetime.now(UTC).isoformat(timespec="milliseconds")


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """The office's record and rules, open; neither index nor model is loaded until one drafts."""
    review = check_of(open_knowledge(settings), settings)
    with open_record(settings) as store:
        yield Desk(settings, store, review)
