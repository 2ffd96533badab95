"""Twins: every pair of waiting proposals that overlap, once, and clusters of one thing.

Owns the way from texts to pairs and clusters. The relation of a pair is that which the drafts name
(`readers/rules/twins.py`); who waits is told by `waiting.py`. Writes nothing.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from agent.clusters import cluster_of, earliest, stars, talk
from agent.readers.rules.facets import FACTS
from agent.readers.rules.results import outputs
from agent.readers.rules.twins import SHARES, Paired, pair, spoken_of
from agent.schema.evidence import Pending
from agent.schema.twins import TwinFacet, TwinPair, Twins, TwinSide, Unread
from agent.waiting import Waiting
from knowledge.vocabulary import Likeness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.alike import Alike, Near

Progress = Callable[[int, int, str], None]
Embed = Callable[[Sequence[str]], "NDArray[np.float32]"]
BATCH: Final = 256
"""Texts embedded between two signs of life."""


class Pair(NamedTuple):
    one: Pending
    other: Pending
    """In the order of their ids."""
    near: "Alike"
    found: Paired


def find_twins(
    waiting: Sequence[Waiting],
    embed: Embed,
    *,
    least: float = SHARES,
    failed: Sequence[Unread] = (),
    progress: Progress | None = None,
) -> Twins:
    """All pairs that are the same thing with at least this probability or of which one builds on
    the other, and the clusters of what is called a duplicate; the same in whatever order."""
    ordered = sorted(waiting, key=lambda w: w.initiative)
    pairs, left_out = _pairs(ordered, embed, least, progress or _silent)
    edges: dict[str, dict[str, float]] = {}
    for p in pairs:
        if p.found.relation == "duplicate":
            edges.setdefault(p.one.initiative, {})[p.other.initiative] = p.found.probability
            edges.setdefault(p.other.initiative, {})[p.one.initiative] = p.found.probability
    pending = {side.initiative: side for p in pairs for side in (p.one, p.other)}
    clusters = [cluster_of(star, edges, pending) for star in stars(edges)]
    return Twins(
        least=least,
        proposals=len(ordered),
        sides={name: _side(pending[name]) for name in sorted(pending)},
        pairs=tuple(_reported(p) for p in pairs),
        clusters=tuple(sorted(clusters, key=lambda c: (-len(c.members), c.name))),
        left_out=left_out,
        failed=tuple(failed),
    )


def _silent(_done: int, _total: int, _label: str) -> None:
    return


def _pairs(
    ordered: Sequence[Waiting], embed: Embed, least: float, tell: Progress
) -> tuple[list[Pair], int]:
    """Surest first, then by id; and how many of a crowd were left out."""
    from knowledge.alike import Near, alike, near_pairs

    if len(ordered) < 2:
        return [], 0
    texts = [w.text for w in ordered]
    vectors = _vectors([text.text for text in texts], embed, tell)
    found = near_pairs(texts, vectors, least)
    near = {(n.first, n.second): n for n in found.pairs}
    for a, b in _linked(ordered):
        if (a, b) not in near:
            near[a, b] = Near(a, b, alike(texts[a], texts[b], vectors[a], vectors[b]))
    pairs = []
    for done, n in enumerate(near.values()):
        tell(done, len(near), "pairs")
        made = _made(n, ordered)
        if made.found.relation != "unrelated" and (
            made.found.built_on or made.found.probability >= least
        ):
            pairs.append(made)
    pairs.sort(key=lambda p: (-p.found.probability, p.one.initiative, p.other.initiative))
    return pairs, found.left_out


def _made(near: "Near", ordered: Sequence[Waiting]) -> Pair:
    one, other = ordered[near.first].pending, ordered[near.second].pending
    return Pair(one, other, near.alike, pair(one, other, near.alike))


def _vectors(texts: Sequence[str], embed: Embed, tell: Progress) -> "NDArray[np.float32]":
    import numpy as np

    parts = []
    for start in range(0, len(texts), BATCH):
        tell(start, len(texts), "texts")
        parts.append(embed(texts[start : start + BATCH]))
    return np.concatenate(parts)


def _linked(ordered: Sequence[Waiting]) -> list[tuple[int, int]]:
    """Pairs of which one says that it builds on the other."""
    places = {w.initiative: n for n, w in enumerate(ordered)}
    linked = [
        (n, places[name])
        for n, w in enumerate(ordered)
        for name in w.reuses
        if places.get(name, n) != n
    ]
    return sorted({(min(pair), max(pair)) for pair in linked})


def _reported(made: Pair) -> TwinPair:
    one, other = sorted((made.one, made.other), key=earliest)
    facets = {name: _facet(name, value, one, other) for name, value in made.found.facets.items()}
    return TwinPair(
        a=one.initiative,
        b=other.initiative,
        relation=made.found.relation,
        probability=made.found.probability,
        dense=round(made.near.dense, 3),
        words=round(made.near.words, 3),
        same_title=made.near.title,
        facets=facets,
        talk=talk([other], one),
    )


def _facet(name: str, value: Likeness, one: Pending, other: Pending) -> TwinFacet:
    if name == "outputs":
        return TwinFacet(value=value, a=outputs(spoken_of(one)), b=outputs(spoken_of(other)))
    fact = FACTS.get(name, name)
    return TwinFacet(
        value=value,
        a=one.facts.get(fact, ()),
        b=other.facts.get(fact, ()),
        a_words=one.told.get(fact, ""),
        b_words=other.told.get(fact, ""),
    )


def _side(known: Pending) -> TwinSide:
    return TwinSide(
        initiative=known.initiative,
        title=known.title,
        path=known.path,
        team=known.team,
        owner=known.owner,
        submitted=known.submitted,
    )
