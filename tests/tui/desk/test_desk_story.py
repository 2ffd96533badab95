"""From the inbox to a letter: the real command in a terminal, and the same through kill -9."""

import json
import time
from pathlib import Path

from agent.settings import load_settings
from agent.wiring import open_record
from tests.support.command_line import call
from tests.support.pseudo_terminal import Terminal, desk_in_terminal

NAME = "automatic-no"
SAVE = "\x13"
"""ctrl+s; tab and Enter do the same, and are tried where keys wait for one another."""


def _open_first(terminal: Terminal) -> None:
    terminal.wait_for("INBOX", NAME, "enter open")
    terminal.keys("\r")
    terminal.wait_for(f"{NAME}", "1 findings", "A decide")


def _edit_ask(terminal: Terminal) -> None:
    terminal.keys("e")
    terminal.wait_for("Change which words?")
    terminal.keys("1")
    terminal.wait_for("Save", "esc close, the text is kept")


def _decide(terminal: Terminal, key: str) -> None:
    terminal.keys("A")
    terminal.wait_for("DECIDE", "Keys count now")
    terminal.keys(key)
    terminal.wait_for("Enter: ▏", "Decided by ana")
    terminal.type(NAME)
    terminal.wait_for(f"Enter: {NAME}")
    time.sleep(0.05)
    terminal.keys("\r")
    terminal.wait_for("It is on record.", "letter:", "receipt:")


def _payloads(office: Path, kind: str) -> list[dict[str, object]]:
    with open_record(load_settings(office)) as store:
        return [
            dict(recorded.payload or {})
            for recorded in store.history(NAME)
            if recorded.entry.kind == kind
        ]


def test_inbox_to_letter(office: Path) -> None:
    with desk_in_terminal(office) as terminal:
        _open_first(terminal)
        terminal.keys("a")
        terminal.wait_for("saved: accepted")
        _edit_ask(terminal)
        terminal.keys(" By May, please.")
        terminal.wait_for("By May, please.")
        terminal.keys(SAVE)
        terminal.wait_for("saved: changed the ask")
        terminal.keys("g")
        terminal.wait_for("Finding 1 of")
        terminal.keys("s")
        terminal.wait_for("then why and enter")
        terminal.keys("6")
        terminal.wait_for("(o) in place, and I have seen it")
        terminal.keys("Seen on the test system")
        terminal.wait_for("Seen on the test system")
        terminal.keys("\r")
        terminal.wait_for("saved: corrected")
        _decide(terminal, "3")
        terminal.keys("\r")
        terminal.wait_for("INBOX", "ready 7", "cancellation")
        terminal.keys("q")
        assert terminal.end() == 0
    letter = (office / "decisions" / f"{NAME}-v1.md").read_text(encoding="utf-8")
    assert "By May, please." in letter
    assert len(_payloads(office, "accepted")) == 1
    assert [p["seen"] for p in _payloads(office, "override")] == [True]
    assert [p["outcome"] for p in _payloads(office, "decided")] == ["request_changes"]
    assert call("audit", "verify", office=office).code == 0


def test_a_kill_in_mid_edit_loses_no_text(office: Path) -> None:
    with desk_in_terminal(office) as terminal:
        _open_first(terminal)
        terminal.keys("j")
        terminal.wait_for("Finding 2 of", ">  2 BLOCKER")
        _edit_ask(terminal)
        terminal.keys(" Half a thought")
        terminal.wait_for("Half a thought")
        time.sleep(1)  # what is promised: at most a second of typing is lost
        terminal.kill()
        assert terminal.end() == -9
    with desk_in_terminal(office) as terminal:
        terminal.wait_for(">  2 BLOCKER", "ask of: No appeal to a person", "Half a thought")
        terminal.keys(" made whole.")
        terminal.wait_for("made whole.")
        terminal.keys(SAVE)
        terminal.wait_for("saved: changed the ask")
        terminal.keys("A")
        terminal.wait_for("DECIDE", "Keys count now")
        terminal.keys("3")
        terminal.wait_for("Decided by ana")
        terminal.kill()
        assert terminal.end() == -9
    with desk_in_terminal(office, NAME) as terminal:
        terminal.wait_for("1 findings", "A decide")
        _decide(terminal, "3")
        terminal.keys("\rq")
        terminal.end()
    letter = (office / "decisions" / f"{NAME}-v1.md").read_text(encoding="utf-8")
    assert "Half a thought made whole." in letter
    assert call("audit", "verify", office=office).code == 0
    assert json.loads(call("list", "--json", office=office).out.split("\n")[0])
