"""What several entries say of each other: one id twice, a requirement that replaces another.

Owns which of them counts. Fails closed: a stray file never softens a rule. Opens no file.
"""

from collections.abc import Container

from knowledge.entries import Entry, Pattern, Policy, Requirement
from knowledge.snapshot import Problem
from knowledge.vocabulary import SEVERITIES


def one_of(first: Entry, second: Entry, problems: list[Problem]) -> Entry:
    """Which of two entries of one id counts: the stricter rule, else the first in reading order."""
    kept, left = (second, first) if _laxity(second) < _laxity(first) else (first, second)
    why = f"; {kept.id} counts as the stricter one says" if _laxity(kept) < _laxity(left) else ""
    problems.append(
        Problem(
            left.source.path,
            left.source.line,
            f"the id {kept.id} stands also at {kept.source.path}:{kept.source.line};"
            f" this one is not read{why}",
        )
    )
    return kept


def _laxity(entry: Entry) -> tuple[int, int, bool, str]:
    """Least for the strictest: a requirement before a pattern before what is no rule at all, the
    graver one, what applies always, what counts the longest."""
    if isinstance(entry, Requirement):
        gravity = SEVERITIES.index(entry.severity)
        return 0, gravity, bool(entry.applies_when), entry.effective_from
    if isinstance(entry, Pattern):
        return 1, SEVERITIES.index(entry.severity), bool(entry.applies_when), ""
    return 2, 0, False, ""


def replacements(entries: dict[str, Entry], problems: list[Problem]) -> dict[str, str]:
    """Requirements named in the `replaces` of another; a circle replaces nothing."""
    edges = {
        entry.id: entry.replaces
        for entry in entries.values()
        if isinstance(entry, Requirement) and entry.replaces
    }
    replaced: dict[str, str] = {}
    for by in sorted(edges):
        source = entries[by].source
        for name in edges[by]:
            if not isinstance(entries.get(name), Requirement):
                message = f"{by} replaces {name}, which is no requirement here"
            elif by in _reachable(name, edges) or by == name:
                message = f"{by} and {name} replace each other; both stay in force"
            else:
                replaced.setdefault(name, by)
                continue
            problems.append(Problem(source.path, source.line, message))
    return replaced


def _reachable(start: str, edges: dict[str, tuple[str, ...]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in edges.get(waiting.pop(), ()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen


def without(entry: Entry, off: Container[str]) -> Entry:
    """A policy lists only the requirements that are in force and were read."""
    if not isinstance(entry, Policy) or not any(name in off for name in entry.requirements):
        return entry
    kept = tuple(name for name in entry.requirements if name not in off)
    return entry.model_copy(update={"requirements": kept})


def drafts_apart(
    entries: dict[str, Entry], drafts: dict[str, Entry], problems: list[Problem]
) -> dict[str, Entry]:
    """The drafts, by id; one with the id of an entry that counts already changes nothing."""
    for name in sorted(entries.keys() & drafts.keys()):
        draft, there = drafts[name].source, entries[name].source
        message = f"the id {name} stands also at {there.path}:{there.line}; this draft is not read"
        problems.append(Problem(draft.path, draft.line, message))
    return {name: drafts[name] for name in sorted(drafts) if name not in entries}
