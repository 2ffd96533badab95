"""What a renderer of markdown would not show: comments, hidden elements, scripts.

Owns spans only, over text that is already cut into regions. It renders nothing and judges nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from knowledge.patterns import lazy


class Region(NamedTuple):
    """A stretch of text in which HTML may stand: an HTML block, or the inline text of a block."""

    start: int
    end: int
    block: bool


@dataclass(slots=True)
class Markup:
    hidden: list[tuple[int, int, str]] = field(default_factory=list)
    """(start, end, what it says) of everything that is not shown."""
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """Disjoint spans, in order, that are no words of the text: hidden ones, tags of HTML blocks."""


_MARK = lazy(
    r"(?P<ticks>`+)|(?P<open><!--|<\?|<!\[CDATA\[|<![A-Za-z])"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)"
    r"(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)?)/?>"
)
_ENDS: Final = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_NEVER_SHOWN: Final = frozenset(("script", "style", "template", "noscript", "iframe", "object"))
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_ATTRIBUTE = lazy(r"(?<![\w-])([a-z-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?", re.I)
_HIDING = lazy(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|opacity\s*:\s*0(?![.\d]*[1-9])|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|(?<![\w-])color\s*:\s*(?:white|transparent|#fff(?:fff)?\b)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3}",
    re.IGNORECASE,
)


def scan(text: str, regions: Iterable[Region]) -> Markup:
    """Hidden spans and gaps of all regions, in order; linear in the text."""
    scanning = _Scanning(text)
    for region in regions:
        scanning.region(region)
    scanning.finish()
    found = scanning.found
    return Markup(sorted(found.hidden), _union(found.gaps))


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def segments(start: int, end: int, gaps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of [start, end) without the gaps; `gaps` are those that touch it, in order."""
    left, at = [], start
    for low, high in gaps:
        if low > at:
            left.append((at, min(low, end)))
        at = max(at, high)
    if at < end:
        left.append((at, end))
    return left


class _Scanning:
    """One pass; an element that hides what it holds may span several regions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Markup()
        self.hiding: tuple[str, int, int, int] | None = None
        """(name, start, start of what it holds, end of its region) of the element that hides."""
        self.depth = 0

    def region(self, region: Region) -> None:
        at, missing = region.start, set[str]()
        ticks = None if region.block else _closing_ticks(self.text, region)
        while mark := _MARK.search(self.text, at, region.end):
            at = mark.end()
            if not region.block and _escaped(self.text, mark.start(), region.start):
                at = mark.start() + 1
            elif mark["ticks"]:
                at = ticks.get(mark.start(), at) if ticks else at
            elif mark["open"]:
                at = self._until_end(mark, region, missing)
            else:
                self._tag(mark, region)

    def finish(self) -> None:
        if self.hiding:  # never closed: at least the rest of its own region
            _, start, _, end = self.hiding
            self._hide(start, end, self.text[start:end])

    def _until_end(self, mark: re.Match[str], region: Region, missing: set[str]) -> int:
        """A comment, an instruction or a declaration, up to its end."""
        ending = _ENDS.get(mark["open"], ">")
        end = -1 if ending in missing else self.text.find(ending, mark.end(), region.end)
        if end < 0:
            missing.add(ending)
            if not region.block:
                return mark.end()
            end = region.end
        after = min(end + len(ending), region.end)
        inner = self.text[mark.end() : end] if ending == "-->" else self.text[mark.start() : after]
        self._hide(mark.start(), after, inner)
        return after

    def _tag(self, mark: re.Match[str], region: Region) -> None:
        name, closing = mark["name"].lower(), bool(mark["close"])
        if region.block:
            self.found.gaps.append(mark.span())
        if self.hiding:
            if name == self.hiding[0]:
                self.depth += -1 if closing else 1
            if self.depth == 0:
                _, start, inner, _ = self.hiding
                self.hiding = None
                self._hide(start, mark.end(), self.text[inner : mark.start()])
            return
        if closing:
            return
        attributes = [(k.lower(), v) for k, v in _ATTRIBUTE.findall(mark["attributes"])]
        hides = name in _NEVER_SHOWN or any(_hides(key, value) for key, value in attributes)
        acts = any(key.startswith("on") and value for key, value in attributes)
        if hides and name not in _VOID:
            self.hiding, self.depth = (name, mark.start(), mark.end(), region.end), 1
        elif hides or acts or name in ("meta", "embed"):
            self._hide(mark.start(), mark.end(), mark.group())

    def _hide(self, start: int, end: int, says: str) -> None:
        self.found.gaps.append((start, end))
        if says := " ".join(says.split()):
            self.found.hidden.append((start, end, says))


def _hides(key: str, value: str) -> bool:
    if key == "hidden":
        return value.strip("\"'").lower() != "false"
    return key == "style" and bool(_HIDING.search(value))


def _escaped(text: str, at: int, start: int) -> bool:
    slashes = 0
    while at - slashes > start and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _closing_ticks(text: str, region: Region) -> dict[int, int]:
    """Start of each run of backticks that opens a code span → where the span ends."""
    runs = [run.span() for run in re.compile("`+").finditer(text, region.start, region.end)]
    following: dict[int, tuple[int, int]] = {}
    ends: dict[int, int] = {}
    for start, end in reversed(runs):
        if end - start in following:
            ends[start] = following[end - start][1]
        following[end - start] = (start, end)
    return ends
