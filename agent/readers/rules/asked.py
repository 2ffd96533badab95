"""One requirement made ready to be looked for: its cues, its topic, its vocabulary.

Owns when a heading, a key or a question names the requirement, and the finding of every passage
that speaks of it. What those passages prove is `weighing.py`'s.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from agent.intake.judgement import Judgement, judge, lowered
from agent.intake.markers import CONCRETE, PERSON
from agent.intake.words import WORD, stem, vocabulary, words
from agent.readers.rules.cues import (
    Cue,
    Term,
    compile_cue,
    compile_prose,
    plain_term,
    speaks,
)
from agent.readers.rules.index import Match
from agent.readers.rules.lexicon import DENIALS, STOP, containers, families, talk
from agent.readers.rules.passages import Passage, ReadText
from agent.readers.rules.weighing import Sign, kind
from knowledge.entries import Requirement
from knowledge.patterns import lazy

BANAL: Final = vocabulary(
    "ai person human customer user data system decision output model case claim text letter "
    "answer result outcome tool assistant content service name write written people automated "
    "under above below within before after without over beyond day week month year hour use make "
    "all process include need provide each time application file work way part number group take "
    "business product information officer staff can may set new first second main run"
)
"""Words of every proposal: alone they tie a sentence to no requirement."""
_YET_TO_COME: Final = lazy(
    r"(?:it|this|that|these|they|one|both|all of this|the \w+) (?:is|are|has been|will be|is to be|"
    r"are to be|comes?|follows?|starts?)(?: still| currently| now| only)?(?: being)? ?(?:planned|"
    r"scheduled|booked|built|developed|under (?:development|construction)|in (?:draft|development|"
    r"preparation|planning|phase|a later|the next)|added|available|introduced|offered|ready|"
    r"in place|set up|provided|implemented|defined|agreed|with (?:the next|phase)|later|"
    r"to be (?:built|defined|agreed|added))\b",
    re.I,
)
_SAYS_NO: Final = lazy(r"\W*(?:no|none|not)\b", re.I)
_WITHOUT: Final = lazy(r"\bwithout\b|\bautomat|\bautonom", re.I)
_CAN: Final = lazy(r"\b(?:can|may|able to|right to|free to)\b")
_NO: Final = lazy(r"\b(?:not|no|never|nobody|nothing|none|without|cannot|\w+n['’]t)\b", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement as it is looked for."""

    id: str
    cues: tuple[Cue, ...]
    prose: tuple[Cue, ...]
    """Title and text, where the office wrote no cues."""
    title: frozenset[str]
    """Content stems of the title."""
    topic: str
    """The stem of the title that says most of what it is about."""
    known: frozenset[str]
    """Every stem of title and cues."""
    topics: frozenset[str]
    """The topic and what may stand for it."""
    family: frozenset[str]
    """`known` and what may stand for each."""
    terms: tuple[Term, ...]
    """For near misses: each different word once."""


@lru_cache(maxsize=4096)
def prepare(id_: str, title: str, text: str, look_for: tuple[str, ...]) -> Asked:
    cues = tuple(cue for cue in map(compile_cue, look_for) if cue.terms)
    content = [s for s in map(stem, words(title)) if s not in talk() and not _small(s)]
    prose = () if cues else (compile_prose(title), compile_prose(text))
    known = frozenset(s for cue in (*cues, *prose) for t in cue.terms for s in t.stems)
    known |= frozenset(content)
    counts = Counter(s for cue in cues for t in cue.terms for s in t.stems)
    banal = banal_stems()
    telling = [s for s in content if s not in banal] or content
    topic = max(telling, key=lambda s: (counts[s], -content.index(s)), default="")
    terms = {t.written: t for cue in (*cues, *prose) for t in cue.terms if not t.optional}
    for word in words(title):
        if stem(word) in content:
            terms.setdefault(word, plain_term(word))
    return Asked(
        id_,
        cues,
        prose,
        frozenset(content),
        topic,
        known,
        _families({topic}),
        _families(known),
        tuple(terms[written] for written in sorted(terms)),
    )


def home(asked: Asked, read: ReadText) -> str:
    """The first heading that names the requirement, as its likeliest place; empty for none."""
    named = _named(asked, read)
    titles = (section.path[-1] for section in read.proposal.sections if section.path)
    return next((title for title in titles if title in named), "")


def asked_of(requirement: Requirement) -> Asked:
    return prepare(requirement.id, requirement.title, requirement.text, requirement.look_for)


def signs(asked: Asked, read: ReadText) -> Iterator[Sign]:
    """Every passage that speaks of the requirement; a block quote proves nothing."""
    for sign in _signs(asked, read):
        quoted = sign.passage.sentence.kind == "quote"
        yield replace(sign, strength=0) if quoted else sign


def _signs(asked: Asked, read: ReadText) -> Iterator[Sign]:
    named = _named(asked, read)
    for cue in asked.cues:
        for match in read.index.find(cue):
            if match.denies and not _NO.search(read.passages[match.sentence].text):
                continue
            yield from _from_match(read, named, cue, match)
    if not asked.cues:
        yield from _from_prose(asked, read)
    yield from _from_keys(named, read)
    yield from _from_topic(asked, read)


