"""Untrusted text: bytes to characters, cleaned once on entry, and the way back to the file.

Owns what may reach a screen, a prompt or a parser. Every rule looks at unconditionally kept
neighbours only, so cleaning twice changes nothing. It knows no markdown and reads no file.
"""

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from knowledge.characters import EVENT, GLYPH_VARIANT, KEEP, SUSPECT, SUSPECT_ASCII, visible

HiddenKind = Literal[
    "control", "escape", "bidi", "zero_width", "tag", "variation", "surrogate", "markup"
]
NEAR: Final = 3
"""Hidden characters of one kind on one line with at most so many others between are one run."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something a reader of the rendered text would not see."""

    kind: HiddenKind
    line: int
    col: int
    count: int
    text: str
    """What it says, made visible (tag characters decoded, escapes named); at most 200."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """Cleaned text and the way back to the file: lines are 1:1, columns go through `shifts`."""

    text: str
    hidden: tuple[Hidden, ...] = ()
    shifts: tuple[tuple[int, int], ...] = ()
    """(offset in `text`, raw characters removed before it on that line), ordered."""

    def position(self, offset: int) -> tuple[int, int]:
        """(line, column) from 1 in the file of the character at an offset into `text`.

        For the end of a span ask for its last character and add one to the column.
        """
        offset = max(0, min(offset, len(self.text)))
        starts = _line_starts(self.text)
        line = bisect_right(starts, offset)
        start = starts[line - 1]
        col = offset - start + 1
        at = bisect_right(self.shifts, offset, key=lambda shift: shift[0]) - 1
        if at >= 0 and self.shifts[at][0] >= start:
            col += self.shifts[at][1]
        return line, col

    def offset(self, line: int) -> int:
        """Where a line (from 1) starts in `text`; the end of the text for a line beyond it."""
        starts = _line_starts(self.text)
        return starts[max(line, 1) - 1] if line <= len(starts) else len(self.text)


@lru_cache(maxsize=16)
def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


# --- bytes to characters ---------------------------------------------------------------------

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_END_BYTES = re.compile(rb"\r\n|\r|\n")
_BOMS: Final = (  # the longer first: the UTF-32 mark starts like the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def lines(text: str) -> list[str]:
    """Split at LF, CRLF and CR only."""
    return _LINE_END.split(text)


def decode(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of a file and what a person should know of the decoding; never raises."""
    for mark, codec, name in _BOMS:
        if raw.startswith(mark):
            return _decode_wide(raw[len(mark) :], codec, name)
    if codec := _wide_without_mark(raw[:4096]):
        return _decode_wide(raw, codec, "UTF-16")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        text = raw.decode("utf-8", "replace")
        line = len(_LINE_END_BYTES.findall(raw[: error.start])) + 1
        count = text.count("\ufffd") - raw.count("\ufffd".encode())
        return text, (_replaced(line, count, "UTF-8"),)


def _decode_wide(raw: bytes, codec: str, name: str) -> tuple[str, tuple[str, ...]]:
    note = f"the file is {name}; Concord read it, but most tools expect UTF-8"
    try:
        return raw.decode(codec).removeprefix("\ufeff"), (note,)
    except UnicodeDecodeError as error:
        text = raw.decode(codec, "replace").removeprefix("\ufeff")
        line = len(lines(raw[: error.start].decode(codec, "replace")))
        return text, (note, _replaced(line, text.count("\ufffd"), name))


def _wide_without_mark(head: bytes) -> str:
    """UTF-16 of mostly western text has a NUL in every second byte, and in no other."""
    pairs = len(head) // 2
    if pairs < 2 or b"\0" not in head:
        return ""
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd * 10 >= pairs * 7 and even * 20 <= pairs:
        return "utf-16-le"
    return "utf-16-be" if even * 10 >= pairs * 7 and odd * 20 <= pairs else ""


def _replaced(line: int, count: int, name: str) -> str:
    what = "a byte sequence that is" if count == 1 else f"{count} byte sequences that are"
    first = "" if count == 1 else "first on "
    return f"{what} not {name} replaced by � ({first}line {line}); save the file as UTF-8"


