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
from agent.record.past import PastVerdicts, past_verdicts
from agent.record.recall import earlier_decisions
from agent.record.targets import Target, merge_targets
from agent.review import Review
from agent.schema.decision import Decision, Steps
from agent.schema.reading import Spent
from agent.settings import Settings
from agent.wiring import check_of, open_knowledge, open_library, open_record
from tui.desk.sources import SourceText, source_text
from tui.drafting import Progress, Say, draft_files, until_cancelled
from tui.exporting import export_of, note_export
from tui.files import save
from tui.sending import bill, first_notice, host_of, note_told

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

    def undo(self, opened: Opened) -> tuple[Opened, str] | None:
        """Take back this person's newest step on the version: the sheet, and which step in plain
        words; None: there is none. DecisionError, StaleDecision as for any step."""
        draft = opened.sheet.draft
        said = self.store.undo(draft.initiative, self.user, draft.version)
        return None if said is None else (self.open(draft.initiative), said)

    def redo(self, opened: Opened) -> tuple[Opened, str] | None:
        """Put back the step that was taken back last."""
        draft = opened.sheet.draft
        said = self.store.redo(draft.initiative, self.user, draft.version)
        return None if said is None else (self.open(draft.initiative), said)

    def withdraw(self, opened: Opened, slot: str) -> Opened:
        """Take one step back by what it is about (`override KIND ID`, `verdict FINDING`, `edited
        FIELD FINDING`, `note team`, `note office`, `added DIGEST`); nothing there: nothing done."""
        draft = opened.sheet.draft
        self.store.withdraw(draft.initiative, slot, self.user, draft.version)
        return self.open(draft.initiative)

    def keep_text(self, initiative: str, version: int, field: str, text: str) -> None:
        """What is being typed in a field; on the disk when this returns (5 ms or so)."""
        self.store.keep_text(self.user, initiative, version, field, text)

    def kept_texts(self, initiative: str, version: int) -> dict[str, str]:
        """Field → what was typed there and became no step yet."""
        return self.store.kept_texts(self.user, initiative, version)

    def drop_text(self, initiative: str, version: int, field: str) -> None:
        self.store.drop_text(self.user, initiative, version, field)

    def keep_place(self, place: str) -> None:
        """Where this person is, in the screens' own words."""
        self.store.keep_place(self.user, place)

    def place(self) -> str:
        """Where this person was last; empty at the first start."""
        return self.store.place(self.user)

    def source(self, opened: Opened, source_id: str) -> SourceText:
        """A source as it stood when the draft was made; RecordError for one that is not kept."""
        return source_text(opened, source_id)

    def precedence(self, rule: str, initiative: str = "") -> PastVerdicts:
        """How findings of a rule were judged on other initiatives than this one."""
        return past_verdicts(self.store, rule, initiative)

    def export(self, initiative: str, form: str) -> Path:
        """Write the letter, `json` or `html` of the newest version into decisions/; its path."""
        made = export_of(initiative, form, self.store, self.settings, review=self.review)
        path = self.settings.root / made.file
        save(path, made.text)
        note_export(made, path, self.store, self.user)
        return path

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
        """Draft these files, one row as soon as each is on record; a bad file is a failed row.

        Whoever asks has shown what `sends` says.
        """
        spent = Spent()
        library = open_library(self.settings, say, progress)
        rows = draft_files(files, library, self.settings, self.store, say=say, progress=progress)
        for row in until_cancelled(rows, cancelled):
            spent += row.spent
            yield row
        if self.settings.model.readers != "rules":
            say(bill(spent, self.settings.model))

    def sends(self, files: int) -> tuple[str, ...]:
        """A question and its details before drafting sends texts to a model; empty where the rules
        read alone. Asked each time, since it costs; what the first notice says is in it once."""
        model = self.settings.model
        if model.readers == "rules":
            return ()
        notice = first_notice(self.settings)
        note_told(self.settings)
        count = "1 proposal" if files == 1 else f"{files} proposals"
        question = f"Draft {count} with the model {model.name} at {host_of(model)}?"
        return (question, *([notice[:1].upper() + notice[1:] + "."] if notice else []))

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
