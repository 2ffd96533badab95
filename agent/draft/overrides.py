"""What a person's corrections change in rows and findings. Pure; allowed values are checked
before (agent/record/decision.py)."""

from collections.abc import Sequence

from agent.draft.identity import finding_id
from agent.draft.sources import PROPOSAL
from agent.draft.verify import overlap_kinds
from agent.schema.decision import Override
from agent.schema.draft import (
    Confirmed,
    ConfirmedEvidence,
    EvidenceLevel,
    Finding,
    GoalRow,
    OverlapRow,
    RequirementRow,
    Searched,
)
from agent.schema.evidence import Evidence
from knowledge.entries import Requirement
from knowledge.vocabulary import Dimension, Disposition, OverlapKind, Relation, Severity

_RELATION: dict[str, Relation] = {
    "overlap.duplicate": "duplicate",
    "overlap.twin": "duplicate",
    "overlap.extends": "extends",
}
"""The relation under which each finding of overlap still stands."""
_DISPOSITION: dict[str, Disposition] = {"duplicate": "join", "extends": "extend"}


def overridden_requirement(
    row: RequirementRow, override: Override, confirmed: Confirmed | None
) -> RequirementRow:
    """The row with the person's status; `in_place` is then evidence that a person confirmed."""
    level: EvidenceLevel | None = None
    if override.to == "in_place":
        level = ConfirmedEvidence(confirmed=confirmed) if confirmed else "stated"
    update: dict[str, object] = {"status": override.to, "evidence": level}
    if override.to == "not_applicable":
        update |= {"applies": "no", "applies_because": f"a person says so: {override.reason}"}
    elif row.applies != "yes":
        update |= {"applies": "yes", "applies_because": "a person says that it applies"}
    return row.model_copy(update=update)


def overridden_overlaps(
    rows: Sequence[OverlapRow], overrides: Sequence[Override], evidence: Evidence
) -> tuple[OverlapRow, ...]:
    """Relations as the person corrected them; an entry that no reader named is added."""
    by_entry = {row.entry: row for row in rows}
    kinds = overlap_kinds(evidence)
    for o in overrides:
        if o.kind == "overlap":
            row = by_entry.get(o.id) or OverlapRow(
                entry=o.id, kind=kinds.get(o.id, "capability"), relation="unrelated"
            )
            if row.relation != o.to:
                changed = {"relation": o.to, "disposition": _DISPOSITION.get(o.to, "none")}
                row = OverlapRow.model_validate(row.model_dump() | changed)
            by_entry[o.id] = row
    return tuple(by_entry.values())


def overridden_goals(rows: Sequence[GoalRow], overrides: Sequence[Override]) -> tuple[GoalRow, ...]:
    """Verdicts as the person corrected them."""
    to = {o.id: o.to for o in overrides if o.kind == "goal"}
    return tuple(
        GoalRow.model_validate(row.model_dump() | {"verdict": to[row.id]}) if row.id in to else row
        for row in rows
    )


def settled(finding: Finding, overrides: Sequence[Override]) -> bool:
    """Whether a person's correction takes the ground from under a finding."""
    return any(_settles(o, finding) for o in overrides)


def _settles(o: Override, finding: Finding) -> bool:
    if o.kind == "requirement":
        return finding.rule == o.id and o.to in ("in_place", "not_applicable")
    if o.kind == "overlap":
        stands = _RELATION.get(finding.rule)
        return stands is not None and finding.subject == o.id and o.to != stands
    if o.kind == "goal":
        if finding.rule == "goal.none":
            return o.to == "serves"
        return finding.rule == "goal.conflict" and finding.subject == o.id and o.to != "conflicts"
    return False


def raised(
    overrides: Sequence[Override], goals: Sequence[GoalRow], evidence: Evidence, initiative: str
) -> tuple[Finding, ...]:
    """Findings that a person's correction itself raises: a status, relation or verdict for the
    worse. They have no quote; their trail is the person's reason. `goals`: after the overrides."""
    findings = []
    for o in overrides:
        if o.kind == "requirement" and o.to in ("absent", "planned", "unclear"):
            findings += [_gap(initiative, o, r) for r in evidence.requirements if r.id == o.id]
        elif o.kind == "overlap" and o.to in ("duplicate", "extends"):
            findings.append(_same(initiative, o, overlap_kinds(evidence).get(o.id)))
        elif o.kind == "goal" and o.to == "conflicts":
            ask = f"Change what conflicts with {o.id}, or agree an exception with its owner."
            title = f"Conflicts with {o.id}"
            findings.append(_finding(initiative, o, "goal.conflict", o.id, "high", title, ask))
        elif o.kind == "goal" and o.to == "not_addressed" and not _served(goals):
            ask = "Name the goal that this serves and say by how much it moves its measure."
            title = "Serves no goal of the office"
            findings.append(_finding(initiative, o, "goal.none", None, "medium", title, ask))
    return tuple(findings)


def _served(goals: Sequence[GoalRow]) -> bool:
    return any(goal.verdict == "serves" for goal in goals)


def _gap(initiative: str, override: Override, requirement: Requirement) -> Finding:
    title = f"{requirement.title}: {override.to.replace('_', ' ')}"
    severity = requirement.severity
    return _finding(initiative, override, requirement.id, None, severity, title, requirement.text)


def _same(initiative: str, override: Override, kind: OverlapKind | None) -> Finding:
    entry = override.id
    ask = f"Say how this relates to {entry}: join it, extend it, or why neither fits."
    if override.to == "extends":
        title = f"Extends {entry}"
        return _finding(initiative, override, "overlap.extends", entry, "medium", title, ask)
    rule = "overlap.twin" if kind == "pending" else "overlap.duplicate"
    return _finding(initiative, override, rule, entry, "high", f"Does the same as {entry}", ask)


def _finding(
    initiative: str,
    override: Override,
    rule: str,
    subject: str | None,
    severity: Severity,
    title: str,
    ask: str,
) -> Finding:
    dimensions: dict[str, Dimension] = {
        "requirement": "trust",
        "overlap": "overlap",
        "goal": "alignment",
    }
    return Finding(
        id=finding_id(initiative, rule, subject),
        rule=rule,
        dimension=dimensions[override.kind],
        severity=severity,
        title=title,
        claim=f"A person corrected the draft: {override.reason}",
        ask=ask,
        subject=subject,
        searched=(Searched(source=PROPOSAL, quote="", why=override.reason),),
    )
