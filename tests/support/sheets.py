"""Sheets made by hand, for whatever shows or exports them."""

from agent.schema.assessment import Covered
from agent.schema.decision import AddedFinding, Dismissal, FieldEdit, Sheet, SheetFinding, Steps
from agent.schema.draft import (
    Confirmed,
    ConfirmedEvidence,
    Draft,
    Facet,
    Finding,
    GoalRow,
    OverlapRow,
    ProposalRef,
    Provenance,
    Question,
    RequirementRow,
    Searched,
    SourceRef,
    Unsupported,
)
from agent.schema.evidence import LastReview
from agent.schema.proposal import Citation, Fact
from knowledge.entries import Requirement, Source

POLICY = Source(path="knowledge/policies/trust.md", sha256="b" * 64, line=40, text="")
REQUIREMENTS = {
    "TRUST-03": Requirement(
        id="TRUST-03",
        title="A way to appeal",
        policy="TRUST",
        text="People can ask for a person to look again, and are told how.",
        severity="blocker",
        source=POLICY,
    ),
    "TRUST-01": Requirement(
        id="TRUST-01",
        title="Notice",
        policy="TRUST",
        text="People are told that they deal with a machine.",
        severity="blocker",
        source=POLICY,
    ),
    "TRUST-10": Requirement(
        id="TRUST-10",
        title="Bias testing",
        policy="TRUST",
        text="Results are compared between groups of people before release.",
        severity="high",
        source=POLICY,
    ),
}


def quote(text: str, line: int = 12, source: str = "proposal", check: str = "exact") -> Citation:
    bad = check == "bad"
    return Citation.model_validate(
        {
            "source": source,
            "section": "" if bad else "Claims › Decision",
            "line_start": None if bad else line,
            "line_end": None if bad else line,
            "col_start": None if bad else 1,
            "col_end": None if bad else 1 + len(text),
            "quote": text,
            "claimed": text,
            "check": check,
        }
    )


APPEAL = Finding(
    id="f-appeal",
    rule="TRUST-03",
    dimension="trust",
    severity="blocker",
    title="No way to appeal",
    claim="A claim is refused by the system, and nothing says how a person could look again.",
    ask="Say how somebody whose claim is refused reaches a person, and who that is.",
    citations=(quote("Refused claims are closed after ten days.", 61),),
    searched=(
        Searched(
            source="proposal",
            line_start=70,
            line_end=71,
            quote="Customers may rate the answer.",
            why="a rating changes no decision.",
        ),
    ),
    readers=("rules",),
)
OWNER = Finding(
    id="f-owner",
    rule="owner.mailbox",
    dimension="ownership",
    severity="low",
    title="The owner is a mailbox",
    claim="A mailbox answers for nothing.",
    ask="Name a person.",
    citations=(quote("claims-team@example.org", 4),),
)
PATTERN = Finding(
    id="f-pattern",
    rule="pattern.breach",
    dimension="consistency",
    severity="high",
    title="Hands over later than other products",
    claim="Other products hand over at the first request.",
    ask="Hand over at the first request, or say why not.",
    subject="PAT-2",
    citations=(
        quote("After three failed answers a person takes over.", 33),
        quote("A person takes over at the first request.", 9, "PAT-2"),
    ),
)
DUPLICATE = Finding(
    id="f-duplicate",
    rule="overlap.extends",
    dimension="overlap",
    severity="medium",
    title="Claims triage does a part of this",
    claim="CAP-014 sorts claims already.",
    ask="Say what CAP-014 lacks.",
    subject="CAP-014",
    citations=(quote("never said", check="bad"), quote("It sorts claims by urgency.", 20)),
)


