"""`kill -9` at random moments of deciding: what was acknowledged stays, letters are whole."""

import json
import os
import sys
from pathlib import Path

from tests.support.command_line import call, run
from tests.support.office import LETTERS, TWIN, WEATHER, propose, write_office
from tests.support.tree import ROOT

ROUNDS = int(os.environ.get("CONCORD_SOAK", "20"))


def test_killed_decisions_are_whole_or_absent(tmp_path: Path) -> None:
    office = tmp_path / "office"
    settings = write_office(office)
    for name, text in (("letters", LETTERS), ("mail", TWIN), ("weather", WEATHER)):
        propose(settings, name, text)
    assert call("review", office=office).code == 0
    driver = [sys.executable, "-m", "tests.support.killed_command"]
    answer = run(office, ROUNDS, 7, command=driver, cwd=ROOT, patience=30 + 5 * ROUNDS)
    assert answer.code == 0, answer.err
    result = json.loads(answer.out)
    assert result["faults"] == []
    assert result["rounds"] == ROUNDS
    assert result["acknowledged"] >= ROUNDS // 5, "kills must fall between and after decisions too"
    _the_next_decision_works(office)


def _the_next_decision_works(office: Path) -> None:
    for name in ("letters", "mail", "weather"):
        words = ("decide", name, "--outcome", "reject", "--correct", "--json")
        decided = call(*words, office=office)
        assert decided.code == 0, decided.err
        letter = Path(json.loads(decided.out)["letter"]).read_text(encoding="utf-8")
        assert letter.startswith("# ")
    assert call("audit", "verify", office=office).code == 0
