"""How things are said in a narrow place: signs with words, cut cells, hanging paragraphs. Pure."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from knowledge.text import clean
from knowledge.vocabulary import SEVERITIES, Severity

ELLIPSIS: Final = "…"
OUTCOME: Final[dict[str, str]] = {
    "approve": "approve",
    "approve_with_conditions": "approve with conditions",
    "request_changes": "request changes",
    "merge_with_existing": "merge with existing",
    "reject": "reject",
    "defer": "defer",
    "": "no draft yet",
}
OUTCOME_SHORT: Final[dict[str, str]] = {
    "approve": "approve",
    "approve_with_conditions": "conditions",
    "request_changes": "changes",
    "merge_with_existing": "merge",
    "reject": "reject",
    "": "no draft",
}
SEVERITY: Final[dict[Severity, str]] = {
    "blocker": "BLOCKER",
    "high": "HIGH",
    "medium": "MEDIUM",
    "low": "LOW",
}
SEVERITY_STYLE: Final[dict[Severity, str]] = {
    "blocker": "bold $error",
    "high": "bold $warning",
    "medium": "bold",
    "low": "",
}
STATUS: Final[dict[str, str]] = {
    "in_place": "[x] in place",
    "planned": "[~] planned",
    "absent": "[ ] absent",
    "unclear": "[?] unclear",
    "not_applicable": "[-] not needed",
}
STATUS_STYLE: Final[dict[str, str]] = {
    "in_place": "$success",
    "planned": "$warning",
    "absent": "bold $error",
    "unclear": "bold $warning",
    "not_applicable": "",
}


def plain(text: str) -> str:
    """Cleaned and on one line: file names, names of people and errors may hold anything."""
    return " ".join(clean(text).text.split())


def cut(text: str, width: int) -> str:
    """At most so many cells, an ellipsis where something is left out."""
    return crop(plain(text), width)


def crop(text: str, width: int) -> str:
    """The same of a line that is clean already and whose columns shall stay."""
    if width <= 0 or cell_len(text) <= width:
        return text if width > 0 else ""
    kept, room = [], width - 1
    for character in text:
        room -= cell_len(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def cell(text: str, width: int, *, right: bool = False) -> str:
    """Exactly so many cells."""
    text = cut(text, width)
    room = " " * (width - cell_len(text))
    return room + text if right else text + room


def hang(
    first: str, text: Content | str, width: int, style: str = "bold", *, most: int = 0
) -> Content:
    """A paragraph behind a label; later lines are indented as far as the label is wide.

    `most`: so many lines at most, with an ellipsis where something is left out; 0: all.
    """
    indent = cell_len(first)
    body = Content(text) if isinstance(text, str) else text
    lines = body.wrap(max(width - indent, 8)) or [Content("")]
    if most and len(lines) > most:
        short = cut(f"{lines[most - 1].plain.rstrip()} {lines[most].plain}", max(width - indent, 8))
        lines = [*lines[: most - 1], Content(short)]
    parts = [Content.assemble((first, style), lines[0].rstrip())]
    parts += [Content.assemble(" " * indent, line.rstrip()) for line in lines[1:]]
    return Content("\n").join(parts)


def joined(parts: Sequence[Content | str]) -> Content:
    """Paragraphs below each other."""
    return Content("\n").join(parts)


def counts(by_severity: dict[str, int]) -> str:
    """`1/2/0/3`: blocker, high, medium, low."""
    return "/".join(str(by_severity.get(severity, 0)) for severity in SEVERITIES)


def age(since: timedelta) -> str:
    """`3d`, `5h`, `12m`: since the version was handed in."""
    minutes = max(0, int(since.total_seconds()) // 60)
    if minutes >= 60 * 24:
        return f"{minutes // (60 * 24)}d"
    return f"{minutes // 60}h" if minutes >= 60 else f"{minutes}m"


def confidence_words(value: float | None) -> str:
    """The estimated chance that a coordinator accepts it, in words."""
    if value is None:
        return "confidence not measured yet"
    for least, words in ((0.85, "very likely right"), (0.65, "likely right"), (0.4, "even odds")):
        if value >= least:
            return words
    return "often dismissed"


def readers_words(readers: Sequence[str]) -> str:
    """Who found it."""
    if set(readers) >= {"rules", "llm"}:
        return "found by both readers"
    if "llm" in readers:
        return "found by the model alone"
    return "found by the rules" if readers else "added by a person"
