"""What a goal rules out, and whether the proposal does it.

Judges with the polarity that a phrase has (`ruled_out_phrase.py`): `No decision without a person`
rules out deciding and lacking the person; `Closing a claim because a customer did not answer` rules
out the thing itself. A sentence that denies the ruled-out thing, tells of the old way or of another
system is no conflict. Pure.
"""

import re
from collections.abc import Sequence
from functools import cache
from math import ceil
from re import IGNORECASE
from typing import Final, NamedTuple

from agent.intake.cues.passage import ASIDE, ASIDE_TOPIC
from agent.intake.language import judge_at
from agent.intake.words import WORD, stem
from agent.readers.rules.passages import Passage, ReadText
from agent.readers.rules.ruled_out_phrase import RuledOut, Term, parse
from agent.readers.rules.ruled_out_words import CHANNELS
from knowledge.patterns import lazy

_GERUND: Final = lazy(r"\W*\w+ing\b", IGNORECASE)
_REMOVES: Final = lazy(
    r"\b(?:clos(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|abolish\w*|dissolv\w+|disband\w*|scrapp\w+|"
    r"discontinu\w+|replac(?:e|es|ed|ing)|wind(?:s|ing)? up|wound up|taken away|takes? away)\b",
    IGNORECASE,
)
_INNER_LACK: Final = lazy(
    r"\b(?:not|never|\w+n['’]t|cannot|without|nobody|no|fail(?:s|ed)?|unknown|later)\b", IGNORECASE
)
"""The same in the words of a proposal: `claims without a response are closed`."""
_DENIES: Final = lazy(
    r"\b(?:no|not|none|never|nobody|no one|without|cannot|\w+n['’]t|against|neither)\b",
    IGNORECASE,
)
_OBJECT: Final = lazy(
    r"\b(?:at|of|on|over|through|into) (?!(?:it|them|this|that|these|those)\b)\w+", IGNORECASE
)
_CLAUSE: Final = lazy(r"[,;:]|\b(?:and|but|or)\b", IGNORECASE)
"""Where something new begins: `by a person and never by the score` denies no person."""
_REACH: Final = 5
"""A denial stands at most so many words before what it denies."""
_BASIS: Final = lazy(
    r"\b(?:rests?|resting|bas(?:ed|es|is)|depends?|depending|us(?:es|ed|ing)|accord\w*|because|"
    r"account|weigh\w*|reflects?|deriv\w*|driven|follows?|calculat\w+|comput\w+|receives?|pays?)\b",
    IGNORECASE,
)
"""Two words of a phrase in one sentence show nothing; one of them resting on the other does."""
_LEFT_OUT: Final = lazy(
    r"\b(?:left out|leaves? out|excluded?|excludes|excluding|not used|except|removed|stripped|"
    r"blocked|forbidden|ruled out|plays? no (?:part|role)|irrelevant|no influence|not considered|"
    r"ignored|disregarded)\b",
    IGNORECASE,
)
_ENOUGH: Final = 0.75
_FEW: Final = 4
"""Of so few terms all have to be said."""
_NO_WAY: Final = lazy(
    r"\b(?:no (?:other )?(?:way|possibility|means|chance|option)|"
    r"no longer (?:possible|be \w+ed)|can(?:not|['’]t| not| no longer)|impossible|"
    r"(?:nobody|no one) (?:can|may|is there))\b",
    IGNORECASE,
)
"""That nobody needs to call is a benefit; that nobody can is none."""
_APART: Final = 3
"""Words between what is taken away and the verb that does it."""
_NOT_HERE: Final = lazy(r"\b(?:risks?|dangers?|what could go wrong|concerns?)\b", IGNORECASE)


class Conflict(NamedTuple):
    ruled_out: RuledOut
    passages: tuple[Passage, ...]
    refused: bool


class Located(NamedTuple):
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
        if parsed.takes_away:
            found = _taking_away(parsed, text)
        else:
            found = _lacking(parsed, text) if parsed.lacks else _doing(parsed, text)
        if found:
            refused = any(_refused(parsed, place) for place in text)
            return Conflict(parsed, found, refused)
    return None


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
    few = len(parsed.does) <= _FEW
    least = len(parsed.does) if few else max(2, ceil(len(parsed.does) * _ENOUGH))
    if len(set(spans)) < least or not _about_this(passage) or not _acts_on(parsed, place):
        return False
    if _LEFT_OUT.search(passage.text) or passage.analysis().whole().refuses:
        return False
    if len(parsed.does) == 2 and not _BASIS.search(_between(passage.text, spans)):
        return False
    if parsed.negative:
        return bool(_INNER_LACK.search(passage.text)) and not _act_denied(parsed, place)
    return not (judge_at(passage.text, spans[0]).negated or passage.analysis().at(spans).negated)


