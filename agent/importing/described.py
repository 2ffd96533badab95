"""Documents that describe things (capabilities, goals, assets): one entry for a file or a heading.

Owns which of the two it is and the fields that lines such as `Owner: Ada Example` give. The prose
stays the document's own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple

from agent.importing.planned import Kind, Plan, Planned, origin_of, staged, title_of
from agent.intake.words import vocabulary, whole_words
from knowledge.importing.blocks import Block, Document
from knowledge.making import STAGE_ALIASES
from knowledge.vocabulary import LIFE_STAGES, canonical

Per = Literal["file", "heading"]

FIELDS: Final[dict[Kind, tuple[str, ...]]] = {
    "capability": (
        *("id", "title", "team", "owner", "status", "automation", "audience", "affected", "data"),
        *("domain", "systems"),
    ),
    "goal": ("id", "title", "owner", "measure", "horizon"),
    "asset": ("id", "title", "aliases", "kind", "owner", "status", "successor"),
}
_LISTS: Final = frozenset("audience affected data domain systems aliases".split())
_ALSO: Final = {
    "name": "title",
    "responsible": "owner",
    "accountable": "owner",
    "contact": "owner",
    "unit": "team",
    "department": "team",
    "stage": "status",
    "kpi": "measure",
    "metric": "measure",
    "measure_of_success": "measure",
    "users": "audience",
    "also_known_as": "aliases",
    "replaced_by": "successor",
    "type": "kind",
    "deadline": "horizon",
}
_LABEL: Final = re.compile(r"(?P<label>[A-Z][A-Za-z /-]{1,30}?)\s*:\s+(?P<value>\S.{0,200})")
PARTS: Final = vocabulary(
    "purpose overview introduction background summary scope users audience data inputs outputs "
    "risk risks owner ownership contact contacts status limitations benefits benefit cost costs "
    "timeline governance description context objective objectives aim aims problem solution "
    "approach measure measures references appendix annex glossary definitions contents history "
    "notes next behaviour how what why who when"
)
"""Headings that tell of one thing: each begins with such a word."""
QUOTED: Final = 300


class _Part(NamedTuple):
    """The blocks of one entry."""

    title: str
    blocks: Sequence[Block]
    page: int
    section: str


def plan_described(document: Document, kind: Kind, per: Per | None = None) -> Plan:
    """One entry per file, or one for each heading of the level that repeats."""
    level = _level(document.blocks)
    chosen: Per = per or ("heading" if level and not _of_one_thing(document, level) else "file")
    parts = list(_parts(document, level or 1)) if chosen == "heading" else []
    if parts:
        told = f"one entry for each of {len(parts)} headings; --per file makes one of the file"
    else:
        parts = [_Part(title_of(document), document.blocks, _page(document.blocks), "")]
        told = "one entry for the file; --per heading makes one for each heading"
    entries = tuple(_entry(part, document, kind, whole=chosen == "file") for part in parts)
    notes = (*document.notes, told)
    return Plan(kind, title_of(document), origin_of(document), entries, notes)


def _level(blocks: Sequence[Block]) -> int:
    """The highest level that has several headings; 0 for none."""
    levels = [block.level for block in blocks if block.kind == "heading"]
    return min((level for level in set(levels) if levels.count(level) > 1), default=0)


def _of_one_thing(document: Document, level: int) -> bool:
    """Whether the headings of a level are the parts of one description."""
    titles = [b.text for b in document.blocks if b.kind == "heading" and b.level == level]
    first = [re.sub(r"^[\d.\s]+", "", title).casefold().split() for title in titles]
    return 3 * sum(bool(words) and words[0].strip(":") in PARTS for words in first) >= len(titles)


def _parts(document: Document, level: int) -> Iterator[_Part]:
    """What stands below each heading of the level; a heading without text is no entry."""
    title, above, blocks, page = "", "", list[Block](), 0
    for block in document.blocks:
        if block.kind == "heading" and block.level <= level:
            if title and blocks:
                yield _Part(title, blocks, page, above)
            above = block.text if block.level < level else above
            title, blocks, page = (block.text if block.level == level else ""), [], block.page()
        else:
            blocks.append(block)
    if title and blocks:
        yield _Part(title, blocks, page, above)


def _page(blocks: Sequence[Block]) -> int:
    return blocks[0].page() if blocks else 0


def _entry(part: _Part, document: Document, kind: Kind, *, whole: bool) -> Planned:
    values: dict[str, Any] = {"title": part.title}
    if whole:
        for name, value in document.values:
            _take(values, name, value, kind)
    kept = []
    for block in part.blocks:
        label = _LABEL.fullmatch(block.text) if block.kind != "heading" else None
        if not (label and _take(values, label["label"], label["value"], kind)):
            kept.append(block)
    if kind in ("capability", "asset"):
        values = staged(values)
    said = next((b.text for b in kept if b.kind != "heading"), part.title)
    origin = origin_of(document).model_copy(
        update={
            "page": str(part.page or ""),
            "section": " › ".join(dict.fromkeys(t for t in (part.section, part.title) if t)),
            "quote": whole_words(said, QUOTED),
        }
    )
    return Planned(values, _prose(kept, values["title"]), origin)


def _take(values: dict[str, Any], label: str, value: str, kind: Kind) -> bool:
    """Put a labelled value into its field, where there is one and nothing stands in it yet."""
    name = canonical(label)
    name = _ALSO.get(name, name)
    if name not in FIELDS[kind] or (name in values and name != "title"):
        return False
    if name == "status":
        stage = STAGE_ALIASES.get(canonical(value), canonical(value))
        if stage not in LIFE_STAGES:
            return False
        value = stage
    if name == "id" and " " in value:
        return False
    values[name] = [v.strip() for v in re.split("[,;]", value)] if name in _LISTS else value
    return True


def _prose(blocks: Sequence[Block], title: str) -> str:
    """The blocks as markdown; the title is not said twice."""
    texts: list[str] = []
    for block in blocks:
        if block.kind == "heading" and block.text != title:
            texts.append(f"{'#' * min(6, block.level + 1)} {block.text}")
        elif block.kind == "item":
            item = f"{'  ' * max(0, block.level - 1)}- {block.text}"
            if texts and texts[-1].lstrip().startswith("- "):
                texts[-1] += f"\n{item}"
            else:
                texts.append(item)
        elif block.kind == "text":
            texts.append(block.text)
    return f"# {title}\n\n" + "\n\n".join(texts)
