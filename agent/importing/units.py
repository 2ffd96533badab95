"""The sentences of a document one by one, each with the mark of the list item it stands in.

Owns how blocks come apart: sentences, lists that run on inside a sentence, marks such as `(a)`.
It does not judge what a sentence says.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from agent.intake.sentences import split
from knowledge.importing.blocks import Block

_MARK: Final = re.compile(
    r"(?:(?P<number>(?:\d{1,2}\.){1,4}\d{0,2}|\d{1,2}\)|\(\d{1,3}\))"
    r"|(?P<roman>\(?[ivx]{1,5}\)|\([IVX]{1,4}\)|[ivx]{1,5}\.)"
    r"|(?P<letter>\(?[a-zA-Z]{1,2}\)|[a-z]\.)"
    r"|(?P<bullet>[•●▪■◦‣∙·*–—-]))\s+"
)
_RUN_ON: Final = re.compile(
    r"[:;](?:\s+(?:and|or|and/or|AND|OR))?\s+(?:-\s+)?"
    r"(?=\((?:[a-zA-Z]{1,2}|[ivx]{1,5}|[IVX]{1,4}|\d{1,2})\)\s)"
    r"|[:;.](?:\s+(?:and|or))?\s+(?:-\s+)?(?=(?:\d{1,2}|[a-z])\.\s+[A-Z])"
    r"|[:;](?:\s+(?:and|or))?\s+(?=[a-h]\.\s+[a-z])"
)
_DASH: Final = re.compile(r"(?<=[:;])(?:\s+(?:AND|OR|and|or))?\s+-$")
"""`the team shall: - (I) …` has a dash between the words and the list."""
_SECTION: Final = re.compile(
    r"(?P<name>article|section|sec\.|art\.|annex|appendix|§)\s*(?P<which>[\dIVXLC][\w.()-]*)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,2}){0,4}|\d+(?:-\d+)+)(?=\.?\s|$)")
LONGEST_SECTION: Final = 160


class Unit(NamedTuple):
    """One sentence, or one item of a list."""

    text: str
    """As it stands in the document, without the mark."""
    mark: str
    """`(a)`, `1.`; empty for none."""
    list_: str
    """What kind of list it is an item of; empty: none."""
    section: str
    ref: str
    """Number of the nearest heading that has one: `Article 14`, `5.2`."""
    page: int
    first: bool = True
    """False: it goes on in the item or paragraph of the unit before."""


def units(blocks: Iterable[Block]) -> Iterator[Unit]:
    """Every sentence of the text in order; headings become sections."""
    path: list[tuple[int, str]] = []
    letter = ""
    for block in blocks:
        if block.kind == "heading":
            path = [step for step in path if step[0] < block.level]
            path.append((block.level, block.text))
            letter = ""
            continue
        titles = [title for _, title in path]
        section, ref = _section(titles), _ref(titles)
        listed = f"item {block.level}" if block.kind == "item" else ""
        for start, end, first in _pieces(block.text):
            unit = _unit(block, start, end, listed, letter)
            letter = unit.mark[-2:].strip("().") if unit.list_ == "letter" else letter
            yield unit._replace(section=section, ref=ref, first=first)
            listed = ""


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Spans of the sentences; True for the first of the block or of an item that runs on."""
    cuts = [0, *(cut.end() for cut in _RUN_ON.finditer(text)), len(text)]
    for begin, stop in pairwise(cuts):
        spans = split(text[begin:stop])
        if len(spans) > 1 and _MARK.fullmatch(text[begin : begin + spans[0][1]] + " "):
            spans[:2] = [(spans[0][0], spans[1][1])]  # `a.` is the mark of what follows
        for number, (start, end) in enumerate(spans):
            yield begin + start, begin + end, not number


def _unit(block: Block, start: int, end: int, listed: str, letter: str) -> Unit:
    said, kind = "", listed
    while mark := _MARK.match(block.text, start, end):  # `(2) (a)` opens a list in a list
        start, kind, written = mark.end(), mark.lastgroup or "", mark.group().strip()
        if kind == "bullet":
            kind = listed or "bullet"
            continue
        if kind == "roman" and written.strip("().") == _after(letter):
            kind = "letter"
        said += written
    text = _DASH.sub("", block.text[start:end].strip())
    return Unit(text, said, kind, "", "", block.page(start))


def _after(letter: str) -> str:
    return chr(ord(letter) + 1) if len(letter) == 1 else ""


def _section(titles: list[str]) -> str:
    whole = " › ".join(titles)
    return whole if len(whole) <= LONGEST_SECTION else titles[-1][:LONGEST_SECTION].rstrip()


def _ref(titles: list[str]) -> str:
    for title in reversed(titles):
        if named := _SECTION.search(title):
            return f"{named['name'].capitalize()} {named['which'].rstrip('.')}"
        if number := _NUMBER.match(title):
            return number.group()
    return ""
