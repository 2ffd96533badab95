"""Processes that decide: killed at random moments, or racing each other. Run as a script.

It imports everything once and forks, so that a round costs milliseconds. Prints one JSON object.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

from agent.errors import DecisionError
from agent.record import migrations  # imported before the fork, so that no kill is spent on it
from agent.record.audit import verify
from agent.record.journal import parse_receipt
from agent.record.store import Store, open_store
from tests.support.office_days import decision_on, drafted

ROUNDS_A_DATABASE = 5  # the first of them is often killed while it makes the database
MIGRATION = migrations.head()
LONGEST = 0.4  # seconds until the kill
PATIENCE = 30.0  # seconds for the first acknowledged decision of such a round
FINISHED = 100  # added to an exit code, so that a crash (1) is told apart


def decide_one(store: Store, name: str) -> str:
    """Hands in, drafts and decides one initiative; the full receipt of the decision."""
    draft = drafted(store, name)
    finding = draft.findings[0].id
    return store.decide(decision_on(draft, accepted=(finding,)), f"# Letter about {name}").full


def decide_for_ever(path: Path, round_: int, out: int) -> NoReturn:
    """Says each decision only after the record has acknowledged it."""
    n = 0
    with open_store(path) as store:
        while True:
            name = f"r{round_}-{n}"
            os.write(out, f"{name} {decide_one(store, name)}\n".encode())
            n += 1


def killed_round(path: Path, round_: int, delay: float) -> list[tuple[str, str]]:
    """(initiative, receipt) of every decision that was acknowledged before the kill."""
    incoming, outgoing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(incoming)
        decide_for_ever(path, round_, outgoing)
    os.close(outgoing)
    if round_ % 2:  # on a slow machine too, something is at stake in half of the rounds
        select.select([incoming], [], [], PATIENCE)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(incoming, encoding="utf-8") as said:
        lines = said.read().split("\n")[:-1]
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        raise SystemExit(f"round {round_}: the child ended by itself")
    return [(name, receipt) for name, receipt in (line.split(" ") for line in lines)]


def check(path: Path, acknowledged: list[tuple[str, str]]) -> list[str]:
    """What is wrong with the record after a kill."""
    faults: list[str] = []
    with open_store(path) as store:
        with store.reading() as conn:
            at = conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        faults += [] if at == MIGRATION else [f"the schema stands at {at}"]
        for name, receipt in acknowledged:
            if name not in store.initiatives() or not store.is_decided(name, 1):
                faults.append(f"{name} is lost")
            elif store.letter(name) != f"# Letter about {name}":
                faults.append(f"{name} has no letter")
            elif not store.steps(name).accepted:
                faults.append(f"{name} lost its steps")
            faults += verify(store, parse_receipt(receipt)).problems if name.endswith("0") else ()
        last = parse_receipt(acknowledged[-1][1]) if acknowledged else None
        faults += verify(store, last).problems
    return faults


def kill_rounds(folder: Path, rounds: int, seed: int) -> dict[str, object]:
    chance = random.Random(seed)
    faults: list[str] = []
    count = 0
    for round_ in range(rounds):
        path = folder / f"{round_ // ROUNDS_A_DATABASE}" / "reviews.db"
        said = killed_round(path, round_, chance.uniform(0, LONGEST))
        faults += check(path, said)
        count += len(said)
    return {"rounds": rounds, "acknowledged": count, "faults": faults}


def race(path: Path, processes: int, each: int) -> dict[str, object]:
    """Every process decides its own initiatives, and all try the same shared ones."""
    with open_store(path) as store:
        shared = [drafted(store, f"shared-{n}") for n in range(each // 4)]
    children = []
    for process in range(processes):
        child = os.fork()
        if child == 0:
            os._exit(FINISHED + _race_one(path, process, each, [d.id for d in shared]))
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return {"codes": codes}


def _race_one(path: Path, process: int, each: int, shared: list[str]) -> int:
    """How many shared initiatives this process won, as its exit code."""
    won = 0
    with open_store(path) as store:
        for n in range(each):
            decide_one(store, f"p{process}-{n}")
            if n < len(shared):
                decision = decision_on(store.draft(shared[n]), by=f"p{process}")
                try:
                    store.decide(decision, f"# From p{process}")
                    won += 1
                except DecisionError:
                    continue
    return won


if __name__ == "__main__":
    mode, where, *numbers = sys.argv[1:]
    one, two = (int(n) for n in numbers)
    run = kill_rounds if mode == "kill" else race
    sys.stdout.write(json.dumps(run(Path(where), one, two)))
