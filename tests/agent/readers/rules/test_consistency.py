"""Patterns that are broken, siblings that differ, and what is no breach."""

from pathlib import Path

import pytest

from agent.readers.rules import consistency
from agent.schema.assessment import Claim
from tests.support.gathered import proposal_and_evidence, write_entries


def _pattern(id_: str, key: str, says: str) -> str:
    return (
        f"---\nid: {id_}\ntitle: How it is done\nseverity: high\nowner: Office\n"
        f"applies_when: {{audience: [customers]}}\nbehaviours:\n  {key}: {says}\n---\nBecause.\n"
    )


PATTERNS = {
    "patterns/retention.md": _pattern(
        "P-KEEP", "retention", "Logs are kept 90 days, then deleted."
    ),
    "patterns/appeal.md": _pattern(
        "P-APPEAL", "appeal", "A person answers an appeal within 10 working days."
    ),
    "patterns/handoff.md": _pattern(
        "P-HAND", "handoff", "Whoever asks for a person reaches one within 1 working day."
    ),
    "patterns/told.md": _pattern(
        "P-TOLD", "disclosure", "The first message says that people deal with a program."
    ),
    "patterns/ceiling.md": _pattern(
        "P-CEIL", "automation", "Adverse outcomes are at most act_with_approval."
    ),
    "patterns/reasons.md": _pattern(
        "P-WHY", "explanation", "The main reasons, at most 3, are given with the outcome."
    ),
    "patterns/sure.md": _pattern(
        "P-SURE", "confidence", "Each answer is shown with high, medium or low confidence."
    ),
}
HEAD = (
    "---\ntitle: Chat helper\naudience: [customers]\naffected: [customers]\nautomation: {}\n{}---\n"
)


def _claims(body: str, folder: Path, *, level: str = "recommend", front: str = "") -> list[Claim]:
    text = HEAD.format(level, front) + f"\n# Chat helper\n\n## How it works\n\n{body}\n"
    proposal, evidence = proposal_and_evidence(text, folder)
    claims = list(consistency.read(proposal, evidence).claims)
    for claim in claims:
        for quote in claim.quotes:
            source = proposal.source.text
            if quote.source != "proposal":
                entries = {entry.id: entry for entry in evidence.entries()}
                source = entries[quote.source].source.text
            assert quote.start is not None
            assert source[quote.start : quote.start + len(quote.text)] == quote.text
    return claims


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return write_entries(tmp_path, PATTERNS)


@pytest.mark.parametrize(
    ("body", "subject", "title"),
    [
        ("Conversation logs are kept for three years.", "P-KEEP", "three years"),
        ("We will delete chats after 12 months.", "P-KEEP", "12 months"),
        ("All inputs are stored indefinitely.", "P-KEEP", "without end"),
        ("Whoever objects gets an answer within six weeks.", "P-APPEAL", "six weeks"),
        ("Appeals are answered within 30 working days.", "P-APPEAL", "30 working days"),
        ("Decisions are final.", "P-APPEAL", "no appeal"),
        ("Customers who ask for a person are called back within 5 days.", "P-HAND", "5 days"),
        ("Users cannot reach a person.", "P-HAND", "No way to a person"),
        ("Customers who ask for an agent get a call after five days.", "P-HAND", "five days"),
        ("There is no way to get through to an employee.", "P-HAND", "No way to a person"),
        ("A person can be reached by letter; answers take three weeks.", "P-HAND", "three weeks"),
        ("The result is final.", "P-APPEAL", "no appeal"),
        ("Whoever disagrees hears from the team within two months.", "P-APPEAL", "two months"),
        ("We do not tell customers that a program answers.", "P-TOLD", "Does not tell"),
        ("Letters leave out that software wrote them.", "P-TOLD", "Does not tell"),
        ("Testers thought that Mia was a real person.", "P-TOLD", "Does not tell"),
        ("No reasons are given with the outcome.", "P-WHY", "Gives no reasons"),
        ("It names the eight main factors behind the result.", "P-WHY", "8 reasons"),
        ("The confidence is shown as a percentage.", "P-SURE", "percentage"),
    ],
)
def test_breach(office: Path, body: str, subject: str, title: str) -> None:
    found = {claim.subject: claim for claim in _claims(body, office)}
    assert list(found) == [subject]
    assert title in found[subject].title
    assert found[subject].rule == "pattern.breach"
    assert found[subject].severity == "high"
    assert [quote.source for quote in found[subject].quotes] == ["proposal", subject]


@pytest.mark.parametrize(
    "body",
    [
        "Conversation logs are kept 30 days.",
        "Logs are deleted after three months.",
        "Logs are not kept three years.",
        "The audit log is kept for ten years.",
        "Claims files are kept for ten years.",
        "The old system keeps its logs for ten years.",
        "Photographs of the damage are deleted after one year.",
        "It has not been decided whether logs are kept for three years.",
        "Customers can appeal within 60 days.",
        "Handlers report nonsense by a flag; the team answers after three days.",
        "A person can be reached at once; the text is deleted after five days.",
        "Appeals are answered within two weeks.",
        "No appeals were received in the pilot.",
        "Customers who ask for a person get a call on the same day.",
        "Today callers wait five days until they reach a person.",
        "The first message tells customers that a program answers.",
        "The letter does not say which score the model gave.",
        "It names the three main reasons.",
        "Each answer is shown with high, medium or low confidence.",
        "Decisions are final only once a person has answered the appeal, within 5 days.",
    ],
)
def test_no_breach(office: Path, body: str) -> None:
    assert [claim.title for claim in _claims(body, office)] == []


