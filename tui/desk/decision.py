"""The decision sheet: one sheet for all six outcomes, with the exact letter beside it.

A digit picks the outcome; the initiative's id, typed key by key, and Enter send it. Why nothing
less does, and why keys count only half a second after the sheet is painted, stands in guard.py. It
holds no I/O: letter and decision are made by jobs of the service, and what is typed goes to `keep`
as JSON within a moment.
"""

from collections.abc import Callable, Sequence
from functools import partialmethod
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from agent.deciding import Opened, Prepared
from agent.draft.summary import OUTCOME_WORDS
from knowledge.text import clean
from tui.desk.dialogs import NoticeDialog
from tui.desk.fields import Box, one_line
from tui.desk.guard import TypedId
from tui.desk.guarded_screen import GuardedScreen
from tui.desk.keeping import Moment, Place
from tui.desk.keys import bindings_for
from tui.desk.messages import DecisionSent, Failed, FormKept, LetterMade, SheetMoved, TargetsRead
from tui.desk.sending import FIELD, kept_job, letter_job, open_job, send_job
from tui.desk.sheet_form import OUTCOMES, form_of, lacking
from tui.desk.sheet_parts import Conditions, Outcomes
from tui.desk.sheet_view import SheetView
from tui.desk.sheet_words import changes
from tui.desk.widgets import KeyBar, StatusLine, TooSmall

WIDE: Final = 120
"""Columns from which form and letter stand side by side."""
MOMENT: Final = 0.15
"""Seconds from a change until the letter is made again."""
WAIT: Final = "Read it first: keys count from half a second after it is shown."
COMPLETE: Final = "Nothing is missing; the same digit again goes to the line for the id."
NO_LETTER: Final = "Here stands the letter, exactly as the team gets it. It is not complete yet."


