"""A run as a markdown page that a person can judge: figures first, then where they come from."""

from collections.abc import Iterable
from typing import Any


def markdown(run: dict[str, Any]) -> str:
    """The report of one `as_json` run; no figure that the run does not hold."""
    return "\n".join(_lines(run)) + "\n"


def _lines(run: dict[str, Any]) -> Iterable[str]:
    m = run["metrics"]
    yield f"# How right are the drafts? Run {run['run']}"
    yield ""
    yield (
        f"Reader: {run['reader']}. Cases: {run['cases']}, of which failed: {run['failed']} "
        "(failed cases are in no figure)."
    )
    yield ""
    yield "| figure | value | n |"
    yield "|---|---|---|"
    for label, part, key in _FIGURES:
        yield f"| {label} | {_number(m[part][key])} | {m[part]['n']} |"
    yield f"| planned taken for in place | {m['requirements']['planned_as_in_place']} | |"
    yield ""
    yield from _confusion(m["requirements"]["confusion"])
    yield from _dimensions(m["findings"]["by_dimension"])
    yield "## Case by case"
    for case in run["per_case"]:
        yield ""
        yield from _case(case)


_FIGURES = (
    ("requirement status: accuracy", "requirements", "accuracy"),
    ("requirement status: macro F1", "requirements", "macro_f1"),
    ("findings: recall", "findings", "recall"),
    ("findings: precision", "findings", "precision"),
    ("overlap: recall", "overlaps", "recall"),
    ("overlap: precision", "overlaps", "precision"),
    ("overlap: relation right where found", "overlaps", "relation_accuracy"),
    ("goals: accuracy", "goals", "accuracy"),
    ("outcome: accuracy", "outcome", "accuracy"),
    ("outcome: kappa", "outcome", "kappa"),
    ("outcome: always the commonest (baseline)", "outcome", "baseline"),
    ("quotes that stand in their source", "quotes", "valid"),
)


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def _confusion(confusion: dict[str, dict[str, int]]) -> Iterable[str]:
    drafted = sorted({status for row in confusion.values() for status in row})
    yield "## Requirement status: people (rows) and drafts (columns)"
    yield ""
    yield "| | " + " | ".join(drafted) + " |"
    yield "|---" * (len(drafted) + 1) + "|"
    for gold, row in confusion.items():
        yield f"| {gold} | " + " | ".join(str(row.get(status, 0)) for status in drafted) + " |"
    yield ""


def _dimensions(by_dimension: dict[str, dict[str, Any]]) -> Iterable[str]:
    yield "## Findings by dimension"
    yield ""
    yield "| dimension | recall | precision | n |"
    yield "|---|---|---|---|"
    for name, row in by_dimension.items():
        yield f"| {name} | {_number(row['recall'])} | {_number(row['precision'])} | {row['n']} |"
    yield ""


def _case(case: dict[str, Any]) -> Iterable[str]:
    yield f"### {case['case']}"
    if "failed" in case:
        yield f"- failed: {case['failed']}"
        return
    if case["outcome"]:
        yield f"- outcome: people {case['outcome']['gold']}, draft {case['outcome']['draft']}"
    for row in case["requirements_wrong"]:
        yield f"- {row['id']}: people {row['gold']}, draft {row['draft']}"
    for name in ("missed", "extra"):
        for row in case["findings"][name]:
            yield f"- {name} finding: {row['dimension']} {row['subject'] or ''}".rstrip()
    for row in case["overlaps"]:
        if row["gold"] != row["draft"]:
            yield f"- overlap {row['entry']}: people {row['gold']}, draft {row['draft']}"
    for row in case["goals_wrong"]:
        yield f"- {row['id']}: people {row['gold']}, draft {row['draft']}"
