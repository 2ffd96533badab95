"""concord.toml: its shape, and errors that name the line.

Owns the file's own rules; precedence over it is agent/settings.py. Light: tomllib and pydantic.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel, Field, ValidationError

from agent.errors import SettingsError
from agent.model_settings import KEY_NAMES, key_in_file, model_faults
from agent.schema.base import Frozen
from agent.schema.office import (
    ChromaSettings,
    EmbeddingSettings,
    FactSetting,
    ModelSettings,
    OutcomeSettings,
    Person,
)
from agent.schema.proposal import Declared
from agent.search_settings import KEY_OF, search_faults
from knowledge.table_settings import Table, faults
from knowledge.vocabulary import CLOSED_SETS, FACTS, LIFE_STAGES, ORDERED_FACTS

OFFICE_FILE = "concord.toml"
MAX_BYTES = 256 * 1024

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TAKEN = frozenset(Declared.model_fields)
KeyPath = tuple[str, ...]


class SearchSettings(Frozen):
    """`[search]`: how texts are compared."""

    embedder: str = "wordllama"


class RecordSettings(Frozen):
    """`[record]`: where decisions are kept."""

    allow_network_share: bool = False


class DeskSettings(Frozen):
    """`[desk]`: the screen."""

    keys: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    """Action id → the key or keys that stand for it; which there are knows the desk."""


class OfficeFile(Frozen):
    """concord.toml as a whole; every table and key is optional."""

    facts: dict[str, FactSetting] = Field(default_factory=dict)
    outcome: OutcomeSettings = OutcomeSettings()
    people: dict[str, Person] = Field(default_factory=dict)
    search: SearchSettings = SearchSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    chroma: ChromaSettings = ChromaSettings()
    model: ModelSettings = ModelSettings()
    record: RecordSettings = RecordSettings()
    desk: DeskSettings = DeskSettings()
    tables: dict[str, Table] = Field(default_factory=dict)
    """`[tables."capabilities/register.csv"]`: what the columns of a table file are."""


class _Fault(NamedTuple):
    line: int
    message: str


def read_office_file(path: Path) -> OfficeFile:
    """Raises SettingsError `path:line: …` for the first fault, and says how many more there are."""
    text = _read(path)
    data = _parse(text, path)
    lines = key_lines(text)
    try:
        # JSON mode is strict about types, yet takes an array for a tuple.
        file = OfficeFile.model_validate_json(json.dumps(data, default=str), strict=True)
        faults = [_Fault(_line(at, lines), message) for at, message in _meaning(file)]
    except ValidationError as error:
        faults = [_fault(e["loc"], e["type"], e["msg"], lines) for e in error.errors()]
    if faults:
        first, *rest = sorted(faults)
        more = f" (and {len(rest)} more after it)" if rest else ""
        raise SettingsError(f"{path}:{first.line}: {first.message}{more}")
    return file


def line_of(path: Path, key: KeyPath) -> int:
    """The line of a key, for a fault that only its reader can see."""
    return _line(key, key_lines(_read(path)))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(raw) > MAX_BYTES:
        raise SettingsError(f"{path}: longer than {MAX_BYTES // 1024} KiB, so no configuration")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SettingsError(f"{path}:{line}: not UTF-8: save the file as UTF-8") from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        line = (place and place[1]) or str(text.rstrip("\n").count("\n") + 1)
        reason = message[: place.start()] if place else message
        raise SettingsError(f"{path}:{line}: not valid TOML: {reason}") from error
    except RecursionError as error:
        raise SettingsError(f"{path}: nested too deeply") from error


def key_lines(text: str) -> dict[KeyPath, int]:
    """Key path → physical line, for messages: tomllib keeps no lines. Inline tables and what
    stands inside arrays are found at the line of the key that holds them."""
    found: dict[KeyPath, int] = {}
    table: KeyPath = ()
    quotes = ""
    for number, line in enumerate(text.split("\n"), start=1):
        inside, quotes = quotes, _open_string(line, quotes)
        if inside:
            continue
        if line.lstrip().startswith("["):
            if header := _key_path(line.strip()):
                table = header
                found.setdefault(table, number)
        elif "=" in line and (key := _key_path(_before_equals(line) + "= 0")):
            for end in range(1, len(key) + 1):
                found.setdefault(table + key[:end], number)
    return found


def _open_string(line: str, quotes: str) -> str:
    """The delimiter of the multi-line string that is open after `line`, or nothing."""
    for match in re.finditer(r'"""|\'\'\'', line):
        if not quotes:
            quotes = match[0]
        elif quotes == match[0]:
            quotes = ""
    return quotes


