"""What a reader claims, before any of it is checked. The language model returns the same shape."""

from typing import Any

from pydantic import Field, field_validator

from agent.schema.base import Frozen
from knowledge.entries import Entry
from knowledge.vocabulary import (
    Dimension,
    Disposition,
    Likeness,
    OverlapKind,
    ReaderName,
    Relation,
    Severity,
    Status,
    Verdict,
)


class Quote(Frozen):
    """Words that a reader says stand in a source."""

    source: str
    """`proposal` or an entry id."""
    text: str
    start: int | None = None
    """Offset in the source's text where the reader saw it, to settle which of several places."""


class Look(Frozen):
    """A place that was looked at and does not satisfy: one step of an absence's trail."""

    source: str
    text: str
    start: int | None = None
    why: str


class RequirementReading(Frozen):
    id: str
    status: Status
    quotes: tuple[Quote, ...] = ()
    searched: tuple[Look, ...] = ()
    note: str = ""
    """Why this status, one sentence."""


def plain_facets(facets: Any) -> Any:
    """Facets as they were kept before they had quotes: a word each."""
    if not isinstance(facets, dict):
        return facets
    return {k: {"value": v} if isinstance(v, str) else v for k, v in facets.items()}


class FacetReading(Frozen):
    """How one side of two systems compares, and the words of either that say so."""

    value: Likeness
    own: Quote | None = None
    """Of the proposal; None where it does not say."""
    theirs: Quote | None = None
    """Of the entry's text or field line; None where it does not say."""


class OverlapReading(Frozen):
    entry: str
    kind: OverlapKind
    relation: Relation
    probability: float | None = None
    """Estimated chance that both are the same thing; None until fitted."""
    facets: dict[str, FacetReading] = Field(default_factory=dict)
    """Facet (purpose, users, data, automation, behaviour, outputs, ...) → how it compares."""
    missing: tuple[str, ...] = ()
    """What would be missing to reuse it."""
    disposition: Disposition = "none"
    reason: str = ""
    """Why this disposition, one sentence."""
    contradicts: str = ""
    """Where the proposal would go against what was decided of it, one sentence; empty: nowhere."""
    quotes: tuple[Quote, ...] = ()

    @field_validator("facets", mode="before")
    @classmethod
    def _with_quotes(cls, facets: Any) -> Any:
        return plain_facets(facets)


class GoalReading(Frozen):
    id: str
    verdict: Verdict
    quotes: tuple[Quote, ...] = ()
    refuses_remedy: bool = False
    """The conflict is the purpose itself and the text refuses the remedy."""


class Claim(Frozen):
    """A finding as a reader claims it; its identity is (rule, subject)."""

    rule: str
    subject: str | None = None
    dimension: Dimension
    severity: Severity
    title: str
    claim: str
    ask: str
    quotes: tuple[Quote, ...] = ()
    searched: tuple[Look, ...] = ()
    refuses_remedy: bool = False
    """The breach is the purpose itself and the text refuses the remedy."""


class Ask(Frozen):
    """A question to the team whose answer would change something."""

    text: str
    about: str
    """A fact, requirement id, entry id or front matter key."""
    changes: tuple[str, ...] = ()
    """Requirement ids, rules or `outcome` that the answer would change."""


class Covered(Frozen):
    state: str = "checked"
    """checked | partly | not_checked"""
    note: str = ""


class Assessment(Frozen):
    """One reader's reading of one proposal against its evidence."""

    reader: ReaderName
    requirements: tuple[RequirementReading, ...] = ()
    overlaps: tuple[OverlapReading, ...] = ()
    goals: tuple[GoalReading, ...] = ()
    claims: tuple[Claim, ...] = ()
    questions: tuple[Ask, ...] = ()
    coverage: dict[Dimension, Covered] = Field(default_factory=dict)
    summary: str = ""
    consulted: tuple[Entry, ...] = ()
    """Entries that the reader looked up beside the evidence, so that its quotes can be checked."""
    notes: tuple[str, ...] = ()
    """What a person should know of the reading itself: what was left out of an answer, and why."""
