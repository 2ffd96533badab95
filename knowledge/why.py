"""Why an entry was found: the words that it shares with the query, and the place that shows it.

Pure arithmetic on what the search has found; it ranks nothing. The shares are those of BM25: a word
counts by how rare it is among the passages of its kind and how often the passage says it.
"""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Final, Literal, NamedTuple

from knowledge.entries import Entry
from knowledge.marks import Span, marks, spans
from knowledge.passages import Passage
from knowledge.search import Hit
from knowledge.text import lines

Nearness = Literal["words", "meaning", "neither"]
Weigh = Callable[[str, Sequence[str]], float]
"""What one term of the query adds to the BM25 score of a passage, given all terms of it."""

WORDS: Final = 30
"""So many words of a passage are shown."""
LEAD: Final = 4
"""Words shown before the first matched one, where no sentence starts there."""
LONG: Final = 40
"""A run of so many characters without a space is taken apart; scripts without spaces have such."""
PIECE: Final = 12
MOST: Final = 20_000
"""Characters of a passage that are looked at; all of nearly every passage."""
FEW: Final = 0.1
"""Share of the query's words, by rarity, below which a match does not rest on them."""
CLOSE: Final = 0.4
"""Least cosine of a match that rests on its meaning; single words seldom reach more than .6."""

POSSIBLE: Final = 0.3
"""Least chance of being the same system that makes no match a weak one."""

_COMMON_WORDS: Final = """
about above after again all already always another any anybody anything around back because before
below between both come comes could did do does doing done down each either else even ever every
everything few find first get gets give given go goes good had having help her here him his how
however i if instead its itself just keep kept kind know known last later least less let like long
look made make makes making many me might more much must my need needed needs never new next nothing
now off often once one only onto or others out over own part per put same say says see seen shall
she should show shown since so some something still take takes than through time today together
told too two under until up us use used user users uses using very want wants way well what when
where whether while who whole whom whose why within without work works would yes yet
"""
COMMON: Final = frozenset(_COMMON_WORDS.split())
"""English words that a search counts, where a small office says them seldom, and that tell a person
nothing: beside other matched words they are neither named nor marked."""
_UNIT = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?:;…。！？؟।][\"')\]”’»」]*$")


class Term(NamedTuple):
    """A word of the query that the entry holds."""

    term: str
    """As the search folds it."""
    share: float
    """Of what all matched words add, 0..1."""


class Extract(NamedTuple):
    """The part of a passage that holds the most of what matched; words as they stand there."""

    text: str
    path: str
    """Of the entry's file, relative to the workspace."""
    line_start: int
    line_end: int
    marks: tuple[tuple[int, int], ...]
    """[start, end) in `text`, ordered, apart from each other."""
    before: bool
    """There is more of the passage before it."""
    after: bool


class Why(NamedTuple):
    """What a person needs to judge a hit."""

    terms: tuple[Term, ...]
    """Those that added most first, in the passage where each adds most."""
    extracts: tuple[Extract, ...]
    """One a passage, in the order of the search."""
    nearness: Nearness
    """What the match rests on; `neither`: few shared words, and no near meaning."""


def explain(
    hit: Hit,
    entry: Entry,
    query: Set[str],
    weigh: Weigh,
    *,
    most: int = 1,
    likely: float | None = None,
) -> Why:
    """Why `entry` was found by a query of these terms.

    `most`: so many passages are quoted. `likely`: the chance that both are the same system, for a
    query that describes one; it says more than how many words and how much meaning they share.
    """
    held = [p._replace(text=p.text[:MOST]) for p in hit.passages]
    found = [tuple(spans(passage.text)) for passage in held]
    added: dict[str, float] = {}
    for stands in found:
        document = [span.term for span in stands]
        for term in sorted(query & set(document)):
            added[term] = max(added.get(term, 0.0), weigh(term, document))
    telling = told(added)
    extracts = (
        _extract(passage, entry, stands, telling)
        for passage, stands in zip(held[:most], found, strict=False)
    )
    return Why(_terms(added), tuple(extracts), _nearness(hit, added, likely))


def told(added: Mapping[str, float]) -> dict[str, float]:
    """Without the common words, where there are others."""
    telling = {term: value for term, value in added.items() if term not in COMMON}
    return telling or dict(added)


def _terms(added: Mapping[str, float]) -> tuple[Term, ...]:
    total = sum(added.values()) or 1.0
    ordered = sorted(added.items(), key=lambda row: (-row[1], row[0]))
    return tuple(Term(term, round(value / total, 3)) for term, value in ordered)


def _nearness(hit: Hit, added: Mapping[str, float], likely: float | None) -> Nearness:
    """Common words carry no match, however much they add."""
    telling = sum(value for term, value in added.items() if term not in COMMON)
    if telling and hit.lexical * telling / sum(added.values()) >= FEW:
        return "words"
    if hit.dense >= CLOSE:
        return "meaning"
    if likely is None or likely < POSSIBLE:
        return "neither"
    return "words" if telling else "meaning"


