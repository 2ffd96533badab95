"""An index on a real Chroma server: the same results, one writer, readers that lose nothing."""

import json
import socket
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge import shared
from knowledge.embed import Embedder
from knowledge.errors import KnowledgeError, Unavailable
from knowledge.index import Index, open_index
from knowledge.reading import Knowledge, load
from knowledge.search import Hit
from knowledge.server import Gone, Server, Where
from knowledge.vocabulary import EntryKind
from tests.support.catalogue import OFFICE, large, write
from tests.support.chroma_server import ChromaServer, impostor

COUNT = 260
QUERIES = ("Sorts claims for clerks", "Reads the bills of our vendors", "meters", "zzz")
KINDS: tuple[EntryKind, ...] = ("capability", "requirement", "goal")


class Paid:
    """The default embedder behind another name, counting what it is asked: as if it were paid."""

    host, at_once = "paid.example:443", 64

    def __init__(self, inner: Embedder) -> None:
        self._inner, self.name, self.dimension = inner, "paid-256", inner.dimension
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return self._inner.embed(texts)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write(folder, {**OFFICE, "capabilities/a.jsonl": large(COUNT)})
    return folder


@pytest.fixture
def where(chroma: ChromaServer, request: pytest.FixtureRequest) -> Where:
    return chroma.where(f"t{zlib.crc32(request.node.name.encode()):x}")


@pytest.fixture
def server(where: Where) -> Iterator[Server]:
    link = Server(where)
    yield link
    link.close()


def knowledge_of(office: Path) -> Knowledge:
    return load(office / "knowledge")


def found(index: Index) -> list[list[Hit]]:
    return [index.search(query, kinds=KINDS, k=20) for query in QUERIES]


def opened(
    knowledge: Knowledge,
    cache: Path,
    embedder: Embedder,
    where: Where | None,
    *,
    sync: bool = False,
    said: list[str] | None = None,
) -> Index:
    heard: list[str] = [] if said is None else said
    index = open_index(knowledge, cache, embedder, say=heard.append, where=where, sync=sync)
    assert said is not None or heard == []
    return index


@pytest.fixture(scope="module")
def expected(office: Path, words: Embedder, tmp_path_factory: pytest.TempPathFactory) -> object:
    """What the embedded index finds."""
    cache = tmp_path_factory.mktemp("embedded")
    with opened(knowledge_of(office), cache, words, None) as index:
        assert index.place == "this machine"
        return found(index)


def test_a_server_finds_the_same_and_a_second_machine_embeds_nothing(
    office: Path, tmp_path: Path, words: Embedder, where: Where, server: Server, expected: object
) -> None:
    knowledge, one, two = knowledge_of(office), Paid(words), Paid(words)
    with opened(knowledge, tmp_path / "one", one, where, sync=True) as index:
        assert index.place == f"the Chroma server {where.host}"
        assert found(index) == expected
        assert not (index.folder / "chroma").exists()
    assert len(one.asked) > COUNT
    with opened(knowledge, tmp_path / "two", two, where) as index:
        assert two.asked == []
        assert found(index) == expected
    assert sorted(two.asked) == sorted(QUERIES)
    state = shared.read_state(server)
    assert state is not None
    assert {name.rsplit("-", 1)[1] for name in server.names()} > {"state", "capability", "goal"}
    opened(knowledge, tmp_path / "one", one, where, sync=True).close()
    assert shared.read_state(server) == state


def test_a_reader_with_other_entries_finds_what_an_own_index_would(
    office: Path, tmp_path: Path, words: Embedder, where: Where, server: Server
) -> None:
    opened(knowledge_of(office), tmp_path / "writer", words, where, sync=True).close()
    state = shared.read_state(server)
    lines = (office / "knowledge/capabilities/a.jsonl").read_text().split("\n")
    changed = "\n".join(lines[5:-20]).replace("CAP-00007", "NEW-00007").replace("claims", "ships")
    write(tmp_path, {**OFFICE, "capabilities/a.jsonl": changed})
    with (
        opened(knowledge_of(tmp_path), tmp_path / "reader", words, where) as reader,
        opened(knowledge_of(tmp_path), tmp_path / "own", words, None) as own,
    ):
        assert found(reader) == found(own)
    assert shared.read_state(server) == state


def test_readers_keep_the_old_generation_and_it_goes_when_nobody_can_read_it(
    office: Path, tmp_path: Path, words: Embedder, where: Where, server: Server, expected: object
) -> None:
    with opened(knowledge_of(office), tmp_path / "reader", words, where, sync=True) as reader:
        first = shared.read_state(server)
        assert first is not None
        server.create(f"{where.prefix}-{'a' * 16}-{'b' * 8}-goal", {"left": "by a killed writer"})
        for number in (1, 2):
            write(tmp_path, {"goals/x.md": f"---\nid: G\ntitle: Grow {number}\n---\n"})
            opened(knowledge_of(tmp_path), tmp_path / "w", words, where, sync=True).close()
        assert found(reader) == expected
    now = shared.read_state(server)
    assert now is not None
    assert list(now.retired) == [first.current]
    assert not [name for name in server.names() if "a" * 16 in name]
    fields = dict(server.metadata(f"{where.prefix}-state") or {})
    server.change(f"{where.prefix}-state", {**fields, "retired": json.dumps({first.current: 1.0})})
    write(tmp_path, {"goals/x.md": "---\nid: G\ntitle: Grow 3\n---\n"})
    opened(knowledge_of(tmp_path), tmp_path / "w", words, where, sync=True).close()
    assert not [name for name in server.names() if first.current in name]
    assert [name for name in server.names() if now.current in name]


