"""The texts that quotes stand in, by source id, with the lines of their files. Pure."""

import re
from dataclasses import dataclass

from agent.deciding import Opened
from agent.schema.draft import Searched
from agent.schema.proposal import Citation

PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Text:
    """Cleaned lines of a source."""

    source: str
    title: str
    path: str
    lines: tuple[str, ...]
    first: int = 1
    """Physical line of the first of them."""
    one_line: bool = False
    """A row of a table: all of `lines` stand on one physical line."""

    def number(self, index: int) -> int:
        return self.first if self.one_line else self.first + index

    def index(self, line: int | None) -> int:
        """The index of a physical line, kept inside the text."""
        if line is None or self.one_line:
            return 0
        return min(max(line - self.first, 0), max(len(self.lines) - 1, 0))


def text_of(opened: Opened, source: str) -> Text | None:
    """The proposal's text, or that of a cited entry; None where it is no longer at hand."""
    if source == PROPOSAL:
        proposal = opened.proposal
        lines = tuple(proposal.source.text.split("\n"))
        return Text(source, proposal.title, proposal.path, lines)
    for entry in opened.evidence.entries():
        if entry.id == source:
            of = entry.source
            lines = tuple(of.text.split("\n"))
            return Text(source, entry.title, of.path, lines, of.line, of.one_line)
    for other in opened.evidence.pending:
        if other.initiative == source:
            lines = tuple(other.text.split("\n"))
            return Text(source, other.title, other.path, lines, other.line)
    return None


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands: line indexes and columns in the cleaned lines."""

    first: int
    last: int
    start: int
    """Column in the first line."""
    end: int
    """Column after the last character in the last line."""


def span_of(text: Text, proof: Citation | Searched) -> Span | None:
    """The quoted words in the cleaned text. Columns of a citation are those of the file, which may
    hold bytes that were cleaned away; so the words are looked for in its lines."""
    if proof.line_start is None or not proof.quote.strip():
        return None
    first = text.index(proof.line_start)
    last = len(text.lines) - 1 if text.one_line else text.index(proof.line_end or proof.line_start)
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
