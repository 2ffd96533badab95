"""The trail of an absence: where a requirement was looked for and why that does not satisfy.

Owns the choice of the nearest places and the words for each; proves nothing.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

from agent.intake.words import stem, whole_words
from agent.readers.rules.asked import Asked
from agent.readers.rules.cues import speaking
from agent.readers.rules.naming import home
from agent.readers.rules.passages import Passage, ReadText
from agent.readers.rules.weighing import WHY, Verdict, kind
from agent.schema.assessment import Look, Quote
from agent.schema.proposal import Section

LOOKS: Final = 3
_NEAR: Final = 0.5
"""Less than this in common is not near: at least one rare word, or several common ones."""
_LONGEST: Final = 600


def quote(passage: Passage) -> Quote:
    """The sentence as it stands; of a very long one the beginning. A bare answer stands with its
    question."""
    text, start = _cited(passage)
    return Quote(source="proposal", text=text, start=start)


def trail(asked: Asked, read: ReadText, verdict: Verdict) -> tuple[Look, ...]:
    """At most three nearest places beside the quoted ones; where nothing is near and nothing
    quoted, the section it would belong to."""
    others = verdict.others
    looks = [_look(sign.passage, WHY[kind(sign.says)]) for sign in others[:LOOKS]]
    if len(looks) < LOOKS:
        taken = {sign.passage.number for sign in (*others, *verdict.deciding)}
        looks += _nearest(asked, read, LOOKS - len(looks), taken)
    return tuple(looks) if looks or verdict.deciding else (_nothing(asked, read),)


def _look(passage: Passage, why: str) -> Look:
    text, start = _cited(passage)
    return Look(source="proposal", text=text, start=start, why=why)


def _cited(passage: Passage) -> tuple[str, int]:
    end = passage.sentence.end
    if passage.item and len(passage.item) <= _LONGEST:
        return passage.item, end - len(passage.item)
    return whole_words(passage.text, _LONGEST), passage.sentence.start


def _nearest(asked: Asked, read: ReadText, limit: int, taken: set[int]) -> list[Look]:
    weights = [read.index.rarity(term) for term in asked.telling]
    looks: list[Look] = []
    for near in read.index.near(asked.telling, weights, 2 * limit + len(taken)):
        passage = read.passages[near.sentence]
        if near.sentence in taken or near.score < _NEAR or len(looks) == limit:
            continue
        if not _enough(asked, {stem(passage.text[a:b]) for a, b in near.spans}):
            continue
        shared = sorted({passage.text[a:b].lower() for a, b in near.spans})
        named = ", ".join(shared[:4])
        word = "word" if len(shared) == 1 else "words"
        looks.append(_look(passage, f"shares only the {word} {named}"))
    return looks


def _enough(asked: Asked, shared: Collection[str]) -> bool:
    """Two different words, or one that stands for its measure wherever it is read (`appeal`):
    any other single word a sentence shares with every requirement."""
    return len(shared) > 1 or bool(asked.title & speaking() & set(shared))


def _nothing(asked: Asked, read: ReadText) -> Look:
    """The section that is its likeliest home, or the title of the whole."""
    proposal = read.proposal
    title = home(asked, read)
    section = next(
        (s for s in proposal.sections if title and s.path and s.path[-1] == title), None
    ) or _first(proposal.sections)
    start = section.start if section else 0
    line = re.compile(r"[^\r\n]*").match(proposal.source.text, start)
    text = line.group().strip() if line else ""
    if line and text:
        start += line.group().index(text)
    count = len(read.passages)
    counted = "1 sentence read; it does not speak" if count == 1 else (
        f"{count} sentences read; none speaks")  # fmt: skip
    return Look(source="proposal", text=text, start=start, why=f"{counted} of it")


def _first(sections: Sequence[Section]) -> Section | None:
    return next((s for s in sections if s.path), sections[0] if sections else None)
