"""Every text that may be quoted, by source id, and the way from a quote to a Citation.

Owns positions: offsets in a cleaned text become lines and columns of the file. Pure.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from agent.schema.evidence import Evidence
from agent.schema.proposal import Citation, Proposal
from knowledge.quotes import find

PROPOSAL = "proposal"


class Text(Protocol):
    """Something quotable: its cleaned text and where an offset stands in the file."""

    @property
    def text(self) -> str: ...

    def position(self, offset: int) -> tuple[int, int | None]:
        """(line, column) from 1 in the file; no column where the text is no slice of a line."""

    def section(self, offset: int) -> str: ...


class FileText(NamedTuple):
    """An entry as it stands in its file, or another team's proposal."""

    text: str
    line: int = 1
    one_line: bool = False

    def position(self, offset: int) -> tuple[int, int | None]:
        if self.one_line:
            return self.line, None
        before = self.text[:offset]
        return self.line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1

    def section(self, offset: int) -> str:
        """The nearest markdown heading above, if there is one."""
        for line in reversed(self.text[:offset].split("\n")[:-1]):
            if line.startswith("#"):
                return line.lstrip("#").strip()
        return ""


class ProposalText(NamedTuple):
    """The proposal under review: positions go through the offset map of its cleaning."""

    proposal: Proposal

    @property
    def text(self) -> str:
        return self.proposal.source.text

    def position(self, offset: int) -> tuple[int, int]:
        return self.proposal.source.position(offset)

    def section(self, offset: int) -> str:
        for section in reversed(self.proposal.sections):
            if section.start <= offset:
                return " › ".join(section.path)
        return ""


class Sources(Mapping[str, Text]):
    """Source id → text, for the proposal and everything in its evidence."""

    def __init__(self, proposal: Proposal, evidence: Evidence) -> None:
        self._texts: dict[str, Text] = {
            e.id: FileText(e.source.text, e.source.line, e.source.one_line)
            for e in evidence.entries()
        }
        self._texts |= {p.initiative: FileText(p.text, p.line) for p in evidence.pending}
        self._texts[PROPOSAL] = ProposalText(proposal)

    def __getitem__(self, key: str) -> Text:
        return self._texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def cite(self, source: str, words: str, near: int | None = None) -> Citation:
        """Look the words up in the source; never raises, an unknown source is a bad citation."""
        text = self._texts.get(source)
        match = find(words, text.text, near=near) if text is not None else None
        if text is None or match is None or match.start is None or match.end is None:
            # Nothing to point at: the words stay, so that a person sees what was claimed.
            return Citation(source=source, quote=words, claimed=words, check="bad")
        line_start, col_start = text.position(match.start)
        line_end, col_end = text.position(max(match.end - 1, match.start))
        return Citation(
            source=source,
            section=text.section(match.start),
            line_start=line_start,
            line_end=line_end,
            col_start=col_start,
            col_end=None if col_end is None else col_end + 1,
            quote=text.text[match.start : match.end],
            claimed=words,
            check=match.check,
        )
