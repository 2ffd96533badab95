"""`concord eval calibrate` on the register that ships: fitted, checked, saved, or refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.cases import DATASETS
from knowledge.relation import Relation, load_relation
from tests.support.command_line import Answer, call, refused, run

DEMO = DATASETS / "demo_register"
FILES = ("--catalogue", DEMO / "catalogue.csv", "--queries", DEMO / "queries.jsonl")


def calibrate(*words: object) -> Answer:
    return call("eval", "calibrate", *FILES, "--bootstrap", 50, *words)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    office = tmp_path_factory.mktemp("office")
    (office / "concord.toml").touch()
    answer = calibrate("--office", office, "--save", "--json", "--report", office / "page.html")
    assert answer.code == 0, answer.err
    assert f"saved: {office / 'relation.json'}" in answer.err
    return office, json.loads(answer.out)


def test_what_is_saved_is_what_was_fitted_and_reviews_take_it(
    saved: tuple[Path, dict[str, Any]],
) -> None:
    office, found = saved
    relation = load_relation(office / "relation.json")
    assert relation == Relation.model_validate(found["relation"])
    assert relation.fitted_on.startswith("the first 5 hits for each of 24 descriptions")
    assert found["saved"] == str(office / "relation.json")
    assert [path.name for path in office.iterdir() if path.name.startswith(".")] == []
    assert (found["n"], found["with_counterpart"]) == (24, 15)
    assert found["left_out"] == {"by": "agency", "groups": 4}
    for side in ("cross_validated", "in_use"):
        low, high = found[side]["intervals"]["ece"]
        assert low <= found[side]["ece"] <= high


def test_an_office_s_own_numbers_are_those_in_use(saved: tuple[Path, dict[str, Any]]) -> None:
    """And the fit is the same in every process."""
    office, found = saved
    words = (*FILES, "--bootstrap", 50, "--office", office, "--json")
    answer = run("eval", "calibrate", *words, env={"PYTHONHASHSEED": "77"})
    again = json.loads(answer.out)
    assert again["relation"] == found["relation"]
    assert again["in_use"]["fitted_on"] == found["relation"]["fitted_on"]
    assert {row["now"] == row["refitted"] for row in again["changes"].values()} == {True}


def test_the_page_says_what_the_probability_is_not(saved: tuple[Path, dict[str, Any]]) -> None:
    page = (saved[0] / "page.html").read_text()
    assert "Labels exist only for “the same system”." in page
    assert page.count("<svg") == 1


def test_too_few_pairs_write_nothing(tmp_path: Path) -> None:
    (tmp_path / "concord.toml").touch()
    queries = tmp_path / "few.jsonl"
    queries.write_text("\n".join((DEMO / "queries.jsonl").read_text().split("\n")[:6]))
    files = ("--catalogue", DEMO / "catalogue.csv", "--queries", queries)
    answer = call("eval", "calibrate", *files, "--office", tmp_path, "--save")
    refused(answer, 3, "cannot tell: 6 queries", "4 with a counterpart")
    assert not (tmp_path / "relation.json").exists()


def test_saving_needs_an_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(calibrate("--save"), 2, "no office found")
