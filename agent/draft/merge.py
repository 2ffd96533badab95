"""One or two checked readings → one Draft (CONTRACTS §6, Merging the readers). Pure.

Findings are a union, nothing is dropped; statuses follow proof, then caution; a person's overrides
come last and count above both.
"""

from collections.abc import Iterable, Mapping, Sequence

from agent.draft import outcome as table
from agent.draft.relevance import relevant
from agent.draft.summary import summarise
from agent.schema.assessment import Covered
from agent.schema.base import content_id, digest
from agent.schema.checked import Checked, CheckedRequirement
from agent.schema.decision import Override
from agent.schema.draft import (
    Confirmed,
    ConfirmedEvidence,
    Draft,
    EvidenceLevel,
    Finding,
    GoalRow,
    OverlapRow,
    ProposalRef,
    Provenance,
    Question,
    ReaderStatus,
    RequirementRow,
    Unsupported,
)
from agent.schema.evidence import Applicable, Evidence
from agent.schema.office import OutcomeSettings
from agent.schema.proposal import Citation, Proposal
from knowledge.entries import Requirement
from knowledge.vocabulary import (
    DIMENSIONS,
    SEVERITIES,
    STRICTER_STATUS,
    Dimension,
    Outcome,
    ReaderName,
    Status,
)


def merge(
    readings: Sequence[Checked],
    proposal: Proposal,
    evidence: Evidence,
    *,
    version: int,
    draft_id: str,
    provenance: Provenance,
    settings: OutcomeSettings,
    overrides: Sequence[Override] = (),
    by: str = "",
    on: str = "",
) -> Draft:
    """The draft of this version. `readings` holds the rules' reading first, and at most one more.

    `overrides` are a person's corrections; `by` and `on` (ISO date) sign the evidence that an
    override confirms.
    """
    confirmed = Confirmed(by=by, date=on) if by else None
    rows = requirement_rows(readings, proposal, evidence, overrides, confirmed)
    findings = _findings(readings, rows, overrides)
    overlaps = _overlaps(readings, overrides)
    goals = _goals(readings, overrides)
    refused = frozenset().union(*(r.refused for r in readings))
    standing = table.Standing(
        requirements=rows,
        findings=findings,
        overlaps=overlaps,
        goals=goals,
        refused=refused,
        capability_status={c.id: c.status or "" for c in evidence.capabilities},
        settings=settings,
    )
    decided, because = table.compute(standing)
    draft = Draft(
        id=draft_id,
        initiative=proposal.initiative,
        version=version,
        proposal=ProposalRef(path=proposal.path, sha256=proposal.sha256, title=proposal.title),
        outcome=decided,
        outcome_because=because,
        outcome_by_reader=_by_reader(readings, proposal, evidence, settings),
        summary=summarise(decided, rows, findings, overlaps, goals),
        findings=findings,
        unsupported=_unsupported(readings),
        requirements=rows,
        overlaps=overlaps,
        goals=goals,
        questions=_questions(readings),
        facts=evidence.facts,
        coverage=_coverage(readings),
        provenance=provenance,
    )
    return draft.model_copy(update={"digest": digest(draft)})


def requirement_rows(
    readings: Sequence[Checked],
    proposal: Proposal,
    evidence: Evidence,
    overrides: Sequence[Override] = (),
    confirmed: Confirmed | None = None,
) -> tuple[RequirementRow, ...]:
    """A row for every requirement of the workspace, ordered by id."""
    settled = {o.id: o for o in overrides if o.kind == "requirement"}
    rows = []
    for requirement in sorted(evidence.requirements, key=lambda r: r.id):
        applicable = evidence.applicable[requirement.id]
        row = _row(requirement, applicable, readings, proposal)
        override = settled.get(requirement.id)
        if override is not None:
            row = _overridden(row, override, confirmed)
        rows.append(row)
    return tuple(rows)


