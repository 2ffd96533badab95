"""One demo office, reviewed once for the whole run; tests that write get a copy."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.support.command_line import call


@pytest.fixture(scope="session")
def built_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo office with its eight reviews. Shared by all workers: read it, never write to it."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    office = base / "demo-office"
    with (base / "demo-office.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / "demo-office.built").exists():
            shutil.rmtree(office, ignore_errors=True)
            answer = call("demo", office)
            assert answer.code == 0, answer.err
            (base / "demo-office.built").touch()
    return office


@pytest.fixture
def office(built_office: Path, tmp_path: Path) -> Path:
    """A demo office to write to."""
    return Path(shutil.copytree(built_office, tmp_path / "office"))


@pytest.fixture(autouse=True)
def _as_ana(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_USER", "ana")
