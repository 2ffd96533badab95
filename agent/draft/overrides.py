"""What a person's corrections change in rows and findings. Pure; allowed values are checked
before (agent/record/decision.py)."""

from collections.abc import Sequence

from agent.draft.identity import finding_id
from agent.draft.particulars import OnRecord, of_record, overlap_kinds
from agent.schema.decision import Override
from agent.schema.draft import (
    Confirmed,
    ConfirmedEvidence,
    EvidenceLevel,
    Finding,
    GoalRow,
    OverlapRow,
    RequirementRow,
)
from agent.schema.evidence import Evidence
from knowledge.entries import Requirement
from knowledge.vocabulary import (
    Dimension,
    Disposition,
    Relation,
    Severity,
    Status,
    gap_severity,
)

_RELATION: dict[str, Relation] = {
    "overlap.duplicate": "duplicate",
    "overlap.twin": "duplicate",
    "overlap.extends": "extends",
}
"""The relation under which each finding of overlap still stands."""
_GAP: dict[str, tuple[Status, str]] = {
    "absent": ("absent", "not in place"),
    "planned": ("planned", "planned, not in place"),
    "unclear": ("unclear", "left open"),
}
"""What is not in place, in words."""
_DISPOSITION: dict[str, Disposition] = {"duplicate": "join", "extends": "extend"}


def overridden_requirement(
    row: RequirementRow, override: Override, confirmed: Confirmed | None
) -> RequirementRow:
    """The row with the person's status. Only who has seen the measure confirms it; that the text
    was misread makes it no more than stated."""
    level: EvidenceLevel | None = None
    if override.to == "in_place":
        level = row.evidence or "stated"
        if override.seen and confirmed is not None:
            level = ConfirmedEvidence(confirmed=confirmed)
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
            kind = kinds.get(o.id, "capability")
            known = of_record(o.id, kind, evidence)
            row = by_entry.get(o.id) or OverlapRow(
                entry=o.id, kind=kind, relation="unrelated", **known._asdict()
            )
            if row.relation != o.to:
                changed = {
                    "relation": o.to,
                    "disposition": _disposition(o.to, known),
                    "reason": f"A person says so: {o.reason}",
                }
                row = OverlapRow.model_validate(row.model_dump() | changed)
            by_entry[o.id] = row
    return tuple(by_entry.values())


def _disposition(relation: str, known: OnRecord) -> Disposition:
    """Nobody is sent to something retired, by whomever it is called the same."""
    return "none" if known.status == "retired" else _DISPOSITION.get(relation, "none")


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
    overrides: Sequence[Override],
    overlaps: Sequence[OverlapRow],
    goals: Sequence[GoalRow],
    evidence: Evidence,
    initiative: str,
) -> tuple[Finding, ...]:
    """Findings that a person's correction itself raises: a status, relation or verdict for the
    worse. The person's reason is the claim. `overlaps`, `goals`: after the overrides."""
    findings = []
    titles = {e.id: e.title for e in evidence.entries()}
    titles |= {p.initiative: p.title for p in evidence.pending}
    for o in overrides:
        title = titles.get(o.id, o.id)
        if o.kind == "requirement" and o.to in _GAP:
            findings += [_gap(initiative, o, r) for r in evidence.requirements if r.id == o.id]
        elif o.kind == "overlap" and o.to in ("duplicate", "extends"):
            row = next(row for row in overlaps if row.entry == o.id)
            findings.append(_same(initiative, o, row, title))
        elif o.kind == "goal" and o.to == "conflicts":
            ask = f"Change what conflicts with {o.id}, or agree an exception with its owner."
            title = f"Conflicts with {o.id} {title}"
            findings.append(_finding(initiative, o, "goal.conflict", o.id, "high", title, ask))
        elif o.kind == "goal" and o.to == "not_addressed" and not _served(goals):
            ask = "Name the goal that this serves and say by how much it moves its measure."
            title = "Serves no goal of the office"
            findings.append(_finding(initiative, o, "goal.none", None, "medium", title, ask))
    return tuple(findings)


def replaced(known: Finding | None, by_person: Finding) -> Finding:
    """A person's finding in the place of a reader's: its quotes stay; the trail goes with the
    reader's words, which it explained."""
    if known is None:
        return by_person
    citations = tuple(dict.fromkeys([*known.citations, *by_person.citations]))
    return by_person.model_copy(update={"citations": citations})


def granted(overrides: Sequence[Override], initiative: str) -> frozenset[str]:
    """Findings whose remedy the text does not refuse, since a person says that it is to come."""
    return frozenset(
        finding_id(initiative, o.id, None)
        for o in overrides
        if o.kind == "requirement" and o.to in ("planned", "unclear")
    )


def _served(goals: Sequence[GoalRow]) -> bool:
    return any(goal.verdict == "serves" for goal in goals)


def _gap(initiative: str, override: Override, requirement: Requirement) -> Finding:
    status, words = _GAP[override.to]
    title = f"{requirement.title.strip().rstrip('.')}: {words}"
    severity = gap_severity(requirement.severity, requirement.enforce, status)
    return _finding(initiative, override, requirement.id, None, severity, title, requirement.text)


def _same(initiative: str, override: Override, row: OverlapRow, title: str) -> Finding:
    ask = f"Say how this relates to {row.entry}: join it, extend it, or why neither fits."
    rule = "overlap.duplicate" if row.kind == "capability" else "overlap.twin"
    severity: Severity = "high"
    words = f"Does the same as {title}"
    if override.to == "extends":
        rule, severity, words = "overlap.extends", "medium", f"Extends {title}"
    found = _finding(initiative, override, rule, row.entry, severity, words, ask)
    return found.model_copy(update={"citations": row.citations})


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
    )
