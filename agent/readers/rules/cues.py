"""What an office tells us to look for, compiled.

Owns the syntax of cues. Where a cue stands in a text is `index.py`'s, whether that proves anything
is not decided here.

    appeal route            every content word, any order, within about fifteen words
    appeal|object decision  alternatives for one word; nothing is added to an office's own list
    explain*                a prefix
    "plain language"        consecutive words
    not|never shared        the sentence has to say no as well
    # days, % correct         any figure; a percentage
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from agent.intake.words import WORD, stem, stems
from agent.readers.rules.lexicon import DENIALS, STOP, containers, families, talk
from knowledge.patterns import lazy

LONG: Final = 6
"""A cue of so many content words is a sentence: most of it has to be there, not all."""
FIGURES: Final = frozenset("#%")
"""Stand for any figure and for any percentage."""
_TOKEN: Final = lazy(r'"([^"]*)"|“([^”]*)”|(\S+)')


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


class Cue(NamedTuple):
    terms: tuple[Term, ...]
    denies: bool = False
    """The cue itself says no (`never shared`): the text has to say no as well."""
    long: bool = False


@lru_cache(maxsize=4096)
def compile_cue(text: str) -> Cue:
    """A cue from its text; one without any word matches nothing. Kept, since several measures share
    a cue."""
    terms: list[Term] = []
    denies = False
    tokens = [(m.group(1) or m.group(2), m.group(3)) for m in _TOKEN.finditer(text)]
    for phrase, plain in tokens:
        if phrase is not None:
            if stems(phrase):
                terms.append(_term(phrase=tuple(stems(phrase)), written=phrase))
            denies = denies or any(word in DENIALS for word in phrase.lower().split())
            continue
        if plain in FIGURES:
            terms.append(_term(frozenset({plain}), written=plain))
        elif plain and "|" not in plain and "*" not in plain:
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
    if "|" in text:
        return False
    small = sum(m.group().lower() in STOP for m in WORD.finditer(text))
    return small >= 3 or (small >= 2 and text.rstrip().endswith("."))


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


_SPEAKING: Final = "appeal bias consent injection sunset accessible uncertain fallback incident"


def speaks(term: Term) -> bool:
    """Whether the word is so much of the field that it stands for its measure alone."""
    return bool(term.stems & speaking())


@lru_cache(maxsize=1)
def speaking() -> frozenset[str]:
    """The stems of such words."""
    return frozenset(map(stem, _SPEAKING.split())) | {"retain", "explain", "log", "monitor"}


def _required(term: Term) -> Term:
    return _term(term.stems, term.prefixes, term.phrase, False, term.written)


def one(root: str) -> Term:
    """This stem and no other."""
    return _term(frozenset({root}), written=root)


def plain_term(word: str) -> Term:
    root = stem(word)
    stems = families().get(root, frozenset({root}))
    return _term(stems, optional=root in containers(), written=word)


def _alternatives(options: Sequence[str]) -> Term:
    prefixes: list[str] = []
    roots = set(FIGURES.intersection(options))
    for option in options:
        if option.endswith("*"):
            prefixes.append(option.lower().rstrip("*"))
        elif option.lower() not in DENIALS:
            roots.update(stems(option))
    known = tuple(sorted(filter(None, prefixes)))
    return _term(frozenset(roots), known, written="|".join(options))
