"""Which texts a draft rests on: what the record must keep to rebuild it. Pure."""

from collections.abc import Iterable

from agent.schema.draft import Finding, GoalRow, OverlapRow, RequirementRow, SourceRef
from agent.schema.evidence import Evidence


def source_refs(
    rows: Iterable[RequirementRow],
    findings: Iterable[Finding],
    overlaps: Iterable[OverlapRow],
    goals: Iterable[GoalRow],
    evidence: Evidence,
) -> dict[str, SourceRef]:
    """Every cited or judged entry and pending proposal, by id: path, content hash, title."""
    rows, goals = list(rows), list(goals)
    cited = {row.id for row in rows} | {goal.id for goal in goals}
    for row in rows:
        cited |= {c.source for c in row.citations} | {s.source for s in row.searched}
    for goal in goals:
        cited |= {c.source for c in goal.citations}
    for finding in findings:
        cited |= {c.source for c in finding.citations} | {s.source for s in finding.searched}
    for overlap in overlaps:
        cited |= {overlap.entry} | {c.source for c in overlap.citations}
    refs = {
        entry.id: SourceRef(path=entry.source.path, sha256=entry.source.sha256, title=entry.title)
        for entry in evidence.entries()
    }
    refs |= {
        twin.initiative: SourceRef(path=twin.path, sha256=twin.sha256, title=twin.title)
        for twin in evidence.pending
    }
    return {key: refs[key] for key in sorted(cited & refs.keys())}
