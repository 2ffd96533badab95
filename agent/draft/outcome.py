"""The outcome table of the office (CONTRACTS §6): first row that fits. Pure.

A table, not a judgement: no reader writes an outcome, and confidence is no input.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from agent.schema.draft import Finding, GoalRow, OverlapRow, RequirementRow
from agent.schema.office import OutcomeSettings
from knowledge.vocabulary import Outcome

FOUNDATION_RULES = ("dependency.retired", "dependency.unregistered")
NAMED = 3
"""Twins named in a reason; the rows hold all."""
ALIGNMENT_RULES = ("goal.none", "measure.none")


@dataclass(frozen=True)
class Standing:
    """What the table looks at: everything that stands after verify and merge."""

    requirements: Sequence[RequirementRow]
    findings: Sequence[Finding]
    overlaps: Sequence[OverlapRow]
    goals: Sequence[GoalRow]
    refused: frozenset[str]
    """Ids of findings and goals whose remedy the text refuses."""
    capability_status: Mapping[str, str]
    settings: OutcomeSettings
    titles: Mapping[str, str] = field(default_factory=dict)
    """Entry id → title, so that a reason can be read without looking the id up."""

    def name(self, id_: str) -> str:
        title = self.titles.get(id_, "").strip().rstrip(".")
        return f"{id_} {title}" if title else id_

    def blockers_not_in_place(self) -> list[RequirementRow]:
        """Fails closed: a blocker whose applicability is unknown is not in place either."""
        return [
            r
            for r in self.requirements
            if r.severity == "blocker" and r.applies != "no" and r.status != "in_place"
        ]


def compute(standing: Standing) -> tuple[Outcome, tuple[str, ...]]:
    """The outcome and its reasons, the decisive first."""
    for outcome, row in _TABLE:
        reasons = row(standing)
        if reasons:
            return outcome, tuple(reasons)
    return "approve_with_conditions", tuple(_remaining(standing))


def _reject(s: Standing) -> list[str]:
    """What the proposal does is what must not be, and it declines to change that."""
    goals = [g.id for g in s.goals if g.id in s.refused and g.verdict == "conflicts"]
    reasons = [
        f"{s.name(id_)}: the proposal does what this goal rules out and refuses the remedy"
        for id_ in goals
    ]
    blockers = {r.id for r in s.blockers_not_in_place()}
    for f in s.findings:
        if f.id not in s.refused:
            continue
        if f.rule in blockers:
            reasons.append(f"{s.name(f.rule)}: a blocker; the proposal acts and refuses this")
        elif f.rule == "goal.conflict" and f.subject not in goals:
            reasons.append(f"{f.rule}: {f.title}; the text refuses the remedy")
    return reasons


def _merge(s: Standing) -> list[str]:
    reasons = []
    same = [overlap for overlap in s.overlaps if overlap.relation == "duplicate"]
    twins = [s.name(overlap.entry) for overlap in same if overlap.kind == "pending"]
    if twins:
        more = f" and {len(twins) - NAMED} more" if len(twins) > NAMED else ""
        named = f"{'; '.join(twins[:NAMED])}{more}"
        reasons.append(f"overlap.twin: does the same as the pending {named}")
    for overlap in same:
        status = s.capability_status.get(overlap.entry, "")
        if overlap.kind == "capability" and status in s.settings.merge_statuses:
            reasons.append(
                f"overlap.duplicate: does the same as {s.name(overlap.entry)} ({status})"
            )
    return reasons


def _request_changes(s: Standing) -> list[str]:
    reasons = [f"{s.name(r.id)}: a blocker, {words(r)}" for r in s.blockers_not_in_place()]
    reasons += [
        f"{f.rule}: {f.title}"
        for f in s.findings
        if f.rule == "goal.conflict"
        or (f.rule == "pattern.breach" and f.severity in ("blocker", "high"))
        or (f.rule in FOUNDATION_RULES and f.severity in ("blocker", "high"))
        or f.rule in ALIGNMENT_RULES
    ]
    claimed = {f.subject for f in s.findings if f.rule == "goal.conflict"}
    reasons += [
        f"{g.id}: the proposal conflicts with this goal"
        for g in s.goals
        if g.verdict == "conflicts" and g.id not in claimed
    ]
    high = [
        s.name(r.id)
        for r in s.requirements
        if r.severity == "high" and r.applies == "yes" and r.status in ("absent", "unclear")
    ]
    if len(high) >= s.settings.high_limit:
        reasons.append(
            f"{len(high)} requirements of severity high are absent or unclear: {', '.join(high)}"
        )
    return reasons


def _approve(s: Standing) -> list[str]:
    waiting = [
        r
        for r in s.requirements
        if r.severity in ("blocker", "high") and r.applies != "no" and r.status != "in_place"
    ]
    if waiting or any(f.severity != "low" for f in s.findings):
        return []
    return ["every blocker and high requirement that applies is stated as in place"]


def _remaining(s: Standing) -> list[str]:
    """What keeps it from plain approval; each is a condition that suggests itself."""
    rows = {r.id: r for r in s.requirements}
    reasons = [f"{f.rule}: {f.title}" for f in s.findings if f.severity != "low"]
    named = {f.rule for f in s.findings}
    reasons += [
        f"{s.name(r.id)}: {words(r)}"
        for r in rows.values()
        if r.severity in ("blocker", "high")
        and r.applies != "no"
        and r.status != "in_place"
        and r.id not in named
    ]
    return reasons


def words(row: RequirementRow) -> str:
    """A requirement's status in words."""
    if row.applies == "unknown":
        return f"and it is not known whether it applies ({row.applies_because})"
    return {
        "in_place": "stated as in place",
        "planned": "planned, not in place",
        "absent": "not in the text",
        "unclear": "left open by the text",
        "not_applicable": "does not apply",
    }[row.status]


_TABLE: tuple[tuple[Outcome, Callable[[Standing], list[str]]], ...] = (
    ("reject", _reject),
    ("merge_with_existing", _merge),
    ("request_changes", _request_changes),
    ("approve", _approve),
)