def _from_match(read: ReadText, named: frozenset[str], cue: Cue, match: Match) -> Iterator[Sign]:
    passage = read.passages[match.sentence]
    if cue.long:
        yield Sign(passage, _says(passage, match), 2, match.spans)
    elif match.complete:
        # "We sort appeals by topic" holds the word of a measure and tells of none.
        firm = not match.bare or _done_by_somebody(passage)
        yield Sign(passage, _says(passage, match), 3 if firm else 0, match.spans)
    elif match.spans and _telling(passage, match):
        yield Sign(passage, _says(passage, match), 2, match.spans)
    elif named.intersection(passage.headings[-1:]) and _described(passage):
        yield Sign(passage, passage.analysis().whole(), 2, match.spans)


def _from_prose(asked: Asked, read: ReadText) -> Iterator[Sign]:
    """No cues: most of the requirement's own words, and its topic among them."""
    title, text = asked.prose
    alone = len(title.terms) == 1
    speaking = not alone or any(speaks(term) for term in title.terms)
    for cue, strength in ((title, 2 if speaking else 0), (text, 1)):
        for match in read.index.find(cue):
            passage = read.passages[match.sentence]
            here = {root for root, _, _ in read.index.tokens[match.sentence]}
            if here & asked.topics and match.spans:
                firm = strength if cue is text or not alone or _done_by_somebody(passage) else 0
                yield Sign(passage, _says(passage, match), firm, match.spans)


def _from_topic(asked: Asked, read: ReadText) -> Iterator[Sign]:
    """Sentences that name the topic and say that it is planned, open or not done."""
    topics = {asked.topic} | (asked.title - banal_stems())
    places = {n for root in topics for n in read.index.places.get(root, {})}
    for number in sorted(places):
        row = read.index.tokens[number]
        if len({root for root, _, _ in row} & (asked.known - banal_stems())) < 2:
            continue
        passage = read.passages[number]
        spans = tuple((start, end) for root, start, end in row if root in topics)
        says = passage.analysis().at(spans)
        what = kind(says)
        if what in ("planned", "open") or (what == "negated" and _denied_near(passage.text, spans)):
            yield Sign(passage, says, 0, spans)


def _denied_near(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """`no appeal`, `appeals are not`: the denial stands beside the word."""
    return any(
        _NO.search(" ".join(text[:start].split()[-4:]))
        or _NO.search(" ".join(text[end:].split()[:4]))
        for start, end in spans
    )


def _from_keys(named: frozenset[str], read: ReadText) -> Iterator[Sign]:
    for passage in read.passages:
        if passage.key in named:
            says = passage.analysis().whole()
            if passage.affirms or says.negated or WORD.search(passage.value):
                yield Sign(passage, says, 2)
        elif passage.answers and passage.asked in named and not _turned(passage.asked):
            yield Sign(passage, _answer(passage), 2)


def _turned(question: str) -> bool:
    """`Can it act without a person?`: what a no to this says of the measure is not for rules."""
    return bool(_NO.search(question) or _WITHOUT.search(question))


def _answer(passage: Passage) -> Judgement:
    """What a yes or no says, given what was asked."""
    says = passage.analysis().whole()
    question = judge(passage.asked.rstrip("?*_ "))
    return replace(
        says,
        planned=says.planned or question.planned,
        negated=says.negated or bool(_SAYS_NO.match(passage.text)),
    )


def _says(passage: Passage, match: Match) -> Judgement:
    says = passage.analysis().at(match.spans)
    if match.denies:
        says = replace(says, negated=False, refuses=False)
    follows = _followed_up(passage)
    return replace(says, planned=says.planned or follows) if follows else says


def _followed_up(passage: Passage) -> bool:
    """The next sentence says of this one's matter that it is yet to come."""
    return bool(_YET_TO_COME.match(passage.after))


def _telling(passage: Passage, match: Match) -> bool:
    return any(stem(passage.text[a:b]) not in banal_stems() for a, b in match.spans)


def _done_by_somebody(passage: Passage) -> bool:
    said = lowered(passage.text)
    return bool(PERSON.search(said)) and bool(CONCRETE.search(said) or _CAN.search(said))


def _described(passage: Passage) -> bool:
    """Who does it, and how often, by when or how: a measure and not a remark."""
    said = lowered(passage.text)
    return bool(CONCRETE.search(said)) and bool(PERSON.search(said))


def _named(asked: Asked, read: ReadText) -> frozenset[str]:
    """The headings, keys and questions of the text that are about this requirement."""
    index, numbers = read.lines
    whole = {m.sentence for c in asked.cues if not c.long for m in index.find(c) if m.complete}
    return frozenset(
        phrase for phrase, number in numbers.items() if number in whole or _titled(asked, phrase)
    )


def _titled(asked: Asked, phrase: str) -> bool:
    said = _content(phrase)
    if not said:
        return False
    if asked.title and asked.title <= _wide(phrase):
        return True
    return len(said) <= 2 and bool(said & asked.topics) and said <= asked.family


@lru_cache(maxsize=2048)
def _wide(phrase: str) -> frozenset[str]:
    return _families(_content(phrase))


def _families(roots: Iterable[str]) -> frozenset[str]:
    family = families()
    return frozenset(s for root in roots for s in family.get(root, frozenset({root})))


@lru_cache(maxsize=2048)
def _content(phrase: str) -> frozenset[str]:
    found = (word for word in words(phrase) if word not in STOP and word not in DENIALS)
    return frozenset(s for s in map(stem, found) if s not in containers())


def _small(root: str) -> bool:
    return root in STOP or root in DENIALS or len(root) < 2


@lru_cache(maxsize=1)
def banal_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in BANAL)
