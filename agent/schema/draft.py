"""The draft: what passed `verify`. Its JSON is the contract of `concord review --json`."""

from typing import Any, Final, Literal

from pydantic import Field, SerializerFunctionWrapHandler, field_validator, model_serializer

from agent.schema.assessment import Covered, plain_facets
from agent.schema.base import Frozen
from agent.schema.evidence import LastReview
from agent.schema.proposal import Citation, Fact
from knowledge.vocabulary import (
    Applies,
    Dimension,
    Disposition,
    LifeStage,
    Likeness,
    Outcome,
    OverlapKind,
    ReaderName,
    Relation,
    Severity,
    Status,
    Verdict,
)

DRAFT_SCHEMA = "concord.draft/1"


class Confirmed(Frozen):
    """A person has seen the measure, not only its statement."""

    by: str
    date: str


class ConfirmedEvidence(Frozen):
    confirmed: Confirmed


EvidenceLevel = Literal["stated", "linked"] | ConfirmedEvidence


class Searched(Frozen):
    """One step of an absence's trail: where it was looked for and why that does not satisfy."""

    source: str
    line_start: int | None = None
    line_end: int | None = None
    quote: str
    why: str


class Finding(Frozen):
    id: str
    rule: str
    dimension: Dimension
    severity: Severity
    title: str
    claim: str
    ask: str
    subject: str | None = None
    citations: tuple[Citation, ...] = ()
    searched: tuple[Searched, ...] = ()
    readers: tuple[ReaderName, ...] = ()
    confidence: float | None = None
    """0–1, the estimated chance that a coordinator accepts it; None until fitted."""


class Unsupported(Frozen):
    finding: Finding
    reason: str


class ReaderStatus(Frozen):
    status: Status
    citations: tuple[Citation, ...] = ()


class RequirementRow(Frozen):
    id: str
    applies: Applies
    applies_because: str
    status: Status
    severity: Severity
    evidence: EvidenceLevel | None = None
    """Only for `in_place`."""
    citations: tuple[Citation, ...] = ()
    searched: tuple[Searched, ...] = ()
    readers: dict[ReaderName, ReaderStatus] = Field(default_factory=dict)


class Facet(Frozen):
    """How one side of two systems compares, with the checked words of either."""

    value: Likeness
    own: Citation | None = None
    """Of the proposal; None where it does not say."""
    theirs: Citation | None = None
    """Of the entry; None where it does not say."""


_SINCE: Final = frozenset({"reason", "owner", "team", "status", "last_review", "contradicts"})
"""Fields that a row of an older draft does not have."""


class OverlapRow(Frozen):
    entry: str
    kind: OverlapKind
    relation: Relation
    probability: float | None = None
    facets: dict[str, Facet] = Field(default_factory=dict)
    """purpose, users, data, automation, behaviour, outputs, affected, domain → how it compares."""
    missing: tuple[str, ...] = ()
    """What would be missing to reuse it."""
    disposition: Disposition = "none"
    reason: str = ""
    """Why this disposition, one sentence."""
    owner: str = ""
    team: str = ""
    status: LifeStage | None = None
    """Of a capability; None: not said, or something that waits or was decided."""
    last_review: LastReview | None = None
    contradicts: str = ""
    """Where the proposal would go against what was decided of it, one sentence; empty: nowhere."""
    citations: tuple[Citation, ...] = ()

    @field_validator("facets", mode="before")
    @classmethod
    def _with_quotes(cls, facets: Any) -> Any:
        return plain_facets(facets)

    @model_serializer(mode="wrap")
    def _as_made(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A row of an older draft is written as it was read: reading a draft back changes neither
        its digest nor its JSON."""
        row: dict[str, Any] = dump(self)
        quoted = any(f.own or f.theirs for f in self.facets.values())
        if quoted or self.model_fields_set & _SINCE:
            return row
        older = {key: value for key, value in row.items() if key not in _SINCE}
        return older | {"facets": {name: facet.value for name, facet in self.facets.items()}}


class GoalRow(Frozen):
    id: str
    verdict: Verdict
    citations: tuple[Citation, ...] = ()


class Question(Frozen):
    id: str
    text: str
    about: str
    changes: tuple[str, ...] = ()


class ProposalRef(Frozen):
    path: str
    sha256: str
    title: str


class SourceRef(Frozen):
    path: str
    sha256: str
    title: str


class Provenance(Frozen):
    tool: str
    rules: str
    knowledge: str
    model: str | None = None
    prompts: str | None = None
    created: str = ""
    """UTC, ISO 8601; no part of the draft's identity or digest."""
    sources: dict[str, SourceRef] = Field(default_factory=dict)


class Draft(Frozen):
    schema_: str = Field(default=DRAFT_SCHEMA, alias="schema")
    id: str
    digest: str = ""
    initiative: str
    version: int
    proposal: ProposalRef
    outcome: Outcome
    outcome_because: tuple[str, ...]
    """One sentence a reason, the decisive first; each names the finding's rule or requirement."""
    outcome_by_reader: dict[ReaderName, Outcome | None]
    summary: str
    findings: tuple[Finding, ...] = ()
    unsupported: tuple[Unsupported, ...] = ()
    requirements: tuple[RequirementRow, ...] = ()
    overlaps: tuple[OverlapRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    questions: tuple[Question, ...] = ()
    facts: dict[str, Fact] = Field(default_factory=dict)
    coverage: dict[Dimension, Covered] = Field(default_factory=dict)
    provenance: Provenance
