"""Goals served and ruled out, and whether the worth of a proposal can be told."""

from pathlib import Path

import pytest

from agent.readers.rules import alignment
from agent.schema.assessment import Assessment
from tests.support.gathered import proposal_and_evidence, write_entries


def _goal(id_: str, title: str, measure: str, *rules_out: str) -> str:
    lines = "".join(f"  - {phrase}\n" for phrase in rules_out)
    ruled = f"rules_out:\n{lines}" if lines else ""
    return f"---\nid: {id_}\ntitle: {title}\nowner: Ada\nmeasure: {measure}\n{ruled}---\nWhy.\n"


GOALS = {
    "goals/fast.md": _goal(
        "G-FAST",
        "Settle straightforward claims within a week",
        "Median days from first notice to payment, from 9 days to 5 days",
        "Closing a claim because a customer did not answer a message from a system",
    ),
    "goals/fair.md": _goal(
        "G-FAIR",
        "Treat every customer fairly",
        "Share of complaints that the ombudsman upholds, from 17% to 10%",
        "No adverse claim decision without a person who can change it",
        "No price or priority that rests on health, origin or a stand-in for either",
    ),
    "goals/reach.md": _goal(
        "G-REACH",
        "Bring the cost of handling down",
        "Expense ratio, from 28% to 25%",
        "Savings that take away the last way of reaching a person",
        "An essential service that rests on one supplier without a tried way of going without it",
    ),
}
MEASURED = "The time per case falls from 9 days to 5 days."


def _read(text: str, folder: Path) -> Assessment:
    proposal, evidence = proposal_and_evidence(text, folder)
    assessment = alignment.read(proposal, evidence)
    sources = {entry.id: entry.source.text for entry in evidence.entries()}
    sources["proposal"] = proposal.source.text
    shown = [quote for goal in assessment.goals for quote in goal.quotes]
    for claim in assessment.claims:
        assert claim.quotes or claim.searched, claim.rule
        shown += claim.quotes
        for look in claim.searched:
            assert look.start is not None
            assert sources[look.source][look.start : look.start + len(look.text)] == look.text
    for quote in shown:
        assert quote.start is not None
        assert sources[quote.source][quote.start : quote.start + len(quote.text)] == quote.text
    return assessment


def _verdicts(assessment: Assessment) -> dict[str, str]:
    return {g.id: g.verdict for g in assessment.goals if g.verdict != "not_addressed"}


def _rules(assessment: Assessment) -> list[str]:
    return sorted(claim.rule for claim in assessment.claims)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return write_entries(tmp_path, GOALS)


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("---\ngoals: [G-FAST]\n---\nA tool.", ["G-FAST"]),
        ("---\ngoals:\n  - G-FAST\n  - G-REACH\n---\nA tool.", ["G-FAST", "G-REACH"]),
        ("This supports the goal of settling simple claims within a week.", ["G-FAST"]),
        ("This serves G-REACH directly.", ["G-REACH"]),
        ("It shortens the time from the first notice to the payment.", ["G-FAST"]),
        ("The payment comes sooner: it shortens the time from the first notice to the payment.",
         ["G-FAST"]),
        ("It shows the first notice and the payment side by side.", []),
        ("It shortens the first notice.", []),
        ("The time from the first notice to the payment grew and grew.", []),
        ("It shortens the first step of the work, and a notice is shown to whoever asked for the "
         "payment.", []),
        ("| What | Before | After |\n|--|--|--|\n| Days from first notice to payment | 9 | 5 |",
         ["G-FAST"]),
        ("This does not serve G-REACH.", []),
        ("A tool that sorts mail.", []),
        ("Another project settles straightforward claims within a week faster.", []),
    ],
)  # fmt: skip
def test_serves(office: Path, text: str, served: list[str]) -> None:
    assessment = _read(text, office)
    assert sorted(_verdicts(assessment)) == served
    assert ("goal.none" in _rules(assessment)) is (not served)


def test_declared_goal_is_quoted_from_its_line(office: Path) -> None:
    goal = next(g for g in _read("---\ngoals: [G-FAST]\n---\nA tool.", office).goals if g.quotes)
    assert goal.quotes[0].text == "goals: [G-FAST]"


@pytest.mark.parametrize(
    ("body", "goal"),
    [
        (
            "The model refuses small claims. No handler looks at the refusal or can change it.",
            "G-FAIR",
        ),
        (
            "A claim is declined by the model. A decision to decline is not reviewed by a person.",
            "G-FAIR",
        ),
        ("The order of visits, our priority, rests on the member's health.", "G-FAIR"),
        ("A claim is closed when the customer does not reply to a message.", "G-FAST"),
        (
            "The essential service rests on one supplier. If the supplier fails there is no "
            "fallback.",
            "G-REACH",
        ),
        (
            "Savings come from closing the desk. For these savings, customers can no longer reach "
            "a person.",
            "G-REACH",
        ),
    ],
)
def test_conflict(office: Path, body: str, goal: str) -> None:
    assessment = _read(f"---\ngoals: [{goal}]\n---\n\n{body}\n", office)
    assert _verdicts(assessment) == {goal: "conflicts"}
    claim = next(c for c in assessment.claims if c.rule == "goal.conflict")
    assert (claim.subject, claim.severity, claim.refuses_remedy) == (goal, "high", False)
    assert {quote.source for quote in claim.quotes} == {"proposal", goal}


