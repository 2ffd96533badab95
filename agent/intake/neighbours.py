"""Other systems of the house that a proposal mentions in passing, by the words of their title.

`names.py` finds a name as it is registered; in running text `Photo damage estimate` is often `the
photo estimate` and `Claims triage` has no capitals. Owns the finding of such short forms; what a
sentence about one of them proves is not decided here.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Final

from agent.intake.words import WORD, stem, words
from agent.schema.proposal import Proposal
from knowledge.entries import Capability

IN_PASSING: Final = 2
"""What is mentioned more often is what the proposal is about, whatever the catalogue calls so."""
_SMALL: Final = frozenset("a an the of for and to in on by with from".split())

Pair = tuple[str, str]
"""Stems of the first and last word of a title."""


def title_pairs(capabilities: Iterable[Capability]) -> dict[Pair, frozenset[str]]:
    """First and last word of each title → the ids of those that bear it."""
    found: dict[Pair, frozenset[str]] = {}
    for capability in capabilities:
        title = [stem(word) for word in words(capability.title) if word not in _SMALL]
        if len(title) >= 2 and title[0] != title[-1]:
            pair = (title[0], title[-1])
            found[pair] = found.get(pair, frozenset()) | {capability.id}
    return found


def neighbours(
    proposal: Proposal, titles: Mapping[Pair, frozenset[str]], declared: Collection[str]
) -> tuple[str, ...]:
    """`claim triag`: the pairs of stems that stand side by side in the text at most twice.
    `declared`: ids of the capabilities that the proposal says it builds on."""
    own = {stem(word) for word in words(proposal.title)}
    own |= {stem(w) for section in proposal.sections for p in section.path for w in words(p)}
    roots = [stem(found.group()) for found in WORD.finditer(proposal.source.text, proposal.body)]
    counts = Counter(pair for pair in pairwise(roots) if pair in titles)
    return tuple(
        " ".join(pair)
        for pair in sorted(counts)
        if counts[pair] <= IN_PASSING
        and not own.issuperset(pair)
        and titles[pair].isdisjoint(declared)
    )
