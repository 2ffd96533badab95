"""Hybrid search: what a hit is, and how its features are weighed against each other.

Words (BM25) and the whole passage's vector bring the candidates; three finer features order them:
the wording shared (`phrases.py`), sentence beside sentence and piece beside piece (`pieces.py`).
Words and cosine are measured against all passages of their kind, so that neither drowns the other;
the finer ones count as they are. An entry counts with its best passage. Results are ordered by
(-score, id), equal everywhere. Pure arithmetic: `kind_index.py` brings the numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from knowledge.entries import Entry
from knowledge.passages import Passage
from knowledge.pieces import Asked
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PLACEHOLDER: Final = re.compile(r"[ \t]*\[[A-Z][A-Z _-]*\]")
"""`[NAME]`, `[REDACTED]`: says nothing of what is proposed."""
Keep = Callable[[Entry], bool]
"""Whether an entry may be found at all."""
CANDIDATES: Final = 100
"""So many passages by words, and so many by vectors, are looked at for each kind."""
SHORTLIST: Final = 24
"""So many of them, the best by words and cosine together, are compared finely."""
FIRST: Final = 10
"""So many entries, by score, tell whether the best of them stands out."""
OTHERS: Final = 5
"""It leads over the mean of so many of the others, the highest."""
FAINT: Final = 0.01
"""Least wording that is told apart from none."""


class Weights(NamedTuple):
    """What one unit of each feature counts."""

    words: float
    """Of z(BM25)."""
    dense: float
    """Of z(cosine)."""
    wording: float
    met: float
    spoken: float


WEIGHTS: Final = Weights(words=0.6, dense=0.3, wording=9.0, met=8.0, spoken=7.0)
"""A conditional logistic regression over the candidates of 249 real descriptions, weights at least
0, rounded. Leaving one agency out (weights unrounded): recall@1 .880 [.835, .916], recall@5 .948
[.916, .976], strong rewrites .731; with these weights on the same descriptions .888, .956, .750;
words and cosine alone .867, .936, .704. Sixteen further features moved nothing by more than one."""


class Hit(NamedTuple):
    """An entry, and how near it is to the query."""

    entry: str
    """Entry id."""
    kind: EntryKind
    score: float
    """Weighted sum of the features of the best passage."""
    dense: float
    """Cosine of the best passage by cosine, -1..1."""
    lexical: float
    """Best BM25 score of a passage divided by the query's against itself, 0..1."""
    rank: int
    """From 1."""
    passages: tuple[Passage, ...] = ()
    """Those that were compared finely, best first."""
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

    @property
    def embedder(self) -> str:
        """Model and dimension of what makes vectors of the texts."""

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
    asked: Asked
    """Sentences and word pieces."""


class Background(NamedTuple):
    """How a query scores against all passages of a kind: what is usual, and how far it spreads."""

    words_mean: float
    words_spread: float
    dense_mean: float
    dense_spread: float

    def score(self, words: NDArray[np.float64], dense: NDArray[np.float64]) -> NDArray[np.float64]:
        """What words and cosines count, each measured against all passages."""
        return WEIGHTS.words * _z(words, self.words_mean, self.words_spread) + WEIGHTS.dense * _z(
            dense, self.dense_mean, self.dense_spread
        )


class Scored(NamedTuple):
    """One passage of an entry, scored exactly."""

    owner: str
    ordinal: int
    score: float
    dense: float
    lexical: float
    wording: float
    """Cosine of the phrases, 0..1."""
    spoken: float = 0.0
    """How much of the passage's own rare pieces the query speaks of, 0..1."""


def cosines(vectors: NDArray[np.float32], query: NDArray[np.float64]) -> NDArray[np.float64]:
    """Dot products row by row: each is the same whichever rows stand beside it."""
    products: NDArray[np.float64] = (vectors * query).sum(axis=1)
    return products


def plain(text: str) -> str:
    """A text to search for without placeholders; empty where it holds no word at all."""
    said = _PLACEHOLDER.sub("", text).strip()
    return said if any(map(str.isalnum, said)) else ""


def best_by_owner(scored: Sequence[Scored]) -> list[list[Scored]]:
    """Passages grouped by what they belong to, best first, in both directions."""
    groups: dict[str, list[Scored]] = {}
    for passage in sorted(scored, key=lambda p: (-p.score, p.owner, p.ordinal)):
        groups.setdefault(passage.owner, []).append(passage)
    return list(groups.values())


def deciding(best: Sequence[Scored], k: int) -> list[tuple[float, ...]]:
    """The features of the k best entries of a kind, given their best passages, in the order of
    `relation.FEATURES`.

    Of the entry itself the wording shared (its logarithm) and by how much it trails the best one.
    Of the best, what tells that it stands out: the most wording that any of the first shares, how
    much the query speaks of it, and by how much that and its meaning lead those of the others. A
    long query speaks a little of everything; what it speaks of the others is what to expect.
    """
    if not best:
        return []
    first, rivals = best[0], best[1:FIRST]
    height = max(first.score, 1.0)
    most = max(passage.wording for passage in best[:FIRST])
    of_first = (
        math.log(max(most, FAINT)),
        first.spoken,
        first.spoken - _highest([passage.spoken for passage in rivals]),
        first.dense - _highest([passage.dense for passage in rivals]),
    )
    return [
        (math.log(max(p.wording, FAINT)), *of_first, (first.score - p.score) / height)
        for p in best[:k]
    ]


def _highest(values: Sequence[float]) -> float:
    """Mean of the highest ones; 0 where there is none."""
    top = sorted(values, reverse=True)[:OTHERS]
    return sum(top) / len(top) if top else 0.0


def _z(values: NDArray[np.float64], mean: float, spread: float) -> NDArray[np.float64]:
    return (values - mean) / spread if spread > 1e-6 else values * 0.0
