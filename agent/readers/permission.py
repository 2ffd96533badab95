"""What of an office may be sent to a model, by the word of a team and of the office. Pure.

A proposal stays here when its front matter says `model: never`, or when its data is of a class
that `[model] never_for` names. Other teams' proposals that are near it are held back alike. Fails
closed: where the class is not known and the office keeps any back, nothing is sent.
"""

from collections.abc import Collection, Mapping, Sequence

from agent.schema.evidence import Evidence
from agent.schema.proposal import Fact, Proposal
from knowledge.vocabulary import ORDERED_FACTS, canonical

NEVER = "never"


def refusal(proposal: Proposal, facts: Mapping[str, Fact], never_for: Collection[str]) -> str:
    """Why this proposal must not be sent, as a clause; empty: it may be."""
    if canonical(proposal.declared.model) == NEVER:
        return "the proposal says `model: never`"
    if not never_for:
        return ""
    data = facts.get("data", Fact())
    if not data.values or data.unknown_values:
        return "its class of data is unknown, and the office keeps some classes from models"
    return _kept_back((*data.values, *data.declared), never_for)


def sendable(evidence: Evidence, never_for: Collection[str]) -> Evidence:
    """The evidence without the texts of other initiatives that must not be sent."""
    pending = [p for p in evidence.pending if _may(p.model, p.data, never_for)]
    past = [p for p in evidence.precedents if _may(p.model, p.data, never_for)]
    kept = {p.initiative for p in pending} | {p.id for p in past}
    held = {p.initiative for p in evidence.pending} | {p.id for p in evidence.precedents}
    gone = held - kept
    return evidence.model_copy(
        update={
            "pending": tuple(pending),
            "precedents": tuple(past),
            "candidates": tuple(c for c in evidence.candidates if c.entry not in gone),
            "mentions": tuple(m for m in evidence.mentions if m.entry not in gone),
        }
    )


def _may(model: str, data: Sequence[str], never_for: Collection[str]) -> bool:
    if canonical(model) == NEVER:
        return False
    return not never_for or bool(data and not _kept_back(data, never_for))


def _kept_back(data: Sequence[str], never_for: Collection[str]) -> str:
    """The strictest class counts; what is kept back for a class is kept back for stricter ones."""
    levels = ORDERED_FACTS["data"]
    least = min(levels.index(name) for name in never_for)
    strictest = max((levels.index(value) for value in data if value in levels), default=None)
    if strictest is None or strictest >= least:
        return f"the office sends no {levels[strictest or least]} data to models"
    return ""
