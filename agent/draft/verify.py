"""Claims against sources: Assessment → Checked. Pure.

Every quote is looked up in the text it is said to come from. What stays, stays with positions;
what cannot be proven goes to `unsupported` and weighs nothing (CONTRACTS §6, Quotes).
"""

from collections.abc import Collection, Sequence

from agent.draft.identity import finding_id, subject_key
from agent.draft.particulars import of_record, overlap_kinds
from agent.intake.sources import PROPOSAL, Sources
from agent.schema.assessment import (
    Assessment,
    Claim,
    FacetReading,
    GoalReading,
    Look,
    OverlapReading,
    Quote,
    RequirementReading,
)
from agent.schema.checked import Checked, CheckedRequirement
from agent.schema.draft import Facet, Finding, GoalRow, OverlapRow, Searched, Unsupported
from agent.schema.evidence import Evidence
from agent.schema.proposal import Citation, Proposal
from knowledge.vocabulary import BUILT_IN_RULES, OverlapKind, ReaderName


def verify(assessment: Assessment, proposal: Proposal, evidence: Evidence) -> Checked:
    """Check every claim of one reader against the texts it cites."""
    evidence = evidence.with_consulted(assessment.consulted)
    sources = Sources(proposal, evidence)
    known_requirements = {r.id for r in evidence.requirements}
    goals = {g.id for g in evidence.goals}
    kinds = overlap_kinds(evidence)
    findings: list[Finding] = []
    unsupported: list[Unsupported] = []
    refused: set[str] = set()
    for claim in assessment.claims:
        claim = _named(claim, sources, known_requirements)
        finding = _finding(claim, proposal.initiative, assessment.reader, sources)
        reason = _unsupported(claim, finding, evidence)
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
        overlaps=tuple(
            _overlap(o, kinds[o.entry], sources, evidence)
            for o in assessment.overlaps
            if o.entry in kinds
        ),
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
        subject=claim.subject,
        citations=_cite(claim.quotes, sources),
        searched=_trail(claim.searched, sources),
        readers=(reader,),
    )


def _named(claim: Claim, sources: Sources, requirements: Collection[str]) -> Claim:
    """Subjects as they are registered, so that the same finding has the same id from every reader:
    a requirement's finding has none, an entry is written like its id."""
    subject = subject_key(claim.subject)
    if claim.rule in requirements:
        subject = None
    elif subject is not None and subject not in sources:
        folded = subject.casefold()
        subject = next((key for key in sources if key.casefold() == folded), subject)
    return claim.model_copy(update={"subject": subject})


def _unsupported(claim: Claim, finding: Finding, evidence: Evidence) -> str:
    """Why a finding may not stand, or an empty string."""
    applicable = evidence.applicable.get(claim.rule)
    known = any(r.id == claim.rule for r in evidence.requirements)
    if not known and claim.rule not in BUILT_IN_RULES:
        return f"names a rule that does not exist: {claim.rule}"
    if known and applicable is not None and applicable.applies == "no":
        return f"{claim.rule} does not apply: {applicable.because}"
    if any(c.check != "bad" for c in finding.citations):
        return ""
    if any(step.quote for step in finding.searched):
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


def _overlap(
    reading: OverlapReading, kind: OverlapKind, sources: Sources, evidence: Evidence
) -> OverlapRow:
    """Its kind, owner, status and last review are matters of record; "the same" and "extends" need
    words of the proposal."""
    citations = _cite(reading.quotes, sources)
    relation, disposition, reason = reading.relation, reading.disposition, reading.reason
    if relation in ("duplicate", "extends") and not _proven(citations):
        relation, disposition = "shares_part", "none"
        reason = f"It was called {reading.relation}, but no quote of the proposal proves that."
    return OverlapRow(
        entry=reading.entry,
        kind=kind,
        relation=relation,
        probability=reading.probability,
        facets={name: _facet(facet, sources) for name, facet in reading.facets.items()},
        missing=reading.missing,
        disposition=disposition,
        reason=reason,
        **of_record(reading.entry, kind, evidence)._asdict(),
        contradicts=reading.contradicts,
        citations=citations,
    )


def _facet(reading: FacetReading, sources: Sources) -> Facet:
    """A likeness rests on the words of both sides: where one that is named does not stand there,
    nothing is known of it."""
    own, theirs = (
        sources.cite(q.source, q.text, q.start) if q is not None else None
        for q in (reading.own, reading.theirs)
    )
    bad = any(c is not None and c.check == "bad" for c in (own, theirs))
    return Facet(value="unknown" if bad else reading.value, own=own, theirs=theirs)


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
    """A step that names words which do not stand in the source is no step; nor is one in a source
    that there is not."""
    steps = []
    for look in looks:
        if look.source not in sources:
            continue
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
