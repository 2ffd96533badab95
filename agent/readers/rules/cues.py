"""What an office tells us to look for, and where in the text it stands.

Owns the syntax of cues and the matching: a cue is compiled once, the text is indexed once by stems,
and each cue is answered from the index. Whether a match proves anything is not decided here.

    appeal route            every content word, any order, within about fifteen words
    appeal|object decision  alternatives for one word; nothing is added to an office's own list
    explain*                a prefix
    "plain language"        consecutive words
"""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from agent.intake.words import WORD, stem
from agent.readers.rules.lexicon import DENIALS, STOP, containers, families, talk

WINDOW: Final = 15
LONG: Final = 6
"""A cue of so many content words is a sentence: most of it has to be there, not all."""
_SHARE: Final = 0.6
_ENOUGH: Final = 6
"""So many words shared with a long cue are enough, however long it is."""
_TOKEN: Final = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One word of a cue: the stems and prefixes that satisfy it, or a phrase. Made by `_term`, so
    that equal ones are the same object and are looked up once."""

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    optional: bool = False
    """A word that only holds the others together (`route`, `process`)."""
    written: str = ""


@lru_cache(maxsize=65536)
def _term(
    stems: frozenset[str] = frozenset(),
    prefixes: tuple[str, ...] = (),
    phrase: tuple[str, ...] = (),
    optional: bool = False,
    written: str = "",
) -> Term:
    return Term(stems, prefixes, phrase, optional, written)


@dataclass(frozen=True, slots=True)
class Cue:
    terms: tuple[Term, ...]
    denies: bool = False
    """The cue itself says no (`never shared`): the text has to say no as well."""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that holds a cue, with the spans (in the sentence) of the words that do."""

    sentence: int
    spans: tuple[tuple[int, int], ...]
    complete: bool
    """All of it stands in the sentence; else the heading or key above completes it."""
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    sentence: int
    spans: tuple[tuple[int, int], ...]
    """The words of the sentence that the requirement knows."""
    score: float


def compile_cue(text: str) -> Cue:
    """A cue from its text; one without any word matches nothing."""
    terms: list[Term] = []
    denies = False
    tokens = [(m.group(1) or m.group(2), m.group(3)) for m in _TOKEN.finditer(text)]
    for phrase, plain in tokens:
        if phrase is not None:
            if _stems(phrase):
                terms.append(_term(phrase=tuple(_stems(phrase)), written=phrase))
            denies = denies or any(word in DENIALS for word in phrase.lower().split())
            continue
        if plain and "|" not in plain and "*" not in plain:
            found = [m.group().lower() for m in WORD.finditer(plain)]
            denies = denies or any(word in DENIALS or word.endswith("n't") for word in found)
            terms += [plain_term(w) for w in found if w not in STOP and w not in DENIALS]
        elif plain:
            options = [w for w in plain.split("|") if w]
            if options and all(w.lower() in DENIALS for w in options):
                denies = True
            elif options:
                terms.append(_alternatives(options))
    return _closed(_different(terms), denies, _is_sentence(text))


def _different(terms: Sequence[Term]) -> list[Term]:
    """Each word once: `a person ... to a person` asks for one person."""
    seen: dict[tuple[object, ...], Term] = {}
    for term in terms:
        seen.setdefault((term.stems, term.prefixes, term.phrase), term)
    return list(seen.values())


def _is_sentence(text: str) -> bool:
    """Whether somebody wrote a whole sentence where a phrase was asked for."""
    small = sum(m.group().lower() in STOP for m in WORD.finditer(text))
    return "|" not in text and (small >= 3 or (small >= 2 and text.rstrip().endswith(".")))


def compile_prose(text: str) -> Cue:
    """A sentence about proposals (a requirement's text) as a cue: its own talk is dropped."""
    found = [m.group().lower() for m in WORD.finditer(text)]
    seen: dict[str, Term] = {}
    for word in found:
        if word not in STOP and word not in DENIALS and stem(word) not in talk():
            seen.setdefault(stem(word), plain_term(word))
    terms = _different(list(seen.values()))
    count = sum(not term.optional for term in terms)
    return Cue(tuple(terms), long=count >= 4)


