"""The checklist: one row a requirement, from one or two readings and a person's overrides. Pure.

Who wins is CONTRACTS §6: the model where it quotes the proposal, else the stricter; what the rules
found missing of a blocker or high gives way only to a quote that speaks to the point.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from agent.draft.overrides import overridden_requirement
from agent.draft.relevance import relevant, speaks_to
from agent.schema.checked import Checked, CheckedRequirement
from agent.schema.decision import Override
from agent.schema.draft import Confirmed, EvidenceLevel, ReaderStatus, RequirementRow
from agent.schema.evidence import Applicable, Evidence
from agent.schema.proposal import Citation, Proposal
from knowledge.entries import Requirement
from knowledge.vocabulary import STRICTER_STATUS, ReaderName, Status


def requirement_rows(
    readings: Sequence[Checked],
    proposal: Proposal,
    evidence: Evidence,
    overrides: Sequence[Override] = (),
    confirmed: Mapping[str, Confirmed] = MappingProxyType({}),
) -> tuple[RequirementRow, ...]:
    """A row for every requirement of the workspace, ordered by id. `confirmed`: who signs what an
    override of a requirement confirms, and when."""
    settled = {o.id: o for o in overrides if o.kind == "requirement"}
    rows = []
    for requirement in sorted(evidence.requirements, key=lambda r: r.id):
        applicable = evidence.applicable[requirement.id]
        row = _row(requirement, applicable, readings, proposal)
        override = settled.get(requirement.id)
        if override is not None:
            row = overridden_requirement(row, override, confirmed.get(requirement.id))
        rows.append(row)
    return tuple(rows)


def _row(
    requirement: Requirement,
    applicable: Applicable,
    readings: Sequence[Checked],
    proposal: Proposal,
) -> RequirementRow:
    read = {r.reader: r.requirements[requirement.id] for r in readings if _has(r, requirement.id)}
    status = _status(requirement, applicable, read, proposal)
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
    proposal: Proposal,
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
    good = [c for c in model.citations if _good(c)]
    if not good:
        return min(_claimed(rules), _claimed(model), key=STRICTER_STATUS.index)
    status, by_rules = _claimed(model), _claimed(rules)
    weighty = requirement.severity in ("blocker", "high")
    if weighty and _milder(status, by_rules) and not _carried(status, good, requirement, proposal):
        return "unclear" if by_rules == "absent" else by_rules
    return status


def _milder(status: Status, than: Status) -> bool:
    return STRICTER_STATUS.index(status) > STRICTER_STATUS.index(than)


def _carried(
    status: Status, quotes: Sequence[Citation], requirement: Requirement, proposal: Proposal
) -> bool:
    """Whether a quote speaks to the point; for `in_place` it must also say that it is so."""
    if status == "in_place":
        return any(relevant(c, requirement, proposal) for c in quotes)
    return status == "unclear" or any(speaks_to(c.quote, requirement) for c in quotes)


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
