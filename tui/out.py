"""Stdout is data, stderr is talk: the only place of the command line that writes to either.

Everything passes the cleaning once more here, so that not even a file name can reach the terminal.
A reader that went away (`| head`) ends the output, never the work: what was begun is finished.
"""

import codecs
import json
import os
import shutil
import sys
import textwrap
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self, TextIO

from agent.errors import OutputError
from knowledge.text import clean

WIDEST = 100
ERASE = "\r\x1b[K"
"""Back to the start of the line, and nothing left on it."""


def put(text: str = "") -> None:
    """Lines to stdout, cleaned."""
    _write(sys.stdout, clean(text).text + "\n")


def put_styled(text: str) -> None:
    """Lines that `tui.highlights` made of cleaned pieces and styles of ours."""
    _write(sys.stdout, text + "\n")


def put_json(value: Any, indent: int | None = None) -> None:
    """A JSON object, one line without `indent`; what a terminal would obey is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not _is_utf8(sys.stdout) or clean(text).text != text:
        text = json.dumps(value, indent=indent)
    _write(sys.stdout, text + "\n", flush=True)


def say(text: str) -> None:
    """One line to stderr, cleaned; a line break in a file name starts no line of its own."""
    _write(sys.stderr, " ".join(clean(text).text.split("\n")) + "\n", flush=True)


def say_block(text: str) -> None:
    """Several lines to stderr, cleaned: help."""
    _write(sys.stderr, clean(text).text + "\n", flush=True)


def flush() -> None:
    """Everything written so far reaches whoever reads it, or OutputError says why not."""
    _write(sys.stdout, "", flush=True)


def _write(stream: TextIO | None, text: str, *, flush: bool = False) -> None:
    """To a stream that may be closed (None) or whose reader may be gone."""
    if stream is None:
        return
    try:
        stream.write(_safe(text, stream.encoding))
        if flush:
            stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError as error:
        _silence(stream)
        raise OutputError(f"the output cannot be written: {error.strerror}") from None


def _silence(stream: TextIO) -> None:
    """What is still in the buffer, and what comes after it, goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _is_utf8(stream: TextIO | None) -> bool:
    return stream is None or codecs.lookup(stream.encoding or "utf-8").name == "utf-8"


def _safe(text: str, encoding: str | None) -> str:
    """What a terminal without Unicode cannot show is escaped rather than a crash."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def width() -> int:
    """Columns to write in."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST)


def wrapped(text: str, indent: str, first: str | None = None) -> str:
    """A paragraph folded to the width, later lines indented."""
    return textwrap.fill(
        " ".join(text.split()),
        width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


class Progress:
    """Counts and the time left on one stderr line; silent when stderr is no terminal."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._live = sys.stderr is not None and sys.stderr.isatty()
        self._started = time.monotonic()
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, total: int, label: str) -> None:
        now = time.monotonic()
        if not self._live or (now - self._last < 0.1 and done not in (0, total)):
            return
        self._last = now
        line = f"{self._verb} {done}/{total} {clean(label).text}{self._left(done, total, now)}"
        _write(sys.stderr, ERASE + line[: width() - 1], flush=True)

    def _left(self, done: int, total: int, now: float) -> str:
        if not done or done >= total:
            return ""
        seconds = round((now - self._started) / done * (total - done))
        return f"  ETA {seconds // 60}:{seconds % 60:02d}"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live and self._last:
            _write(sys.stderr, ERASE, flush=True)


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """`26 capabilities, 1 policy`; `no entries` for none."""
    said = (f"{n} {kind if n == 1 else _plural(kind)}" for kind, n in sorted(counts))
    return ", ".join(said) or "no entries"


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