def _closed(terms: list[Term], denies: bool, sentence: bool) -> Cue:
    content = [term for term in terms if not term.optional]
    if not content or (len(content) == 1 and len(terms) > 1 and not speaks(content[0])):
        # "review process": without its second word the first would say too little.
        terms = [_required(term) for term in terms]
    elif len(terms) == 1 and WORD.fullmatch(terms[0].written):
        terms = [_term(frozenset({stem(terms[0].written)}), written=terms[0].written)]
    count = sum(not term.optional for term in terms)
    return Cue(tuple(terms), denies, count >= LONG or (sentence and count >= 4))


_SIGN_IN: Final = re.compile(
    r"log(?:s|ged|ging)?[ -](?:in|on)(?:to)?"
    r"(?: (?:with|to|using|via|through|by|once|twice)\b|[.,;]|$)",
    re.IGNORECASE,
)
"""`log in` is another word than `log`."""
_SPEAKING: Final = "appeal bias consent injection sunset accessible uncertain fallback incident"


def speaks(term: Term) -> bool:
    """Whether the word is so much of the field that it stands for its measure alone."""
    known = {stem(word) for word in _SPEAKING.split()} | {"retain", "explain", "log", "monitor"}
    return bool(term.stems & known)


def _required(term: Term) -> Term:
    return _term(term.stems, term.prefixes, term.phrase, False, term.written)


def plain_term(word: str) -> Term:
    root = stem(word)
    stems = families().get(root, frozenset({root}))
    return _term(stems, optional=root in containers(), written=word)


def _alternatives(options: Sequence[str]) -> Term:
    prefixes = tuple(sorted(w.lower().rstrip("*") for w in options if w.endswith("*")))
    stems = frozenset(
        s for w in options if not w.endswith("*") and w.lower() not in DENIALS for s in _stems(w)
    )
    return _term(stems, tuple(p for p in prefixes if p), written="|".join(options))


def _stems(text: str) -> list[str]:
    return [stem(m.group().lower()) for m in WORD.finditer(text)]


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
    _found: dict[Term, tuple[dict[int, list[int]], set[int]]] = field(default_factory=dict)
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
            row.append((root, found.start(), found.end()))
        self.tokens.append(row)
        for root in _stems(context):
            self.above.setdefault(root, set()).add(number)

    def find(self, cue: Cue) -> list[Match]:
        """Sentences that hold the cue, in the order of the text."""
        if not cue.terms:
            return []
        needed = [term for term in cue.terms if not term.optional]
        if cue.long:
            return self._most(cue, needed)
        hits = [self._lookup(term) for term in needed]
        hits.sort(key=lambda hit: len(hit[0]) + len(hit[1]))
        candidates = set(hits[0][0]) | hits[0][1]
        for inside, above in hits[1:]:
            candidates = {n for n in candidates if n in inside or n in above}
        found: list[Match] = []
        for number in sorted(candidates):
            there = [inside[number] for inside, _ in hits if number in inside]
            spans = self._spans(number, there)
            if spans is not None:
                found.append(Match(number, spans, len(there) == len(needed), cue.denies))
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
                if len(spans) >= least - 1:
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

    def _lookup(self, term: Term) -> tuple[dict[int, list[int]], set[int]]:
        known = self._found.get(term)
        if known is None:
            known = self._found[term] = self._phrase(term) if term.phrase else self._words(term)
        return known

    def _words(self, term: Term) -> tuple[dict[int, list[int]], set[int]]:
        stems = term.stems | {s for prefix in term.prefixes for s in self._with_prefix(prefix)}
        inside: dict[int, list[int]] = {}
        above: set[int] = set()
        for root in sorted(stems & self.places.keys()):
            for number, positions in self.places[root].items():
                known = inside.get(number)
                inside[number] = sorted({*known, *positions}) if known else positions
        for root in stems & self.above.keys():
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

    def _phrase(self, term: Term) -> tuple[dict[int, list[int]], set[int]]:
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
