"""Markdown into sections and sentences, each an exact slice of the cleaned text.

Only the blocks of CommonMark (and tables) are parsed, never the inline markup: linear, and words
stay as written. It judges no sentence; what it leaves unread it says in `notes`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from agent.intake.language import split
from agent.intake.markup import Region, scan, segments
from agent.schema.proposal import Section, Sentence
from knowledge.patterns import lazy

Kind = Literal["prose", "item", "row", "quote", "heading", "front", "question"]
DEEPEST: Final = 32
"""Nested lists and quotes; what stands deeper is read line by line."""
MOST_COLUMNS: Final = 500
PROSE_WORDS: Final = 12
"""A code block with a run of so many words on a line was probably not meant as code."""


class Block(NamedTuple):
    """A paragraph, row or heading as a slice of the text."""

    start: int
    end: int
    kind: Kind
    html: bool = False


@dataclass(slots=True)
class Structure:
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    hidden: list[tuple[int, int, str]] = field(default_factory=list)
    """(start, end, what it says) of what a renderer would not show."""
    notes: list[str] = field(default_factory=list)


_MARKERS = lazy(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*")
_REFERENCE = lazy(r"\[(?P<label>[^\]\n]+)\]:[ \t]*(?P<rest>[^\n]*)")
_COMMENT_LABEL = lazy(r"//|#|comment|_|hidden|note", re.IGNORECASE)
_BOLD = lazy(r"[ \t]*(\*\*|__)(?P<said>[^*_\n]+)\1[ \t]*:?[ \t]*(?:\n|\Z)")
_FORM = lazy(
    r"\W*(?:\d{1,3}[.)]\s+)?(?:please|kindly|describe|if (?:yes|no|so|not|any|applicable)\b,?\s*"
    r"(?:describe|explain|indicate|specify|summari[sz]e|list|identify|provide|state|name|give)|"
    r"(?<=[.)] )(?:explain|indicate|specify|summari[sz]e))\b",
    re.IGNORECASE,
)
_FORM_LABEL = lazy(
    r"(?:explain|indicate|specify|summari[sz]e|list|identify|provide|outline|select|state)\b",
    re.IGNORECASE,
)
"""In a line of its own in bold; in running text it may be what the team is going to do."""
_ASKING = lazy(r"\?[*_\"'”’)\]\s]*\Z")


def read(text: str, body: int) -> Structure:
    """Sections, sentences and hidden markup of `text[body:]`, offsets into `text`."""
    return _Reading(text, body).run()


def parse_blocks(text: str) -> list[Token]:
    """Block tokens of CommonMark with tables; inline text stays as it is."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    parser.core.ruler.enableOnly(["block"])
    if all(line.count("|") <= MOST_COLUMNS for line in text.split("\n")):
        parser.enable("table")
    return parser.parse(text)


