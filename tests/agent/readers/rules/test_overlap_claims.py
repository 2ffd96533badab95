"""What of an overlap becomes a finding, and what a team's own words about reuse change in it."""

import pytest

from agent.intake.evidence import gather
from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.readers.rules.overlap import read
from agent.schema.assessment import Assessment
from agent.schema.proposal import Proposal
from knowledge.entries import Precedent, Source
from knowledge.index import Index
from knowledge.reading import Knowledge
from tests.support.insurer import DUPLICATE


def parsed(text: str, name: str = "note") -> Proposal:
    return parse(text.encode(), f"proposals/{name}.md")


def assessed(
    text: str, knowledge: Knowledge, index: Index, past: tuple[Precedent, ...] = ()
) -> Assessment:
    proposal = parsed(text)
    return read(proposal, gather(proposal, knowledge, read_facts(proposal, {}), index, (), past))


def rows(assessment: Assessment) -> dict[str, tuple[str, str]]:
    return {o.entry: (o.relation, o.disposition) for o in assessment.overlaps}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ndata", "---\nreuses: [CAP-1]\ndata"),
        ("files it.\n", "files it. We build on CAP-1.\n"),
    ],
)
def test_reuse_that_adds_nothing_is_the_same_job_still(
    knowledge: Knowledge, index: Index, before: str, after: str
) -> None:
    """Otherwise a team could switch merging off by saying so."""
    assert before in DUPLICATE
    assessment = assessed(DUPLICATE.replace(before, after, 1), knowledge, index)
    assert rows(assessment)["CAP-1"] == ("duplicate", "join")
    (claim,) = assessment.claims
    assert (claim.rule, claim.severity) == ("overlap.duplicate", "high")
    assert "does not say what is added" in claim.claim


def test_an_extension_that_only_words_make_is_a_finding(knowledge: Knowledge, index: Index) -> None:
    text = DUPLICATE + "\nWe extend the Call summaries (CAP-1) to one more team.\n"
    assessment = assessed(text, knowledge, index)
    assert rows(assessment)["CAP-1"] == ("extends", "extend")
    (claim,) = assessment.claims
    assert (claim.rule, claim.severity) == ("overlap.extends", "medium")
    assert "nothing else in it differs" in claim.claim


def test_other_work_under_one_word_is_not_said_to_be_claimed_as_an_extension(
    knowledge: Knowledge, index: Index
) -> None:
    """The titles make it a sister; the text never says that it adds anything."""
    text = DUPLICATE.replace("# Notes after a phone conversation", "# Lottery of a call", 1)
    assessment = assessed(text, knowledge, index)
    assert rows(assessment)["CAP-1"] == ("extends", "extend")
    (claim,) = assessment.claims
    assert "does not say that it builds on it" in claim.claim


def decided(outcome: str) -> Precedent:
    other = parsed(DUPLICATE, "north")
    source = Source(path=other.path, sha256=other.sha256, line=1, text=other.source.text)
    return Precedent(
        id="north",
        title=other.title,
        body=other.source.text[other.body :],
        source=source,
        outcome=outcome,
        decided="2026-03-02",
    )


@pytest.mark.parametrize(
    ("outcome", "severity", "said", "disposition"),
    [
        ("approve", "high", "was approved on 2026-03-02", "join"),
        ("approve_with_conditions", "high", "was approved with conditions on 2026-03-02", "join"),
        ("merge_with_existing", "high", "was to be merged", "join"),
        ("reject", "medium", "was rejected on 2026-03-02", "justify"),
    ],
)
def test_a_twin_of_a_decided_one_is_a_finding_with_its_outcome(
    knowledge: Knowledge, index: Index, outcome: str, severity: str, said: str, disposition: str
) -> None:
    assessment = assessed(DUPLICATE, knowledge, index, (decided(outcome),))
    assert rows(assessment)["north"] == ("duplicate", disposition)
    claim = next(c for c in assessment.claims if c.subject == "north")
    assert (claim.rule, claim.severity) == ("overlap.twin", severity)
    assert said in claim.claim
    assert {q.source for q in claim.quotes} == {"proposal", "north"}


OTHER_WORDS = """---
audience: [employees]
affected: [customers]
data: personal
automation: act_with_approval
---
# Less typing

## What it does

The colleague who was on the phone puts the lines into the file. Once a call is over, spoken words
become written words, and the written words get condensed. Our people say that they have a model.
"""


def test_the_quoted_pair_shows_what_is_alike(knowledge: Knowledge, index: Index) -> None:
    assessment = assessed(OTHER_WORDS, knowledge, index)
    (row,) = [o for o in assessment.overlaps if o.entry == "CAP-1"]
    own, theirs = row.quotes
    assert "condensed" in own.text
    assert "transcribed and a short summary" in theirs.text
