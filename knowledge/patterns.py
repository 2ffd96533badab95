"""Regular expressions that are compiled when they are first used, if a text can match them at all.

There are some four hundred, and compiling one costs a hundred times what a search with it does: a
command that reads one file uses only some of them. Owns the delay, no pattern.
"""

import re
from re import Match, Pattern
from typing import Any, Final, NamedTuple, cast

METHODS: Final = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    """Stands for a pattern; after the first use its methods are the compiled pattern's own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.given = flags

    def __getattr__(self, name: str) -> Any:
        """Called only for what is not there yet."""
        compiled = re.compile(self.pattern, self.given)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> Pattern[str]:
    """As `re.compile`, later: a mistake in the pattern shows at its first use."""
    return cast(Pattern[str], _Lazy(pattern, flags))


_DOTTED: Final = str.maketrans("ıİ", "ii")
"""Letters that a search without case takes for an i, and that keep a small form of their own."""


def folded(text: str) -> str:
    """The text as a search without case sees it."""
    return text.lower() if text.isascii() else text.translate(_DOTTED).casefold()


class Gated(NamedTuple):
    """A pattern with words of which one must stand in every text that it can match: where none
    does, it is neither searched nor compiled. A part of each word is enough (`dissolv`)."""

    needs: tuple[str, ...]
    pattern: Pattern[str]

    def may_match(self, text: str) -> bool:
        """`text` in the case in which the words are written."""
        return any(map(text.__contains__, self.needs))

    def search(self, text: str) -> Match[str] | None:
        """As the pattern's own; `text` in the case in which the words are written."""
        return self.pattern.search(text) if self.may_match(text) else None


def gated(needs: str, pattern: str, flags: int = 0) -> Gated:
    """`needs`: the words, separated by `|`."""
    return Gated(tuple(needs.split("|")), lazy(pattern, flags))
