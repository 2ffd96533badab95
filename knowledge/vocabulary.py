"""The closed vocabularies of the field, in their order, and the aliases people write for them.

Owns words only; no parsing, no I/O. CONTRACTS: facts, statuses, severities, outcomes.
"""

from typing import Final, Literal, get_args

Severity = Literal["blocker", "high", "medium", "low"]
Status = Literal["in_place", "planned", "absent", "unclear", "not_applicable"]
Applies = Literal["yes", "no", "unknown"]
Dimension = Literal[
    "overlap", "alignment", "trust", "consistency", "dependencies", "ownership", "hygiene"
]
Relation = Literal["duplicate", "extends", "shares_part", "unrelated"]
Disposition = Literal["join", "extend", "justify", "none"]
OverlapKind = Literal["capability", "pending", "precedent"]
Verdict = Literal["serves", "conflicts", "not_addressed"]
Outcome = Literal[
    "reject", "merge_with_existing", "request_changes", "approve", "approve_with_conditions"
]
Check = Literal["exact", "close", "bad"]
Origin = Literal["declared", "inferred", "conflict", "unknown", "person"]
Enforce = Literal["block", "ask", "advise"]
EntryKind = Literal["capability", "policy", "requirement", "goal", "pattern", "asset", "precedent"]
LifeStage = Literal["planned", "pilot", "production", "retired"]
ReaderName = Literal["rules", "llm"]

SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)  # worst first
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
LIFE_STAGES: Final[tuple[LifeStage, ...]] = get_args(LifeStage)

STRICTER_STATUS: Final[tuple[Status, ...]] = ("absent", "unclear", "planned", "in_place")
"""Strictest first: when readers disagree and neither is proven, the earlier one counts."""

ROLES: Final = ("business", "product", "design", "engineering", "data", "operations")
BEHAVIOURS: Final = (
    "disclosure",
    "handoff",
    "refusal",
    "confidence",
    "explanation",
    "retention",
    "appeal",
    "automation",
)

ORDERED_FACTS: Final[dict[str, tuple[str, ...]]] = {
    # least to strictest
    "automation": (
        "inform",
        "recommend",
        "act_with_approval",
        "act_with_notice",
        "autonomous",
    ),
    "data": ("none", "business", "personal", "sensitive"),
    "stage": ("idea", "pilot", "production", "retired"),
}
SET_FACTS: Final = ("audience", "affected", "domain", "generates", "supplier", "region")
FACTS: Final = (
    "automation",
    "audience",
    "affected",
    "data",
    "stage",
    "domain",
    "generates",
    "supplier",
    "region",
)
CLOSED_SETS: Final[dict[str, tuple[str, ...]]] = {
    "generates": ("none", "internal", "to_people"),
    "supplier": ("in_house", "vendor"),
}

FACT_ALIASES: Final[dict[str, dict[str, str]]] = {
    "stage": {"live": "production"},
}
"""Aliases the product ships; an office adds its own in `[facts.NAME] aliases`."""

BUILT_IN_RULES: Final = (
    "overlap.duplicate",
    "overlap.extends",
    "overlap.twin",
    "goal.conflict",
    "goal.none",
    "measure.none",
    "value.alternative",
    "workflow.disrupted",
    "pattern.breach",
    "sibling.differs",
    "dependency.retired",
    "dependency.unregistered",
    "owner.missing",
    "owner.mailbox",
    "role.missing",
    "facts.conflict",
    "facts.unknown",
    "text.hidden",
    "text.instructs_reviewer",
    "reference.unknown",
)
