"""Chroma's own embedder: said before it downloads, one sentence when that fails, and the way to it.

The model itself is not in the suite; a tiny one of the same format stands in its folder.
"""

import socket
from pathlib import Path

import numpy as np
import pytest

from knowledge.embed import Sends, embed_checked
from knowledge.errors import Unavailable
from knowledge.minilm import MiniLm
from tests.support.tiny_onnx import prepare


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("model"))


def test_a_prepared_folder_is_used_without_a_word(folder: Path) -> None:
    said: list[str] = []
    embedder = MiniLm(said.append, folder, "http://127.0.0.1:9/onnx.tar.gz")
    rows = embed_checked(embedder, ["reads invoices", "reads bills", "", "plans routes"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 0, 1], abs=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[3] + 0.2
    assert (embedder.embed(["plans routes"])[0] == rows[3]).all()
    assert said == []
    assert not isinstance(embedder, Sends)


def test_before_the_download_it_is_said_and_a_failure_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        said: list[str] = []
        embedder = MiniLm(said.append, tmp_path, f"http://127.0.0.1:{closed.getsockname()[1]}/x")
        assert not embedder.embed([""]).any()
        assert said == []
        with pytest.raises(Unavailable, match=r"cannot be had from 127.0.0.1 .*`wordllama`"):
            embedder.embed(["reads invoices"])
    (sentence,) = said
    assert "downloads its model (about 80 MB) from 127.0.0.1 once" in sentence
    assert "texts stay on this machine" in sentence


def test_the_host_is_the_one_that_chroma_names() -> None:
    assert MiniLm(print)._model.MODEL_DOWNLOAD_URL.startswith(
        "https://chroma-onnx-models.s3.amazonaws.com/"
    )


@pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json"])
def test_a_damaged_model_is_one_sentence(tmp_path: Path, damaged: str) -> None:
    (prepare(tmp_path) / "onnx" / damaged).write_bytes(b"no model")
    with pytest.raises(Unavailable, match=r"cannot be used .*remove that folder"):
        MiniLm(print, tmp_path).embed(["reads"])
