"""Printed lines back to paragraphs: hyphens at line ends, page heads and feet, headings, items.

Pure: pages of text in, blocks out. A heading is told by how its line looks, where the lines look
different, and by its number, its capitals or its shortness; places on the page are not looked at.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from knowledge.importing.blocks import Block, tidy
from knowledge.importing.looks import Look, levels
from knowledge.text import lines

EDGE: Final = 3
"""So many lines at the top and at the foot of a page may be its head or foot."""
_PAGE_NUMBER: Final = re.compile(
    r"(?:page|p\.|seite)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—|]?"
    r"(?:\s*(?:of|/|von)\s*\d{1,4})?",
    re.IGNORECASE,
)
_LEADER: Final = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}\s*$|…{2,}\s*\d{0,4}\s*$|_{6,}")
_ITEM: Final = re.compile(
    r"(?:[•●▪■◦‣∙·*–—-]|\(?(?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{1,5}|\d{1,2})\.)\s+(?=\S)"
    r"|(?:\d{1,2}\.){1,4}\d{1,2}\.?\s+(?=[A-Z\"“])",
)
_NUMBERED: Final = re.compile(
    r"(?P<number>(?:\d{1,2}\.){1,5}\d{0,2}|\d{1,2}|[A-Z]\.(?:\d{1,2}\.?){1,4})\s+(?P<title>[A-Z].*)"
)
_NAMED: Final = re.compile(
    r"(?:article|section|chapter|part|annex|appendix|title|sec\.|art\.|§)\s*"
    r"(?:\d[\w.()-]*|[IVXLC]{1,7}|[A-Z])\b(?P<rest>.*)",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(
    r"\b(?:articles?|sections?|paragraphs?|points?|annex(?:es)?|chapters?|regulation|directive|to|of|"
    r"in|under|with|no\.?|pages?|(?<![;,] )(?:and|or))$",
    re.IGNORECASE,
)
_FOOTNOTE: Final = re.compile(r"(?<=[a-z)\]”][.!?;,])\d{1,3}(?=\s+[A-Z]|$)")
"""The mark of a footnote behind the end of a sentence."""
_MODAL: Final = re.compile(r"\b(?:must|shall|may|should|is|are|will|has|have)\b", re.IGNORECASE)
_END: Final = tuple(".!?:;”\"')]")
_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_HEADING: Final = 90


class PrintedPage(NamedTuple):
    """One page as the file gives it."""

    number: int
    text: str
    looks: tuple[Look, ...] = ()
    """Of each line; empty: not known."""


class _Line(NamedTuple):
    page: int
    text: str
    """Tidy; empty for a blank line."""
    soft: bool = False
    """It ended in a soft hyphen, which marks a broken word."""
    level: int = 0
    """Of a heading, by how the line looks; 0: it looks like the text."""


def flow(pages: Sequence[PrintedPage]) -> tuple[tuple[Block, ...], int]:
    """(blocks in reading order, lines left out because they repeat on the pages)."""
    read = list(_read(pages))
    repeated = _repeated(read)
    kept: list[_Line] = []
    dropped = 0
    for page in read:
        outer = _outer(page, repeated)
        for number, line in enumerate(page):
            if number in outer:
                dropped += 1
            elif not _LEADER.search(line.text):
                kept.append(line)
    return tuple(_Flow(kept).blocks()), dropped


def _read(pages: Sequence[PrintedPage]) -> Iterator[list[_Line]]:
    """The lines of each page, tidy, with their levels."""
    texts = [lines(page.text) for page in pages]
    found = levels([(text, page.looks) for text, page in zip(texts, pages, strict=True)])
    for page, raw, level in zip(pages, texts, found, strict=True):
        yield [
            _Line(page.number, _FOOTNOTE.sub("", tidy(line)), line.rstrip().endswith("\u00ad"), by)
            for line, by in zip(raw, level, strict=True)
        ]


def _edges(page: list[_Line]) -> Iterator[tuple[bool, _Line]]:
    """Each line, and whether it stands where page heads and feet do."""
    said = [n for n, line in enumerate(page) if line.text]
    outer = {*said[:EDGE], *said[-EDGE:]}
    for number, line in enumerate(page):
        yield number in outer, line


def _outer(page: list[_Line], repeated: set[str]) -> set[int]:
    """Lines that are a page's head or foot: nothing of its own stands outside of them."""
    said = [n for n, line in enumerate(page) if line.text]
    found: set[int] = set()
    for numbers in (said[:EDGE], said[: -EDGE - 1 : -1]):
        for number in numbers:
            if not (_key(page[number].text) in repeated or _is_number(page[number].text)):
                break
            found.add(number)
    return found


def _key(text: str) -> str:
    """The same for `Policy v2 – page 3` and `Policy v2 – page 4`."""
    return re.sub(r"\d+", "#", text).casefold()


def _is_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text)) and not text.isalpha()


def _repeated(pages: list[list[_Line]]) -> set[str]:
    """Lines at the edges that stand on half of the pages or more; from three pages on."""
    if len(pages) < 3:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_key(line.text) for at, line in _edges(page) if at and line.text})
    return {key for key, count in counts.items() if count >= max(3, 0.5 * len(pages))}


