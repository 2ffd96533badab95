"""Clusters among twins: which proposals describe one thing, where they differ, who should talk.

Owns the grouping and the words on people; what a pair is worth is told to it. Pure.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from agent.readers.rules.facets import FACTS
from agent.readers.rules.results import outputs
from agent.readers.rules.twins import spoken_of
from agent.schema.evidence import Pending
from agent.schema.twins import TwinCluster

CLUSTER: Final = 3
"""So many proposals at least make a cluster."""
Edges = Mapping[str, Mapping[str, float]]
"""Initiative → initiatives that are the same thing → how surely; both directions."""


class Star(NamedTuple):
    centre: str
    members: tuple[str, ...]
    """By id, the centre among them."""


def stars(edges: Edges) -> list[Star]:
    """The proposal that is the same thing as the most others together with all of them, then the
    next. Members are like their centre: nothing hangs together by a chain of small likenesses."""
    free = {name: dict(others) for name, others in edges.items()}
    found = []
    while free:
        centre = min(free, key=lambda n: (-len(free[n]), -sum(sorted(free[n].values())), n))
        members = (centre, *free[centre])
        if len(members) < CLUSTER:
            break
        found.append(Star(centre, tuple(sorted(members))))
        for gone in members:
            for other in free.pop(gone):
                if other in free:
                    free[other].pop(gone, None)
    return found


def cluster_of(star: Star, edges: Edges, pending: Mapping[str, Pending]) -> TwinCluster:
    """With people and differences; members in the order in which they were handed in."""
    people = sorted((pending[name] for name in star.members), key=earliest)
    among = set(star.members)
    return TwinCluster(
        name=star.centre,
        title=pending[star.centre].title,
        members=tuple(p.initiative for p in people),
        pairs=sum(len(among & edges[name].keys()) for name in star.members) // 2,
        differs=_differs(people),
        talk=talk(people[1:], people[0]),
    )


def _differs(people: Sequence[Pending]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Facets in which not all that say something say the same."""
    said = {
        name: {p.initiative: p.facts.get(fact, ()) for p in people} for name, fact in FACTS.items()
    }
    said["outputs"] = {p.initiative: outputs(spoken_of(p)) for p in people}
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for facet, values in said.items():
        groups: dict[str, list[str]] = {}
        for initiative, own in values.items():
            if own:
                groups.setdefault(", ".join(own), []).append(initiative)
        if len(groups) > 1:
            found[facet] = {value: tuple(groups[value]) for value in sorted(groups)}
    return found


def earliest(known: Pending) -> tuple[bool, str, str]:
    """Handed in first; what was not handed in comes last, by id."""
    return (not known.submitted, known.submitted, known.initiative)


def who(known: Pending) -> str:
    """A person or team, and of which proposal."""
    person = known.owner or known.team
    team = f" ({known.team})" if known.owner and known.team else ""
    return f"{person}{team} of {known.initiative}" if person else f"the team of {known.initiative}"


def talk(others: Sequence[Pending], first: Pending) -> str:
    """Who should talk to whom; one team that handed in all of them has to hear that only."""
    names = [p.initiative for p in others]
    people = {p.owner or p.team for p in (*others, first)}
    if len(people) == 1 and (both := people.pop()):
        listed = ", ".join(names)
        known = f"{first.initiative} ({handed_in(first, others)})"
        return f"{both} stands behind all of them: {known}, {listed}. Which one goes on?"
    told = ", ".join(dict.fromkeys(who(p) for p in others))
    return f"{told} should talk to {who(first)} ({handed_in(first, others)})."


def handed_in(known: Pending, others: Sequence[Pending]) -> str:
    """Why it is the one to talk to; nobody was first on the same day."""
    if any(known.submitted and other.submitted == known.submitted for other in others):
        return f"first by name; handed in on the same day, {known.submitted}"
    if known.submitted:
        return f"handed in first, on {known.submitted}"
    return "first by name; none was handed in yet"
