"""A phrase of `rules_out` taken apart: what is done, what must not be missing, what it denies.

Owns the reading of a goal's words; whether a proposal does it is judged in `ruled_out.py`. Pure.
"""

from functools import cache, lru_cache
from re import IGNORECASE
from typing import Final, NamedTuple

from agent.intake.words import WORD, stem, vocabulary
from agent.readers.rules.lexicon import STOP
from agent.readers.rules.ruled_out_words import FAMILIES, LIGHT, SERVED
from knowledge.patterns import lazy

_LIGHT: Final = STOP | vocabulary(LIGHT)
_OPENING: Final = lazy(r"^\W*(?:no|nothing|never|not|nobody|none|avoid\w*|stop)\b\s*", IGNORECASE)
_EXAMPLE: Final = lazy(
    r"(?:,? or (?:from )?other\b|,? (?:or|as) (?:an? )?(?:stand-in|proxy|substitute)\b).*",
    IGNORECASE,
)
"""What only widens the phrase: who does the first part of it conflicts already."""
_LACKING: Final = lazy(
    r"\b(?:without|take[sn]? away|taking away|removes?|removing|abolish\w*|instead of|lacks?|"
    r"lacking)\b",
    IGNORECASE,
)
_TAKES_AWAY: Final = lazy(r"tak|remov|abolish", IGNORECASE)
_JOINED: Final = lazy(r"\s*,\s*(?:or |and )?|\s+or\s+(?:an? |the )?", IGNORECASE)
_INNER_NOT: Final = lazy(r"\b(?:not|never|\w+n['’]t)\b", IGNORECASE)
_WITHOUT_IT: Final = lazy(r"\bwithout (?:it|them|him|her)\b", IGNORECASE)
_FALLBACK: Final = frozenset(
    stem(word) for word in "fallback backup manual paper contingency alternative second".split()
)
"""What `a way of going on without it` comes down to."""

Term = frozenset[str]
"""Stems of which any stands for the term."""


class RuledOut(NamedTuple):
    """One phrase of `rules_out`, taken apart."""

    phrase: str
    does: tuple[Term, ...]
    lacks: tuple[Term, ...]
    """What must not be missing, where the phrase says `without` or `take away`."""
    negative: bool
    """The ruled-out thing is itself put in the negative: `cover that does not fit`."""
    takes_away: bool = False
    """`Savings that take away X`: taking X away is the conflict, whatever it is done for."""


@lru_cache(maxsize=512)
def parse(phrase: str) -> RuledOut:
    body = _EXAMPLE.sub("", _OPENING.sub("", phrase.strip()))
    cut = _LACKING.search(body)
    head, tail = (body[: cut.start()], body[cut.end() :]) if cut else (body, "")
    lacks = tuple(_terms(tail))
    if _WITHOUT_IT.search(tail):
        lacks = (*lacks, _FALLBACK)
    negative = bool(_INNER_NOT.search(head)) and not lacks
    takes_away = bool(cut and _TAKES_AWAY.match(cut.group()))
    return RuledOut(phrase, _core(_terms(head)), lacks, negative, takes_away)


def _core(terms: list[Term]) -> tuple[Term, ...]:
    """Without those it is done to, where enough else is left: nearly every text speaks of them."""
    core = [term for term in terms if term != _served()]
    return tuple(core if len(core) >= 2 else terms)


@cache
def _served() -> Term:
    return frozenset(stem(word) for word in SERVED.split())


def _terms(text: str) -> list[Term]:
    """Content words in order; those that stand side by side with `or` or a comma are one term."""
    terms: list[Term] = []
    joined = False
    last = 0
    for match in WORD.finditer(text):
        word = match.group().lower()
        between = text[last : match.start()]
        joined = joined or (bool(_JOINED.fullmatch(between)) and last > 0)
        last = match.end()
        if word == "or":
            joined = True
            continue
        if word in _LIGHT or _INNER_NOT.fullmatch(word) or len(word) < 3:
            continue
        family = _families().get(stem(word), frozenset({stem(word)}))
        if joined and terms:
            terms[-1] = terms[-1] | family
        else:
            terms.append(family)
        joined = False
    return terms


@cache
def _families() -> dict[str, Term]:
    found: dict[str, Term] = {}
    for line in FAMILIES:
        general, _, special = line.partition(" > ")
        members = frozenset(stem(word) for word in f"{general} {special}".split())
        for member in {stem(word) for word in general.split()}:
            found[member] = found.get(member, frozenset()) | members
    return found