@pytest.mark.parametrize(
    ("level", "body", "broken"),
    [
        ("autonomous", "The model refuses small claims and sends the letter.", True),
        ("act_with_notice", "It declines requests above the limit.", True),
        ("act_with_approval", "The model refuses small claims.", False),
        ("autonomous", "It books appointments.", False),
        ("autonomous", "It never declines a claim.", False),
        ("autonomous", "A handler approves each refusal before it is sent.", False),
        ("autonomous", "It pays at once. No claim is declined without a handler.", False),
    ],
)
def test_adverse_outcomes_above_the_ceiling(
    office: Path, level: str, body: str, broken: bool
) -> None:
    claims = _claims(body, office, level=level)
    assert [claim.subject for claim in claims] == (["P-CEIL"] if broken else [])


def test_declared_behaviour_counts(office: Path) -> None:
    front = "behaviours:\n  retention: Chats are deleted after two years\n"
    claims = _claims("It answers questions.", office, front=front)
    assert [claim.subject for claim in claims] == ["P-KEEP"]
    assert claims[0].quotes[0].text == "Chats are deleted after two years"


def test_refused_remedy(office: Path) -> None:
    claims = _claims("We will not offer an appeal.", office)
    assert [(claim.subject, claim.refuses_remedy) for claim in claims] == [("P-APPEAL", True)]


SIBLING = (
    "---\nid: CAP-1\ntitle: Policy chat\nowner: A\nstatus: {}\naudience: [{}]\n"
    "behaviours:\n  retention: Chats are deleted after 30 days\n---\nAnswers questions.\n"
)


@pytest.mark.parametrize(
    ("status", "audience", "body", "differs"),
    [
        ("production", "customers", "Chats are deleted after one year. As with Policy chat.", True),
        ("planned", "customers", "Chats are deleted after one year. As with Policy chat.", False),
        (
            "production",
            "employees",
            "Chats are deleted after one year. As with Policy chat.",
            False,
        ),
        ("production", "customers", "Chats are deleted after 45 days. As with Policy chat.", False),
        ("production", "customers", "Photos are deleted after one year. See Policy chat.", False),
    ],
)
def test_sibling(tmp_path: Path, status: str, audience: str, body: str, differs: bool) -> None:
    office = write_entries(tmp_path, {"capabilities/c.md": SIBLING.format(status, audience)})
    claims = _claims(body, office)
    assert [(c.rule, c.subject) for c in claims] == ([("sibling.differs", "CAP-1")] * differs)


@pytest.mark.parametrize(("trade", "differs"), [("claims", True), ("archive", False)])
def test_inside_the_house_only_the_same_trade_is_a_sibling(
    tmp_path: Path, trade: str, differs: bool
) -> None:
    inside = SIBLING.format("production", "employees").replace("owner:", f"domain: {trade}\nowner:")
    office = write_entries(tmp_path, {"capabilities/c.md": inside})
    text = (
        "---\ntitle: Notes\naudience: [employees]\ndomain: claims\n---\n\n# Notes\n\n"
        "Chats are deleted after one year. As with Policy chat.\n"
    )
    claims = consistency.read(*proposal_and_evidence(text, office)).claims
    assert [claim.subject for claim in claims] == (["CAP-1"] if differs else [])


def test_a_pattern_rules_before_a_sibling(tmp_path: Path) -> None:
    sibling = {"capabilities/c.md": SIBLING.format("production", "customers")}
    office = write_entries(tmp_path, PATTERNS | sibling)
    assert _claims("Chats are deleted after 90 days. As with Policy chat.", office) == []


@pytest.mark.parametrize(
    ("entries", "text", "state", "note"),
    [
        ({}, "It answers questions.", "not_checked", "no patterns"),
        (PATTERNS, "It answers questions.", "partly", "7 patterns, 7 apply"),
        (
            PATTERNS,
            "Dieses Werkzeug beantwortet die Fragen der Kundinnen und Kunden, und es wird von der "
            "Abteilung betrieben, die auch die Antworten prüft und nicht aufbewahrt.",
            "not_checked",
            "a language that the rules cannot read",
        ),
    ],
)
def test_coverage(
    tmp_path: Path, entries: dict[str, str], text: str, state: str, note: str
) -> None:
    office = write_entries(tmp_path, entries)
    proposal, evidence = proposal_and_evidence(HEAD.format("recommend", "") + text, office)
    covered = consistency.read(proposal, evidence).coverage["consistency"]
    assert (covered.state, note in covered.note) == (state, True), covered
