"""Marked text on a terminal: bold and underlined where that is shown, else «between marks».

Owns the wrapping by columns (wide characters take two) and the only escape sequences of the command
line that reach stdout. Every piece of a text is cleaned before a style is put round it.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from knowledge.text import clean

Marks = Sequence[tuple[int, int]]


class Marking(NamedTuple):
    """What stands before and after marked words."""

    on: str
    off: str
    columns: int
    """That both take together."""


STYLED: Final = Marking("\x1b[1;4m", "\x1b[22;24m", 0)
QUOTED: Final = Marking("\u00ab", "\u00bb", 2)
STARRED: Final = Marking("*", "*", 2)
_Cell = tuple[str, bool]
"""A character, and whether it is marked."""


def marking() -> Marking:
    """Styles on a terminal that shows them and whose user did not ask for none."""
    out = sys.stdout
    if out is None:
        return QUOTED
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    if out.isatty() and not plain:
        return STYLED
    try:
        (QUOTED.on + QUOTED.off).encode(out.encoding or "utf-8")
    except UnicodeEncodeError:
        return STARRED
    return QUOTED


def folded(
    text: str, marks: Marks, how: Marking, columns: int, indent: str, first: str | None = None
) -> str:
    """A paragraph in lines of so many columns, marks never broken off from their words."""
    lines: list[str] = []
    line, used = indent if first is None else first, len(indent if first is None else first)
    fresh = True
    for word in _words(text, marks):
        for piece in _pieces(word, how, max(8, columns - len(indent))):
            wide = _columns(piece, how)
            if not fresh and used + 1 + wide > columns:
                lines.append(line)
                line, used, fresh = indent, len(indent), True
            line += ("" if fresh else " ") + _drawn(piece, how)
            used += wide + (not fresh)
            fresh = False
    return "\n".join([*lines, line])


def _words(text: str, marks: Marks) -> Iterator[list[_Cell]]:
    """Words as cells. A text that cleaning would change has lost its places: no marks."""
    safe = clean(text).text
    flags = bytearray(len(safe))
    for start, end in marks if safe == text else ():
        flags[start:end] = b"\x01" * (end - start)
    cells = [(letter, bool(flag)) for letter, flag in zip(safe, flags, strict=True)]
    for blank, word in groupby(cells, lambda cell: cell[0].isspace()):
        if not blank:
            yield list(word)


def _pieces(word: list[_Cell], how: Marking, room: int) -> Iterator[list[_Cell]]:
    """A word that is wider than a line is broken between characters."""
    if _columns(word, how) <= room:
        yield word
        return
    piece: list[_Cell] = []
    for cell in word:
        if piece and _columns([cell], how) and _columns([*piece, cell], how) > room:
            yield piece
            piece = []
        piece.append(cell)
    yield piece


def _columns(piece: Sequence[_Cell], how: Marking) -> int:
    from rich.cells import cell_len

    groups: int = sum(marked for marked, _ in groupby(piece, lambda cell: cell[1]))
    return cell_len("".join(letter for letter, _ in piece)) + groups * how.columns


def _drawn(piece: Sequence[_Cell], how: Marking) -> str:
    return "".join(
        f"{how.on}{letters}{how.off}" if marked else letters
        for marked, group in groupby(piece, lambda cell: cell[1])
        for letters in ["".join(letter for letter, _ in group)]
    )
