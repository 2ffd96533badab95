"""What was gathered for one proposal, before any reader looks at it."""

from collections.abc import Iterable

from pydantic import Field

from agent.schema.base import Frozen
from agent.schema.proposal import Fact
from knowledge.entries import Asset, Capability, Entry, Goal, Pattern, Precedent, Requirement
from knowledge.vocabulary import Applies, OverlapKind


class Pending(Frozen):
    """Another initiative without a decision, as far as overlap needs it."""

    initiative: str
    title: str
    sha256: str
    path: str
    text: str
    """Cleaned body."""
    line: int = 1
    """Physical line of the first line of `text`."""
    facts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    told: dict[str, str] = Field(default_factory=dict)
    """Fact → the words of `text` that it rests on."""
    team: str = ""
    owner: str = ""
    purpose: str = ""
    """What it says of its purpose, for comparison with another's; empty: all of `text`."""
    model: str = ""
    """`never`: its text may not be sent to a model, not even beside another's."""
    data: tuple[str, ...] = ()
    """The classes of data that it handles; empty: not known, or not all of them."""
    reuses: tuple[str, ...] = ()
    """What its front matter says it builds on."""
    submitted: str = ""
    """ISO day when the initiative was first handed in; empty: it was not yet."""


class LastReview(Frozen):
    """The latest decision that concerns something a proposal is compared with."""

    initiative: str
    version: int | None = None
    """None: not known, as of a past initiative in an evaluation."""
    outcome: str
    decided: str = ""
    """ISO day; empty: not known."""
    open_conditions: tuple[str, ...] = ()
    """Their texts."""


class Candidate(Frozen):
    """Something that may do the same job, with the features of the fused search."""

    entry: str
    """Entry id, or the initiative of a pending twin."""
    kind: OverlapKind
    score: float
    """Fused z-score sum; of another initiative the log-odds that it is the same thing by its words
    alone; higher is nearer."""
    dense: float
    """Exact cosine, -1..1: of a capability's best passage, of another initiative's purpose."""
    lexical: float
    """0..1: BM25 score of the best passage divided by the query's score against itself; of another
    initiative the terms in both as a share of those in either."""
    rank: int
    """From 1."""
    gap: float = 0.0
    """Score less that of the next candidate of the same kind."""
    duplicate: float = 0.0
    """Calibrated P(the same system), 0.01..0.99, from the features of the fused search."""
    same_title: bool = False
    """Another initiative has the very title."""


class Applicable(Frozen):
    """A requirement or pattern and whether it applies to this proposal."""

    id: str
    applies: Applies
    because: str
    """`automation is act_with_notice (line 12)`; for unknown, what would have to be known."""
    depends_on: tuple[str, ...] = ()
    """Facts that the answer rests on."""


class Mention(Frozen):
    """A registered name (id, title, alias or system) that stands in the proposal."""

    entry: str
    name: str
    start: int
    end: int
    declared: str = ""
    """Front matter field that names it (`depends_on`, `reuses`), else empty."""


class Evidence(Frozen):
    """Everything that a reader may look at; its digest keys the readers' steps."""

    knowledge: str
    """Fingerprint of the knowledge: index content and the near pending proposals."""
    facts: dict[str, Fact]
    requirements: tuple[Requirement, ...]
    patterns: tuple[Pattern, ...]
    applicable: dict[str, Applicable]
    """By requirement or pattern id; a row for every one of the workspace."""
    goals: tuple[Goal, ...]
    capabilities: tuple[Capability, ...]
    """The candidates' and the mentioned ones' entries, and those that serve the same people."""
    assets: tuple[Asset, ...]
    """The mentioned ones' entries."""
    precedents: tuple[Precedent, ...] = ()
    pending: tuple[Pending, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """Best first, capabilities, pending and precedents together, ordered by (-score, entry)."""
    reviews: dict[str, LastReview] = Field(default_factory=dict)
    """By entry id (pending and decided initiatives too): the last review of it, if there is one."""
    mentions: tuple[Mention, ...] = ()
    undeclared_names: tuple[str, ...] = ()
    """Names in `reuses`, `depends_on` or `goals` that no entry has."""
    neighbours: tuple[str, ...] = ()
    """Other systems mentioned in passing, as pairs of stems: `claim triag`."""
    registry: dict[str, int] = Field(default_factory=dict)
    """How much there was to compare with: entry kind → count, `behaviours` → capabilities that
    state any, `siblings` → those of them that serve the same people, `assets_folder` → 1 when the
    office keeps an asset register."""
    searched: bool = True
    """False: overlap was not searched (no index, as in `concord check`)."""

    def with_consulted(self, entries: Iterable[Entry]) -> "Evidence":
        """The same evidence with what a reader looked up beside it, so that it may be cited.

        Every requirement, pattern and goal of the workspace is here already; capabilities and
        assets are not.
        """
        more = {e.id: e for e in entries}
        if not more:
            return self
        known = {e.id for e in self.entries()}
        new = [more[id_] for id_ in sorted(more.keys() - known)]
        capabilities = [e for e in new if isinstance(e, Capability)]
        assets = [e for e in new if isinstance(e, Asset)]
        return self.model_copy(
            update={
                "capabilities": (*self.capabilities, *capabilities),
                "assets": (*self.assets, *assets),
            }
        )

    def entries(self) -> tuple[Entry, ...]:
        """Every entry that may be cited, whatever its kind."""
        return (
            *self.requirements,
            *self.patterns,
            *self.goals,
            *self.capabilities,
            *self.assets,
            *self.precedents,
        )
