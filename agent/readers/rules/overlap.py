"""Overlap: what already exists, or is proposed elsewhere, that does this job.

Search says how near a candidate is, facets say in what, the text says whether the team knows.
Prefers no claim to a guess: at most three, and what is only partly shared is a row, never a claim.
"""

from collections.abc import Iterable, Sequence

from agent.intake.query import WIDE, search_text
from agent.readers.rules.advice import adds, advise, missing
from agent.readers.rules.behaviours import Said as Behaviour
from agent.readers.rules.behaviours import described
from agent.readers.rules.consistency import UNREAD
from agent.readers.rules.facets import Facets, compare, values_of
from agent.readers.rules.overlap_claims import Compared, claims_of
from agent.readers.rules.passages import ReadText
from agent.readers.rules.relations import (
    DUPLICATE,
    Standing,
    best_score,
    nearness,
    purpose_of,
    relation_of,
    shown_chance,
    with_facets,
)
from agent.readers.rules.reuse import Said, said_of
from agent.readers.rules.reuse_quotes import alike
from agent.readers.rules.sides import Other, key_of
from agent.readers.rules.titles import sister_titles, spoken_of
from agent.readers.rules.twins import alike_of, other_side, own_side, pair
from agent.schema.assessment import Assessment, Covered, FacetReading, OverlapReading, Quote
from agent.schema.evidence import Candidate, Evidence, Pending
from agent.schema.proposal import Proposal
from knowledge.entries import Capability, Precedent


def read(proposal: Proposal, evidence: Evidence) -> Assessment:
    """Rows for what is alike in any way; claims for what a coordinator has to settle."""
    if not evidence.searched:
        note = "not searched here; `concord review` does it"
        return Assessment(
            reader="rules", coverage={"overlap": Covered(state="not_checked", note=note)}
        )
    behaviour = own_behaviour(proposal, evidence)
    compared = [
        _compare(proposal, evidence, candidate, other, behaviour)
        for candidate in evidence.candidates
        if (other := _other(candidate, evidence)) is not None
    ]
    seen = {c.reading.entry for c in compared}
    compared.extend(_reused_only(proposal, evidence, seen, behaviour))
    near = [c for c in compared if c.reading.relation != "unrelated"]
    return Assessment(
        reader="rules",
        overlaps=tuple(c.reading for c in near),
        claims=claims_of(near),
        coverage={"overlap": _coverage(proposal, evidence)},
    )


def own_behaviour(proposal: Proposal, evidence: Evidence) -> tuple[Behaviour, ...]:
    """What the proposal states of how it behaves, where there is anything to compare it with."""
    stated = any(c.behaviours for c in evidence.capabilities)
    return tuple(described(ReadText(proposal))) if stated and proposal.readable else ()


def _other(candidate: Candidate, evidence: Evidence) -> Other | None:
    sources: tuple[Iterable[Other], ...] = (
        (c for c in evidence.capabilities if candidate.kind == "capability"),
        (p for p in evidence.precedents if candidate.kind == "precedent"),
    )
    if candidate.kind == "pending":
        return next((p for p in evidence.pending if p.initiative == candidate.entry), None)
    return next((o for some in sources for o in some if key_of(o) == candidate.entry), None)


def _compare(
    proposal: Proposal,
    evidence: Evidence,
    candidate: Candidate,
    other: Other,
    behaviour: Sequence[Behaviour],
) -> Compared:
    if not isinstance(other, Capability):
        return _initiative(proposal, evidence, candidate, other)
    at = _standing(proposal, evidence, candidate, other)
    facets = compare(proposal, evidence, other, behaviour)
    values = values_of(facets)
    said = said_of(candidate.entry, other.title, proposal, evidence)
    probability = with_facets(at.near, values, said)
    values["purpose"] = purpose_of(probability, at)
    needs = missing(proposal, evidence, other, behaviour)
    grows = adds(values, needs)
    relation = relation_of(probability, values, said, at=at, grows=grows)
    needs = needs if relation in ("duplicate", "extends") else ()
    own, theirs = _alike(proposal, other)
    facets["purpose"] = FacetReading(value=values["purpose"], own=own, theirs=theirs)
    advice = advise(relation, other, values, needs, said, evidence.reviews.get(candidate.entry))
    reading = OverlapReading(
        entry=candidate.entry,
        kind=candidate.kind,
        relation=relation,
        probability=shown_chance(candidate, relation, values, said, at),
        facets=facets,
        missing=needs,
        disposition=advice.disposition,
        reason=advice.reason,
        quotes=_quotes(own, theirs, said) if relation != "unrelated" else (),
    )
    only_said = (
        relation == "extends"
        and bool(said.declared or said.builds)
        and probability >= DUPLICATE
        and not grows
    )
    return Compared(other, reading, said, only_said=only_said)


