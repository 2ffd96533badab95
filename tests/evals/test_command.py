"""`concord eval run`: the JSON of CONTRACTS §8, the same from every process, and its exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Answer, call, one_sentence, run
from tests.support.past import write_dataset

PROPOSAL = """---
owner: Ada Brook
goals: [GOAL-1]
---
# {title}

Scanned letters are sorted by subject and handed to the right desk in the post room. Fewer pages
are printed: pages a month fall by a third. Customers can appeal.
"""
LABELS = """outcome: {outcome}
requirements: {{REQ-1: in_place, REQ-2: in_place}}
goals: {{GOAL-1: serves}}
overlaps: {{CAP-1: duplicate}}
findings:
  - {{dimension: ownership, subject: design}}
  - {{dimension: ownership}}
debatable: [requirements.REQ-2, findings.hygiene]
"""


def _written(folder: Path) -> Path:
    cases = {
        name: (PROPOSAL.format(title=name), LABELS.format(outcome=outcome))
        for name, outcome in (("letters", "merge_with_existing"), ("post", "approve"))
    }
    return write_dataset(folder, cases)


@pytest.fixture
def past(tmp_path: Path) -> Path:
    return _written(tmp_path / "past")


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, list[Path], Path]:
    """One run, what lay in the dataset's folder before it, and that folder."""
    folder = _written(tmp_path_factory.mktemp("evaluated") / "past")
    before = sorted(folder.rglob("*"))
    answer = call("eval", "run", folder, "--reader", "rules", "--json")
    assert answer.code == 0, answer.err
    return answer, before, folder


def shape(value: Any) -> Any:
    """Keys, and for a leaf the kind of value."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    return "ratio" if value is None or isinstance(value, float) else type(value).__name__


def test_the_json_has_the_fields_of_the_contract(
    evaluated: tuple[Answer, list[Path], Path],
) -> None:
    answer, _, _ = evaluated
    result = json.loads(answer.out)
    assert answer.out.count("\n") == 1
    metrics = result.pop("metrics")
    assert list(result) == ["run", "reader", "cases", "failed", "per_case"]
    assert (result["reader"], result["cases"], result["failed"]) == ("rules", 2, 0)
    assert [case["case"] for case in result["per_case"]] == ["letters", "post"]
    by_dimension = metrics["findings"].pop("by_dimension")
    confusion = metrics["requirements"].pop("confusion")
    assert shape(metrics) == {
        "requirements": {
            "accuracy": "ratio",
            "macro_f1": "ratio",
            "planned_as_in_place": "int",
            "n": "int",
        },
        "findings": {"precision": "ratio", "recall": "ratio", "f1": "ratio", "n": "int"},
        "overlaps": {
            "recall": "ratio",
            "precision": "ratio",
            "relation_accuracy": "ratio",
            "n": "int",
        },
        "goals": {"accuracy": "ratio", "n": "int"},
        "outcome": {"accuracy": "ratio", "kappa": "ratio", "baseline": "ratio", "n": "int"},
        "quotes": {"valid": "ratio", "n": "int"},
    }
    assert by_dimension["ownership"]["n"] == 4
    assert set(confusion) == {"in_place"}
    assert metrics["requirements"]["n"] == 2
    assert metrics["overlaps"]["n"] == 2
    assert metrics["outcome"]["baseline"] == 0.5
    assert metrics["quotes"]["n"] > 0


def test_every_process_answers_the_same_bytes(
    evaluated: tuple[Answer, list[Path], Path],
) -> None:
    here, _, folder = evaluated
    there = run("eval", "run", folder, "--json", env={"PYTHONHASHSEED": "77"})
    assert there.code == 0, there.err
    assert there.stdout == here.stdout


def test_the_dataset_is_only_read(evaluated: tuple[Answer, list[Path], Path]) -> None:
    _, before, folder = evaluated
    assert sorted(folder.rglob("*")) == before


def test_other_labels_are_another_run(
    past: Path, evaluated: tuple[Answer, list[Path], Path]
) -> None:
    first = json.loads(evaluated[0].out)
    labels = past / "cases" / "post.gold.yaml"
    labels.write_text(LABELS.format(outcome="merge_with_existing"))
    second = json.loads(call("eval", "run", past, "--json").out)
    assert first["run"] != second["run"]
    baselines = [run_["metrics"]["outcome"]["baseline"] for run_ in (first, second)]
    assert baselines == [0.5, 1.0]


def test_a_failed_case_is_exit_code_4_and_a_row(past: Path) -> None:
    (past / "cases" / "post.md").write_text("---\nid: a\nid: b\n---\n")
    answer = call("eval", "run", past, "--json")
    assert answer.code == 4
    result = json.loads(answer.out)
    assert result["failed"] == 1
    assert "cases/post.md:3" in result["per_case"][1]["failed"]
    assert result["metrics"]["outcome"]["n"] == 1


def test_a_report_is_written_and_is_what_is_printed(past: Path, tmp_path: Path) -> None:
    report = tmp_path / "reports" / "run.md"
    answer = call("eval", "run", past, "--report", report)
    assert answer.code == 0
    assert report.read_text() == answer.out
    assert answer.out.startswith("# How right are the drafts?")


def test_the_office_s_settings_beside_the_cases_count(past: Path) -> None:
    (past / "concord.toml").write_text("[outcome]\nno_such_threshold = 1\n")
    answer = call("eval", "run", past)
    assert answer.code == 2
    assert "no_such_threshold" in one_sentence(answer)


@pytest.mark.parametrize(
    ("label", "place"),
    [("requirements: {REQ-7: absent}", "post.gold.yaml:1"), ("outcome: no", "post.gold.yaml:1")],
)
def test_a_mistake_in_the_labels_ends_the_run(past: Path, label: str, place: str) -> None:
    (past / "cases" / "post.gold.yaml").write_text(label)
    answer = call("eval", "run", past, "--json")
    assert answer.code == 2
    assert not answer.stdout
    assert place in one_sentence(answer)


def test_a_folder_that_is_none_and_a_reader_that_is_none(tmp_path: Path, past: Path) -> None:
    assert call("eval", "run", tmp_path / "nowhere").code == 2
    answer = call("eval", "run", past, "--reader", "tarot")
    assert answer.code == 2
    assert "rules" in one_sentence(answer)
