"""Overlap: what already exists, or is proposed elsewhere, that does this job.

Search says how near a candidate is, facets say in what, the text says whether the team knows.
Prefers no claim to a guess: at most three, and what is only partly shared is a row, never a claim.
"""

from collections.abc import Iterable, Sequence
from math import exp, log
from typing import Final

from agent.intake.query import WIDE, search_text
from agent.readers.rules.consistency import UNREAD
from agent.readers.rules.facets import (
    WEIGHTS,
    Other,
    compare,
    excluded,
    missing,
    named_systems,
    purpose_of,
    side_of,
)
from agent.readers.rules.overlap_claims import Compared, claims_of, is_rejected, key_of
from agent.readers.rules.reuse import Said, said_of
from agent.readers.rules.reuse_quotes import alike
from agent.schema.assessment import Assessment, Covered, FacetReading, OverlapReading, Quote
from agent.schema.evidence import Candidate, Evidence, Pending
from agent.schema.proposal import Proposal
from knowledge.entries import Capability
from knowledge.vocabulary import Disposition, Likeness, Relation

DUPLICATE: Final = 0.5
SHARES: Final = 0.35
AN_INPUT: Final = 4.0
"""Log-odds against the same thing where the text takes its results as an input."""
NEW_GROUND: Final = ("users", "domain")
"""Facets in which the same purpose is an extension when they differ."""
RETIRED: Final = "it is retired"
PLANNED: Final = "it is planned, not yet running"


def read(proposal: Proposal, evidence: Evidence) -> Assessment:
    """Rows for what is alike in any way; claims for what a coordinator has to settle."""
    if not evidence.searched:
        note = "not searched here; `concord review` does it"
        return Assessment(
            reader="rules", coverage={"overlap": Covered(state="not_checked", note=note)}
        )
    compared = [
        _compare(proposal, evidence, candidate, other)
        for candidate in evidence.candidates
        if (other := _other(candidate, evidence)) is not None
    ]
    compared.extend(_reused_only(proposal, evidence, {c.reading.entry for c in compared}))
    near = [c for c in compared if c.reading.relation != "unrelated"]
    return Assessment(
        reader="rules",
        overlaps=tuple(c.reading for c in near),
        claims=claims_of(near),
        coverage={"overlap": _coverage(proposal, evidence)},
    )


def _other(candidate: Candidate, evidence: Evidence) -> Other | None:
    sources: tuple[Iterable[Other], ...] = (
        (c for c in evidence.capabilities if candidate.kind == "capability"),
        (p for p in evidence.precedents if candidate.kind == "precedent"),
    )
    if candidate.kind == "pending":
        return next((p for p in evidence.pending if p.initiative == candidate.entry), None)
    return next((o for some in sources for o in some if key_of(o) == candidate.entry), None)


def _compare(
    proposal: Proposal, evidence: Evidence, candidate: Candidate, other: Other
) -> Compared:
    near = candidate.duplicate
    facets = compare(evidence.facts, search_text(proposal, WIDE), side_of(other))
    said = said_of(candidate.entry, other.title, proposal, evidence)
    probability = _with_facets(near, facets, said, twins=candidate.kind != "capability")
    facets["purpose"] = purpose_of(probability)
    needs = _missing(proposal, evidence, other)
    grows = _adds(facets, needs)
    relation = _relation(probability, facets, said, grows=grows)
    needs = needs if relation in ("duplicate", "extends") else ()
    reading = OverlapReading(
        entry=candidate.entry,
        kind=candidate.kind,
        relation=relation,
        probability=_fitted(candidate, near, relation, facets, said, evidence),
        facets={name: FacetReading(value=value) for name, value in facets.items()},
        missing=needs,
        disposition=_disposition(relation, other, needs, said),
        quotes=_quotes(proposal, other, said) if relation != "unrelated" else (),
    )
    only_said = relation == "extends" and probability >= DUPLICATE and not grows
    return Compared(other, reading, said, only_said=only_said)


def _best(candidate: Candidate, evidence: Evidence) -> float:
    return max(c.score for c in evidence.candidates if c.kind == candidate.kind)


def _fitted(
    candidate: Candidate,
    near: float,
    relation: Relation,
    facets: dict[str, Likeness],
    said: Said,
    evidence: Evidence,
) -> float | None:
    """The chance to show: only what was fitted (among capabilities the best hit), and only where
    the relation follows from it: the facets' weights are set by hand, the team's words decide."""
    if said.declared or said.builds or said.uses or said.mentioned:
        return None
    if candidate.kind == "capability" and candidate.score < _best(candidate, evidence):
        return None
    return round(near, 3) if _relation(near, facets, said) == relation else None


