"""Front matter: the strict, small part of YAML that people write at the top of a markdown file.

Owns where front matter starts and ends, and which line each value stands on. Every value stays the
string that was written; nothing is constructed, no anchor, alias, tag or merge key is followed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from knowledge.errors import KnowledgeError
from knowledge.text import clean, lines

LARGEST: Final = 64 * 1024
"""UTF-8 bytes between the fences."""
DEEPEST: Final = 20
BLOCK: Final = ("|", ">")

_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_BLANK = re.compile(r"(?:[ \t]*\n)*")
_COMMENTS = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
_NAME = re.compile(r"[\w.-]+[ \t]*:(?:\s|\Z)|\"[^\"\n]*\"[ \t]*:|'[^'\n]*'[ \t]*:|[{!&*%?]")
_TITLE = re.compile(r"[^\s#>*+|`\[-][^\n:]{0,60}:(?:\s|\Z)")
_PROSE = re.compile(r"^(?![\w.-]+[ \t]*:(?:\s|\Z))[^\s#\]}\"'-]", re.MULTILINE)


class FrontMatterError(KnowledgeError):
    """Front matter that cannot be read; `line` is the physical line, the message has no path."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values as written and where they stand."""

    values: dict[str, Any] = field(default_factory=dict)
    """Nested str, list and dict; every scalar is a cleaned string, an empty one is ''."""
    lines: dict[str, int] = field(default_factory=dict)
    """Dotted key path (`requirements.0.id`) → physical line."""
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The same paths → first and last physical line of the key or item with its value."""
    body: int = 0
    """Offset of the first character after the closing fence."""


def parse(text: str) -> FrontMatter:
    """Front matter of a cleaned text; empty when the text has none.

    A `---` on the first line that no `key:` follows is a rule of the markdown, not front matter.
    """
    opening = _FENCE.match(text)
    if opening is None:
        return FrontMatter()
    start = opening.end()
    closing = _CLOSING.search(text, start)
    if closing is None:
        if _NAME.match(text, start):
            raise FrontMatterError(
                1,
                "the front matter that starts here is never closed: "
                "put --- on a line of its own after its last field",
            )
        return FrontMatter()
    if not _is_mapping(text, start, closing.start()):
        return FrontMatter()
    block = text[start : closing.start()]
    values, at, spans = _read(block, first_line=2)
    return FrontMatter(values, at, spans, closing.end())


def parse_yaml(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """(values, lines) of a whole YAML file under the same rules as front matter."""
    values, at, _ = _read(text, first_line=1)
    return values, at


def _is_mapping(text: str, start: int, end: int) -> bool:
    """Whether a block between two fences is meant as fields: its first line decides."""
    first = _after(_BLANK, text, start, end)
    if first == end:
        return True
    if text[first] == "#":  # a YAML comment, or a heading below a rule
        first = _after(_COMMENTS, text, first, end)
        return bool(_NAME.match(text, first, end)) and not _PROSE.search(text, first, end)
    if _NAME.match(text, first, end):
        return True
    # `Some words: value` directly below the fence is a field, after a blank line it is prose.
    return first == start and bool(_TITLE.match(text, first, end))


def _after(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.match(text, start, end)
    return found.end() if found else start


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    value: dict[str, Any] | list[Any]
    path: str
    line: int
    """Where it is said to start: at its key or its list item."""
    flow: bool
    key: str | None = None
    key_line: int = 0


def _read(block: str, first_line: int) -> tuple[dict[str, Any], dict[str, int], dict[str, Any]]:
    if len(block.encode("utf-8", "surrogatepass")) > LARGEST:
        raise FrontMatterError(
            first_line, f"more than {LARGEST // 1024} KiB of fields: move the text into the body"
        )
    reading = _Reading(lines(block), first_line)
    for event in _events(block, first_line):
        reading.take(event)
    return reading.values, reading.lines, reading.spans


def _events(block: str, first_line: int) -> Iterator[yaml.Event]:
    """Parser events one by one, so that a refusal comes before anything is built."""
    try:
        yield from yaml.parse(block, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "it cannot be read"
        unclosed = "end of stream" in problem or "',' or" in problem
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        line = first_line + _row(mark)
        raise FrontMatterError(line, _explain(problem)) from None
    except (yaml.YAMLError, UnicodeEncodeError):
        raise FrontMatterError(first_line, "a character that YAML does not allow") from None


def _explain(problem: str) -> str:
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = ": put quotes around a value that contains a colon"
    elif "tab character" in problem:
        hint = ": indent with spaces"
    elif "cannot start any token" in problem:
        hint = ": indent with spaces, and put quotes around a value that starts with % @ ` or a tab"
    elif "expected" in problem:
        hint = ": check the indentation, the quotes and the brackets here"
    return f"not valid YAML ({problem}){hint}"


class _Reading:
    """Builds values from events; refuses all that a person would not write by hand."""

    def __init__(self, rows: list[str], first_line: int) -> None:
        self.rows = rows
        self.first_line = first_line
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.spans: dict[str, tuple[int, int]] = {}
        self.open: list[_Open] = []
        self.last = first_line
        """The last line that holds content so far."""
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        line = self.first_line + _row(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1 or event.version or event.tags:
                raise FrontMatterError(line, "only one YAML document without directives is read")
        elif isinstance(event, yaml.AliasEvent):
            raise FrontMatterError(
                line, f"aliases are not read: write out what *{event.anchor} means"
            )
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_extras(event, line)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, line)
            else:
                self._start(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(event)

    def _refuse_extras(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            raise FrontMatterError(line, f"anchors are not read: remove &{event.anchor}")
        if (
            isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
            and event.tag is not None
        ):
            tag = clean(str(event.tag)).text.replace("tag:yaml.org,2002:", "!!")
            raise FrontMatterError(line, f"tags are not read: remove {tag}")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        value = clean(event.value).text
        self.last = max(self.last, self._last_line(event))
        if not self.open:
            if value == "" and not event.style:
                return
            raise FrontMatterError(line, "fields are written as `key: value`, one a line")
        top = self.open[-1]
        if isinstance(top.value, dict) and top.key is None:
            self._key(top, value, event, line)
            return
        path, first = self._place(top, line)
        self.spans[path] = (first, max(first, self._last_line(event)))
        self._store(top, value)

    def _key(self, top: _Open, key: str, event: yaml.ScalarEvent, line: int) -> None:
        if key == "<<" and not event.style:
            raise FrontMatterError(line, "merge keys (<<) are not read: write the fields out")
        if not key.strip():
            raise FrontMatterError(line, "a field without a name")
        if key in top.value:
            before = self.lines[_join(top.path, key)]
            raise FrontMatterError(line, f"`{key}` is given twice (first on line {before})")
        top.key, top.key_line = key, line

    def _start(self, event: yaml.Event, line: int) -> None:
        mapping = isinstance(event, yaml.MappingStartEvent)
        path, first = "", line
        if self.open:
            top = self.open[-1]
            if isinstance(top.value, dict) and top.key is None:
                raise FrontMatterError(line, "the name of a field must be plain text")
            path, first = self._place(top, line)
        elif not mapping:
            raise FrontMatterError(line, "fields are written as `key: value`, this is a list")
        if len(self.open) >= DEEPEST:
            raise FrontMatterError(line, f"nested deeper than {DEEPEST} levels")
        value: dict[str, Any] | list[Any] = {} if mapping else []
        if self.open:
            self._store(self.open[-1], value)
        elif isinstance(value, dict):
            self.values = value
        self.open.append(_Open(value, path, first, bool(getattr(event, "flow_style", False))))

    def _end(self, event: yaml.Event) -> None:
        done = self.open.pop()
        if done.flow:  # the mark of a block's end is where the next thing starts
            self.last = max(self.last, self.first_line + _row(event.end_mark))
        if self.open:
            self.spans[done.path] = (done.line, max(done.line, self.last))

    def _place(self, top: _Open, line: int) -> tuple[str, int]:
        """(path, first line) of the value that comes next."""
        if isinstance(top.value, dict):
            path, first = _join(top.path, top.key or ""), top.key_line
        else:
            path, first = _join(top.path, str(len(top.value))), line
        self.lines[path] = first
        return path, first

    def _store(self, top: _Open, value: Any) -> None:
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            top.value[top.key] = value
            top.key = None

    def _last_line(self, event: yaml.ScalarEvent) -> int:
        """The mark of a block scalar's end stands where the next thing starts."""
        last, column = _row(event.end_mark), event.end_mark.column if event.end_mark else 0
        if event.style in BLOCK and not self.rows[last][:column].strip():
            last -= 1
            while last > _row(event.start_mark) and not self.rows[last].strip():
                last -= 1
        return self.first_line + last


def _row(mark: Any) -> int:
    """Line from 0; the types of the parser let a mark be missing."""
    return int(mark.line) if mark else 0


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
