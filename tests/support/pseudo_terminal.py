"""The real command in a pseudo-terminal: its bytes, what stands on its screen, and hands that type.

The screen is a grid that follows cursor moves and text; colours are passed over. Waiting is for
words, never for a fixed time.
"""

import codecs
import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.command_line import MODULE

PATIENCE = 40.0
BETWEEN_KEYS = 0.04
SEQUENCE = re.compile(r"\x1b(?:\[([?>=<]?)([0-9;:]*)([ $]?[@-~])|[^\[])", re.DOTALL)


class Grid:
    """Rows and columns of what was written."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows = [[" "] * width for _ in range(height)]
        self.x = self.y = 0

    def take(self, text: str) -> str:
        """Write text; what is left over is the beginning of a sequence that has not ended yet."""
        at = 0
        while at < len(text):
            if text[at] == "\x1b":
                found = SEQUENCE.match(text, at)
                if found is None:
                    return text[at:]
                self._obey(found)
                at = found.end()
            else:
                self._put(text[at])
                at += 1
        return ""

    def _obey(self, found: re.Match[str]) -> None:
        private, numbers, kind = found.groups()
        if kind == "H" and not private:
            row, _, column = numbers.partition(";")
            self.y, self.x = int(row or 1) - 1, int(column or 1) - 1

    def _put(self, letter: str) -> None:
        if letter == "\r":
            self.x = 0
        elif letter == "\n":
            self.y += 1
        elif letter >= " " and 0 <= self.y < self.height and 0 <= self.x < self.width:
            self.rows[self.y][self.x] = letter
            self.x += 1

    def __str__(self) -> str:
        return "\n".join("".join(row).rstrip() for row in self.rows)


class Terminal:
    """One run of the command."""

    def __init__(self, process: "subprocess.Popen[bytes]", fd: int, other: int, grid: Grid) -> None:
        self.process = process
        self.fd = fd
        self.other = other
        """The command's side."""
        self.grid = grid
        self.stream = b""
        self._rest = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def read(self, seconds: float = 0.05) -> bool:
        """Take what has come; False when nothing did or the other side is gone."""
        waiting = select.poll()  # select itself takes no more than 1,024 open files
        waiting.register(self.fd, select.POLLIN)
        if not waiting.poll(seconds * 1000):
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:  # Linux says so when nobody holds the other side any more
            return False
        self.stream += data
        self._rest = self.grid.take(self._rest + self._decoder.decode(data))
        return bool(data)

    @property
    def screen(self) -> str:
        return str(self.grid)

    def until(self, held: Callable[[], bool], what: str = "") -> None:
        end = time.monotonic() + PATIENCE
        while not held():
            alive = self.read() or self.process.poll() is None
            if not alive or time.monotonic() > end:
                ended = "" if self.process.poll() is None else self.error()
                raise AssertionError(f"never came: {what}\n{self.screen}\n{ended}")

    def wait_for(self, *words: str) -> None:
        """All of these on the screen at once."""
        self.until(lambda: all(word in self.screen for word in words), " & ".join(words))

    def wait_gone(self, words: str) -> None:
        self.until(lambda: words not in self.screen, f"no {words}")

    def settle(self, seconds: float = 0.3) -> None:
        """Read until nothing came for so long (a cursor may blink): a lone Escape is told apart
        from the beginning of another key by what does not follow it."""
        end = time.monotonic() + PATIENCE
        while self.read(seconds) and time.monotonic() < end:
            pass

    def escape(self) -> None:
        self.keys("\x1b")
        time.sleep(0.15)
        self.settle(0.1)

    def keys(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def type(self, text: str) -> None:
        """Key by key, as a hand does."""
        for letter in text:
            self.keys(letter)
            time.sleep(BETWEEN_KEYS)
            self.read(0)

    def attributes(self) -> list[object]:
        return termios.tcgetattr(self.other)

    def error(self) -> str:
        """What it said on stderr; once it has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode("utf-8")

    def hang_up(self) -> None:
        """The window is closed."""
        os.close(self.other)
        os.close(self.fd)

    def kill(self, number: int = signal.SIGKILL) -> None:
        self.process.send_signal(number)

    def end(self) -> int:
        """Read until it has ended; its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.read()
        while self.read(0):
            pass
        return self.process.wait(1)


def _control() -> None:
    """In the child: this terminal is the one it belongs to."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextmanager
def desk_in_terminal(
    office: Path,
    *words: str,
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str] | None = None,
    command: Sequence[str] = (*MODULE, "desk"),
) -> Iterator[Terminal]:
    """`concord desk` in a terminal of its own, which it also controls."""
    own, its = os.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = subprocess.Popen(
        [*command, *words, "--office", str(office)],
        stdin=its,
        stdout=its,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_control,
        env={**os.environ, "TERM": "xterm-256color", **(env or {})},
    )
    terminal = Terminal(process, own, its, Grid(*size))
    try:
        yield terminal
    finally:
        process.kill()
        process.wait()
        for fd in (own, its):
            with contextlib.suppress(OSError):
                os.close(fd)
        assert process.stderr is not None
        process.stderr.close()
