"""The figures, worked out by hand on a few rows each."""

from typing import Any

import pytest

from agent.schema.draft import Draft
from evals.cases import Gold
from evals.metrics import Tally, compare, f1, kappa, metrics
from tests.support.past import draft, finding, goal, overlap, requirement, unsupported


def gold(**labels: Any) -> Gold:
    return Gold.model_validate(labels)


def figures(*pairs: tuple[Draft, Gold]) -> dict[str, Any]:
    return metrics([compare(d, g) for d, g in pairs])


def test_no_case_defines_no_ratio() -> None:
    m = figures()
    assert m["requirements"] == {
        "accuracy": None,
        "macro_f1": None,
        "planned_as_in_place": 0,
        "n": 0,
        "confusion": {},
    }
    assert m["findings"] == {
        "precision": None,
        "recall": None,
        "f1": None,
        "n": 0,
        "by_dimension": {},
    }
    assert m["overlaps"] == {
        "recall": None,
        "precision": None,
        "relation_accuracy": None,
        "n": 0,
    }
    assert m["goals"] == {"accuracy": None, "n": 0}
    assert m["outcome"] == {"accuracy": None, "kappa": None, "baseline": None, "n": 0}
    assert m["quotes"] == {"valid": None, "n": 0}


def test_requirements_accuracy_macro_f1_and_confusion() -> None:
    drafted = draft(
        requirements=(
            requirement("R1", "in_place"),
            requirement("R2", "in_place"),
            requirement("R3", "absent"),
            requirement("R4", "unclear"),
            requirement("R5", "absent"),
        )
    )
    labels = gold(requirements={"R1": "in_place", "R2": "planned", "R3": "absent", "R4": "absent"})
    m = figures((drafted, labels))["requirements"]
    assert m["n"] == 4, "R5 has no label and is not scored"
    assert m["accuracy"] == 0.5
    # in_place 2·1/3, absent 2·1/3, planned 0, unclear (only drafted) 0; their mean
    assert m["macro_f1"] == round((2 / 3 + 2 / 3) / 4, 4)
    assert m["planned_as_in_place"] == 1
    assert m["confusion"] == {
        "absent": {"absent": 1, "unclear": 1},
        "in_place": {"in_place": 1},
        "planned": {"in_place": 1},
    }


def test_f1_of_a_label_that_nobody_uses_is_undefined() -> None:
    assert f1([("absent", "absent")], "planned") is None
    assert f1([("absent", "planned")], "planned") == 0


def test_a_labelled_requirement_that_the_draft_calls_not_applicable_is_wrong() -> None:
    labels = gold(requirements={"R1": "absent", "R2": "absent"})
    m = figures((draft(requirements=(requirement("R1", "not_applicable"),)), labels))
    assert m["requirements"]["accuracy"] == 0
    assert m["requirements"]["confusion"] == {"absent": {"not_applicable": 2}}


