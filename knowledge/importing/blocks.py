"""A document as a sequence of blocks: headings, paragraphs, list items, cells of tables.

Types and the cleaning of their text only; each kind of file has a reader of its own.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from knowledge.text import clean

BlockKind = Literal["heading", "text", "item"]

_LIGATURES: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " "}
)
_SPACE: Final = re.compile(r"\s+")


class Block(NamedTuple):
    """One piece of a document; its text is one line, cleaned."""

    kind: BlockKind
    text: str
    level: int = 0
    """Of a heading, from 1; of an item, how deep its list stands in others."""
    pages: tuple[tuple[int, int], ...] = ()
    """(offset in `text`, page from 1) where a page begins, ordered; empty: there are no pages."""

    def page(self, offset: int = 0) -> int:
        """The page of a character; 0 where there are none."""
        at = bisect_right(self.pages, offset, key=lambda turn: turn[0]) - 1
        return self.pages[at][1] if at >= 0 else 0


@dataclass(frozen=True)
class Document:
    """What was read of a file."""

    name: str
    """Of the file, without folders."""
    sha256: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    """What was left out or read otherwise than a person sees it: one sentence each."""
    values: tuple[tuple[str, str], ...] = ()
    """Fields that the document gives of itself (`title`, `owner`), in order."""

    @property
    def text(self) -> str:
        """All blocks, one a line: what quotes are checked against."""
        return "\n".join(block.text for block in self.blocks)


def tidy(text: str) -> str:
    """Cleaned, ligatures taken apart, all white space one blank."""
    return _SPACE.sub(" ", clean(text.translate(_LIGATURES)).text).strip()
