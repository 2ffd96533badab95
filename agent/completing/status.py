"""The state of the knowledge: entries worth completing first, drafts that wait, dead values.

Owns the order: what is missing, times how often reviews came near it. Pure.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from agent.completing.gaps import Gap, gaps
from agent.completing.unmatched import unmatched
from agent.completing.usage import Usage
from agent.intake.values import FactSettings
from knowledge.entries import Asset, Capability, Entry
from knowledge.reading import Knowledge
from knowledge.snapshot import Problem


class Incomplete(NamedTuple):
    """One entry with what is missing in it."""

    entry: Entry
    gaps: tuple[Gap, ...]
    used: int
    """In how many reviews it was near, cited or applied, and how many capabilities run on it."""
    weight: int


class Waiting(NamedTuple):
    """Drafts of one document, or of one file that was written by hand."""

    document: str
    """What they were imported from; empty: written by hand."""
    paths: tuple[str, ...]
    drafts: int


class Status(NamedTuple):
    kinds: dict[str, int]
    incomplete: tuple[Incomplete, ...]
    """The weightiest first, then by id."""
    waiting: tuple[Waiting, ...]
    unmatched: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    reviews: int


def status(knowledge: Knowledge, usage: Usage, settings: FactSettings) -> Status:
    """What a person who keeps the knowledge should look at."""
    needed = _needed(list(knowledge.entries.values()))
    rows = []
    for entry in knowledge.entries.values():
        if found := gaps(entry, knowledge):
            used = usage.of(entry.id) + needed[entry.id]
            weight = sum(gap.weight for gap in found) * (1 + used)
            rows.append(Incomplete(entry, tuple(found), used, weight))
    rows.sort(key=lambda row: (-row.weight, row.entry.id))
    kinds = Counter(entry.kind for entry in knowledge.entries.values())
    return Status(
        kinds=dict(sorted(kinds.items())),
        incomplete=tuple(rows),
        waiting=_waiting(knowledge),
        unmatched=tuple(unmatched(knowledge, settings)),
        problems=knowledge.problems,
        reviews=usage.reviews,
    )


def _needed(entries: Sequence[Entry]) -> Counter[str]:
    """How many capabilities in use run on each asset, by its id, title or alias."""
    names = {
        name.casefold(): entry.id
        for entry in entries
        if isinstance(entry, Asset)
        for name in (entry.id, entry.title, *entry.aliases)
    }
    found = Counter[str]()
    for entry in entries:
        if isinstance(entry, Capability) and entry.status != "retired":
            found.update({names[s.casefold()] for s in entry.systems if s.casefold() in names})
    return found


def _waiting(knowledge: Knowledge) -> tuple[Waiting, ...]:
    found: dict[tuple[str, str], list[str]] = {}
    for entry in knowledge.drafts.values():
        document, path = (entry.document.file if entry.document else ""), entry.source.path
        found.setdefault((document, "" if document else path), []).append(path)
    return tuple(
        Waiting(document, tuple(sorted(set(paths))), len(paths))
        for (document, _), paths in sorted(found.items())
    )
