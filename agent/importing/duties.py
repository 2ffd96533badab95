"""The sentences of a document that ask for something: must, shall, may not and their like.

Owns which sentences are duties, in English only, and how the items of a list get the words above
them ("The provider must: (a) …"). It judges no severity and writes nothing.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from agent.importing.units import Unit
from agent.intake.words import whole_words

_DEEDS: Final = (
    "access allow assume base begin bypass change charge circumvent collect combine commence"
    " connect contact copy delegate deny deploy disable disclose discriminate employ enter exceed"
    " export feed grant hide input install keep launch make misuse modify monitor offer operate"
    " override paste post process proceed publish refuse release rely remove retain reuse sell send"
    " share start store submit train transfer upload use withhold"
)
"""What somebody is forbidden to do; `may not suffice` only says what may happen."""
_DEED: Final = "|".join(
    f"{verb.removesuffix('e')}(?:e|ed)?" if verb.endswith("e") else f"{verb}(?:ed|ped|ted)?"
    for verb in _DEEDS.split()
)
MODAL: Final = re.compile(
    r"\b(?:(?P<never>(?:must|shall)\s+(?:not|never|under no circumstances|no longer)\b"
    rf"|may\s+(?:not|never|under no circumstances)(?=\s+(?:be\s+)?(?:\w+ly\s+)?(?:{_DEED}"
    r"|kept|made|sold|sent|denied|withheld|overridden|taken)\b)"
    r"|(?:is|are)\s+(?:strictly\s+)?(?:prohibited|forbidden)\b"
    r"|(?:is|are)\s+not\s+(?:permitted|allowed)\b)"
    r"|(?:must|shall)\b(?!-)|(?:is|are|be)\s+(?:required|obliged|obligated)\s+to\b)",
    re.IGNORECASE,
)
_PROVISION: Final = (
    "articles? chapters? directive it law obligations? paragraphs? points? policy procedures? "
    "provisions? regulation requirements? rules? sections? subparagraphs? this"
)
"""What speaks of itself when it `shall apply`; a team that shall apply a measure is asked to."""
NOT_DUTIES: Final = re.compile(
    r"\b(?:must|shall)\s+(?:also\s+)?(?:mean|be\s+(?:understood|construed|interpreted|deemed|presumed|"
    r"noted|taken\s+(?:to\s+mean|as\s+a\s+reference)|binding|read\s+as)|have\s+(?:been\b|the\s+"
    r"(?:same\s+)?meaning)|enter\s+into\s+force|be\s+without\s+prejudice"
    r"|not\s+(?:apply|affect|prejudice|preclude|constitute|create)\b)"
    rf"|\b(?:{'|'.join(_PROVISION.split())})\b[^.;:]{{0,100}}?\b(?:must|shall)\s+(?:also\s+)?apply\b"
    r"|\b(?:not|nor|never|neither|no\s+\w+)\s+(?:be\s+)?(?:required|obliged|obligated)\s+to\b"
    r"|\b(?:key\s?words?|the\s+words?|the\s+verbs?)\b[^.]{0,40}\b(?:must|shall)\b"
    r"|\b(?:what|how|whether|why)\s+(?:\w+\s+){0,2}(?:must|shall)\b"
    r"|\bwho\s+(?:(?:the|an?|we|you|they|it|he|she)\s+(?:\w+\s+)?)?(?:must|shall)\b"
    r"|\bthat\s+(?:must|shall|is\s+required\s+to|are\s+required\s+to)\b"
    r"|[\"“][^\"”]{0,120}\b(?:must|shall)\b[^\"”]{0,120}[\"”]"
    r"|\bas\s+(?:it|they|he|she)\s+(?:must|shall)\b",
    re.IGNORECASE,
)
_DEFINES: Final = re.compile(
    r"^[\"“‘'(]?[\w -]{2,60}[\"”’')]?,?\s+(?:means|shall\s+mean|refers\s+to|is\s+defined\s+as)\b"
    r"|^for\s+the\s+purposes?\s+of\s+this\b[^,]{0,60},?\s.{0,60}\b(?:means?|definitions?)\b",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"[\s;,]*(?:\b(?:and/or|and|or))?[\s;,]*$")
_OPEN: Final = re.compile(
    r"\b(?:must|shall|not|to|that|by|of|with|for|from|on|and|or|be|which|ensure|include|includes|"
    r"including|provide|contain|describe|document|state|is|are|required|whether|how)$",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_STEP: Final = re.compile(r"\d+(?:\.\d+)+|\w+")
FEWEST: Final = 5
"""Words of a sentence that is worth an entry."""
LONGEST: Final = 1500
"""Characters of a requirement's text and of its quote."""


