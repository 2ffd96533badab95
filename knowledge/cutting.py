"""Texts cut into sentences and word pieces, and the vectors of the pieces.

Owns the table of pieces that ships inside the wordllama wheel (whatever embedder the office has
chosen), what a sentence is, and the numbering by which equal sentences are kept once. Compares
nothing: `pieces.py` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from knowledge.embed import WordLlamaEmbedder, load_embedder
from knowledge.ragged import joined, starts_of, taken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST: Final = 3
"""Words that make a sentence; shorter ones say nothing alone."""
SENTENCES: Final = 48
"""So many of a passage or query are looked at."""
NUMBERS: Final = 128
"""Of a piece's direction so many are compared: the model was trained so that the first say most."""
_PART: Final = 2048
"""Rows that are worked on at once: all at once would leave as much memory unused."""
_STOP: Final = re.compile(r"(?<=[.!?;])\s+|\n+")


class Table(NamedTuple):
    """The word pieces: how texts are cut into them, and what each means."""

    embedder: WordLlamaEmbedder
    vectors: NDArray[np.float32]
    """As they are, one row a piece."""
    directions: NDArray[np.float32]
    """Less their mean, of length 1."""

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text, in order."""
        return self.embedder.pieces(texts)


@cache
def table() -> Table:
    """Loaded once a process."""
    import numpy as np

    embedder = load_embedder()
    assert isinstance(embedder, WordLlamaEmbedder)
    vectors = embedder.vectors
    first = vectors[:, :NUMBERS]
    centred = first - first.mean(axis=0)
    for at in range(0, len(centred), _PART):
        part = centred[at : at + _PART]
        part /= np.maximum(np.sqrt((part * part).sum(axis=1, keepdims=True)), 1e-9)
    return Table(embedder, vectors, centred)


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text that have LEAST words; the whole where none has."""
    found = [part for part in _STOP.split(text) if len(part.split(None, LEAST - 1)) == LEAST]
    return found[:SENTENCES] or [text]


class Cut(NamedTuple):
    """Passages as numbered sentences, and sentences as tokens."""

    bounds: NDArray[np.int64]
    sentences: NDArray[np.int64]
    lengths: NDArray[np.int64]
    tokens: NDArray[np.uint16]


def cut(texts: Sequence[str]) -> Cut:
    """The passages' texts, each sentence tokenised once."""
    import numpy as np

    found = [sentences(text) for text in texts]
    number: dict[str, int] = {}
    told = [number.setdefault(part, len(number)) for row in found for part in row]
    ids = table().ids(list(number))
    return Cut(
        starts_of([len(row) for row in found]),
        np.array(told, dtype=np.int64),
        starts_of([len(sentence) for sentence in ids]),
        np.array(list(chain.from_iterable(ids)), dtype=np.uint16),
    )


def with_new(old: Cut, new: Cut, places: Sequence[int]) -> Cut:
    """Some rows of the old, some of the new: `places` names one, or is -1 for the next new one."""
    import numpy as np

    at, bounds = joined(old.bounds, new.bounds, places)
    first = len(old.lengths) - 1
    return Cut(
        bounds,
        np.concatenate([old.sentences, new.sentences + first])[at],
        np.concatenate([old.lengths, old.lengths[-1] + new.lengths[1:]]),
        np.concatenate([old.tokens, new.tokens]),
    )


def numbered(cut: Cut) -> tuple[Cut, NDArray[np.int64]]:
    """Sentences numbered as they first stand, equal ones alike; and which number each had."""
    import numpy as np

    number: dict[bytes, int] = {}
    new: dict[int, int] = {}
    came_from: list[int] = []
    raw, width = cut.tokens.tobytes(), cut.tokens.itemsize
    ends = (cut.lengths * width).tolist()
    for old in dict.fromkeys(cut.sentences.tolist()):
        new[old] = number.setdefault(raw[ends[old] : ends[old + 1]], len(number))
        if new[old] == len(came_from):
            came_from.append(old)
    sources = np.array(came_from, dtype=np.int64)
    at, lengths = taken(cut.lengths, sources)
    told = np.array([new[old] for old in cut.sentences.tolist()], dtype=np.int64)
    return Cut(cut.bounds, told, lengths, cut.tokens[at]), sources
