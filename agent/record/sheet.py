"""The sheet a person decides on, and the digest of what they saw. Pure.

Steps apply to findings by id; what matches nothing stays, marked outdated.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from agent.draft.identity import finding_id
from agent.record.steps import check_edit
from agent.schema.base import content_id, digest
from agent.schema.decision import (
    AddedFinding,
    Condition,
    Decision,
    DecisionOutcome,
    Dismissal,
    Sheet,
    SheetFinding,
    Steps,
)
from agent.schema.draft import Draft, Finding
from agent.schema.proposal import Citation

UNKNOWN = "unknown"
"""The rule of a finding that no draft ever held: a step names a wrong id."""


def make_sheet(
    draft: Draft,
    effective: Draft,
    steps: Steps,
    decided: Decision | None = None,
    *,
    earlier: Mapping[str, Finding] | None = None,
    cite: Callable[[str], Citation] | None = None,
) -> Sheet:
    """The draft after overrides, with every step applied to its finding by id.

    `earlier`: findings of former drafts, for steps that match nothing any more. `cite` checks the
    quote of an added finding against the proposal, as any quote is.
    """
    dismissals = {d.finding: d for d in steps.dismissed}
    accepted = set(steps.accepted)
    shown = [
        _applied(f, steps, accepted, dismissals)
        for f in (*effective.findings, *_readmitted(effective, accepted))
    ]
    for finding in _added(effective.initiative, steps.added, shown, cite):
        applied = _applied(finding, steps, accepted, dismissals)
        state = "dismissed" if applied.state == "dismissed" else "added"
        shown.append(applied.model_copy(update={"state": state}))
    present = {s.finding.id for s in shown}
    former = {f.id: f for f in (*(earlier or {}).values(), *draft.findings)}
    for missing in sorted(touched(steps) - present):
        finding = former.get(missing) or bare_finding(missing, UNKNOWN)
        applied = _applied(finding, steps, accepted, dismissals)
        shown.append(applied.model_copy(update={"state": "outdated"}))
    return Sheet(
        draft=draft,
        effective=effective,
        steps=steps,
        findings=tuple(shown),
        unmet=_unmet(effective, shown),
        decided=decided,
    )


def _readmitted(effective: Draft, accepted: Collection[str]) -> list[Finding]:
    """Unproven claims that a person accepted all the same."""
    return [u.finding for u in effective.unsupported if u.finding.id in accepted]


def _applied(
    finding: Finding, steps: Steps, accepted: Collection[str], dismissals: Mapping[str, Dismissal]
) -> SheetFinding:
    own = [e for e in steps.edits if e.finding == finding.id]
    for edit in own:
        check_edit(edit)
    edits = {e.field: e.after for e in own}
    dismissal = dismissals.get(finding.id)
    changed = Finding.model_validate(finding.model_dump() | edits) if edits else finding
    return SheetFinding(
        finding=changed,
        state="dismissed" if dismissal else "accepted" if finding.id in accepted else "open",
        edited=tuple(sorted(edits)),
        dismissal=dismissal,
    )


def _added(
    initiative: str,
    given: Iterable[AddedFinding],
    shown: Iterable[SheetFinding],
    cite: Callable[[str], Citation] | None,
) -> list[Finding]:
    """Each under the id of its rule and subject; where several share that, each gets one of its own
    content, so that no step on the one ever lands on the other."""
    given = tuple(given)
    plain = [finding_id(initiative, a.rule, a.subject) for a in given]
    times = Counter([*plain, *(s.finding.id for s in shown)])
    return [
        _finding(
            id_ if times[id_] == 1 else content_id(initiative, a.rule, a.subject, digest(a)),
            a,
            cite,
        )
        for id_, a in zip(plain, given, strict=True)
    ]


def _finding(id_: str, added: AddedFinding, cite: Callable[[str], Citation] | None) -> Finding:
    return Finding(
        id=id_,
        rule=added.rule,
        dimension=added.dimension,
        severity=added.severity,
        title=added.title,
        claim=added.claim,
        ask=added.ask,
        subject=added.subject,
        citations=(cite(added.quote),) if cite and added.quote else (),
    )


def touched(steps: Steps) -> set[str]:
    return {
        *steps.accepted,
        *(e.finding for e in steps.edits),
        *(d.finding for d in steps.dismissed),
    }


def bare_finding(finding: str, rule: str) -> Finding:
    """Stands for a finding of which only the id is left."""
    return Finding(
        id=finding,
        rule=rule,
        dimension="hygiene",
        severity="low",
        title=f"A finding that no draft holds any more ({finding})",
        claim="",
        ask="",
    )


def _unmet(effective: Draft, shown: Iterable[SheetFinding]) -> tuple[str, ...]:
    """Requirements first; then other blocker findings that nobody dismissed, by finding id.

    A blocker whose applicability is unknown counts: it fails closed until a fact is settled.
    """
    rows = [
        r.id
        for r in effective.requirements
        if r.severity == "blocker"
        and r.applies != "no"
        and r.status not in ("in_place", "not_applicable")
    ]
    ids = {r.id for r in effective.requirements}
    others = [
        s.finding.id
        for s in shown
        if s.finding.severity == "blocker"
        and s.state in ("open", "accepted", "added")
        and s.finding.rule not in ids
    ]
    return (*sorted(rows), *sorted(others))


def number_conditions(decision: Decision) -> Decision:
    """Gives `C1`, `C2`, … to conditions without an id; those that have one keep it."""
    return decision.model_copy(update={"conditions": _numbered(decision.conditions)})


def _numbered(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    conditions = tuple(conditions)
    taken = {c.id for c in conditions}
    free = (f"C{n}" for n in range(1, 2 * len(conditions) + 1) if f"C{n}" not in taken)
    return tuple(c if c.id else c.model_copy(update={"id": next(free)}) for c in conditions)


def shown_digest(
    sheet: Sheet, letter: str, outcome: DecisionOutcome, conditions: Iterable[Condition]
) -> str:
    """What the person saw when deciding; `--shown` must equal it."""
    seen = {
        "draft": sheet.draft.digest,
        "edits": sheet.steps,
        "letter": letter,
        "outcome": outcome,
        "conditions": _numbered(conditions),
    }
    return digest(seen)