# --- cleaning --------------------------------------------------------------------------------


def clean(raw: str) -> CleanText:
    """Remove what must not reach a screen, a prompt or a parser; idempotent, 1:1 in lines.

    Line ends become LF; what breaks a line elsewhere becomes a space; a lone surrogate becomes �.
    """
    suspect = SUSPECT_ASCII if raw.isascii() else SUSPECT
    if not suspect.search(raw):
        return CleanText(raw)
    return _Cleaning(raw, suspect).run()


class _Cleaning:
    """One pass over a text with suspect characters."""

    def __init__(self, raw: str, suspect: re.Pattern[str]) -> None:
        self.raw = raw
        self.suspect = suspect
        self.pieces: list[str] = []
        self.length = 0
        self.line = 1
        self.line_start = 0  # in raw
        self.removed = 0  # on this line
        self.shifts: list[tuple[int, int]] = []
        self.hidden: list[tuple[HiddenKind, int, int, int, list[str]]] = []
        self.last_end = -1  # in raw, of the last hidden run

    def run(self) -> CleanText:
        done = 0
        for event in self._events():
            self._keep(done, event.start())
            self._take(event)
            done = event.end()
        self._keep(done, len(self.raw))
        found = tuple(
            Hidden(kind, line, col, count, visible(kind, "".join(parts)))
            for kind, line, col, count, parts in self.hidden
        )
        return CleanText("".join(self.pieces), found, tuple(self.shifts))

    def _events(self) -> Iterator[re.Match[str]]:
        at, taken = 0, -1
        while found := self.suspect.search(self.raw, at):
            at = found.start()
            if at != taken and (kept := KEEP.match(self.raw, at)):  # its neighbour stays
                at = kept.end()
                continue
            event = EVENT.match(self.raw, at)
            if event is None:  # every suspect character is in one of the groups
                at += 1
                continue
            yield event
            at = taken = event.end()

    def _keep(self, start: int, end: int) -> None:
        if start == end:
            return
        piece = self.raw[start:end]
        self.pieces.append(piece)
        self.length += end - start
        breaks = piece.count("\n")
        if breaks:
            self.line += breaks
            self.line_start = start + piece.rfind("\n") + 1
            self.removed = 0

    def _take(self, event: re.Match[str]) -> None:
        group, taken, start = event.lastgroup, event.group(), event.start()
        if group == "line":
            self._put("\n")
            self.line += 1
            self.line_start = event.end()
            self.removed = 0
        elif group == "space":
            self._hide("control", taken, start)
            self._put(" " * len(taken))
        elif group == "surrogate":
            self._hide("surrogate", taken, start)
            self._put("\ufffd" * len(taken))
        elif start == 0 and taken == "\ufeff":
            self.line_start = 1  # a byte order mark is no column of the file
        else:
            if not GLYPH_VARIANT.match(self.raw, start):  # a variant of a glyph is no message
                self._hide(_KINDS[group or "control"], taken, start)
            self.removed += len(taken)
            if self.shifts and self.shifts[-1][0] == self.length:
                self.shifts.pop()
            self.shifts.append((self.length, self.removed))

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _hide(self, kind: HiddenKind, taken: str, start: int) -> None:
        if self.hidden and start - self.last_end <= NEAR:
            last_kind, line, col, count, parts = self.hidden[-1]
            if last_kind == kind and line == self.line:
                parts.append(taken)
                self.hidden[-1] = (kind, line, col, count + len(taken), parts)
                self.last_end = start + len(taken)
                return
        col = start - self.line_start + 1
        self.hidden.append((kind, self.line, col, len(taken), [taken]))
        self.last_end = start + len(taken)


_KINDS: Final[dict[str, HiddenKind]] = {
    "escape": "escape",
    "variation": "variation",
    "tag": "tag",
    "bidi": "bidi",
    "zero_width": "zero_width",
    "control": "control",
}
