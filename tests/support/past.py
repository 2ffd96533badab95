"""Past initiatives of a tiny office as files, and drafts by hand, for the tests of the evals."""

from pathlib import Path
from typing import Any

from agent.schema.draft import (
    Draft,
    Finding,
    GoalRow,
    OverlapRow,
    ProposalRef,
    Provenance,
    ReaderStatus,
    RequirementRow,
    Unsupported,
)
from agent.schema.proposal import Citation
from knowledge.vocabulary import Check, Dimension, Status

KNOWLEDGE = {
    "capabilities/letters.md": """---
id: CAP-1
title: Letter sorter
owner: Ada Brook
status: production
audience: [employees]
data: [business]
---
Scanned letters are sorted by subject and handed to the right desk in the post room.
""",
    "goals/paper.md": """---
id: GOAL-1
title: Less paper on every desk
owner: Ada Brook
measure: pages a month
---
Fewer printed pages a month in every branch.
""",
    "policies/basics.md": """---
id: POL-1
title: Basics
requirements:
  - id: REQ-1
    title: Named owner
    text: A named person is accountable.
    severity: high
    look_for: [accountable person is named]
  - id: REQ-2
    title: Appeal
    text: Customers can appeal.
    severity: medium
    applies_when: {audience: [customers]}
    look_for: [customers can appeal]
---
""",
}


def write_dataset(
    folder: Path, cases: dict[str, tuple[str, str]], knowledge: dict[str, str] | None = None
) -> Path:
    """`{name: (proposal, labels)}` with a knowledge folder beside it."""
    for name, text in (KNOWLEDGE if knowledge is None else knowledge).items():
        _write(folder / "knowledge" / name, text)
    for name, (proposal, labels) in cases.items():
        _write(folder / "cases" / f"{name}.md", proposal)
        _write(folder / "cases" / f"{name}.gold.yaml", labels)
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def citation(check: Check) -> Citation:
    return Citation(source="proposal", quote="words", claimed="words", check=check)


def finding(
    dimension: Dimension, subject: str | None = None, rule: str = "", *checks: Check
) -> Finding:
    return Finding(
        id=f"{dimension}-{subject}-{rule}",
        rule=rule or f"{dimension}.rule",
        dimension=dimension,
        severity="medium",
        title="A title",
        claim="A claim.",
        ask="An ask.",
        subject=subject,
        citations=tuple(citation(check) for check in checks),
    )


def requirement(id_: str, status: Status, *checks: Check) -> RequirementRow:
    return RequirementRow(
        id=id_,
        applies="no" if status == "not_applicable" else "yes",
        applies_because="always",
        status=status,
        severity="high",
        readers={"rules": ReaderStatus(status=status, citations=tuple(map(citation, checks)))},
    )


def overlap(entry: str, relation: Any, *checks: Check) -> OverlapRow:
    return OverlapRow(
        entry=entry,
        kind="capability",
        relation=relation,
        citations=tuple(map(citation, checks)),
    )


def goal(id_: str, verdict: Any, *checks: Check) -> GoalRow:
    return GoalRow(id=id_, verdict=verdict, citations=tuple(map(citation, checks)))


def unsupported(row: Finding) -> Unsupported:
    return Unsupported(finding=row, reason="none of its quotes stands in the source it names")


def draft(**parts: Any) -> Draft:
    """A draft of nothing but these parts."""
    empty: dict[str, Any] = {
        "id": "d",
        "initiative": "case",
        "version": 1,
        "proposal": ProposalRef(path="cases/case.md", sha256="0", title="Case"),
        "outcome": "approve",
        "outcome_because": (),
        "outcome_by_reader": {},
        "summary": "",
        "provenance": Provenance(tool="t", rules="r", knowledge="k"),
    }
    return Draft(**(empty | parts))
