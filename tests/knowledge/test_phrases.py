"""Shared wording: beginnings of words, one and two in a row."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.lexical import terms
from knowledge.phrases import Phrases

TEXTS = (
    "Reads supplier invoices from scans",
    "Summaries of recorded telephone calls",
    "Invoices of suppliers, scanned and read",
    "",
    "Plans delivery routes",
)
EVERY = np.arange(len(TEXTS))


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases.build([terms(text) for text in TEXTS])


def test_the_same_text_is_one_and_another_nothing(phrases: Phrases) -> None:
    near = phrases.cosines(terms(TEXTS[1]), EVERY)
    assert near[1] == pytest.approx(1.0)
    assert near[[0, 2, 3, 4]].tolist() == [0.0] * 4


def test_endings_do_not_matter_and_order_does(phrases: Phrases) -> None:
    near = phrases.cosines(terms("supplier invoicing"), EVERY)
    assert near[0] > near[2] > 0.2


def test_words_that_nobody_has_make_it_less(phrases: Phrases) -> None:
    alone = phrases.cosines(terms("delivery routes"), EVERY)[4]
    more = phrases.cosines(terms("delivery routes quasar nebula"), EVERY)[4]
    assert alone > more > 0
    assert not phrases.cosines(terms("quasar nebula"), EVERY).any()
    assert not phrases.cosines([], EVERY).any()


def test_a_row_is_the_same_whatever_stands_beside_it(phrases: Phrases) -> None:
    query = terms("reads invoices and plans routes of suppliers")
    every = phrases.cosines(query, EVERY)
    assert [phrases.cosines(query, np.array([row]))[0] for row in EVERY] == every.tolist()


@pytest.mark.parametrize("texts", [TEXTS, ("",), ("", "one"), ("保険の請求 claim",)])
def test_what_was_saved_compares_the_same(tmp_path: Path, texts: tuple[str, ...]) -> None:
    made = Phrases.build([terms(text) for text in texts])
    made.save(tmp_path / "phrases")
    query, rows = terms("one claim 保険 invoices"), np.arange(len(texts))
    for whole in (True, False):
        loaded = Phrases.load(tmp_path / "phrases", whole=whole)
        assert (loaded.cosines(query, rows) == made.cosines(query, rows)).all()
        assert (loaded.counts is not None) == whole


def test_a_part_made_anew_gives_the_same_as_the_whole(phrases: Phrases) -> None:
    whole = Phrases.build([terms(text) for text in (TEXTS[4], "Frost at night", TEXTS[0])])
    part = Phrases.build([terms("Frost at night")], (phrases, [4, -1, 0]))
    for name, value in vars(whole).items():
        assert np.array_equal(value, getattr(part, name)), name


def test_files_that_do_not_fit_together_are_damage(tmp_path: Path, phrases: Phrases) -> None:
    phrases.save(tmp_path / "phrases")
    np.save(tmp_path / "phrases" / "counts.npy", phrases.weights[:-1])
    with pytest.raises(ValueError, match="fit together"):
        Phrases.load(tmp_path / "phrases")
    np.save(tmp_path / "phrases" / "weights.npy", phrases.weights[:-1])
    with pytest.raises(ValueError, match="fit together"):
        Phrases.load(tmp_path / "phrases", whole=False)
