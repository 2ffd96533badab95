"""What the tests of search share: the embedder, and one Chroma server for the session."""

from collections.abc import Iterator

import pytest

from knowledge.embed import Embedder, load_embedder
from tests.support.chroma_server import ChromaServer


@pytest.fixture(scope="session")
def words() -> Embedder:
    """The default embedder, loaded once."""
    return load_embedder()


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as server:
        yield server
