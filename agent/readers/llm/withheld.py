"""What may not be sent to a model, by the team's word or by the office's settings."""

from agent.schema.evidence import Evidence
from agent.schema.office import ModelSettings
from agent.schema.proposal import Proposal


def withheld(proposal: Proposal, evidence: Evidence, settings: ModelSettings) -> str:
    """Why no part of this proposal may be sent; empty: it may. Unknown data fails closed."""
    if proposal.declared.model.strip().casefold() == "never":
        return "its front matter says `model: never`"
    if not settings.never_for:
        return ""
    fact = evidence.facts.get("data")
    if fact is None or not fact.values or fact.unknown_values:
        return "its data class is not known, and [model] never_for names some"
    barred = sorted({*fact.values, *fact.declared} & set(settings.never_for))
    return f"[model] never_for holds back data: {', '.join(barred)}" if barred else ""
