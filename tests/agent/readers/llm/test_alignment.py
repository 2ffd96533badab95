"""From a model's answer on goals, worth and owners to readings and claims."""

from typing import Any

import pytest

from agent.draft.verify import verify
from agent.readers.llm import alignment
from agent.readers.llm.wire import AlignmentAnswer
from agent.schema.assessment import Assessment
from agent.schema.proposal import Fact
from tests.support.evidence import NOTICE, NOWHERE, SORTS, evidence, parsed
from tests.support.model_reader import careful, finding, goal, material

BOTH: dict[str, Any] = {"proposal_quotes": [SORTS], "goal_quotes": ["Faster."]}
ACTS = {"automation": Fact(values=("autonomous",), origin="declared")}


def answer(goals: list[dict[str, Any]], *findings: dict[str, Any]) -> AlignmentAnswer:
    row = {"goals": goals, "findings": findings, "questions": []}
    return AlignmentAnswer.model_validate(row)


def read(goals: list[dict[str, Any]], *findings: dict[str, Any]) -> Assessment:
    return alignment.read(answer(goals, *findings), material())


def test_a_careful_answer_has_no_problem() -> None:
    told = AlignmentAnswer.model_validate(careful()["alignment_ownership"])
    assert alignment.check(told, material()) == ()
    checked = verify(alignment.read(told, material()), parsed(), evidence())
    assert [(g.id, g.verdict) for g in checked.goals] == [
        ("GOAL-1", "serves"),
        ("GOAL-2", "not_addressed"),
    ]
    assert [(f.rule, f.subject, f.severity) for f in checked.findings] == [
        ("role.missing", "design", "low")
    ]
    assert {d: c.state for d, c in checked.coverage.items()} == {
        "alignment": "checked",
        "ownership": "checked",
    }


def test_a_conflict_becomes_a_finding_with_the_words_of_both_sides() -> None:
    part = read([goal("GOAL-1", "conflicts", refuses_remedy=True, reason="It does.", **BOTH)])
    (claim,) = part.claims
    assert (claim.rule, claim.subject, claim.severity) == ("goal.conflict", "GOAL-1", "high")
    assert (claim.claim, claim.refuses_remedy) == ("It does.", True)
    assert [q.source for q in claim.quotes] == ["proposal", "GOAL-1"]


def test_only_a_conflict_can_refuse_its_remedy() -> None:
    (reading,) = read([goal("GOAL-1", "serves", refuses_remedy=True, **BOTH)]).goals
    assert not reading.refuses_remedy


@pytest.mark.parametrize(
    ("rule", "subject", "severity", "dimension"),
    [
        ("measure.none", "", "medium", "alignment"),
        ("value.alternative", "", "low", "alignment"),
        ("workflow.disrupted", "", "medium", "alignment"),
        ("owner.missing", "", "high", "ownership"),
        ("owner.mailbox", "claims@office.example", "medium", "ownership"),
        ("role.missing", "business", "medium", "ownership"),
        ("role.missing", "product", "low", "ownership"),
    ],
)
def test_weight_dimension_and_title_are_those_of_the_rules(
    rule: str, subject: str, severity: str, dimension: str
) -> None:
    given = material(gathered=evidence(facts=ACTS))
    (claim,) = alignment.read(answer([], finding(rule, subject, quotes=[NOTICE])), given).claims
    assert (claim.severity, claim.dimension) == (severity, dimension)
    assert claim.subject == (subject or None)
    assert claim.title
    assert claim.title != claim.claim


def test_an_absence_has_a_trail_and_what_stands_there_has_none() -> None:
    near = [{"quote": SORTS, "why": "no figure"}]
    missing, there = read(
        [], finding("measure.none", nearest=near), finding("workflow.disrupted", quotes=[SORTS])
    ).claims
    assert (missing.searched[0].text, missing.searched[0].why) == (SORTS, "no figure")
    assert there.searched == ()


@pytest.mark.parametrize("subject", ["", "chief wizard"])
def test_a_role_that_is_none_is_left_out(subject: str) -> None:
    part = read([], finding("role.missing", subject))
    assert part.claims == ()
    assert part.notes == ("alignment: 1 rows that fit nothing left out",)


def test_no_goal_is_claimed_only_where_every_goal_is_not_addressed() -> None:
    none, serves = [goal("GOAL-1"), goal("GOAL-2")], [goal("GOAL-1", "serves", **BOTH)]
    assert [c.rule for c in read(none, finding("goal.none")).claims] == ["goal.none"]
    assert read(serves, finding("goal.none")).claims == ()
    assert "goal.none" in alignment.check(answer(none), material())[-1]
    both = [*serves, goal("GOAL-2")]
    assert "goal.none" in alignment.check(answer(both, finding("goal.none")), material())[-1]
    assert alignment.check(answer(none, finding("goal.none")), material()) == ()


def test_problems_are_exact_sentences() -> None:
    problems = alignment.check(
        answer(
            [
                goal("GOAL-1", "serves", proposal_quotes=[SORTS]),
                goal("GOAL-2", "conflicts", proposal_quotes=[SORTS], goal_quotes=[SORTS]),
            ],
            finding("role.missing", "wizard"),
            finding("workflow.disrupted"),
            finding("measure.none", nearest=[{"quote": NOWHERE, "why": ""}]),
        ),
        material(),
    )
    stand = "does not stand in"
    assert problems == (
        "goals GOAL-1: serves needs quotes of both sides; give them or say not_addressed.",
        f"goals GOAL-2 goal_quotes: “{SORTS}” {stand} GOAL-2; copy one contiguous span exactly, or"
        " drop it.",
        "findings role.missing: “wizard” is no role of the list; correct or drop it.",
        "findings workflow.disrupted needs a quote of the proposal; give it or drop the finding.",
        f"findings measure.none nearest: “{NOWHERE}” {stand} the proposal; copy one contiguous"
        " span exactly, or drop it.",
    )


def test_an_office_without_goals_is_read_for_the_rest() -> None:
    given = material(gathered=evidence(goals=()))
    part = alignment.read(answer([], finding("measure.none")), given)
    assert [c.rule for c in part.claims] == ["measure.none"]
    assert part.coverage["alignment"].state == "partly"
    assert alignment.check(answer([], finding("measure.none")), given) == ()
