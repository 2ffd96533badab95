"""A run as a markdown page that a person can judge: figures first, then where they come from.

Owns words and tables only: every figure is one of the run's, and each of the run's is here.
"""

from collections.abc import Iterable
from typing import Any

from agent.record.escape import inline


def markdown(run: dict[str, Any]) -> str:
    """The report of one `as_json` run."""
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
    ("findings: F1", "findings", "f1"),
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
    return "undefined" if value is None else f"{value:.4f}"


def _confusion(confusion: dict[str, dict[str, int]]) -> Iterable[str]:
    if not confusion:
        return
    drafted = sorted({status for row in confusion.values() for status in row})
    yield "## Requirement status: people (rows) and drafts (columns)"
    yield ""
    yield "| | " + " | ".join(drafted) + " |"
    yield "|---" * (len(drafted) + 1) + "|"
    for gold, row in confusion.items():
        yield f"| {gold} | " + " | ".join(str(row.get(status, "")) for status in drafted) + " |"
    yield ""


def _dimensions(by_dimension: dict[str, dict[str, Any]]) -> Iterable[str]:
    if not by_dimension:
        return
    yield "## Findings by dimension"
    yield ""
    yield "| dimension | recall | precision | F1 | n |"
    yield "|---|---|---|---|---|"
    for name, row in by_dimension.items():
        figures = (_number(row[key]) for key in ("recall", "precision", "f1"))
        yield f"| {name} | {' | '.join(figures)} | {row['n']} |"
    yield ""


def _case(case: dict[str, Any]) -> Iterable[str]:
    yield f"### {inline(case['case'])}"
    yield ""
    if "failed" in case:
        yield f"- failed: {inline(case['failed'])}"
        return
    if case["outcome"]:
        yield f"- outcome: {_both(case['outcome'])}"
    yield f"- requirements compared: {case['requirements']}"
    for row in case["requirements_wrong"]:
        yield f"- requirement {inline(row['id'])}: {_both(row)}"
    for name, label in _FINDINGS:
        for row in case["findings"][name]:
            subject = inline(row["subject"] or "")
            yield f"- {label} finding: {row['dimension']} {subject}".rstrip()
    for row in case["overlaps"]:
        yield f"- overlap {inline(row['entry'])}: {_both(row)}"
    for row in case["goals_wrong"]:
        yield f"- goal {inline(row['id'])}: {_both(row)}"


_FINDINGS = (("matched", "found"), ("missed", "missed"), ("extra", "extra"))


def _both(row: dict[str, Any]) -> str:
    if row["gold"] == row["draft"]:
        return f"people and draft {row['gold']}"
    return f"people {row['gold']}, draft {row['draft']}"
