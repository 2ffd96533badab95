"""The review of one proposal; reads as the diagram of the design:

    proposal → facts → evidence → assessments → checked → draft

Owns the order of the steps and what makes a draft the same draft. Pure but for the readers and the
step cache that it is given; it neither reads files nor writes the record.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from agent.draft.alone import only_where_unread
from agent.draft.merge import merge
from agent.draft.verify import verify
from agent.intake.applicability import applies
from agent.intake.evidence import capabilities_of, gather, registry_of
from agent.intake.facts import read_facts
from agent.intake.sources import Sources
from agent.readers.permission import refusal
from agent.readers.reader import PaidReader, Reader
from agent.schema.assessment import Assessment
from agent.schema.base import content_id, digest
from agent.schema.decision import Override
from agent.schema.draft import Confirmed, Draft, Finding, Provenance
from agent.schema.evidence import Applicable, Evidence, Pending
from agent.schema.office import FactSetting, OutcomeSettings
from agent.schema.proposal import Proposal
from agent.schema.reading import Reading
from knowledge.entries import Pattern, Precedent, Requirement
from knowledge.reading import Knowledge
from knowledge.search import Search


class StepCache(Protocol):
    """Finished steps by the hash of their input, so that a crash resumes without paying twice."""

    def get_step(self, key: str) -> str | None: ...

    def put_step(self, key: str, json: str) -> None: ...


@dataclass(frozen=True)
class Made:
    """A draft, and what has to be kept with it."""

    draft: Draft
    evidence: Evidence
    """With what a model looked up beside it: everything that the draft may quote."""
    reading: Reading | None
    """What a model read; None where none did."""


@dataclass(frozen=True)
class Review:
    """Everything that a review needs and no proposal changes."""

    knowledge: Knowledge
    readers: Sequence[Reader]
    """The rules first."""
    tool: str
    """Name and version of the product, for the provenance."""
    search: Search | None = None
    here: Search | None = None
    """For proposals that may not be sent, where `search` sends texts away; else the same."""
    never_for: Collection[str] = ()
    """Classes of data that the office sends nowhere."""
    relation: str = ""
    """Fingerprint of the numbers of the duplicate probability; empty without a search."""
    facts: Mapping[str, FactSetting] = field(default_factory=dict)
    outcome: OutcomeSettings = field(default_factory=OutcomeSettings)
    steps: StepCache | None = None
    model_alone: bool = False
    """The model's reading counts by itself, the rules' only where it did not read: for measuring
    the one, since a model that was talked over is then held back by nothing."""

    def gather(
        self,
        proposal: Proposal,
        *,
        pending: Sequence[Pending] = (),
        precedents: Sequence[Precedent] = (),
        overrides: Sequence[Override] = (),
        today: str = "",
    ) -> Evidence:
        """Facts first, since they select the requirements; then everything else.

        `today` (ISO date): what takes effect later does not apply yet; empty: all of it does.
        """
        facts = read_facts(proposal, self.facts, fact_overrides(overrides))
        kept = self.here is not None and refusal(proposal, facts, self.never_for)
        return gather(
            proposal,
            self.knowledge,
            facts,
            self.here if kept else self.search,
            pending,
            precedents,
            settings=self.facts,
            today=today,
        )

    def draft_id(
        self,
        proposal: Proposal,
        version: int,
        evidence: Evidence,
        reading: Reading | None = None,
    ) -> str:
        """Same inputs, same id: nothing needs to be drafted again (CONTRACTS §2).

        Without a `reading`: the id when every reader does its whole work. A model that failed in
        parts gives another one, so that a later run tries again.
        """
        parts = [proposal.initiative, str(version), proposal.sha256, evidence.knowledge]
        read = [r.fingerprint for r in self.readers[1:]]
        if reading is not None:
            read = [reading.fingerprint, *(f"failed: {name}" for name in sorted(reading.failed))]
        if self.model_alone:
            read.append("alone")
        return content_id(*parts, self.rules, *read)

    @property
    def rules(self) -> str:
        """Fingerprint of the rules: the reader, the office's facts, outcome table and relation."""
        settings = {name: setting.model_dump() for name, setting in self.facts.items()}
        return content_id(
            self.readers[0].fingerprint,
            digest({"facts": settings, "outcome": self.outcome}),
            self.relation,
        )

    async def draft(
        self,
        proposal: Proposal,
        evidence: Evidence,
        *,
        version: int,
        overrides: Sequence[Override] = (),
        accepted: Sequence[Finding] = (),
        by: str = "",
        on: str = "",
        signed: Mapping[str, Confirmed] = MappingProxyType({}),
        created: str = "",
    ) -> Draft:
        """Read, verify, merge. With `overrides` (`signed`, else by `by` on `on`) and unproven
        findings that were `accepted`: the sheet's effective draft."""
        made = await self.make(
            proposal,
            evidence,
            version=version,
            overrides=overrides,
            accepted=accepted,
            by=by,
            on=on,
            signed=signed,
            created=created,
        )
        return made.draft

    async def make(
        self,
        proposal: Proposal,
        evidence: Evidence,
        *,
        version: int,
        overrides: Sequence[Override] = (),
        accepted: Sequence[Finding] = (),
        by: str = "",
        on: str = "",
        signed: Mapping[str, Confirmed] = MappingProxyType({}),
        created: str = "",
    ) -> Made:
        """The draft with what has to be kept of its making."""
        assessments, reading = await self._read_all(proposal, evidence)
        checked = [verify(a, proposal, evidence) for a in assessments]
        if self.model_alone and len(checked) == 2:
            checked[0] = only_where_unread(checked[0], checked[1])
        whole = evidence.with_consulted(e for a in assessments for e in a.consulted)
        provenance = Provenance(
            tool=self.tool,
            rules=self.rules,
            knowledge=evidence.knowledge,
            model=reading.model if reading else None,
            prompts=reading.prompts if reading else None,
            created=created,
        )
        draft = merge(
            checked,
            proposal,
            whole,
            version=version,
            draft_id=self.draft_id(proposal, version, evidence, reading),
            provenance=provenance,
            settings=self.outcome,
            overrides=overrides,
            accepted=accepted,
            by=by,
            on=on,
            signed=signed,
            alone=self.model_alone,
        )
        return Made(draft, whole, reading)

    async def _read_all(
        self, proposal: Proposal, evidence: Evidence
    ) -> tuple[list[Assessment], Reading | None]:
        """Each reader sees what was gathered and nothing that another one looked up."""
        assessments: list[Assessment] = []
        reading: Reading | None = None
        for reader in self.readers:
            if isinstance(reader, PaidReader):  # keeps its own steps: a part that failed is none
                reading = await reader.read_counted(proposal, evidence)
                reading = reading.model_copy(update={"alone": self.model_alone})
                assessments.append(reading.assessment)
            else:
                assessments.append(await self._read(reader, proposal, evidence))
        return assessments, reading

    async def _read(self, reader: Reader, proposal: Proposal, evidence: Evidence) -> Assessment:
        if self.steps is None:
            return await reader.read(proposal, evidence)
        key = content_id("read", reader.fingerprint, digest(proposal.declared), proposal.sha256)
        key = content_id(key, digest(evidence))
        if (done := self.steps.get_step(key)) is not None:
            return Assessment.model_validate_json(done)
        assessment = await reader.read(proposal, evidence)
        self.steps.put_step(key, assessment.model_dump_json())
        return assessment

    def with_overrides(
        self, proposal: Proposal, evidence: Evidence, overrides: Sequence[Override]
    ) -> Evidence:
        """The same evidence under facts that a person corrected; nothing is searched again."""
        facts = read_facts(proposal, self.facts, fact_overrides(overrides))
        rows = dict(evidence.applicable)
        ruled: tuple[Requirement | Pattern, ...] = (*evidence.requirements, *evidence.patterns)
        for rule in ruled:
            # What rests on no fact (always, or not in effect yet) stays as it is.
            if rows[rule.id].depends_on or rows[rule.id].applies == "unknown":
                answer = applies(rule.applies_when, facts, self.facts)
                rows[rule.id] = Applicable(id=rule.id, **answer._asdict())
        named = {c.entry for c in evidence.candidates} | {m.entry for m in evidence.mentions}
        changed: dict[str, object] = {
            "facts": facts,
            "applicable": rows,
            "capabilities": capabilities_of(self.knowledge, named, facts),
            "registry": registry_of(self.knowledge, facts),
        }
        return evidence.model_copy(update=changed)


def fact_overrides(overrides: Sequence[Override]) -> dict[str, tuple[str, ...]]:
    """Fact name → values, from a person's overrides (values separated by commas)."""
    return {
        o.id: tuple(v.strip() for v in o.to.split(",") if v.strip())
        for o in overrides
        if o.kind == "fact"
    }


def cited_texts(draft: Draft, proposal: Proposal, evidence: Evidence) -> dict[str, str]:
    """The text of every entry that the draft cites, for the record to keep."""
    sources = Sources(proposal, evidence)
    return {key: sources[key].text for key in sorted(draft.provenance.sources) if key in sources}
