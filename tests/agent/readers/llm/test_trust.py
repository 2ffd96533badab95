"""From a model's answer on requirements to readings and claims."""

from typing import Any

import pytest

from agent.draft.verify import verify
from agent.readers.llm import trust
from agent.readers.llm.material import Material
from agent.readers.llm.wire import TrustAnswer
from agent.schema.assessment import Assessment
from tests.support.evidence import NOTICE, NOWHERE, PLANNED, SORTS, applies, evidence, parsed
from tests.support.model_reader import careful, material, requirement


def answer(*rows: dict[str, Any]) -> TrustAnswer:
    return TrustAnswer.model_validate({"requirements": rows, "questions": []})


def read(*rows: dict[str, Any], given: Material | None = None) -> Assessment:
    return trust.read(answer(*rows), given or material())


def test_a_careful_answer_has_no_problem_and_every_quote_resolves() -> None:
    told = TrustAnswer.model_validate(careful()["trust"])
    assert trust.check(told, material()) == ()
    checked = verify(trust.read(told, material()), parsed(), evidence())
    assert {id_: row.status for id_, row in checked.requirements.items()} == {
        "TRUST-01": "in_place",
        "TRUST-03": "planned",
        "TRUST-10": "absent",
        "TRUST-19": "in_place",
    }
    assert {f.rule for f in checked.findings} == {"TRUST-03", "TRUST-10"}
    assert not checked.unsupported
    assert checked.coverage["trust"].state == "checked"
    assert checked.questions[0].changes == ("TRUST-10",)


@pytest.mark.parametrize(
    ("status", "severity", "title"),
    [
        ("absent", "high", "Comparison of groups"),
        ("planned", "medium", "Comparison of groups: planned, not in place"),
        ("unclear", "high", "Comparison of groups: left open"),
    ],
)
def test_title_and_weight_are_decided_by_the_rules(status: str, severity: str, title: str) -> None:
    (claim,) = read(requirement("TRUST-10", status, SORTS)).claims
    assert (claim.severity, claim.dimension) == (severity, "trust")
    assert title.casefold() in claim.title.casefold()
    assert claim.claim.endswith("The text says no more.")
    assert claim.ask == "State it."


def test_without_an_ask_the_requirement_is_asked_for() -> None:
    (claim,) = read(requirement("TRUST-10", ask=" ")).claims
    assert "Comparison of groups is shown" in claim.ask


def test_an_absence_without_a_trail_says_that_all_was_read() -> None:
    (claim,) = read(requirement("TRUST-10")).claims
    assert claim.searched[0].text == ""
    assert "read the whole text" in claim.searched[0].why
    checked = verify(read(requirement("TRUST-10")), parsed(), evidence())
    assert [f.rule for f in checked.findings] == ["TRUST-10"]


def test_where_it_is_unknown_whether_it_applies_the_status_is_unclear_and_nothing_is_claimed() -> (
    None
):
    given = material(gathered=evidence(applicable=applies("TRUST-01", "unknown", "data is needed")))
    part = read(requirement("TRUST-01", "in_place", NOTICE), given=given)
    (reading,) = part.requirements
    assert (reading.status, part.claims) == ("unclear", ())
    assert "data is needed" in reading.note
    assert reading.quotes[0].text == NOTICE


def test_what_does_not_apply_is_neither_asked_nor_taken() -> None:
    given = material(gathered=evidence(applicable=applies("TRUST-01", "no")))
    assert "TRUST-01" not in trust.CALL.brief(given).user
    part = read(requirement("TRUST-01", "in_place", NOTICE), given=given)
    assert part.requirements == ()
    assert part.notes == ("trust: 1 rows with unknown or repeated ids left out",)
    assert part.coverage["trust"].state == "partly"


def test_the_first_of_two_rows_counts_and_unknown_ids_are_dropped() -> None:
    part = read(
        requirement("TRUST-01", "in_place", NOTICE),
        requirement("TRUST-01", "absent"),
        requirement("TRUST-99"),
    )
    assert [(r.id, r.status) for r in part.requirements] == [("TRUST-01", "in_place")]
    assert "2 rows" in part.notes[0]


def test_problems_are_exact_sentences() -> None:
    problems = trust.check(
        answer(
            requirement("TRUST-01", "in_place"),
            requirement("TRUST-03", "planned", PLANNED, NOWHERE),
            requirement("TRUST-03", nearest=[{"quote": NOWHERE, "why": ""}]),
            requirement("TRUST-99"),
        ),
        material(),
    )
    assert problems == (
        "requirements: TRUST-10 is missing; add a row for it.",
        "requirements: TRUST-19 is missing; add a row for it.",
        "requirements: TRUST-03 stands 2 times; keep one row.",
        "requirements: “TRUST-99” is not in the list; leave it out.",
        "requirements TRUST-01: in_place needs a quote of the proposal; give it or say absent.",
        f"requirements TRUST-03 quotes: “{NOWHERE}” does not stand in the proposal; copy one"
        " contiguous span exactly, or drop it.",
        f"requirements TRUST-03 nearest: “{NOWHERE}” does not stand in the proposal; copy one"
        " contiguous span exactly, or drop it.",
    )


def test_without_any_applicable_requirement_nothing_is_asked() -> None:
    none = material(gathered=evidence(requirements=()))
    assert trust.CALL.idle(none) == "no requirement applies"
    assert trust.CALL.idle(material()) == ""
