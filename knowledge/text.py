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

HiddenKind = Literal[
    "control", "escape", "bidi", "zero_width", "tag", "variation", "surrogate", "markup"
]
SHOWN: Final = 200
"""So many characters of a hidden text are kept for people to see."""
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

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINING = (  # letters and marks of scripts in which joiners spell words; no format characters
    "\u0620-\u06dc\u06de-\u06ff\u0710-\u074a\u0750-\u077f\u07ca-\u07f5\u08a0-\u08e1\u08e3-\u08ff"
    "\u0900-\u0dff\u0f40-\u0fbc\u1000-\u109f\u1780-\u17b3\u17b6-\u17dd\u1820-\u18aa"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
)
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NONCHARACTER = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
)
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f"
_ZERO_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufeff\uffa0"
)
_CONTROL = (  # C0, C1 and format characters that steer a renderer
    "\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    f"\U0001d173-\U0001d17a{_NONCHARACTER}"
)
_TAG = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
_SPACE = "\x0b\x0c\x85\u2028\u2029"
_SURROGATE = "\ud800-\udfff"

# A string of a terminal ends on its own line or is no string: its introducer alone is taken out.
# The 8-bit forms count only where they are not half of a wrongly decoded UTF-8 character.
_ESC8 = r"(?<![\x80-\xbf\xc2-\xf4])"
_STRING = r"[^\x07\n\r\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)"
_CSI = r"[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?"
_ESCAPE = (
    rf"\x1b\[{_CSI}|{_ESC8}\x9b{_CSI}|\x1b[\]PX^_]{_STRING}|{_ESC8}[\x9d\x90\x98\x9e\x9f]{_STRING}"
    r"|\x1b[\x20-\x2f]*[\x30-\x7e]?"
)
_FLAGS = "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in code) for code in ("gbeng", "gbsct", "gbwls")
)
_KEEP = re.compile(
    rf"(?<=[{_EMOJI}])[\ufe0e\ufe0f](?![{_SELECTORS}])"
    r"|(?<=[0-9#*])\ufe0f(?=\u20e3)"
    rf"|(?:(?<=[{_EMOJI}])|(?<=[{_EMOJI}]\ufe0f))\u200d(?=[{_EMOJI}])"
    rf"|(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
    rf"|(?<=[{_VIRAMA}])[\u200c\u200d](?![\u200c\u200d])"
    rf"|(?<=\U0001f3f4)(?:{_FLAGS})\U000e007f"
)
_GLYPH_VARIANT = re.compile(rf"(?<=[{_IDEOGRAPH}])[\U000e0100-\U000e01ef](?![{_SELECTORS}])")
_EVENT = re.compile(
    rf"(?P<line>\r\n?)|(?P<escape>(?:{_ESCAPE})+)|(?P<space>[{_SPACE}]+)"
    rf"|(?P<surrogate>[{_SURROGATE}]+)|(?P<variation>[{_SELECTORS}]+)|(?P<tag>[{_TAG}]+)"
    rf"|(?P<bidi>[{_BIDI}]+)|(?P<zero_width>[{_ZERO_WIDTH}])|(?P<control>[{_CONTROL}]+)"
)
_SUSPECT = re.compile(
    f"[\r\x1b{_SPACE}{_SURROGATE}{_SELECTORS}{_TAG}{_BIDI}{_ZERO_WIDTH}{_CONTROL}]"
)
_SUSPECT_ASCII = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def clean(raw: str) -> CleanText:
    """Remove what must not reach a screen, a prompt or a parser; idempotent, 1:1 in lines.

    Line ends become LF; what breaks a line elsewhere becomes a space; a lone surrogate becomes �.
    """
    suspect = _SUSPECT_ASCII if raw.isascii() else _SUSPECT
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
            Hidden(kind, line, col, count, _visible(kind, "".join(parts)))
            for kind, line, col, count, parts in self.hidden
        )
        return CleanText("".join(self.pieces), found, tuple(self.shifts))

    def _events(self) -> Iterator[re.Match[str]]:
        at, taken = 0, -1
        while found := self.suspect.search(self.raw, at):
            at = found.start()
            if at != taken and (kept := _KEEP.match(self.raw, at)):  # its neighbour stays
                at = kept.end()
                continue
            event = _EVENT.match(self.raw, at)
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
            if not _GLYPH_VARIANT.match(self.raw, start):  # a variant of a glyph is no message
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


def _visible(kind: HiddenKind, taken: str) -> str:
    """What a hidden run says, in characters that can be shown anywhere."""
    if kind == "tag" and (said := _tagged(taken)):
        return said[:SHOWN]
    if kind == "variation" and (said := _selected(taken)):
        return said[:SHOWN]
    if kind == "escape":
        return clean("".join(_picture(letter) for letter in taken[:SHOWN])).text
    return " ".join(f"U+{ord(letter):04X}" for letter in taken[: SHOWN // 7])[:SHOWN]


def _picture(letter: str) -> str:
    """The control picture of a C0 control; the escape of a C1 one."""
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    return f"<{code:02X}>" if 0x7F <= code < 0xA0 else letter


def _tagged(taken: str) -> str:
    """Tag characters mirror ASCII."""
    return "".join(chr(ord(c) - 0xE0000) for c in taken if 0xE0020 <= ord(c) <= 0xE007E)


def _selected(taken: str) -> str:
    """256 variation selectors can carry bytes: shown where these spell text."""
    data = bytes(ord(c) - 0xFE00 if ord(c) < 0x10000 else ord(c) - 0xE0100 + 16 for c in taken)
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return said if len(said) > 1 and said.isprintable() and clean(said).text == said else ""
