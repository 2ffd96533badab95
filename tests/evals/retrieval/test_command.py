"""`concord eval retrieval` on the register that ships."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from evals.cases import DATASETS
from tests.support.command_line import Answer, call, one_sentence, refused, run

DEMO = DATASETS / "demo_register"
FILES = ("--catalogue", DEMO / "catalogue.csv", "--queries", DEMO / "queries.jsonl")


def measure(*words: object) -> Answer:
    return call("eval", "retrieval", *FILES, "--bootstrap", 200, *words)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("report")
    answer = measure("--json", "--report", folder / "report.html")
    assert answer.code == 0, answer.err
    assert answer.out.count("\n") == 1
    return {"json": json.loads(answer.out), "report": folder / "report.html"}


def test_the_json_has_the_fields_of_the_contract(result: dict[str, Any]) -> None:
    found = result["json"]
    assert (found["variant"], found["n"], found["with_counterpart"]) == ("without_title", 24, 15)
    assert list(found["methods"]) == ["concord", "bm25", "dense"]
    for method in found["methods"].values():
        figures = {"recall@1", "recall@5", "recall@10", "mrr", "auroc"}
        assert figures <= set(method)
        assert all(0 <= method[key] <= 1 for key in figures)
        for key in figures:
            low, high = method["intervals"][key]
            assert low <= method[key] <= high
        assert list(method["by_rewrite"]) == ["strong", "medium", "light"]
        assert sum(row["n"] for row in method["by_rewrite"].values()) == 15
        assert method["by_rewrite"]["light"]["recall@1"] == 1.0
    assert list(found["paired"]) == ["concord-bm25", "concord-dense"]
    for pair in found["paired"].values():
        assert {"difference", "low", "high"} <= set(pair)
        assert pair["low"] <= pair["difference"] <= pair["high"]
        assert set(pair["by_metric"]) >= {"recall@5", "mrr", "auroc", "strong recall@1"}
    calibration = found["calibration"]
    assert found["ece"] == calibration["ece"]
    assert calibration["n"] == sum(row["n"] for row in calibration["bins"]) == 24


def test_differences_are_those_of_the_figures(result: dict[str, Any]) -> None:
    methods, paired = result["json"]["methods"], result["json"]["paired"]
    for other in ("bm25", "dense"):
        for key in ("recall@1", "mrr", "auroc"):
            expected = methods["concord"][key] - methods[other][key]
            row = paired[f"concord-{other}"]["by_metric"][key]
            assert row["difference"] == pytest.approx(expected, abs=2e-4)


def test_the_page_stands_alone_and_shows_both_pictures(result: dict[str, Any]) -> None:
    page = result["report"].read_text()
    assert page.count("<svg") == 2
    assert not re.search(r'(src|href)="', page)
    assert f"{result['json']['methods']['concord']['recall@1']:.3f}".lstrip("0") in page


def test_every_process_answers_the_same_and_pictures_stand_beside_markdown(
    result: dict[str, Any], tmp_path: Path
) -> None:
    """Without files it is the register that ships."""
    words = ("--bootstrap", 200, "--json", "--report", tmp_path / "page.md")
    answer = run("eval", "retrieval", *words, env={"PYTHONHASHSEED": "77"})
    assert json.loads(answer.out) == result["json"]
    page = (tmp_path / "page.md").read_text()
    places = re.findall(r"!\[.*?\]\((.*?)\)", page)
    assert places == ["page-recall.svg", "page-reliability.svg"]
    assert all((tmp_path / place).read_text().startswith("<svg") for place in places)


def test_one_file_alone_is_refused() -> None:
    refused(call("eval", "retrieval", *FILES[:2]), 2, "both --catalogue and --queries")


def test_a_small_register_of_one_s_own_with_a_bad_row(tmp_path: Path) -> None:
    """No negatives, no agencies, no strengths: what cannot be said is not shown."""
    (tmp_path / "c.csv").write_text("id,title,description\nA,Post,sorts letters\nB,Bus,drives\n")
    (tmp_path / "q.csv").write_text("id,text,gold_ids\nq1,letters are sorted,A\nq2,,B\n")
    files = ("--catalogue", tmp_path / "c.csv", "--queries", tmp_path / "q.csv")
    answer = call("eval", "retrieval", *files, "--bootstrap", 20, "--report", tmp_path / "r.html")
    assert answer.code == 4
    assert f"{tmp_path / 'q.csv'}:3: the query `q2` has no text; not used" in answer.err
    assert re.search(r"recall@1 +1.000 \[1.000, 1.000\] ", answer.out)
    assert "AUROC" not in answer.out
    assert "AUROC" not in (tmp_path / "r.html").read_text()


@pytest.mark.parametrize(("option", "name"), [("--catalogue", "no.csv"), ("--queries", "no.txt")])
def test_a_file_that_is_not_there(option: str, name: str, tmp_path: Path) -> None:
    given = dict(zip(FILES[::2], FILES[1::2], strict=True)) | {option: tmp_path / name}
    answer = call("eval", "retrieval", *(word for pair in given.items() for word in pair))
    assert answer.code == 2
    assert name in one_sentence(answer)


def test_a_report_of_another_kind_is_refused_before_any_work(tmp_path: Path) -> None:
    refused(measure("--report", tmp_path / "r.pdf"), 2, "r.pdf", ".html or .md")
    assert list(tmp_path.iterdir()) == []


def test_a_catalogue_without_entries_is_blamed_and_not_the_queries(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    answer = call("eval", "retrieval", "--catalogue", empty, *FILES[2:])
    refused(answer, 2, "empty.csv: no entry could be read")
    assert "queries.jsonl" not in answer.err
