"""One requirement made ready to be looked for: its cues, its topic, its vocabulary.

Owns when a heading, a key or a question names the requirement, and the finding of every passage
that speaks of it. What those passages prove is `weighing.py`'s.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from agent.intake.judgement import Judgement, judge
from agent.intake.markers import CONCRETE, PERSON
from agent.intake.words import WORD, stem, vocabulary, words
from agent.readers.rules.cues import Cue, Index, Match, Term, compile_cue, compile_prose, speaks
from agent.readers.rules.lexicon import DENIALS, STOP, containers, families, talk
from agent.readers.rules.passages import Passage, ReadText
from agent.readers.rules.weighing import Sign, kind
from knowledge.entries import Requirement

BANAL: Final = vocabulary(
    "ai person human customer user data system decision output model case claim text letter "
    "answer result outcome tool assistant content service name write written people automated"
)
"""Words of every proposal: alone they tie a sentence to no requirement."""
_YET_TO_COME: Final = re.compile(
    r"(?:it|this|that|these|they|one|both|all of this|the \w+) (?:is|are|has been|will be|is to be|"
    r"are to be|comes?|follows?|starts?)(?: still| currently| now| only)?(?: being)? ?(?:planned|"
    r"scheduled|booked|built|developed|under (?:development|construction)|in (?:draft|development|"
    r"preparation|planning|phase|a later|the next)|added|available|introduced|offered|ready|"
    r"in place|set up|provided|implemented|defined|agreed|with (?:the next|phase)|later|"
    r"to be (?:built|defined|agreed|added))\b",
    re.I,
)
_NO: Final = re.compile(r"\b(?:not|no|never|nobody|nothing|none|without|cannot|\w+n['’]t)\b", re.I)


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
    terms: tuple[Term, ...]
    """For near misses: each different word once."""

    def names(self, phrase: str) -> bool:
        """Whether a heading, key or question is about this requirement."""
        return _names(self, phrase)


@lru_cache(maxsize=4096)
def prepare(id_: str, title: str, text: str, look_for: tuple[str, ...]) -> Asked:
    cues = tuple(cue for cue in map(compile_cue, look_for) if cue.terms)
    content = [s for s in map(stem, words(title)) if s not in talk() and not _small(s)]
    prose = () if cues else (compile_prose(title), compile_prose(text))
    known = frozenset(s for cue in (*cues, *prose) for t in cue.terms for s in t.stems)
    counts = Counter(s for cue in cues for t in cue.terms for s in t.stems)
    banal = _banal()
    telling = [s for s in content if s not in banal] or content
    topic = max(telling, key=lambda s: (counts[s], -content.index(s)), default="")
    terms = {t.written: t for cue in (*cues, *prose) for t in cue.terms if not t.optional}
    for word in words(title):
        if stem(word) in content:
            terms.setdefault(word, Term(families().get(stem(word), frozenset({stem(word)}))))
    return Asked(
        id_,
        cues,
        prose,
        frozenset(content),
        topic,
        known | frozenset(content),
        tuple(terms[written] for written in sorted(terms)),
    )


def asked_of(requirement: Requirement) -> Asked:
    return prepare(requirement.id, requirement.title, requirement.text, requirement.look_for)


def signs(asked: Asked, read: ReadText) -> Iterator[Sign]:
    """Every passage that speaks of the requirement."""
    for cue in asked.cues:
        for match in read.index.find(cue):
            if match.denies and not _NO.search(read.passages[match.sentence].text):
                continue
            yield from _from_match(asked, read, cue, match)
    if not asked.cues:
        yield from _from_prose(asked, read)
    yield from _from_keys(asked, read)
    yield from _from_topic(asked, read)


def _from_match(asked: Asked, read: ReadText, cue: Cue, match: Match) -> Iterator[Sign]:
    passage = read.passages[match.sentence]
    if cue.long:
        yield Sign(passage, _says(passage, match), 2, match.spans)
    elif match.complete:
        yield Sign(passage, _says(passage, match), 3, match.spans)
    elif match.spans and _telling(passage, match):
        yield Sign(passage, _says(passage, match), 2, match.spans)
    elif any(asked.names(title) for title in passage.headings[-1:]) and _described(passage):
        yield Sign(passage, passage.analysis().whole(), 2, match.spans)


def _from_prose(asked: Asked, read: ReadText) -> Iterator[Sign]:
    """No cues: most of the requirement's own words, and its topic among them."""
    title, text = asked.prose
    topics = families().get(asked.topic, frozenset({asked.topic}))
    telling = len(title.terms) > 1 or any(speaks(term) for term in title.terms)
    for cue, strength in ((title, 2 if telling else 0), (text, 1)):
        for match in read.index.find(cue):
            passage = read.passages[match.sentence]
            here = {root for root, _, _ in read.index.tokens[match.sentence]}
            if here & topics and match.spans:
                yield Sign(passage, _says(passage, match), strength, match.spans)


