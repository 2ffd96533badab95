"""Values in the knowledge that can never match anything, each at its line.

Owns what no vocabulary knows in capabilities, what a rule says against itself, names that name
nothing. Words of `applies_when` are `agent/intake/rule_words.py`'s.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from agent.intake.applicability import wanted_values
from agent.intake.rule_words import strange_words
from agent.intake.values import FactSettings, known_values, resolve
from agent.readers.rules.cues import compile_cue
from knowledge.entries import Asset, Capability, Entry, Pattern, Requirement
from knowledge.reading import Knowledge
from knowledge.snapshot import Problem
from knowledge.vocabulary import ORDERED_FACTS, canonical

_FACTS: Final = ("automation", "audience", "affected", "data")


def unmatched(knowledge: Knowledge, settings: FactSettings) -> list[Problem]:
    """All of them, drafts among them, by place."""
    both = {**knowledge.entries, **knowledge.drafts}
    found = strange_words(replace(knowledge, entries=both), settings)
    for entry in both.values():
        found += _of(entry, both, knowledge, settings)
    return sorted(set(found))


def _of(
    entry: Entry, both: dict[str, Entry], knowledge: Knowledge, settings: FactSettings
) -> Iterator[Problem]:
    if isinstance(entry, Capability):
        yield from _facts(entry, settings)
    if isinstance(entry, Requirement | Pattern):
        yield from _against_itself(entry, settings)
    if isinstance(entry, Requirement):
        yield from _rule(entry, both, knowledge)
    if isinstance(entry, Asset) and entry.successor and entry.successor not in both:
        yield _problem(entry, "successor", f"its successor `{entry.successor}` is no entry here")


def _facts(entry: Capability, settings: FactSettings) -> Iterator[Problem]:
    for name in _FACTS:
        said = getattr(entry, name)
        written = (said,) if isinstance(said, str) else said
        _, unknown = resolve(name, written, settings)
        for value in unknown:
            known = ", ".join(known_values(name, settings))
            yield _problem(
                entry, name, f"`{name}: {value}` is no value, which are {known}; it matches nothing"
            )


def _against_itself(rule: Requirement | Pattern, settings: FactSettings) -> Iterator[Problem]:
    """One fact under two names in one mapping, whose values cannot both hold."""
    for mapping in rule.applies_when:
        wanted: dict[str, frozenset[str]] = {}
        for key, values in mapping.items():
            name = canonical(key)
            these = wanted_values(name, values, settings).values
            if name in wanted and name in ORDERED_FACTS and not wanted[name] & these:
                said = f"`applies_when` asks for two values of `{name}` at once: it never applies"
                yield _problem(rule, "applies_when", said)
            wanted[name] = these


def _rule(rule: Requirement, both: dict[str, Entry], knowledge: Knowledge) -> Iterator[Problem]:
    for cue in rule.look_for:
        if not compile_cue(cue).terms:
            yield _problem(rule, "look_for", f"`look_for: {cue}` holds no word to look for")
    for name in rule.replaces if rule.draft else ():
        if name not in both and name not in knowledge.replaced:
            yield _problem(rule, "replaces", f"it replaces {name}, which is no requirement here")


def _problem(entry: Entry, field: str, said: str) -> Problem:
    return Problem(entry.source.path, _line(entry, field), f"{entry.id}: {said}")


def _line(entry: Entry, field: str) -> int:
    """The line of a field; a row of a table stands on one."""
    if not entry.source.one_line:
        start = re.compile(rf"[\s-]*{field}\s*:")
        for number, line in enumerate(entry.source.text.split("\n")):
            if start.match(line):
                return entry.source.line + number
    return entry.source.line
