"""Vectors from an endpoint: real HTTP on loopback, kept as they come, refused when none."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from evals.scripted.embeddings import Fault, Vectors, vector
from evals.scripted.server import ModelServer
from knowledge import endpoint_embedder
from knowledge.embed import Embedder, Sends, load_embedder
from knowledge.errors import KnowledgeError, Unavailable
from knowledge.transport.endpoint import Endpoint, Limits
from knowledge.vectors import embed_cached

TEXTS = [f"text {number} about invoices" for number in range(23)]


@pytest.fixture
def script() -> Vectors:
    return Vectors(16)


@pytest.fixture
def server(script: Vectors) -> Iterator[ModelServer]:
    with ModelServer(script, key="secret-key") as running:
        yield running
        assert running.refused == []


def embedder_of(
    server: ModelServer, cache: Path, said: list[str] | None = None, dimension: int | None = None
) -> Embedder:
    asked = endpoint_embedder.Vectors(
        Endpoint(server.base_url, "secret-key", table="embedding"),
        Limits(call_seconds=5, attempts=2, first_wait=0.01, in_flight=2),
        "small",
        dimension,
        batch=4,
    )
    heard: list[str] = [] if said is None else said
    return load_embedder("openai", asked=asked, cache=cache, say=heard.append)


def test_rows_come_in_the_order_of_the_texts_and_have_length_one(
    server: ModelServer, tmp_path: Path
) -> None:
    rows = embedder_of(server, tmp_path).embed([*TEXTS, "", " ", "x" * 99_999])
    assert rows.shape == (26, 16)
    assert rows.dtype == np.float32
    assert not rows[23:25].any()
    for row, text in zip(rows, TEXTS, strict=False):
        assert row == pytest.approx(np.array(vector(text, 16)) / 2, abs=1e-6)
    sent = [text for asked in server.asked for text in asked.inputs]
    assert max(map(len, sent)) == endpoint_embedder.LONGEST
    assert "" not in sent


def test_the_dimension_is_asked_once_and_part_of_the_name(
    server: ModelServer, tmp_path: Path
) -> None:
    one, two = embedder_of(server, tmp_path), embedder_of(server, tmp_path)
    assert one.dimension == 16
    assert two.name == one.name == f"openai {server.base_url} small 16"
    assert [asked.inputs for asked in server.asked] == [[endpoint_embedder.PROBE]]
    wished = embedder_of(server, tmp_path, dimension=8)
    assert wished.name.endswith(" 8")
    assert len(server.asked) == 1
    assert wished.embed(["a b"]).shape == (1, 8)
    assert server.asked[-1].body["dimensions"] == 8
    assert "secret-key" not in (tmp_path / endpoint_embedder.KEPT).read_text()


def test_it_works_inside_a_running_loop(server: ModelServer, tmp_path: Path) -> None:
    async def inside() -> int:
        return len(embedder_of(server, tmp_path).embed(["one"]))

    assert asyncio.run(inside()) == 1


def test_it_says_that_it_sends(server: ModelServer, tmp_path: Path) -> None:
    embedder = embedder_of(server, tmp_path)
    assert isinstance(embedder, Sends)
    assert embedder.host == f"127.0.0.1:{server.port}"
    assert not isinstance(load_embedder(), Sends)


@pytest.mark.parametrize("damage", ["", "[]", '{"x": "y"}', "\xff"])
def test_a_damaged_note_of_the_dimension_is_asked_again(
    server: ModelServer, tmp_path: Path, damage: str
) -> None:
    (tmp_path / endpoint_embedder.KEPT).write_text(damage)
    assert embedder_of(server, tmp_path).dimension == 16
    assert list(json.loads((tmp_path / endpoint_embedder.KEPT).read_text()).values()) == [16]


FAULTS: dict[Fault, str] = {
    "busy": "is busy",
    "failed": "failed \\(500\\): the model fell over; gave up after 2 attempts",
    "refused": "rejected the request \\(400\\): this text is not allowed",
    "uneven": "vectors of different lengths",
    "fewer": "3 vectors for 4 texts",
    "twice": "3 vectors for 4 texts",
    "words": "something else than vectors",
    "half": "closed the connection",
    "page": "something else than a JSON object: check base_url in \\[embedding\\]",
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_is_one_sentence_and_what_was_made_is_kept(
    script: Vectors, server: ModelServer, tmp_path: Path, fault: Fault
) -> None:
    embedder = embedder_of(server, tmp_path)
    assert embedder.dimension == 16
    seen: list[int] = []

    def stop(done: int, _total: int) -> None:
        seen.append(done)
        script.always = fault

    with pytest.raises(Unavailable, match=FAULTS[fault]) as raised:
        embed_cached(tmp_path, embedder, TEXTS, stop)
    assert raised.value.exit_code == 3
    assert "the next run goes on there" in str(raised.value)
    assert seen == [8]
    kept, script.always = set(script.embedded[1:]), None
    script.embedded.clear()
    rows = embed_cached(tmp_path, embedder_of(server, tmp_path), TEXTS)
    assert set(script.embedded) == set(TEXTS) - kept
    assert len(kept) == 8
    assert (rows == embedder_of(server, tmp_path).embed(TEXTS)).all()


def test_one_failure_is_tried_again_and_said(
    script: Vectors, server: ModelServer, tmp_path: Path
) -> None:
    said: list[str] = []
    embedder = embedder_of(server, tmp_path, said)
    assert embedder.dimension
    script._faults[2] = "busy"
    assert len(embedder.embed(TEXTS[:4])) == 4
    assert said == ["embedding endpoint is busy (429); waiting 0 s, attempt 2 of 2"]


def test_numbers_that_are_none_are_not_kept(
    script: Vectors, server: ModelServer, tmp_path: Path
) -> None:
    embedder = embedder_of(server, tmp_path)
    assert embedder.dimension
    script.always = "nan"
    with pytest.raises(KnowledgeError, match="NaN"):
        embed_cached(tmp_path, embedder, TEXTS)
    script.always = None
    assert np.isfinite(embed_cached(tmp_path, embedder, TEXTS)).all()


def test_another_dimension_is_said_and_everything_is_embedded_anew(
    script: Vectors, server: ModelServer, tmp_path: Path
) -> None:
    embed_cached(tmp_path, embedder_of(server, tmp_path), TEXTS[:4])
    script.dimension = 24
    with pytest.raises(Unavailable, match=r"vectors of 24 numbers and 16 before.*run again"):
        embed_cached(tmp_path, embedder_of(server, tmp_path), TEXTS)
    assert embed_cached(tmp_path, embedder_of(server, tmp_path), TEXTS).shape == (23, 24)
    script.always = "wider"
    with pytest.raises(Unavailable, match=r"where `dimension` in .embedding. asks for 8"):
        embedder_of(server, tmp_path, dimension=8).embed(TEXTS)


def test_a_wrong_key_and_an_endpoint_that_is_gone_are_named(tmp_path: Path) -> None:
    with ModelServer(Vectors(16), key="another") as running:
        with pytest.raises(Unavailable, match="does not accept the key") as raised:
            embedder_of(running, tmp_path).embed(["x"])
        assert "secret-key" not in str(raised.value)
        port = running.port
    with pytest.raises(Unavailable, match=f"127.0.0.1:{port} refuses connections.*.embedding."):
        embedder_of(running, tmp_path).embed(["x"])


def test_openai_without_a_model_is_a_sentence() -> None:
    with pytest.raises(KnowledgeError, match=r"`model` in .embedding."):
        load_embedder("openai")
