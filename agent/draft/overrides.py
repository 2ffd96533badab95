"""What a person's corrections change in rows and findings. Pure; allowed values are checked
before (agent/record/decision.py)."""

from collections.abc import Sequence

from agent.draft.identity import finding_id
from agent.draft.sources import PROPOSAL
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
from knowledge.vocabulary import Dimension, Severity


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
    rows: Sequence[OverlapRow], overrides: Sequence[Override]
) -> tuple[OverlapRow, ...]:
    """Relations as the person corrected them; an entry that was no candidate is added."""
    by_entry = {row.entry: row for row in rows}
    for o in overrides:
        if o.kind == "overlap":
            row = by_entry.get(o.id) or OverlapRow(
                entry=o.id, kind="capability", relation="unrelated"
            )
            by_entry[o.id] = OverlapRow.model_validate(row.model_dump() | {"relation": o.to})
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
        about = finding.dimension == "overlap" and finding.subject == o.id
        return about and o.to in ("shares_part", "unrelated")
    if o.kind == "goal":
        return finding.rule == "goal.conflict" and finding.subject == o.id and o.to != "conflicts"
    return False


def raised(
    overrides: Sequence[Override], evidence: Evidence, initiative: str
) -> tuple[Finding, ...]:
    """Findings that a person's correction itself raises: a status, relation or verdict for the
    worse. They have no quote; their trail is the person's reason."""
    requirements = {r.id: r for r in evidence.requirements}
    findings = []
    for o in overrides:
        if o.kind == "requirement" and o.to in ("absent", "planned", "unclear"):
            requirement = requirements[o.id]
            title = f"{requirement.title}: {o.to.replace('_', ' ')}"
            findings.append(
                _finding(initiative, o, o.id, None, requirement.severity, title, requirement.text)
            )
        elif o.kind == "overlap" and o.to in ("duplicate", "extends"):
            title = f"Does the same as {o.id}" if o.to == "duplicate" else f"Extends {o.id}"
            ask = f"Say how this relates to {o.id}: join it, extend it, or why neither fits."
            severity: Severity = "high" if o.to == "duplicate" else "medium"
            findings.append(_finding(initiative, o, f"overlap.{o.to}", o.id, severity, title, ask))
        elif o.kind == "goal" and o.to == "conflicts":
            ask = f"Change what conflicts with {o.id}, or agree an exception with its owner."
            title = f"Conflicts with {o.id}"
            findings.append(_finding(initiative, o, "goal.conflict", o.id, "high", title, ask))
    return tuple(findings)


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