def _from_topic(asked: Asked, read: ReadText) -> Iterator[Sign]:
    """Sentences that name the topic and say that it is planned, open or not done."""
    topics = {asked.topic} | (asked.title - _banal())
    places = {n for root in topics for n in read.index.places.get(root, {})}
    for number in sorted(places):
        row = read.index.tokens[number]
        if len({root for root, _, _ in row} & (asked.known - _banal())) < 2:
            continue
        passage = read.passages[number]
        spans = tuple((start, end) for root, start, end in row if root in topics)
        says = passage.analysis().at(spans)
        if kind(says) in ("planned", "open", "negated"):
            yield Sign(passage, says, 0, spans)


def _from_keys(asked: Asked, read: ReadText) -> Iterator[Sign]:
    for passage in read.passages:
        if passage.key and asked.names(passage.key):
            says = passage.analysis().whole()
            if passage.affirms or says.negated or WORD.search(passage.value):
                yield Sign(passage, says, 2)
        elif passage.answers and asked.names(passage.asked):
            yield Sign(passage, _answer(passage), 2)


def _answer(passage: Passage) -> Judgement:
    """What a yes or no says, given what was asked."""
    says = passage.analysis().whole()
    question = judge(passage.asked.rstrip("?*_ "))
    return replace(says, planned=says.planned or question.planned, open=says.open)


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
    return any(stem(passage.text[a:b]) not in _banal() for a, b in match.spans)


def _described(passage: Passage) -> bool:
    """Who does it, and how often, by when or how: a measure and not a remark."""
    return bool(CONCRETE.search(passage.text)) and bool(PERSON.search(passage.text))


def _names(asked: Asked, phrase: str) -> bool:
    said = _content(phrase)
    if not said:
        return False
    family = families()
    wide = frozenset(s for root in said for s in family.get(root, frozenset({root})))
    if asked.title and asked.title <= wide:
        return True
    line = _line(phrase)
    if any(not c.long and c.terms and _whole(line, c) for c in asked.cues):
        return True
    topics = family.get(asked.topic, frozenset({asked.topic}))
    known = frozenset(s for root in asked.known for s in family.get(root, frozenset({root})))
    return len(said) <= 2 and bool(said & topics) and said <= known


def _whole(line: Index, cue: Cue) -> bool:
    return any(match.complete for match in line.find(cue))


@lru_cache(maxsize=2048)
def _line(phrase: str) -> Index:
    line = Index()
    line.add(phrase)
    return line


@lru_cache(maxsize=2048)
def _content(phrase: str) -> frozenset[str]:
    found = (word for word in words(phrase) if word not in STOP and word not in DENIALS)
    return frozenset(s for s in map(stem, found) if s not in containers())


def _small(root: str) -> bool:
    return root in STOP or root in DENIALS or len(root) < 2


@lru_cache(maxsize=1)
def _banal() -> frozenset[str]:
    return frozenset(stem(word) for word in BANAL)
