"""HTML and markdown as blocks: what a reader of the page sees, without scripts and navigation.

A string belongs to the nearest element that stands as a block; Word files come through here too.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from knowledge.importing.blocks import Block, BlockKind, tidy

if TYPE_CHECKING:
    from bs4 import Tag

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS: Final = frozenset(
    (
        *HEADINGS,
        *"address article blockquote body caption dd details div dl dt fieldset figcaption".split(),
        *"figure hr html li main ol p pre section summary table tbody td tfoot th thead tr".split(),
        *"ul [document]".split(),
    )
)
UNREAD: Final = frozenset(
    "script style noscript template svg math head nav footer aside form button select textarea"
    " iframe object canvas audio video del s strike".split()
)
LISTS: Final = ("ul", "ol")
_HIDDEN_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?!\.)",
    re.IGNORECASE,
)

_NOTE: Final = re.compile(r"\[?(?:\d{1,3}|[*†‡])\]?")


class _Place(NamedTuple):
    """What an element means for the strings in it."""

    block: int
    """Which element stands as the block, by identity."""
    kind: BlockKind
    level: int
    lists: int
    read: bool
    hidden: bool


_ROOT: Final = _Place(0, "text", 0, 0, True, False)


class Page(NamedTuple):
    """What was read of HTML."""

    blocks: tuple[Block, ...]
    hidden: int
    """Pieces of text that a browser would not show; they are left out."""
    title: str


def read_html(html: str) -> Page:
    """The blocks of a page in reading order."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    places: dict[int, _Place] = {id(soup): _ROOT}
    blocks: list[Block] = []
    parts: list[str] = []
    now, hidden = _ROOT, 0
    for place, text in _strings(soup, places):
        if place.hidden or not place.read:
            hidden += place.hidden and bool(text.strip())
            continue
        if place.block != now.block:
            blocks += _made(now, parts)
            now, parts = place, []
        parts.append(text)
    blocks += _made(now, parts)
    title = soup.title.get_text() if soup.title else ""
    return Page(tuple(blocks), hidden, tidy(title))


def read_markdown(text: str) -> Page:
    """Markdown as the page it makes."""
    from markdown_it import MarkdownIt

    return read_html(MarkdownIt("commonmark").enable("table").render(text))


def _strings(soup: "Tag", places: dict[int, _Place]) -> Iterator[tuple[_Place, str]]:
    """Every string with its place; comments and declarations are no strings of the page."""
    from bs4 import Tag
    from bs4.element import NavigableString

    for node in soup.descendants:
        parent = node.parent
        if isinstance(node, Tag):
            above = places[id(parent)]
            places[id(node)] = _place(node, above)
            if node.name == "br":
                yield above, " "
        elif type(node) is NavigableString and parent is not None:
            yield places[id(parent)], str(node)


def _place(tag: "Tag", above: _Place) -> _Place:
    read = above.read and tag.name not in UNREAD and not _is_note(tag)
    hidden = above.hidden or _is_hidden(tag)
    lists = above.lists + (tag.name in LISTS)
    if tag.name not in BLOCKS:
        return above._replace(read=read, hidden=hidden)
    kind, level = above.kind, above.level
    if tag.name in HEADINGS:
        kind, level = "heading", HEADINGS.index(tag.name) + 1
    elif tag.name == "li":
        kind, level = "item", lists
    elif kind == "heading" or tag.name in ("table", "blockquote"):
        kind, level = "text", 0
    return _Place(id(tag), kind, level, lists, read, hidden)


def _is_note(tag: "Tag") -> bool:
    """The mark of a footnote in a sentence, or a footnote of a Word file."""
    if tag.name == "sup":  # an exponent is neither a link nor in brackets
        said = tag.get_text().strip()
        return bool(_NOTE.fullmatch(said)) and (said[:1] == "[" or tag.find("a") is not None)
    return tag.name == "li" and str(tag.attrs.get("id", "")).startswith(("footnote-", "endnote-"))


def _is_hidden(tag: "Tag") -> bool:
    if "hidden" in tag.attrs or tag.attrs.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN_STYLE.search(str(tag.attrs.get("style", ""))))


def _made(place: _Place, parts: list[str]) -> list[Block]:
    text = tidy("".join(parts))
    return [Block(place.kind, text, place.level)] if text else []
