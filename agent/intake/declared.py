"""Front matter of a proposal into `Declared`: what the team states in fields.

Owns shapes and spellings of fields; whether a value is known is for the facts to say.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from agent.errors import ProposalError
from agent.schema.proposal import Declared
from knowledge.frontmatter import FrontMatter
from knowledge.vocabulary import FACTS

_TEXTS: Final = ("id", "title", "team", "owner", "sponsor", "benefit", "cost", "model")
_LISTS: Final = ("goals", "reuses", "depends_on")
_MAPPINGS: Final = ("roles", "behaviours", "evidence")
_NOTHING: Final = ("", "~", "null")
IDENTIFIER = re.compile(r"[^\W_](?:[\w.-]{0,78}[^\W_])?")
RESERVED: Final = frozenset(("proposal",))


def declare(
    front: FrontMatter, path: str, facts: Collection[str] = ()
) -> tuple[Declared, dict[str, int]]:
    """(fields, field → physical line). `facts`: names of facts that only this office has.

    ProposalError names the line of a field whose shape cannot be read.
    """
    return _Declaring(front, path, frozenset((*FACTS, *(spell(name) for name in facts)))).run()


def spell(name: str) -> str:
    """`Depends on` and `depends-on` are `depends_on`."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


class _Declaring:
    def __init__(self, front: FrontMatter, path: str, facts: frozenset[str]) -> None:
        self.front, self.path, self.facts = front, path, facts
        self.fields: dict[str, Any] = {"facts": {}, "other": {}}
        self.names: dict[str, str] = {}

    def run(self) -> tuple[Declared, dict[str, int]]:
        for key, value in self.front.values.items():
            name = spell(key)
            if name in self.names:
                self._fail(key, f"`{key}` and `{self.names[name]}` are the same field: keep one")
            self.names[name] = key
            self._take(name, key, value)
        if identifier := self.fields.get("id", ""):
            self._check_id(identifier)
        lines = {_spelled_path(key): line for key, line in self.front.lines.items()}
        return Declared(**self.fields), lines

    def _take(self, name: str, key: str, value: Any) -> None:
        if name in _TEXTS:
            self.fields[name] = self._text(key, value, several=name not in ("id", "title", "model"))
        elif name in _LISTS:
            self.fields[name] = self._list(key, value)
        elif name in _MAPPINGS:
            self.fields[name] = self._mapping(name, key, value)
        elif name in self.facts:
            self.fields["facts"][name] = self._list(key, value)
        elif name == "facts" and isinstance(value, Mapping):
            for fact, values in value.items():
                self.fields["facts"].setdefault(spell(fact), self._list(f"{key}.{fact}", values))
        else:
            self.fields["other"].update(_flat(key, value))

    def _text(self, key: str, value: Any, *, several: bool) -> str:
        if isinstance(value, str):
            return "" if value.strip() in _NOTHING else " ".join(value.split())
        if several and isinstance(value, list):
            return ", ".join(self._list(key, value))
        what = "a list" if isinstance(value, list) else "fields of its own"
        self._fail(key, f"`{key}` holds {what} where one text is due")
        return ""

    def _list(self, key: str, value: Any) -> tuple[str, ...]:
        items = value.split(",") if isinstance(value, str) else value
        if not isinstance(items, list):
            self._fail(key, f"`{key}` holds fields of its own where a text or a list is due")
        found = []
        for at, item in enumerate(items):
            if not isinstance(item, str):
                self._fail(
                    f"{key}.{at}", f"`{key}` holds something other than texts: write `- text`"
                )
            if item.strip() not in _NOTHING:
                found.append(" ".join(item.split()))
        return tuple(dict.fromkeys(found))

    def _mapping(self, name: str, key: str, value: Any) -> dict[str, str]:
        if isinstance(value, str) and value.strip() in _NOTHING:
            return {}
        if not isinstance(value, Mapping):
            self._fail(key, f"`{key}` is due as fields of its own: `name: text`, one a line below")
        return {
            inner if name == "evidence" else spell(inner): self._text(
                f"{key}.{inner}", said, several=True
            )
            for inner, said in value.items()
        }

    def _check_id(self, identifier: str) -> None:
        if not IDENTIFIER.fullmatch(identifier):
            self._fail(
                self.names["id"],
                "`id` may hold letters, digits, `.`, `_` and `-`, at most 80, "
                "with a letter or digit at both ends",
            )
        if identifier.lower() in RESERVED:
            self._fail(self.names["id"], f"`id: {identifier}` is reserved: choose another id")

    def _fail(self, key: str, message: str) -> None:
        line = self.front.lines.get(key, 1)
        raise ProposalError(f"{self.path}:{line}: {message}")


def _flat(key: str, value: Any) -> dict[str, str]:
    """An unknown field as text: lists joined, fields of its own with dotted names."""
    if isinstance(value, str):
        return {key: value}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return {key: ", ".join(value)}
    inner = value.items() if isinstance(value, Mapping) else enumerate(value)
    return {name: text for at, item in inner for name, text in _flat(f"{key}.{at}", item).items()}


def _spelled_path(path: str) -> str:
    """The path of a field with its name, and that of a role or behaviour, spelled as declared."""
    name, _, rest = path.partition(".")
    name = spell(name)
    if rest and name in _MAPPINGS and name != "evidence":
        rest = spell(rest)
    return f"{name}.{rest}" if rest else name
