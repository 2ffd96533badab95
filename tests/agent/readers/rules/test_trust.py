"""Statuses, quotes, trails, claims and questions of the trust dimension, on real proposals."""

import time
from functools import cache
from pathlib import Path

import pytest

from agent.intake.proposal import parse
from agent.readers.rules import trust
from agent.schema.assessment import Assessment
from agent.schema.evidence import Applicable, Evidence
from agent.schema.proposal import Fact, Proposal
from knowledge.entries import Requirement, Source
from knowledge.reading import load
from knowledge.vocabulary import Applies, Severity

STARTER = Path(__file__).parents[4] / "knowledge" / "starter"
LABELLED = [
    line.split("\t")
    for line in Path(__file__)
    .with_name("trust_texts.tsv")
    .read_text(encoding="utf-8")
    .strip()
    .split("\n")
]


def requirement(
    id_: str,
    title: str,
    text: str = "",
    look_for: tuple[str, ...] = (),
    severity: Severity = "high",
) -> Requirement:
    return Requirement(
        id=id_,
        title=title,
        policy="POL",
        text=text,
        look_for=look_for,
        severity=severity,
        source=Source(path="p.md", sha256="", line=1, text=""),
    )


APPEAL = requirement(
    "APPEAL",
    "Appeal route",
    "People can contest a decision and reach a person who can change it. It costs nothing.",
    ("appeal route",),
    "blocker",
)
OWN = {
    "APPEAL": APPEAL,
    "LOG": requirement("LOG", "Logging", "Every output is logged.", ("logged",)),
    "OV": requirement(
        "OV",
        "Human oversight",
        "A person approves each action.",
        ("human review", "person approves"),
    ),
    "NC": requirement(
        "NC",
        "Appeal route",
        "People affected by a decision can contest it and have a person look at it again.",
    ),
    "SENT": requirement(
        "SENT",
        "Appeals",
        look_for=("The affected person can appeal the decision and a person decides on it.",),
    ),
    "NOTR": requirement("NOTR", "No training on our data", look_for=("not used to train",)),
}


@cache
def shipped() -> dict[str, Requirement]:
    return {r.id: r for r in load(STARTER).of(Requirement)}


def evidence(
    *requirements: Requirement,
    applies: Applies = "yes",
    depends_on: tuple[str, ...] = (),
    facts: dict[str, Fact] | None = None,
) -> Evidence:
    return Evidence(
        knowledge="k",
        facts=facts or {},
        requirements=requirements,
        patterns=(),
        applicable={
            r.id: Applicable(
                id=r.id, applies=applies, because="data is unknown", depends_on=depends_on
            )
            for r in requirements
        },
        goals=(),
        capabilities=(),
        assets=(),
    )


def proposal(text: str) -> Proposal:
    return parse(text.encode(), "x.md")


def read(text: str, *requirements: Requirement) -> Assessment:
    return trust.read(proposal(text), evidence(*requirements))


@pytest.mark.parametrize(("id_", "status", "text"), LABELLED)
def test_status(id_: str, status: str, text: str) -> None:
    asked = OWN.get(id_) or shipped()[id_]
    reading = read(text.replace("\\n", "\n"), asked).requirements[0]
    assert reading.status == status, reading


def test_no_plan_is_ever_in_place() -> None:
    """Each statement of the table, put into words of the future, stops being in place."""
    stated = [(i, t) for i, status, t in LABELLED if status == "in_place" and t[0].isalpha()]
    stated = [(i, t) for i, t in stated if "\\n" not in t and ";" not in t and ". " not in t]
    assert len(stated) >= 25
    for id_, text in stated:
        asked = OWN.get(id_) or shipped()[id_]
        for plan in (
            f"In phase 2 we will do this: {text}",
            f"## Planned\n\n- {text}",
            f"It is planned that {text[0].lower()}{text[1:]}",
            f"{text.rstrip('.')} (planned for May).",
            f"{text.rstrip('.')} - once the tool is live.",
            f"{text} This is to be built in phase 2.",
        ):
            assert read(plan, asked).requirements[0].status != "in_place", plan


def test_quotes_are_exact_slices_and_at_most_three() -> None:
    text = "Intro.\n\n" + "\n\n".join(
        f"Customers of region {n} have an appeal route at desk {n}." for n in range(6)
    )
    seen = proposal(text)
    reading = trust.read(seen, evidence(APPEAL)).requirements[0]
    assert len(reading.quotes) == 3
    for quote in reading.quotes:
        assert quote.start is not None
        assert seen.source.text[quote.start : quote.start + len(quote.text)] == quote.text
    assert reading.searched == ()


def test_contradiction_is_quoted_from_both_sides() -> None:
    text = "There is an appeal route. It is open daily.\n\n## Letters\n\nNo appeal route exists."
    assessment = read(text, APPEAL)
    reading = assessment.requirements[0]
    assert reading.status == "unclear"
    assert [q.text for q in reading.quotes] == [
        "There is an appeal route.",
        "No appeal route exists.",
    ]
    assert "both that it is so and that it is not" in assessment.claims[0].claim


