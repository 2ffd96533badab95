"""The desk with a thousand drafts on record: until the inbox stands, and from a key to its picture.

Both are measured on the real command in a pseudo-terminal, from outside.
"""

import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from tests.bench.row import Row
from tests.support.many_drafts import office_with
from tests.support.pseudo_terminal import Terminal, desk_in_terminal

DRAFTS = 1_000
STARTS = 7
KEYS = ("j", "j", "j", "k", "\x1b[6~", "\x1b[5~", "G", "g", "s", "j")
PRESSED = 80
FIRST = "automatic-no"
ANSWER = 5.0
"""Seconds after which a key counts as not answered at all."""
QUIET = 0.25
"""Seconds without a byte after which a picture counts as whole and the next key is due."""


def bench_desk() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        office = office_with(DRAFTS, Path(folder) / "office")
        starts = [_first_paint(office) for _ in range(STARTS + 1)][1:]
        yield Row("desk, first paint, 1,000 drafts", median(starts), 1.0)
        pictures = _pictures(office)
        yield Row("desk, key to paint, p95", quantiles(pictures, n=20)[-1], 0.050)


def _first_paint(office: Path) -> float:
    """From the start of the process until rows of the inbox stand on the screen."""
    start = time.perf_counter()
    with desk_in_terminal(office) as terminal:
        terminal.until(lambda: FIRST in terminal.screen, FIRST)
        return time.perf_counter() - start


def _pictures(office: Path) -> list[float]:
    """From each key to the first bytes that answer it."""
    took = []
    with desk_in_terminal(office) as terminal:
        terminal.wait_for(FIRST)
        _settle(terminal)
        for key, _ in zip(cycle(KEYS), range(PRESSED), strict=False):
            start = time.perf_counter()
            terminal.keys(key)
            if not terminal.read(ANSWER):
                raise RuntimeError(f"no answer to the key {key!r}:\n{terminal.screen}")
            took.append(time.perf_counter() - start)
            _settle(terminal)
    return took


def _settle(terminal: Terminal) -> None:
    while terminal.read(QUIET):
        pass
