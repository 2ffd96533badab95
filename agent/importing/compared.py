"""A plan beside what was imported of the same document before: new, same, changed, gone.

Owns the pairing, the ids, and what may be written: never what a person has edited or accepted.
Pure: entries in, changes out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from agent.importing.planned import Kind, Plan, Planned
from agent.importing.rendering import digest, entry_text
from agent.intake.words import words
from knowledge.entries import Entry, Policy, Requirement
from knowledge.reading import Knowledge
from knowledge.text import lines

What = Literal["new", "same", "changed", "gone", "dropped", "taken"]
LONGEST_SEARCH: Final = 2_000_000
"""Pairs of wordings: a document so different is another one, all of it new."""
ALIKE: Final = 0.5
"""Share of words that two wordings of one sentence have in common, at least."""


class Change(NamedTuple):
    """One entry of the plan, or one that the document no longer holds."""

    what: What
    id: str
    planned: Planned | None
    there: Entry | None = None
    """What stands in the knowledge; of `taken`, the entry of another origin that has the id."""
    write: bool = False
    """New, or in the place of a draft that nobody has touched."""


class Before(NamedTuple):
    """What the knowledge holds already."""

    own: tuple[Entry, ...]
    """Of this document and kind, in the order of their places."""
    policies: tuple[Policy, ...]
    ids: Mapping[str, Entry]
    off: frozenset[str]
    """Ids that are used though no entry counts for them: replaced, or dropped before."""


def before(plan: Plan, knowledge: Knowledge, dropped: Iterable[str] = ()) -> Before:
    """All that was imported of the plan's document."""
    ids = {**knowledge.entries, **knowledge.drafts}
    wanted = "requirement" if plan.kind == "policy" else plan.kind
    ours = [e for e in ids.values() if e.document and e.document.file == plan.origin.file]
    ours.sort(key=lambda e: (len(e.source.path), e.source.path, e.source.line))  # PART-9, PART-10
    return Before(
        own=tuple(entry for entry in ours if entry.kind == wanted),
        policies=tuple(entry for entry in ours if isinstance(entry, Policy)),
        ids=ids,
        off=frozenset(knowledge.replaced) | frozenset(dropped),
    )


def compare(
    plan: Plan, there: Before, prefix: str, dropped: frozenset[str] = frozenset()
) -> list[Change]:
    """Changes in the order of the document, those that are gone at the end.

    `dropped` holds `fingerprint` of what a person dropped before.
    """
    pairs = _pairs(plan, there.own)
    replaced = {r for e in there.own if isinstance(e, Requirement) for r in e.replaces}
    numbers = _Numbers(prefix, there)
    changes: list[Change] = []
    seen: set[str] = set()
    for planned, old in zip(plan.entries, pairs, strict=True):
        if old is not None:
            change = _paired(plan.kind, planned, old, numbers)
        elif fingerprint(plan.kind, planned) in dropped:
            change = Change("dropped", "", planned)
        else:
            change = _new(planned, there, numbers)
        if change.id in seen:  # one before it in the document has it
            change = Change("taken", change.id, planned, old)
        seen.update({change.id} - {""})
        changes.append(change)
    left = {id(old) for old in pairs if old is not None}
    gone = [e for e in there.own if id(e) not in left and e.id not in replaced]
    return [*changes, *(Change("gone", entry.id, None, entry) for entry in gone)]


def fingerprint(kind: Kind, planned: Planned) -> str:
    """The same for the same place of a document, however its entry would be called."""
    key = _key(kind, planned.values.get("id", ""), planned.origin.section, planned.origin.quote)
    return digest([planned.origin.file, *key])


def fingerprint_of(entry: Entry) -> str:
    """The fingerprint of what an imported entry was made from."""
    document = entry.document
    if document is None:
        return ""
    kind = "policy" if isinstance(entry, Requirement) else entry.kind
    key = _key(kind, "", document.section, document.quote)
    return digest([document.file, *key])