def draft(**changed: object) -> Draft:
    """A draft with one of everything."""
    base = Draft(
        id="d1",
        digest="c" * 64,
        initiative="claim-answers",
        version=2,
        proposal=ProposalRef(path="proposals/claims.md", sha256="a" * 64, title="Claim answers"),
        outcome="request_changes",
        outcome_because=("TRUST-03: a blocker, absent",),
        outcome_by_reader={"rules": "request_changes"},
        summary="Ask for changes. First: No way to appeal.",
        findings=(OWNER, PATTERN, APPEAL, DUPLICATE),
        unsupported=(
            Unsupported(
                finding=OWNER.model_copy(update={"id": "f-odd", "title": "An unproven claim"}),
                reason="no quote stands in its source",
            ),
        ),
        requirements=(
            RequirementRow(
                id="TRUST-01",
                applies="yes",
                applies_because="always",
                status="in_place",
                severity="blocker",
                evidence="stated",
                citations=(quote("A line above the chat says that it is a machine.", 15),),
            ),
            RequirementRow(
                id="TRUST-03",
                applies="yes",
                applies_because="automation is autonomous (line 6)",
                status="absent",
                severity="blocker",
                searched=APPEAL.searched,
            ),
            RequirementRow(
                id="TRUST-09",
                applies="yes",
                applies_because="always",
                status="in_place",
                severity="high",
                evidence=ConfirmedEvidence(confirmed=Confirmed(by="Ada", date="2026-03-01")),
            ),
            RequirementRow(
                id="TRUST-10",
                applies="no",
                applies_because="stage is pilot",
                status="not_applicable",
                severity="high",
            ),
        ),
        overlaps=(
            OverlapRow(
                entry="CAP-014",
                kind="capability",
                relation="extends",
                facets={
                    "purpose": Facet(
                        value="similar",
                        own=quote("It sorts claims by urgency.", 20),
                        theirs=quote("Sorts post.", 4, "CAP-014"),
                    ),
                    "users": Facet(value="same"),
                },
                missing=("answers in Danish",),
                disposition="extend",
                reason="It does the same job and lacks answers in Danish.",
                owner="Mira Holt",
                status="pilot",
                last_review=LastReview(
                    initiative="triage-24",
                    version=2,
                    outcome="approve_with_conditions",
                    decided="2026-03-02",
                    open_conditions=("Ask the works council.",),
                ),
                citations=(quote("It sorts claims by urgency.", 20),),
            ),
        ),
        goals=(GoalRow(id="GOAL-2", verdict="serves", citations=(quote("Faster answers.", 8),)),),
        questions=(
            Question(id="q1", text="Who is affected?", about="affected", changes=("TRUST-05",)),
        ),
        facts={"automation": Fact(values=("autonomous",), origin="declared")},
        coverage={
            "overlap": Covered(note="61 capabilities"),
            "consistency": Covered(state="partly", note="behaviours known for 9 of 61 entries"),
        },
        provenance=Provenance(
            tool="concord 0.1.0",
            rules="r1",
            knowledge="k1",
            created="2026-11-23T08:00:00Z",
            sources={
                "CAP-014": SourceRef(path="knowledge/c.csv", sha256="d" * 64, title="Triage"),
                "GOAL-2": SourceRef(path="knowledge/g.md", sha256="d" * 64, title="Fast answers"),
                "PAT-2": SourceRef(path="knowledge/p.md", sha256="d" * 64, title="Hand-off"),
            },
        ),
    )
    return base.model_copy(update=changed)


def sheet(drafted: Draft | None = None, steps: Steps | None = None) -> Sheet:
    """Findings in every state; `f-pattern` edited, `f-duplicate` dismissed, one added."""
    drafted = drafted or draft()
    edited = PATTERN.model_copy(update={"ask": "Hand over when asked once."})
    added = OWNER.model_copy(
        update={"id": "f-new", "rule": "person", "severity": "medium", "title": "Missed by all"}
    )
    dismissal = Dismissal(finding="f-duplicate", reason="already_known", note="secret reason")
    return Sheet(
        draft=drafted,
        effective=drafted,
        steps=steps
        or Steps(
            accepted=("f-pattern",),
            edits=(FieldEdit(finding="f-pattern", field="ask", after=edited.ask),),
            dismissed=(dismissal,),
            added=(
                AddedFinding(
                    dimension="ownership", severity="medium", title="Missed by all", ask="Name one."
                ),
            ),
            private_note="between us",
        ),
        findings=(
            SheetFinding(finding=OWNER),
            SheetFinding(finding=edited, state="accepted", edited=("ask",)),
            SheetFinding(finding=APPEAL),
            SheetFinding(finding=DUPLICATE, state="dismissed", dismissal=dismissal),
            SheetFinding(finding=added, state="added"),
            SheetFinding(
                finding=OWNER.model_copy(update={"id": "f-old", "title": "Of an earlier version"}),
                state="outdated",
            ),
        ),
        unmet=("TRUST-03",),
    )
