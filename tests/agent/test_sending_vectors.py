"""What goes to an embedding endpoint, what is said before, and what never goes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.intake.proposal import parse
from agent.settings import Settings, load_settings
from agent.wiring import open_library, review_of
from evals.scripted.embeddings import Vectors
from evals.scripted.server import ModelServer
from knowledge.index import HERE
from tests.support.catalogue import OFFICE, write
from tests.support.ready import lay_index

PROPOSAL = """---
id: bills
title: Reading bills of vendors
data: personal
{line}
---
# Purpose
The assistant reads secretive bills of vendors and books the amounts.
"""


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(Vectors(32), key="k") as running:
        yield running
        assert running.refused == []


def office(tmp_path: Path, server: ModelServer, more: str = "") -> Settings:
    write(tmp_path, OFFICE)
    toml = "[search]\nembedder = 'openai'\n[embedding]\nmodel = 'small'\n"
    toml += f"base_url = '{server.base_url}'\n"
    (tmp_path / "concord.toml").write_text(toml + more, encoding="utf-8")
    settings = load_settings(tmp_path, environ={"CONCORD_EMBEDDING_KEY": "k"})
    lay_index(settings.knowledge, settings.cache / HERE)
    return settings


def sent(server: ModelServer) -> str:
    return "\n".join(text for asked in server.asked for text in asked.inputs)


def test_it_is_said_once_that_texts_are_sent(tmp_path: Path, server: ModelServer) -> None:
    said: list[str] = []
    settings = office(tmp_path, server)
    for _ in range(2):
        with open_library(settings, said.append).index as index:
            assert index.embedder == f"openai {server.base_url} small 32"
    (sentence,) = said
    assert f"are sent to 127.0.0.1:{server.port} (embedding model small)" in sentence
    assert "proposals that say `model: never`" in sentence
    assert len(server.asked) == 2  # the dimension, and all entries at once


@pytest.mark.parametrize(
    ("line", "never_for", "goes"),
    [
        ("model: never", "", False),
        ("", "", True),
        ("", "[model]\nnever_for = ['personal']\n", False),
        ("", "[model]\nnever_for = ['sensitive']\n", True),
    ],
)
def test_a_proposal_that_may_not_be_sent_is_searched_here(
    tmp_path: Path, server: ModelServer, line: str, never_for: str, goes: bool
) -> None:
    settings = office(tmp_path, server, never_for)
    library = open_library(settings, lambda _: None)
    proposal = parse(PROPOSAL.format(line=line).encode(), "bills.md")
    with library.index:
        before = len(server.asked)
        evidence = review_of(library, settings).gather(proposal)
        assert evidence.candidates[0].entry == "CAP-1"
        assert (len(server.asked) > before) is goes
        here = replace(review_of(library, settings), search=library.index.here).gather(proposal)
        assert (here.knowledge != evidence.knowledge) is goes  # another embedder, another draft
    assert ("secretive" in sent(server)) is goes


def test_texts_of_other_proposals_are_never_sent(tmp_path: Path, server: ModelServer) -> None:
    with open_library(office(tmp_path, server), lambda _: None).index as index:
        assert index.here is not index
        assert index.here.embedder.startswith("wordllama")
        index.embed(["secretive twin"])
    assert "secretive" not in sent(server)
