"""The passages of one kind of entry as they are searched: rows, vectors, words, statistics.

Owns the files of one kind inside a generation. Exact by itself; only the candidates among many
passages are asked of the vector store.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from knowledge.lexical import Lexical
from knowledge.passages import Passage
from knowledge.phrases import Phrases
from knowledge.pieces import Pieces
from knowledge.search import (
    CANDIDATES,
    SHORTLIST,
    WEIGHTS,
    Background,
    Query,
    Scored,
    cosines,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCANNED: Final = 20_000
"""Up to so many passages all vectors are compared: 0.5 ms for 10,000, where Chroma takes 2."""
ROUGH: Final = 1e-4
"""Single precision is that good: what is nearly among the nearest is looked at too."""
SURE: Final = 4
"""So many of the best by words alone, and by cosine alone, are compared finely in any case."""
EACH: Final = 3
"""So many passages of one entry are compared finely."""
DIGITS: Final = 5
"""Of a score: equal passages tie on every machine."""
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
    phrases: Phrases
    pieces: Pieces

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
            phrases=Phrases.build(terms, (before[0].phrases, before[1]) if before else None),
            pieces=Pieces.build(
                [passage.text for passage in fresh],
                (before[0].pieces, before[1]) if before else None,
            ),
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
        self.phrases.save(folder / "phrases")
        self.pieces.save(folder / "pieces")

    @classmethod
    def load(cls, folder: Path, *, whole: bool = True) -> KindIndex:
        """Read what `save` wrote; OSError, ValueError or KeyError when it is damaged. Without
        `whole` only what a search needs: nothing can be built on it.

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
            lexical=Lexical.load(folder / "words", whole=whole),
            phrases=Phrases.load(folder / "phrases", whole=whole),
            pieces=Pieces.load(folder / "pieces", whole=whole),
        )

    @cached_property
    def entries(self) -> list[str]:
        """Every entry once, in order."""
        return list(dict.fromkeys(self.owners))

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row of each passage id."""
        return {passage: row for row, passage in enumerate(self.ids)}

    def scored(
        self,
        query: Query,
        nearest: Nearest,
        barred: Collection[str] = frozenset(),
        most: int = SHORTLIST,
        scanned: int = SCANNED,
    ) -> list[Scored]:
        """The `most` best candidates, scored exactly.

        `barred` entries are none; they stay part of what is usual for the query. Of up to `scanned`
        passages all vectors are compared; `nearest` is asked of more.
        """
        import numpy as np

        words = self.lexical.scores(query.terms)
        background = self._background(query, words)
        rows = self._candidates(query, words, barred, nearest if len(self.ids) > scanned else None)
        dense = cosines(self.vectors[rows], query.vector)
        rough = np.round(background.score(words[rows].astype(np.float64), dense), 6)
        if len(rows) > most:
            chosen = self._shortlist(rows, (rough, words[rows], dense), most)
            rows, dense, rough = rows[chosen], dense[chosen], rough[chosen]
        wording = self.phrases.cosines(query.terms, rows)
        score = rough + WEIGHTS.wording * wording
        score += WEIGHTS.met * self.pieces.met(query.asked, rows)
        spoken = self.pieces.spoken_of(query.asked, rows)
        score += WEIGHTS.spoken * spoken
        lexical = words[rows] / (self.lexical.own(query.terms) or 1.0)
        columns = (rows, score, dense, lexical, wording, spoken)
        return [
            Scored(
                self.owners[row],
                self.ordinals[row],
                round(total, DIGITS),
                round(cosine, 6),
                round(min(1.0, max(0.0, part)), 6),
                round(shared, 6),
                round(told, 6),
            )
            for row, total, cosine, part, shared, told in zip(
                *(column.tolist() for column in columns), strict=True
            )
        ]

    def _background(self, query: Query, words: NDArray[np.float32]) -> Background:
        """How the query scores against the whole kind; the cosines' part without a scan."""
        import numpy as np

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
        barred: Collection[str],
        nearest: Nearest | None,
    ) -> NDArray[np.int64]:
        """Rows worth an exact score, ascending: best by words (ties included), near by vector."""
        import numpy as np

        open_to = np.ones(len(self.ids), dtype=bool)
        if barred:
            open_to = np.array([owner not in barred for owner in self.owners])
        if int(open_to.sum()) <= CANDIDATES:
            return np.flatnonzero(open_to)
        words = np.where(open_to, words, -1.0)
        least = np.partition(words, -CANDIDATES)[-CANDIDATES]
        chosen = (words >= least) & (words > 0)
        if query.vector.any():
            chosen[self._near(query, nearest, open_to)] = True
        return np.flatnonzero(chosen & open_to)

    def _near(
        self, query: Query, nearest: Nearest | None, open_to: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Rows near by vector; without anybody to ask all are compared."""
        import numpy as np

        if nearest is None:
            near = np.where(open_to, self.vectors @ query.vector.astype(np.float32), -2.0)
            least = np.partition(near, -CANDIDATES)[-CANDIDATES]
            return np.flatnonzero(near >= least - ROUGH)
        closed = len(open_to) - int(open_to.sum())
        found = nearest(min(len(self.ids), CANDIDATES + closed))
        rows = [self.row_of[passage] for passage in found if passage in self.row_of]
        return np.array(rows, dtype=np.int64)

    def _shortlist(
        self, rows: NDArray[np.int64], orders: tuple[NDArray[Any], ...], most: int
    ) -> NDArray[np.int64]:
        """Places of the best candidates, at most EACH of one entry, ascending: by both together,
        and the SURE best by words alone and by cosine alone."""
        import numpy as np

        chosen: set[int] = set()
        for number, values in enumerate(orders):
            places = np.lexsort((rows, -values))[: most * EACH if number == 0 else SURE].tolist()
            times: Counter[str] = Counter()
            for place in places:
                if number and values[place] <= 0:
                    break
                owner = self.owners[rows[place]]
                times[owner] += 1
                if times[owner] <= EACH:
                    chosen.add(place)
                if len(chosen) >= most and number == 0:
                    break
        return np.array(sorted(chosen), dtype=np.int64)


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