class _Flow:
    """Lines become blocks one after the other."""

    def __init__(self, found: list[_Line]) -> None:
        self.lines = found
        widths = [len(line.text) for line in found if len(line.text) > 20]
        self.width = median(widths) if widths else 80
        self.known = Counter(
            word.casefold() for line in found for word in _WORDS.findall(line.text)
        )
        self.text = ""
        self.pages: list[tuple[int, int]] = []
        self.item = False
        self.last = ""
        self.looked = sum(line.level > 0 for line in found) > 1
        self.head: Block | None = None

    def blocks(self) -> Iterator[Block]:
        for number, line in enumerate(self.lines):
            if not line.text:
                if self._over():
                    yield from self._close()
                continue
            title = self._heading(number, line)
            if title:
                yield from self._head(line, title)
                continue
            item = _ITEM.match(line.text)
            item = None if item and self._refers(line.text) else item
            if item or self._begins(line.text):
                yield from self._close()
                self.item = bool(item)
            self._add(line)
        yield from self._close()

    def _head(self, line: _Line, level: int) -> Iterator[Block]:
        """A heading begins, or goes on from the line before where both look alike."""
        if self.head and line.level and self.head.level == level and not self.text:
            self.head = self.head._replace(text=f"{self.head.text} {line.text}")
            return
        yield from self._close()
        self.head = Block("heading", line.text, level, ((0, line.page),))

    def _over(self) -> bool:
        """Whether a blank line ends the paragraph: a page may break in mid-sentence."""
        return self.text.endswith(_END)

    def _refers(self, text: str) -> bool:
        """A number at the line's start that belongs to what stands before it: `Article / 73.`"""
        return text[0].isalnum() and bool(_REFERENCE.search(self.text))

    def _begins(self, text: str) -> bool:
        """A new paragraph: the last line was short and ended its sentence."""
        if not self.text or text[0].islower():
            return False
        return self.text.endswith(_END) and len(self.last) < 0.8 * self.width

    def _add(self, line: _Line) -> None:
        text = line.text
        if not self.text:
            self.text, self.pages = text, [(0, line.page)]
        else:
            start = self._join(line)
            if self.pages[-1][1] != line.page:
                self.pages.append((start, line.page))
        self.last = text

    def _join(self, line: _Line) -> int:
        """Put the line behind what there is; where it starts."""
        text = line.text
        if not (_HYPHEN.search(self.text) and text[0].islower()):
            self.text += " " + text
            return len(self.text) - len(text)
        first, second = _WORDS.findall(self.text[-60:])[-1:], _WORDS.match(text)
        whole = self.text[:-1]
        left, right = (first[0] if first else "").casefold(), second.group() if second else ""
        written = f"{left}-{right.casefold()}"
        closed = f"{left}{right.casefold()}"
        if self.known[written] > self.known[closed]:
            whole = self.text
        self.text = whole + text
        return len(self.text) - len(text)

    def _close(self) -> Iterator[Block]:
        if self.head:
            yield self.head
            self.head = None
        if self.text:
            text = _ITEM.sub("", self.text, count=1) if self._bullet() else self.text
            cut = len(self.text) - len(text)
            pages = tuple((max(0, at - cut), page) for at, page in self.pages)
            yield Block("item" if self.item else "text", text, int(self.item), pages)
        self.text, self.pages, self.item, self.last = "", [], False, ""

    def _bullet(self) -> bool:
        """A mark that is no letter or number says nothing; `(a)` is how others refer to it."""
        return self.item and not self.text[0].isalnum() and self.text[0] != "("

    def _heading(self, number: int, line: _Line) -> int:
        """The level of a heading, from 1; 0 for a line of text."""
        text = line.text
        if line.level and self.looked:
            return line.level
        if len(text) > LONGEST_HEADING or text[0].islower() or text.endswith((".", ";", ",")):
            return 0
        if self.text and not self._over():
            return 0
        following = next((row.text for row in self.lines[number + 1 :] if row.text), "")
        if (named := _NAMED.fullmatch(text)) and not _MODAL.search(named["rest"]):
            return 1 if re.match(r"chapter|part|title|annex|appendix", text, re.IGNORECASE) else 2
        if following[:1].islower() or _MODAL.search(text):
            return 0
        if numbered := _NUMBERED.fullmatch(text):
            return min(6, numbered["number"].rstrip(".").count(".") + 1)
        if self.looked:
            return 0
        if text.isupper() and len(text) > 3:
            return 1
        short = len(text) < 0.6 * self.width and len(text.split()) <= 8
        return (
            3
            if short and text[0].isupper() and not _ITEM.match(text) and self._apart(number)
            else 0
        )

    def _apart(self, number: int) -> bool:
        """A blank line or the end of a sentence stands before it, and text comes after it."""
        return (
            number == 0
            or not self.lines[number - 1].text
            or self.lines[number - 1].text.endswith(_END)
        )
