"""One or two checked readings → one Draft (CONTRACTS §6, Merging the readers). Pure.

Findings are a union, nothing is dropped; statuses follow proof, then caution; a person's overrides
come last and count above both.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from agent.draft import outcome as table
from agent.draft.checklist import requirement_rows
from agent.draft.overrides import (
    granted,
    overridden_goals,
    overridden_overlaps,
    raised,
    replaced,
    settled,
)
from agent.draft.precedents import contradictions, with_contradictions
from agent.draft.provenance import source_refs
from agent.draft.splits import split_questions
from agent.draft.summary import summarise
from agent.draft.twins import as_one
from agent.schema.assessment import Covered
from agent.schema.base import content_id, digest
from agent.schema.checked import Checked
from agent.schema.decision import Override
from agent.schema.draft import (
    Confirmed,
    Draft,
    Facet,
    Finding,
    GoalRow,
    OverlapRow,
    ProposalRef,
    Provenance,
    Question,
    Unsupported,
)
from agent.schema.evidence import Evidence
from agent.schema.office import OutcomeSettings
from agent.schema.proposal import Proposal
from knowledge.vocabulary import DIMENSIONS, SEVERITIES, Dimension, Outcome, ReaderName


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
    accepted: Sequence[Finding] = (),
    by: str = "",
    on: str = "",
    signed: Mapping[str, Confirmed] = MappingProxyType({}),
    alone: bool = False,
) -> Draft:
    """The draft of this version. `readings` holds the rules' reading first, and at most one more.

    `overrides` are a person's corrections; `by` and `on` (ISO date) sign the evidence that an
    override confirms, unless `signed` (requirement → who and when) knows better. `accepted`:
    unproven findings that a person vouches for; they count. `alone`: the first reading only fills
    the second's gaps and has no voice of its own.
    """
    voices = readings[1:] if alone else readings
    now = {o.id: Confirmed(by=by, date=on) for o in overrides if by}
    rows = requirement_rows(readings, proposal, evidence, overrides, now | dict(signed))
    overlaps = overridden_overlaps(_overlaps(readings), overrides, evidence)
    goals = overridden_goals(_goals(readings), overrides)
    by_person = raised(overrides, overlaps, goals, evidence, proposal.initiative)
    proven = _findings(readings, overrides, by_person, accepted)
    findings = _ordered(as_one(proven, overlaps, evidence, proposal.initiative))
    refused = frozenset().union(*(r.refused for r in readings))
    refused -= granted(overrides, proposal.initiative)
    standing = table.Standing(
        requirements=rows,
        findings=findings,
        overlaps=overlaps,
        goals=goals,
        refused=refused,
        capability_status={c.id: c.status or "" for c in evidence.capabilities},
        settings=settings,
        titles=_titles(evidence),
    )
    decided, because = table.compute(standing)
    against = contradictions(decided, rows, findings, overlaps, evidence, proposal)
    against = tuple(f for f in against if not settled(f, overrides))
    findings, overlaps = _ordered([*findings, *against]), with_contradictions(overlaps, against)
    unread = not proposal.readable and all(r.reader == "rules" for r in readings)
    sources = source_refs(rows, findings, overlaps, goals, evidence)
    draft = Draft(
        id=draft_id,
        initiative=proposal.initiative,
        version=version,
        proposal=ProposalRef(path=proposal.path, sha256=proposal.sha256, title=proposal.title),
        outcome=decided,
        outcome_because=because,
        outcome_by_reader=_by_reader(voices, proposal, evidence, settings),
        summary=summarise(decided, rows, findings, overlaps, goals, unread=unread),
        findings=findings,
        unsupported=_unsupported(readings, proven),
        requirements=rows,
        overlaps=overlaps,
        goals=goals,
        questions=_questions(readings, split_questions(voices, standing)),
        facts=evidence.facts,
        coverage=_coverage(readings, evidence),
        provenance=provenance.model_copy(update={"sources": sources}),
    )
    return draft.model_copy(update={"digest": digest(draft)})


def _titles(evidence: Evidence) -> dict[str, str]:
    """What the reasons of an outcome call requirements, goals, capabilities and initiatives."""
    named = (*evidence.requirements, *evidence.goals, *evidence.capabilities)
    titles = {entry.id: entry.title for entry in named}
    return titles | {p.initiative: p.title for p in evidence.pending}


def _findings(
    readings: Sequence[Checked],
    overrides: Sequence[Override],
    by_person: Sequence[Finding],
    accepted: Sequence[Finding],
) -> tuple[Finding, ...]:
    """Union by identity; worst first. A person's override settles or replaces the finding that it
    is about; what is only vouched for adds to what is proven."""
    by_id: dict[str, Finding] = {}
    for reading in readings:
        for finding in reading.findings:
            known = by_id.get(finding.id)
            by_id[finding.id] = _join(known, finding) if known else finding
    for finding in by_person:
        by_id[finding.id] = replaced(by_id.get(finding.id), finding)
    for finding in accepted:
        by_id.setdefault(finding.id, finding)
    stand = [f for f in by_id.values() if not settled(f, overrides)]
    return _ordered(stand)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=_weight))


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
            "citations": tuple(dict.fromkeys([*first.citations, *second.citations])),
            "searched": tuple(dict.fromkeys([*first.searched, *second.searched])),
            "readers": tuple(dict.fromkeys([*first.readers, *second.readers])),
        }
    )


def _unsupported(
    readings: Sequence[Checked], findings: Sequence[Finding]
) -> tuple[Unsupported, ...]:
    """Once each; what another claim proved stands among the findings and not here."""
    proven = {f.id for f in findings}
    aside: dict[str, Unsupported] = {}
    for row in (u for reading in readings for u in reading.unsupported):
        if row.finding.id not in proven:
            aside.setdefault(row.finding.id, row)
    return tuple(aside.values())


def _overlaps(readings: Sequence[Checked]) -> tuple[OverlapRow, ...]:
    """The first reading's (the rules'). A further one counts where it cites both sides, and not
    where it makes less of what the rules call the same; the chance stays the fitted one. What it
    judges facet by facet counts with good words of both sides."""
    rows: dict[str, OverlapRow] = {}
    for number, reading in enumerate(readings):
        for row in reading.overlaps:
            known = rows.get(row.entry)
            if known is None and (number == 0 or _cites_both(row)):
                rows[row.entry] = row if number == 0 else _without_chance(row, None)
            elif known is not None and known.relation != "duplicate" and _cites_both(row):
                rows[row.entry] = _refined(_without_chance(row, known.probability), known, row)
            elif known is not None:
                rows[row.entry] = _refined(known, known, row)
    return tuple(rows.values())


def _refined(kept: OverlapRow, known: OverlapRow, row: OverlapRow) -> OverlapRow:
    """The row with the facets of `known`, and those of `row` that it proves."""
    proven = {name: facet for name, facet in row.facets.items() if _proves(facet)}
    facets = {name: proven.get(name, facet) for name, facet in known.facets.items()}
    against = known.contradicts or row.contradicts
    return kept.model_copy(update={"facets": facets | proven, "contradicts": against})


def _proves(facet: Facet) -> bool:
    """Known, and with good words of both sides."""
    sides = (facet.own, facet.theirs)
    return facet.value != "unknown" and all(c is not None and c.check != "bad" for c in sides)


def _without_chance(row: OverlapRow, fitted: float | None) -> OverlapRow:
    """A chance that a reader states of itself is no estimate."""
    return row.model_copy(update={"probability": fitted})


def _cites_both(row: OverlapRow) -> bool:
    good = {c.source for c in row.citations if c.check != "bad"}
    return {"proposal", row.entry} <= good


def _goals(readings: Sequence[Checked]) -> tuple[GoalRow, ...]:
    """A verdict with proof counts above one without; of two proven ones, a conflict."""
    rows: dict[str, GoalRow] = {}
    rank = {"conflicts": 0, "serves": 1, "not_addressed": 2}
    for reading in readings:
        for row in reading.goals:
            known = rows.get(row.id)
            if known is None or rank[row.verdict] < rank[known.verdict]:
                rows[row.id] = row
    return tuple(rows[key] for key in sorted(rows))


def _questions(readings: Sequence[Checked], splits: Sequence[Question]) -> tuple[Question, ...]:
    """The readers' questions and the readers' splits, one for each thing asked about."""
    asked = [
        Question(id=content_id("question", q.about), text=q.text, about=q.about, changes=q.changes)
        for reading in readings
        for q in reading.questions
    ]
    questions: dict[str, Question] = {}
    for question in (*asked, *splits):
        known = questions.get(question.id, question)
        changes = tuple(dict.fromkeys([*known.changes, *question.changes]))
        questions[question.id] = known.model_copy(update={"changes": changes})
    return tuple(questions.values())


def _coverage(readings: Sequence[Checked], evidence: Evidence) -> dict[Dimension, Covered]:
    """The better coverage of the two counts, since one hiding the other's work would be untrue; but
    no reader can have compared with what was never searched, and what a model did not do is said
    beside what the rules did."""
    order = ("checked", "partly", "not_checked")
    merged: dict[Dimension, Covered] = {}
    for dimension in DIMENSIONS:
        rows = [r.coverage[dimension] for r in readings if dimension in r.coverage]
        if dimension == "overlap" and not evidence.searched:
            rows = [row for row in rows if row.state == "not_checked"]
        best = min(
            rows,
            key=lambda c: order.index(c.state),
            default=Covered(state="not_checked", note="no reader looked at it"),
        )
        merged[dimension] = _with_gaps(best, dimension, readings)
    return merged


def _with_gaps(best: Covered, dimension: Dimension, readings: Sequence[Checked]) -> Covered:
    """The state that counts, with what the model says that it did not do."""
    rows = [r.coverage.get(dimension) for r in readings if r.reader == "llm"]
    gaps = [row.note for row in rows if row and row.state == "not_checked" and row.note]
    notes = dict.fromkeys(note for note in (best.note, *gaps) if note)
    return best.model_copy(update={"note": "; ".join(notes)})


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
