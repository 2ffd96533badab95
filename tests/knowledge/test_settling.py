"""A slip in the knowledge never softens a rule: severities, ids that stand twice, dates."""

from pathlib import Path

import pytest

from knowledge.entries import Capability, Requirement
from knowledge.reading import Knowledge, load
from tests.support.catalogue import write


def read(tmp_path: Path, files: dict[str, str]) -> Knowledge:
    return load(write(tmp_path, files))


def said(knowledge: Knowledge) -> list[str]:
    return [str(problem) for problem in knowledge.problems]


def rule(name: str, more: str, policy: str = "") -> str:
    return (
        f"---\nid: POL-{name}\ntitle: P\n{policy}requirements:\n  - id: REQ\n    title: T\n"
        f"    text: {name}\n{more}---\n"
    )


def test_a_severity_that_nobody_knows_counts_as_high(tmp_path: Path) -> None:
    files = {"policies/a.md": rule("A", "    severity: critical\n")}
    knowledge = read(tmp_path, files)
    assert [r.severity for r in knowledge.of(Requirement)] == ["high"]
    assert said(knowledge) == [
        "knowledge/policies/a.md:8: `severity: critical` is not one of blocker, high, medium, low;"
        " high is assumed"
    ]


def test_a_rule_without_a_severity_is_of_medium_weight(tmp_path: Path) -> None:
    knowledge = read(tmp_path, {"policies/a.md": rule("A", "")})
    assert [r.severity for r in knowledge.of(Requirement)] == ["medium"]
    assert said(knowledge) == []


@pytest.mark.parametrize(("stray", "real"), [("a.md", "z.md"), ("z.md", "a.md")])
def test_of_two_rules_of_one_id_the_stricter_counts(tmp_path: Path, stray: str, real: str) -> None:
    files = {
        f"policies/{stray}": rule("Stray", "    severity: low\n"),
        f"policies/{real}": rule("Real", "    severity: blocker\n"),
    }
    knowledge = read(tmp_path, files)
    assert [(r.text, r.severity) for r in knowledge.of(Requirement)] == [("Real", "blocker")]
    assert said(knowledge) == [
        f"knowledge/policies/{stray}:5: the id REQ stands also at knowledge/policies/{real}:5;"
        " this one is not read; REQ counts as the stricter one says"
    ]


def test_a_rule_yields_to_no_entry_of_another_kind_and_to_none_that_applies_less(
    tmp_path: Path,
) -> None:
    files = {
        "capabilities/a.md": "---\nid: REQ\ntitle: Same\n---\n",
        "policies/a.md": rule("Narrow", "    applies_when:\n      data: sensitive\n"),
        "policies/b.md": rule("Late", "", 'effective_from: "2099-01-01"\n'),
        "policies/c.md": rule("Always", ""),
    }
    knowledge = read(tmp_path, files)
    assert [r.text for r in knowledge.of(Requirement)] == ["Always"]
    assert not knowledge.of(Capability)
    assert len(knowledge.problems) == 3


def test_a_requirement_knows_from_when_its_policy_counts(tmp_path: Path) -> None:
    files = {"policies/a.md": rule("A", "", 'effective_from: "2099-01-01"\n')}
    knowledge = read(tmp_path, files)
    assert [r.effective_from for r in knowledge.of(Requirement)] == ["2099-01-01"]


@pytest.mark.parametrize("written", ["May 2099", "2099-02-30", "20990101"])
def test_a_policy_whose_date_cannot_be_read_counts_already(tmp_path: Path, written: str) -> None:
    files = {"policies/a.md": rule("A", "", f'effective_from: "{written}"\n')}
    knowledge = read(tmp_path, files)
    assert [r.effective_from for r in knowledge.of(Requirement)] == [""]
    assert said(knowledge) == [
        f"knowledge/policies/a.md:4: `effective_from: {written}` is no day written like"
        " 2026-03-31; the policy counts already"
    ]
