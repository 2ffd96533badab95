"""Hybrid search: what a hit is, and how words and vectors are weighed against each other.

score = z(BM25) + z(cosine): each feature of a passage is measured against all passages of its kind,
so that neither drowns the other. An entry counts with its best passage. Results are ordered by
(-score, id), equal everywhere. Pure arithmetic: `index.py` brings the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from knowledge.passages import Passage
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    pass

CANDIDATES = 100
"""So many passages by words, and so many by vectors, are scored exactly for each kind."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry, or a text that is no entry, and how near it is to the query."""

    entry: str
    """Entry id, or the name that `score_texts` was given."""
    kind: EntryKind | Literal["text"]
    score: float
    """z(BM25) + z(cosine) of the best passage."""
    dense: float
    """Cosine of the best passage by cosine, -1..1."""
    lexical: float
    """Best BM25 score of a passage divided by the query's against itself, 0..1."""
    rank: int
    """From 1."""
    passages: tuple[Passage, ...] = ()
    """Best first; empty for a text that is no entry."""


class Search(Protocol):
    """What gathering asks of the index."""

    def search(self, text: str, *, kinds: Sequence[EntryKind], k: int = 10) -> list[Hit]:
        """The k nearest entries of these kinds, best first."""

    def score_texts(self, query: str, texts: Mapping[str, str]) -> list[Hit]:
        """Texts that are not in the index, scored like capabilities, best first."""