class _Reading:
    def __init__(self, text: str, body: int) -> None:
        self.text, self.body = text, body
        starts = [match.end() for match in re.compile("\n").finditer(text, body)]
        self.starts = [body, *starts, len(text)]
        """Offset of each line of the body; the end twice so that every line has an end."""
        self.covered = bytearray(len(self.starts))
        self.first_line = text.count("\n", 0, body) + 1
        self.blocks: list[Block] = []
        self.above: list[tuple[int, tuple[str, ...]]] = []
        """(level, path) of the headings that the next one may stand below."""
        self.found = Structure()

    def run(self) -> Structure:
        self.found.sections.append(Section((), 0, self.body, self.body, len(self.text)))
        self._walk(parse_blocks(self.text[self.body :]))
        self._uncovered()
        self.blocks.sort()
        self._sentences()
        return self.found

    # --- blocks ------------------------------------------------------------------------------

    def _walk(self, tokens: list[Token]) -> None:
        quotes = items = 0
        in_row = False
        for at, token in enumerate(tokens):
            kind = token.type
            if kind in ("blockquote_open", "blockquote_close"):
                quotes += token.nesting
            elif kind in ("list_item_open", "list_item_close"):
                items += token.nesting
            elif kind in ("tr_open", "tr_close"):
                in_row = kind == "tr_open"
                self._row(token)
            elif kind == "heading_open":
                self._heading(token, tokens[at + 1])
            elif kind == "inline" and tokens[at - 1].type == "paragraph_open":
                self._paragraph(token, "quote" if quotes else "item" if items else "prose")
            elif kind in ("fence", "code_block"):
                self._code(token)
            elif kind == "html_block":
                first, last = self._cover(token)
                self.blocks.append(Block(self.starts[first], self.starts[last], "prose", True))
            elif token.map and (kind in ("hr", "table_open") or in_row):
                self._cover(token)

    def _cover(self, token: Token) -> tuple[int, int]:
        first, last = token.map or (0, 0)
        last = min(last, len(self.starts) - 1)
        self.covered[first:last] = b"\1" * (last - first)
        return first, last

    def _paragraph(self, token: Token, kind: Kind) -> None:
        first, last = self._cover(token)
        start = self._content_start(first, token.content)
        end = start + len(self.text[start : self.starts[last]].rstrip())
        self.blocks.append(Block(start, end, kind))

    def _content_start(self, line: int, content: str) -> int:
        """The content of a block is what its first line ends with, after the markers."""
        first = content.split("\n", 1)[0].rstrip()
        row = self.text[self.starts[line] : self.starts[line + 1]].rstrip()
        if row.endswith(first):
            return self.starts[line] + len(row) - len(first)
        marked = _MARKERS.match(row)
        return self.starts[line] + (marked.end() if marked else 0)

    def _row(self, token: Token) -> None:
        if token.map is None:
            return
        first, last = self._cover(token)
        row = self.text[self.starts[first] : self.starts[last]]
        marked = re.match(r"[ \t>|]*", row)
        start = self.starts[first] + (marked.end() if marked else 0)
        end = start + len(self.text[start : self.starts[last]].rstrip().rstrip("|").rstrip())
        if start < end:
            self.blocks.append(Block(start, end, "row"))

    def _heading(self, token: Token, inline: Token) -> None:
        first, last = self._cover(token)
        start, body, content = self.starts[first], self.starts[last], inline.content
        if token.markup.startswith("#"):
            row = self.text[start : self.starts[first + 1]]
            hashes = row.find("#")
            begin = start + max(row.find(content, hashes + len(token.markup)), hashes, 0)
            end = begin + len(content)
        else:
            begin = self._content_start(first, content)
            end = begin + len(self.text[begin : self.starts[last - 1]].rstrip())
        if content:
            self.blocks.append(Block(begin, end, "heading"))
        if token.level == 0:
            self._section(int(token.tag[1]), plain(content), start, body)

    def _section(self, level: int, title: str, start: int, body: int) -> None:
        before = self.found.sections[-1]
        self.found.sections[-1] = Section(
            before.path, before.level, before.start, before.body, start
        )
        while self.above and self.above[-1][0] >= level:
            self.above.pop()
        path = (*(self.above[-1][1] if self.above else ()), title or "(no title)")
        self.above.append((level, path))
        self.found.sections.append(Section(path, level, start, body, len(self.text)))

    def _code(self, token: Token) -> None:
        first, last = self._cover(token)
        low, high = self.first_line + first, self.first_line + last - 1
        if token.type == "fence" and self._unclosed(token, last):
            self.found.notes.append(
                f"the code block that starts on line {low} is never closed: "
                "nothing below it was read"
            )
        elif any(len(line.split()) >= PROSE_WORDS for line in token.content.split("\n")):
            why = "" if token.type == "fence" else " (indented by four spaces or more)"
            where = f"line {low}" if low == high else f"lines {low} to {high}"
            self.found.notes.append(f"{where}: a code block{why}, not read as text")

    def _unclosed(self, token: Token, last: int) -> bool:
        row = self.text[self.starts[last - 1] : self.starts[last]]
        closing = row.lstrip(" \t>").rstrip()
        return not (
            last - (token.map or [0])[0] > 1
            and closing.startswith(token.markup)
            and not closing.strip(token.markup[0])
        )

    def _uncovered(self) -> None:
        """Lines that no block holds: link references, and what is nested too deep."""
        for line in range(len(self.starts) - 1):
            if self.covered[line]:
                continue
            row = self.text[self.starts[line] : self.starts[line + 1]].rstrip()
            marked = _MARKERS.match(row)
            at = marked.end() if marked else 0
            start, end = self.starts[line] + at, self.starts[line] + len(row)
            if start >= end:
                continue
            reference = _REFERENCE.match(row, at)
            if reference is None:
                self.blocks.append(Block(start, end, "quote" if ">" in row[:at] else "prose"))
            elif _COMMENT_LABEL.fullmatch(reference["label"]):
                self.found.hidden.append((start, end, reference["rest"].strip("# ()\"'<>")))

    # --- sentences ---------------------------------------------------------------------------

    def _sentences(self) -> None:
        markup = scan(self.text, [Region(b.start, b.end, b.html) for b in self.blocks])
        self.found.hidden = sorted([*self.found.hidden, *markup.hidden])
        bounds = [section.start for section in self.found.sections]
        ends = [end for _, end in markup.gaps]
        for block in self.blocks:
            first = bisect_right(ends, block.start)
            last = bisect_right(markup.gaps, (block.end, -1))
            section = bisect_right(bounds, block.start) - 1
            for start, end in segments(block.start, block.end, markup.gaps[first:last]):
                for low, high, kind in self._spoken(start, end, block.kind):
                    said = self.text[low:high]
                    self.found.sentences.append(Sentence(said, low, high, max(section, 0), kind))

    def _spoken(self, start: int, end: int, kind: Kind) -> Iterator[tuple[int, int, Kind]]:
        said = self.text[start:end]
        if kind in ("heading", "row"):
            lead = len(said) - len(said.lstrip())
            if said.strip():
                yield start + lead, start + len(said.rstrip()), kind
            return
        bold = _BOLD.match(said) if kind in ("prose", "item") else None
        if bold and _is_label(bold["said"]):
            yield start, start + len(bold.group().rstrip()), "question"
            start += bold.end()
            said = self.text[start:end]
        for low, high in split(said):
            asked = kind in ("prose", "item") and _asks(said[low:high])
            yield start + low, start + high, "question" if asked else kind


def _is_label(bold: str) -> bool:
    """Whether a line in bold is a label or a form's instruction, and not a statement."""
    if not bold.rstrip().endswith((".", "!")):
        return True
    parts = (bold[low:high] for low, high in split(bold))
    return any(_asks(part) or _FORM_LABEL.match(part) for part in parts)


def _asks(sentence: str) -> bool:
    return bool(_ASKING.search(sentence) or _FORM.match(sentence))


def plain(content: str) -> str:
    """The words of a heading without emphasis, code marks and link targets."""
    content = re.sub(r"<[^<>]*>", "", content)
    content = re.sub(r"!?\[([^\[\]]*)\](?:\([^()]*\))?", r"\1", content)
    return " ".join(re.sub(r"\*+|`+|(?<!\w)_+|_+(?!\w)", "", content).split())
