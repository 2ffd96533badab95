"""What a model may look up while it reads: the office's knowledge, and nothing else.

Owns two read-only tools and what was read with them. They are offered to the calls that compare
with what exists and that look for registered names; all evidence of the other two stands in the
proposal and in the lists they are given, so a look-up could only distract. None has a side effect.
"""

from collections.abc import Mapping
from typing import Final

from agent.readers.llm.material import Material
from agent.readers.llm.said import said
from agent.readers.llm.shown import capability_text, entry_text, registered_text
from agent.readers.llm.types import Tool
from knowledge.entries import Asset, Capability, Entry
from knowledge.reading import Knowledge
from knowledge.search import Search
from knowledge.vocabulary import EntryKind

HITS: Final = 5
QUERY: Final = 300
ENTRY_WORDS: Final = 400
KINDS: Final[dict[str, EntryKind]] = {
    "capability": "capability",
    "asset": "asset",
}
"""All goals, and all requirements and patterns that matter, stand in the lists already."""


class LookUps:
    """The tools of one call, and the entries that were read with them."""

    def __init__(self, knowledge: Knowledge, search: Search, material: Material) -> None:
        self._knowledge = knowledge
        self._search = search
        self._material = material
        self._read: dict[str, Entry] = {}

    @property
    def consulted(self) -> tuple[Entry, ...]:
        """By id."""
        return tuple(self._read[id_] for id_ in sorted(self._read))

    def tools(self) -> tuple[Tool, ...]:
        text = {"type": "string"}
        return (
            Tool(
                name="search_knowledge",
                description="The entries of the office nearest to a description or a name.",
                parameters=_parameters(
                    query=text | {"description": "what it does, or a name; a few words"},
                    kind=text | {"enum": list(KINDS)},
                ),
                run=self._find,
            ),
            Tool(
                name="read_entry",
                description="The text of one entry of the office.",
                parameters=_parameters(id=text | {"description": "id without brackets"}),
                run=self._open,
            ),
        )

    def _find(self, arguments: dict[str, object]) -> str:
        query = said(str(arguments.get("query") or ""), QUERY)
        kind = KINDS.get(str(arguments.get("kind") or "capability"))
        if not query:
            return "Nothing was looked up: the query is empty."
        if kind is None:
            return f"Nothing was looked up: kind is one of {', '.join(KINDS)}."
        hits = self._search.search(query, kinds=[kind], k=HITS)
        entries = [self._knowledge.entries[h.entry] for h in hits if h.entry in self._known()]
        rows = [_row(entry) for entry in entries]
        return self._fenced("found", "\n".join(rows) or "(nothing)")

    def _open(self, arguments: dict[str, object]) -> str:
        id_ = said(str(arguments.get("id") or ""), QUERY).strip("[] ")
        entry = self._known().get(id_)
        if entry is None:
            return "There is no entry with this id."
        self._read[id_] = entry
        return self._fenced("entry", entry_text(entry, ENTRY_WORDS))

    def _known(self) -> dict[str, Entry]:
        return self._knowledge.entries

    def _fenced(self, name: str, text: str) -> str:
        """What an entry says is data like all else; the marker of the call stands in none of it."""
        marker = self._material.marker
        return f"<<<{marker} {name}\n{text.replace(marker, 'MARKER')}\n{marker}>>>"


def _parameters(**properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _row(entry: Entry) -> str:
    match entry:
        case Capability():
            return capability_text(entry)
        case Asset():
            return registered_text(entry)
        case _:  # no other kind is searched
            return f"[{entry.id}] {entry.title}"
