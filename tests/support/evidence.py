"""A proposal and its evidence by hand, for whatever checks or merges readings of them.

Real types only: the proposal is parsed from bytes, entries are those of knowledge.entries.
"""

from typing import Any

from agent.draft.merge import merge
from agent.draft.verify import verify
from agent.intake.proposal import parse
from agent.schema.assessment import Assessment, Claim, Look, Quote, RequirementReading
from agent.schema.decision import Override
from agent.schema.draft import Draft, Finding, Provenance
from agent.schema.evidence import Applicable, Candidate, Evidence, Pending
from agent.schema.office import OutcomeSettings
from agent.schema.proposal import Proposal
from knowledge.entries import Capability, Goal, Pattern, Requirement, Source

TEXT = """---
id: helper
title: Claims helper
owner: Ada Example
---
# Claims helper

## What it does

The helper sorts incoming claims by urgency. Customers see the result on the claims page.

## Safeguards

Every customer is told that a machine sorts the claim. An appeal route to a person is planned for
the second phase. Results are logged for two years.
"""
NOTICE = "Every customer is told that a machine sorts the claim."
SORTS = "The helper sorts incoming claims by urgency."
PLANNED = "An appeal route to a person is planned for\nthe second phase."
LOGGED = "Results are logged for two years."
NOWHERE = "Nobody ever wrote this sentence anywhere."

POLICY = """---
id: TRUST
requirements:
  - id: TRUST-01
    title: Notice of the machine
  - id: TRUST-03
    title: A route of appeal to a person
---
"""


def parsed(text: str | bytes = TEXT, path: str = "proposals/helper.md") -> Proposal:
    return parse(text.encode() if isinstance(text, str) else text, path)


def requirement(id_: str, title: str, severity: str, **changes: Any) -> Requirement:
    values: dict[str, Any] = {
        "id": id_,
        "title": title,
        "policy": "TRUST",
        "text": f"{title} is shown to the office.",
        "severity": severity,
        "source": Source(
            path="knowledge/policies/trust.md", sha256="b" * 64, line=4, text=POLICY[22:90]
        ),
    }
    return Requirement(**(values | changes))


REQUIREMENTS = (
    requirement("TRUST-01", "Notice of the machine", "blocker", look_for=("told machine",)),
    requirement("TRUST-03", "Route of appeal", "blocker", look_for=("appeal route person",)),
    requirement("TRUST-10", "Comparison of groups", "high", look_for=("compared between groups",)),
    requirement("TRUST-19", "Keeping a log", "medium", look_for=("results logged",)),
)
CAPABILITY = Capability(
    id="CAP-1",
    title="Claims sorter",
    status="production",
    source=Source(
        path="knowledge/capabilities/all.csv",
        sha256="c" * 64,
        line=7,
        text="id: CAP-1\ntitle: Claims sorter\nbody: Sorts claims by urgency.",
        one_line=True,
    ),
)
GOALS = tuple(
    Goal(
        id=f"GOAL-{n}",
        title=f"Goal {n}",
        source=Source(
            path=f"knowledge/goals/{n}.md", sha256="d" * 64, line=1, text=f"# Goal {n}\n\nFaster."
        ),
    )
    for n in (1, 2)
)
PATTERN = Pattern(
    id="PAT-1",
    title="Hand-off",
    source=Source(path="knowledge/patterns/p.md", sha256="e" * 64, line=1, text="# Hand-off\n"),
)
TWIN = Pending(
    initiative="twin",
    title="Twin",
    sha256="f" * 64,
    path="proposals/twin.md",
    text="# Twin\n\nIt sorts claims too.\n",
)


def evidence(**changes: Any) -> Evidence:
    """Four requirements that apply, two goals, one capability in production, a pending twin."""
    values: dict[str, Any] = {
        "knowledge": "k1",
        "facts": {},
        "requirements": REQUIREMENTS,
        "patterns": (PATTERN,),
        "applicable": {
            id_: Applicable(id=id_, applies="yes", because="always applies")
            for id_ in (*(r.id for r in REQUIREMENTS), "PAT-1")
        },
        "goals": GOALS,
        "capabilities": (CAPABILITY,),
        "assets": (),
        "pending": (TWIN,),
        "candidates": (
            Candidate(
                entry="CAP-1",
                kind="capability",
                score=3,
                dense=0.9,
                lexical=0.5,
                rank=1,
                duplicate=0.27,
            ),
            Candidate(
                entry="twin",
                kind="pending",
                score=2,
                dense=0.8,
                lexical=0.4,
                rank=2,
                duplicate=0.97,
            ),
        ),
    }
    return Evidence(**(values | changes))


def applies(id_: str, answer: str, because: str = "data is none") -> dict[str, Applicable]:
    """The rows of `evidence()` with another answer for one requirement."""
    row = Applicable.model_validate({"id": id_, "applies": answer, "because": because})
    return dict(evidence().applicable) | {id_: row}


def own(text: str) -> Quote:
    """Words said to stand in the proposal."""
    return Quote(source="proposal", text=text)


def claim(rule: str = "goal.none", **changes: Any) -> Claim:
    values: dict[str, Any] = {
        "rule": rule,
        "dimension": "trust" if rule.startswith("TRUST") else "alignment",
        "severity": "high",
        "title": f"About {rule}",
        "claim": "",
        "ask": "Say more.",
    }
    return Claim(**(values | changes))


def look(text: str = SORTS, source: str = "proposal") -> Look:
    return Look(source=source, text=text, why="says something else")


def reads(id_: str, status: str, *quotes: str) -> RequirementReading:
    return RequirementReading.model_validate(
        {"id": id_, "status": status, "quotes": [own(q) for q in quotes]}
    )


def rules(**parts: Any) -> Assessment:
    return Assessment(reader="rules", **parts)


def model(**parts: Any) -> Assessment:
    return Assessment(reader="llm", **parts)


def draft_of(
    *assessments: Assessment,
    proposal: Proposal | None = None,
    gathered: Evidence | None = None,
    overrides: tuple[Override, ...] = (),
    accepted: tuple[Finding, ...] = (),
    created: str = "",
    by: str = "",
) -> Draft:
    """Verify each assessment and merge them, as the pipeline does."""
    proposal, gathered = proposal or parsed(), gathered or evidence()
    return merge(
        [verify(a, proposal, gathered) for a in assessments],
        proposal,
        gathered,
        version=1,
        draft_id="d1",
        provenance=Provenance(tool="concord 0", rules="r1", knowledge="k1", created=created),
        settings=OutcomeSettings(),
        overrides=overrides,
        accepted=accepted,
        by=by,
        on="2026-11-23" if by else "",
    )


def override(
    kind: str, id_: str, to: str, reason: str = "It stands in line 30", **more: bool
) -> Override:
    return Override.model_validate({"kind": kind, "id": id_, "to": to, "reason": reason} | more)
