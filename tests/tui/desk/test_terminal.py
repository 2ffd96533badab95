"""The desk and its terminal: without one it refuses, and however it ends it gives it back."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command_line import MODULE, refused, run
from tests.support.office import propose, work, write_office
from tests.support.pseudo_terminal import Terminal, desk_in_terminal

RESTORED = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?1006l", "\x1b[?2004l")
"""Main screen, cursor, mouse, paste."""


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = write_office(tmp_path_factory.mktemp("drafted") / "office")
    propose(settings, "letters", b"---\nid: letters\nstage: pilot\n---\n# Letters\n\nIt sorts.\n")
    work(settings)
    return settings.root


@pytest.fixture
def small(drafted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drafted, tmp_path / "office"))


def test_without_a_terminal_it_says_so_in_one_line(tmp_path: Path) -> None:
    refused(run("desk", office=tmp_path), 2, "needs a terminal", "`concord list`")


def test_a_terminal_on_one_side_is_not_enough(tmp_path: Path) -> None:
    own, its = os.openpty()
    words = f'"$@" desk --office {tmp_path}'
    for stream in ("<", ">"):
        answer = run("-c", f"{words} {stream} {os.ttyname(its)}", "sh", *MODULE, command=("sh",))
        refused(answer, 2, "needs a terminal")
    os.close(own)
    os.close(its)


def test_a_terminal_that_cannot_move_its_cursor_is_none(tmp_path: Path) -> None:
    with desk_in_terminal(tmp_path, env={"TERM": "dumb"}) as terminal:
        assert terminal.end() == 2
        assert "TERM is `dumb`" in terminal.error()
        assert b"\x1b" not in terminal.stream


def test_an_unknown_initiative_is_told_before_the_screen_changes(small: Path) -> None:
    with desk_in_terminal(small, "leters") as terminal:
        assert terminal.end() == 3
        assert "letters" in terminal.error()
        assert b"\x1b[?1049h" not in terminal.stream


def _signal(number: int) -> Callable[[Terminal], None]:
    return lambda terminal: terminal.kill(number)


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda terminal: terminal.keys("q"), 0),
        (lambda terminal: terminal.keys("\x03"), 130),
        (_signal(signal.SIGINT), 130),
        (_signal(signal.SIGTERM), 143),
        (_signal(signal.SIGHUP), 129),
    ],
    ids=["q", "ctrl+c", "SIGINT", "SIGTERM", "SIGHUP"],
)
def test_it_ends_in_order(small: Path, end: Callable[[Terminal], None], code: int) -> None:
    with desk_in_terminal(small) as terminal:
        before = terminal.attributes()
        terminal.wait_for("INBOX", "Letters")
        end(terminal)
        assert terminal.end() == code
        said = terminal.stream.decode("utf-8")
        for sequence in RESTORED:
            assert sequence in said[said.rfind("INBOX") :], sequence
        assert terminal.attributes() == before
        assert "Traceback" not in terminal.error()


def test_a_closed_window_ends_it(small: Path) -> None:
    with desk_in_terminal(small) as terminal:
        terminal.wait_for("INBOX")
        terminal.hang_up()
        assert terminal.process.wait(20) == 129


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_text_in_a_dialog_is_on_record_when_it_is_ended(small: Path, how: int) -> None:
    with desk_in_terminal(small, "letters") as terminal:
        terminal.wait_for("1 findings", "decide")
        terminal.keys("c")
        terminal.wait_for("Save")
        terminal.keys("Words that nobody saved")
        terminal.wait_for("nobody saved")
        terminal.kill(how)
        assert terminal.end() == 128 + how
    with desk_in_terminal(small, "letters") as terminal:
        terminal.wait_for("1 findings", "decide")
        terminal.keys("c")
        terminal.wait_for("Words that nobody saved")


def test_a_fault_of_its_own_is_one_sentence_and_the_text_is_kept(
    small: Path, tmp_path: Path
) -> None:
    command = (sys.executable, "-m", "tests.support.broken_desk")
    env = {"TMPDIR": str(tmp_path)}
    with desk_in_terminal(small, command=command, env=env) as terminal:
        before = terminal.attributes()
        terminal.wait_for("INBOX", "Letters")
        terminal.keys("\r")
        terminal.wait_for("1 findings", "decide")
        terminal.keys("c")
        terminal.wait_for("Save")
        terminal.keys("Words before the fault")
        terminal.wait_for("before the fault")
        terminal.keys("\x1b[15~")
        assert terminal.end() == 3
        assert terminal.attributes() == before
        said = terminal.error()
        assert said.startswith("concord: unexpected failure (RuntimeError); the details are in")
        assert said.count("\n") == 1
        shown = terminal.stream.decode("utf-8")
        assert "\x1b[?1049l" in shown
        assert "sk-not-for-anybody" not in shown + said
        assert "RuntimeError" not in shown
    with desk_in_terminal(small, "letters") as terminal:
        terminal.wait_for("1 findings", "decide")
        terminal.keys("c")
        terminal.wait_for("Words before the fault")


def test_the_editor_of_the_person(small: Path, tmp_path: Path) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf " From outside.\\033[>q\\n" >> "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    with desk_in_terminal(small, "letters", env={"VISUAL": str(script)}) as terminal:
        terminal.wait_for("1 findings", "decide")
        terminal.keys("E")
        terminal.wait_for("Change which words?")
        terminal.keys("1")
        terminal.wait_for("Save", "From outside.")
        terminal.keys("\x13")
        terminal.wait_for("saved: changed the ask")
        terminal.keys("\x03")
        assert terminal.end() == 130
        assert b"\x1b[>q" not in terminal.stream


def test_an_editor_that_is_not_there(small: Path) -> None:
    with desk_in_terminal(small, "letters", env={"VISUAL": "/no/such/editor"}) as terminal:
        terminal.wait_for("1 findings", "decide")
        terminal.keys("E")
        terminal.wait_for("Change which words?")
        terminal.keys("1")
        terminal.wait_for("Save", "could not be started")
