"""Words of a text and which small differences between two wordings leave the meaning alone.

Serves the quote matcher only: it decides nothing about quotes and knows no source.
"""

import re
from functools import lru_cache
from typing import Final

_WORD = re.compile(
    r"\]\([^()\s]*(?:[ \t]+\"[^\"\n]*\")?\)"  # link destination: not read
    r"|</?[A-Za-z][^<>\n]*>"  # tag: not read
    r"|^[ \t]*(?:>[ \t]*)+"  # block quote: not read
    r"|(?<![\w)\]])[-\u2212]?\d+(?:[.,:/]\d+)*"
    r"|[^\W_]+(?:['\u2019\u02bc][^\W_]+)*"
    r"|[%\u2030\u20ac$\u00a3<>\u2264\u2265\u2260]",
    re.MULTILINE,
)
Word = tuple[str, int, int]
"""Folded word, and where it stands: [start, end)."""

_NEGATION_WORDS: Final = """
no not nor non never none nobody nothing neither nowhere without cannot cant wont dont doesnt didnt
isnt arent wasnt werent hasnt havent hadnt shouldnt wouldnt couldnt mustnt neednt shant aint hardly
barely rarely except unless kein keine keinen nicht nie ohne ne pas sans jamais nunca
"""
_WEIGHTY_WORDS: Final = """
will would shall should may might must can could need needs ought all any some every each both
either only most many few fewer less more least before after until within over under above below if
when where and or but than to from on off in out up down zero one two three four five six seven
eight nine ten eleven twelve twenty thirty forty fifty sixty ninety hundred thousand million half
first second third fourth fifth once twice today now then later already yet still always often
sometimes human
"""
NEGATIONS: Final = frozenset(_NEGATION_WORDS.split())
_WEIGHTY: Final = NEGATIONS | frozenset(_WEIGHTY_WORDS.split())
"""A difference in one of these is a difference in meaning, however small it looks."""
_LIGHT: Final = frozenset(("a", "an", "the", "that", "also"))
"""Words that may be missing or added."""
_TURNING: Final = ("un", "in", "im", "il", "ir", "non", "dis", "anti", "de", "mis", "under", "over")
"""Prefixes that turn a word round."""


def words(text: str) -> list[Word]:
    """Words, numbers and comparing signs in order; markup that a renderer hides is left out."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        first = word[0]
        if first.isalnum() or first in "-\u2212":
            found.append((fold(word), match.start(), match.end()))
        elif len(word) == 1 and not _at_line_start(word, text, match.start()):
            found.append((word, match.start(), match.end()))
    return found


def _at_line_start(word: str, text: str, at: int) -> bool:
    return word == ">" and (at == 0 or text[at - 1] == "\n")


def fold(word: str) -> str:
    """A word without case and apostrophes."""
    return (
        word.casefold()
        .replace("'", "")
        .replace("\u2019", "")
        .replace("\u02bc", "")
        .replace("\u2212", "-")
    )


def is_light(word: str) -> bool:
    return word in _LIGHT


def is_negation(word: str) -> bool:
    return word in NEGATIONS


@lru_cache(maxsize=4096)
def is_slip(a: str, b: str) -> bool:
    """Whether two different words are one word with a slip of the pen or another ending."""
    short, long = sorted((a, b), key=len)
    if len(short) < 4 or len(long) - len(short) > 1 or a[0] != b[0]:
        return False
    if not (a.isalpha() and b.isalpha()) or a in _WEIGHTY or b in _WEIGHTY:
        return False
    if len(short) == len(long) == 4 or any(long == prefix + short for prefix in _TURNING):
        return False
    return _one_edit(short, long)


def _one_edit(short: str, long: str) -> bool:
    """One letter added, changed, or two neighbours swapped."""
    at = 0
    while at < len(short) and short[at] == long[at]:
        at += 1
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    if short[at + 1 :] == long[at + 1 :]:
        return True
    return short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
