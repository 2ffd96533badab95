"""Which columns of a register become which fields of an entry, and how: a mapping and its use.

Pure: rows come in as header → cell and go out as the raw values that `making.py` types. Finding a
mapping for unknown columns is `column_guess.py`'s; the mappings that ship stand in `mappings/`.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dict
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel, Field

from knowledge.entries import STRICT, Asset, Capability, Goal, Pattern, Policy, Requirement

KINDS_OF: Dict[str, tuple[type[BaseModel], ...]] = {
    "assets": (Asset,),
    "capabilities": (Capability,),
    "goals": (Goal,),
    "patterns": (Pattern,),
    "policies": (Policy, Requirement),
}
LISTS = frozenset(
    "audience affected data domain systems aliases rules_out look_for refs replaces"
    " scope.covers scope.excludes".split()
)
"""Fields that hold several values: a cell is split for them."""
LONG = frozenset({"body", "text"})
"""Fields of running text: several columns become sections, line breaks stay."""
NO_WORDS = ("", "n a", "na", "nan", "null", "tbd", "to be determined")
"""Cells that say nothing, as `plain` writes them."""
MADE = "row-"
"""Begins an id that was made, where the mapping names nothing else."""
LONGEST_ID = 100
LONGEST_WORD = 200  # characters of a cell that are compared with a vocabulary
_APOSTROPHES = re.compile("['’‘`´]")
_NUMBER = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})+[\s_.):–-]*|\d{1,2}[a-z]?\s*[_.):–-]\s*)(?=\S)")
_CHOICE = re.compile(r"\s*[a-zA-Z][).]\s*")
_WORDS = re.compile(r"[^\W_]+")

Row = Dict[str, str]
"""Header as it stands in the file → the cell's text."""


class Mapping(BaseModel):
    """How the columns of one kind of register become fields; a file of `mappings/` holds one."""

    model_config = STRICT

    name: str = ""
    about: str = ""
    """Which register it is for, and what its columns were taken from."""
    folder: str = ""
    """The folder of the workspace's knowledge it is for; empty: any."""
    columns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Field → its columns, joined in order; of running text each becomes a section."""
    renamed: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Column → what else it is called, the likeliest first."""
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Field → what stands in a cell, or how it begins → our word; "" says nothing."""
    constants: dict[str, str] = Field(default_factory=dict)
    """Field → what it is where no column says it."""
    id_from: tuple[str, ...] = ()
    """Columns that make the id where the register has none; empty: all that is mapped."""
    id_prefix: str = ""
    """Before every id."""
    made: str = MADE
    """Before an id that is made from the row, or that is a bare number in the register."""
    marks: tuple[str, ...] = ()
    """Columns that only such a register has, one of which must be there before it is guessed."""
    empty: tuple[str, ...] = ()
    """Further cells that say nothing (`None of the above`)."""
    separator: str = ";"
    """Splits a cell of a field with several values."""
    confidence: float = 1.0
    """0–1: how sure a guess is; 1 for what somebody wrote down."""
    alternatives: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Field → other columns that could be meant."""


_OF_READING = frozenset({"source", "requirements", "draft", "document"})
"""What reading adds to an entry; no column holds it."""


def fields_of(folder: str) -> frozenset[str]:
    """The fields that an entry of this folder may have; those of every folder for ""."""
    kinds = KINDS_OF.get(folder) or tuple(kind for some in KINDS_OF.values() for kind in some)
    names = {name for kind in kinds for name in kind.model_fields} - _OF_READING | {"status"}
    if folder in ("assets", "capabilities"):
        names |= {"stage"}  # of a draft, whose status is `draft`
    if folder != "assets":
        names -= {"kind"} if folder else set()
    return frozenset(names - {"asset_kind"})


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """A header without what differs from file to file: case, line breaks, marks, `12_` before it.

    `2.1.3 - Senior\\nResponsible_Owner *` → `senior responsible owner`.
    """
    text = unicodedata.normalize("NFKC", header.lstrip("\ufeff"))
    text = _APOSTROPHES.sub("", _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text)
    return " ".join(_WORDS.findall(text.casefold()))


