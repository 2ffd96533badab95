"""Review past initiatives as if they came in today, and compare with what people decided.

A case is never compared with itself, with its own record under another name, or with anything later
than itself. A case that fails is
counted as failed (an edge of the error rule) and stands in no denominator; so is one that a model
read only in part.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.intake.proposal import parse, read_source
from agent.others import pending_of, precedent_of
from agent.review import Review
from agent.schema.base import content_id, digest
from agent.schema.draft import Draft
from agent.schema.evidence import Pending
from agent.schema.proposal import Proposal
from agent.schema.reading import Spent
from evals.cases import Case, Dataset
from evals.metrics import Tally, compare, metrics
from knowledge.entries import Precedent
from knowledge.errors import ConcordError

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Outcome:
    """One case: its draft and comparison, or why it failed."""

    case: Case
    draft: Draft | None = None
    tally: Tally | None = None
    error: str = ""
    spent: Spent = field(default_factory=Spent)
    """What a model cost for it."""


async def run(dataset: Dataset, review: Review, progress: Progress | None = None) -> list[Outcome]:
    """Every case in the order of its name."""
    parsed: dict[str, Proposal | ConcordError] = {}
    for case in dataset.cases:
        try:
            raw = read_source(case.path)
            parsed[case.name] = parse(raw, f"cases/{case.path.name}", case.name, review.facts)
        except ConcordError as error:
            parsed[case.name] = error
    outcomes = []
    for done, case in enumerate(dataset.cases):
        if progress is not None:
            progress(done, len(dataset.cases), case.name)
        outcomes.append(await _one(case, dataset.cases, parsed, review))
    if progress is not None:
        progress(len(dataset.cases), len(dataset.cases), "")
    return outcomes


async def _one(
    case: Case,
    cases: Sequence[Case],
    parsed: dict[str, Proposal | ConcordError],
    review: Review,
) -> Outcome:
    proposal = parsed[case.name]
    if isinstance(proposal, ConcordError):
        return Outcome(case, error=str(proposal))
    try:
        pending, precedents = _others(case, cases, parsed, review)
        decided = case.gold.decided
        evidence = review.gather(proposal, pending=pending, precedents=precedents, today=decided)
        made = await review.make(proposal, evidence, version=1)
    except ConcordError as error:
        return Outcome(case, error=str(error))
    if made.reading is None:
        return Outcome(case, made.draft, compare(made.draft, case.gold))
    spent = made.reading.usage
    if made.reading.failed:  # the rules stand in for it, and theirs are not its figures
        unread = ", ".join(made.reading.failed)
        return Outcome(case, error=f"the model did not read this case: {unread}", spent=spent)
    return Outcome(case, made.draft, compare(made.draft, case.gold), spent=spent)


def _others(
    case: Case,
    cases: Sequence[Case],
    parsed: dict[str, Proposal | ConcordError],
    review: Review,
) -> tuple[list[Pending], list[Precedent]]:
    """Undated cases see each other as pending; a dated one is a precedent for what came later.

    What was decided on the same day is no later knowledge, but was none when the case was decided,
    and is left out too. So is a copy of the case (the same text under whatever name or date), whose
    outcome would be the answer, unless the labels name it as its overlap.
    """
    own = parsed[case.name]
    pending: list[Pending] = []
    precedents: list[Precedent] = []
    for other in cases:
        proposal = parsed[other.name]
        if other.name == case.name or isinstance(proposal, ConcordError):
            continue
        if isinstance(own, Proposal) and is_copy(own, proposal) and not _named(case, other.name):
            continue
        if not other.gold.decided:
            if not case.gold.decided:
                pending.append(pending_of(proposal, review.facts))
        elif not case.gold.decided or other.gold.decided < case.gold.decided:
            decided, outcome = other.gold.decided, other.gold.outcome or ""
            precedents.append(precedent_of(proposal, review.facts, outcome, decided))
    return pending, precedents


def is_copy(one: Proposal, other: Proposal) -> bool:
    """The same text below the front matter, however it is spaced."""
    return _body(one) == _body(other)


def _body(proposal: Proposal) -> list[str]:
    return proposal.source.text[proposal.body :].casefold().split()


def _named(case: Case, other: str) -> bool:
    return other in case.gold.overlaps


def as_json(outcomes: Sequence[Outcome], reader: str) -> dict[str, Any]:
    """The JSON of `concord eval run` (CONTRACTS §8)."""
    drafts = [o.draft.digest if o.draft is not None else o.error for o in outcomes]
    labels = [
        digest(o.case.gold.model_dump() | {"debatable": sorted(o.case.gold.debatable)})
        for o in outcomes
    ]
    return {
        "run": content_id(reader, *drafts, *labels),
        "reader": reader,
        "cases": len(outcomes),
        "failed": sum(bool(o.error) for o in outcomes),
        "metrics": metrics([o.tally for o in outcomes if o.tally is not None]),
        "per_case": [_case_json(o) for o in outcomes],
    }


def _case_json(outcome: Outcome) -> dict[str, Any]:
    row: dict[str, Any] = {"case": outcome.case.name}
    if outcome.tally is None:
        return row | {"failed": outcome.error}
    tally = outcome.tally
    named = ("entry", "gold", "draft")
    return row | {
        "outcome": dict(zip(("gold", "draft"), tally.outcome, strict=True))
        if tally.outcome
        else None,
        "requirements_wrong": [
            {"id": i, "gold": g, "draft": d} for i, g, d in tally.requirements if g != d
        ],
        "requirements": len(tally.requirements),
        "findings": {
            name: [{"dimension": d, "subject": s or None} for d, s in getattr(tally, name)]
            for name in ("matched", "missed", "extra")
        },
        "overlaps": [dict(zip(named, o, strict=True)) for o in tally.overlaps],
        "goals_wrong": [
            dict(zip(("id", "gold", "draft"), g, strict=True)) for g in tally.goals if g[1] != g[2]
        ],
    }