class DecisionScreen(GuardedScreen):
    """`done` is called with the initiative once it is decided and the receipt was read.

    The form is as this person left it; each change of it goes to the scribe within a moment.
    """

    NAME = "decision"
    BINDINGS = bindings_for("decision")
    CSS_PATH = "decision.tcss"

    def __init__(self, opened: Opened, done: Callable[[str], None] = lambda _: None) -> None:
        super().__init__(classes="no-letter")
        self.opened = opened
        self.form = form_of(opened)
        self.prepared: Prepared | None = None
        """What would be sent; None while the letter is not that of the form as it stands."""
        self._made = 0
        """Counts the forms; a letter is shown if it is of the newest."""
        self._sending = False
        self._done_with = done
        self._keeping = Moment(self, self._keep)
        self._letter = Moment(self, self._make_letter, MOMENT)

    @property
    def initiative(self) -> str:
        return self.opened.sheet.draft.initiative

    @property
    def _place(self) -> Place:
        return self.initiative, self.opened.sheet.draft.version, FIELD

    def _keep(self) -> None:
        self.desk_app.scribe.keep(self._place, self.form.model_dump_json())

    # The screen and its guard

    def compose(self) -> ComposeResult:
        yield TooSmall()
        yield Static(self._title(), id="head", markup=False)
        with (
            Container(id="both", classes="guarded"),
            VerticalScroll(id="letter-pane"),
        ):
            yield Static(Content(NO_LETTER), id="letter", markup=False)
        yield Static("", id="lacks", markup=False)
        with Horizontal(id="send", classes="guarded"):
            words = f"To send, type {one_line(self.initiative)} and Enter: "
            yield Static(Content(words), id="prompt", markup=False)
            yield TypedId(self.guard, id="typed")
        yield StatusLine()
        yield KeyBar()

    def _title(self) -> Content:
        draft = self.opened.sheet.draft
        return Content(
            one_line(f"DECIDE  {draft.initiative}  v{draft.version}  {draft.proposal.title}")
        )

    def on_mount(self) -> None:
        self.disarm()
        app = self.desk_app
        app.ask(kept_job(app.desk, self.opened, app.scribe.flush), self, "open")

    @on(FormKept)
    async def _begin(self, event: FormKept) -> None:
        self.form = form_of(self.opened, event.text)
        await self._lay_out()

    async def _lay_out(self, moved: Sequence[str] = ()) -> None:
        """The form anew, and from its paint on the guard's time begins again."""
        self._outdate()
        self.say(WAIT)
        self.disarm()
        await self.query(SheetView).remove()
        view = SheetView(self.opened, self.form, moved)
        await self.query_one("#both").mount(view, before="#letter-pane")
        self.call_after_refresh(self.painted)
        self._letter.touch()
        self.desk_app.ask(lambda: TargetsRead(self.desk_app.desk.targets()), self)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= WIDE, "wide")

    def armed(self) -> None:
        self.view.outcomes.focus(scroll_visible=False)
        self.refresh_keys()
        self.say("Keys count now: 1 to 6 pick an outcome.")

    @property
    def view(self) -> SheetView:
        return self.query_one(SheetView)

    def live(self, action: str) -> bool:
        if action == "add_condition":
            return self.form.outcome == "approve_with_conditions"
        if action.endswith("_condition"):
            return any(c.list_.has_focus for c in self.query(Conditions))
        return super().live(action)

    def on_descendant_focus(self) -> None:
        self.refresh_keys()

    # The form and its letter

    @on(SheetView.FormChanged)
    def _form_changed(self, event: SheetView.FormChanged) -> None:
        self.form = event.form
        self._outdate()
        self._keeping.touch()
        self._letter.touch()
        self.refresh_keys()

    def _outdate(self) -> None:
        """A letter that is on its way is of what stood before: it must not count."""
        self._made += 1
        self.prepared = None

    @on(Outcomes.Picked)
    def _go_on(self) -> None:
        self.call_after_refresh(self._to_what_lacks)

    def _to_what_lacks(self) -> None:
        """The first field that the outcome needs; else the line for the id."""
        if not self.view.focus_lacking():
            self.view.outcomes.scroll_visible(animate=False)
            self.query_one("#typed").focus()

    @on(TargetsRead)
    def _offer(self, event: TargetsRead) -> None:
        self.view.offer({id_: t for id_, t in event.targets.items() if id_ != self.initiative})

    def _make_letter(self) -> None:
        self.desk_app.ask(
            letter_job(self.desk_app.desk, self.opened, self.form, self._made), self, "letter"
        )

    @on(LetterMade)
    def _show_letter(self, event: LetterMade) -> None:
        if event.n != self._made:
            return  # another one is on its way
        self.prepared = event.prepared
        self.set_class(event.prepared is None, "no-letter")
        text = clean(event.prepared.letter).text if event.prepared else NO_LETTER
        self.query_one("#letter", Static).update(Content(text))
        self.query_one("#lacks", Static).update(Content(one_line(event.lacks) or COMPLETE))

    # Sending

    @on(TypedId.Refused)
    def _refused(self, event: TypedId.Refused) -> None:
        self.say(event.sentence, error=True)

    @on(TypedId.Entered)
    def _entered(self, event: TypedId.Entered) -> None:
        """Only the id itself, of a letter that is shown as it stands, sends anything."""
        wanted = one_line(self.initiative)
        if self._sending:
            return
        if event.text != wanted:
            said = f"“{event.text}” is not the id" if event.text else "the id is not typed yet"
            self.say(f"Nothing was sent: {said}.", error=True)
        elif self.prepared is None:
            lacks = lacking(self.form, self.opened) or "the letter is not ready"
            self.say(f"Nothing was sent. {lacks}", error=True)
        else:
            self._sending = True
            self.say("Sending ...")
            job = send_job(self.desk_app.desk, self.prepared)
            self.desk_app.ask(job, self, "decide")

    @on(DecisionSent)
    def _sent(self, event: DecisionSent) -> None:
        self._keeping.cancel()
        self.desk_app.scribe.drop(self._place)
        decision = event.prepared.decision
        lines = [
            f"{decision.initiative} v{decision.version}: {OUTCOME_WORDS[decision.outcome]}",
            f"letter: {event.letter}",
            f"receipt: {event.receipt.full}",
        ]
        self.app.push_screen(NoticeDialog("It is on record.", lines), self._leave)

    def _leave(self, _: object) -> None:
        self.dismiss()
        self._done_with(self.initiative)

    @on(Failed)
    def _stopped(self) -> None:
        """The base tells the sentence; what is on the sheet stays."""
        self._sending = False

    @on(SheetMoved)
    async def _moved(self, event: SheetMoved) -> None:
        """The record moved on: the sheet as it stands now, with all that was typed."""
        self._keeping.flush()
        moved = [
            event.sentence,
            *(f"  - {c}" for c in changes(self.opened.sheet, event.opened.sheet)),
        ]
        self._sending = False
        self.opened = event.opened
        self.form = form_of(event.opened, self.form.model_dump_json())
        self.query_one("#head", Static).update(self._title())
        self.query_one("#typed", TypedId).clear()
        await self._lay_out(moved)
        self._keeping.touch()  # with a new version it is kept there

    # Keys

    def flush(self) -> None:
        """Hand on at once what was typed: the desk ends."""
        self._keeping.flush()

    def do_close(self) -> None:
        """From a field back to the outcomes; from there back to the draft. All is kept."""
        if isinstance(self.focused, Input | Box | TypedId):
            self.view.outcomes.focus()
        else:
            self.do_back()

    def do_back(self) -> None:
        self.flush()
        self.dismiss()

    def do_refresh(self) -> None:
        self.desk_app.ask(open_job(self.desk_app.desk, self.initiative), self, "open")

    def do_take_condition(self) -> None:
        self.view.conditions.take()

    def do_add_condition(self) -> None:
        self.view.conditions.add()

    def do_drop_condition(self) -> None:
        self.view.conditions.drop()

    def do_next_field(self) -> None:
        self.focus_next()

    def do_last_field(self) -> None:
        self.focus_previous()

    def _outcome(self, at: int) -> None:
        self.view.pick(OUTCOMES[at])
        self._go_on()

    do_outcome_1 = partialmethod(_outcome, 0)
    do_outcome_2 = partialmethod(_outcome, 1)
    do_outcome_3 = partialmethod(_outcome, 2)
    do_outcome_4 = partialmethod(_outcome, 3)
    do_outcome_5 = partialmethod(_outcome, 4)
    do_outcome_6 = partialmethod(_outcome, 5)
