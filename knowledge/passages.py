"""Passages: the pieces of entries that are embedded and searched, with their ids and lines.

Pure: the same entry gives the same passages everywhere. Short entries are one passage; a long body
is cut at its headings and then at paragraphs of about 120 words.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.entries import (
    Asset,
    Capability,
    Entry,
    Goal,
    Pattern,
    Policy,
    Precedent,
    Requirement,
)
from knowledge.text import lines
from knowledge.vocabulary import EntryKind

SHORT = 220
"""Words up to which an entry stays one passage."""
PIECE = 120
"""Words that a piece of a long body aims at."""
VERSION = "passages-2"
"""Part of the index format: raise it when the same entry would be cut or worded differently."""

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")


class Passage(NamedTuple):
    """A piece of one entry as it is embedded; the lines are those of the entry's file."""

    id: str
    entry: str
    kind: EntryKind
    path: tuple[str, ...]
    """Headings above it, outermost first."""
    ordinal: int
    """From 0, within the entry."""
    text: str
    line_start: int
    line_end: int


class _Piece(NamedTuple):
    path: tuple[str, ...]
    text: str
    first: int
    """Lines from 0 within the body."""
    last: int


def passages(entry: Entry) -> tuple[Passage, ...]:
    """The passages of an entry, in order; at least one."""
    if isinstance(entry, Precedent) and entry.purpose:
        return (_purpose(entry),)
    source, described, body = entry.source, _described(entry), entry.body.strip()
    end = source.line
    if not source.one_line:
        end += max(0, len(lines(source.text.rstrip())) - 1)
    whole = _join(entry.title, described, body)
    if len(whole.split()) <= SHORT:
        return (_passage(entry, (), 0, whole, source.line, end),)
    made = []
    if described:
        made.append(_passage(entry, (), 0, _join(entry.title, described), source.line, end))
    offset = _body_line(entry, body)
    for piece in _pieces(body):
        first, last = (offset + piece.first, offset + piece.last) if offset else (source.line, end)
        text = _join(entry.title, *piece.path, piece.text)
        made.append(_passage(entry, piece.path, len(made), text, first, last))
    return tuple(made) or (_passage(entry, (), 0, whole, source.line, end),)


def _purpose(entry: Precedent) -> Passage:
    """A decided initiative is found by what it was for, not by costs, dates and measures."""
    last = entry.source.line + max(0, len(lines(entry.source.text.rstrip())) - 1)
    return _passage(entry, (), 0, entry.purpose, entry.source.line, last)


def entry_digest(entry: Entry) -> str:
    """Changes whenever the passages of an entry of this id do, places in its file apart."""
    content = "\0".join((entry.title, _described(entry), entry.body.strip()))
    raw = content.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(raw, digest_size=12).hexdigest()


def passage_id(entry: str, path: tuple[str, ...], ordinal: int, text: str) -> str:
    """hash(entry, heading path, ordinal, text), 16 hex digits."""
    content = json.dumps([entry, path, ordinal, text], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _passage(
    entry: Entry, path: tuple[str, ...], ordinal: int, text: str, first: int, last: int
) -> Passage:
    made = passage_id(entry.id, path, ordinal, text)
    return Passage(made, entry.id, entry.kind, path, ordinal, text, first, last)


def _described(entry: Entry) -> str:
    """What describes the entry besides its title and body."""
    return _join(*items_of(entry))


def items_of(entry: Entry) -> tuple[str, ...]:
    """The fields that describe the entry besides its title and body, one a line of its passage."""
    match entry:
        case Capability():
            return entry.scope.covers
        case Requirement():
            return (entry.text, *entry.look_for)
        case Goal():
            return (entry.measure, *entry.rules_out)
        case Pattern():
            return tuple(entry.behaviours.values())
        case Asset():
            return entry.aliases
        case Precedent():
            return entry.conditions
        case Policy():
            return ()


def _join(*parts: str) -> str:
    return "\n".join(part.strip() for part in parts if part.strip())


def _body_line(entry: Entry, body: str) -> int | None:
    """Physical line where the body begins; None when it does not stand line by line in the file."""
    at = entry.source.text.rfind(body)
    if entry.source.one_line or at < 0:
        return None
    return entry.source.line + len(lines(entry.source.text[:at] + ".")) - 1


def _pieces(body: str) -> Iterator[_Piece]:
    """The body cut at headings, then into runs of paragraphs of about PIECE words."""
    for path, block in _sections(body):
        run: list[tuple[int, str]] = []
        words = 0
        for number, line in block:
            length = len(line.split())
            at_break = not line.strip() and words >= PIECE
            if run and (at_break or words + length > 2 * PIECE):
                yield from _piece(path, run)
                run, words = [], 0
            if length > 2 * PIECE:
                yield from _long_line(path, number, line)
                continue
            run.append((number, line))
            words += length
        yield from _piece(path, run)


def _sections(body: str) -> Iterator[tuple[tuple[str, ...], list[tuple[int, str]]]]:
    """(headings above, numbered lines) for each stretch between two headings."""
    path: list[tuple[int, str]] = []
    block: list[tuple[int, str]] = []
    fenced = False
    for number, line in enumerate(lines(body)):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading is None:
            block.append((number, line))
            continue
        yield tuple(title for _, title in path), block
        depth, block = len(heading.group(1)), []
        path = [*(above for above in path if above[0] < depth), (depth, heading.group(2))]
    yield tuple(title for _, title in path), block


def _piece(path: tuple[str, ...], run: list[tuple[int, str]]) -> Iterator[_Piece]:
    written = [number for number, line in run if line.strip()]
    if written:
        text = "\n".join(line for number, line in run if written[0] <= number <= written[-1])
        yield _Piece(path, text, written[0], written[-1])


def _long_line(path: tuple[str, ...], number: int, line: str) -> Iterator[_Piece]:
    words = line.split()
    for start in range(0, len(words), PIECE):
        yield _Piece(path, " ".join(words[start : start + PIECE]), number, number)
