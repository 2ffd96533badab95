"""The tiny office, indexed once for a session; each test works in a copy of its own."""

import shutil
from pathlib import Path

import pytest

from agent.settings import Settings
from tests.support.office import review_in, settings_of, write_office


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose index is built; tests work in copies."""
    root = tmp_path_factory.mktemp("indexed") / "office"
    review_in(write_office(root))
    return root


@pytest.fixture
def office(indexed: Path, tmp_path: Path) -> Settings:
    root = tmp_path / "office"
    shutil.copytree(indexed, root)
    return settings_of(root)
