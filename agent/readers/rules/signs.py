"""Every passage that speaks of a requirement: through its cues, its title, a heading or a key.

Owns the finding. What the passages prove together is `weighing.py`'s.
"""

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from agent.intake.judgement import Judgement, judge, lowered
from agent.intake.markers import CONCRETE, PERSON
from agent.intake.words import WORD, stem, stems, words
from agent.readers.rules.asked import Asked, banal_stems, weak_stems
from agent.readers.rules.cues import Cue, speaking, speaks
from agent.readers.rules.index import NUMBERS, Match
from agent.readers.rules.naming import named
from agent.readers.rules.passages import SAYS_NO, Passage, ReadText
from agent.readers.rules.people import standing_of
from agent.readers.rules.practised import date_set, goes_on, practised
from agent.readers.rules.weighing import Sign, kind
from knowledge.patterns import lazy

_SAYS_NO: Final = lazy(r"\W*(?:no|none|not)\b", re.I)
_WITHOUT: Final = lazy(r"\bwithout\b|\bautomat|\bautonom", re.I)
_WISH: Final = lazy(
    r"\b(?:would|wish(?:es)?|wants?|hopes?) (?:like |want |wish |prefer )?to\b", re.I
)
"""`if somebody would like to appeal`: a wish of the person, not a plan of the team."""
_HOW: Final = lazy(r"\W*(?:\d+[.)]\s*)?(?:how|where|through which|by which|in what)\b", re.I)
_UNSAID: Final = lazy(
    r"\W*(?:n/?a|none|no|not|unknown|tb[acd]|nothing|other|see|please|under|in progress|to be)\b",
    re.I,
)
_SENTENCE: Final = 5
"""So many telling words in a title make a sentence and name no topic; without cues two fewer."""
_LENDS: Final = 8
"""A heading or question of more words tells of many things."""
_SHARED: Final = lazy(
    r"\b(?:team|desk|office|service|support|info|help|group|department|mailbox|contact|admin|inbox)"
    r"s?\b[\w.-]*@",
    re.I,
)
_IDLE: Final = lazy(
    r"\b(?:not|never|cannot) (?:\w+ly )?(?:limit|restrict|replace|reduce|impair)\b|"
    r"\b(?:not|never|cannot|without) (?:\w+ly )?compromis(?:e|es|ing)\b[^.;]{0,60}"
)
_CAN: Final = lazy(r"\b(?:can|may|able to|right to|free to)\b")


def signs(asked: Asked, read: ReadText) -> Iterator[Sign]:
    """Every passage that speaks of the requirement; a block quote proves nothing, and
    what tells the reviewer what to do speaks of nothing."""
    for sign in _signs(asked, read):
        if sign.passage.instructs or sign.passage.lists_names or _idle(sign):
            continue
        quoted = sign.passage.sentence.kind == "quote"
        practice = asked.practice
        if practice and practice.dated and sign.says.planned and date_set(sign.passage):
            sign = sign._replace(says=sign.says._replace(planned=sign.passage.postponed))
        if practice and practice.named and _nobody(sign):
            continue
        if sign.passage.elsewhere:
            sign = sign._replace(says=sign.says._replace(other_system=True))
        yield sign._replace(strength=0) if quoted else sign


def _signs(asked: Asked, read: ReadText) -> Iterator[Sign]:
    about = named(asked, read)
    for cue in asked.cues:
        for match in read.index.find(cue):
            if _undenied(read.passages[match.sentence], match):
                continue
            yield from _from_match(read, about, cue, match)
    for passage, match in goes_on(asked.cues, read):
        if _telling(passage, match) and not (match.denies and not passage.says_no):
            yield Sign(passage, _says(passage, match), 2, match.spans)
    if not asked.cues:
        yield from _from_prose(asked, read)
    yield from _from_keys(about, read)
    yield from _from_topic(asked, read)
    if asked.practice:
        yield from practised(asked.practice, read)


def _from_match(read: ReadText, about: frozenset[str], cue: Cue, match: Match) -> Iterator[Sign]:
    passage = read.passages[match.sentence]
    if cue.long:
        yield Sign(passage, _says(passage, match), 2, match.spans)
    elif match.complete:
        # "We sort appeals by topic" holds the word of a measure and tells of none.
        firm = not match.bare or _done_by_somebody(passage)
        yield Sign(passage, _says(passage, match), 3 if firm else 0, match.spans)
    elif match.spans and _telling(passage, match):
        if _completed(read, about, cue, match):
            yield Sign(passage, _says(passage, match), 2, match.spans)
    elif about.intersection(passage.headings[-1:]) and _described(passage):
        yield Sign(passage, passage.analysis().whole(), 2, match.spans)