@pytest.mark.parametrize(
    ("body", "conflicting"),
    [
        ("It decides on applications for a loan. No person decides on them.", False),
        ("It turns applications for a loan down. No person decides on such refusals.", True),
    ],
)
def test_a_decision_is_no_refusal(tmp_path: Path, body: str, conflicting: bool) -> None:
    phrase = "Refusing an application without a person's decision"
    goal = _goal("G-LOAN", "Loans for many", "Loans a month", phrase)
    office = write_entries(tmp_path / "knowledge", {"goals/loan.md": goal})
    assert ("conflicts" in _verdicts(_read(body, office)).values()) is conflicting


@pytest.mark.parametrize(
    "body",
    [
        "The model proposes to refuse small claims. A handler looks at each and changes it.",
        "No claim is refused without a handler who can change the decision.",
        "The model refuses no claim. No handler looks at letters of thanks.",
        "The model proposes to refuse a claim. Refusals are reviewed by a handler and never rest "
        "on a score.",
        "The model refuses a claim. A score will not change the decision made by the handler.",
        "The priority of a visit never rests on health or origin.",
        "Left out on purpose: health, origin, price.",
        "It ranks medical examinations with the open applications.",
        "Officers make the decision to refuse a claim. Nothing was reviewed by a person before.",
        "The essential service rests on one supplier. If the supplier fails, paper takes over.",
        "No claim is closed because a customer did not answer a message.",
        "The old system closes a claim when the customer does not answer a message.",
        "It has not been decided whether a claim is closed when a customer does not answer a "
        "message.",
        "Savings come from less typing, and everybody can still reach a person.",
    ],
)
def test_no_conflict(office: Path, body: str) -> None:
    assert "conflicts" not in _verdicts(_read(body, office)).values()


@pytest.mark.parametrize(
    "refusal",
    [
        "We will not offer a review by a person.",
        "We considered a check by a person and decided against it.",
    ],
)
def test_refused_remedy(office: Path, refusal: str) -> None:
    body = f"The model refuses claims. No handler looks at a refusal. {refusal}"
    assessment = _read(body, office)
    assert _verdicts(assessment) == {"G-FAIR": "conflicts"}
    assert [g.refuses_remedy for g in assessment.goals if g.id == "G-FAIR"] == [True]
    assert [c.refuses_remedy for c in assessment.claims if c.rule == "goal.conflict"] == [True]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("A tool. It should improve things and save a lot of time.", True),
        ("We lose 7% of customers. A first version costs 20,000.", True),
        ("A tool.\n\n## Measures of success\n\nTo be decided.", True),
        ("A tool. " + MEASURED, False),
        ("A tool. We expect to save 40 hours a month.", False),
        ("A tool.\n\n## Measures of success\n\nThe share of calls that are answered.", False),
        ("A tool.\n\n## Targets\n\n| What | Now | Then |\n|--|--|--|\n| Minutes | 9 | 2 |", False),
        ("---\nbenefit: 5 days less\n---\nA tool.", False),
        ("A tool. Success is measured by the rate of first answers that hold.", False),
    ],
)
def test_measure(office: Path, text: str, missing: bool) -> None:
    assert ("measure.none" in _rules(_read(text, office))) is missing


@pytest.mark.parametrize(
    ("count", "extra", "missing"),
    [
        (24, "", False),
        (30, "", True),
        (30, "We also looked at a form with check boxes, which nobody filled in.", False),
        (30, "A rule-based list finds half of them.", False),
    ],
)
def test_alternative(office: Path, count: int, extra: str, missing: bool) -> None:
    body = " ".join(f"Step {number} sorts the mail of desk {number}." for number in range(count))
    assert ("value.alternative" in _rules(_read(f"{body} {extra}", office))) is missing


@pytest.mark.parametrize(
    ("body", "disrupted"),
    [
        ("The tool replaces the night team.", True),
        ("After that the translation desk is no longer needed.", True),
        ("The hotline is closed in May.", True),
        ("The tool does not replace the team.", False),
        ("It replaces the old form.", False),
        ("The tool replaces the night team. The people move to other tasks in claims.", False),
        ("It saves staff time.", False),
    ],
)
def test_workflow(office: Path, body: str, disrupted: bool) -> None:
    assert ("workflow.disrupted" in _rules(_read(body, office))) is disrupted


def test_without_goals_nothing_is_missing_but_coverage_says_so(tmp_path: Path) -> None:
    assessment = _read(f"A tool. {MEASURED}", tmp_path)
    assert _rules(assessment) == []
    assert assessment.coverage["alignment"].state == "partly"
    assert "no goals" in assessment.coverage["alignment"].note


def test_a_language_that_cannot_be_read_misses_nothing(office: Path) -> None:
    text = (
        "Dieses Werkzeug beantwortet die Fragen der Kundinnen und Kunden, und es wird von der "
        "Abteilung betrieben, die auch die Antworten prüft und nicht aufbewahrt."
    )
    assessment = _read(text, office)
    assert (assessment.claims, assessment.goals) == ((), ())
    covered = assessment.coverage["alignment"]
    assert covered.state == "not_checked"
    assert covered.note == "written in a language that the rules cannot read"
