"""Evidence as a model sees it: terse, by id, in words that stand in the entries themselves.

Owns the choice and the wording of what is sent of each entry. What a model may quote is a piece of
the entry's own text; items of one list are set apart by ` | `.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from agent.intake.siblings import MOST, siblings
from agent.readers.rules.sides import field_line
from agent.schema.evidence import Evidence, Pending
from agent.schema.proposal import Fact
from knowledge.entries import Asset, Capability, Entry, Goal, Pattern, Precedent
from knowledge.patterns import lazy
from knowledge.vocabulary import OUTCOMES

NOTHING: Final = "(none)"
APART: Final = " | "
BODY: Final = 70
"""Words of an entry's prose."""
GOAL: Final = 130
"""A goal's prose says what serves it."""
OTHER: Final = 170
"""Words of another team's proposal: it has no fields that say the same in short."""
BEHAVED: Final = 20
"""Words of one behaviour."""
_FACTS: Final = {
    "users": "audience",
    "about": "affected",
    "data": "data",
    "automation": "automation",
}
_MATTER: Final = lazy(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)
_HEADING: Final = lazy(r"\A\s*#[^\n]*\n")
_SENTENCE_END: Final = lazy(r"[.!?][\"”’)]*(?=\s|\Z)")


def facts_text(facts: dict[str, Fact]) -> str:
    """One fact a line, with what it rests on."""
    return _block(f"{name}: {_fact(fact)}" for name, fact in sorted(facts.items()))


def _fact(fact: Fact) -> str:
    said = ", ".join(fact.values) or "unknown"
    if fact.unknown_values:
        said += f" (written as {', '.join(fact.unknown_values)}: not in the office's vocabulary)"
    if fact.origin == "conflict":
        return f"{said} (read in the text; the front matter says {', '.join(fact.declared)})"
    told = {"declared": "declared", "inferred": "read in the text", "person": "set by a person"}
    return f"{said} ({told[fact.origin]})" if fact.origin in told else said


def requirements_text(evidence: Evidence) -> str:
    """Those that apply or may apply; severity is no business of a reader's."""
    rows = []
    for requirement in evidence.requirements:
        applicable = evidence.applicable.get(requirement.id)
        if applicable is not None and applicable.applies == "no":
            continue
        sure = applicable is not None and applicable.applies == "yes"
        mark = "" if sure else " (may not apply)"
        rows.append(f"[{requirement.id}] {requirement.title}{mark}\n{_flat(requirement.text)}")
    return _block(rows)


def goals_text(goals: Sequence[Goal]) -> str:
    return _block(map(_goal, goals))


def _goal(goal: Goal) -> str:
    lines = [f"[{goal.id}] {goal.title}"]
    if goal.measure:
        lines.append(f"Measure: {_flat(goal.measure)}")
    if goal.rules_out:
        lines.append(f"Rules out: {_items(goal.rules_out)}")
    if prose := opening(goal.body, GOAL):
        lines.append(prose)
    return "\n".join(lines)


def candidates_text(evidence: Evidence) -> str:
    """What the search brought, nearest first; nobody is told how near."""
    others = compared(evidence)
    return _block(_other(others[id_]) for id_ in candidate_ids(evidence))


def candidate_ids(evidence: Evidence) -> tuple[str, ...]:
    others = compared(evidence)
    return tuple(c.entry for c in evidence.candidates if c.entry in others)


def compared(evidence: Evidence) -> dict[str, Capability | Pending | Precedent]:
    """What an initiative may overlap with, by id."""
    by_id: dict[str, Capability | Pending | Precedent] = {c.id: c for c in evidence.capabilities}
    by_id |= {p.id: p for p in evidence.precedents}
    return by_id | {p.initiative: p for p in evidence.pending if p.text}


def _other(other: Capability | Pending | Precedent) -> str:
    match other:
        case Capability():
            return capability_text(other)
        case Pending():
            head = f"[{other.initiative}] {other.title} (proposal of another team, undecided)"
            told = _known(**{name: ", ".join(other.facts.get(f, ())) for name, f in _FACTS.items()})
            return "\n".join([head, _proposed(other.title, other.purpose, other.text), *told])
        case Precedent():
            decided = other.outcome.replace("_", " ") if other.outcome in OUTCOMES else "decided"
            head = f"[{other.id}] {other.title} (earlier proposal, {decided})"
            return f"{head}\n{_proposed(other.title, other.purpose, other.body)}"


