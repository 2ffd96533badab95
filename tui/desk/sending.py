"""The two jobs of the decision sheet that run in a thread: the letter as it stands, and sending it.

Each asks the service and comes back as a message; neither knows a widget.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from textual.message import Message

from agent.deciding import Opened, Prepared
from agent.errors import DecisionError, StaleDecision
from tui.desk.messages import DecisionSent, FormKept, LetterMade, SheetMoved
from tui.desk.service import Desk
from tui.desk.sheet_form import Form, decision_of, lacking, note_of, with_note

FIELD: Final = "sheet"
"""Under which the form is kept with the version."""


def corrects(opened: Opened) -> bool:
    """Whether a decision stands already; a deferral decided nothing."""
    decided = opened.sheet.decided
    return decided is not None and decided.outcome != "defer"


def letter_job(desk: Desk, opened: Opened, form: Form, n: int) -> Callable[[], Message]:
    """The exact letter of the form, or in one sentence what it lacks."""

    def make() -> Message:
        lacks = lacking(form, opened)
        if lacks:
            return LetterMade(n, None, lacks)
        noted = with_note(opened, note_of(form, opened.sheet))
        try:
            decision = decision_of(form, noted, by=desk.user, role=_role(desk), at=desk.now())
            return LetterMade(n, desk.prepare(noted, decision, correct=corrects(opened)))
        except DecisionError as error:
            return LetterMade(n, None, str(error))

    return make


def _role(desk: Desk) -> str:
    """What the office calls this person in a decision, where it names just one role."""
    person = desk.settings.people.get(desk.user)
    return person.roles[0] if person is not None and len(person.roles) == 1 else ""


def send_job(desk: Desk, prepared: Prepared) -> Callable[[], Message]:
    """Record the decision; where the record moved on, nothing is decided and the sheet is new."""

    def send() -> Message:
        opened, decision = prepared.opened, prepared.decision
        timed = replace(prepared, decision=decision.model_copy(update={"at": desk.now()}))
        try:
            receipt, path = desk.commit(timed, correct=corrects(opened))
        except StaleDecision:
            sentence = "Nothing was sent: the record moved on while this was open."
        except DecisionError as error:
            sentence = f"Nothing was sent: {error}"
        else:
            return DecisionSent(timed, receipt, path)
        return SheetMoved(desk.open(decision.initiative), sentence)

    return send


def kept_job(desk: Desk, opened: Opened, settle: Callable[[], object]) -> Callable[[], Message]:
    """The form as it was left; `settle` waits until what was just typed is on record."""

    def read() -> Message:
        settle()
        draft = opened.sheet.draft
        return FormKept(desk.kept_texts(draft.initiative, draft.version).get(FIELD, ""))

    return read


def open_job(desk: Desk, initiative: str) -> Callable[[], Message]:
    """The sheet as it stands now."""
    return lambda: SheetMoved(desk.open(initiative), "Read again.")
