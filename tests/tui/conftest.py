"""One demo office, reviewed once for the whole run; tests that write get a copy."""

import shutil
from pathlib import Path

import pytest

from tests.support.command_line import call
from tests.support.ready import built_once


@pytest.fixture(scope="session")
def built_office() -> Path:
    """The demo office with its eight reviews. Shared by all workers: read it, never write to it."""
    with built_once("demo-office") as (office, missing):
        if missing:
            answer = call("demo", office)
            assert answer.code == 0, answer.err
    return office


@pytest.fixture
def office(built_office: Path, tmp_path: Path) -> Path:
    """A demo office to write to."""
    return Path(shutil.copytree(built_office, tmp_path / "office"))


@pytest.fixture(autouse=True)
def _as_ana(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_USER", "ana")
