"""Where in a text its terms stand: spans of the text as it is, though terms are folded.

Pure. It asks `knowledge.lexical.terms` what a term is and never decides it: a mark is true as long
as the search is.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from knowledge.lexical import WORD, terms

_CHUNK = re.compile(r"\S+")
_JAMO = ("\u1160", "\u11ff")
"""Hangul vowels and finals, which melt into the syllable before them."""


class Span(NamedTuple):
    """A term, and the characters of the text that say it."""

    term: str
    start: int
    end: int


def spans(text: str) -> Iterator[Span]:
    """All terms of a text in order with their places; pairs of an unspaced script overlap."""
    for chunk in _CHUNK.finditer(text):
        folded, places = _folded(chunk.group(), chunk.start())
        for word in WORD.finditer(folded):
            at = word.start()
            for term in terms(word.group()):
                found = folded.find(term, at, word.end())
                first, last = word.start(), word.end() - 1  # a term that stands there only folded
                if found >= 0:
                    first, last, at = found, found + len(term) - 1, found + 1
                yield Span(term, places[first][0], places[last][1])


def marks(text: str, wanted: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Where the wanted terms stand, [start, end); what overlaps is one mark. Ordered."""
    found: list[tuple[int, int]] = []
    for term, start, end in spans(text):
        if term not in wanted:
            continue
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _folded(chunk: str, offset: int) -> tuple[str, list[tuple[int, int]]]:
    """A run without spaces as `terms` folds it, and for each of its characters [start, end) of the
    text it came from. Nothing melts across a space, so runs fold one by one."""
    if chunk.isascii():
        return chunk.lower(), [(i, i + 1) for i in range(offset, offset + len(chunk))]
    whole = unicodedata.normalize("NFKC", chunk)
    places: list[tuple[int, int]] = []
    parts = []
    for start, end in _clusters(chunk):
        part = unicodedata.normalize("NFKC", chunk[start:end])
        parts.append(part)
        places += [(offset + start, offset + end)] * sum(len(c.lower()) for c in part)
    folded = whole.lower()
    if "".join(parts) != whole or len(places) != len(folded):  # melted in a way not known here
        places = [(offset, offset + len(chunk))] * len(folded)
    return folded, places


def _clusters(chunk: str) -> Iterator[tuple[int, int]]:
    """A character with the marks that are written on it."""
    start = 0
    for at in range(1, len(chunk)):
        if not _on_the_one_before(chunk[at]):
            yield start, at
            start = at
    yield start, len(chunk)


def _on_the_one_before(letter: str) -> bool:
    return (
        unicodedata.category(letter)[0] == "M"
        or _JAMO[0] <= letter <= _JAMO[1]
        or letter in "\uff9e\uff9f"  # halfwidth voiced marks of Japanese
    )
