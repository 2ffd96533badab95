"""Sentences and word pieces: nearness without shared words."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from knowledge.cutting import SENTENCES, sentences
from knowledge.pieces import Pieces, asked

TEXTS = (
    "Invoice reader\nReads supplier invoices from scans. A bookkeeper confirms each line.",
    "Call summaries\nListens to recorded telephone calls and writes a short summary.",
    "Route planner\nPlans delivery routes for vans overnight.",
    "Chat for tenants\nAnswers questions of tenants about their flat.",
    "",
    "Frost watch\nWarns gardeners of frost; measures soil every hour of the night.",
)
EVERY = np.arange(len(TEXTS))
QUERY = "An assistant that books the bills of our vendors."


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces.build(TEXTS)


def test_a_sentence_ends_where_it_is_said_to() -> None:
    assert sentences("Invoice reader\nReads all scans. Then it stops; nobody asks why!") == [
        "Reads all scans.", "Then it stops;", "nobody asks why!",
    ]  # fmt: skip
    assert sentences("Two words") == ["Two words"]
    assert sentences("") == [""]
    assert len(sentences("one two three.\n" * 500)) == SENTENCES


def test_a_sentence_without_an_end_means_what_its_words_mean_and_fills_no_memory(
    pieces: Pieces,
) -> None:
    words = QUERY.removesuffix(".")
    tracemalloc.start()
    endless = pieces.met(asked(f"{words} " * 4_000), EVERY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert endless == pytest.approx(pieces.met(asked(words), EVERY), abs=0.02)
    assert peak < 30_000_000  # 80 MB when the vectors of all pieces stood side by side


def test_the_sentence_that_is_met_best_shares_no_word_with_the_query(pieces: Pieces) -> None:
    met, spoken = pieces.met(asked(QUERY), EVERY), pieces.spoken_of(asked(QUERY), EVERY)
    assert met.argmax() == 0
    assert met[4] == spoken[4] == 0.0
    assert 0 <= met.min() <= met.max() <= 1
    assert 0 <= spoken.min() <= spoken.max() <= 1


def test_a_text_meets_itself(pieces: Pieces) -> None:
    for row in (0, 1, 2, 3, 5):
        itself = asked(TEXTS[row])
        assert pieces.met(itself, EVERY)[row] > 0.99
        assert pieces.spoken_of(itself, EVERY)[row] == pytest.approx(1.0, abs=1e-5)


def test_a_query_without_words_meets_nothing(pieces: Pieces) -> None:
    assert not pieces.met(asked(""), EVERY).any()
    assert not pieces.spoken_of(asked(""), EVERY).any()


def test_a_row_is_the_same_whatever_stands_beside_it(pieces: Pieces) -> None:
    query = asked(QUERY + " It plans routes for tenants. Every hour of the night.")
    for feature in (pieces.met, pieces.spoken_of):
        every = feature(query, EVERY)
        alone = [feature(query, np.array([row]))[0] for row in EVERY]
        assert np.abs(every - alone).max() < 1e-6


def test_equal_texts_are_equal_to_the_last_bit() -> None:
    many = Pieces.build([TEXTS[0]] * 300 + [TEXTS[1]])
    query, rows = asked(QUERY), np.arange(301)
    for feature in (many.met, many.spoken_of):
        assert len(set(feature(query, rows)[:300].tolist())) == 1


def test_one_huge_text_is_no_matter() -> None:
    made = Pieces.build(["Reads bills and meters. " * 40_000, "word " * 100_000])
    assert made.met(asked("Reads bills and meters."), np.arange(2)).argmax() == 0
    assert len(asked("Reads bills and meters. " * 40_000).sentences) == SENTENCES


@pytest.mark.parametrize("texts", [TEXTS, ("",), ("⁂", "one")])
def test_what_was_saved_compares_the_same(tmp_path: Path, texts: tuple[str, ...]) -> None:
    made = Pieces.build(texts)
    made.save(tmp_path / "pieces")
    query, rows = asked(QUERY), np.arange(len(texts))
    for whole in (True, False):
        loaded = Pieces.load(tmp_path / "pieces", whole=whole)
        assert (loaded.met(query, rows) == made.met(query, rows)).all()
        assert (loaded.spoken_of(query, rows) == made.spoken_of(query, rows)).all()
        assert (loaded.tokens is not None) == whole


def test_a_part_made_anew_gives_the_same_as_the_whole(pieces: Pieces) -> None:
    other = "Warns gardeners of frost. Reads supplier invoices from scans."
    whole = Pieces.build([TEXTS[5], other, TEXTS[0], TEXTS[3], "", TEXTS[1]])
    part = Pieces.build([other], (pieces, [5, -1, 0, 3, 4, 1]))
    for name, value in vars(whole).items():
        assert np.array_equal(value, getattr(part, name)), name


def test_files_that_do_not_fit_together_are_damage(tmp_path: Path, pieces: Pieces) -> None:
    pieces.save(tmp_path / "pieces")
    np.save(tmp_path / "pieces" / "tokens.npy", np.zeros(1, dtype=np.uint16))
    with pytest.raises(ValueError, match="fit together"):
        Pieces.load(tmp_path / "pieces")
    np.save(tmp_path / "pieces" / "scales.npy", pieces.scales[:-1])
    with pytest.raises(ValueError, match="fit together"):
        Pieces.load(tmp_path / "pieces", whole=False)
