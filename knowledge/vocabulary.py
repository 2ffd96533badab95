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
Likeness = Literal["same", "similar", "different", "unknown"]
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

DECIDED: Final[dict[str, str]] = {
    "approve": "was approved",
    "approve_with_conditions": "was approved with conditions",
    "merge_with_existing": "was to be merged with what exists",
    "reject": "was rejected",
    "request_changes": "was sent back for changes",
}
"""What became of a decided initiative, in words."""

SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)  # worst first
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
LIFE_STAGES: Final[tuple[LifeStage, ...]] = get_args(LifeStage)


def gap_severity(severity: Severity, enforce: Enforce, status: Status) -> Severity:
    """How much a requirement weighs that is not in place: a plan one step less, a blocker stays;
    what an office only advises is low. Readers and a person's corrections weigh alike."""
    if enforce == "advise":
        return "low"
    if status == "planned" and severity != "blocker":
        return SEVERITIES[min(SEVERITIES.index(severity) + 1, len(SEVERITIES) - 1)]
    return severity


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
_PEOPLE: Final = (
    "customers",
    "employees",
    "applicants",
    "agents",
    "partners",
    "patients",
    "students",
    "third_parties",
    "public",
)
CLOSED_SETS: Final[dict[str, tuple[str, ...]]] = {
    "audience": _PEOPLE,
    "affected": _PEOPLE,
    "generates": ("none", "internal", "to_people"),
    "supplier": ("in_house", "vendor"),
}
"""Values known for a set; `[facts.NAME] values` adds to them. A set not named here is open."""

_GROUPS: Final[dict[str, str]] = {
    "adjusters": "employees",
    "brokers": "agents",
    "business_partners": "partners",
    "candidates": "applicants",
    "citizens": "public",
    "claimants": "customers",
    "colleagues": "employees",
    "consumers": "customers",
    "general_public": "public",
    "intermediaries": "agents",
    "internal_users": "employees",
    "job_applicants": "applicants",
    "policy_holders": "customers",
    "policyholders": "customers",
    "residents": "public",
    "staff": "employees",
    "underwriters": "employees",
    "workers": "employees",
    "workforce": "employees",
}

FACT_ALIASES: Final[dict[str, dict[str, str]]] = {
    "automation": {
        "advise": "recommend",
        "advisory": "recommend",
        "approval": "act_with_approval",
        "automatic": "autonomous",
        "decision_support": "recommend",
        "full": "autonomous",
        "fully_automated": "autonomous",
        "fully_automatic": "autonomous",
        "fully_autonomous": "autonomous",
        "hitl": "act_with_approval",
        "human_in_the_loop": "act_with_approval",
        "human_on_the_loop": "act_with_notice",
        "information": "inform",
        "notice": "act_with_notice",
        "recommendation": "recommend",
        "suggest": "recommend",
        "suggestion": "recommend",
    },
    "audience": _GROUPS,
    "affected": _GROUPS,
    "data": {
        "anonymised": "business",
        "anonymized": "business",
        "biometric": "sensitive",
        "company": "business",
        "genetic": "sensitive",
        "health": "sensitive",
        "health_data": "sensitive",
        "internal": "business",
        "medical": "sensitive",
        "no_data": "none",
        "no_personal_data": "business",
        "operational": "business",
        "personal_data": "personal",
        "personally_identifiable_information": "personal",
        "pii": "personal",
        "public": "none",
        "sensitive_data": "sensitive",
        "sensitive_personal_data": "sensitive",
        "special_categories": "sensitive",
        "special_category": "sensitive",
        "special_category_data": "sensitive",
    },
    "stage": {
        "beta": "pilot",
        "concept": "idea",
        "decommissioned": "retired",
        "discontinued": "retired",
        "in_production": "production",
        "live": "production",
        "poc": "pilot",
        "prod": "production",
        "proof_of_concept": "pilot",
        "trial": "pilot",
    },
    "generates": {
        "customer_facing": "to_people",
        "no": "none",
        "nothing": "none",
        "to_customers": "to_people",
    },
    "supplier": {
        "bought": "vendor",
        "external": "vendor",
        "inhouse": "in_house",
        "internal": "in_house",
        "off_the_shelf": "vendor",
        "own": "in_house",
        "saas": "vendor",
        "third_party": "vendor",
    },
}
"""Aliases the product ships, keyed as `canonical` writes them; an office adds its own in
`[facts.NAME] aliases`. Words that mean different people in different trades (`clients`) are left
out on purpose: they become a question."""


def canonical(value: str) -> str:
    """`Human-in-the-loop` → `human_in_the_loop`: case, hyphens and spaces make no difference."""
    return "_".join(value.casefold().replace("-", " ").replace("_", " ").split())


BUILT_IN_RULES: Final = (
    "overlap.duplicate",
    "overlap.extends",
    "overlap.twin",
    "precedent.contradicts",
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
