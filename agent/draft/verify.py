"""Claims against sources: Assessment → Checked. Pure.

Every quote is looked up in the text it is said to come from. What stays, stays with positions;
what cannot be proven goes to `unsupported` and weighs nothing (CONTRACTS §6, Quotes).
"""

from collections.abc import Sequence

from agent.draft.identity import finding_id, subject_key
from agent.draft.sources import PROPOSAL, Sources
from agent.schema.assessment import (
    Assessment,
    Claim,
    GoalReading,
    Look,
    OverlapReading,
    Quote,
    RequirementReading,
)
from agent.schema.checked import Checked, CheckedRequirement
from agent.schema.draft import Finding, GoalRow, OverlapRow, Searched, Unsupported
from agent.schema.evidence import Evidence
from agent.schema.proposal import Citation, Proposal
from knowledge.vocabulary import BUILT_IN_RULES, ReaderName


def verify(assessment: Assessment, proposal: Proposal, evidence: Evidence) -> Checked:
    """Check every claim of one reader against the texts it cites."""
    sources = Sources(proposal, evidence)
    known_requirements = {r.id for r in evidence.requirements}
    goals = {g.id for g in evidence.goals}
    candidates = {c.entry for c in evidence.candidates}
    rules = known_requirements | set(BUILT_IN_RULES)
    findings: list[Finding] = []
    unsupported: list[Unsupported] = []
    refused: set[str] = set()
    for claim in assessment.claims:
        finding = _finding(claim, proposal.initiative, assessment.reader, sources)
        reason = _unsupported(claim, finding, rules)
        if reason:
            unsupported.append(Unsupported(finding=finding, reason=reason))
            continue
        findings.append(finding)
        if claim.refuses_remedy and _proven(finding.citations):
            refused.add(finding.id)
    goal_rows = [
        (g, _goal(g, sources)) for g in sorted(assessment.goals, key=_by_id) if g.id in goals
    ]
    refused |= {row.id for g, row in goal_rows if g.refuses_remedy and row.verdict == "conflicts"}
    return Checked(
        reader=assessment.reader,
        requirements={
            r.id: _requirement(r, sources)
            for r in sorted(assessment.requirements, key=_by_id)
            if r.id in known_requirements
        },
        overlaps=tuple(_overlap(o, sources) for o in assessment.overlaps if o.entry in candidates),
        goals=tuple(row for _, row in goal_rows),
        findings=tuple(findings),
        unsupported=tuple(unsupported),
        refused=frozenset(refused),
        questions=assessment.questions,
        coverage=assessment.coverage,
        summary=assessment.summary,
    )


def _by_id(reading: RequirementReading | GoalReading) -> str:
    return reading.id


def _finding(claim: Claim, initiative: str, reader: ReaderName, sources: Sources) -> Finding:
    return Finding(
        id=finding_id(initiative, claim.rule, claim.subject),
        rule=claim.rule,
        dimension=claim.dimension,
        severity=claim.severity,
        title=claim.title,
        claim=claim.claim,
        ask=claim.ask,
        subject=subject_key(claim.subject),
        citations=_cite(claim.quotes, sources),
        searched=_trail(claim.searched, sources),
        readers=(reader,),
    )


def _unsupported(claim: Claim, finding: Finding, rules: set[str]) -> str:
    """Why a finding may not stand, or an empty string."""
    if claim.rule not in rules:
        return f"names a rule that does not exist: {claim.rule}"
    if any(c.check != "bad" for c in finding.citations):
        return ""
    if finding.citations:
        return "none of its quotes stands in the source it names"
    if finding.searched:
        return ""
    return "gives neither a quote nor the trail of an absence"


def _requirement(reading: RequirementReading, sources: Sources) -> CheckedRequirement:
    citations = _cite(reading.quotes, sources)
    status = reading.status
    # "It is there" and "it is planned" are claims about the proposal's own words.
    if status in ("in_place", "planned") and not _proven(citations):
        status = "unclear"
    return CheckedRequirement(
        id=reading.id,
        status=status,
        citations=citations,
        searched=_trail(reading.searched, sources),
        note=reading.note,
    )


def _overlap(reading: OverlapReading, sources: Sources) -> OverlapRow:
    return OverlapRow(
        entry=reading.entry,
        kind=reading.kind,
        relation=reading.relation,
        probability=reading.probability,
        facets=dict(reading.facets),
        missing=reading.missing,
        disposition=reading.disposition,
        citations=_cite(reading.quotes, sources),
    )


def _goal(reading: GoalReading, sources: Sources) -> GoalRow:
    citations = _cite(reading.quotes, sources)
    verdict = reading.verdict if _proven(citations) else "not_addressed"
    return GoalRow(id=reading.id, verdict=verdict, citations=citations)


def _proven(citations: Sequence[Citation]) -> bool:
    return any(c.source == PROPOSAL and c.check != "bad" for c in citations)


def _cite(quotes: Sequence[Quote], sources: Sources) -> tuple[Citation, ...]:
    citations = [sources.cite(q.source, q.text, q.start) for q in quotes]
    return tuple(dict.fromkeys(citations))


def _trail(looks: Sequence[Look], sources: Sources) -> tuple[Searched, ...]:
    """A step that names words which do not stand in the source is no step."""
    steps = []
    for look in looks:
        if not look.text:
            steps.append(Searched(source=look.source, quote="", why=look.why))
            continue
        cited = sources.cite(look.source, look.text, look.start)
        if cited.check != "bad":
            steps.append(
                Searched(
                    source=look.source,
                    line_start=cited.line_start,
                    line_end=cited.line_end,
                    quote=cited.quote,
                    why=look.why,
                )
            )
    return tuple(steps)