def _row(
    requirement: Requirement,
    applicable: Applicable,
    readings: Sequence[Checked],
    proposal: Proposal,
) -> RequirementRow:
    read = {r.reader: r.requirements[requirement.id] for r in readings if _has(r, requirement.id)}
    status = _status(requirement, applicable, read)
    decisive = _decisive(status, read)
    return RequirementRow(
        id=requirement.id,
        applies=applicable.applies,
        applies_because=applicable.because,
        status=status,
        severity=requirement.severity,
        evidence=_evidence_level(status, requirement.id, proposal),
        citations=decisive.citations if decisive else (),
        searched=decisive.searched if decisive else (),
        readers={
            name: ReaderStatus(status=reading.status, citations=reading.citations)
            for name, reading in read.items()
        },
    )


def _has(reading: Checked, requirement: str) -> bool:
    return requirement in reading.requirements


def _status(
    requirement: Requirement,
    applicable: Applicable,
    read: Mapping[ReaderName, CheckedRequirement],
) -> Status:
    if applicable.applies == "no":
        return "not_applicable"
    if applicable.applies == "unknown" or not read:
        return "unclear"
    rules, model = read.get("rules"), read.get("llm")
    if rules is None or model is None:
        only = rules or model
        assert only is not None
        return _claimed(only)
    if not any(_good(c) for c in model.citations):
        return min(_claimed(rules), _claimed(model), key=STRICTER_STATUS.index)
    status = _claimed(model)
    if status == "in_place" and rules.status == "absent":
        weighty = requirement.severity in ("blocker", "high")
        if weighty and not any(relevant(c.quote, requirement) for c in model.citations if _good(c)):
            return "unclear"
    return status


def _claimed(reading: CheckedRequirement) -> Status:
    """Only the rules of applicability may say that a requirement does not apply."""
    return "unclear" if reading.status == "not_applicable" else reading.status


def _good(citation: Citation) -> bool:
    return citation.source == "proposal" and citation.check != "bad"


def _decisive(
    status: Status, read: Mapping[ReaderName, CheckedRequirement]
) -> CheckedRequirement | None:
    """The reading whose quotes stand behind the merged status."""
    agreeing = [r for name in ("llm", "rules") if (r := read.get(name)) and r.status == status]
    if agreeing:
        return agreeing[0]
    return read.get("rules") or read.get("llm")


def _evidence_level(status: Status, requirement: str, proposal: Proposal) -> EvidenceLevel | None:
    if status != "in_place":
        return None
    return "linked" if requirement in proposal.declared.evidence else "stated"


def _overridden(
    row: RequirementRow, override: Override, confirmed: Confirmed | None
) -> RequirementRow:
    status: Status = override.to  # type: ignore[assignment]  # checked by the decision's rules
    level: EvidenceLevel | None = None
    if status == "in_place":
        level = ConfirmedEvidence(confirmed=confirmed) if confirmed else "stated"
    update = {"status": status, "evidence": level}
    if status != "not_applicable" and row.applies != "yes":
        update |= {"applies": "yes", "applies_because": "a person says that it applies"}
    if status == "not_applicable":
        update |= {"applies": "no", "applies_because": f"a person says so: {override.reason}"}
    return row.model_copy(update=update)


def _findings(
    readings: Sequence[Checked], rows: Sequence[RequirementRow], overrides: Sequence[Override]
) -> tuple[Finding, ...]:
    """Union by identity; worst first. A person's override settles the finding it is about."""
    by_id: dict[str, Finding] = {}
    for reading in readings:
        for finding in reading.findings:
            known = by_id.get(finding.id)
            by_id[finding.id] = _join(known, finding) if known else finding
    settled = {o.id for o in overrides if o.kind == "requirement"} & {
        r.id for r in rows if r.status in ("in_place", "not_applicable")
    }
    settled |= {
        o.id
        for o in overrides
        if (o.kind == "overlap" and o.to in ("shares_part", "unrelated"))
        or (o.kind == "goal" and o.to != "conflicts")
    }
    stand = [f for f in by_id.values() if f.rule not in settled and f.subject not in settled]
    return tuple(sorted(stand, key=_weight))


def _weight(finding: Finding) -> tuple[int, int, str, str]:
    return (
        SEVERITIES.index(finding.severity),
        DIMENSIONS.index(finding.dimension),
        finding.rule,
        finding.subject or "",
    )


