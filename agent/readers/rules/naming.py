"""When a heading, a key or a question names a requirement.

Owns that answer; what stands below or behind the name is judged elsewhere.
"""

from collections.abc import Sequence
from functools import lru_cache

from agent.intake.words import stem, words
from agent.readers.rules.asked import Asked, widened
from agent.readers.rules.cues import Cue
from agent.readers.rules.lexicon import DENIALS, STOP, containers
from agent.readers.rules.passages import ReadText

_HEAD: int = 6
"""A heading of more words tells of one thing in particular."""


def home(asked: Asked, read: ReadText) -> str:
    """The first heading that names the requirement, as its likeliest place; empty for none."""
    known = named(asked, read)
    if asked.practice:
        known |= headed(asked.practice.heads, read)
    titles = [section.path[-1] for section in read.proposal.sections if section.path]
    rooms = headed(asked.practice.rooms, read) if asked.practice else frozenset()
    fitting = (title for title in titles[1:] if title in rooms and short(title))
    return next((title for title in titles if title in known), next(fitting, ""))


def named(asked: Asked, read: ReadText) -> frozenset[str]:
    """The headings, keys and questions of the text that are about this requirement."""
    whole = headed(asked.cues, read)
    _, numbers = read.lines
    return whole | frozenset(phrase for phrase in numbers if _titled(asked, phrase))


def headed(cues: Sequence[Cue], read: ReadText) -> frozenset[str]:
    """The headings, keys and questions that hold all of one of these cues."""
    index, numbers = read.lines
    whole = {m.sentence for c in cues if not c.long for m in index.find(c) if m.complete}
    return frozenset(phrase for phrase, number in numbers.items() if number in whole)


def short(phrase: str) -> bool:
    return len(words(phrase)) <= _HEAD


def _titled(asked: Asked, phrase: str) -> bool:
    said = _content(phrase)
    if not said:
        return False
    if asked.title and asked.title <= _wide(phrase):
        # "Service health records" is no heading on logs, though a record may be one.
        return len(asked.title) > 1 or asked.title <= said or said <= asked.family
    return len(said) <= 2 and bool(said & asked.topics) and said <= asked.family


@lru_cache(maxsize=2048)
def _wide(phrase: str) -> frozenset[str]:
    return widened(_content(phrase))


@lru_cache(maxsize=2048)
def _content(phrase: str) -> frozenset[str]:
    found = (word for word in words(phrase) if word not in STOP and word not in DENIALS)
    return frozenset(s for s in map(stem, found) if s not in containers())
