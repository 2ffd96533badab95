"""The passages of one kind of entry as they are searched: rows, vectors, words, statistics.

Owns the files of one kind inside a generation. Exact by itself; only the candidates among many
passages are asked of the vector store.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.lexical import Lexical
from knowledge.passages import Passage
from knowledge.search import CANDIDATES, Background, Query, Scored, cosines, share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Nearest = Callable[[int], Sequence[str]]
"""Passage ids near the query, that many."""


@dataclass(frozen=True)
class KindIndex:
    """Row i of everything here is the same passage; rows are ordered by (entry, ordinal)."""

    ids: list[str]
    owners: list[str]
    ordinals: list[int]
    vectors: NDArray[np.float32]
    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]
    lexical: Lexical

    @classmethod
    def build(
        cls, passages: Sequence[Passage], terms: Sequence[list[str]], vectors: NDArray[np.float32]
    ) -> KindIndex:
        """From the passages of a kind with their terms and vectors."""
        ids = [passage.id for passage in passages]
        owners = [passage.entry for passage in passages]
        ordinals = [passage.ordinal for passage in passages]
        return cls.revised(ids, owners, ordinals, passages, terms, vectors)

    @classmethod
    def revised(
        cls,
        ids: list[str],
        owners: list[str],
        ordinals: list[int],
        fresh: Sequence[Passage],
        terms: Sequence[list[str]],
        vectors: NDArray[np.float32],
        before: tuple[KindIndex, Sequence[int]] | None = None,
    ) -> KindIndex:
        """From all rows with their vectors; `fresh` are the passages of new rows, with `terms`.

        `before`: the index that the other rows stand in, and for each row its number in there, or
        -1 for the next of `fresh`. The outcome is the same as with all passages fresh.
        """
        assert before is not None or len(fresh) == len(ids)
        mean, covariance = _moments(vectors)
        return cls(
            ids=ids,
            owners=owners,
            ordinals=ordinals,
            vectors=vectors,
            mean=mean,
            covariance=covariance,
            lexical=Lexical.build(terms, (before[0].lexical, before[1]) if before else None),
        )

    def save(self, folder: Path) -> None:
        """Write into a new folder."""
        import numpy as np

        folder.mkdir(parents=True)
        rows = list(zip(self.ids, self.owners, self.ordinals, strict=True))
        (folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
        np.save(folder / "vectors.npy", self.vectors)
        np.save(folder / "mean.npy", self.mean)
        np.save(folder / "covariance.npy", self.covariance)
        self.lexical.save(folder / "words")

    @classmethod
    def load(cls, folder: Path) -> KindIndex:
        """Read what `save` wrote; OSError, ValueError or KeyError when it is damaged.

        Into memory rather than mapped: a file cut short under a mapping ends the process.
        """
        import numpy as np

        rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
        return cls(
            ids=[row[0] for row in rows],
            owners=[row[1] for row in rows],
            ordinals=[row[2] for row in rows],
            vectors=np.load(folder / "vectors.npy"),
            mean=np.load(folder / "mean.npy"),
            covariance=np.load(folder / "covariance.npy"),
            lexical=Lexical.load(folder / "words"),
        )

    @cached_property
    def entries(self) -> list[str]:
        """Every entry once, in order."""
        return list(dict.fromkeys(self.owners))

    def scored(
        self, query: Query, nearest: Nearest, barred: Collection[str] = frozenset()
    ) -> list[Scored]:
        """The candidates, scored exactly against all passages of the kind.

        `barred` entries are none; they stay part of what is usual for the query.
        """
        words = self.lexical.scores(query.terms)
        background = self.background(query, words)
        rows = self._candidates(query, words, nearest, barred)
        dense, own = cosines(self.vectors[rows], query.vector), self.lexical.own(query.terms)
        return [
            Scored(
                owner=self.owners[row],
                ordinal=self.ordinals[row],
                score=background.score(float(words[row]), float(cosine)),
                dense=round(float(cosine), 6),
                lexical=share(float(words[row]), own),
            )
            for row, cosine in zip(rows, dense, strict=True)
        ]

    def background(self, query: Query, words: NDArray[np.float32] | None = None) -> Background:
        """How the query scores against the whole kind; the cosines' part without a scan."""
        import numpy as np

        if words is None:
            words = self.lexical.scores(query.terms)
        variance = float(query.vector @ self.covariance @ query.vector)
        return Background(
            words_mean=float(words.mean(dtype=np.float64)),
            words_spread=float(words.std(dtype=np.float64)),
            dense_mean=float(query.vector @ self.mean),
            dense_spread=max(0.0, variance) ** 0.5,
        )

    def _candidates(
        self,
        query: Query,
        words: NDArray[np.float32],
        nearest: Nearest,
        barred: Collection[str],
    ) -> list[int]:
        """Rows worth an exact score: best by words (ties included) and near by vector."""
        import numpy as np

        out = {row for row, owner in enumerate(self.owners) if owner in barred} if barred else set()
        if len(self.ids) - len(out) <= CANDIDATES:
            return [row for row in range(len(self.ids)) if row not in out]
        if out:
            words = words.copy()
            words[sorted(out)] = -1.0
        least = np.partition(words, -CANDIDATES)[-CANDIDATES]
        rows = set(np.flatnonzero((words >= least) & (words > 0)).tolist())
        wanted = min(len(self.ids), CANDIDATES + len(out))
        near = set(nearest(wanted)) if query.vector.any() else set()
        rows.update(row for row, passage in enumerate(self.ids) if passage in near)
        return sorted(rows - out)


def _moments(
    vectors: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and covariance (over all rows, not n - 1), summed in double precision."""
    import numpy as np

    mean = vectors.mean(axis=0, dtype=np.float64)
    total = np.zeros((vectors.shape[1], vectors.shape[1]))
    for start in range(0, len(vectors), 4096):
        part = vectors[start : start + 4096] - mean.astype(np.float32)
        total += part.T @ part
    return mean, total / len(vectors)
