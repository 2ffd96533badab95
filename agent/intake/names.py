"""Registered names in a text: ids, titles, aliases and systems, found by dictionary.

Longest name first, whole words, case-insensitive except where case is all that tells a name from a
word (short acronyms, single words). It says that a name stands there, not what that means.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from knowledge.entries import Asset, Capability, Entry

TOKEN: Final = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_ORDINARY: Final = """
ai analytics analysis app archive assistant audit automation bot calendar chat chatbot claims
classification classifier complaints compliance copilot dashboard data detection documents email
engine extraction forecast forecasting fraud gateway generation hr intake internet it knowledge
letters mail member model monitoring news notes office ocr onboarding planning platform portal
prediction pricing query ranking recommendation register report reporting reports routing scheduler
scheduling scoring screening search service speech summaries summarisation summarization summary
support survey system telephony tool training transcription translation translator triage
underwriting website workbench
"""
GENERIC: Final = frozenset(_ORDINARY.split())
"""Words that name a kind of thing: alone they are nobody's name, together only as written."""


class Named(NamedTuple):
    """A registered name, and how exactly the text has to match it."""

    entry: str
    name: str
    tokens: tuple[str, ...]
    exact: bool
    """Letter case has to match."""
    rank: int
    """Whose name it is when two entries bear it: id, asset title, alias, capability, system."""


class Found(NamedTuple):
    entry: str
    name: str
    start: int
    end: int


class Names(NamedTuple):
    """All registered names by their first token; made once for a Knowledge."""

    by_first: dict[str, tuple[Named, ...]]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Names":
        by_first: dict[str, dict[tuple[str, ...], Named]] = {}
        for named in sorted(_all_names(entries), key=lambda n: (n.rank, n.entry, n.name)):
            by_first.setdefault(named.tokens[0], {}).setdefault(named.tokens, named)
        return cls(
            {
                first: tuple(sorted(same.values(), key=lambda n: (-len(n.tokens), n.tokens)))
                for first, same in by_first.items()
            }
        )

    def find(self, text: str, start: int = 0) -> Iterator[Found]:
        """Names in `text` from `start` on, in order, never overlapping."""
        tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, start)]
        folded = [token.casefold() for token, _, _ in tokens]
        at = 0
        while at < len(tokens):
            named = self._at(text, tokens, folded, at)
            if named is None:
                at += 1
                continue
            last = at + len(named.tokens) - 1
            yield Found(named.entry, named.name, tokens[at][1], tokens[last][2])
            at = last + 1

    def lookup(self, name: str) -> str | None:
        """The entry that a written name means: id, title or alias, case and spacing ignored."""
        tokens = tokens_of(name)
        for named in self.by_first.get(tokens[0], ()) if tokens else ():
            if named.tokens == tokens:
                return named.entry
        return None

    def _at(
        self, text: str, tokens: list[tuple[str, int, int]], folded: list[str], at: int
    ) -> Named | None:
        for named in self.by_first.get(folded[at], ()):
            stop = at + len(named.tokens)
            if tuple(folded[at:stop]) != named.tokens:
                continue
            start, end = tokens[at][1], tokens[stop - 1][2]
            if _together(text, tokens[at:stop]) and _case_fits(named, text[start:end]):
                return named
        return None


def tokens_of(name: str) -> tuple[str, ...]:
    if name.isascii():  # then folding first changes no boundary, and is much quicker
        return tuple(TOKEN.findall(name.lower()))
    return tuple(token.casefold() for token in TOKEN.findall(name))


def _together(text: str, tokens: Sequence[tuple[str, int, int]]) -> bool:
    """Only spaces, hyphens, slashes or one line end between the words of a name."""
    between = (text[a[2] : b[1]] for a, b in pairwise(tokens))
    return all(gap.strip(" \t\n-–/&'’") == "" and gap.count("\n") < 2 for gap in between)


def _case_fits(named: Named, written: str) -> bool:
    return not named.exact or written == named.name


def _all_names(entries: Iterable[Entry]) -> Iterator[Named]:
    for entry in entries:
        yield from _make(entry.id, entry.id, rank=0)
        match entry:
            case Asset():
                yield from _make(entry.id, entry.title, rank=1)
                for alias in entry.aliases:
                    yield from _make(entry.id, alias, rank=2)
            case Capability():
                yield from _make(entry.id, entry.title, rank=3)
                for system in entry.systems:
                    yield from _make(entry.id, system, rank=4)


def _make(entry: str, name: str, *, rank: int) -> Iterator[Named]:
    tokens = tokens_of(name)
    if not tokens:
        return
    generic = rank > 0 and all(token in GENERIC for token in tokens)
    if len(tokens) == 1 and rank > 0:
        if generic or len(name) < 2 or not any(c.isupper() or c.isdigit() for c in name):
            return
        yield Named(entry, name.strip(), tokens, True, rank)
    else:
        yield Named(entry, name.strip(), tokens, generic, rank)