def _before_equals(line: str) -> str:
    match = re.match(r"""(?:"[^"]*"|'[^']*'|[^"'=])*(?==)""", line)
    return match[0] if match else ""


def _key_path(line: str) -> KeyPath:
    """The key path that one line of TOML opens; () when it is no such line."""
    try:
        at: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    path: list[str] = []
    while isinstance(at, dict | list) and at:
        if isinstance(at, list):  # [[array of tables]]
            at = at[0]
            continue
        key, at = next(iter(at.items()))
        path.append(key)
    return tuple(path)


def _line(path: KeyPath, lines: dict[KeyPath, int]) -> int:
    """The line of the key, else that of the nearest table around it."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def _fault(loc: tuple[int | str, ...], kind: str, reason: str, lines: dict[KeyPath, int]) -> _Fault:
    path = tuple(str(part) for part in loc)
    line = _line(path, lines)
    name = ".".join(path)
    if kind == "extra_forbidden" and path[0] in KEY_OF and path[-1].lower() in KEY_NAMES:
        return _Fault(line, key_in_file(name, KEY_OF[path[0]]))
    if kind == "extra_forbidden":
        return _Fault(line, f"unknown key `{name}`{_known(path)}")
    reason = reason.removeprefix("Input should be ").replace("an object", "a table")
    reason = reason.removeprefix("Value error, ")
    return _Fault(line, f"`{name}` should be {reason}")


def _known(path: KeyPath) -> str:
    """What to write instead of an unknown last key."""
    model: Any = OfficeFile
    for part in path[:-1]:
        if isinstance(model, type) and issubclass(model, BaseModel):
            model = model.model_fields[part].annotation
        elif get_origin(model) is dict:
            model = get_args(model)[1]
    if get_origin(model) is dict:
        model = get_args(model)[1]
    known = sorted(model.model_fields)
    near = get_close_matches(path[-1], known, n=1)
    return f"; did you mean `{near[0]}`?" if near else f"; known here: {', '.join(known)}"


def _meaning(file: OfficeFile) -> Iterator[tuple[KeyPath, str]]:
    """Faults that types do not show, each with the path of its key."""
    for name, fact in file.facts.items():
        yield from _fact(name, fact)
    if file.outcome.high_limit < 1:
        yield ("outcome", "high_limit"), "`outcome.high_limit` should be 1 or more"
    for stage in file.outcome.merge_statuses:
        if stage not in LIFE_STAGES:
            known = ", ".join(LIFE_STAGES)
            yield (
                ("outcome", "merge_statuses"),
                f"`outcome.merge_statuses`: {stage!r} is none of {known}",
            )
    for key, fault in model_faults(file.model):
        yield ("model", key), fault
    yield from search_faults(file.search.embedder, file.embedding, file.chroma)
    for name, table in file.tables.items():
        yield from ((("tables", name, *keys), said) for keys, said in faults(name, table))
    for name in file.people:
        if not name.strip():
            yield ("people", name), "a person in `people` has no name"


def _fact(name: str, fact: FactSetting) -> Iterator[tuple[KeyPath, str]]:
    at = ("facts", name)
    if not _NAME.fullmatch(name):
        yield at, f"`facts.{name}`: a fact's name is lower-case letters, digits and `_`"
        return
    if name not in FACTS:
        if name in _TAKEN:
            yield at, f"`facts.{name}`: `{name}` is a key of every proposal; choose another name"
        elif near := get_close_matches(name, FACTS, n=1, cutoff=0.8):
            yield at, f"`facts.{name}` is no built-in fact; did you mean `facts.{near[0]}`?"
    if name in ORDERED_FACTS and fact.values:
        levels = " < ".join(ORDERED_FACTS[name])
        yield (
            (*at, "values"),
            f"`facts.{name}.values`: levels are fixed ({levels}); use `aliases` for other words",
        )
        return
    values = ORDERED_FACTS.get(name) or (*CLOSED_SETS.get(name, ()), *fact.values)
    for alias, value in fact.aliases.items():
        if values and value not in values:
            yield (
                (*at, "aliases", alias),
                f"`facts.{name}.aliases.{alias}`: {value!r} is none of {', '.join(values)}",
            )
