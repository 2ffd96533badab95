"""Where quoted words stand in the text of their source, for highlighting. Pure."""

import re
from dataclasses import dataclass

from agent.deciding import Opened
from agent.errors import RecordError
from agent.schema.draft import Searched
from agent.schema.proposal import Citation
from tui.desk.sources import SourceText, source_text


def text_of(opened: Opened, source: str) -> SourceText | None:
    """A source as it stood at the draft; None where it is not at hand."""
    try:
        return source_text(opened, source)
    except RecordError:
        return None


def number_of(text: SourceText, index: int) -> int:
    """The line of the file that one of the lines stands on."""
    return text.first if text.one_line else text.first + index


def index_of(text: SourceText, line: int | None) -> int:
    """The index of a line of the file, kept inside the text."""
    if line is None or text.one_line:
        return 0
    return min(max(line - text.first, 0), max(len(text.lines) - 1, 0))


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands: line indexes, and columns in these cleaned lines."""

    first: int
    last: int
    start: int
    """Column in the first line."""
    end: int
    """Column after the last character in the last line."""


def span_of(text: SourceText, proof: Citation | Searched) -> Span | None:
    """The quoted words in the cleaned text. Columns of a citation are those of the file, which may
    hold bytes that were cleaned away; so the words are looked for in its lines."""
    if proof.line_start is None or not proof.quote.strip():
        return None
    first = index_of(text, proof.line_start)
    last = index_of(text, proof.line_end or proof.line_start)
    if text.one_line:
        last = len(text.lines) - 1
    block = "\n".join(text.lines[first : last + 1])
    found = re.search(r"\s+".join(re.escape(word) for word in proof.quote.split()), block)
    if found is None:
        return Span(first, last, 0, len(text.lines[last]))
    before, through = block[: found.start()], block[: found.end()]
    return Span(
        first + before.count("\n"),
        first + through.count("\n"),
        len(before) - (before.rfind("\n") + 1),
        len(through) - (through.rfind("\n") + 1),
    )
