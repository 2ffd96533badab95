"""The probability of a duplicate: shipped numbers, an office's own, and files of no use."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import KnowledgeError
from knowledge.relation import FAR, FEATURES, Relation, load_relation, unless_far

OWN: dict[str, Any] = {
    "format": "relation-1",
    "features": ["wording"],
    "mean": [-2.0],
    "scale": [0.1],
    "coefficients": [2.0],
    "bias": 0.0,
    "fitted_on": "forty pairs of our register",
    "rows": 40,
    "prevalence": 0.25,
}


def row(**values: float) -> tuple[float, ...]:
    return tuple(values.get(name, 0.0) for name in FEATURES)


@given(st.lists(st.floats(-9, 9), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_it_is_a_probability(values: list[float]) -> None:
    assert 0.01 <= load_relation().probability(tuple(values)) <= 0.99


def test_the_numbers_that_ship_say_what_they_were_fitted_on() -> None:
    shipped = load_relation()
    assert shipped.rows > 400
    assert 0.1 < shipped.prevalence < 0.9
    assert "agenc" in shipped.fitted_on


def test_an_office_s_own_numbers_count(tmp_path: Path) -> None:
    (tmp_path / "relation.json").write_text(json.dumps(OWN))
    own = load_relation(tmp_path / "relation.json")
    assert own.probability(row(wording=-2.0)) == 0.5
    assert own.probability(row(wording=-1.9)) == pytest.approx(0.881, abs=0.001)
    assert own.probability(row(wording=-4.0)) == 0.01
    assert Relation.model_validate_json(own.dumps()) == own
    assert own.fingerprint != load_relation().fingerprint


def test_texts_with_nothing_in_common_are_hardly_the_same_however_one_stands_out() -> None:
    assert unless_far(0.98, dense=0.06, lexical=0.0) == FAR
    assert unless_far(0.03, dense=0.06, lexical=0.0) == 0.03
    assert unless_far(0.98, dense=0.5, lexical=0.0) == 0.98
    assert unless_far(0.98, dense=0.06, lexical=0.3) == 0.98


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": ["wording", "magic"]}, "differ in length"),
        ({"features": ["magic"]}, "must be some of"),
        ({"scale": [0.0]}, "above 0"),
        ({"coefficients": [float("nan")]}, "coefficients"),
        ({"prevalence": 1.0}, "prevalence"),
        ({"rows": "many"}, "rows"),
        ({"more": 1}, "more"),
        ({"format": "relation-9"}, "format"),
    ],
)
def test_a_damaged_file_is_one_sentence(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    path = tmp_path / "relation.json"
    path.write_text(json.dumps(OWN | change))
    with pytest.raises(KnowledgeError) as error:
        load_relation(path)
    sentence = str(error.value)
    assert sentence.startswith(f"{path}: ")
    assert said in sentence
    assert "concord eval calibrate --save" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", None])
def test_so_is_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "relation.json"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(KnowledgeError, match="cannot be used"):
        load_relation(path)


def test_the_same_wording_is_likely_and_a_hit_behind_the_best_is_not() -> None:
    shipped = load_relation()
    same = {
        "wording": -0.5,
        "most_wording": -0.5,
        "spoken": 0.7,
        "spoken_lead": 0.35,
        "meaning_lead": 0.35,
    }
    new = {
        "wording": -3.0,
        "most_wording": -2.7,
        "spoken": 0.6,
        "spoken_lead": 0.05,
        "meaning_lead": 0.05,
    }
    assert shipped.probability(row(**same)) > 0.95
    assert shipped.probability(row(**new)) < 0.1
    far = [shipped.probability(row(**same, behind=b / 10)) for b in range(10)]
    assert far == sorted(far, reverse=True)
    assert far[-1] < 0.1
