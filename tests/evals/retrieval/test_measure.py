"""The figures of answers that are written down here, so that each can be counted by hand."""

from typing import Any

import pytest

from evals.retrieval.measure import Answers, result
from evals.retrieval.methods import Answer
from evals.retrieval.register import Query
from evals.retrieval.report import page


def query(name: str, gold: str = "", agency: str = "", rewrite: str = "") -> Query:
    wanted = frozenset(gold.split())
    return Query(name, "text", wanted, agency, rewrite, None, (), "", frozenset(), 1)


QUERIES = [
    query("q1", "a", "X", "strong"),
    query("q2", "b c", "X", "light"),
    query("q3", "", "X"),
    query("q4", "d", "Y", "strong"),
    query("q5", "", "Y"),
]
OURS = [
    Answer(("a", "b"), 5.0, (0.95, 0.1)),
    Answer(("x", "c", "b"), 4.0, (0.65, 0.3, 0.2)),
    Answer(("y",), 3.0, (0.25,)),
    Answer(("z", "w"), 2.0, (0.15, 0.1)),
    Answer((), 0.0, ()),
]
THEIRS = [
    Answer(("b", "a"), 1.0),
    Answer(("b",), 9.0),
    Answer(("a",), 5.0),
    Answer(("d",), 5.0),
    Answer(("a",), 6.0),
]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return result(Answers(QUERIES, {"concord": OURS, "bm25": THEIRS}), "without_title", 50)


def test_ranking(found: dict[str, Any]) -> None:
    ours = found["methods"]["concord"]
    assert ours["recall@1"] == pytest.approx(1 / 3, abs=1e-4)
    assert ours["recall@5"] == pytest.approx(2 / 3, abs=1e-4)
    assert ours["mrr"] == pytest.approx((1 + 1 / 2 + 0) / 3, abs=1e-4)
    by_rewrite = ours["by_rewrite"]
    assert [(name, row["n"], row["recall@1"]) for name, row in by_rewrite.items()] == [
        ("strong", 2, 0.5),
        ("light", 1, 0.0),
    ]


def test_decision(found: dict[str, Any]) -> None:
    """Counterparts .95 .65 .15 against .25 and no hit at all, which is 0."""
    ours = found["methods"]["concord"]
    assert ours["auroc"] == pytest.approx(5 / 6, abs=1e-4)
    assert ours["auroc_within_agency"] == 1.0
    assert found["methods"]["bm25"]["auroc"] == pytest.approx(2.5 / 6, abs=1e-4)
    row = found["paired"]["concord-bm25"]["by_metric"]["auroc"]
    assert row["difference"] == pytest.approx(2.5 / 6, abs=1e-4)


def test_the_probability_is_that_of_the_first_hit(found: dict[str, Any]) -> None:
    """Right once, by .95; .65, .25 and .15 came to nothing, and no hit is a sure no."""
    assert found["calibration"]["prevalence"] == 0.2
    assert found["ece"] == pytest.approx((0.05 + 0.65 + 0.25 + 0.15) / 5, abs=1e-4)
    assert [row["n"] for row in found["calibration"]["bins"]] == [1, 1, 1, 1, 1]


def test_the_contract_s_difference_is_that_of_the_first_hit(found: dict[str, Any]) -> None:
    pair = found["paired"]["concord-bm25"]
    assert pair["metric"] == "recall@1"
    assert pair["difference"] == pytest.approx(1 / 3 - 2 / 3, abs=1e-4)


def test_what_nobody_can_say_is_null_and_not_shown() -> None:
    first = slice(0, 1)
    answers = Answers(QUERIES[first], {"concord": OURS[first], "bm25": THEIRS[first]})
    found = result(answers, "without_title", 0)
    assert found["methods"]["concord"]["auroc"] is None
    assert found["methods"]["concord"]["intervals"]["recall@1"] == [None, None]
    shown = [cell for table in page(found).tables for row in table.rows for cell in row]
    assert not [cell for cell in shown if "AUROC" in cell]
