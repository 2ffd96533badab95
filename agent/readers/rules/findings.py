"""What a finding is called and how grave it is: one place, so that the same thing found by another
reader is the same finding.

Owns dimension, severity and title of what is no requirement; finds nothing. Pure.
"""

from typing import Final, NamedTuple

from agent.schema.evidence import Evidence
from knowledge.entries import Asset, Capability, Goal
from knowledge.vocabulary import ORDERED_FACTS, Dimension, Severity


class Standing(NamedTuple):
    """How a finding stands in a draft, whoever found it."""

    dimension: Dimension
    severity: Severity
    title: str


GOAL_NONE: Final = Standing("alignment", "medium", "Serves no goal of the office")
MEASURE_NONE: Final = Standing("alignment", "medium", "No measure of success")
ALTERNATIVE: Final = Standing("alignment", "low", "No simpler way was considered")
DISRUPTED: Final = Standing(
    "alignment", "medium", "Work is replaced, and the people are not mentioned again"
)
SIBLING: Final[Severity] = "medium"
WHY_ROLE: Final[dict[str, str]] = {
    "business": "who answers for the outcome in the business",
    "product": "who decides what the product does",
    "design": "who answers for what people see and can do",
    "engineering": "who builds it and can switch it off",
    "data": "who answers for the data it uses",
    "operations": "who runs it day by day",
}
_STRICT: Final = ORDERED_FACTS["automation"][ORDERED_FACTS["automation"].index("act_with_notice") :]


def conflict(goal: Goal) -> Standing:
    return Standing("alignment", "high", f"Conflicts with {goal.id}: {goal.title}")


def owner_missing(evidence: Evidence) -> Standing:
    """Graver where it acts without waiting for anybody, or is in production."""
    acts = values(evidence, "automation") & set(_STRICT)
    weighty = bool(acts) or "production" in values(evidence, "stage")
    return Standing("ownership", "high" if weighty else "medium", "No accountable owner is named")


def owner_mailbox(who: str) -> Standing:
    return Standing("ownership", "medium", f"The owner is no person: {who}")


def role_missing(role: str, evidence: Evidence) -> Standing:
    personal = bool(values(evidence, "data") & {"personal", "sensitive"})
    grave = role == "business" or (role == "data" and personal)
    return Standing("ownership", "medium" if grave else "low", f"Nobody is named for {role}")


def leans_on_retired(entry: Asset | Capability) -> Standing:
    return Standing("dependencies", "high", f"Leans on {entry.title}, which is retired")


def leans_on_planned(entry: Asset | Capability, *, declared: bool) -> Standing:
    title = f"Leans on {entry.title}, which is only planned"
    return Standing("dependencies", _leaning(declared), title)


def unregistered(name: str, *, declared: bool) -> Standing:
    return Standing("dependencies", _leaning(declared), f"{name} is not registered")


def reference_unknown(name: str) -> Standing:
    return Standing("hygiene", "low", f"{name} does not exist")


def _leaning(declared: bool) -> Severity:
    """What the front matter calls a foundation is one; a name in the text may be read wrongly."""
    return "high" if declared else "medium"


def values(evidence: Evidence, fact: str) -> set[str]:
    known = evidence.facts.get(fact)
    return set(known.values) if known else set()
