"""A source as the desk shows it beside a quote: whole, and as it stood at the draft. Pure."""

from dataclasses import dataclass

from agent.deciding import Opened
from agent.errors import RecordError
from agent.intake.sources import PROPOSAL, Sources


@dataclass(frozen=True)
class SourceText:
    """The lines of a source and where they stand in its file."""

    id: str
    title: str
    path: str
    first: int
    """Line of the file at which `lines` begin."""
    lines: tuple[str, ...]
    one_line: bool = False
    """All of `lines` stand in the one line `first` (a row of a table)."""


def source_text(opened: Opened, source: str) -> SourceText:
    """RecordError when the draft rests on no such source."""
    texts = Sources(opened.proposal, opened.evidence)
    if source not in texts:
        raise RecordError(f"The draft rests on no source `{source}`, so its text is not kept.")
    text = texts[source]
    title, path = _names(opened)[source]
    first, column = text.position(0)
    lines = tuple(text.text.rstrip("\n").split("\n"))
    return SourceText(source, title, path, first, lines, one_line=column is None)


def _names(opened: Opened) -> dict[str, tuple[str, str]]:
    """Source id → title and path."""
    named = {e.id: (e.title, e.source.path) for e in opened.evidence.entries()}
    named |= {p.initiative: (p.title, p.path) for p in opened.evidence.pending}
    return named | {PROPOSAL: (opened.proposal.title, opened.proposal.path)}
