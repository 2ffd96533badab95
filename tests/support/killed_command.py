"""`concord decide` in a loop, killed at random moments. Run as a module: OFFICE ROUNDS SEED.

It imports everything once and forks, so that a round costs milliseconds; what a child acknowledges
is the command's own output. Prints one JSON object.
"""

import json
import os
import random
import signal
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

from agent.record.audit import verify
from agent.record.journal import parse_receipt
from agent.record.recall import RecalledDecision
from agent.record.recall import show as recalled
from agent.record.store import Store
from agent.settings import load_settings
from agent.wiring import open_record
from tui.commands import decide
from tui.commands.flags import Given

LONGEST = 0.3
"""Seconds until the kill, at most, after as many acknowledged decisions as the round waits for."""
WAITED_FOR = 3
"""A round waits for 0, 1 or 2 of them, so that kills fall between decisions on any machine."""


def decide_for_ever(office: Path, round_: int, names: list[str]) -> NoReturn:
    """Each initiative in turn, decided first and corrected from then on."""
    with open_record(load_settings(office)) as store:
        decided = {name for name in names if store.is_decided(name, 1)}
    for n in count():
        name = names[n % len(names)]
        given = Given(
            outcome="request_changes", note=f"Words of {round_}-{n}.", correct=name in decided
        )
        if decide.run(name, given, office, as_json=True) != 0:
            os._exit(1)
        decided.add(name)
    raise AssertionError("count never ends")


def killed_round(
    office: Path, round_: int, names: list[str], after: int, delay: float
) -> list[Any]:
    """What the command acknowledged before the kill, oldest first."""
    incoming, outgoing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(outgoing, 1)
        decide_for_ever(office, round_, names)
    os.close(outgoing)
    with os.fdopen(incoming, encoding="utf-8") as said:
        text = "".join(said.readline() for _ in range(after))
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        lines = (text + said.read()).split("\n")[:-1]
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        raise SystemExit(f"round {round_}: the child ended by itself")
    return [json.loads(line) for line in lines]


def faults_after(office: Path, names: list[str], said: list[Any]) -> list[str]:
    """What is wrong with record and letters after a kill."""
    faults: list[str] = []
    with open_record(load_settings(office)) as store:
        for name in names:
            mine = [row for row in said if row["decision"]["initiative"] == name]
            faults += _faults_of(office, name, store, [r["decision"]["note_to_team"] for r in mine])
        for row in said[-1:]:
            receipt = parse_receipt(f"{row['receipt']['head']}:{row['receipt']['count']}")
            faults += verify(store, receipt).problems
        faults += verify(store).problems
    return faults


def _faults_of(office: Path, name: str, store: Store, notes: list[str]) -> list[str]:
    kept = recalled(store, name, 1).decisions
    held = [row.decision.note_to_team if row.decision else "" for row in kept]
    faults = [f"{name}: lost `{note}`" for note in notes if note not in held]
    newest = max((held.index(note) for note in notes if note in held), default=0)
    return faults + _letter_faults(office / f"decisions/{name}-v1.md", kept, newest, bool(notes))


def _letter_faults(
    path: Path, kept: tuple[RecalledDecision, ...], newest: int, acknowledged: bool
) -> list[str]:
    """The file is a whole letter on record, and none older than what was acknowledged."""
    if not path.exists():
        return [f"{path.name} is gone"] if acknowledged else []
    text = path.read_text(encoding="utf-8")
    letters = [row.letter for row in kept]
    if text not in letters:
        return [f"{path.name} is no letter on record: {text[-60:]!r}"]
    late = len(letters) - 1 - letters[::-1].index(text) < newest
    return [f"{path.name} is older than what was acknowledged"] if late else []


def rounds(office: Path, number: int, seed: int) -> dict[str, object]:
    chance = random.Random(seed)
    with open_record(load_settings(office)) as store:
        names = store.initiatives()
    faults: list[str] = []
    acknowledged = 0
    for round_ in range(number):
        after, delay = chance.randrange(WAITED_FOR), chance.uniform(0, LONGEST)
        said = killed_round(office, round_, names, after, delay)
        faults += faults_after(office, names, said)
        acknowledged += len(said)
    return {"rounds": number, "acknowledged": acknowledged, "faults": faults}


if __name__ == "__main__":
    folder, many, first = sys.argv[1:]
    result = rounds(Path(folder), int(many), int(first))
    sys.stdout.write(json.dumps(result))
