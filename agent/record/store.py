"""The record: what was handed in, drafted, done and decided. The only writer of the database.

Every public method is one transaction. Nothing is ever deleted; what a redaction takes away is
journalled. Safe for several processes and threads.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from agent.errors import DecisionError, RecordError
from agent.record import database, drafts, inbox, journal, step_rows, verdicts, versions
from agent.record.inbox import DecidedRow, InboxRow, PendingRow
from agent.record.journal import Receipt, Recorded
from agent.record.steps import fold
from agent.record.tables import step
from agent.record.undo import Undo
from agent.record.unsaved import Unsaved, clear_unsaved
from agent.schema.decision import Decision, Steps
from agent.schema.draft import Draft, Finding


def now_utc() -> datetime:
    return datetime.now(UTC)


@contextmanager
def open_store(
    path: Path,
    *,
    create: bool = True,
    allow_network_share: bool = False,
    clock: Callable[[], datetime] = now_utc,
) -> Iterator["Store"]:
    """The record, made or brought up to date when needed; RecordError says why not."""
    engine = database.open_engine(path, create=create, allow_network=allow_network_share)
    try:
        yield Store(engine, path, clock)
    finally:
        engine.dispose()


class Store(Unsaved, Undo):
    """Open it with `open_store`. What is being typed: unsaved.py; undo and redo: undo.py."""

    # What was handed in

    def submit(
        self, *, initiative: str, raw: bytes, sha256: str, path: str, title: str, actor: str
    ) -> int:
        """The version number of these bytes; bytes already handed in add nothing."""
        with self._writing() as conn:
            return versions.submit(
                conn,
                initiative=initiative,
                raw=raw,
                sha256=sha256,
                path=path,
                title=title,
                actor=actor,
                at=self._at(),
            )

    def near(self, initiative: str, title: str) -> str | None:
        """The known initiative that this unknown one is probably a new version of."""
        with self.reading() as conn:
            return versions.near(conn, initiative, title)

    def initiatives(self) -> list[str]:
        with self.reading() as conn:
            return [v.initiative for v in versions.all_newest(conn)]

    def version(self, initiative: str, version: int | None = None) -> versions.Version:
        """The newest without a number."""
        with self.reading() as conn:
            return versions.need(conn, initiative, version)

    def raw(self, initiative: str, version: int | None = None) -> bytes:
        """The file as it was handed in, byte for byte."""
        with self.reading() as conn:
            found = versions.need(conn, initiative, version)
            raw = journal.get(conn, found.sha256)
        if raw is None:
            raise RecordError(f"The text of {initiative} version {found.n} was redacted.")
        return raw

    # Drafts

    def save_draft(
        self,
        draft: Draft,
        texts: Mapping[str, str],
        actor: str,
        evidence: str | None = None,
        readings: str | None = None,
    ) -> drafts.Saved:
        """With the texts that it cites, what it rested on, and what a model read (both JSON)."""
        kept = drafts.Kept(evidence, readings)
        with self._writing() as conn:
            return drafts.save(conn, draft, texts, kept, actor=actor, at=self._at())

    def evidence(self, draft_id: str) -> str | None:
        """The JSON of what a draft rested on, so that an override re-runs on just that."""
        with self.reading() as conn:
            return drafts.evidence(conn, draft_id)

    def readings(self, draft_id: str) -> str | None:
        """The JSON of a model's reading, so that an override does not ask the model again."""
        with self.reading() as conn:
            return drafts.readings(conn, draft_id)

    def current(self, initiative: str) -> Draft | None:
        """The draft to decide on, else the one decided last."""
        with self.reading() as conn:
            found = drafts.current_id(conn, initiative)
            return drafts.load(conn, found) if found else None

    def draft(self, draft_id: str) -> Draft:
        with self.reading() as conn:
            return drafts.load(conn, draft_id)

    def texts(self, draft_id: str) -> dict[str, str]:
        """Cited entry → its text when the draft was made."""
        with self.reading() as conn:
            return drafts.texts(conn, draft_id)

    def earlier_findings(self, initiative: str, ids: Iterable[str]) -> dict[str, Finding]:
        """Findings of any draft of the initiative by id, as last drafted."""
        with self.reading() as conn:
            return drafts.earlier_findings(conn, initiative, ids)

    # Lists

    def inbox(self) -> list[InboxRow]:
        with self.reading() as conn:
            return inbox.inbox(conn, self._clock())

    def pending(self, excluding: str | None = None) -> list[PendingRow]:
        with self.reading() as conn:
            return inbox.pending(conn, excluding)

    def decided(self, excluding: str | None = None) -> list[DecidedRow]:
        with self.reading() as conn:
            return inbox.decided(conn, excluding)

    # A person's steps

    def take(self, initiative: str, steps: Steps, by: str, version: int | None = None) -> int:
        """Records steps on the newest version; returns how many were new.

        StaleDecision when that is not the `version` that the steps were meant for.
        """
        with self._writing() as conn:
            n = versions.need(conn, initiative).n
            step_rows.refuse_late(conn, initiative, n, version)
            return step_rows.take(conn, initiative, n, steps, by=by, at=self._at())

    def steps(self, initiative: str, version: int | None = None) -> Steps:
        """What counts now; verdicts, edits and added findings of earlier versions too."""
        with self.reading() as conn:
            n = versions.need(conn, initiative, version).n
            return fold(step_rows.recorded(conn, initiative, n))

    def holder(self, initiative: str) -> str:
        """Who took it; empty when nobody did."""
        with self.reading() as conn:
            return inbox.holders(conn).get(initiative, "")

    def claim(self, initiative: str, by: str, *, force: bool = False) -> None:
        """Says that somebody works on it; DecisionError when somebody else does."""
        self._hold("taken", initiative, by, force)

    def release(self, initiative: str, by: str, *, force: bool = False) -> None:
        self._hold("released", initiative, by, force)

    def _hold(self, kind: journal.Kind, initiative: str, by: str, force: bool) -> None:
        with self._writing() as conn:
            n = versions.need(conn, initiative).n
            holder = inbox.holders(conn).get(initiative, "")
            if holder == (by if kind == "taken" else ""):
                return
            if holder not in ("", by) and not force:
                raise DecisionError(f"{initiative} is held by {holder}; ask them to release it.")
            journal.append(
                conn,
                kind=kind,
                actor=by,
                at=self._at(),
                initiative=initiative,
                version=n,
                payload={"from": holder},
                key=f"{kind}:{initiative}:{journal.last(conn).count}",
            )

    # Decisions

    def mark(self, initiative: str) -> str:
        """Read it before the sheet and give it to `decide`: it changes when anything else does."""
        with self.reading() as conn:
            return verdicts.mark(conn, initiative)

    def decide(
        self,
        decision: Decision,
        letter: str,
        *,
        expect: str | None = None,
        key: str | None = None,
        corrects: bool = False,
    ) -> Receipt:
        """Records a decision, its steps and its letter at once, or nothing of it.

        The same decision again answers with the receipt of the first. `expect`: the `mark` of what
        was shown. DecisionError: decided already; StaleDecision: something changed since.
        """
        with self._writing() as conn:
            return verdicts.decide(
                conn, decision, letter, expect=expect, key=key, corrects=corrects, at=self._at()
            )

    def decision(self, initiative: str, version: int | None = None) -> Decision | None:
        """The decision that stands on a version (the newest); a deferral counts until decided."""
        with self.reading() as conn:
            row = verdicts.of(conn, initiative, version)
            return verdicts.load(conn, row) if row else None

    def letter(self, initiative: str, version: int | None = None) -> str | None:
        """The letter of the decision that stands."""
        with self.reading() as conn:
            row = verdicts.of(conn, initiative, version)
            return journal.get_text(conn, row.letter_sha256) if row else None

    def is_decided(self, initiative: str, version: int) -> bool:
        """A deferral is no decision yet."""
        with self.reading() as conn:
            return drafts.decided_seq(conn, initiative, version) is not None

    def decided_draft(self, initiative: str, version: int) -> Draft | None:
        """The draft that the standing decision on a version was taken on."""
        with self.reading() as conn:
            row = verdicts.standing(conn, initiative, version)
            return drafts.load(conn, row.draft) if row and row.outcome != "defer" else None

    # The journal

    def exported(
        self, initiative: str, version: int, *, form: str, path: str, sha256: str, actor: str
    ) -> Receipt:
        """Notes that a file went out; the same file to the same place again adds nothing."""
        with self._writing() as conn:
            versions.need(conn, initiative, version)
            payload = {"form": form, "path": journal.storable(path), "sha256": sha256}
            return journal.note_export(
                conn, initiative, version, payload, actor=actor, at=self._at()
            )

    def receipt(self) -> Receipt:
        with self.reading() as conn:
            return journal.last(conn)

    def history(self, initiative: str) -> list[Recorded]:
        """Every journal entry of an initiative with its payload, oldest first."""
        with self.reading() as conn:
            return journal.history(conn, initiative)

    def redact(self, sha256: str, reason: str, actor: str) -> Receipt:
        """Takes the bytes of one content out of the record for good; the chain stays valid.

        Readers' steps may hold the same words and can be made again, so they go too; what somebody
        is typing about an initiative of which something is redacted may, and goes with it.
        """
        with self._writing() as conn:
            receipt = journal.redact(conn, sha256, reason, actor, self._at())
            conn.execute(delete(step))
            clear_unsaved(conn, sha256)
        database.fold_log(self._engine, self.path)
        return receipt

    # Readers' steps

    def get_step(self, key: str) -> str | None:
        """The JSON of a step that was paid for already."""
        with self.reading() as conn:
            return conn.execute(select(step.c.json).where(step.c.key == key)).scalar()

    def get_steps(self, keys: Iterable[str]) -> dict[str, str]:
        """Those of many steps that are kept, at once."""
        with self.reading() as conn:
            wanted = func.json_each(json.dumps(sorted(keys))).table_valued("value")
            rows = conn.execute(select(step).where(step.c.key.in_(select(wanted.c.value))))
            return {row.key: row.json for row in rows}

    def put_step(self, key: str, json: str) -> None:
        with self._writing() as conn:
            conn.execute(insert(step).prefix_with("OR REPLACE"), {"key": key, "json": json})