def _extract(
    passage: Passage, entry: Entry, found: Sequence[Span], added: Mapping[str, float]
) -> Extract:
    text = passage.text
    start = _after_title(text, entry.title)
    first, last = _window(text, start, [s for s in found if s.term in added], added)
    part = text[first:last]
    marked = marks(part, added)
    line_start, line_end = _lines_of(part, marked, passage, entry, added)
    return Extract(
        text=part,
        path=entry.source.path,
        line_start=line_start,
        line_end=line_end,
        marks=marked,
        before=first > start,
        after=last < len(text.rstrip()),
    )


def _after_title(text: str, title: str) -> int:
    """Where a passage begins to say more than the title, which stands above it anyway."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        line = text[start:end].strip("# \t")
        if line and line.casefold() != title.casefold():
            break
        start = end + 1
    return start


def _window(
    text: str, start: int, matched: Sequence[Span], added: Mapping[str, float]
) -> tuple[int, int]:
    """[start, end) of the WORDS words that hold most of what matched, each term once; of equal ones
    the one that starts with a sentence, then the first."""
    units = list(_units(text, start))
    if not units:
        return start, len(text.rstrip())
    held = _by_unit(units, matched)
    starts = _starts(text, units)
    candidates = {0, *(max(0, at - LEAD) for at in held)}
    candidates |= {at for at in starts if any(n in held for n in range(at, at + WORDS))}

    def worth(at: int) -> float:
        inside = {t for n in range(at, at + WORDS) for t in held.get(n, ())}
        return round(sum(added[term] for term in inside), 6)

    best = min(candidates, key=lambda at: (-worth(at), at not in starts, at))
    last = min(best + WORDS, len(units))
    for end in range(last, max(best + WORDS * 2 // 3, best), -1):
        if end in starts and not any(n in held for n in range(end, last)):
            last = end
            break
    return units[best][0], units[last - 1][1]


def _units(text: str, start: int) -> list[tuple[int, int]]:
    """What counts as a word of the window: runs without spaces, very long ones in pieces."""
    found = []
    for run in _UNIT.finditer(text, start):
        if len(run.group()) <= LONG:
            found.append(run.span())
            continue
        for at in range(run.start(), run.end(), PIECE):
            found.append((at, min(at + PIECE, run.end())))
    return found


def _by_unit(
    units: Sequence[tuple[int, int]], matched: Sequence[Span]
) -> dict[int, tuple[str, ...]]:
    """Number of a unit → terms that start in it; both are ordered."""
    held: dict[int, tuple[str, ...]] = {}
    number = 0
    for term, start, _ in matched:
        while number < len(units) and units[number][1] <= start:
            number += 1
        if number < len(units) and units[number][0] <= start:
            held[number] = (*held.get(number, ()), term)
    return held


def _starts(text: str, units: Sequence[tuple[int, int]]) -> set[int]:
    """Units that start a sentence or a line, and the number after the last."""
    found = {0, len(units)}
    for number in range(1, len(units)):
        end, begin = units[number - 1][1], units[number][0]
        if "\n" in text[end:begin] or _SENTENCE_END.search(text, units[number - 1][0], end):
            found.add(number)
    return found


def _lines_of(
    part: str,
    marked: Sequence[tuple[int, int]],
    passage: Passage,
    entry: Entry,
    added: Mapping[str, float],
) -> tuple[int, int]:
    """Physical lines of the entry's file that say what is marked, or all of the part where nothing
    is. Where the file breaks its lines another way: the line that says most of it, else those of
    the passage."""
    source = entry.source
    if source.one_line:
        return source.line, source.line
    written = lines(source.text)
    first, last = passage.line_start - source.line, passage.line_end - source.line
    found: dict[int, bool] = {}
    at = 0
    for line in part.split("\n"):
        holds = any(at <= start < at + len(line) for start, _ in marked)
        at += len(line) + 1
        after = range(max(found, default=max(first, 0)), min(last + 1, len(written)))
        place = next((n for n in after if line.strip() and line.strip() in written[n]), None)
        if place is not None:
            found[place] = found.get(place, False) or holds
    shown = [n for n, holds in found.items() if holds] or list(found)
    if not shown:
        worth = {
            n: _worth(written[n], added) for n in range(max(first, 0), min(last + 1, len(written)))
        }
        best = max(worth, key=lambda n: (worth[n], -n), default=0)
        if not worth.get(best):
            return passage.line_start, passage.line_end
        shown = [best]
    return source.line + min(shown), source.line + max(shown)


def _worth(line: str, added: Mapping[str, float]) -> float:
    return round(sum(added[term] for term in {span.term for span in spans(line)} & added.keys()), 6)
