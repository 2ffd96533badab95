"""Taking steps back and putting them back, up to the decision, across restarts and processes.

Each is one transaction that writes one journal entry; which step it is about follows from the
journal alone (replay.py).
"""

from sqlalchemy import Connection

from agent.record import drafts, step_rows, versions
from agent.record.replay import Replay, Row, emptying, redoing, undoing
from agent.record.step_words import added_titles, words
from agent.record.steps import Step
from agent.record.transactions import Transactions
from agent.schema.draft import Confirmed


class Undo(Transactions):
    """DecisionError once the version is decided; StaleDecision when it is not the newest."""

    def undo(self, initiative: str, by: str, version: int | None = None) -> str | None:
        """Takes back this person's newest step; says which in plain words, None: there is none.

        A step over which somebody else has stepped since is passed over: it counts no more.
        """
        with self._writing() as conn:
            n, state = _open(conn, initiative, version)
            row = state.to_undo(by)
            return row and self._write(conn, n, row, undoing(row, state), state, by, initiative)

    def redo(self, initiative: str, by: str, version: int | None = None) -> str | None:
        """Puts back the step that they undid last; a new step of theirs ends that."""
        with self._writing() as conn:
            n, state = _open(conn, initiative, version)
            row = state.to_redo(by)
            return row and self._write(conn, n, row, redoing(row), state, by, initiative)

    def withdraw(
        self, initiative: str, slot: str, by: str, version: int | None = None
    ) -> str | None:
        """Leaves a slot empty, whoever filled it: a step of its own, which can be undone.

        `slot`: `verdict FINDING`, `edited FIELD FINDING`, `override KIND ID`, `note team`, `note
        office` or `added DIGEST`, as `steps.slot_of` gives it. None: nothing stands there.
        """
        with self._writing() as conn:
            n, state = _open(conn, initiative, version)
            row = state.holding(slot)
            return row and self._write(conn, n, row, emptying(row), state, by, initiative)

    def slots(self, initiative: str, version: int | None = None) -> dict[str, str]:
        """What stands on a version: slot → in plain words."""
        with self.reading() as conn:
            n = versions.need(conn, initiative, version).n
            state = step_rows.replayed(conn, initiative, n)
            titles = _titles(conn, initiative, state, [row.finding for row in state.standing()])
            return {row.slot: words(row, state, titles) for row in state.standing()}

    def signed(self, initiative: str, version: int | None = None) -> dict[str, Confirmed]:
        """Requirement → who recorded the correction of its status that stands, and when."""
        with self.reading() as conn:
            n = versions.need(conn, initiative, version).n
            return {
                row.payload["id"]: Confirmed(by=row.actor, date=row.at[:10])
                for row in step_rows.replayed(conn, initiative, n).standing()
                if row.kind == "override" and row.payload["kind"] == "requirement"
            }

    def _write(
        self,
        conn: Connection,
        n: int,
        row: Row,
        step: Step,
        state: Replay,
        by: str,
        initiative: str,
    ) -> str:
        step_rows.record(conn, initiative, n, step, by=by, at=self._at())
        held = state.steps.get(state.before[row.seq])
        about = [row.finding, *([held.finding] if held else [])]
        return words(row, state, _titles(conn, initiative, state, about))


def _open(conn: Connection, initiative: str, version: int | None) -> tuple[int, Replay]:
    n = versions.need(conn, initiative).n
    step_rows.refuse_late(conn, initiative, n, version)
    return n, step_rows.replayed(conn, initiative, n)


def _titles(conn: Connection, initiative: str, state: Replay, ids: list[str]) -> dict[str, str]:
    own = added_titles(state, initiative)
    wanted = {i for i in ids if i} - own.keys()
    found = drafts.earlier_findings(conn, initiative, wanted) if wanted else {}
    return {key: finding.title for key, finding in found.items()} | own