def capability_text(capability: Capability) -> str:
    """What it does, for whom, with what and how it behaves, each as it stands in its file."""
    lines = [f"[{capability.id}] {capability.title} ({capability.status or 'status unknown'})"]
    if prose := opening(capability.body):
        lines.append(prose)
    if capability.scope.covers:
        lines.append(f"Covers: {_items(capability.scope.covers)}")
    if capability.scope.excludes:
        lines.append(f"Excludes: {_items(capability.scope.excludes)}")
    if fields := _fields(capability):
        lines.append(f"Fields: {_items(fields)}")
    if capability.behaviours:
        said = (
            opening(capability.behaviours[key], BEHAVED) for key in sorted(capability.behaviours)
        )
        lines.append(f"Behaves: {_items(said)}")
    return "\n".join(lines)


def _fields(capability: Capability) -> list[str]:
    """The lines of its fields, so that they can be quoted."""
    given = {
        "audience": capability.audience,
        "affected": capability.affected,
        "data": capability.data,
        "automation": (capability.automation,) if capability.automation else (),
        "systems": capability.systems,
    }
    text = capability.source.text
    return [
        line
        for name, values in given.items()
        if values and (line := field_line(text, name, values))
    ]


def _known(**named: str) -> list[str]:
    """One line of what is known of a system, if anything is."""
    told = "; ".join(f"{name}: {value}" for name, value in named.items() if value)
    return [told] if told else []


def _proposed(title: str, purpose: str, text: str) -> str:
    """What another initiative says that it does: the problem that comes first in a proposal is one
    that many share. Where sentences between were left out, ` | ` says so."""
    does = opening(purpose.removeprefix(" ".join(title.split())).strip(), OTHER)
    whole, end, told = " ".join(text.split()), -1, ""
    for sentence in _sentences(does):
        at = whole.find(sentence)
        if at >= 0:
            told += (" " if at == end + 1 else APART if told else "") + sentence
            end = at + len(sentence)
    return told.strip() or opening(_prose(text), OTHER)


def _sentences(text: str) -> list[str]:
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [said for start, end in pairwise(ends) if (said := text[start:end].strip())]


def applying_patterns(evidence: Evidence) -> tuple[Pattern, ...]:
    """Only what surely applies can be breached."""
    rows = evidence.applicable
    return tuple(p for p in evidence.patterns if p.id in rows and rows[p.id].applies == "yes")


def shown_siblings(evidence: Evidence) -> tuple[Capability, ...]:
    return siblings(evidence.capabilities, evidence.facts)[:MOST]


def behaviours_text(entries: Iterable[Pattern | Capability]) -> str:
    """Patterns and siblings alike: what each says of how a system behaves."""
    return _block(
        "\n".join(
            [f"[{e.id}] {e.title}", *(f"{k}: {_flat(v)}" for k, v in sorted(e.behaviours.items()))]
        )
        for e in entries
    )


def register_text(evidence: Evidence) -> str:
    """The named systems, data sets and capabilities, and what replaces them."""
    named = {m.entry for m in evidence.mentions}
    entries: list[Asset | Capability] = [*evidence.assets]
    entries += [c for c in evidence.capabilities if c.id in named]
    return _block(registered_text(entry) for entry in entries)


def registered_text(entry: Asset | Capability) -> str:
    told: list[str] = [entry.status or "status unknown"]
    if isinstance(entry, Asset):
        told = [entry.asset_kind or "asset", *told]
        if entry.aliases:
            told.append(f"also called {', '.join(entry.aliases)}")
        if entry.successor:
            told.append(f"successor {entry.successor}")
    else:
        told = ["capability", *told]
    return f"[{entry.id}] {entry.title} ({'; '.join(told)})"


def entry_text(entry: Entry, words: int) -> str:
    """The beginning of an entry as it stands in its file."""
    return f"[{entry.id}] {entry.title} ({entry.kind})\n{opening(entry.source.text, words)}"


def opening(text: str, words: int = BODY) -> str:
    """The first words of a text in one line, up to the end of a sentence where there is one."""
    said = text.split()
    if len(said) <= words:
        return " ".join(said)
    cut = " ".join(said[:words])
    ends = [m.end() for m in _SENTENCE_END.finditer(cut)]
    return cut[: ends[-1]] if ends and ends[-1] > len(cut) // 2 else cut


def _prose(text: str) -> str:
    """A proposal below its front matter and title."""
    return _HEADING.sub("", _MATTER.sub("", text, count=1), count=1)


def _items(items: Iterable[str]) -> str:
    return APART.join(_flat(item) for item in items)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _block(rows: Iterable[str]) -> str:
    return "\n".join(rows) or NOTHING
