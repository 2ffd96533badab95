"""Rows of a register → a plan: the columns become fields by a mapping that is shown first.

Owns what was asked for on the command line and what becomes of a row; how columns and rows are read
is `knowledge/registers.py`'s.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from agent.importing import naming
from agent.importing.planned import KINDS, Kind, Plan, plan_rows
from agent.importing.wanted import Wanted
from knowledge.columns import LISTS, MADE, describe, fields_of
from knowledge.entries import Document
from knowledge.errors import KnowledgeError
from knowledge.fields import cleaned
from knowledge.importing.opening import MIB, ending, read_bytes
from knowledge.making import STAGE_ALIASES
from knowledge.records import Read, TableFile
from knowledge.registers import read
from knowledge.table_settings import Table, faults
from knowledge.tables import SEPARATOR
from knowledge.vocabulary import LIFE_STAGES, canonical

LARGEST: Final = 64 * MIB
MOST_ROWS: Final = 5_000
"""One file for each row: a longer register is better read as it is."""
GUESSED: Final = 0.3
"""How sure a guess of the columns must be: it is shown, and what is made of it are drafts."""
_NESTED: Final = ("behaviours", "scope", "reuse")
_TAKEN: Final = "columns taken: "


class Tabled(NamedTuple):
    plan: Plan
    mapping: tuple[str, ...]
    """How the columns were understood, one line each."""
    bad: tuple[str, ...]
    """`file:row: why it is not read`."""


def plan_table(wanted: Wanted) -> Tabled:
    """One entry for each row; KnowledgeError where no row can be used, with what to do."""
    kind, name, bad, notes = wanted.kind, cleaned(wanted.file.name), list[str](), list[str]()
    raw = read_bytes(wanted.file, LARGEST)
    file = TableFile(
        KINDS[kind],
        ending(wanted.file),
        raw,
        _table(wanted),
        lambda line, said: bad.append(f"{name}:{line}: {said}"),
        lambda _line, said: notes.append(said),
        GUESSED,
    )
    rows = list(read(file))
    if not rows:
        why = bad[0] if bad else f"{wanted.file}: no row stands in this table"
        raise KnowledgeError(f"{why}; here: --columns title=COLUMN, or --mapping NAME")
    if len(rows) > MOST_ROWS:
        raise KnowledgeError(
            f"{wanted.file}: {len(rows):,} rows; at most {MOST_ROWS:,} are imported: put the file"
            f" into knowledge/{KINDS[kind]}/, where it is read as it is"
        )
    origin = Document(file=name, sha256=hashlib.sha256(raw).hexdigest())
    strange: Counter[str] = Counter()
    made = [(f"row {row.line}", _values(kind, row, strange)) for row in rows]
    plan = plan_rows(kind, origin, wanted.file.stem, made)
    told = [note for note in notes if not note.startswith(_TAKEN)] + _unknown_stages(strange)
    return Tabled(plan._replace(notes=tuple(told)), _mapping(file.table, notes), tuple(bad))


def _table(wanted: Wanted) -> Table:
    """What `[tables]` of concord.toml would say, from the command line."""
    columns: dict[str, tuple[str, ...]] = {}
    for pair in wanted.columns:
        field, equals, column = pair.partition("=")
        if not equals or not column.strip():
            raise KnowledgeError(f"--columns {pair}: write FIELD=COLUMN, like title=Name")
        columns[field.strip()] = (*columns.get(field.strip(), ()), column.strip())
    try:
        table = Table(mapping=wanted.mapping, columns=dict(columns), sheet=wanted.sheet)
    except ValidationError as error:
        raise KnowledgeError(f"--columns: {error.errors()[0]['msg']}") from None
    for _, said in faults(f"{KINDS[wanted.kind]}/{wanted.file.name}", table):
        raise KnowledgeError(f"--mapping or --columns: {said}")
    return table


def _mapping(table: Table, notes: Sequence[str]) -> tuple[str, ...]:
    if table.maps:
        return tuple(describe(table.resolved()))
    taken = [note.removeprefix(_TAKEN) for note in notes if note.startswith(_TAKEN)]
    lines = tuple(line for note in taken for line in note.split("; "))
    if lines:
        return (*lines, "this is a guess: --columns FIELD=COLUMN or --mapping NAME says it better")
    return ("columns are read by their names, which are those of the fields",)


def _values(kind: Kind, row: Read, strange: "Counter[str]") -> dict[str, Any]:
    """Raw values as front matter would have them; an id that was made of the row is left out."""
    known = fields_of(KINDS[kind])
    values = {
        name: _shaped(name, value)
        for name, value in row.values.items()
        if name in known and name not in ("policy", "status")
    }
    if str(values.get("id", "")).startswith(MADE):
        del values["id"]
    if status := str(row.values.get("status", "")).strip():
        stage = STAGE_ALIASES.get(canonical(status), canonical(status))
        if stage in LIFE_STAGES and kind in ("capability", "asset"):
            values["status"] = stage
        else:
            strange[status] += 1
    if kind == "policy":
        values.setdefault("text", str(row.values.get("body", "")))
        values["title"] = values.get("title") or naming.title(str(values["text"]))
    return values


def _shaped(name: str, value: Any) -> Any:
    """A cell that holds a list or `key: value; key: value`, taken apart."""
    if isinstance(value, str) and name in LISTS:
        return [part.strip() for part in value.split(SEPARATOR) if part.strip()]
    if isinstance(value, str) and name in _NESTED:
        return dict(_pairs(value))
    if isinstance(value, Mapping):
        return {key: _shaped(f"{name}.{key}", inner) for key, inner in value.items()}
    return value


def _pairs(cell: str) -> Iterator[tuple[str, str]]:
    for part in cell.split(SEPARATOR):
        key, colon, value = part.partition(":")
        if colon and key.strip():
            yield key.strip(), value.strip()


def _unknown_stages(strange: "Counter[str]") -> list[str]:
    if not strange:
        return []
    said = ", ".join(f"“{word[:40]}” ({n})" for word, n in strange.most_common(5))
    return [f"left out of the status, since it is none of {', '.join(LIFE_STAGES)}: {said}"]