def test_an_absence_has_a_trail_that_says_why() -> None:
    text = (
        "## Rules\n\nThe policy demands an appeal route.\n\n## Others\n\nThe old portal has an "
        "appeal route.\n\n## All\n\nRoutes are printed daily."
    )
    reading = read(text, APPEAL).requirements[0]
    assert reading.status == "absent"
    whys = [look.why for look in reading.searched]
    assert "restates the rule and does not say what is done" in whys
    assert "speaks of another system" in whys
    assert len(whys) <= 3


def test_nothing_near_shows_where_it_would_belong() -> None:
    text = "# Sorting\n\nLetters are sorted.\n\n## Complaints desk\n\nColour is blue."
    reading = read(text, APPEAL).requirements[0]
    assert reading.status == "absent"
    (look,) = reading.searched
    assert look.text == "## Complaints desk"
    assert look.why == "2 sentences read; none speaks of it"
    assert look.start is not None
    assert proposal(text).source.text[look.start :].startswith(look.text)


def test_claim_of_a_gap() -> None:
    (claim,) = read("Letters are sorted by topic.", APPEAL).claims
    assert (claim.rule, claim.subject, claim.dimension) == ("APPEAL", None, "trust")
    assert claim.title == "No appeal route"
    assert claim.severity == "blocker"
    assert "People can contest a decision" in claim.ask
    assert "It costs nothing" not in claim.ask
    assert not claim.refuses_remedy


def test_a_plan_weighs_one_step_less_but_a_blocker_stays() -> None:
    text = "In phase 2 we will add an appeal route. Every prompt will be logged."
    by_rule = {c.rule: c.severity for c in read(text, APPEAL, OWN["LOG"]).claims}
    assert by_rule == {"APPEAL": "blocker", "LOG": "medium"}


def test_advice_never_rises_above_low() -> None:
    advised = OWN["LOG"].model_copy(update={"enforce": "advise"})
    assert read("Letters are sorted.", advised).claims[0].severity == "low"


def test_what_does_not_apply_is_not_asked_for() -> None:
    assessment = trust.read(proposal("Letters are sorted."), evidence(APPEAL, applies="no"))
    assert assessment.requirements[0].status == "not_applicable"
    assert assessment.requirements[0].note == "data is unknown"
    assert assessment.claims == ()


def test_unknown_applicability_is_one_question_a_fact_and_no_claim() -> None:
    gathered = evidence(
        APPEAL,
        OWN["LOG"],
        applies="unknown",
        depends_on=("data", "stage"),
        facts={"stage": Fact(values=("pilot",), origin="declared"), "data": Fact()},
    )
    assessment = trust.read(proposal("There is an appeal route."), gathered)
    assert {r.status for r in assessment.requirements} == {"unclear"}
    assert assessment.requirements[0].quotes[0].text == "There is an appeal route."
    assert assessment.claims == ()
    (ask,) = assessment.questions
    assert (ask.about, ask.changes) == ("data", ("APPEAL", "LOG"))
    assert assessment.coverage["trust"].state == "partly"
    assert "2 wait on facts" in assessment.coverage["trust"].note


def test_an_unread_language_is_said_and_never_absent() -> None:
    text = "Die Kunden können bei der Stelle Widerspruch einlegen und eine Person entscheidet neu."
    assessment = read(text, APPEAL)
    assert assessment.requirements[0].status == "unclear"
    assert "language" in assessment.requirements[0].note
    assert assessment.claims == ()
    assert assessment.coverage["trust"].state == "not_checked"


def test_a_section_in_another_language_keeps_absence_open() -> None:
    german = (
        "Die Kunden können bei der Stelle Widerspruch einlegen und eine Person entscheidet neu. "
        * 3
    )
    english = "The assistant sorts the letters of the day by topic. " * 12
    assessment = read(f"# Sorting\n\n{english}\n\n## Rechte\n\n{german}\n", APPEAL)
    assert assessment.requirements[0].status == "unclear"
    assert assessment.coverage["trust"].state == "partly"


def test_the_word_of_a_measure_is_no_measure() -> None:
    assert read("We sort appeals by topic.", APPEAL).requirements[0].status == "unclear"
    assert read("The tool reads appeals.", OWN["NC"]).requirements[0].status == "unclear"


def test_coverage_counts() -> None:
    covered = read("Letters are sorted. They are read.", APPEAL, OWN["LOG"]).coverage["trust"]
    assert (covered.state, covered.note) == (
        "checked",
        "2 requirements apply; 2 sentences read",
    )


def test_every_requirement_has_a_reading_and_reading_twice_is_the_same() -> None:
    everything = tuple(shipped().values())
    text = "\n\n".join(row[2].replace("\\n", "\n") for row in LABELLED[:40])
    first, second = read(text, *everything), read(text, *everything)
    assert first == second
    assert [r.id for r in first.requirements] == [r.id for r in everything]


def test_speed() -> None:
    everything = tuple(shipped().values())
    page = "\n\n".join(row[2] for row in LABELLED if "\\n" not in row[2])
    seen, gathered = proposal(page * 8), evidence(*everything)
    start = time.process_time()
    trust.read(seen, gathered)
    assert time.process_time() - start < 2
