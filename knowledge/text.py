"""Clean untrusted text once, on entry. STARTING POINT: the signatures others build on."""

from dataclasses import dataclass
from typing import Literal

HiddenKind = Literal[
    "control", "escape", "bidi", "zero_width", "tag", "variation", "surrogate", "markup"
]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something a reader of the rendered text would not see."""

    kind: HiddenKind
    line: int
    col: int
    count: int
    text: str
    """What it says, made visible (tag characters decoded, escapes named); at most 200 characters."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """Cleaned text and the way back to the file: lines are 1:1, columns go through `shifts`."""

    text: str
    hidden: tuple[Hidden, ...] = ()
    shifts: tuple[tuple[int, int], ...] = ()
    """(offset in `text`, raw characters removed before it on that line), ordered; only where removal happened."""

    def position(self, offset: int) -> tuple[int, int]:
        """(line, column) from 1 in the file for an offset into `text`."""
        raise NotImplementedError


def clean(raw: str) -> CleanText:
    """Remove what must not reach a screen, a prompt or a parser; idempotent, 1:1 in lines."""
    raise NotImplementedError