def _initiative(
    proposal: Proposal, evidence: Evidence, candidate: Candidate, other: Pending | Precedent
) -> Compared:
    """Another initiative; of two that wait, the other's draft names the same relation, chance."""
    own_words = search_text(proposal, WIDE)
    found = pair(own_side(proposal, evidence.facts, own_words), other_side(other),
                 alike_of(candidate))  # fmt: skip
    facets = compare(proposal, evidence, other)
    own, theirs = _alike(proposal, other)
    facets["purpose"] = FacetReading(value="unknown", own=own, theirs=theirs)
    for name, value in found.facets.items():
        facets[name] = facets[name].model_copy(update={"value": value})
    said = said_of(candidate.entry, other.title, proposal, evidence)
    review = evidence.reviews.get(candidate.entry)
    advice = advise(found.relation, other, found.facets, (), said, review)
    reading = OverlapReading(
        entry=candidate.entry,
        kind=candidate.kind,
        relation=found.relation,
        probability=None if found.sisters else found.probability,
        facets=facets,
        disposition=advice.disposition,
        reason=advice.reason,
        quotes=_quotes(own, theirs, said) if found.relation != "unrelated" else (),
    )
    return Compared(other, reading, said)


def _standing(
    proposal: Proposal, evidence: Evidence, candidate: Candidate, other: Capability
) -> Standing:
    ours, theirs = search_text(proposal, WIDE), f"{other.title}\n{other.body}"
    return Standing(
        nearness(candidate),
        candidate.score >= best_score(candidate, evidence),
        spoken_of(other.title, ours),
        spoken_of(proposal.title, theirs),
        sister_titles(proposal.title, ours, other.title, theirs),
    )


def _alike(proposal: Proposal, other: Other) -> tuple[Quote | None, Quote | None]:
    """The sentence of either side that shows best what is alike in what they are for."""
    if isinstance(other, Pending):
        own, theirs = alike(proposal, other.initiative, other.text or other.purpose, 0)
        return own, theirs if other.text else None  # one of a crowd is here by its purpose alone
    text = other.source.text
    return alike(proposal, other.id, text, max(0, text.rfind(other.body.strip())))


def _quotes(own: Quote | None, theirs: Quote | None, said: Said) -> tuple[Quote, ...]:
    """What shows the likeness; the team's own words on it first."""
    told = (*said.builds[:1], *said.differs[:1], *said.uses[:1])[:2] or (own,)
    return tuple(dict.fromkeys(q for q in (*told, theirs) if q is not None))


def _reused_only(
    proposal: Proposal, evidence: Evidence, seen: set[str], behaviour: Sequence[Behaviour]
) -> list[Compared]:
    """Capabilities that the team says it builds on and the search did not bring."""
    found: list[Compared] = []
    for capability in evidence.capabilities:
        said = said_of(capability.id, capability.title, proposal, evidence)
        if capability.id in seen or not (said.declared or said.builds):
            continue
        needs = missing(proposal, evidence, capability, behaviour)
        facets: Facets = compare(proposal, evidence, capability, behaviour)
        own, theirs = _alike(proposal, capability)
        facets["purpose"] = FacetReading(value="unknown", own=own, theirs=theirs)
        review = evidence.reviews.get(capability.id)
        advice = advise("extends", capability, values_of(facets), needs, said, review)
        reading = OverlapReading(
            entry=capability.id,
            kind="capability",
            relation="extends",
            facets=facets,
            missing=needs,
            disposition=advice.disposition,
            reason=advice.reason,
            quotes=_quotes(own, theirs, said),
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
