"""What holds for every test: a home of its own, no settings of the developer, one time zone.

The network beyond loopback is off and warnings are errors by `pyproject.toml`.
"""

import gc
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.ready import POOL

# The same examples on every machine and run; slow machines get no false alarm.
settings.register_profile("suite", derandomize=True, deadline=None, database=None)
settings.load_profile("suite")

# Beside a vector store, a screen and a model client a full collection looks at a million objects:
# fewer of them take 6% off the suite. What is left open is still warned of, later.
gc.set_threshold(100_000, 50, 1000)

_FOREIGN = ("CONCORD_", "OPENAI_", "LANGCHAIN_", "LANGSMITH_", "XDG_")
_KEPT = ("CONCORD_SOAK", "CONCORD_HOSTILE")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests wait for disks, terminals and processes of their own."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For the whole session, so that session-wide fixtures and child processes are covered too."""
    home = tmp_path_factory.mktemp("home")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as patch:
        for name in sorted(os.environ):
            if name.startswith(_FOREIGN) and name not in _KEPT:
                patch.delenv(name)
        patch.setenv(POOL, str(shared / "indexes"))
        patch.setenv("HOME", str(home))
        for name in ("CONFIG", "CACHE", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(_folder(home / name.lower())))
        patch.setenv("TZ", "UTC")
        patch.setenv("NO_COLOR", "1")
        time.tzset()
        umask = os.umask(0o022)
        # A shell starts what it runs in the background with interrupts ignored, and so would we.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
        os.umask(umask)


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
