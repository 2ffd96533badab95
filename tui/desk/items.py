"""What can be looked at on a sheet, as lists of items: findings, checklist, facts, related. Pure.

An item knows its kind, its id and its proofs (quotes and steps of a trail); how it is drawn stands
in panes/.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.deciding import Opened
from agent.schema.assessment import Covered
from agent.schema.decision import SheetFinding
from agent.schema.draft import GoalRow, OverlapRow, Question, RequirementRow, Searched, Unsupported
from agent.schema.proposal import Citation, Fact
from knowledge.vocabulary import FACTS, SEVERITIES

Kind = Literal[
    "finding",
    "folded",
    "unsupported",
    "requirement",
    "coverage",
    "fact",
    "question",
    "overlap",
    "goal",
]
Proof = Citation | Searched
Value = (
    SheetFinding
    | Unsupported
    | RequirementRow
    | Covered
    | Fact
    | Question
    | OverlapRow
    | GoalRow
    | tuple[Unsupported, ...]
)
ANSWERED: Final = ("accepted", "dismissed")
_URGENCY: Final = ("absent", "unclear", "planned", "in_place", "not_applicable")


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list, and what stands behind it."""

    kind: Kind
    id: str
    value: Value
    proofs: tuple[Proof, ...] = ()
    number: int = 0
    """Of a finding: its place among all, from 1."""


def is_open(row: SheetFinding) -> bool:
    """Waits for a person's word."""
    return row.state == "open"


def finding_items(opened: Opened, *, hide: bool = False, unfold: bool = False) -> list[Item]:
    """Findings, then the claims that were set aside: folded into one row, or each on its own."""
    items = [
        Item("finding", s.finding.id, s, (*s.finding.citations, *s.finding.searched), number)
        for number, s in enumerate(opened.sheet.findings, start=1)
        if not (hide and s.state in ANSWERED)
    ]
    accepted = set(opened.sheet.steps.accepted)
    aside = tuple(u for u in opened.sheet.draft.unsupported if u.finding.id not in accepted)
    if aside:
        items.append(Item("folded", "aside", aside))
    if unfold:
        items += [Item("unsupported", u.finding.id, u, u.finding.citations) for u in aside]
    return items


def checklist_items(opened: Opened) -> list[Item]:
    """Every requirement, what is missing first; then what was checked at all."""
    draft = opened.sheet.effective
    rows = sorted(
        draft.requirements,
        key=lambda r: (
            r.applies == "no",
            _URGENCY.index(r.status),
            SEVERITIES.index(r.severity),
            r.id,
        ),
    )
    items = [Item("requirement", r.id, r, _proofs(r)) for r in rows]
    return items + [Item("coverage", name, c) for name, c in draft.coverage.items()]


def _proofs(row: RequirementRow) -> tuple[Proof, ...]:
    return (*row.citations, *row.searched)


def fact_items(opened: Opened) -> list[Item]:
    """Facts in the order of the vocabulary, unknown ones too; then the questions to the team."""
    facts = dict(opened.sheet.effective.facts)
    names: Iterable[str] = dict.fromkeys((*FACTS, *facts))
    items = [
        Item("fact", name, facts.get(name, Fact()), facts.get(name, Fact()).citations)
        for name in names
    ]
    return items + [Item("question", q.id, q) for q in opened.sheet.effective.questions]


def related_items(opened: Opened) -> list[Item]:
    """What is like it, related ones first, then the goals."""
    draft = opened.sheet.effective
    rows = sorted(draft.overlaps, key=lambda r: r.relation == "unrelated")
    items = [Item("overlap", r.entry, r, overlap_proofs(r)) for r in rows]
    known = {r.entry for r in rows}
    items += [
        Item("overlap", c.entry, OverlapRow(entry=c.entry, kind=c.kind, relation="unrelated"))
        for c in opened.evidence.candidates
        if c.entry not in known
    ]
    goals = sorted(draft.goals, key=lambda g: g.verdict == "not_addressed")
    return items + [Item("goal", g.id, g, g.citations) for g in goals]


def overlap_proofs(row: OverlapRow) -> tuple[Citation, ...]:
    """Its own quotes, then those of each facet, the proposal's before the other side's; a quote
    that stands for several stands once."""
    words = [c for facet in row.facets.values() for c in (facet.own, facet.theirs) if c is not None]
    return tuple(dict.fromkeys((*row.citations, *words)))


def decided_count(opened: Opened) -> tuple[int, int]:
    """(findings with an answer, all)."""
    rows = opened.sheet.findings
    return sum(1 for s in rows if not is_open(s)), len(rows)


def bad_count(opened: Opened) -> int:
    """Quotes that do not stand in their source, in findings and in what was set aside."""
    findings = [s.finding for s in opened.sheet.findings]
    findings += [u.finding for u in opened.sheet.draft.unsupported]
    return sum(1 for f in findings for c in f.citations if c.check == "bad")


def next_open(items: Sequence[Item], after: int) -> int | None:
    """The row of the next finding without an answer, from the one after `after` on, around."""
    count = len(items)
    for step in range(1, count + 1):
        at = (after + step) % count
        value = items[at].value
        if isinstance(value, SheetFinding) and is_open(value):
            return at
    return None
