"""Many twins, one finding: pending proposals that are to do the same as this one, told together.

Works on what stands after all readers and all corrections, so that fifty proposals of one thing
make one line on the sheet, whoever found them. Owns the words of that finding; decides no relation.
Pure.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from agent.draft.identity import finding_id
from agent.schema.draft import Finding, OverlapRow
from agent.schema.evidence import Evidence, Pending
from knowledge.vocabulary import SEVERITIES

RULE: Final = "overlap.twin"
NAMED: Final = 5
"""Members named with title, team and owner; of the rest the id."""
CITED: Final = 6
"""Citations of the single findings that the joint one keeps."""


def as_one(
    findings: Sequence[Finding],
    overlaps: Sequence[OverlapRow],
    evidence: Evidence,
    initiative: str,
) -> tuple[Finding, ...]:
    """The findings with those about two or more pending twins joined into one, without a subject.

    One twin alone keeps its finding; without any finding of a twin there is nothing to join.
    """
    members = [r for r in overlaps if r.kind == "pending" and r.relation == "duplicate"]
    names = {row.entry for row in members}
    single = [f for f in findings if f.rule == RULE and f.subject in names]
    if len(members) < 2 or not single:
        return tuple(findings)
    members.sort(key=lambda row: (-(row.probability or 0.0), row.entry))
    joint = _joint(single, members, evidence, initiative)
    return (*(f for f in findings if f not in single), joint)


def _joint(
    single: Sequence[Finding], members: Sequence[OverlapRow], evidence: Evidence, initiative: str
) -> Finding:
    waiting = {p.initiative: p for p in evidence.pending}
    ordered = [*single]
    ordered.sort(key=lambda f: [m.entry for m in members].index(f.subject or ""))
    cited = dict.fromkeys(c for f in ordered for c in f.citations)
    count = len(members) + 1
    return ordered[0].model_copy(
        update={
            "id": finding_id(initiative, RULE, None),
            "subject": None,
            "severity": min((f.severity for f in single), key=SEVERITIES.index),
            "title": f"{count} pending proposals, this one among them, are to do the same",
            "claim": _claim(members, waiting),
            "ask": _ask(members, waiting),
            "citations": tuple(cited)[:CITED],
            "searched": (),
            "readers": tuple(dict.fromkeys(r for f in ordered for r in f.readers)),
        }
    )


def _claim(members: Sequence[OverlapRow], waiting: Mapping[str, Pending]) -> str:
    named = "; ".join(_named(row, waiting) for row in members[:NAMED])
    rest = ", ".join(row.entry for row in members[NAMED:])
    more = f"; and {len(members) - NAMED} more: {rest}" if rest else ""
    differ = _differences(members)
    return f"These wait for a decision too and are to do the same: {named}{more}.{differ}"


def _named(row: OverlapRow, waiting: Mapping[str, Pending]) -> str:
    known = waiting.get(row.entry)
    if known is None:
        return row.entry
    team = f" of {known.team}" if known.team else ""
    chance = "" if row.probability is None else f", chance of being the same {row.probability:.0%}"
    owner = f", owner {known.owner}" if known.owner else ""
    return f"{row.entry} “{known.title}”{team}{owner}{chance}"


def _differences(members: Sequence[OverlapRow]) -> str:
    """` They differ in: users (a, b); data (c).`"""
    differ: dict[str, list[str]] = {}
    for row in members:
        for name, facet in row.facets.items():
            if facet.value == "different":
                differ.setdefault(name, []).append(row.entry)
    told = [f"{name} ({_few(differ[name])})" for name in sorted(differ)]
    return f" What differs from this one: {'; '.join(told)}." if told else ""


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _ask(members: Sequence[OverlapRow], waiting: Mapping[str, Pending]) -> str:
    """Whom to talk to: whoever handed in first."""
    known = [waiting[row.entry] for row in members if row.entry in waiting]
    dated = sorted(known, key=lambda p: (not p.submitted, p.submitted, p.initiative))
    if not dated:
        return "Agree with the other teams which proposal goes on for all."
    first = dated[0]
    who = first.owner or first.team or f"the team of {first.initiative}"
    when = f", handed in on {first.submitted}" if first.submitted else ""
    return (
        f"Talk to {who} first ({first.initiative}{when}) and agree for all {len(members) + 1}"
        " which proposal goes on; let the others join it or say what differs."
    )
