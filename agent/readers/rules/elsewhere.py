"""Sentences about another system of the house, told by its name in the catalogue.

Owns that recognition. A system that the proposal reuses or depends on is not another one, and one
that bears the proposal's own name cannot be told apart from it. Pure.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from agent.intake.judgement import lowered
from agent.intake.words import stem, words
from agent.readers.rules.lexicon import STOP
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from knowledge.patterns import lazy

Name = frozenset[str]
"""The stems of a capability's title."""

_INTO: Final = frozenset("for in at with by".split())
_ARTICLES: Final = frozenset("the our a an existing".split())
_TIES: Final = lazy(
    r"\b(?:this|these|here|also|both|same|re-?us\w+|extend\w*|build(?:s|ing)? on|taken over|takes? "
    r"over|from|into|to the|of this|joint\w*|shared|together|us|too|like)\b"
)
"""Words by which a sentence about the other system speaks of this one as well."""


def others(proposal: Proposal, evidence: Evidence) -> tuple[Name, ...]:
    """The names of the capabilities that this proposal neither is nor builds on."""
    declared = {m.entry for m in evidence.mentions if m.declared}
    titles = [proposal.title, *(section.path[0] for section in proposal.sections if section.path)]
    own = _stems(" ".join(titles[:2]))
    names = (_stems(c.title) for c in evidence.capabilities if c.id not in declared)
    return tuple(name for name in names if len(name) >= 2 and len(name & own) < 2)


def elsewhere(text: str, names: Iterable[Name]) -> bool:
    """`For claims triage we compare ...`, `... was done by the team for claims triage`."""
    said = words(text)
    roots = [stem(word) for word in said]
    for name in names:
        at = _place(roots, name)
        if at is not None and _speaks_of_it(said, at) and not _TIES.search(lowered(text)):
            return True
    return False


def _place(roots: Sequence[str], name: Name) -> int | None:
    """Where two different words of the name stand side by side."""
    for at, (one, other) in enumerate(pairwise(roots)):
        if one != other and one in name and other in name:
            return at
    return None


def _speaks_of_it(said: Sequence[str], at: int) -> bool:
    before = list(said[:at])
    while before and before[-1] in _ARTICLES:
        before.pop()
    return not before or before[-1] in _INTO


def _stems(title: str) -> Name:
    return frozenset(stem(word) for word in words(title) if word not in STOP)
