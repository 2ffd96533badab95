"""What a proposal may be merged into: capabilities of the office and other initiatives on record.

Owns who is behind a target and why nothing may be merged into it any more. Reads only.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.errors import RecordError
from agent.intake.proposal import parse
from knowledge.entries import Capability
from knowledge.reading import Knowledge

if TYPE_CHECKING:
    from agent.record.store import Store


@dataclass(frozen=True)
class Target:
    """Something that a proposal may be merged into, and whom its team talks with."""

    id: str
    title: str = ""
    owner: str = ""
    contact: str = ""
    closed: str = ""
    """Why nothing may be merged into it, as in `is retired`; empty: something may."""


def merge_targets(knowledge: Knowledge, store: "Store", wanted: str = "") -> dict[str, Target]:
    """By id. An initiative's owner stands in its file, which is read for the `wanted` one only."""
    found = {c.id: _capability(c) for c in knowledge.of(Capability)}
    closed = {row.initiative: _closed(row.outcome, row.merge_into) for row in store.decided()}
    for initiative in store.initiatives():
        if initiative not in found:
            title = store.version(initiative).title
            owner = _owner(initiative, store) if initiative == wanted else ""
            found[initiative] = Target(initiative, title, owner, closed=closed.get(initiative, ""))
    return found


def _capability(capability: Capability) -> Target:
    return Target(
        capability.id,
        capability.title,
        capability.owner,
        capability.reuse.contact,
        "is retired" if capability.status == "retired" else "",
    )


def _closed(outcome: str, merged_into: str) -> str:
    if outcome == "reject":
        return "was rejected"
    if outcome == "merge_with_existing":
        return f"was itself merged into {merged_into}"
    return ""


def _owner(initiative: str, store: "Store") -> str:
    try:
        raw = store.raw(initiative)
    except RecordError:  # redacted: it stands, but its file no longer says who owns it
        return ""
    return parse(raw, store.version(initiative).path, initiative).declared.owner
