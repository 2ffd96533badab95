"""The call that reads goals, worth and owners.

Owns question, check and mapping of the dimensions `alignment` and `ownership`. A conflict becomes a
finding by its verdict; how grave a finding is and what it is called is decided in code.
"""

from collections.abc import Callable, Iterator
from typing import Final

from agent.readers.llm.call import Call
from agent.readers.llm.material import Material
from agent.readers.llm.problems import ids_once, listed, one_of, quotes_stand
from agent.readers.llm.said import (
    ASK,
    CLAIM,
    FINDINGS,
    NAME,
    first,
    looks_of,
    once,
    questions_of,
    quotes_of,
    said,
)
from agent.readers.llm.shown import goals_text
from agent.readers.llm.wire import AlignmentAnswer, AlignmentFinding, GoalAnswer
from agent.readers.rules import findings
from agent.readers.rules.findings import Standing
from agent.schema.assessment import Assessment, Claim, Covered, GoalReading
from agent.schema.evidence import Evidence
from knowledge.entries import Goal
from knowledge.vocabulary import ROLES

_STANDING: Final[dict[str, Callable[[str, Evidence], Standing]]] = {
    "goal.none": lambda _, __: findings.GOAL_NONE,
    "measure.none": lambda _, __: findings.MEASURE_NONE,
    "value.alternative": lambda _, __: findings.ALTERNATIVE,
    "workflow.disrupted": lambda _, __: findings.DISRUPTED,
    "owner.missing": lambda _, evidence: findings.owner_missing(evidence),
    "owner.mailbox": lambda who, _: findings.owner_mailbox(who),
    "role.missing": findings.role_missing,
}
_QUOTED: Final = ("workflow.disrupted", "owner.mailbox")
"""Something that stands there; all others are absences."""


def _idle(_: Material) -> str:
    return ""


def _values(material: Material) -> dict[str, object]:
    goals = material.evidence.goals
    return {"goals": goals_text(goals), "count": len(goals)}


# --- check -----------------------------------------------------------------------------------


def check(answer: AlignmentAnswer, material: Material) -> tuple[str, ...]:
    return listed(_problems(answer, material))


def _problems(answer: AlignmentAnswer, material: Material) -> Iterator[str]:
    goals = [goal.id for goal in material.evidence.goals]
    yield from ids_once("goals", [g.id for g in answer.goals], goals)
    for row in answer.goals:
        if row.id in goals:
            yield from _goal_problems(row, material)
    for finding in answer.findings[: 2 * FINDINGS]:
        yield from _finding_problems(finding, material)
    if goals and _serves_none(answer, goals) != _says_none(answer):
        yield (
            "findings: give goal.none if every goal is not_addressed, and only then; correct the"
            " verdicts or the finding."
        )


def _goal_problems(row: GoalAnswer, material: Material) -> Iterator[str]:
    where = f"goals {row.id}"
    yield from quotes_stand(f"{where} proposal_quotes", row.proposal_quotes, "proposal", material)
    yield from quotes_stand(f"{where} goal_quotes", row.goal_quotes, row.id, material)
    if row.verdict != "not_addressed" and not (row.proposal_quotes and row.goal_quotes):
        yield f"{where}: {row.verdict} needs quotes of both sides; give them or say not_addressed."


def _finding_problems(finding: AlignmentFinding, material: Material) -> Iterator[str]:
    where = f"findings {finding.rule}"
    yield from quotes_stand(f"{where} quotes", finding.quotes, "proposal", material)
    looked = [near.quote for near in finding.nearest]
    yield from quotes_stand(f"{where} nearest", looked, "proposal", material)
    if finding.rule == "role.missing":
        yield from one_of(where, finding.subject, ROLES, "role")
    if finding.rule in _QUOTED and not finding.quotes:
        yield f"{where} needs a quote of the proposal; give it or drop the finding."


def _serves_none(answer: AlignmentAnswer, goals: list[str]) -> bool:
    return all(row.verdict == "not_addressed" for row in answer.goals if row.id in goals)


