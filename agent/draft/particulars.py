"""What is on record of something that a proposal is compared with: owner, status, last review.

No reader's claim: looked up in the evidence. Pure.
"""

from typing import NamedTuple

from agent.schema.evidence import Evidence, LastReview
from knowledge.vocabulary import LifeStage, OverlapKind


class OnRecord(NamedTuple):
    owner: str = ""
    team: str = ""
    status: LifeStage | None = None
    last_review: LastReview | None = None


def overlap_kinds(evidence: Evidence) -> dict[str, OverlapKind]:
    """What may be compared with: the candidates of the search and the capabilities named."""
    kinds: dict[str, OverlapKind] = {c.id: "capability" for c in evidence.capabilities}
    return kinds | {c.entry: c.kind for c in evidence.candidates}


def of_record(entry: str, kind: OverlapKind, evidence: Evidence) -> OnRecord:
    """Empty where nothing is known of it."""
    review = evidence.reviews.get(entry)
    match kind:
        case "capability":
            for known in (c for c in evidence.capabilities if c.id == entry):
                return OnRecord(known.owner, known.team, known.status, review)
        case "pending":
            for waiting in (p for p in evidence.pending if p.initiative == entry):
                return OnRecord(waiting.owner, waiting.team, None, review)
        case "precedent":
            for past in (p for p in evidence.precedents if p.id == entry):
                return OnRecord(past.owner, "", "retired" if past.ended else None, review)
    return OnRecord(last_review=review)
