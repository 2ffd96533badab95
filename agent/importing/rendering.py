"""A draft as front matter that a person reads and edits: the same draft gives the same bytes.

Owns how fields are written. Each draft carries a hash of its own lines (`written`), which tells
whether somebody has edited it since.
"""

import hashlib
import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from knowledge.entries import Document
from knowledge.making import DRAFT

WIDTH: Final = 100
GUESSES: Final = "severity, applies_when and look_for are guesses: read them before you accept"
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_./()&'’-]*(?: [A-Za-z0-9_./()&'’-]+)*")
_WORDS: Final = frozenset("true false yes no on off null none y n".split())
_WRITTEN: Final = re.compile(r"^\s*written: \S*\s*$")
_BLANKS: Final = re.compile(r"\s+")


def requirement_lines(entry_id: str, values: Mapping[str, Any], document: Document) -> list[str]:
    """One item of a policy's `requirements`."""
    fields = {"id": entry_id, "status": DRAFT, **values, **{"id": entry_id, "status": DRAFT}}
    rows = [*_mapping(fields, 4), *_source(_place(document), 4), f"{' ' * 6}written: "]
    rows[0] = "  - " + rows[0].lstrip()
    return signed(rows)


def policy_text(
    entry_id: str, title: str, document: Document, requirements: Sequence[Sequence[str]]
) -> str:
    """A whole policy file."""
    head = {"id": entry_id, "title": title, "status": DRAFT}
    rows = ["---", *_mapping(head, 0), *_source(document, 0), f"# {GUESSES}", "requirements:"]
    rows += [row for requirement in requirements for row in requirement]
    rows += ["---", f"# {_one_line(title)}", "", f"Imported from {_one_line(document.file)}."]
    return "\n".join(rows) + "\n"


def entry_text(entry_id: str, values: Mapping[str, Any], body: str, document: Document) -> str:
    """A whole file of a capability, goal or asset."""
    fields = {"id": entry_id, "title": values.get("title", ""), "status": DRAFT}
    fields |= {name: value for name, value in values.items() if name not in ("id", "title")}
    rows = ["---", *_mapping(fields, 0), *_source(document, 0), "  written: "]
    rows += ["---", *body.split("\n")]
    return "\n".join(signed(rows)) + "\n"


def signed(rows: Sequence[str]) -> list[str]:
    """The lines with their hash in `written:`."""
    found = digest(rows)
    return [row + found if _WRITTEN.match(row) else row for row in rows]


def digest(rows: Sequence[str]) -> str:
    """Of the lines as they were written first; line ends make no difference."""
    kept = (row.rstrip() for row in rows if not _WRITTEN.match(row))
    return hashlib.sha256("\n".join(kept).rstrip().encode()).hexdigest()[:16]


def _source(document: Document, indent: int) -> list[str]:
    return _mapping({"source": document.model_dump(exclude_defaults=True)}, indent)


def _place(document: Document) -> Document:
    """A requirement has the file from its policy, and the hash where it is of the same bytes."""
    return document.model_copy(update={"file": ""})


def _mapping(values: Mapping[str, Any], indent: int) -> list[str]:
    return [row for name, value in values.items() for row in _field(name, value, indent)]


def _field(name: str, value: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, Mapping):
        if value:
            yield f"{space}{name}:"
            yield from _mapping(value, indent + 2)
    elif isinstance(value, str):
        yield from _text(f"{space}{name}:", value, indent)
    elif value:
        yield f"{space}{name}:"
        yield from (f"{space}  - {_scalar(item)}" for item in value)


def _text(head: str, value: str, indent: int) -> Iterator[str]:
    value = _one_line(value)
    if not value:
        return
    if len(head) + len(value) < WIDTH:
        yield f"{head} {_scalar(value)}"
        return
    yield f"{head} >-"
    space = " " * (indent + 2)
    yield from textwrap.wrap(
        value,
        WIDTH,
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _scalar(value: str) -> str:
    """Plain where nobody could read it as anything else, else in double quotes."""
    value = _one_line(value)
    if _PLAIN.fullmatch(value) and value.casefold() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def _one_line(value: str) -> str:
    return _BLANKS.sub(" ", value).strip()