def _acts_on(parsed: RuledOut, place: Located) -> bool:
    """`Closing a claim because …`: the act and what it is done to stand in one part of it."""
    if len(parsed.does) < 3 or not _GERUND.match(parsed.phrase):
        return True
    act, thing = _spans(parsed.does[:1], place), _spans(parsed.does[1:2], place)
    return bool(act and thing) and ";" not in _between(place.passage.text, (act[0], thing[0]))


def _act_denied(parsed: RuledOut, place: Located) -> bool:
    """Is the ruled-out act itself denied, whatever else the sentence denies?"""
    act = _spans(parsed.does[:1], place)
    if not act:
        return True
    before = _CLAUSE.split(place.passage.text[: act[0][0]])[-1]
    return bool(_DENIES.search(before))


def _between(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return text[min(end for _, end in spans) : max(start for start, _ in spans)]


def _lacking(parsed: RuledOut, text: Sequence[Located]) -> tuple[Passage, ...]:
    """A sentence that denies what must not be missing, near one that does the thing itself."""
    lacking = [place for place in text if _denies(parsed, place)]
    does = [place.passage for place in text if _does(parsed, place)] if lacking else []
    numbers = {passage.number for passage in does}
    denies = [
        place.passage
        for place in lacking
        if _spans(parsed.does, place)
        or (place.passage.number - 1 in numbers and not _has_object(parsed, place))
    ]
    if not does or not denies:
        return ()
    nearest = min(does, key=lambda p: (p in denies, abs(p.number - denies[0].number)))
    return (*(() if nearest in denies else (nearest,)), *denies[:2])


def _has_object(parsed: RuledOut, place: Located) -> bool:
    """`No handler looks at letters of thanks` goes on to something else; `… at them` does not."""
    return bool(_OBJECT.search(place.passage.text, max(_spans(parsed.lacks, place))[1]))


def _taking_away(parsed: RuledOut, text: Sequence[Located]) -> tuple[Passage, ...]:
    """Sentences that do away with it, where no other one says that it stays."""
    gone = [place for place in text if _goes(parsed, place)]
    if parsed.does and not any(_spans(parsed.does, place) for place in text):
        return ()
    if not gone or any(_stays(parsed, place) for place in text if place not in gone):
        return ()
    return tuple(place.passage for place in gone[:2])


def _goes(parsed: RuledOut, place: Located) -> bool:
    """Does away with any part of it, or denies all of it."""
    text = place.passage.text
    spans = _spans(parsed.lacks, place)
    if not spans or not _about_this(place.passage):
        return False
    what = _spans([parsed.lacks[0] & _channels() or parsed.lacks[0]], place)
    for removed in _REMOVES.finditer(text) if what else ():
        if _side_by_side(text, removed.span(), what[0]):
            return not judge_at(text, removed.span()).negated
    whole = len(spans) == len(parsed.lacks) and len(set(spans)) == len(spans)
    return whole and bool(_NO_WAY.search(text))


@cache
def _channels() -> Term:
    return frozenset(stem(word) for word in CHANNELS.split())


def _side_by_side(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """A few words of one clause apart: `the hotline will be closed`, `closes the two hotlines`."""
    between = _between(text, (one, other))
    return not _CLAUSE.search(between) and len(between.split()) <= _APART


def _stays(parsed: RuledOut, place: Located) -> bool:
    """States all of it, undenied."""
    spans = _spans(parsed.lacks, place)
    if len(spans) < len(parsed.lacks) or len(set(spans)) < len(spans):
        return False
    judged = place.passage.analysis().at(spans)
    return not (judged.negated or judged.other_system or judged.refuses)


def _does(parsed: RuledOut, place: Located) -> bool:
    """Does the thing, and not by the hands of those who must not be missing."""
    spans = _spans(parsed.does, place)
    distinct = len(set(spans)) >= min(2, len(parsed.does))
    if len(spans) < max(1, round(len(parsed.does) * _ENOUGH)) or not distinct:
        return False
    if not _about_this(place.passage):
        return False
    keepers = _spans(parsed.lacks[:1], place)
    if keepers and not any(_denied_near(place.passage.text, span) for span in keepers):
        return False
    return not judge_at(place.passage.text, *(spans[:1] if keepers else spans)).negated


def _denies(parsed: RuledOut, place: Located) -> bool:
    """Denies every part of what must not be missing."""
    text = place.passage.text
    spans = _spans(parsed.lacks, place)
    if len(spans) < len(parsed.lacks):
        return False
    near = any(_denied_near(text, span) for span in _spans(parsed.lacks[:1], place))
    if not near or _until(text) or not _about_this(place.passage):
        return False
    return place.passage.analysis().at(spans).negated


def _denied_near(text: str, span: tuple[int, int]) -> bool:
    """A denial a few words before, or right after: `a review by a person is not offered`."""
    before = " ".join(text[: span[0]].split()[-_REACH:])
    after = " ".join(_CLAUSE.split(text[span[1] :], maxsplit=1)[0].split()[:_REACH])
    itself = text[span[0] : span[1]]
    return any(_DENIES.search(words) for words in (before, itself, after))


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