@lru_cache(maxsize=4096)
def _word(value: str) -> str:
    """A cell of a closed vocabulary without its marks: `c) Deployed – …` → `deployed …`."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", value))
    return " ".join(_WORDS.findall(_CHOICE.sub("", text, count=1).casefold()))


class _Part(NamedTuple):
    heading: str
    header: str


class Bound:
    """A mapping brought together with the headers of one file."""

    def __init__(self, mapping: Mapping, headers: Sequence[str]) -> None:
        self.mapping = mapping
        self.missing: tuple[str, ...] = ()
        """Columns of the mapping that the file has not, in the mapping's order."""
        self.fields: dict[str, tuple[_Part, ...]] = {}
        self._headers = _known(headers)
        self._written = frozenset(headers)
        for field, columns in mapping.columns.items():
            parts = tuple(part for name in columns if (part := self._part(name)))
            if parts:
                self.fields[field] = parts
        self._made = tuple(part.header for name in mapping.id_from if (part := self._part(name)))
        wanted = dict.fromkeys(name for names in mapping.columns.values() for name in names)
        self.missing = tuple(name for name in wanted if not self._part(name))
        self.used = frozenset(part.header for parts in self.fields.values() for part in parts)
        self._values = {
            field: {_word(said): ours for said, ours in words.items()}
            for field, words in mapping.values.items()
        }
        self._empty = frozenset((*NO_WORDS, *(_word(word) for word in mapping.empty)))

    def names(self, column: str) -> tuple[str, ...]:
        """Every header of the file that could be this column, the likeliest first. A header that is
        written just like a name leaves no other for it: `8_type` is not `31_type`."""
        said = {name: plain(name) for name in (column, *self.mapping.renamed.get(column, ()))}
        exact = [
            header
            for name, key in said.items()
            for header in ((name,) if name in self._written else self._headers.get(key, ()))
        ]
        longer = [
            header
            for key in said.values()
            if key.count(" ") >= 3
            for known, found in self._headers.items()
            if known.startswith(key + " ")
            for header in found
        ]
        return tuple(dict.fromkeys((*exact, *longer)))

    def _part(self, column: str) -> _Part | None:
        found = self.names(column)
        return _Part(column, found[0]) if found else None

    def apply(self, row: Row) -> dict[str, Any]:
        """Raw values of the entry: texts, lists, and mappings for dotted fields; "" is left out."""
        values: dict[str, Any] = {}
        for field, parts in self.fields.items():
            if field != "id" and (value := self._value(field, parts, row)):
                _put(values, field, value)
        for field, value in self.mapping.constants.items():
            if field not in values:
                _put(values, field, self._split(value) if field in LISTS else value)
        return {"id": self.id(row), **values}

    def id(self, row: Row) -> str:
        """The register's own id as one word, else one made from the row; "" for an empty row."""
        own = "-".join(text for _, text in self._texts(self.fields.get("id", ()), row))
        if own:
            named = "-".join(own.split())[:LONGEST_ID]
            bare = not any(letter.isalpha() for letter in named)
            return f"{self.mapping.id_prefix}{self.mapping.made if bare else ''}{named}"
        return self._hashed(self._made or sorted(self.used), row)

    def whole_id(self, row: Row) -> str:
        """An id from all that is mapped, for a row whose id another row has already."""
        return self._hashed(sorted(self.used), row)

    def original(self, row: Row, field: str) -> str:
        """What the file itself says for a field."""
        return ", ".join(text for _, text in self._texts(self.fields.get(field, ()), row))

    def _hashed(self, headers: Iterable[str], row: Row) -> str:
        cells = [" ".join(row.get(header, "").split()) for header in headers]
        if not any(cells):
            return ""
        whole = json.dumps(cells, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return self.mapping.id_prefix + self.mapping.made + hashlib.sha256(whole).hexdigest()[:10]

    def _texts(self, parts: Iterable[_Part], row: Row) -> Iterator[tuple[str, str]]:
        """(heading, text) of each column that says something; one said before is not repeated."""
        seen: set[str] = set()
        for part in parts:
            text = row.get(part.header, "").strip()
            if text and text not in seen and not self._nothing(text):
                seen.add(text)
                yield part.heading, text

    def _nothing(self, text: str) -> bool:
        return len(text) <= 60 and _word(text) in self._empty

    def _value(self, field: str, parts: tuple[_Part, ...], row: Row) -> str | list[str]:
        if field in LONG:
            texts = list(self._texts(parts, row))
            if len(parts) == 1:
                return texts[0][1] if texts else ""
            return "\n\n".join(f"## {heading}\n{text}" for heading, text in texts)
        found = [" ".join(text.split()) for _, text in self._texts(parts, row)]
        if field in LISTS:
            items = [item for text in found for item in self._split(text)]
            words = (self._translate(field, item) for item in items)
            return list(dict.fromkeys(word for word in words if word))
        return ", ".join(word for text in found if (word := self._translate(field, text)))

    def _split(self, text: str) -> list[str]:
        items = text.split(self.mapping.separator) if self.mapping.separator else [text]
        return [item.strip() for item in items if item.strip()]

    def _translate(self, field: str, text: str) -> str:
        """Our word for a cell: the same words, else the longest that the cell begins with."""
        words = self._values.get(field)
        if words is None:
            return text
        said = _word(text[:LONGEST_WORD])
        if said in words:
            return words[said]
        begins = [known for known in words if known and said.startswith(known + " ")]
        return words[max(begins, key=len)] if begins else text


def _known(headers: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for header in headers:
        found.setdefault(plain(header), []).append(header)
    found.pop("", None)
    return found


def _put(values: dict[str, Any], field: str, value: Any) -> None:
    outer, dot, inner = field.partition(".")
    if not dot:
        values[outer] = value
    elif isinstance(values.setdefault(outer, {}), dict):
        values[outer][inner] = value


def bind(mapping: Mapping, headers: Sequence[str]) -> Bound:
    """The mapping for a file with these headers; made once, applied to each row."""
    return Bound(mapping, headers)


def apply(mapping: Mapping, row: Row) -> dict[str, Any]:
    """Raw values of the entry that one row describes, for `making.py` to type."""
    return bind(mapping, tuple(row)).apply(row)


def describe(mapping: Mapping, headers: Sequence[str] = ()) -> list[str]:
    """The mapping as lines for a person: field, columns, values; with headers, as the file has it,
    and which of its columns are not taken."""
    bound = bind(mapping, headers) if headers else None
    lines = []
    for field, columns in mapping.columns.items():
        parts = bound.fields.get(field, ()) if bound else tuple(_Part(c, c) for c in columns)
        if not parts:
            continue
        named = " + ".join(f"“{' '.join(part.header.split())}”" for part in parts)
        lines.append(f"{field} ← {named}{_words(mapping, field)}{_others(mapping, field)}")
    lines += [f"{field} = {value}" for field, value in mapping.constants.items()]
    if "id" not in mapping.columns or (bound and "id" not in bound.fields):
        lines.append("id ← made from the row")
    if bound:
        left = [f"“{' '.join(h.split())}”" for h in headers if h.strip() and h not in bound.used]
        lines += [f"not taken: {', '.join(left)}"] if left else []
    return lines


def _words(mapping: Mapping, field: str) -> str:
    words = mapping.values.get(field, {})
    shown = ", ".join(f"{said} → {ours or 'nothing'}" for said, ours in list(words.items())[:4])
    return f" ({shown}{', …' if len(words) > 4 else ''})" if words else ""


def _others(mapping: Mapping, field: str) -> str:
    others = mapping.alternatives.get(field, ())
    return f" [or {', '.join(f'“{other}”' for other in others)}]" if others else ""