def is_edited(entry: Entry) -> bool:
    """Whether anybody changed a line since the import wrote it; accepting is a change too."""
    written = entry.document.written if entry.document else ""
    return digest(lines(entry.source.text)) != written


def prefix_of(stem: str) -> str:
    """`AI use policy (v2)` → `AI-USE-POLICY-V2`."""
    found = "-".join(re.findall(r"[A-Za-z0-9]+", stem)).upper()[:32].strip("-")
    return found or "IMPORT"


def _key(kind: str, _id: str, section: str, quote: str) -> tuple[str, ...]:
    """A requirement is told by its words, a described thing by its heading or its row's words."""
    said = " ".join(words(quote))
    return (said,) if kind == "policy" or " row " in f" {section}" else (section,)


def _pairs(plan: Plan, own: Sequence[Entry]) -> list[Entry | None]:
    """For each planned entry the one that stands there already."""
    waiting: dict[tuple[str, ...], list[Entry]] = {}
    by_id = {entry.id: entry for entry in own}
    for entry in own:
        if entry.document:
            key = _key(plan.kind, "", entry.document.section, entry.document.quote)
            waiting.setdefault(key, []).append(entry)
    found: list[Entry | None] = []
    for planned in plan.entries:
        key = _key(plan.kind, "", planned.origin.section, planned.origin.quote)
        same = waiting.get(key) or []
        given = by_id.get(str(planned.values.get("id", "")))
        old = given or (same[0] if same else None)
        if old is not None and old in same:
            same.remove(old)
        found.append(old)
    return _alike(plan, found, [e for rest in waiting.values() for e in rest])


def _alike(plan: Plan, found: list[Entry | None], left: list[Entry]) -> list[Entry | None]:
    """Pair what has no partner yet by the words that both have; for requirements only."""
    if plan.kind != "policy":
        return found
    if found.count(None) * len(left) > LONGEST_SEARCH:
        return found
    bags = {entry.id: frozenset(words(entry.document.quote)) for entry in left if entry.document}
    for at, planned in enumerate(plan.entries):
        if found[at] is not None or not bags:
            continue
        bag = frozenset(words(planned.origin.quote))
        best = max(sorted(bags), key=lambda name: _share(bag, bags[name]))
        if _share(bag, bags[best]) >= ALIKE:
            del bags[best]
            found[at] = next(entry for entry in left if entry.id == best)
    return found


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _paired(kind: Kind, planned: Planned, old: Entry, numbers: "_Numbers") -> Change:
    if _same(kind, planned, old):
        return Change("same", old.id, planned, old)
    if old.draft and not is_edited(old):
        return Change("changed", old.id, planned, old, write=True)
    if isinstance(old, Requirement) and not old.draft:
        planned.values["replaces"] = [old.id]
        return Change("changed", numbers.next(), planned, old, write=True)
    return Change("changed", old.id, planned, old)


def _same(kind: Kind, planned: Planned, old: Entry) -> bool:
    before_ = old.document
    if before_ is None:
        return True
    if kind == "policy":
        return words(planned.origin.quote) == words(before_.quote)
    origin = before_.model_copy(update={"quote": planned.origin.quote, "written": ""})
    again = entry_text(old.id, planned.values, planned.body, origin)
    return digest(lines(again)) == before_.written


def _new(planned: Planned, there: Before, numbers: "_Numbers") -> Change:
    given = str(planned.values.get("id", ""))
    if given and given in there.ids:
        return Change("taken", given, planned, there.ids[given])
    return Change("new", given or numbers.next(), planned, write=True)


class _Numbers:
    """Ids that nobody has: PREFIX-01, PREFIX-02, …"""

    def __init__(self, prefix: str, there: Before) -> None:
        self._prefix = prefix
        form = re.compile(re.escape(prefix) + r"-(\d+)", re.IGNORECASE)
        used = [form.fullmatch(name) for name in (*there.ids, *there.off)]
        self._last = max((int(found[1]) for found in used if found), default=0)

    def next(self) -> str:
        self._last += 1
        return f"{self._prefix}-{self._last:02d}"
