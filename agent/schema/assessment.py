"""What a reader claims, before any of it is checked. The language model returns the same shape."""

from pydantic import Field

from agent.schema.base import Frozen
from knowledge.entries import Entry
from knowledge.vocabulary import (
    Dimension,
    Disposition,
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


class OverlapReading(Frozen):
    entry: str
    kind: OverlapKind
    relation: Relation
    probability: float | None = None
    """Estimated chance that both are the same thing; None until fitted."""
    facets: dict[str, str] = Field(default_factory=dict)
    """Facet (purpose, users, data, automation, ...) → same | similar | different | unknown."""
    missing: tuple[str, ...] = ()
    """What would be missing to reuse it."""
    disposition: Disposition = "none"
    quotes: tuple[Quote, ...] = ()


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
