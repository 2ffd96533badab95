"""What one reads about an initiative beside its sheet: history, the diff, a quote to take along.

The past of a rule and the person's place are asked for here too; all of it through the service.
"""

from collections.abc import Callable
from difflib import unified_diff

from textual import on
from textual.content import Content
from textual.message import Message
from textual.timer import Timer

from agent.schema.draft import Searched
from tui.desk.cells import plain
from tui.desk.deciding import Deciding
from tui.desk.messages import Done, HistoryRead, PastRead, VersionsRead
from tui.desk.page import Page
from tui.desk.panes.detail import PROPOSAL
from tui.desk.panes.proof import place_words
from tui.desk.text_screen import TextScreen

PAYLOAD = 200
"""Characters of what a journal entry holds."""


class Reading(Deciding):
    """Reads only."""

    _rest: Timer | None = None

    def rest(self, seconds: float, act: Callable[[], None]) -> None:
        """Do it once the cursor has stood still."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(seconds, act)

    def keep_place(self, place: str) -> None:
        desk = self.desk_app.desk

        def keep() -> Message:
            desk.keep_place(place)
            return Done("")

        self.desk_app.ask(keep, self, "place")

    def read_past(self, rule: str) -> None:
        desk, name = self.desk_app.desk, self.initiative
        self.desk_app.ask(lambda: PastRead(rule, desk.precedence(rule, name)), self, "past")

    def do_back(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self.keep_place("")
        self.dismiss(None)

    # Quotes

    def do_next_quote(self) -> None:
        self._quote(1)

    def do_last_quote(self) -> None:
        self._quote(-1)

    def _quote(self, by: int) -> None:
        if self.item is not None and self.item.proofs:
            self.at = (self.at + by) % len(self.item.proofs)
            self.show_item()

    def show_item(self) -> None:
        raise NotImplementedError

    def go_to(self, number: int) -> None:
        raise NotImplementedError

    def do_copy(self) -> None:
        if self.item is None or not self.item.proofs:
            return
        proof = self.item.proofs[self.at]
        quote = proof.quote or (proof.claimed if not isinstance(proof, Searched) else "")
        text = f"“{plain(quote)}” ({place_words(proof)})"
        self.app.copy_to_clipboard(text)
        self.say(f"sent to the clipboard, if the terminal lets it: {text}")

    def do_source(self) -> None:
        """The pane with the text that the proof stands in, at its line."""
        proofs = self.item.proofs if self.item is not None else ()
        own = bool(proofs) and proofs[self.at].source == PROPOSAL
        self.go_to(3 if own else 4)

    def do_next_part(self) -> None:
        self._section(1)

    def do_last_part(self) -> None:
        self._section(-1)

    def _section(self, by: int) -> None:
        focused = self.focused
        page = focused if isinstance(focused, Page) else self.query_one("#proposal", Page)
        page.section(by)

    # History and diff

    def do_history(self) -> None:
        desk, name = self.desk_app.desk, self.initiative
        self.desk_app.ask(lambda: HistoryRead(name, desk.history(name)), self, "history")

    @on(HistoryRead)
    def _history(self, message: HistoryRead) -> None:
        lines = []
        if self.opened is not None:
            steps = self.opened.sheet.steps
            lines.append(f"note to the team: {plain(steps.note_to_team) or 'none'}")
            lines.append(f"private note: {plain(steps.private_note) or 'none'}")
            lines.append("")
        for recorded in reversed(message.entries):
            entry = recorded.entry
            held = "redacted" if recorded.payload is None else plain(str(recorded.payload))
            at = entry.at[:16].replace("T", " ")
            lines.append(f"{at}  v{entry.version}  {entry.kind}  {plain(entry.actor)}")
            lines.append(f"    {held[:PAYLOAD]}")
        title = f"History of {message.initiative}, newest first"
        self.app.push_screen(TextScreen(title, [Content(line) for line in lines]))

    def do_diff(self) -> None:
        opened = self.opened
        if opened is None:
            return
        version = opened.sheet.draft.version
        if version < 2:
            self.say("this is the first version: there is nothing to compare it with")
            return
        desk, name = self.desk_app.desk, self.initiative
        after = opened.proposal.source.text.split("\n")

        def read() -> Message:
            before = desk.open(name, version - 1).proposal.source.text.split("\n")
            return VersionsRead(
                name, before, after, (f"version {version - 1}", f"version {version}")
            )

        self.desk_app.ask(read, self, "diff")

    @on(VersionsRead)
    def _versions(self, message: VersionsRead) -> None:
        styles = {"+": "$success", "-": "$error", "@": "bold"}
        lines = [
            Content.styled(line.rstrip(), styles.get(line[:1], ""))
            for line in unified_diff(message.before, message.after, *message.names, lineterm="")
        ]
        self.app.push_screen(TextScreen(f"What changed in {message.initiative}", lines))