def _says_none(answer: AlignmentAnswer) -> bool:
    return any(finding.rule == "goal.none" for finding in answer.findings)


# --- mapping ---------------------------------------------------------------------------------


def read(answer: AlignmentAnswer, material: Material) -> Assessment:
    goals = {goal.id: goal for goal in material.evidence.goals}
    rows, dropped = once(answer.goals, [g.id for g in answer.goals], goals)
    readings = [_reading(row) for row in rows]
    conflicts = [
        _conflict(row, goals[row.id], reading)
        for row, reading in zip(rows, readings, strict=True)
        if row.verdict == "conflicts"
    ]
    none = bool(goals) and all(r.verdict == "not_addressed" for r in readings)
    found: dict[tuple[str, str | None], Claim] = {}
    for finding in first(answer.findings, FINDINGS):
        claim = _finding(finding, material.evidence)
        if claim is None or (claim.rule == "goal.none" and not none):
            dropped += 1
        else:
            found.setdefault((claim.rule, claim.subject), claim)
    dropped += max(0, len(answer.findings) - FINDINGS)
    notes = (f"alignment: {dropped} rows that fit nothing left out",) if dropped else ()
    return Assessment(
        reader="llm",
        goals=tuple(readings),
        claims=(*conflicts, *found.values()),
        questions=questions_of(answer.questions, material),
        coverage={
            "alignment": _coverage(len(rows), len(goals), material),
            "ownership": _read_all("the model read the text for persons and roles", material),
        },
        notes=notes,
    )


def _reading(row: GoalAnswer) -> GoalReading:
    if row.verdict == "not_addressed":
        return GoalReading(id=row.id, verdict="not_addressed")
    quotes = (*quotes_of("proposal", row.proposal_quotes), *quotes_of(row.id, row.goal_quotes))
    refuses = row.refuses_remedy and row.verdict == "conflicts"
    return GoalReading(id=row.id, verdict=row.verdict, quotes=quotes, refuses_remedy=refuses)


def _conflict(row: GoalAnswer, goal: Goal, reading: GoalReading) -> Claim:
    return Claim(
        rule="goal.conflict",
        subject=goal.id,
        **findings.conflict(goal)._asdict(),
        claim=said(row.reason, CLAIM),
        ask="Change the proposal so that it respects this goal, or speak with "
        f"{goal.owner or 'the owner of the goal'} before submitting again.",
        quotes=reading.quotes,
        refuses_remedy=reading.refuses_remedy,
    )


def _finding(finding: AlignmentFinding, evidence: Evidence) -> Claim | None:
    """None where it names a role or an owner that cannot be."""
    subject: str | None = None
    if finding.rule in ("role.missing", "owner.mailbox"):
        subject = said(finding.subject, NAME).strip(" .,;")
        if not subject or (finding.rule == "role.missing" and subject not in ROLES):
            return None
    quotes = quotes_of("proposal", finding.quotes)
    return Claim(
        rule=finding.rule,
        subject=subject,
        **_STANDING[finding.rule](subject or "", evidence)._asdict(),
        claim=said(finding.claim, CLAIM),
        ask=said(finding.ask, ASK) or "State this in the proposal.",
        quotes=quotes,
        searched=() if finding.rule in _QUOTED else looks_of(finding.nearest, quotes),
    )


def _coverage(read_: int, goals: int, material: Material) -> Covered:
    if not goals:
        return Covered(state="partly", note="the workspace has no goals; the model read the text")
    covered = _read_all(f"the model compared {read_} of {goals} goals", material)
    return covered if read_ == goals else covered.model_copy(update={"state": "partly"})


def _read_all(note: str, material: Material) -> Covered:
    if material.cut:
        return Covered(state="partly", note=f"{note}; the end was left out, it is too long")
    return Covered(note=note)


CALL = Call(
    name="alignment_ownership",
    answer=AlignmentAnswer,
    dimensions=("alignment", "ownership"),
    uses_tools=False,
    idle=_idle,
    values=_values,
    check=check,
    read=read,
)
