"""The facets of something alike as a table: how each compares, with the words of both. Pure."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from textual.content import Content

from agent.schema.draft import Facet, OverlapRow
from agent.schema.proposal import Citation
from tui.desk.cells import cell, crop, cut, plain
from tui.desk.items import overlap_proofs

VALUE: Final = {
    "same": ("= same", "bold"),
    "similar": ("~ similar", ""),
    "different": ("# other", "bold $warning"),
    "unknown": ("? unknown", ""),
}
NAME: Final = 11
WORD: Final = 10
LINES: Final = 3
"""Lines of a quote; the whole of it is one key away."""
NARROW: Final = 60
"""Below so many cells, the sides stand below each other."""


class _Words(NamedTuple):
    """A quote in the table."""

    citation: Citation
    number: int
    again: bool
    """It stands in an earlier row, too."""
    here: bool
    """It is looked at."""

    @property
    def mark(self) -> str:
        return f"{'>' if self.here else ''}{self.number}"


def facet_table(row: OverlapRow, width: int, at: int = -1) -> Iterable[Content]:
    """A number before a quote is that of its proof, which `[` and `]` step to; `at`: the place of
    the one that is looked at."""
    if not any(facet.own or facet.theirs for facet in row.facets.values()):
        for name, facet in row.facets.items():
            yield _first(name, facet)
        return
    numbers = {citation: n for n, citation in enumerate(overlap_proofs(row), start=1)}
    shown: set[int] = set()
    if width >= NARROW:
        side = (width - NAME - WORD - 2) // 2
        head = f"{'':{NAME + WORD}}{cell('this proposal', side)}  {plain(row.entry)}"
        yield Content.styled(crop(head, width), "bold")
    for name, facet in row.facets.items():
        words = [
            _Words(c, numbers[c], numbers[c] in shown, numbers[c] == at + 1) if c else None
            for c in _both(facet)
        ]
        shown |= {said.number for said in words if said}
        yield from (_beside if width >= NARROW else _below)(_first(name, facet), words, width)


def _first(name: str, facet: Facet) -> Content:
    word, style = VALUE[facet.value]
    return Content.assemble(f"{plain(name):{NAME}}", (f"{word:{WORD}}", style))


def _both(facet: Facet) -> tuple[Citation | None, Citation | None]:
    return facet.own, facet.theirs


def _beside(start: Content, words: Sequence[_Words | None], width: int) -> Iterable[Content]:
    side = (width - NAME - WORD - 2) // 2
    columns = [_said(said, side) for said in words]
    for n, (left, right) in enumerate(zip_longest(*columns, fillvalue="")):
        first = start if n == 0 else Content(" " * (NAME + WORD))
        yield Content.assemble(first, cell(left, side), "  ", right)


def _below(start: Content, words: Sequence[_Words | None], width: int) -> Iterable[Content]:
    yield start
    for label, said in zip(("own", "theirs"), words, strict=True):
        if said is not None:
            lines = _said(said, width - 9)
            yield from (Content(f"  {label if n == 0 else '':6} {s}") for n, s in enumerate(lines))


def _said(said: _Words | None, width: int) -> list[str]:
    """The quote in a column, at most LINES of it; one that stands above already by its number."""
    if said is None:
        return ["(does not say)"]
    if said.again:
        return [f"{said.mark} (see above)"]
    citation = said.citation
    bad = "BAD: " if citation.check == "bad" else ""
    words = plain(citation.quote if not bad else citation.claimed)
    wrapped = Content(f"{said.mark} {bad}{words}").wrap(max(width, 8))
    lines = [line.plain.rstrip() for line in wrapped]
    if len(lines) > LINES:
        return [*lines[: LINES - 1], cut(f"{lines[LINES - 1]} {lines[LINES]}", width)]
    return lines
