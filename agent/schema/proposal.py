"""A proposal as it was read: declared fields, sections, sentences, facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from agent.schema.base import Frozen
from knowledge.text import CleanText, Hidden
from knowledge.vocabulary import Origin


class Declared(Frozen):
    """Front matter of a proposal; everything is optional, unknown keys go to `other`."""

    id: str = ""
    title: str = ""
    team: str = ""
    owner: str = ""
    sponsor: str = ""
    roles: dict[str, str] = Field(default_factory=dict)
    goals: tuple[str, ...] = ()
    reuses: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    behaviours: dict[str, str] = Field(default_factory=dict)
    evidence: dict[str, str] = Field(default_factory=dict)
    """Requirement id → link to a record."""
    benefit: str = ""
    cost: str = ""
    model: str = ""
    """`never`: no part of this proposal may be sent to a model."""
    facts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Fact name → values as written (aliases not yet resolved)."""
    other: dict[str, str] = Field(default_factory=dict)
    """Keys that Concord does not know, kept for the record."""


class Span(Frozen):
    """A piece of the cleaned text, as character offsets [start, end)."""

    start: int
    end: int


class Citation(Frozen):
    """A quote and what checking it against the source found. Lines and columns count from 1;
    `col_end` is the column after the last character; all are positions in the file as it stands."""

    source: str
    """`proposal` or an entry id."""
    section: str = ""
    line_start: int | None = None
    line_end: int | None = None
    col_start: int | None = None
    col_end: int | None = None
    quote: str
    """The source's own text where the check is exact or close."""
    claimed: str
    """What the reader said that the source says."""
    check: Literal["exact", "close", "bad"]


class Fact(Frozen):
    values: tuple[str, ...] = ()
    origin: Origin = "unknown"
    citations: tuple[Citation, ...] = ()
    declared: tuple[str, ...] = ()
    """What the front matter says, when the body contradicts it."""
    unknown_values: tuple[str, ...] = ()
    """Values as written that no vocabulary knows: a question, and fails closed."""


Tense = Literal["present", "past", "future", "none"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table row of the body (a plain type: there are thousands)."""

    text: str
    start: int
    end: int
    section: int
    """Index into `Proposal.sections`."""
    kind: Literal["prose", "item", "row", "quote", "heading", "front", "question"] = "prose"
    """`quote`: a block quote; `front`: a front matter value; `question`: a form's own question."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it up to the next heading."""

    path: tuple[str, ...]
    """Heading texts from the outermost; () before the first heading."""
    level: int
    start: int
    """Offset of the heading (of the body for the first)."""
    body: int
    """Offset just after the heading line."""
    end: int


class Proposal(Frozen):
    """One version of one initiative, parsed; raw bytes stay with the caller and the record."""

    initiative: str
    path: str
    """As given by the user, or relative to the workspace."""
    sha256: str
    """Of the raw bytes."""
    title: str
    source: CleanText
    declared: Declared
    declared_lines: Mapping[str, int] = Field(default_factory=dict)
    """Front matter key (`roles.product` for nested ones) → physical line."""
    body: int
    """Offset in `source.text` of the first character after the front matter."""
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    hidden: tuple[Hidden, ...] = ()
    """What the cleaning removed and what a renderer would not show (HTML comments, ...)."""
    readable: bool = True
    """False: written in a language that the rules cannot read."""
    notes: tuple[str, ...] = ()
    """What a person should know of the reading itself: encoding replaced, and the like."""
