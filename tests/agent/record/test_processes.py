"""Several processes on one record, and processes that are killed: nothing acknowledged is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from agent.record.audit import verify
from agent.record.store import open_store
from tests.support.deciding import FINISHED

ROOT = Path(__file__).parents[3]
ROUNDS = int(os.environ.get("CONCORD_SOAK") or 20)


def deciding(mode: str, where: Path, *numbers: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.support.deciding", mode, str(where), *map(str, numbers)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_kill_9_loses_no_acknowledged_decision(tmp_path: Path) -> None:
    found = deciding("kill", tmp_path, ROUNDS, ROUNDS)
    assert found["faults"] == []
    assert found["rounds"] == ROUNDS
    assert found["acknowledged"] >= ROUNDS, "the kills came before anything was at stake"


def test_processes_lose_no_write_and_never_decide_twice(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    each = 60
    codes = deciding("race", path, 2, each)["codes"]
    assert min(codes) >= FINISHED, "a process failed"
    assert sum(code - FINISHED for code in codes) == each // 4, "every shared one once"
    with open_store(path) as store:
        rows = store.inbox()
        assert {row.state for row in rows} == {"with_team"}
        assert len(rows) == 2 * each + each // 4
        for row in rows:
            decided = store.decision(row.initiative)
            assert decided is not None
            if row.initiative.startswith("shared"):
                assert store.letter(row.initiative) == f"# From {decided.by}"
        assert verify(store).ok
