"""What `concord twins --json` prints: pairs of pending proposals that overlap, and clusters."""

from pydantic import Field

from agent.schema.base import Frozen
from knowledge.vocabulary import Likeness, Relation

TWINS_SCHEMA = "concord.twins/1"


class TwinSide(Frozen):
    """One proposal, as the others need to know it."""

    initiative: str
    title: str
    path: str
    team: str = ""
    owner: str = ""
    submitted: str = ""
    """ISO day when it was first handed in; empty: not yet, or read from a folder."""


class TwinFacet(Frozen):
    """One side of two systems: how it compares, and what either says of it."""

    value: Likeness
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    """Values of the fact; kinds of result for `outputs`; empty where the text does not say."""
    a_words: str = ""
    b_words: str = ""
    """The words of the text that the values rest on."""


class TwinPair(Frozen):
    """Two proposals that overlap, once; `a` was handed in first, else it comes first by id."""

    a: str
    b: str
    relation: Relation
    probability: float
    """That both are the same thing, 0.01..0.99."""
    dense: float
    """Cosine of what both say of their purpose."""
    words: float
    """Terms in both, as a share of those in either."""
    same_title: bool = False
    facets: dict[str, TwinFacet] = Field(default_factory=dict)
    talk: str
    """Who should talk to whom."""


class TwinCluster(Frozen):
    """Three or more proposals that are to do the same."""

    name: str
    """Its most central proposal: the one that is most like all others."""
    title: str
    members: tuple[str, ...]
    """Handed in first, then by id."""
    pairs: int
    """Pairs among them that are the same thing."""
    differs: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    """Facet → value → members, where not all that say something say the same."""
    talk: str


class Unread(Frozen):
    path: str
    error: str


class Twins(Frozen):
    schema_: str = Field(default=TWINS_SCHEMA, alias="schema")
    least: float
    proposals: int
    """How many were compared."""
    sides: dict[str, TwinSide] = Field(default_factory=dict)
    """Those that stand in a pair or cluster, by initiative."""
    pairs: tuple[TwinPair, ...] = ()
    """Surest first, then by id."""
    clusters: tuple[TwinCluster, ...] = ()
    """Largest first, then by name."""
    left_out: int = 0
    """Near pairs of a crowd that were too many to compare exactly, at most."""
    failed: tuple[Unread, ...] = ()
