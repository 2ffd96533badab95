"""Embedding: unit vectors, independent rows, and refusal of what cannot be indexed."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.embed import Embedder, embed_checked, load_embedder
from knowledge.errors import KnowledgeError


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


class Broken:
    """Returns whatever it was given."""

    name = "broken-2"
    dimension = 2

    def __init__(self, rows: object) -> None:
        self.rows = rows

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        assert texts
        return np.asarray(self.rows, dtype=np.float32)


def test_rows_are_unit_vectors_and_meaning_shows(embedder: Embedder) -> None:
    rows = embedder.embed(["a car insurance claim", "a motor policy loss", "whale songs at night"])
    assert rows.shape == (3, embedder.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-6)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.1


def test_a_row_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    texts = ["one", "two words", "three " * 5000, "four of them here"]
    together = embedder.embed(texts)
    for row, text in zip(together, texts, strict=True):
        assert (embedder.embed([text])[0] == row).all()


def test_an_empty_text_is_a_zero_vector(embedder: Embedder) -> None:
    rows = embedder.embed(["", "x"])
    assert not rows[0].any()
    assert rows[1].any()
    assert embed_checked(embedder, []).shape == (0, embedder.dimension)


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(
        KnowledgeError, match="unknown embedder `minilm`; known: chroma, openai, wordllama"
    ):
        load_embedder("minilm")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[1, 0]], "1 × 2 numbers for 2 texts"),
        ([[1, 0, 0], [1, 0, 0]], "2 × 3 numbers"),
        ([[1, 0], [float("nan"), 0]], "NaN or infinite"),
        ([[1, 0], [float("inf"), 0]], "NaN or infinite"),
    ],
)
def test_unusable_vectors_are_refused(rows: object, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        embed_checked(Broken(rows), ["a", "b"])
