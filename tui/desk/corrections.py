"""What a correction is about: of an item itself, of a finding what it rests on. Pure."""

from collections.abc import Sequence
from typing import Literal

from agent.deciding import Opened
from agent.intake.values import FactSettings, known_values
from agent.schema.decision import SheetFinding
from agent.schema.draft import Finding, GoalRow, OverlapRow, RequirementRow
from agent.schema.proposal import Fact
from knowledge.vocabulary import RELATIONS, STATUSES
from tui.desk.choice_dialog import CONFIRMED
from tui.desk.items import Item

VERDICTS = ("serves", "conflicts", "not_addressed")
Target = tuple[Literal["fact", "requirement", "overlap", "goal"], str]


def options_for(target: Target, facts: FactSettings) -> Sequence[str]:
    """The values that it may be set to; none for a fact whose values are open."""
    kind, id_ = target
    if kind == "fact":
        return known_values(id_, facts)
    return {"requirement": (*STATUSES, CONFIRMED), "overlap": RELATIONS, "goal": VERDICTS}[kind]


def target_of(item: Item, opened: Opened) -> Target | None:
    value = item.value
    if isinstance(value, SheetFinding):
        return resting_on(value.finding, opened)
    return _own(item)


def _own(item: Item) -> Target | None:
    value = item.value
    if isinstance(value, RequirementRow):
        return "requirement", item.id
    if isinstance(value, OverlapRow):
        return "overlap", item.id
    if isinstance(value, GoalRow):
        return "goal", item.id
    return ("fact", item.id) if isinstance(value, Fact) else None


def resting_on(finding: Finding, opened: Opened) -> Target | None:
    """The requirement, overlap or goal whose correction settles or changes a finding."""
    draft, subject = opened.sheet.effective, finding.subject or ""
    if any(row.id == finding.rule for row in draft.requirements):
        return "requirement", finding.rule
    if finding.rule.startswith("overlap.") and any(o.entry == subject for o in draft.overlaps):
        return "overlap", subject
    if finding.rule == "goal.conflict" and any(g.id == subject for g in draft.goals):
        return "goal", subject
    return None


def standing(target: Target, opened: Opened) -> str:
    """The value as it stands now."""
    kind, id_ = target
    draft = opened.sheet.effective
    if kind == "fact":
        return ", ".join(draft.facts.get(id_, Fact()).values)
    if kind == "requirement":
        return next((r.status for r in draft.requirements if r.id == id_), "")
    if kind == "overlap":
        return next((o.relation for o in draft.overlaps if o.entry == id_), "unrelated")
    return next((g.verdict for g in draft.goals if g.id == id_), "")
