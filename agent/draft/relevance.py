"""Does a quote speak to a requirement at all, and say that it is so? No reader can talk past this
check in code. Pure.

Words in common are not enough: a policy is long, and nearly every proposal has some sentence that
shares two of its words. So one whole phrase of the requirement must stand in the quote, mostly.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from agent.intake.english import ENGLISH
from agent.intake.language import judge, stem, words
from agent.schema.proposal import Citation, Proposal, Sentence
from knowledge.entries import Requirement

SHARED: Final = 2 / 3
"""Of the content words of a title, a cue or a sentence of the text. Measured on the shipped
proposals: a third as many false passes as at 0.6, and no fewer true ones than a tenth."""
FEWEST: Final = 2
_SENTENCE: Final = re.compile(r"[.;:]\s+")


class _Word(NamedTuple):
    text: str
    prefix: bool


_Phrase = tuple[tuple[_Word, ...], ...]
"""Words that must stand there, each with its alternatives."""


def relevant(citation: Citation, requirement: Requirement, proposal: Proposal) -> bool:
    """The quote holds most of one phrase of the requirement, and its sentence is no plan, denial,
    question or word about something else."""
    found = around(citation, proposal)
    return (
        speaks_to(citation.quote, requirement)
        and bool(found)
        and all(sentence.kind != "question" and _stated(sentence, proposal) for sentence in found)
    )


def speaks_to(quote: str, requirement: Requirement) -> bool:
    """Whether the quote holds most of one phrase of the requirement."""
    said = words(quote)
    stems = {stem(word) for word in said}
    return any(_holds(phrase, said, stems) for phrase in _phrases(requirement))


def around(citation: Citation, proposal: Proposal) -> list[Sentence]:
    """The sentences of the proposal that the quote is cut from; none for a comment or code."""
    if citation.line_start is None:
        return []
    source = proposal.source
    start = source.text.find(citation.quote, source.offset(citation.line_start))
    end = start + len(citation.quote)
    return [s for s in proposal.sentences if start >= 0 and s.start < end and start < s.end]


def _stated(sentence: Sentence, proposal: Proposal) -> bool:
    inside = sentence.kind != "front" and sentence.section < len(proposal.sections)
    heading = proposal.sections[sentence.section].path if inside else ()
    return judge(sentence.text, heading).stated


def _holds(phrase: _Phrase, said: list[str], stems: set[str]) -> bool:
    met = sum(any(_stands(word, said, stems) for word in either) for either in phrase)
    return met >= FEWEST and met >= SHARED * len(phrase) - 1e-9


def _stands(word: _Word, said: list[str], stems: set[str]) -> bool:
    return any(s.startswith(word.text) for s in said) if word.prefix else word.text in stems


@lru_cache(maxsize=1024)
def _of_texts(texts: tuple[str, ...]) -> tuple[_Phrase, ...]:
    return tuple(_phrase(text) for text in texts)


def _phrases(requirement: Requirement) -> tuple[_Phrase, ...]:
    text = tuple(_SENTENCE.split(requirement.text))
    return _of_texts((requirement.title, *requirement.look_for, *text))


def _phrase(text: str) -> _Phrase:
    """Content words of a text; `a|b` and `word*` as cues write them."""
    phrase = []
    for token in text.replace('"', " ").split():
        either = [
            _Word(word if part.endswith("*") else stem(word), part.endswith("*"))
            for part in token.split("|")
            for word in words(part.rstrip("*"))
            if len(word) > 2 and word not in ENGLISH
        ]
        if either:
            phrase.append(tuple(either))
    return tuple(phrase)
