"""Hybrid search: what a hit is, and how words and vectors are weighed against each other.

score = z(BM25) + z(cosine): each feature of a passage is measured against all passages of its kind,
so that neither drowns the other. An entry counts with its best passage. Results are ordered by
(-score, id), equal everywhere. Pure arithmetic: `index.py` brings the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from knowledge.entries import Entry
from knowledge.passages import Passage
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Keep = Callable[[Entry], bool]
"""Whether an entry may be found at all."""
CANDIDATES = 100
"""So many passages by words, and so many by vectors, are scored exactly for each kind."""


class Hit(NamedTuple):
    """An entry, and how near it is to the query."""

    entry: str
    kind: EntryKind
    score: float
    """z(BM25) + z(cosine) of the best passage."""
    dense: float
    """Cosine of the best passage by cosine, -1..1."""
    lexical: float
    """Best BM25 score of a passage divided by the query's against itself, 0..1."""
    rank: int
    """From 1."""
    passages: tuple[Passage, ...] = ()
    """Best first."""
    duplicate: float = 0.0
    """Calibrated P(the same system), 0.01..0.99, by `relation.py`; fitted on capabilities (decided
    initiatives are compared by `alike.py`)."""


class Features(NamedTuple):
    """What the duplicate probability is made of, for the best hits of one query."""

    names: tuple[str, ...]
    """`relation.FEATURES`."""
    entries: tuple[str, ...]
    """Ids, best first."""
    rows: tuple[tuple[float, ...], ...]
    """Row i holds the features of `entries[i]`, in the order of `names`."""


class Search(Protocol):
    """What gathering asks of the index."""

    def search(
        self, text: str, *, kinds: Sequence[EntryKind], k: int = 10, keep: Keep | None = None
    ) -> list[Hit]:
        """The k nearest entries of these kinds that `keep` lets pass, best first."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text, of length 1, or zeros for a text without words; by the embedder that
        ships, so that nothing is sent anywhere."""

    def held(self) -> frozenset[str]:
        """Ids of the decided initiatives that are searched as precedents."""


class Query(NamedTuple):
    """A text to search for, taken apart once."""

    terms: list[str]
    vector: NDArray[np.float64]
    """L2-normalised, or zeros."""


class Background(NamedTuple):
    """How a query scores against all passages of a kind: what is usual, and how far it spreads."""

    words_mean: float
    words_spread: float
    dense_mean: float
    dense_spread: float

    def score(self, words: float, dense: float) -> float:
        """z(BM25) + z(cosine); rounded, so that equal passages tie on every machine."""
        z = _z(words, self.words_mean, self.words_spread)
        return round(z + _z(dense, self.dense_mean, self.dense_spread), 6)


class Scored(NamedTuple):
    """One passage of an entry or text, scored exactly."""

    owner: str
    ordinal: int
    score: float
    dense: float
    lexical: float


def cosines(vectors: NDArray[np.float32], query: NDArray[np.float64]) -> NDArray[np.float64]:
    """Dot products row by row: each is the same whichever rows stand beside it."""
    products: NDArray[np.float64] = (vectors * query).sum(axis=1)
    return products


def share(score: float, own: float) -> float:
    """A BM25 score as a share of what the query scores against itself, 0..1."""
    return round(min(1.0, max(0.0, score / own)), 6) if own > 0 else 0.0


def best_by_owner(scored: Sequence[Scored]) -> list[list[Scored]]:
    """Passages grouped by what they belong to, best first, in both directions."""
    groups: dict[str, list[Scored]] = {}
    for passage in sorted(scored, key=lambda p: (-p.score, p.owner, p.ordinal)):
        groups.setdefault(passage.owner, []).append(passage)
    return list(groups.values())


def deciding(best: Sequence[Scored]) -> list[tuple[float, ...]]:
    """The features of the best passages of all entries of a kind, best first, in the order of
    `relation.FEATURES`."""
    leads = [a.score - b.score for a, b in pairwise(best)] + [0.0]
    first = max(best[0].score, 1.0) if best else 1.0
    return [
        (
            passage.dense,
            passage.lexical,
            math.log1p(max(passage.score, 0.0)),
            max(lead, 0.0) / max(passage.score, 1.0),
            max(best[0].score - passage.score, 0.0) / first,
        )
        for passage, lead in zip(best, leads, strict=False)
    ]


def _z(value: float, mean: float, spread: float) -> float:
    return (value - mean) / spread if spread > 1e-6 else 0.0
