"""What people dropped: a later import of the same document does not bring it back.

Owns the list beside the knowledge; it holds no text of a document but its titles.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from agent.importing.compared import fingerprint_of
from knowledge.editing import read_text, save
from knowledge.entries import Entry
from knowledge.text import lines

NAME: Final = ".dropped.jsonl"
"""In the workspace's `knowledge/`; hidden files hold no entries."""


class Dropped(NamedTuple):
    made_from: frozenset[str]
    """`fingerprint` of each place of a document."""
    ids: frozenset[str]


def read_dropped(folder: Path) -> Dropped:
    """What was dropped in this knowledge folder; a line that cannot be read says nothing."""
    path = folder / NAME
    rows = [
        row for line in (lines(read_text(path)) if path.exists() else []) if (row := _row(line))
    ]
    return Dropped(frozenset(row["made_from"] for row in rows), frozenset(r["id"] for r in rows))


def remember(folder: Path, entries: Iterable[Entry]) -> None:
    """Add entries to the list; those that were not imported cannot come back anyway."""
    rows = [_line(entry) for entry in entries if entry.document]
    if rows:
        path = folder / NAME
        save(path, (read_text(path) if path.exists() else "") + "".join(rows))


def _line(entry: Entry) -> str:
    row = {"made_from": fingerprint_of(entry), "id": entry.id, "title": entry.title}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _row(line: str) -> dict[str, str] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    known = isinstance(row, dict) and all(isinstance(row.get(k), str) for k in ("made_from", "id"))
    return row if known else None
