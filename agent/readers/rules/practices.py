"""Measures of the field as teams write of them, whatever an office calls its requirement.

Owns which measure a requirement's title stands for and compiles its entry: the words of the title,
the headings under which teams write of it, and cues (same syntax as an office's own) that add to
those the office wrote. The entries themselves are in `practices_*.py`. Proves nothing.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from agent.intake.words import stem, words
from agent.readers.rules.cues import Cue, compile_cue
from agent.readers.rules.lexicon import DENIALS, STOP, talk
from agent.readers.rules.practice import Practice


class Ready(NamedTuple):
    """A practice compiled."""

    heads: tuple[Cue, ...]
    rooms: tuple[Cue, ...]
    inside: tuple[Cue, ...]
    cues: tuple[Cue, ...]
    dated: bool
    named: bool


@lru_cache(maxsize=4096)
def practice_of(title: str) -> Ready | None:
    """The measure that a title stands for, or None: then only the office's own words count."""
    said = {
        stem(word)
        for word in words(title)
        if word not in STOP and word not in DENIALS and stem(word) not in talk()
    }
    for number, (core, known) in enumerate(_titles()):
        if said & core and said <= known:
            return _ready(number)
    return None


@cache
def _practices() -> tuple[Practice, ...]:
    # Only when a text is read: `--help` needs none of them.
    from agent.readers.rules import (
        practices_data,
        practices_people,
        practices_proof,
        practices_running,
    )

    return (
        *practices_people.PRACTICES,
        *practices_data.PRACTICES,
        *practices_proof.PRACTICES,
        *practices_running.PRACTICES,
    )


@cache
def _titles() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    def roots(text: str) -> frozenset[str]:
        return frozenset(map(stem, text.split()))

    return tuple((roots(p.core), roots(p.core) | roots(p.words)) for p in _practices())


@cache
def _ready(number: int) -> Ready:
    practice = _practices()[number]
    return Ready(
        heads=tuple(_compiled(practice.heads)),
        rooms=tuple(_compiled(practice.rooms)),
        inside=tuple(_compiled(practice.inside)),
        cues=tuple(_compiled(practice.cues)),
        dated=practice.dated,
        named=practice.named,
    )


def _compiled(text: str) -> Iterator[Cue]:
    for line in text.split("\n"):
        cue = compile_cue(line)
        if cue.terms:
            yield cue