def _completed(read: ReadText, about: frozenset[str], cue: Cue, match: Match) -> bool:
    """Whether the words that the sentence lacks stand in a line above it that may lend them. A
    form's question that is a whole paragraph (`Please describe how you will ensure that ...`)
    holds half the words of every cue and lends none, unless it names the
    requirement and the sentence holds half of the cue itself."""
    passage = read.passages[match.sentence]
    lines = (*passage.headings, passage.asked)
    here = {root for root, _, _ in read.index.tokens[match.sentence]}
    needed = [term for term in cue.terms if not term.optional]
    rich = 2 * len(match.spans) >= len(needed)
    lending = (line for line in lines if len(words(line)) <= _LENDS or (rich and line in about))
    lent = {s for line in lending for s in stems(line)}
    return all(term.phrase or term.stems & (here | lent) for term in needed)


def _undenied(passage: Passage, match: Match) -> bool:
    """`never shared` where nothing near the sharing is denied."""
    if not match.denies:
        return False
    return not (passage.denies(match.spans) if match.spans else passage.says_no)


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
    idle = banal_stems() | weak_stems()
    topics = {asked.topic} | (asked.title - idle)
    places = {n for root in topics for n in read.index.places.get(root, {})}
    for number in sorted(places):
        row = read.index.tokens[number]
        if not _names_it(asked, {root for root, _, _ in row}):
            continue
        alone = len({root for root, _, _ in row} & (asked.known - banal_stems())) < 2
        passage = read.passages[number]
        spans = tuple((start, end) for root, start, end in row if root in topics)
        says = passage.analysis().at(spans)
        what = kind(says)
        if alone and not (what == "planned" and topics & speaking()):
            continue
        if what in ("planned", "open") or (what == "negated" and _denied_near(passage.text, spans)):
            yield Sign(passage, says, 0, spans)


def _names_it(asked: Asked, here: Set[str]) -> bool:
    """Whether the words of a sentence are the topic: of a title that is a sentence of its own they
    have to be half, since any text shares two words with one."""
    title = asked.title - banal_stems()
    is_topic = len(title) < (_SENTENCE if asked.cues else _SENTENCE - 2)
    return is_topic or 2 * len(here & title) >= len(title)


def _denied_near(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """`no appeal`, `appeals are not`: the denial stands beside the word."""
    return any(
        SAYS_NO.search(" ".join(text[:start].split()[-4:]))
        or SAYS_NO.search(" ".join(text[end:].split()[:4]))
        for start, end in spans
    )


def _from_keys(about: frozenset[str], read: ReadText) -> Iterator[Sign]:
    for passage in read.passages:
        if passage.key in about:
            says = passage.analysis().whole()
            if passage.affirms or says.negated or WORD.search(passage.value):
                yield Sign(passage, says, 2)
        elif passage.answers and passage.asked in about and not _turned(passage.asked):
            yield Sign(passage, _answer(passage), 2)
        elif passage.direct and passage.asked in about and _tells_how(passage):
            yield Sign(passage, passage.analysis().whole(), 2)


def _tells_how(passage: Passage) -> bool:
    """`How are people told? By e-mail`: names the means."""
    asks = passage.asked.rstrip("*_ ").endswith("?") and _HOW.match(passage.asked)
    return bool(asks) and not _UNSAID.match(passage.text)


def _turned(question: str) -> bool:
    """`Can it act without a person?`: what a no to this says of the measure is not for rules."""
    return bool(SAYS_NO.search(question) or _WITHOUT.search(question))


def _answer(passage: Passage) -> Judgement:
    """What a yes or no says, given what was asked."""
    says = passage.analysis().whole()
    question = judge(_WISH.sub(" ", passage.asked.rstrip("?*_ ")))
    return says._replace(
        planned=says.planned or question.planned,
        negated=says.negated or bool(_SAYS_NO.match(passage.text)),
    )


def _idle(sign: Sign) -> bool:
    """`It does not limit access`, `without compromising accuracy`: neither done nor denied."""
    found = _IDLE.finditer(lowered(sign.passage.text)) if sign.spans else ()
    return any(a < f.end() and f.start() < b for f in found for a, b in sign.spans)


def _nobody(sign: Sign) -> bool:
    """`Owner: fleet-desk@example.org`."""
    value = sign.passage.value
    if not sign.passage.key or "@" not in value:
        return False
    return standing_of(value) == "nobody" or bool(_SHARED.search(value))


def _says(passage: Passage, match: Match) -> Judgement:
    says = passage.analysis().at(match.spans)
    if match.denies:
        says = says._replace(negated=False, refuses=False)
    return says._replace(planned=True) if passage.postponed else says


def _telling(passage: Passage, match: Match) -> bool:
    shared = {passage.text[a:b].lower() for a, b in match.spans}
    return any(
        stem(word) not in banal_stems() and word not in NUMBERS and not word[0].isdigit()
        for word in shared
    )


def _done_by_somebody(passage: Passage) -> bool:
    said = lowered(passage.text)
    return bool(PERSON.search(said)) and bool(CONCRETE.search(said) or _CAN.search(said))


def _described(passage: Passage) -> bool:
    """Who does it, and how often, by when or how: a measure and not a remark."""
    said = lowered(passage.text)
    return bool(CONCRETE.search(said)) and bool(PERSON.search(said))
