"""How the lines of a page look: size and weight of their letters, and which are headings by that.

Pure. Most letters of a document are its text; a line that is larger, or bold as its text is not,
is a heading. Where all lines look alike nothing is told.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from knowledge.text import lines

LARGER: Final = 1.08
"""A heading's letters against those of the text."""
LONGEST: Final = 160
"""Characters of a line that may be (part of) a heading."""


class Look(NamedTuple):
    """Of most letters of a line."""

    size: float
    """Points, rounded to half of one."""
    bold: bool


class Fragment(NamedTuple):
    """A piece of a page's text as the file draws it."""

    text: str
    size: float
    bold: bool


def looks_of(fragments: Iterable[Fragment]) -> tuple[Look, ...]:
    """One for each line of the fragments' text, in order."""
    found: list[Counter[Look]] = [Counter()]
    for fragment in fragments:
        look = Look(round(2 * fragment.size) / 2, fragment.bold)
        for number, part in enumerate(lines(fragment.text)):
            if number:
                found.append(Counter())
            found[-1][look] += sum(letter.isalnum() for letter in part)
    return tuple(_most(counts) for counts in found)


def _most(counts: "Counter[Look]") -> Look:
    return max(counts, key=lambda look: (counts[look], look), default=Look(0, False))


def levels(pages: Sequence[tuple[Sequence[str], Sequence[Look]]]) -> list[list[int]]:
    """The heading level of each line by its look, from 1; 0: it looks like the text.

    A page is its lines and their looks; without looks for each line nothing is told of it.
    """
    letters: Counter[Look] = Counter()
    for texts, looks in pages:
        for text, look in zip(texts, looks, strict=False):
            letters[look] += len(text)
    body = _most(letters)
    ranks = _ranks(letters, body)
    return [
        [
            ranks.get(look, 0) if _may_be(text.strip()) else 0
            for text, look in zip(texts, looks, strict=True)
        ]
        if len(looks) == len(texts)
        else [0] * len(texts)
        for texts, looks in pages
    ]


def _may_be(text: str) -> bool:
    return 0 < len(text) <= LONGEST and not text.endswith((".", ";", ","))


def _ranks(letters: "Counter[Look]", body: Look) -> dict[Look, int]:
    """Looks of headings, the largest first; nothing where much of the text would be one."""
    found = [
        look
        for look in letters
        if look.size > LARGER * body.size
        or (look.size >= body.size and look.bold and not body.bold)
    ]
    if sum(letters[look] for look in found) > 0.3 * sum(letters.values()):
        return {}
    ordered = sorted(found, key=lambda look: (-look.size, not look.bold))
    return {look: min(6, number) for number, look in enumerate(ordered, start=1)}
