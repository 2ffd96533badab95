"""What each field of an entry may hold, and how a raw mapping becomes typed values.

Owns the field names of CONTRACTS §5 and their shapes. Reads no file: `reading.py` and `tables.py`
hand over one raw mapping an entry. A value that cannot be used is reported and left out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from knowledge.entries import Applicability
from knowledge.text import clean

Report = Callable[[int, str], None]
"""Called with a physical line and a sentence."""

_Word = TypeVar("_Word", bound=str)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = re.compile(r"[\t\n\x20-\x7e]*")


def cleaned(text: str) -> str:
    """A value without what must not reach a screen; JSON and YAML escapes can bring it back in."""
    return text if _PLAIN.fullmatch(text) else clean(text).text


class Fields:
    """One mapping of a file, read field by field; `rest()` reports what nobody asked for."""

    def __init__(
        self,
        values: Mapping[str, Any],
        line: Callable[[str], int],
        report: Report,
        *,
        separator: str | None = None,
    ) -> None:
        """`line` maps a dotted field name to its physical line; `separator` splits list cells."""
        self._values = values
        self._line = line
        self._report = report
        self._separator = separator
        self._asked: set[str] = set()

    def line(self, name: str) -> int:
        """Physical line of a field."""
        return self._line(name)

    def report(self, name: str, message: str) -> None:
        """Note a problem at the field's line."""
        self._report(self._line(name), message)

    def text(self, name: str) -> str:
        """A single text, stripped; empty when the field is not there."""
        value = self._take(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.report(name, f"`{name}` must be a single text")
            return ""
        return cleaned(value).strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        return self._texts(name, self._take(name))

    def word(
        self,
        name: str,
        allowed: Sequence[_Word],
        default: _Word | None = None,
        aliases: Mapping[str, str] | None = None,
        *,
        unknown: _Word | None = None,
    ) -> _Word | None:
        """One word out of a closed vocabulary; `default` where nothing is said.

        Anything else is reported and becomes `unknown`, where given, else `default`.
        """
        said = self.text(name)
        if not said:
            return default
        wanted = said.lower()
        wanted = (aliases or {}).get(wanted, wanted)
        for known in allowed:
            if wanted == known:
                return known
        assumed = unknown or default
        instead = f"; {assumed} is assumed" if assumed else ""
        self.report(name, f"`{name}: {said}` is not one of {', '.join(allowed)}{instead}")
        return assumed

    def date(self, name: str, otherwise: str) -> str:
        """A day as YYYY-MM-DD; empty when not said. `otherwise` says what holds without one."""
        said = self.text(name)
        if not said:
            return ""
        try:
            if _DAY.fullmatch(said):
                return date.fromisoformat(said).isoformat()
        except ValueError:
            pass
        self.report(name, f"`{name}: {said}` is no day written like 2026-03-31; {otherwise}")
        return ""

    def mapping(self, name: str, keys: Sequence[str] = ()) -> dict[str, str]:
        """Texts by key; a key outside `keys` (when given) is reported and left out."""
        result: dict[str, str] = {}
        for key, value in self._mapping(name).items():
            if keys and key not in keys:
                self.report(
                    f"{name}.{key}", f"`{name}` has no key `{key}`; it knows {', '.join(keys)}"
                )
            elif not isinstance(value, str):
                self.report(f"{name}.{key}", f"`{name}.{key}` must be a single text")
            elif value.strip():
                result[key] = cleaned(value).strip()
        return dict(sorted(result.items()))

    def lists(self, name: str, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Lists of texts by key."""
        result: dict[str, tuple[str, ...]] = {}
        for key, value in self._mapping(name).items():
            if key in keys:
                result[key] = self._texts(f"{name}.{key}", value)
            else:
                self.report(
                    f"{name}.{key}", f"`{name}` has no key `{key}`; it knows {', '.join(keys)}"
                )
        return result

    def applicability(self, name: str) -> Applicability:
        """`applies_when`: a mapping (keys ANDed, values ORed) or a list of mappings (ORed)."""
        value = self._take(name)
        if value is None or value in ("", [], {}):
            return ()
        if isinstance(value, str):
            value = self._split_pairs(name, value)
        rows = value if isinstance(value, list) else [value]
        result = []
        for number, row in enumerate(rows):
            at = f"{name}.{number}" if isinstance(value, list) else name
            if not isinstance(row, dict):
                self.report(at, f"`{name}` must be a mapping of facts to values, or a list of such")
                continue
            result.append({k: self._values_of(f"{at}.{k}", v) for k, v in sorted(row.items())})
        return tuple(row for row in result if row)

    def items(self, name: str) -> list[dict[str, Any]]:
        """A list of mappings, for what is nested (the requirements of a policy)."""
        value = self._take(name)
        if value is None or value == "":
            return []
        if not isinstance(value, list):
            self.report(name, f"`{name}` must be a list")
            return []
        result = []
        for number, item in enumerate(value):
            if isinstance(item, dict):
                result.append(item)
            else:
                self.report(f"{name}.{number}", f"each of `{name}` must be a mapping with an `id`")
                result.append({})  # keeps the numbers of those that follow
        return result

    def rest(self, kind: str) -> None:
        """Report the fields that nobody asked for."""
        for name in self._values:
            if name not in self._asked and self._values[name] not in (None, ""):
                self.report(name, f"`{cleaned(name)}` is not a field of a {kind}; it is not read")

    def _take(self, name: str) -> Any:
        self._asked.add(name)
        return self._values.get(name)

    def _texts(self, name: str, value: Any) -> tuple[str, ...]:
        if value is None:
            return ()
        if isinstance(value, str):
            value = value.split(self._separator) if self._separator else [value]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.report(name, f"`{name}` must be a text or a list of texts")
            return ()
        stripped = (cleaned(item).strip() for item in value)
        return tuple(item for item in stripped if item)

    def _values_of(self, name: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            value = re.split(r"[,|]", value)
        return self._texts(name, value)

    def _mapping(self, name: str) -> dict[str, Any]:
        value = self._take(name)
        if value is None or value == "":
            return {}
        if isinstance(value, str) and self._separator:
            return self._split_pairs(name, value)
        if not isinstance(value, dict):
            self.report(name, f"`{name}` must be a mapping (`key: value`)")
            return {}
        return value

    def _split_pairs(self, name: str, cell: str) -> dict[str, Any]:
        """`key: value; key: value` of a table cell."""
        result: dict[str, Any] = {}
        for pair in cell.split(";"):
            key, colon, value = pair.partition(":")
            if colon and key.strip():
                result[key.strip()] = value.strip()
            elif pair.strip():
                self.report(name, f"`{name}` must be written `key: value; key: value`")
        return result
