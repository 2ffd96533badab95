"""The desk and its terminal: without one it refuses, and however it ends it gives it back."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command_line import MODULE, refused, run
from tests.support.office import propose, write_office
from tests.support.pseudo_terminal import Terminal, desk_in_terminal

RESTORED = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?1006l", "\x1b[?2004l")
"""Main screen, cursor, mouse, paste."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    settings = write_office(tmp_path / "office")
    propose(settings, "letters", b"---\nid: letters\nstage: pilot\n---\n# Letters\n\nIt sorts.\n")
    assert run("review", office=settings.root).code == 0
    return settings.root


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