def _with_facets(near: float, facets: dict[str, Likeness], said: Said, *, twins: bool) -> float:
    """The chance by words, moved by the facets and by what the team says; never to certainty.

    Two proposals of one house share people and trade: there, only a difference says something.
    """
    bounded = min(max(near, 0.005), 0.995)
    odds = log(bounded / (1 - bounded))
    for facet, (same, different) in WEIGHTS.items():
        gain = 0.0 if twins else same
        odds += {"same": gain, "similar": gain / 2, "different": different}.get(facets[facet], 0.0)
    if _is_input(facets, said) and not said.builds:
        odds -= AN_INPUT
    return 1 / (1 + exp(-odds))


def _is_input(facets: dict[str, Likeness], said: Said) -> bool:
    """What takes another's results as an input does not give the same results again."""
    return bool(said.uses) and facets["outputs"] != "same"


def _relation(
    probability: float, facets: dict[str, Likeness], said: Said, *, grows: bool = False
) -> Relation:
    """The same job on new ground is an extension. So is declared or said reuse, but where nothing
    is added it is the same job still: to say so switches no merging off."""
    if said.declared or said.builds:
        adds = grows or bool(said.adds)
        return "duplicate" if probability >= DUPLICATE and not adds else "extends"
    if _is_input(facets, said) and not said.differs:
        return "shares_part"
    if probability >= DUPLICATE:
        new_ground = any(facets[facet] == "different" for facet in NEW_GROUND)
        return "extends" if new_ground else "duplicate"
    if said.mentioned or probability >= SHARES:
        return "shares_part"
    return "unrelated"


def _adds(facets: dict[str, Likeness], needs: Sequence[str]) -> bool:
    """Whether something is more or other than there; one more system to work with is not."""
    return "different" in facets.values() or any(
        not need.startswith(("system: ", RETIRED, PLANNED)) for need in needs
    )


def _disposition(
    relation: Relation, other: Other, needs: tuple[str, ...], said: Said
) -> Disposition:
    if isinstance(other, Capability) and other.status == "retired":
        return "none"
    if relation == "extends":
        return "extend"
    if relation != "duplicate":
        return "none"
    if said.differs or is_rejected(other):
        return "justify"
    return "extend" if needs else "join"


def _missing(proposal: Proposal, evidence: Evidence, other: Other) -> tuple[str, ...]:
    if not isinstance(other, Capability):
        return ()
    found = missing(evidence.facts, named_systems(evidence), other)
    found.extend(excluded(search_text(proposal), other))
    if other.status == "retired":
        found.append(RETIRED)
    elif other.status == "planned":
        found.append(PLANNED)
    return tuple(found)


def _quotes(proposal: Proposal, other: Other, said: Said) -> tuple[Quote, ...]:
    """The sentence of either side that shows the likeness; the team's own words on it first."""
    text = other.text if isinstance(other, Pending) else other.source.text
    body = 0 if isinstance(other, Pending) else max(0, text.rfind(other.body.strip()))
    own, theirs = alike(proposal, key_of(other), text, body)
    told = (*said.builds[:1], *said.differs[:1], *said.uses[:1])[:2] or (own,)
    return tuple(dict.fromkeys(q for q in (*told, theirs) if q is not None))


def _reused_only(proposal: Proposal, evidence: Evidence, seen: set[str]) -> list[Compared]:
    """Capabilities that the team says it builds on and the search did not bring."""
    found: list[Compared] = []
    for capability in evidence.capabilities:
        said = said_of(capability.id, capability.title, proposal, evidence)
        if capability.id in seen or not (said.declared or said.builds):
            continue
        needs = _missing(proposal, evidence, capability)
        facets = compare(evidence.facts, search_text(proposal, WIDE), side_of(capability))
        reading = OverlapReading(
            entry=capability.id,
            kind="capability",
            relation="extends",
            facets={name: FacetReading(value=value) for name, value in facets.items()},
            missing=needs,
            disposition=_disposition("extends", capability, needs, said),
            quotes=_quotes(proposal, capability, said),
        )
        found.append(Compared(capability, reading, said))
    return found


def _coverage(proposal: Proposal, evidence: Evidence) -> Covered:
    count = evidence.registry.get("capability", 0)
    if not count:
        return Covered(state="not_checked", note="the office keeps no capabilities to compare with")
    kinds: list[str] = [candidate.kind for candidate in evidence.candidates]
    note = f"{count} capabilities searched, the nearest {kinds.count('capability')} read"
    for kind, called in (("pending", "pending"), ("precedent", "decided")):
        if near := kinds.count(kind):
            note += f"; {near} near {called} proposal{'' if near == 1 else 's'} read"
    if not proposal.readable:
        return Covered(state="partly", note=f"{note}; but the text is {UNREAD}")
    return Covered(state="checked", note=note)
