"""Passages that tell of a measure the way teams do, under any heading or under one that names it.

Owns how firmly each of these counts. A practice is general knowledge and no office's own wording,
so it can show that something is there or planned, never that it is denied.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from agent.intake.judgement import Judgement, judge
from agent.intake.words import words
from agent.readers.rules.cues import FIGURES, Cue
from agent.readers.rules.index import Match
from agent.readers.rules.naming import headed, short
from agent.readers.rules.passages import Passage, ReadText
from agent.readers.rules.practices import Ready
from agent.readers.rules.weighing import Sign, kind
from knowledge.patterns import lazy

_KEY: Final = 3
"""A key of more words tells of one thing in particular; a value of fewer says too little."""
_HOPED: Final = lazy(
    r"\b(?:want|hope|hoped|expect\w*|aims?|goals?|success|benefits?|targets?|objectives?|gain|"
    r"business case|why|problem|background|situation|worth|savings?|notice success|costs?)\b"
)
"""Below such a heading a figure is a wish or the state of today, not a result."""
_DATE: Final = lazy(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter|q[1-4]) (?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:20\d\d)|\b\d{1,2}\.? "
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"\b20\d\d-\d\d|\b(?:after|every|for) (?:\w+ ){1,2}(?:months?|years?)\b|\bend of 20\d\d"
)
_STILL_TO_SET: Final = lazy(
    r"\b(?:set|define|agree|discuss|draft|prepare|propose|plan|decide on|fix|write|work out|name|"
    r"settle|planned|introduce|add|build|develop)(?:d|ed)?\b|\bto be (?!re)\w+|\btb[cd]\b"
)

_DECIDES: Final = lazy(r"\bdecides? (?:then |by \w+ )?(?:whether|if|how)\b")
_TO_COME: Final = lazy(
    r"\b(?:to be|will be|is to be|are to be|shall be|will|shall|is to) (?=review|end|stop|look|"
    r"decid|judg|expir|clos|laps|retir|switch|assess|check|go |come|need)"
)


def practised(practice: Ready, read: ReadText) -> Iterator[Sign]:
    heads = headed(practice.heads, read)
    rooms = headed(practice.rooms, read)
    for cue in practice.cues:
        for match in read.index.find(cue):
            passage = read.passages[match.sentence]
            if match.complete and not (_figures(cue) and _hoped(passage)):
                yield from _sign(practice, passage, match, 2)
    for cue in practice.inside:
        for match in read.index.find(cue):
            passage = read.passages[match.sentence]
            title = next(iter(passage.headings[-1:]), "")
            if match.complete and (title in heads or (title in rooms and short(title))):
                yield from _sign(practice, passage, match, 2 if title in heads else 1)
    for passage, match in goes_on(practice.cues, read):
        yield from _sign(practice, passage, match, 2)
    yield from _keyed(heads, read)


def goes_on(cues: Sequence[Cue], read: ReadText) -> Iterator[tuple[Passage, Match]]:
    """Cues that a sentence holds together with the one that it goes on from (`It forbids ...`),
    with the spans in the later of the two: at least two words of the cue stand there."""
    index, places = read.joined
    for cue in cues:
        for match in () if cue.long else index.find(cue):
            passage = places[match.sentence]
            shift = len(passage.before) + 1
            later = tuple((a - shift, b - shift) for a, b in match.spans if a >= shift)
            if match.complete and 2 <= len(later) < len(match.spans):
                yield passage, match._replace(spans=later)


def _sign(practice: Ready, passage: Passage, match: Match, strength: int) -> Iterator[Sign]:
    if match.denies and not passage.denies(match.spans):
        return
    says = passage.analysis().at(match.spans)
    if match.denies:
        says = says._replace(negated=False, refuses=False)
    if practice.dated and says.open and date_set(passage):
        # "... and decides whether it goes on": to decide anew is the measure.
        says = says._replace(open=judge(_DECIDES.sub(" ", passage.text)).open)
    if passage.postponed or passage.awaits:
        says = says._replace(planned=True)
    if _counts(says):
        yield Sign(passage, says, strength, match.spans)


def _keyed(heads: frozenset[str], read: ReadText) -> Iterator[Sign]:
    """`Attack test: two testers tried forged letters`; a bare figure or name says too little."""
    for passage in read.passages:
        if passage.key in heads and _answered(passage):
            says = passage.analysis().whole()
            if _counts(says):
                yield Sign(passage, says, 1)


def _answered(passage: Passage) -> bool:
    said = [word for word in words(passage.value) if word.isalpha()]
    return len(words(passage.key)) <= _KEY and (passage.affirms or len(said) >= _KEY)


def _counts(says: Judgement) -> bool:
    return kind(says) in ("stated", "planned")


def date_set(passage: Passage) -> bool:
    """A date stands there, and it is all that lies in the future."""
    said = passage.text.lower()
    if not _DATE.search(said) or _STILL_TO_SET.search(said) or passage.analysis().above.planned:
        return False
    return not judge(_TO_COME.sub(" ", _DATE.sub(" ", said))).planned


def _figures(cue: Cue) -> bool:
    return any(FIGURES & term.stems for term in cue.terms)


def _hoped(passage: Passage) -> bool:
    return any(_HOPED.search(title.lower()) for title in passage.headings[-1:])
