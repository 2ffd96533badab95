"""Score texts that are not in the index with the same features as those that are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.kind_index import KindIndex
from knowledge.lexical import Lexical, terms
from knowledge.search import Background, Query, Scored, cosines, share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 2
"""Passages that a background needs; with fewer the texts are measured against each other."""


def score_passages(
    query: Query,
    pieces: Sequence[tuple[str, int, str]],
    vectors: NDArray[np.float32],
    kind: KindIndex | None,
) -> list[Scored]:
    """(name, ordinal, text) pieces with their vectors, against the background of `kind`."""
    found = [terms(text) for _, _, text in pieces]
    dense = cosines(vectors, query.vector)
    if kind is not None and len(kind.ids) >= LEAST:
        lexical, background = kind.lexical, kind.background(query)
        words = [lexical.score(query.terms, document) for document in found]
    else:
        lexical = Lexical.build(found)
        words = [lexical.score(query.terms, document) for document in found]
        background = _among_themselves(words, dense)
    own = lexical.own(query.terms)
    return [
        Scored(
            owner=name,
            ordinal=ordinal,
            score=background.score(score, float(cosine)),
            dense=round(float(cosine), 6),
            lexical=share(score, own),
        )
        for (name, ordinal, _), score, cosine in zip(pieces, words, dense, strict=True)
    ]


def _among_themselves(words: Sequence[float], dense: NDArray[np.float64]) -> Background:
    import numpy as np

    if not words:
        return Background(0.0, 0.0, 0.0, 0.0)
    return Background(
        words_mean=float(np.mean(words)),
        words_spread=float(np.std(words)),
        dense_mean=float(dense.mean()),
        dense_spread=float(dense.std()),
    )
