"""What a goal rules out, and whether the proposal does it.

Owns the polarity of such phrases: `No decision without a person` rules out deciding and lacking the
person; `Closing a claim because a customer did not answer` rules out the thing itself. A sentence
that denies the ruled-out thing, tells of the old way or of another system is no conflict. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from re import IGNORECASE
from typing import Final

from agent.intake.cues.passage import ASIDE, ASIDE_TOPIC
from agent.intake.language import judge_at
from agent.intake.words import WORD, stem, vocabulary
from agent.readers.rules.lexicon import STOP
from agent.readers.rules.passages import Passage, ReadText

_FAMILIES: Final = (
    "adverse negative unfavourable refuse refusal decline reject rejection deny denial cut cancel "
    "turn terminate termination suspend",
    "decision decide determine outcome verdict approve > refuse refusal decline reject rejection",
    "person human handler clerk adjuster officer agent staff employee colleague reviewer "
    "specialist manager someone anybody nobody caseworker doctor underwriter adviser people",
    "change override overturn overrule reverse correct revise reopen reconsider review check look "
    "second",
    "customer member policyholder client claimant citizen patient applicant user consumer insured",
    "claim notification",
    "price premium tariff discount surcharge rate",
    "priority rank ranking order queue",
    "health illness ill diagnosis medical disease disability",
    "origin nationality ethnicity ethnic race surname birthplace",
    "hard difficult cumbersome discourage deter obstacle barrier friction",
    "sell sale offer propose upsell pitch",
    "product cover policy contract insurance",
    "answer reply respond react response",
    "message mail email text notice reminder sms",
    "close end drop shut",
    "collect gather store record capture",
    "profile scoring score segment",
    "social facebook instagram linkedin twitter tiktok",
    "supplier vendor provider",
    "reach speak talk contact call",
    "less smaller reduced lower",
    "owe due entitle",
)
"""Words that may stand for one another; those behind `>` stand for the ones before it, and not the
other way round: a refusal is a decision, a decision is no refusal."""
_LIGHT: Final = STOP | vocabulary(
    "make makes making take takes taken rests rest bought buy buys somebody someone something "
    "anything nothing nobody use used using get gets give given going way ways last first tried "
    "system systems place places yet without prior further whose their them other stand thing "
    "things one"
)
_OPENING: Final = re.compile(
    r"^\W*(?:no|nothing|never|not|nobody|none|avoid\w*|stop)\b\s*", IGNORECASE
)
_LACKING: Final = re.compile(
    r"\b(?:without|take[sn]? away|taking away|removes?|removing|abolish\w*|instead of|lacks?|"
    r"lacking)\b",
    IGNORECASE,
)
_JOINED: Final = re.compile(r"\s*,\s*(?:or |and )?|\s+or\s+(?:an? |the )?", IGNORECASE)
_INNER_NOT: Final = re.compile(r"\b(?:not|never|\w+n['’]t)\b", IGNORECASE)
_DENIES: Final = re.compile(
    r"\b(?:no|not|none|never|nobody|no one|without|cannot|\w+n['’]t|against|neither)\b",
    IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[,;:]|\b(?:and|but|or)\b", IGNORECASE)
"""Where something new begins: `by a person and never by the score` denies no person."""
_REACH: Final = 5
"""A denial stands at most so many words before what it denies."""
_BASIS: Final = re.compile(
    r"\b(?:rests?|resting|bas(?:ed|es|is)|depends?|depending|us(?:es|ed|ing)|accord\w*|because|"
    r"account|weigh\w*|reflects?|deriv\w*|driven|follows?)\b",
    IGNORECASE,
)
"""Two words of a phrase in one sentence show nothing; one of them resting on the other does."""
_WITHOUT_IT: Final = re.compile(r"\bwithout (?:it|them|him|her)\b", IGNORECASE)
_FALLBACK: Final = frozenset(
    stem(word) for word in "fallback backup manual paper contingency alternative second".split()
)
"""What `a way of going on without it` comes down to."""
_LEFT_OUT: Final = re.compile(
    r"\b(?:left out|leaves? out|excluded?|excludes|excluding|not used|except|removed|stripped|"
    r"blocked|forbidden|ruled out)\b",
    IGNORECASE,
)
_ENOUGH: Final = 0.75
_NOT_HERE: Final = re.compile(r"\b(?:risks?|dangers?|what could go wrong|concerns?)\b", IGNORECASE)

Term = frozenset[str]
"""Stems of which any stands for the term."""


@dataclass(frozen=True, slots=True)
class RuledOut:
    """One phrase of `rules_out`, taken apart."""

    phrase: str
    does: tuple[Term, ...]
    lacks: tuple[Term, ...]
    """What must not be missing, where the phrase says `without` or `take away`."""
    negative: bool
    """The ruled-out thing is itself put in the negative: `cover that does not fit`."""


@dataclass(frozen=True, slots=True)
class Conflict:
    ruled_out: RuledOut
    passages: tuple[Passage, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class Located:
    """A passage and where each of its words stands first, by stem."""

    passage: Passage
    places: dict[str, tuple[int, int]]


def located(read: ReadText) -> list[Located]:
    """The passages in their order, each taken into words once for all goals."""
    found = []
    for passage in read.passages:
        places: dict[str, tuple[int, int]] = {}
        for match in WORD.finditer(passage.text):
            word = match.group().lower()
            if word != "prior":  # shares its stem with `priority`
                places.setdefault(stem(word), match.span())
        found.append(Located(passage, places))
    return found


def conflict(phrases: Sequence[str], text: Sequence[Located]) -> Conflict | None:
    """The first phrase that the proposal says it does, with the sentences that say so."""
    for phrase in phrases:
        parsed = parse(phrase)
        found = _lacking(parsed, text) if parsed.lacks else _doing(parsed, text)
        if found:
            refused = any(_refused(parsed, place) for place in text)
            return Conflict(parsed, found, refused)
    return None


@lru_cache(maxsize=512)
def parse(phrase: str) -> RuledOut:
    body = _OPENING.sub("", phrase.strip())
    cut = _LACKING.search(body)
    head, tail = (body[: cut.start()], body[cut.end() :]) if cut else (body, "")
    lacks = tuple(_terms(tail))
    if _WITHOUT_IT.search(tail):
        lacks = (*lacks, _FALLBACK)
    negative = bool(_INNER_NOT.search(head)) and not lacks
    return RuledOut(phrase, tuple(_terms(head)), lacks, negative)


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
    for line in _FAMILIES:
        general, _, special = line.partition(" > ")
        members = frozenset(stem(word) for word in f"{general} {special}".split())
        for member in {stem(word) for word in general.split()}:
            found[member] = found.get(member, frozenset()) | members
    return found


def _spans(terms: Sequence[Term], place: Located) -> list[tuple[int, int]]:
    """Where the terms stand that stand in the passage."""
    found = [[place.places[word] for word in term & place.places.keys()] for term in terms]
    return [min(spans) for spans in found if spans]


def _doing(parsed: RuledOut, text: Sequence[Located]) -> tuple[Passage, ...]:
    """Sentences that say nearly all of the phrase, with its polarity."""
    return tuple(place.passage for place in text if _says(parsed, place))[:2]


def _says(parsed: RuledOut, place: Located) -> bool:
    passage = place.passage
    spans = _spans(parsed.does, place)
    least = max(2, ceil(len(parsed.does) * _ENOUGH))
    if len(set(spans)) < least or not _about_this(passage):
        return False
    if _LEFT_OUT.search(passage.text) or passage.analysis().whole().refuses:
        return False
    if len(parsed.does) == 2 and not _BASIS.search(_between(passage.text, spans)):
        return False
    if parsed.negative:
        head = passage.text[: max(start for start, _ in spans[:2])]
        return bool(_INNER_NOT.search(passage.text)) and not _DENIES.search(head)
    return not (judge_at(passage.text, spans[0]).negated or passage.analysis().at(spans).negated)


def _between(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return text[min(end for _, end in spans) : max(start for start, _ in spans)]


def _lacking(parsed: RuledOut, text: Sequence[Located]) -> tuple[Passage, ...]:
    """A sentence that denies what must not be missing, near one that does the thing itself."""
    denies = [place.passage for place in text if _denies(parsed, place)]
    does = [place.passage for place in text if _does(parsed, place)] if denies else []
    if not does:
        return ()
    nearest = min(does, key=lambda p: (p in denies, abs(p.number - denies[0].number)))
    return (*(() if nearest in denies else (nearest,)), *denies[:2])


def _does(parsed: RuledOut, place: Located) -> bool:
    """Does the thing, and not by the hands of those who must not be missing."""
    spans = _spans(parsed.does, place)
    distinct = len(set(spans)) >= min(2, len(parsed.does))
    if len(spans) < max(1, round(len(parsed.does) * _ENOUGH)) or not distinct:
        return False
    if _spans(parsed.lacks[:1], place) or not _about_this(place.passage):
        return False
    return not judge_at(place.passage.text, *spans).negated


def _denies(parsed: RuledOut, place: Located) -> bool:
    """Denies every part of what must not be missing, and speaks of the thing itself."""
    text = place.passage.text
    spans = _spans(parsed.lacks, place)
    if len(spans) < len(parsed.lacks) or not _spans(parsed.does, place):
        return False
    near = any(_denied_near(text, span) for span in _spans(parsed.lacks[:1], place))
    if not near or _until(text) or not _about_this(place.passage):
        return False
    return place.passage.analysis().at(spans).negated


def _denied_near(text: str, span: tuple[int, int]) -> bool:
    """A denial a few words before, or right after: `a review by a person is not offered`."""
    before = " ".join(text[: span[0]].split()[-_REACH:])
    after = " ".join(_CLAUSE.split(text[span[1] :], maxsplit=1)[0].split()[:_REACH])
    return bool(_DENIES.search(before) or _DENIES.search(after))


def _until(text: str) -> bool:
    """`No refusal goes out without a person`, `never before a handler looked`: no denial."""
    return bool(
        re.search(
            r"\b(?:no|not|never|nothing|nobody|none|cannot)\b[^.;]{0,80}\b(?:without|before|until|"
            r"unless)\b(?! (?:it|they|the \w+) (?:goes|go|is sent|are sent|leaves?))",
            text,
            IGNORECASE,
        )
    )


def _about_this(passage: Passage) -> bool:
    judged = passage.analysis().whole()
    headings = " / ".join(passage.headings)
    return not (
        judged.other_system
        or judged.open
        or judged.required
        or passage.sentence.kind in ("front", "quote")
        or _NOT_HERE.search(headings)
        or ASIDE.search(passage.text.lower())
        or ASIDE_TOPIC.search(headings.lower())
    )


def _refused(parsed: RuledOut, place: Located) -> bool:
    """The text declines, in clear words, the very thing that would put it right."""
    remedy = parsed.lacks or parsed.does
    if len(_spans(remedy, place)) < min(2, len(remedy)):
        return False
    judged = place.passage.analysis().whole()
    return judged.refuses and not judged.other_system
