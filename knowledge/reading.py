"""Read the organisation's knowledge folder into typed entries, each with its source.

Owns how a file becomes entries; which files count is `listing.py`'s, what entries say of each other
`settling.py`'s. A problem is a row with its place; the rest is read.
Writes nothing but its own disposable snapshot (`snapshot.py`).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from knowledge import snapshot
from knowledge.entries import Entry, Source
from knowledge.errors import KnowledgeError
from knowledge.fields import Report, cleaned
from knowledge.frontmatter import FrontMatterError
from knowledge.frontmatter import parse as parse_front_matter
from knowledge.listing import KnowledgeFile, listed
from knowledge.making import Record, make
from knowledge.records import TableFile
from knowledge.registers import entries as table_entries
from knowledge.settling import drafts_apart, one_of, replacements, without
from knowledge.snapshot import Problem
from knowledge.table_settings import TABLES, Table, digest
from knowledge.text import clean, decode

_Kind = TypeVar("_Kind", bound=Entry)


@dataclass(frozen=True)
class Knowledge:
    """All entries of a workspace, and what could not be read of it."""

    folder: Path
    entries: dict[str, Entry]
    """By id, sorted."""
    problems: tuple[Problem, ...]
    fingerprint: str
    """Of the entries' content: the same for the same entries, whatever the file system."""
    replaced: dict[str, str] = field(default_factory=dict)
    """Requirements that are off: id → id of the one that replaces it."""
    drafts: dict[str, Entry] = field(default_factory=dict)
    """Entries with `status: draft`, by id: they count for nothing until a person accepts them."""
    notes: tuple[Problem, ...] = ()
    """How tables were read: nothing is wrong with these lines."""

    def of(self, kind: type[_Kind]) -> tuple[_Kind, ...]:
        """The entries of one kind, by id."""
        return tuple(entry for entry in self.entries.values() if isinstance(entry, kind))


Progress = Callable[[int, int, str], None]
TOLD = 200
"""Entries of a table between two words of progress."""
NO_TABLES: Mapping[str, Table] = {}


def load(
    folder: Path,
    *,
    cache: Path | None = None,
    tables: Mapping[str, Table] = NO_TABLES,
    progress: Progress | None = None,
) -> Knowledge:
    """Read `folder` (a workspace's `knowledge/`); with `cache`, an unchanged folder is not re-read.
    `tables` says what the columns of table files are, by path below `folder`; `progress` is told
    how far a table is, with (line, lines, what).

    Raises KnowledgeError when there is no such folder; everything below that is a Problem.
    """
    if not folder.is_dir():
        raise KnowledgeError(
            f"{folder}: there is no such folder of knowledge; `concord init` makes one"
        )
    unread: list[Problem] = []
    with snapshot.uncollected():
        files = list(listed(folder, unread))
        state = snapshot.state(((file.shown, file.stat) for file in files), digest(tables))
        kept = snapshot.read(cache, folder, state) if cache else None
        if kept is None:
            kept = _read(files, tables, progress)
            if cache:
                snapshot.write(cache, folder, state, kept)
    return Knowledge(
        folder=folder,
        entries={entry.id: entry for entry in kept.entries if not entry.draft},
        problems=tuple(sorted([*unread, *_absent(folder, files, tables), *kept.problems])),
        fingerprint=kept.fingerprint,
        replaced=kept.replaced,
        drafts={entry.id: entry for entry in kept.entries if entry.draft},
        notes=kept.notes,
    )


def _absent(
    folder: Path, files: list[KnowledgeFile], tables: Mapping[str, Table]
) -> Iterator[Problem]:
    """Tables that concord.toml names and that are not there, or under another name."""
    there = {file.key for file in files} if tables else set()
    for key in sorted(tables.keys() - there):
        message = "[tables] of concord.toml names this file, and it is not here"
        yield Problem(f"{folder.name}/{cleaned(key)}", 1, message)


def _read(
    files: list[KnowledgeFile], tables: Mapping[str, Table], progress: Progress | None
) -> snapshot.Kept:
    """Read every file, then settle what entries say of each other."""
    problems: list[Problem] = []
    notes: list[Problem] = []
    entries: dict[str, Entry] = {}
    drafts: dict[str, Entry] = {}
    for file in files:
        if file.ending in TABLES:
            made = _table(file, tables.get(file.key) or Table(), problems, notes, progress)
        else:
            made = _entries(file, problems)
        for entry in made:
            same = drafts if entry.draft else entries
            first = same.setdefault(entry.id, entry)
            if first is not entry:
                same[entry.id] = one_of(first, entry, problems)
    drafts = drafts_apart(entries, drafts, problems)
    replaced = replacements(entries, problems)
    off = replaced.keys() | drafts.keys()
    live = [without(entries[name], off) for name in sorted(entries) if name not in replaced]
    both = tuple(sorted([*live, *drafts.values()], key=attrgetter("id")))
    found = tuple(sorted(problems))
    return snapshot.Kept(both, found, fingerprint(live), replaced, tuple(sorted(notes)))


def fingerprint(entries: list[Entry]) -> str:
    """sha256 over the entries in the order of their ids, places included, file hashes not."""
    whole = hashlib.sha256()
    for entry in sorted(entries, key=lambda entry: entry.id):
        content = entry.model_dump_json(exclude={"source": {"sha256"}})
        whole.update(hashlib.sha256(content.encode()).digest())
    return whole.hexdigest()


def _entries(file: KnowledgeFile, problems: list[Problem]) -> Iterator[Entry]:
    def report(line: int, message: str) -> None:
        problems.append(Problem(file.shown, line, message))

    raw = _bytes(file, report)
    if raw is None:
        return
    text, notes = decode(raw)
    for note in notes:
        report(1, note)
    record = _markdown(file, clean(text).text, hashlib.sha256(raw).hexdigest(), report)
    if record:
        yield from make(file.folder, record, report)


def _table(
    file: KnowledgeFile,
    table: Table,
    problems: list[Problem],
    notes: list[Problem],
    progress: Progress | None,
) -> Iterator[Entry]:
    """The entries of a table's rows."""

    def report(line: int, message: str) -> None:
        problems.append(Problem(file.shown, line, message))

    def note(line: int, message: str) -> None:
        notes.append(Problem(file.shown, line, message))

    raw = _bytes(file, report)
    if raw is None:
        return
    known = TableFile(file.folder, file.ending, raw, table, report, note)
    lines = 0 if file.ending == ".xlsx" else raw.count(b"\n")
    for number, entry in enumerate(table_entries(known, Path(file.path), file.shown)):
        if progress and number % TOLD == 0:
            progress(entry.source.line, max(lines, entry.source.line), f"lines of {file.key}")
        yield entry


def _bytes(file: KnowledgeFile, report: Report) -> bytes | None:
    try:
        return Path(file.path).read_bytes()
    except OSError as error:
        report(1, f"cannot be read: {error.strerror}")
        return None


def _markdown(file: KnowledgeFile, text: str, sha256: str, report: Report) -> Record | None:
    try:
        matter = parse_front_matter(text)
    except FrontMatterError as error:
        report(error.line, f"{error.message}; the file is not read")
        return None

    def line(name: str) -> int:
        """The field's line, else that of the nearest thing it stands in."""
        while name and name not in matter.lines:
            name = name.rpartition(".")[0]
        return matter.lines.get(name, 1)

    source = Source.model_construct(
        path=file.shown, sha256=sha256, line=1, text=text, one_line=False
    )
    body = text[matter.body :]
    return Record(values=matter.values, source=source, line=line, body=body, spans=matter.spans)