def _join(first: Finding, second: Finding) -> Finding:
    """Both readers found it: one finding, both readers' proof, the graver severity."""
    return first.model_copy(
        update={
            "severity": min(first.severity, second.severity, key=SEVERITIES.index),
            "citations": _unique([*first.citations, *second.citations]),
            "searched": tuple(dict.fromkeys([*first.searched, *second.searched])),
            "readers": tuple(dict.fromkeys([*first.readers, *second.readers])),
        }
    )


def _unique(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citations))


def _unsupported(readings: Sequence[Checked]) -> tuple[Unsupported, ...]:
    return tuple(u for reading in readings for u in reading.unsupported)


def _overlaps(readings: Sequence[Checked], overrides: Sequence[Override]) -> tuple[OverlapRow, ...]:
    """The last reading that cites both sides counts, else the first (the rules')."""
    rows: dict[str, OverlapRow] = {}
    for reading in readings:
        for row in reading.overlaps:
            if row.entry not in rows or _cites_both(row):
                rows[row.entry] = row
    for override in overrides:
        if override.kind == "overlap" and override.id in rows:
            row = rows[override.id].model_copy(update={"relation": override.to})
            rows[override.id] = OverlapRow.model_validate(row.model_dump())
    return tuple(rows.values())


def _cites_both(row: OverlapRow) -> bool:
    good = {c.source for c in row.citations if c.check != "bad"}
    return {"proposal", row.entry} <= good


def _goals(readings: Sequence[Checked], overrides: Sequence[Override]) -> tuple[GoalRow, ...]:
    """A verdict with proof counts above one without; of two proven ones, a conflict."""
    rows: dict[str, GoalRow] = {}
    rank = {"conflicts": 0, "serves": 1, "not_addressed": 2}
    for reading in readings:
        for row in reading.goals:
            known = rows.get(row.id)
            if known is None or rank[row.verdict] < rank[known.verdict]:
                rows[row.id] = row
    for override in overrides:
        if override.kind == "goal" and override.id in rows:
            row = rows[override.id].model_copy(update={"verdict": override.to})
            rows[override.id] = GoalRow.model_validate(row.model_dump())
    return tuple(rows[key] for key in sorted(rows))


def _questions(readings: Sequence[Checked]) -> tuple[Question, ...]:
    questions: dict[str, Question] = {}
    for ask in (q for reading in readings for q in reading.questions):
        key = content_id("question", ask.about)
        known = questions.get(key)
        changes = tuple(dict.fromkeys([*(known.changes if known else ()), *ask.changes]))
        text = known.text if known else ask.text
        questions[key] = Question(id=key, text=text, about=ask.about, changes=changes)
    return tuple(questions.values())


def _coverage(readings: Sequence[Checked]) -> dict[Dimension, Covered]:
    """Worst reader first would hide work that was done: the better coverage of the two counts."""
    order = ("checked", "partly", "not_checked")
    merged: dict[Dimension, Covered] = {}
    for dimension in DIMENSIONS:
        rows = [r.coverage[dimension] for r in readings if dimension in r.coverage]
        merged[dimension] = min(
            rows,
            key=lambda c: order.index(c.state),
            default=Covered(state="not_checked", note="no reader looked at it"),
        )
    return merged


def _by_reader(
    readings: Sequence[Checked],
    proposal: Proposal,
    evidence: Evidence,
    settings: OutcomeSettings,
) -> dict[ReaderName, Outcome | None]:
    """What each reader alone would have led to; None for a reader that did not read."""
    outcomes: dict[ReaderName, Outcome | None] = {"rules": None, "llm": None}
    for reading in readings:
        standing = table.Standing(
            requirements=requirement_rows([reading], proposal, evidence),
            findings=reading.findings,
            overlaps=reading.overlaps,
            goals=reading.goals,
            refused=reading.refused,
            capability_status={c.id: c.status or "" for c in evidence.capabilities},
            settings=settings,
        )
        outcomes[reading.reader] = table.compute(standing)[0]
    return outcomes
