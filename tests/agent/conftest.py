"""The tiny office, indexed once for a session; each test works in a copy of its own.

Imports inside: most tests below this folder need none of it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.embed import load_embedder
from knowledge.index import Index, open_index
from knowledge.reading import Knowledge, load
from tests.support.insurer import write_insurer
from tests.support.ready import lay_index

if TYPE_CHECKING:
    from agent.settings import Settings


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose index is built; tests work in copies."""
    from tests.support.office import write_office

    return write_office(tmp_path_factory.mktemp("indexed") / "office").root


@pytest.fixture
def office(indexed: Path, tmp_path: Path) -> "Settings":
    from tests.support.office import settings_of

    root = tmp_path / "office"
    shutil.copytree(indexed, root)
    return settings_of(root)


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """A small insurer, for what needs a real index."""
    return load(write_insurer(tmp_path_factory.mktemp("office") / "knowledge"))


@pytest.fixture(scope="session")
def index(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    cache = tmp_path_factory.mktemp("cache")
    lay_index(knowledge.folder, cache)
    opened = open_index(knowledge, cache, load_embedder(), say=lambda _: None)
    yield opened
    opened.close()
