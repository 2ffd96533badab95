"""Two proposals beside each other: the relation that both drafts and `concord twins` name.

Symmetric: what is said of (a, b) is said of (b, a), and nothing else that waits changes it. Owns
the relation of a pair, its facets and its chance; words no finding. Pure.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from agent.intake.names import tokens_of
from agent.readers.rules.facets import likenesses
from agent.readers.rules.lexicon import STOP
from agent.readers.rules.relations import NEW_GROUND, WEIGHTS
from agent.readers.rules.reuse import BUILDS
from agent.readers.rules.titles import sister_titles
from agent.schema.evidence import Candidate, Pending
from agent.schema.proposal import Fact, Proposal
from knowledge.alike import Alike, likely
from knowledge.entries import Precedent
from knowledge.vocabulary import Likeness, Relation

SAME: Final = 0.5
SHARES: Final = 0.2
"""Among the real descriptions that the chance was fitted on, 62% of the pairs above it were one
system, and 76% of those that were stood above it."""
SPOKEN_OF: Final = 1500
"""Characters of the purpose in which kinds of result are looked for."""
UNWEIGHED: Final = frozenset({"outputs"})
"""In real pairs the kinds of result say nothing beyond the words (log-odds .3 between the most
alike and the most unlike, and no gain in AUROC); what facts differ was too rarely told to be fitted
(2% of pairs), so their weights are those set by hand for capabilities."""


class Paired(NamedTuple):
    relation: Relation
    probability: float
    """That both are the same thing, 0.01..0.99."""
    facets: dict[str, Likeness]
    built_on: bool
    """One of the two says that it builds on the other."""
    sisters: bool = False
    """By their titles the same kind of job on something else: no fitted chance decides."""


def pair(one: Pending, other: Pending, near: Alike) -> Paired:
    """The relation of two proposals; the same whichever comes first."""
    facets = facets_of(one, other)
    lost = sum(
        different
        for facet, (_, different) in sorted(WEIGHTS.items())
        if facets.get(facet) == "different" and facet not in UNWEIGHED
    )
    probability = round(likely(near.odds + lost), 3)
    facets["purpose"] = _purpose(probability)
    built_on = _built_on(one, other)
    relation = _relation(probability, facets, built_on)
    words = spoken_of(one), spoken_of(other)
    if relation == "duplicate" and sister_titles(one.title, words[0], other.title, words[1]):
        facets["purpose"] = "similar"
        return Paired("extends", probability, facets, built_on, sisters=True)
    return Paired(relation, probability, facets, built_on)


def _purpose(probability: float) -> Likeness:
    if probability >= SAME:
        return "same"
    return "similar" if probability >= SHARES else "different"


def facets_of(one: Pending, other: Pending) -> dict[str, Likeness]:
    """Facet → same | similar | different | unknown, of what both say of their purpose."""
    return likenesses(one.facts, spoken_of(one), other.facts, spoken_of(other))


def own_side(proposal: Proposal, facts: Mapping[str, Fact], purpose: str) -> Pending:
    """The proposal under review as others see it, under the facts as they stand."""
    declared = proposal.declared
    return Pending(
        initiative=proposal.initiative,
        title=proposal.title,
        sha256=proposal.sha256,
        path=proposal.path,
        text="",
        facts={name: fact.values for name, fact in facts.items() if fact.values},
        team=declared.team,
        owner=declared.owner,
        purpose=purpose,
        reuses=declared.reuses,
    )


def other_side(past: Pending | Precedent) -> Pending:
    """A decided initiative as it was proposed; one that waits as it is."""
    if isinstance(past, Pending):
        return past
    return Pending(
        initiative=past.id,
        title=past.title,
        sha256=past.source.sha256,
        path=past.source.path,
        text=past.body,
        facts=past.facts,
        owner=past.owner,
        purpose=past.purpose,
        reuses=past.reuses,
    )


def alike_of(candidate: Candidate) -> Alike:
    """The features that gathering found."""
    return Alike(candidate.dense, candidate.lexical, candidate.same_title)


def _relation(probability: float, facets: Mapping[str, Likeness], built_on: bool) -> Relation:
    """The same job on new ground is an extension, and so is declared reuse where anything differs:
    to say so alone switches no merging off."""
    differs = any(value == "different" for facet, value in facets.items() if facet != "outputs")
    if built_on:
        return "duplicate" if probability >= SAME and not differs else "extends"
    if probability >= SAME:
        new = any(facets.get(facet) == "different" for facet in NEW_GROUND)
        return "extends" if new else "duplicate"
    return "shares_part" if probability >= SHARES else "unrelated"


def spoken_of(side: Pending) -> str:
    """What it says of its purpose, as far as kinds of result are looked for."""
    return (side.purpose or f"{side.title}\n{side.text}")[:SPOKEN_OF]


def _built_on(one: Pending, other: Pending) -> bool:
    """By the front matter, or by a title that extends what the other title names."""
    if other.initiative in one.reuses or one.initiative in other.reuses:
        return True
    mine, theirs = tokens_of(one.title), tokens_of(other.title)
    if mine == theirs:
        return False
    shared = {p for p in set(pairwise(mine)) & set(pairwise(theirs)) if not STOP.intersection(p)}
    return bool(shared) and any(BUILDS.search(t.lower()) for t in (one.title, other.title))
