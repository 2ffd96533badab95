"""What may be decided: the rules of a decision. Pure; decision_file.py reads one from a file.

Knows no database and no clock. A person may decide otherwise than the computed outcome; what they
may not do is leave out what the record and the team need.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from agent.errors import DecisionError, StaleDecision
from agent.intake.values import FactSettings, known_values, resolve
from agent.record.sheet import UNKNOWN, shown_digest, touched
from agent.record.targets import Target
from agent.schema.decision import Condition, Decision, Override, Sheet, Steps
from agent.schema.draft import Draft
from agent.schema.office import Person
from knowledge.vocabulary import FACTS, ORDERED_FACTS, RELATIONS, STATUSES

APPROVING = ("approve", "approve_with_conditions")
REASON_LENGTH = 10
VERDICTS = ("serves", "conflicts", "not_addressed")


def check_decision(
    decision: Decision,
    sheet: Sheet,
    people: Mapping[str, Person],
    targets: Mapping[str, Target],
    *,
    facts: FactSettings,
    today: str,
    letter: str | None = None,
) -> None:
    """Raises DecisionError with what is missing, StaleDecision when the sheet moved on.

    `sheet` holds the decision's own steps already. `targets`: capabilities and initiatives by id;
    `facts`: the office's words for facts; `today`: ISO date, before which nothing can be due.
    `letter`: what the team gets, to check `decision.shown`.
    """
    _check_person(decision, people)
    _check_same(decision, sheet)
    check_steps(decision, sheet, facts)
    _check_dates(decision, today)
    _check_stage(decision)
    if decision.outcome == "approve_with_conditions" and not decision.conditions:
        raise DecisionError("approve_with_conditions needs a condition: --condition TEXT.")
    _check_conditions(decision, sheet)
    _check_merge(decision, targets)
    _check_waivers(decision, sheet)
    if decision.shown and letter is not None:
        _check_shown(decision, sheet, letter)


def check_steps(steps: Steps, sheet: Sheet, facts: FactSettings) -> None:
    """Raises DecisionError for a step that fits nothing on the sheet or says too little."""
    _check_findings(steps, sheet)
    named = [row.entry for row in sheet.effective.overlaps]
    for override in steps.overrides:
        check_override(override, sheet.draft, facts, named)
    for added in steps.added:
        if not added.title.strip() or not added.ask.strip():
            raise DecisionError("An added finding needs a title and an ask.")


def _check_person(decision: Decision, people: Mapping[str, Person]) -> None:
    if not decision.by.strip():
        raise DecisionError("A decision needs a name: --by NAME or CONCORD_USER.")
    if not people:
        return
    deciders = sorted(name for name, person in people.items() if person.decides)
    if decision.by not in deciders:
        raise DecisionError(
            f"{decision.by} may not decide here; [people] in concord.toml names "
            f"{', '.join(deciders) or 'nobody'}."
        )
    roles = people[decision.by].roles
    if decision.role and decision.role not in roles:
        raise DecisionError(
            f"{decision.by} does not have the role `{decision.role}`; [people] in concord.toml "
            f"gives {', '.join(roles) or 'none'}."
        )


def _check_same(decision: Decision, sheet: Sheet) -> None:
    if decision.initiative != sheet.draft.initiative:
        raise DecisionError(
            f"The decision is on `{decision.initiative}`, the sheet on `{sheet.draft.initiative}`."
        )
    if (decision.version, decision.draft) != (sheet.draft.version, sheet.draft.id):
        raise StaleDecision(
            f"The decision is on version {decision.version}, draft {decision.draft}; now version "
            f"{sheet.draft.version}, draft {sheet.draft.id} stands: look at it and decide again."
        )


def _check_findings(steps: Steps, sheet: Sheet) -> None:
    ids = [s.finding.id for s in sheet.findings if s.finding.rule != UNKNOWN]
    ids += [u.finding.id for u in sheet.draft.unsupported]
    for finding in sorted(touched(steps)):
        if finding not in ids:
            raise DecisionError(f"There is no finding `{finding}`.{_near(finding, ids)}")
    for dismissal in steps.dismissed:
        if dismissal.reason == "other" and not dismissal.note.strip():
            raise DecisionError(
                f"Dismissing {dismissal.finding} as `other` needs a note that says why."
            )
    both = sorted(set(steps.accepted) & {d.finding for d in steps.dismissed})
    if both:
        raise DecisionError(f"{both[0]} cannot be accepted and dismissed at once.")


def check_override(
    override: Override, draft: Draft, facts: FactSettings, near: Collection[str] = ()
) -> None:
    """Raises DecisionError for a correction that fits nothing of the draft. `facts`: the office's
    words for facts; `near`: what else may be called the same although no reader did."""
    what = f"The override of {override.kind} {override.id}"
    ids: dict[str, list[str]] = {
        "fact": sorted({*FACTS, *draft.facts}),
        "requirement": [r.id for r in draft.requirements],
        "overlap": sorted({*near, *(o.entry for o in draft.overlaps)}),
        "goal": [g.id for g in draft.goals],
    }
    if override.id not in ids[override.kind]:
        meant = _near(override.id, ids[override.kind])
        raise DecisionError(f"{what}: the draft has no such {override.kind}.{meant}")
    if not override.reason.strip():
        raise DecisionError(f"{what} needs a reason.")
    if override.seen and (override.kind, override.to) != ("requirement", "in_place"):
        raise DecisionError(f"{what}: only a requirement that is in_place can have been seen.")
    unknown, allowed = _unknown(override, facts)
    if unknown is not None:
        choice = f"; use one of {', '.join(allowed)}" if allowed else ""
        raise DecisionError(f"{what}: `{unknown}` is no value for it{choice}.")


def _unknown(override: Override, facts: FactSettings) -> tuple[str | None, Sequence[str]]:
    """The first value that means nothing, and those that would; a fact's as its reading takes it,
    so that a person's word settles what a team's word would settle."""
    if override.kind == "fact":
        values = [v.strip() for v in override.to.split(",")]
        bad = [v for v in values if not v or resolve(override.id, [v], facts)[1]]
        return next(iter(bad), None), known_values(override.id, facts)
    vocabulary = {"requirement": STATUSES, "overlap": RELATIONS, "goal": VERDICTS}
    allowed = vocabulary[override.kind]
    return None if override.to in allowed else override.to, allowed


def _check_dates(decision: Decision, today: str) -> None:
    dates = [("review_by", decision.review_by, True)]
    dates += [
        (f"due of condition {c.id or n}", c.due, c.status == "open")
        for n, c in _counted(decision.conditions)
    ]
    dates += [(f"until of the waiver for {w.requirement}", w.until, True) for w in decision.waivers]
    for name, value, ahead in dates:
        if value and not _is_date(value):
            raise DecisionError(f"{name}: `{value}` is no date; write YYYY-MM-DD.")
        if value and ahead and value < today:
            raise DecisionError(f"{name}: {value} is past already (today is {today}).")


def _check_stage(decision: Decision) -> None:
    stages = ORDERED_FACTS["stage"]
    if decision.approved_stage and decision.approved_stage not in stages:
        raise DecisionError(
            f"`{decision.approved_stage}` is no stage; use one of {', '.join(stages)}."
        )
    if decision.approved_stage and decision.outcome not in APPROVING:
        raise DecisionError(f"An approved stage does not go with {decision.outcome}.")
    if decision.outcome in APPROVING and not decision.approved_stage:
        raise DecisionError(
            "An approval is for a stage, and the proposal does not say one stage: give "
            f"--approved-stage with one of {', '.join(stages)}."
        )


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _counted(conditions: Iterable[Condition]) -> list[tuple[int, Condition]]:
    return list(enumerate(conditions, start=1))


def _check_conditions(decision: Decision, sheet: Sheet) -> None:
    seen: set[str] = set()
    findings = [s.finding for s in sheet.findings]
    ids = {r.id for r in sheet.effective.requirements}
    ids |= {f.id for f in findings} | {f.rule for f in findings if f.rule != UNKNOWN}
    for n, condition in _counted(decision.conditions):
        if not condition.text.strip():
            raise DecisionError(f"Condition {condition.id or n} has no text.")
        if condition.id and condition.id in seen:
            raise DecisionError(f"Two conditions have the id `{condition.id}`.")
        if condition.requirement and condition.requirement not in ids:
            raise DecisionError(
                f"Condition {condition.id or n}: there is no requirement or finding "
                f"`{condition.requirement}`.{_near(condition.requirement, ids)}"
            )
        seen.add(condition.id)


def _check_merge(decision: Decision, targets: Mapping[str, Target]) -> None:
    target = decision.merge_into
    if decision.outcome != "merge_with_existing":
        if target:
            raise DecisionError(f"--merge-into does not go with {decision.outcome}.")
        return
    if not target:
        raise DecisionError(
            "merge_with_existing needs a target: --merge-into with a capability or initiative id."
        )
    if target == decision.initiative:
        raise DecisionError(f"{target} cannot be merged into itself.")
    if target not in targets:
        raise DecisionError(
            f"`{target}` is neither a capability nor an initiative.{_near(target, targets)}"
        )
    if targets[target].closed:
        raise DecisionError(
            f"{target} {targets[target].closed}: nothing can be merged into it any more."
        )


def _check_waivers(decision: Decision, sheet: Sheet) -> None:
    if decision.outcome not in APPROVING:
        if decision.waivers:
            raise DecisionError(f"A waiver does not go with {decision.outcome}: nothing is waived.")
        return
    reasons = {w.requirement: w.reason.strip() for w in decision.waivers}
    titles = {s.finding.id: f" ({s.finding.title})" for s in sheet.findings}
    for unmet in sheet.unmet:
        if unmet not in reasons:
            raise DecisionError(
                f"{unmet}{titles.get(unmet, '')} is a blocker and not in place: to approve all "
                "the same, waive it with a reason (--waive ID:REASON), or override its status."
            )
        if len(reasons[unmet]) < REASON_LENGTH:
            raise DecisionError(
                f"The reason to waive {unmet} must say something: at least {REASON_LENGTH} "
                "characters."
            )
    met = ("in_place", "not_applicable")
    rows = sheet.effective.requirements
    ids = {*sheet.unmet, *(r.id for r in rows if r.applies != "no" and r.status not in met)}
    for waived in sorted(set(reasons) - ids):
        raise DecisionError(f"There is nothing to waive as `{waived}`.{_near(waived, ids)}")


def _check_shown(decision: Decision, sheet: Sheet, letter: str) -> None:
    if decision.shown != shown_digest(sheet, letter, decision.outcome, decision.conditions):
        raise StaleDecision(
            "What was shown is no longer what stands (the draft, a step or the letter changed); "
            "look at it again and decide then."
        )


def _near(word: str, ids: Iterable[str]) -> str:
    near = get_close_matches(word, sorted(set(ids)), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""
