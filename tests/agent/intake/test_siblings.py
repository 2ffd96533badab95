"""What runs for the same people is read, however little it sounds alike, and counted."""

import pytest

from agent.intake.proposal import parse
from agent.readers.rules import consistency
from agent.readers.rules.reader import RulesReader
from agent.review import Review
from agent.schema.evidence import Evidence
from knowledge.reading import load
from tests.support.evidence import override
from tests.support.gathered import write_entries

TEXT = """---
audience: [{people}]
domain: claims
---
# Chat helper

## How it works

Answers to questions are kept. The logs are deleted after 300 days.
"""


def capability(number: int, audience: str, domain: str, status: str = "production") -> str:
    return (
        f"---\nid: CAP-{number:02}\ntitle: Thing {number}\nowner: Ada Example\n"
        f"status: {status}\naudience: [{audience}]\ndomain: [{domain}]\n"
        "behaviours:\n  retention: Logs are deleted after 30 days\n---\nDoes something.\n"
    )


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """24 products for customers, the last two in claims; one retired; two for staff."""
    entries = {f"capabilities/{n:02}.md": capability(n, "customers", "home") for n in range(1, 23)}
    entries |= {f"capabilities/{n}.md": capability(n, "customers", "claims") for n in (23, 24)}
    entries["capabilities/25.md"] = capability(25, "customers", "claims", "retired")
    entries |= {f"capabilities/{n}.md": capability(n, "employees", "claims") for n in (26, 27)}
    folder = write_entries(tmp_path_factory.mktemp("many") / "knowledge", entries)
    return Review(knowledge=load(folder), readers=(RulesReader(),), tool="t")


def gathered(review: Review, people: str) -> Evidence:
    return review.gather(parse(TEXT.format(people=people).encode(), "proposals/chat.md"))


def test_what_people_outside_meet_too_is_read_the_same_trade_first(review: Review) -> None:
    evidence = gathered(review, "customers")
    read = [c.id for c in evidence.capabilities]
    assert read == [f"CAP-{n:02}" for n in [*range(1, 19), 23, 24]]
    assert evidence.registry["siblings"] == 24


def test_what_staff_meet_is_counted_and_read_only_where_it_is_near(review: Review) -> None:
    evidence = gathered(review, "employees")
    assert (evidence.capabilities, evidence.registry["siblings"]) == ((), 2)


def test_a_sibling_that_nobody_names_may_differ_and_the_coverage_says_how_many_were_read(
    review: Review,
) -> None:
    proposal = parse(TEXT.format(people="customers").encode(), "proposals/chat.md")
    assessment = consistency.read(proposal, review.gather(proposal))
    assert [c.subject for c in assessment.claims] == ["CAP-01", "CAP-02"]
    covered = assessment.coverage["consistency"]
    assert covered.state == "partly"
    assert covered.note.endswith("27 of 27 capabilities, 24 of them for the same people, 20 read")


def test_a_corrected_audience_has_other_siblings(review: Review) -> None:
    proposal = parse(TEXT.format(people="employees").encode(), "proposals/chat.md")
    change = (override("fact", "audience", "customers"),)
    changed = review.with_overrides(proposal, review.gather(proposal), change)
    assert changed == review.gather(proposal, overrides=change)
    assert len(changed.capabilities) == 20
