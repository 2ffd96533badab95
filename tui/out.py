"""Stdout is data, stderr is talk: the only place of the command line that writes to either.

Everything passes the cleaning once more here, so that not even a file name can reach the terminal.
"""

import json
import shutil
import sys
import textwrap
import time
from types import TracebackType
from typing import Any, Self

from knowledge.text import clean

WIDEST = 100


def put(text: str = "") -> None:
    """Lines to stdout, cleaned."""
    sys.stdout.write(_safe(clean(text).text, sys.stdout.encoding) + "\n")


def put_json(value: Any) -> None:
    """One JSON object a line; control characters are escaped by JSON itself."""
    text = json.dumps(value, ensure_ascii=False)
    sys.stdout.write(_safe(text, sys.stdout.encoding) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """One line to stderr, cleaned."""
    sys.stderr.write(_safe(clean(text).text, sys.stderr.encoding) + "\n")
    sys.stderr.flush()


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
        self._live = sys.stderr.isatty()
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
        sys.stderr.write("\r\x1b[K" + _safe(line, sys.stderr.encoding)[: width() - 1])
        sys.stderr.flush()

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
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
