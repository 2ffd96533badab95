"""What the organisation has written down: one frozen type a kind of entry.

Types only; `knowledge/reading.py` makes them from files. Every text here is already cleaned.
"""

import sys
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from knowledge.vocabulary import Enforce, EntryKind, LifeStage, Severity

Applicability = tuple[dict[str, tuple[str, ...]], ...]
"""Mappings ORed; inside one, keys ANDed and values ORed. Empty: always."""


STRICT: Final = ConfigDict(frozen=True, extra="forbid", defer_build=True)
"""Immutable; an unknown field is an error; the validator is built when it is first needed."""


class Source(BaseModel):
    """Where an entry stands in a file, and the text that quotes are checked against."""

    model_config = STRICT

    path: str
    """Relative to the workspace, with `/`."""
    sha256: Annotated[str, AfterValidator(sys.intern)]
    """Of the whole file's raw bytes; held once for all entries of a file."""
    line: int
    """Physical line (from 1) of the first line of `text`."""
    text: str
    """Cleaned text of the entry as it stands in the file (CSV, JSONL: its fields, one a line)."""
    one_line: bool = False
    """CSV and JSONL: every line of `text` stands on physical line `line`."""


class Document(BaseModel):
    """The document that an entry was imported from: `source` in its front matter."""

    model_config = STRICT

    file: str = ""
    """Its name, without folders."""
    sha256: str = ""
    """Of its raw bytes as it was imported."""
    page: str = ""
    """Number from 1; empty where a document has no pages."""
    section: str = ""
    """The headings above the place, or sheet and row of a table."""
    quote: str = ""
    """Its own words, found by code in the text that was read of it."""
    written: str = ""
    """Hash of the entry as the import wrote it: tells whether a person has edited it since."""


class _Entry(BaseModel):
    model_config = STRICT

    id: str
    title: str
    body: str = ""
    owner: str = ""
    source: Source
    draft: bool = False
    """`status: draft` in the file: a proposal of an entry, which counts for nothing yet."""
    document: Document | None = None
    """None: it was not imported."""


class Scope(BaseModel):
    model_config = STRICT

    covers: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


class Reuse(BaseModel):
    model_config = STRICT

    how: str = ""
    contact: str = ""


class Capability(_Entry):
    kind: Literal["capability"] = "capability"
    team: str = ""
    status: LifeStage | None = None
    """None: the file does not say."""
    automation: str = ""
    audience: tuple[str, ...] = ()
    affected: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    behaviours: dict[str, str] = Field(default_factory=dict)
    scope: Scope = Scope()
    reuse: Reuse = Reuse()
    initiative: str = ""
    """The initiative that it came from, so that its last review can be told."""


class Policy(_Entry):
    kind: Literal["policy"] = "policy"
    version: str = ""
    effective_from: str = ""
    """ISO day; empty: its requirements count already."""
    requirements: tuple[str, ...] = ()
    """Ids; each requirement is an entry of its own."""


class Requirement(_Entry):
    kind: Literal["requirement"] = "requirement"
    policy: str
    text: str
    severity: Severity = "medium"
    applies_when: Applicability = ()
    look_for: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    enforce: Enforce = "ask"
    replaces: tuple[str, ...] = ()
    sign_off: str = ""
    """Role that has to sign."""
    effective_from: str = ""
    """Its policy's: ISO day from which it counts; empty: it counts already."""


class Goal(_Entry):
    kind: Literal["goal"] = "goal"
    measure: str = ""
    horizon: str = ""
    rules_out: tuple[str, ...] = ()


class Pattern(_Entry):
    kind: Literal["pattern"] = "pattern"
    severity: Severity = "high"
    version: str = ""
    applies_when: Applicability = ()
    behaviours: dict[str, str] = Field(default_factory=dict)


class Asset(_Entry):
    kind: Literal["asset"] = "asset"
    aliases: tuple[str, ...] = ()
    asset_kind: str = ""
    """`kind` in the file: system, dataset, model or supplier."""
    status: LifeStage | None = None
    successor: str = ""


class Imposed(BaseModel):
    """A condition under which an initiative was approved."""

    model_config = STRICT

    text: str
    requirement: str = ""
    due: str = ""
    status: Literal["open", "met", "waived", "lapsed"] = "open"


class Waived(BaseModel):
    """A requirement that an initiative was let off, with the typed reason."""

    model_config = STRICT

    requirement: str
    reason: str
    until: str = ""


class Precedent(_Entry):
    """A decided initiative, as later proposals are compared with it."""

    kind: Literal["precedent"] = "precedent"
    outcome: str
    decided: str = ""
    version: int | None = None
    """None: not known."""
    conditions: tuple[str, ...] = ()
    imposed: tuple[Imposed, ...] = ()
    """`conditions` with the requirement that each is about."""
    waived: tuple[Waived, ...] = ()
    open_conditions: tuple[str, ...] = ()
    """Those of `conditions` that are neither met nor waived nor lapsed."""
    merge_into: str = ""
    """What it was to be merged with."""
    ended: str = ""
    """The entry that came of it, where that is retired by now."""
    reuses: tuple[str, ...] = ()
    """Entries that it was to build on."""
    facts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Fact → values, as it was read when it was decided."""
    told: dict[str, str] = Field(default_factory=dict)
    """Fact → the words of its text that it rests on."""
    purpose: str = ""
    """What it says of its purpose, for comparison with another's; empty: all of `body`."""
    model: str = ""
    """`never`: its text may not be sent to a model, not even beside another's."""
    data: tuple[str, ...] = ()
    """The classes of data that it handles; empty: not known, or not all of them."""


Entry = Annotated[
    Capability | Policy | Requirement | Goal | Pattern | Asset | Precedent,
    Field(discriminator="kind"),
]

KINDS: tuple[EntryKind, ...] = (
    "capability",
    "policy",
    "requirement",
    "goal",
    "pattern",
    "asset",
    "precedent",
)
