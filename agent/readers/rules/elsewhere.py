"""Sentences about another system of the house: its measures are none of this one.

Owns that recognition; which systems the text mentions in passing was found before. Pure.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from agent.intake.judgement import lowered
from agent.intake.words import stem, words
from knowledge.patterns import lazy

_INTO: Final = frozenset("for in at with by".split())
_ARTICLES: Final = frozenset("the our a an existing".split())
_TIES: Final = lazy(
    r"\b(?:this|these|here|also|both|same|re-?us\w+|extend\w*|builds?|building|taken over|takes? "
    r"over|from|into|to the|joint\w*|shared|together|us|too|like)\b"
)
"""Words by which a sentence about the other system speaks of this one as well."""


def elsewhere(text: str, names: Collection[str]) -> bool:
    """`For claims triage we compare ...`, `... was done by the team for claims triage`. `names`:
    pairs of stems."""
    said = words(text)
    pairs = list(pairwise(stem(word) for word in said))
    found = [at for at, (one, other) in enumerate(pairs) if f"{one} {other}" in names]
    return any(_subject(said, at) for at in found) and not _TIES.search(lowered(text))


def _subject(said: Sequence[str], at: int) -> bool:
    """The name opens the sentence, or says for what or where something was done."""
    before = list(said[:at])
    while before and before[-1] in _ARTICLES:
        before.pop()
    return (not before and at > 0) or bool(before and before[-1] in _INTO)
