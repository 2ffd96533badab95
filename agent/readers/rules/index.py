"""The sentences of a text by their stems, and where each cue stands in them.

Owns the matching: each cue is answered from postings, never by reading the text again. What a match
proves is not decided here.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from agent.intake.words import WORD, stem, stems, vocabulary
from agent.readers.rules.cues import Cue, Term
from knowledge.patterns import lazy

WINDOW: Final = 15
_SHARE: Final = 0.6
_ENOUGH: Final = 6
"""So many words shared with a long cue are enough, however long it is."""
_SIGN_IN: Final = lazy(
    r"log(?:s|ged|ging)?[ -](?:in|on)(?:to)?"
    r"(?: (?:with|to|using|via|through|by|once|twice)\b|[.,;]|$)",
    re.IGNORECASE,
)
"""`log in` is another word than `log`."""
NUMBERS: Final = vocabulary(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty "
    "sixty ninety hundred thousand dozen fourteen thirteen sixteen eighteen"
)
_PERCENT: Final = lazy(r"(?:[.,]\d+)?(?: ?%|[ -]per ?cent)| (?:out )?of (?:every )?(?:ten|\d+0)\b")


Places = tuple[dict[int, list[int]], set[int]]
"""Where a word stands: sentence → positions, and the sentences below a line that holds it."""


class Match(NamedTuple):
    """A sentence that holds a cue, with the spans (in the sentence) of the words that do."""

    sentence: int
    spans: tuple[tuple[int, int], ...]
    complete: bool
    """All of it stands in the sentence; else the heading or key above completes it."""
    denies: bool = False
    bare: bool = False
    """A word that only holds the cue together (`route` of `appeal route`) is not there."""


class Near(NamedTuple):
    sentence: int
    spans: tuple[tuple[int, int], ...]
    """The words of the sentence that the requirement knows."""
    score: float


@dataclass(slots=True)
class Index:
    """The sentences of one text, by stem; `contexts` are the words above each sentence."""

    tokens: list[list[tuple[str, int, int]]] = field(default_factory=list)
    """(stem, start, end) of each word of each sentence."""
    places: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    """Stem → sentence → positions."""
    above: dict[str, set[int]] = field(default_factory=dict)
    """Stem → sentences under a heading, lead-in or key that holds it."""
    spelled: dict[str, str] = field(default_factory=dict)
    """Word as written → stem, for prefixes."""
    _found: dict[Term, Places] = field(default_factory=dict)
    _sorted: list[str] = field(default_factory=list)

    def add(self, text: str, context: str = "") -> None:
        number = len(self.tokens)
        row: list[tuple[str, int, int]] = []
        for found in WORD.finditer(text):
            word = found.group().lower()
            signs_in = word.startswith("log") and _SIGN_IN.match(text, found.start())
            root = "login" if signs_in else stem(word)
            self.spelled[word] = root
            self.places.setdefault(root, {}).setdefault(number, []).append(len(row))
            for figure in _figures(word, text, found.end()):
                self.places.setdefault(figure, {}).setdefault(number, []).append(len(row))
            row.append((root, found.start(), found.end()))
        self.tokens.append(row)
        for root in stems(context):
            self.above.setdefault(root, set()).add(number)

    def find(self, cue: Cue) -> list[Match]:
        """Sentences that hold the cue, in the order of the text."""
        if not cue.terms:
            return []
        needed = [term for term in cue.terms if not term.optional]
        if cue.long:
            return self._most(cue, needed)
        hits: list[Places] = []
        for term in needed:
            hits.append(self._lookup(term))
            if not any(hits[-1]):  # nowhere: what the other words do no longer matters
                return []
        spare = [self._lookup(term) for term in cue.terms if term.optional]
        hits.sort(key=lambda hit: len(hit[0]) + len(hit[1]))
        candidates = set(hits[0][0]) | hits[0][1]
        for inside, above in hits[1:]:
            candidates = {n for n in candidates if n in inside or n in above}
        found: list[Match] = []
        for number in sorted(candidates):
            there = [inside[number] for inside, _ in hits if number in inside]
            spans = self._spans(number, there)
            if spans is not None:
                bare = any(number not in inside and number not in up for inside, up in spare)
                found.append(Match(number, spans, len(there) == len(needed), cue.denies, bare))
        return found

    def near(self, terms: Sequence[Term], weights: Sequence[float], limit: int) -> list[Near]:
        """Sentences that share the most with these terms, best first."""
        scores: dict[int, float] = {}
        shared: dict[int, list[tuple[int, int]]] = {}
        for term, weight in zip(terms, weights, strict=True):
            for number, positions in self._lookup(term)[0].items():
                scores[number] = scores.get(number, 0.0) + weight
                _, start, end = self.tokens[number][positions[0]]
                shared.setdefault(number, []).append((start, end))
        best = sorted(scores, key=lambda n: (-scores[n], n))[:limit]
        return [Near(n, tuple(shared[n]), scores[n]) for n in best]

    def rarity(self, term: Term) -> float:
        """1 for a word in one sentence, towards 0 for a word that stands everywhere."""
        count = len(self._lookup(term)[0])
        return 1.0 / math.sqrt(1 + count)

    def _most(self, cue: Cue, needed: Sequence[Term]) -> list[Match]:
        counts: dict[int, list[list[int]]] = {}
        for term in needed:
            for number, positions in self._lookup(term)[0].items():
                counts.setdefault(number, []).append(positions)
        least = min(max(3, math.ceil(_SHARE * len(needed))), _ENOUGH)
        found = []
        for number in sorted(counts):
            if len(counts[number]) >= least:
                places = (self.tokens[number][positions[0]] for positions in counts[number])
                spans = tuple(sorted({(start, end) for _, start, end in places}))
                if len(spans) >= least:
                    found.append(Match(number, spans, False, cue.denies))
        return found

    def _spans(
        self, number: int, groups: Sequence[Sequence[int]]
    ) -> tuple[tuple[int, int], ...] | None:
        """Spans of one position a group within the window and all different; () for no group."""
        if not groups:
            return ()
        row = self.tokens[number]
        best: tuple[int, ...] | None = None
        for anchor in sorted({p for group in groups for p in group}):
            chosen: list[int] = []
            for group in sorted(groups, key=len):
                at = bisect_left(group, anchor)
                free = next((p for p in group[at:] if p not in chosen), None)
                if free is None or free - anchor >= WINDOW:
                    break
                chosen.append(free)
            else:
                if best is None or max(chosen) - min(chosen) < max(best) - min(best):
                    best = tuple(sorted(chosen))
        if best is None:
            return None
        return tuple((row[p][1], row[p][2]) for p in best)

    def _lookup(self, term: Term) -> Places:
        known = self._found.get(term)
        if known is None:
            known = self._found[term] = self._phrase(term) if term.phrase else self._words(term)
        return known

    def _words(self, term: Term) -> Places:
        roots = term.stems
        if term.prefixes:
            roots = roots.union(*map(self._with_prefix, term.prefixes))
        inside: dict[int, list[int]] = {}
        above: set[int] = set()
        for root in sorted(roots & self.places.keys()):
            for number, positions in self.places[root].items():
                known = inside.get(number)
                inside[number] = sorted({*known, *positions}) if known else positions
        for root in roots & self.above.keys():
            above |= self.above[root]
        return inside, above

    def _with_prefix(self, prefix: str) -> list[str]:
        if len(self._sorted) != len(self.spelled):
            self._sorted = sorted(self.spelled)
        found = []
        for word in self._sorted[bisect_left(self._sorted, prefix) :]:
            if not word.startswith(prefix):
                break
            found.append(self.spelled[word])
        return found

    def _phrase(self, term: Term) -> Places:
        inside: dict[int, list[int]] = {}
        for number, starts in self.places.get(term.phrase[0], {}).items():
            row = self.tokens[number]
            hits = [
                p
                for p in starts
                if tuple(root for root, _, _ in row[p : p + len(term.phrase)]) == term.phrase
            ]
            if hits:
                inside[number] = hits
        return inside, set()


def _figures(word: str, text: str, end: int) -> str:
    """What a cue's `#` and `%` stand for, of a word that ends at `end`."""
    if not (word[0].isdigit() or word in NUMBERS):
        return ""
    return "#%" if _PERCENT.match(text, end) else "#"