def test_findings_match_one_to_one_with_a_subject() -> None:
    drafted = draft(
        findings=(
            finding("ownership", "design"),
            finding("ownership", "data"),
            finding("dependencies", "GeoTrace"),
            finding("trust", None, "TRUST-01"),
            finding("overlap", "CAP-1"),
            finding("alignment", None, "value.alternative"),
        )
    )
    labels = gold(
        findings=[
            {"dimension": "ownership", "subject": "design"},
            {"dimension": "ownership", "subject": "engineering"},
            {"dimension": "dependencies", "subject": "geotrace"},
        ]
    )
    tally = compare(drafted, labels)
    assert tally.matched == [("dependencies", "geotrace"), ("ownership", "design")]
    assert tally.missed == [("ownership", "engineering")]
    assert tally.extra == [("ownership", "data")], "trust, overlap and advice are not scored here"
    m = metrics([tally])["findings"]
    assert (m["precision"], m["recall"], m["f1"], m["n"]) == (0.6667, 0.6667, 0.6667, 3)
    assert m["by_dimension"] == {
        "dependencies": {"precision": 1, "recall": 1, "f1": 1, "n": 1},
        "ownership": {"precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 2},
    }


def test_a_finding_twice_in_the_draft_is_found_once() -> None:
    twice = (finding("ownership", "design", "a"), finding("ownership", "design", "b"))
    tally = compare(
        draft(findings=twice), gold(findings=[{"dimension": "ownership", "subject": "design"}])
    )
    assert (len(tally.matched), len(tally.extra)) == (1, 1)


def test_a_gold_finding_without_subject_absorbs_the_rest_of_its_dimension() -> None:
    drafted = draft(
        findings=tuple(finding("ownership", role) for role in ("design", "data", "product"))
    )
    both = [{"dimension": "ownership"}, {"dimension": "ownership", "subject": "data"}]
    tally = compare(drafted, gold(findings=both))
    assert tally.matched == [("ownership", "data"), ("ownership", "")]
    assert not tally.extra
    assert not tally.missed
    none = compare(draft(findings=(finding("hygiene"),)), gold(findings=both))
    assert none.missed == [("ownership", "data"), ("ownership", "")]
    assert none.extra == [("hygiene", "")], "another dimension is not absorbed"


def test_two_gold_findings_without_subject_need_two_of_the_draft() -> None:
    labels = gold(findings=[{"dimension": "alignment"}, {"dimension": "alignment"}])
    rows = (finding("alignment", None, "goal.none"), finding("alignment", None, "measure.none"))
    both, one = (compare(draft(findings=found), labels) for found in (rows, rows[:1]))
    assert (len(both.matched), len(both.missed)) == (2, 0)
    assert (len(one.matched), len(one.missed)) == (1, 1)


def test_debatable_paths_count_neither_way() -> None:
    drafted = draft(
        outcome="reject",
        requirements=(requirement("R1", "in_place"),),
        findings=(
            finding("ownership", "design"),
            finding("consistency", "PAT-1"),
            finding("consistency", "PAT-2"),
            finding("dependencies", "GeoTrace"),
        ),
        overlaps=(overlap("CAP-1", "duplicate"), overlap("CAP-2", "extends")),
        goals=(goal("G1", "serves"),),
    )
    labels = gold(
        outcome="approve",
        requirements={"R1": "absent"},
        overlaps={"CAP-2": "duplicate"},
        goals={"G1": "conflicts"},
        findings=[{"dimension": "ownership"}, {"dimension": "consistency", "subject": "PAT-1"}],
        debatable=[
            "outcome",
            "requirements.R1",
            "findings.ownership",
            "findings.consistency.PAT-2",
            "findings.dependencies.geotrace",
            "overlaps.CAP-1",
            "goals.G1",
        ],
    )
    tally = compare(drafted, labels)
    assert tally.outcome is None
    assert not tally.requirements
    assert not tally.goals
    assert tally.matched == [("consistency", "pat-1")]
    assert not tally.missed
    assert not tally.extra
    assert tally.overlaps == [("CAP-2", "duplicate", "extends")]


def test_overlaps_recall_precision_and_relation() -> None:
    drafted = draft(
        overlaps=(
            overlap("CAP-1", "duplicate"),
            overlap("CAP-2", "shares_part"),
            overlap("CAP-3", "extends"),
            overlap("CAP-4", "unrelated"),
            overlap("CAP-5", "duplicate"),
        )
    )
    labels = gold(
        overlaps={
            "CAP-1": "duplicate",
            "CAP-2": "extends",
            "CAP-5": "unrelated",
            "CAP-6": "duplicate",
        }
    )
    m = figures((drafted, labels))["overlaps"]
    # of CAP-1, 2, 6 two were found; of CAP-1, 2, 3, 5 two are right; one of them by its relation
    assert m == {"recall": 0.6667, "precision": 0.5, "relation_accuracy": 0.5, "n": 3}


def test_goals_score_what_is_labelled_and_no_row_is_not_addressed() -> None:
    labels = gold(goals={"G1": "serves", "G2": "conflicts", "G3": "not_addressed"})
    m = figures((draft(goals=(goal("G1", "serves"), goal("G9", "serves"))), labels))
    assert m["goals"] == {"accuracy": 0.6667, "n": 3}


def test_outcome_accuracy_baseline_and_kappa() -> None:
    rows = [
        ("approve", "approve"),
        ("approve", "approve"),
        ("approve", "reject"),
        ("reject", "reject"),
    ]
    m = figures(*((draft(outcome=d), gold(outcome=g)) for g, d in rows), (draft(), gold()))
    # agreement 3/4; by chance (3·2 + 1·2)/16 = 1/2; kappa (3/4 - 1/2)/(1 - 1/2)
    assert m["outcome"] == {"accuracy": 0.75, "kappa": 0.5, "baseline": 0.75, "n": 4}


def test_kappa_is_undefined_when_there_is_only_one_answer() -> None:
    assert kappa([("approve", "approve")] * 3) is None
    assert kappa([("approve", "reject"), ("reject", "approve")]) == -1


def test_quotes_are_counted_everywhere_also_where_they_were_refused() -> None:
    drafted = draft(
        findings=(finding("hygiene", None, "a", "exact", "bad"),),
        unsupported=(unsupported(finding("hygiene", None, "b", "bad", "bad")),),
        requirements=(requirement("R1", "in_place", "close"),),
        overlaps=(overlap("CAP-1", "extends", "exact"),),
        goals=(goal("G1", "serves", "exact", "bad"),),
    )
    assert compare(drafted, gold()).quotes == (4, 8)
    assert figures((drafted, gold()))["quotes"] == {"valid": 0.5, "n": 8}


def test_cases_are_counted_together_and_not_averaged() -> None:
    small = (draft(requirements=(requirement("R1", "absent"),)), {"R1": "absent"})
    large = (draft(), {f"R{n}": "absent" for n in range(3)})
    m = figures(*((d, gold(requirements=labels)) for d, labels in (small, large)))
    assert m["requirements"]["accuracy"] == 0.25


@pytest.mark.parametrize("relation", ["duplicate", "extends", "shares_part"])
def test_an_empty_tally_adds_nothing(relation: str) -> None:
    tally = compare(draft(overlaps=(overlap("CAP-1", relation),)), gold())
    assert metrics([tally, Tally()]) == metrics([tally])