def test_one_writes_and_the_others_wait_and_say_for_whom(server: Server, where: Where) -> None:
    said: list[str] = []
    other = Server(where)
    with shared.writing(server, said.append) as lease:
        lease.check()
        with (
            pytest.raises(KnowledgeError, match=r"process \d+ on .* has been writing"),
            shared.writing(other, said.append, wait=0.1),
        ):
            pass
    assert said == [s for s in said if s.startswith("Waiting for process ")]
    assert len(said) == 1
    with shared.writing(other, said.append):
        pass
    other.close()
    assert len(said) == 1


def test_a_writer_that_died_is_replaced_and_switches_nothing_any_more(
    server: Server, where: Where
) -> None:
    other = Server(where)
    with shared.writing(server, print) as dead:
        fields = dict(server.metadata(f"{where.prefix}-writer") or {})
        server.change(f"{where.prefix}-writer", {**fields, "expires": time.time() - 1})
        with shared.writing(other, print) as living:
            living.check()
            with pytest.raises(Gone, match="another machine has begun"):
                dead.check()
    assert server.names() == []
    other.close()


def test_only_the_named_machine_writes(
    office: Path, tmp_path: Path, words: Embedder, where: Where
) -> None:
    elsewhere = replace(where, writer="another-host")
    with pytest.raises(KnowledgeError, match=r"only another-host may write .*`writer` in .chroma."):
        opened(knowledge_of(office), tmp_path, words, elsewhere, sync=True)
    mine = replace(where, writer=socket.gethostname())
    opened(knowledge_of(office), tmp_path, words, mine, sync=True).close()


def test_what_the_server_lost_is_said_and_brought_back(
    office: Path, tmp_path: Path, words: Embedder, where: Where, server: Server, expected: object
) -> None:
    knowledge = knowledge_of(office)
    opened(knowledge, tmp_path, words, where, sync=True).close()
    state = shared.read_state(server)
    assert state is not None
    server.remove(shared.collection(server, state.current, "capability"))
    said: list[str] = []
    with opened(knowledge, tmp_path, words, where, said=said) as index:
        assert found(index) == expected
    assert len(said) == 1
    assert said[0].endswith("the vectors on this machine are compared instead.")
    opened(knowledge, tmp_path, words, where, sync=True).close()
    with opened(knowledge, tmp_path, words, where, said=said) as index:
        state = shared.read_state(server)
        assert state is not None
        server.remove(shared.collection(server, state.current, "capability"))
        # few entries are compared without the store, so that it is asked itself
        vector = words.embed([QUERIES[0]])[0].astype("float64")
        assert len(index._store.nearest("capability", vector, 10)) >= 10
        assert found(index) == expected
    assert len(said) == 2
    assert said[1].startswith("The vector store failed (")


def gone(seconds: float = 0.5, port: int = 9) -> Where:
    return Where(f"http://127.0.0.1:{port}", prefix="gone", token="t0ken", seconds=seconds)


def test_without_the_server_the_answer_is_the_same_and_it_is_said(
    office: Path, tmp_path: Path, words: Embedder, expected: object
) -> None:
    said: list[str] = []
    with opened(knowledge_of(office), tmp_path, words, gone(), said=said) as index:
        assert found(index) == expected
    (sentence,) = said
    assert sentence.startswith("The Chroma server 127.0.0.1:9 cannot be reached")
    with pytest.raises(Unavailable, match="was not brought up to date") as raised:
        opened(knowledge_of(office), tmp_path, words, gone(), sync=True)
    assert raised.value.exit_code == 3


def test_without_the_server_nothing_is_paid_for_twice(
    office: Path, tmp_path: Path, words: Embedder
) -> None:
    paid = Paid(words)
    with pytest.raises(Unavailable, match=r"vectors of \d+ passages are not on this machine"):
        opened(knowledge_of(office), tmp_path, paid, gone())
    assert paid.asked == []


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "every", "reason"),
    [
        (b"", 0.0, "did not answer within"),
        (HEAD % 900 + b"[" * 900, 0.02, "did not answer within"),
        (HEAD % 2 + b"{}", 0.0, "does not answer as a Chroma server does"),
        (HEAD % 5 + b"[1,2]", 0.0, "does not answer as a Chroma server does"),
        (HEAD % 3 + b"\x1b[2", 0.0, "does not answer as a Chroma server does"),
        (HEAD % 90 + b"{}", 0.0, "cannot be reached"),
        (b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", 0.0, "refuses: status 401"),
        (b"HTTP/1.1 307 No\r\nLocation: http://a.b/\r\nContent-Length: 0\r\n\r\n", 0.0, "307"),
        (b"no http at all\r\n\r\n", 0.0, "cannot be reached"),
    ],
)
def test_whatever_answers_there_it_is_one_sentence_and_soon(
    answer: bytes, every: float, reason: str
) -> None:
    with impostor(answer, every) as (port, heard):
        started = time.monotonic()
        with pytest.raises(Gone, match=reason) as raised:
            Server(gone(0.3, port))
        assert time.monotonic() - started < 5
    assert "t0ken" not in str(raised.value)
    assert "\x1b" not in str(raised.value)
    request = heard[0].lower()
    assert b"x-chroma-token: t0ken" in request
    assert b"user-agent: concord" in request
