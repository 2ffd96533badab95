"""From how near a candidate is and how its facets compare to a relation.

Only the chance of "the same system" is fitted: `Candidate.duplicate` by the search (two proposals
beside each other are `twins.py`'s); real labels exist for nothing else. That something extends,
shares a part or is unrelated is derived from it by facets (new ground, results taken as an input)
and by what the team says of it; those rules are set by hand, so no chance is shown where they
decide.

What real labels say of the facets' weights: on 3,271 pairs (the eight nearest of 410 federal
descriptions, names removed, 241 of them the same system) only the kinds of result are known often
enough to be fitted (54%; users, data and automation in 2% or less, since those inventories do not
record them). Beside the words, other results weigh -0.7, the same ones nothing (-0.5): most systems
of one agency sort or predict something. So the same results count only where the whole profile of
users, data, automation and people is the same too. That and the other weights are set by hand.
Decided so, on the same pairs: of what is called a duplicate 87.5% are the same system (216 called,
189 right of 241); counting the same results everywhere, as before, it was 69% (203 right). With the
titles left in, 93% (253 called, 235 right). Pure.
"""

from collections.abc import Mapping
from math import exp, log
from typing import Final, NamedTuple

from agent.readers.rules.reuse import Said
from agent.schema.evidence import Candidate, Evidence
from knowledge.vocabulary import Likeness, Relation

DUPLICATE: Final = 0.5
SHARES: Final = 0.35
SIMILAR_PURPOSE: Final = 0.3
AN_INPUT: Final = 4.0
"""Log-odds against the same thing where the text takes its results as an input."""
NEW_GROUND: Final = ("users", "domain")
"""Facets in which the same purpose is an extension when they differ."""
WEIGHTS: Final[dict[str, tuple[float, float]]] = {
    # log-odds that a facet adds when it is the same (half when similar), and when it is different
    # In one house nearly everything shares people, data and trade: that they are the same says
    # little, that they differ says much. `outputs` gains only with the whole profile.
    "users": (0.2, -0.6),
    "affected": (0.0, -0.4),
    "data": (0.1, -0.4),
    "automation": (0.3, -0.4),
    "outputs": (2.6, -0.6),
    "domain": (0.3, -1.0),
}
NAMED: Final = 0.5
"""Less of a title is not spoken of: the other side is about another thing."""
PLAINLY: Final = 0.67
"""So much of its title is spoken of where a second system is called the same. Of 38 candidates
behind a nearer one, with a chance above one half, 7 were the same system; nobody runs three."""
PROFILE: Final = ("users", "affected", "data", "automation", "domain")
KNOWN: Final = 3
"""So many facets of the profile at least are known, and every one of them is the same."""
A_PIECE: Final = 0.1
"""Least chance at which like results in the same trade are a piece in common."""


class Standing(NamedTuple):
    """Where a candidate stands, beside its chance."""

    near: float = 0.0
    """The chance by words alone."""
    best: bool = True
    """Nothing of its kind is nearer."""
    their_name: float = 1.0
    """Share of its title that the proposal speaks of."""
    own_name: float = 1.0
    """Share of the proposal's title that it speaks of."""
    sisters: bool = False
    """Their titles are those of sister products."""

    @property
    def another_thing(self) -> bool:
        """Neither side speaks of what the other is called: the same kind of job, done on something
        else, as the sister products of one office are."""
        return self.sisters or (self.their_name < NAMED and self.own_name < NAMED)

    @property
    def may_be_same(self) -> bool:
        """The nearest, or one behind it that is plainly spoken of."""
        return self.best or self.their_name >= PLAINLY


ALONE: Final = Standing()


def nearness(candidate: Candidate) -> float:
    """The chance by words, as the search calibrated it."""
    return candidate.duplicate


def best_score(candidate: Candidate, evidence: Evidence) -> float:
    return max(c.score for c in evidence.candidates if c.kind == candidate.kind)


def with_facets(near: float, facets: Mapping[str, Likeness], said: Said) -> float:
    """The chance by words, moved by the facets and by what the team says; never to certainty."""
    odds = _odds(min(max(near, 0.005), 0.995))
    for facet, (same, different) in WEIGHTS.items():
        gain = 0.0 if facet == "outputs" and not same_profile(facets) else same
        weighs = {"same": gain, "similar": gain / 2, "different": different}
        odds += weighs.get(facets.get(facet, "unknown"), 0.0)
    if is_input(facets, said) and not said.builds:
        odds -= AN_INPUT
    return _chance(odds)


def same_profile(facets: Mapping[str, Likeness]) -> bool:
    """The same people, data and trade in all that both sides say of them."""
    known = [v for name in PROFILE if (v := facets.get(name, "unknown")) != "unknown"]
    return len(known) >= KNOWN and set(known) == {"same"}


def shares_results(near: float, facets: Mapping[str, Likeness]) -> bool:
    """Near enough in words, and results of a kind in the same trade."""
    alike = facets.get("outputs") in ("same", "similar") and facets.get("domain") == "same"
    return near >= A_PIECE and alike


def purpose_of(probability: float, at: Standing = ALONE) -> Likeness:
    """The facet that follows from how likely both are the same thing."""
    if probability >= DUPLICATE:
        return "same" if at.may_be_same and not at.another_thing else "similar"
    return "similar" if probability >= SIMILAR_PURPOSE else "different"


def is_input(facets: Mapping[str, Likeness], said: Said) -> bool:
    """What takes another's results as an input does not give the same results again."""
    return bool(said.uses) and facets.get("outputs") != "same"


def relation_of(
    probability: float,
    facets: Mapping[str, Likeness],
    said: Said,
    *,
    at: Standing = ALONE,
    grows: bool = False,
) -> Relation:
    """The same job on new ground is an extension. So is declared or said reuse, but where nothing
    is added it is the same job still: to say so switches no merging off."""
    if said.declared or said.builds:
        adds = grows or bool(said.adds)
        return "duplicate" if probability >= DUPLICATE and not adds else "extends"
    if is_input(facets, said) and not said.differs:
        return "shares_part"
    if probability >= DUPLICATE and at.may_be_same:
        new_ground = any(facets.get(facet) == "different" for facet in NEW_GROUND)
        return "extends" if new_ground or at.another_thing else "duplicate"
    if said.mentioned or probability >= SHARES or shares_results(at.near, facets):
        return "shares_part"
    return "unrelated"


def shown_chance(
    candidate: Candidate,
    relation: Relation,
    facets: Mapping[str, Likeness],
    said: Said,
    at: Standing,
) -> float | None:
    """The chance to show: only what was fitted (among capabilities the best hit), and only where
    the relation follows from it: the facets' weights are set by hand, the team's words decide."""
    if said.declared or said.builds or said.uses or said.mentioned:
        return None
    if candidate.kind == "capability" and (at.another_thing or not at.best):
        return None
    return round(at.near, 3) if relation_of(at.near, facets, said, at=at) == relation else None


def _odds(chance: float) -> float:
    return log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