class Duty(NamedTuple):
    """One thing that the document asks for."""

    text: str
    """A whole sentence: of an item with the words above its list."""
    quote: str
    """The document's own words, in one piece."""
    section: str
    ref: str
    page: int
    """From 1; 0 where there are no pages."""
    forbids: bool


class _Stem(NamedTuple):
    """Words that govern the items of a list below them."""

    text: str
    unit: Unit
    list_: str
    """Of its items; empty until the first is seen."""
    used: bool


def duties(found: Iterable[Unit]) -> Iterator[Duty]:
    """One for each sentence that asks for something, in the document's order."""
    stems: list[_Stem] = []
    for unit in found:
        goes_on = bool(stems) and not unit.first and not unit.text.endswith(":")
        if not goes_on:
            yield from _leave(stems, unit)
        text = _TAIL.sub("", unit.text) if unit.list_ else unit.text
        goes_below = bool(stems) and bool(unit.list_) and text[:1].islower()
        own = asks(text) and not goes_below  # "…, which must …" is part of the item's sentence
        if goes_on and stems[-1].used:  # a further sentence of an item stands by itself
            if own:
                yield from _duty(text, unit, [])
            continue
        whole = f"{stems[-1].text}{_lower(text)}" if stems and not own else text
        if stems:
            stems[-1] = stems[-1]._replace(list_=unit.list_, used=True)
        if text.endswith(":") and (own or stems):
            stems.append(_Stem(_before_items(whole), unit, "", False))
        elif own or stems:
            yield from _duty(whole, unit, stems)
    yield from _end(stems, 0)


def asks(text: str) -> bool:
    """Whether a sentence by itself asks for something."""
    defines = _DEFINES.search(text)
    if text.endswith("?") or (defines and not MODAL.search(defines.group())):
        return False
    return bool(MODAL.search(NOT_DUTIES.sub(" ", text)))


def _leave(stems: list[_Stem], unit: Unit) -> Iterator[Duty]:
    """End the lists that the unit is no item of."""
    keep = 0
    if unit.list_ and (not stems or stems[-1].unit.section == unit.section):
        known = [n for n, stem in enumerate(stems, start=1) if stem.list_ == unit.list_]
        fresh = bool(stems) and not stems[-1].list_
        keep = known[-1] if known else len(stems) if fresh else 0
    yield from _end(stems, keep)


def _end(stems: list[_Stem], keep: int) -> Iterator[Duty]:
    """Take stems away; one whose list never came was a sentence of its own."""
    while len(stems) > keep:
        stem = stems.pop()
        if not stem.used and asks(stem.text):
            yield from _duty(stem.text.rstrip(), stem.unit, stems)


def _before_items(text: str) -> str:
    """`The provider must: ` goes on with the item; `… the following: ` keeps its colon."""
    said = text.rstrip(": ")
    return f"{said} " if _OPEN.search(said) else f"{said}: "


def _duty(whole: str, unit: Unit, stems: list[_Stem]) -> Iterator[Duty]:
    if len(_LETTERS.findall(whole)) < FEWEST or not _LETTERS.search(unit.text):
        return
    refs = [stem.unit.mark for stem in stems if stem.unit.mark] + [unit.mark]
    never = MODAL.search(NOT_DUTIES.sub(" ", whole))
    yield Duty(
        text=_cut(whole),
        quote=_cut(unit.text),
        section=unit.section,
        ref=_numbered(unit.ref, refs),
        page=unit.page,
        forbids=bool(never and never["never"]),
    )


def _numbered(ref: str, marks: list[str]) -> str:
    """`Article 14` and `1.`, `(a)` → `Article 14(1)(a)`; a clause's own number says it all."""
    steps: list[str] = [step for mark in marks for step in _STEP.findall(mark)]
    if steps and "." in steps[-1]:
        return steps[-1]
    return ref + "".join(f"({step})" for step in steps) if ref else ""


def _lower(text: str) -> str:
    """An item as the middle of a sentence: a name or an abbreviation keeps its capitals."""
    first = text.split(" ", 1)[0]
    lower = first[1:].islower() and len(first) > 1
    return text[0].lower() + text[1:] if lower else text


def _cut(text: str) -> str:
    return whole_words(text, LONGEST)
