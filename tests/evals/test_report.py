"""The report says what the run's JSON says: every figure, and none of its own."""

import re
from typing import Any

from evals.cases import Gold
from evals.metrics import compare, metrics
from evals.report import markdown
from tests.support.past import draft, finding, goal, overlap, requirement

NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w.])")


def a_run() -> dict[str, Any]:
    """Two cases with figures that are all different, and one that failed."""
    statuses = ["in_place"] * 17 + ["absent"] * 6 + ["unclear"] * 4
    rows = tuple(requirement(f"R-{n}", "in_place", "exact", "bad") for n in range(27))
    drafted = draft(
        outcome="approve",
        requirements=rows,
        findings=tuple(finding("ownership", role) for role in ("design", "data", "product")),
        overlaps=(overlap("CAP-1", "duplicate"), overlap("CAP-2", "extends")),
        goals=(goal("G", "serves"),),
    )
    labels = Gold.model_validate(
        {
            "outcome": "reject",
            "requirements": {f"R-{n}": status for n, status in enumerate(statuses)},
            "findings": [
                {"dimension": "ownership", "subject": "data"},
                {"dimension": "hygiene", "subject": "a|b"},
            ],
            "overlaps": {"CAP-1": "extends", "CAP-3": "duplicate"},
            "goals": {"G": "conflicts"},
        }
    )
    tally = compare(drafted, labels)
    named = ("entry", "gold", "draft")
    case = {
        "case": "one",
        "outcome": {"gold": "reject", "draft": "approve"},
        "requirements_wrong": [
            {"id": i, "gold": g, "draft": d} for i, g, d in tally.requirements if g != d
        ],
        "requirements": 27,
        "findings": {
            name: [{"dimension": d, "subject": s or None} for d, s in getattr(tally, name)]
            for name in ("matched", "missed", "extra")
        },
        "overlaps": [dict(zip(named, row, strict=True)) for row in tally.overlaps],
        "goals_wrong": [{"id": "G", "gold": "conflicts", "draft": "serves"}],
    }
    return {
        "run": "feedbead",
        "reader": "rules",
        "cases": 2,
        "failed": 1,
        "metrics": metrics([tally]),
        "per_case": [case, {"case": "two", "failed": "cases/two.md: <b>is</b> a folder"}],
    }


def figures(value: Any) -> set[float]:
    """Every number anywhere inside."""
    if isinstance(value, dict):
        return set().union(*map(figures, value.values()))
    if isinstance(value, list):
        return set().union(*map(figures, value))
    return {float(value)} if isinstance(value, int | float) else set()


def test_every_figure_of_the_run_and_no_other() -> None:
    run = a_run()
    page = markdown(run)
    shown = {float(number) for number in NUMBER.findall(page.replace("R-", "R"))}
    assert figures(run) == shown


def test_every_word_of_a_case_is_there() -> None:
    page = markdown(a_run())
    for line in (
        "- outcome: people reject, draft approve",
        "- requirement R-20: people absent, draft in_place",
        "- found finding: ownership data",
        "- missed finding: hygiene a\\|b",
        "- extra finding: ownership design",
        "- overlap CAP-1: people extends, draft duplicate",
        "- overlap CAP-3: people duplicate, draft unrelated",
        "- goal G: people conflicts, draft serves",
    ):
        assert line in page.split("\n")
    assert "R-3:" not in page, "a requirement that agrees is not listed"


def test_words_of_a_proposal_are_no_markup() -> None:
    assert "- failed: cases/two.md: &lt;b>is&lt;/b> a folder" in markdown(a_run())


def test_an_undefined_figure_says_so_and_empty_tables_are_left_out() -> None:
    empty = {**a_run(), "metrics": metrics([]), "per_case": []}
    page = markdown(empty)
    assert page.count("undefined") == 13
    assert "## Requirement status" not in page
    assert "## Findings by dimension" not in page
