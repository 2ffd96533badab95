"""`[tables."capabilities/register.csv"]` of concord.toml: how an office says what its columns are.

Owns the shape and its faults; which file it is used for is `registers.py`'s.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BaseModel, Field, PlainValidator

from knowledge.columns import KINDS_OF, Mapping, fields_of
from knowledge.entries import STRICT
from knowledge.mappings import fingerprint, names, shipped

TABLES = (".csv", ".jsonl", ".xlsx")
"""Files that a mapping can be for."""
_NESTED = ("behaviours", "scope", "reuse")


def _columns(value: object) -> tuple[str, ...]:
    """One column may be written as a text alone."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise ValueError("the name of a column or a list of such")


Columns = Annotated[
    str | tuple[str, ...], PlainValidator(_columns, json_schema_input_type=str | list[str])
]
Fault = tuple[tuple[str, ...], str]
"""Keys below the table, and a sentence."""


class Table(BaseModel):
    """One table file: a mapping that ships, and what differs from it or stands alone."""

    model_config = STRICT

    mapping: str = ""
    columns: dict[str, Columns] = Field(default_factory=dict)
    """Field → its column, or the columns that are joined."""
    renamed: dict[str, Columns] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    id_from: tuple[str, ...] = ()
    id_prefix: str = ""
    empty: tuple[str, ...] = ()
    separator: str | None = None
    sheet: str = ""
    """Excel: the sheet to read; empty: the only one that fits."""
    header_row: int = Field(default=0, ge=0)
    """Line (Excel: row) of the header; 0: it is found."""

    @property
    def maps(self) -> bool:
        """Whether it says anything about the columns."""
        return bool(self.mapping or self.columns or self.constants)

    def resolved(self) -> Mapping:
        """The mapping that results; fields named here replace those of the mapping that ships."""
        base = shipped(self.mapping) if self.mapping else Mapping()
        values = {
            field: {**base.values.get(field, {}), **words} for field, words in self.values.items()
        }
        changed: dict[str, Any] = {
            "columns": {**base.columns, **_tuples(self.columns)},
            "renamed": {**base.renamed, **_tuples(self.renamed)},
            "values": {**base.values, **values},
            "constants": {**base.constants, **self.constants},
            "id_from": self.id_from or base.id_from,
            "id_prefix": self.id_prefix or base.id_prefix,
            "empty": (*base.empty, *self.empty),
            "separator": base.separator if self.separator is None else self.separator,
        }
        return base.model_copy(update=changed)


def faults(key: str, table: Table) -> Iterator[Fault]:
    """What is wrong with one table of concord.toml, beyond types."""
    folder, slash, name = key.partition("/")
    if folder not in KINDS_OF or not slash or not name.lower().endswith(TABLES) or "/" in name:
        kinds, endings = ", ".join(KINDS_OF), ", ".join(TABLES)
        yield (
            (),
            f"`tables`: {key!r} is no table below knowledge/: write FOLDER/FILE with one of the"
            f" folders {kinds} and one of the endings {endings}",
        )
        return
    if table.mapping and table.mapping not in names():
        near = get_close_matches(table.mapping, names(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names())}"
        yield ("mapping",), f"`mapping`: there is no mapping {table.mapping!r}; {hint}"
    for part in ("columns", "values", "constants"):
        for field in getattr(table, part):
            yield from _field(folder, part, field)


def _field(folder: str, part: str, field: str) -> Iterator[Fault]:
    outer, dot, inner = field.partition(".")
    known = sorted(fields_of(folder))
    if outer not in known:
        near = get_close_matches(outer, known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"
        yield (part, field), f"`{part}`: `{field}` is no field of {folder}; {hint}"
    elif dot and (outer not in _NESTED or not inner):
        yield (part, field), f"`{part}`: `{outer}` has no parts, so `{field}` is no field"


def _tuples(columns: dict[str, Columns]) -> dict[str, tuple[str, ...]]:
    return {name: (value,) if isinstance(value, str) else value for name, value in columns.items()}


def digest(tables: Dict[str, Table]) -> Iterator[str]:
    """What reading depends on, for the snapshot: the mappings as they result."""
    yield fingerprint()
    for key in sorted(tables):
        table = tables[key]
        how = f"{table.sheet}\0{table.header_row}"
        yield f"{key}\0{how}\0{table.resolved().model_dump_json()}"
