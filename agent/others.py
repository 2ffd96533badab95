"""The other initiatives, as a review compares with them: pending twins and decided precedents."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.intake.query import WIDE, search_text
from agent.schema.base import canonical, content_id
from agent.schema.evidence import Pending
from agent.schema.office import FactSetting
from agent.schema.proposal import Fact, Proposal
from knowledge.entries import Precedent, Source
from knowledge.errors import ConcordError

if TYPE_CHECKING:
    from agent.record.inbox import DecidedRow, PendingRow
    from agent.record.store import Store

Facts = Mapping[str, FactSetting]


def pending_of(proposal: Proposal, facts: Facts, submitted: str = "") -> Pending:
    """A proposal as far as others need it to find overlap; `submitted`: ISO day, if it was."""
    read = read_facts(proposal, facts)
    return Pending(
        initiative=proposal.initiative,
        title=proposal.title,
        sha256=proposal.sha256,
        path=proposal.path,
        text=proposal.source.text,
        facts=_values(read),
        told=_told(read),
        team=proposal.declared.team,
        owner=proposal.declared.owner,
        purpose=search_text(proposal, WIDE),
        model=proposal.declared.model,
        data=_classes(read["data"]),
        reuses=proposal.declared.reuses,
        submitted=submitted,
    )


def precedent_of(
    proposal: Proposal,
    facts: Facts,
    outcome: str,
    decided: str,
    conditions: tuple[str, ...] = (),
) -> Precedent:
    """A decided proposal as an entry that later ones are compared with."""
    read = read_facts(proposal, facts)
    return Precedent(
        id=proposal.initiative,
        title=proposal.title,
        body=proposal.source.text[proposal.body :],
        owner=proposal.declared.owner,
        source=Source(
            path=proposal.path, sha256=proposal.sha256, line=1, text=proposal.source.text
        ),
        outcome=outcome,
        decided=decided,
        conditions=conditions,
        reuses=proposal.declared.reuses,
        facts=_values(read),
        told=_told(read),
        purpose=search_text(proposal, WIDE),
        model=proposal.declared.model,
        data=_classes(read["data"]),
    )


def _values(read: Mapping[str, Fact]) -> dict[str, tuple[str, ...]]:
    return {name: fact.values for name, fact in read.items() if fact.values}


def _told(read: Mapping[str, Fact]) -> dict[str, str]:
    """The first words that each fact rests on."""
    return {n: f.citations[0].quote for n, f in read.items() if f.values and f.citations}


def _classes(data: Fact) -> tuple[str, ...]:
    """What is surely known of the data; beside a value that nobody knows, nothing is."""
    return () if data.unknown_values else data.values


class Others:
    """Every other initiative on record, each read once a batch."""

    def __init__(self, store: "Store", facts: Facts, rules: str) -> None:
        """`rules`: fingerprint of what reads facts, so that a changed rule reads them anew."""
        self._store = store
        self._facts = facts
        self._rules = rules
        self._read: tuple[list[Pending], list[Precedent]] | None = None

    def of(self, initiative: str) -> tuple[list[Pending], list[Precedent]]:
        """Pending and decided initiatives other than this one."""
        pending, precedents = self.all()
        return (
            [p for p in pending if p.initiative != initiative],
            [p for p in precedents if p.id != initiative],
        )

    def all(self) -> tuple[list[Pending], list[Precedent]]:
        """Every pending and every decided initiative, by id."""
        if self._read is None:
            self._read = self.pending(), self.decided()
        return self._read

    def pending(self) -> list[Pending]:
        """What waits now, by id."""
        return [p for row in self._store.pending() if (p := self._pending(row))]

    def decided(self) -> list[Precedent]:
        """What has a last word now, by id: a decision that was corrected as it stands, nothing of
        a text that was redacted or of an initiative with a newer version."""
        return [d for row in self._store.decided() if (d := self._precedent(row))]

    def _pending(self, row: "PendingRow") -> Pending | None:
        key = content_id("pending with day", row.initiative, row.sha256, row.at, self._rules)
        if (known := self._store.get_step(key)) is not None:
            return Pending.model_validate_json(known)
        proposal = _parsed(row, self._facts)
        if proposal is None:
            return None
        pending = pending_of(proposal, self._facts, row.at[:10])
        self._store.put_step(key, pending.model_dump_json())
        return pending

    def _precedent(self, row: "DecidedRow") -> Precedent | None:
        parts = (row.initiative, row.version, row.sha256, row.outcome, row.at, row.merge_into)
        terms = canonical([*row.imposed, *row.waived])
        key = content_id("precedent with terms", *parts, terms, self._rules)
        if (known := self._store.get_step(key)) is not None:
            return Precedent.model_validate_json(known)
        proposal = _parsed(row, self._facts)
        if proposal is None:
            return None
        past = precedent_of(
            proposal, self._facts, row.outcome, row.at[:10], row.conditions
        ).model_copy(
            update={
                "version": row.version,
                "open_conditions": row.open_conditions,
                "merge_into": row.merge_into,
                "imposed": row.imposed,
                "waived": row.waived,
            }
        )
        self._store.put_step(key, past.model_dump_json())
        return past


def _parsed(row: "PendingRow | DecidedRow", facts: Facts) -> Proposal | None:
    """What was readable when it was handed in; a later version of the reader may refuse it."""
    try:
        return parse(row.raw, row.path, row.initiative, facts)
    except ConcordError:
        return None
