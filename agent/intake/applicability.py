"""Does a requirement or pattern apply to a proposal: yes, no, or unknown, and because of what.

Three-valued after Kleene, over facts only; it never looks at the text, and no reader decides it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from agent.intake.values import FactSettings, fact_names, meaning
from agent.schema.proposal import Fact
from knowledge.entries import Applicability
from knowledge.vocabulary import ORDERED_FACTS, Applies, canonical

AT_LEAST = re.compile(r"^\s*>=\s*(.+)$", re.DOTALL)
NO_SETTINGS: FactSettings = {}


class Answer(NamedTuple):
    applies: Applies
    because: str
    depends_on: tuple[str, ...]
    """Facts that the answer rests on, sorted."""


class Wanted(NamedTuple):
    values: frozenset[str]
    """Those that satisfy."""
    strange: tuple[str, ...]
    """As written; no vocabulary knows them."""


class _Part(NamedTuple):
    """The answer of one fact, or of several together."""

    applies: Applies
    reasons: tuple[str, ...]
    depends_on: tuple[str, ...] = ()


def applies(
    when: Applicability, facts: Mapping[str, Fact], settings: FactSettings = NO_SETTINGS
) -> Answer:
    """Mappings are ORed; inside one, facts are ANDed and values ORed; empty means always.

    Fails closed: a fact or value that nobody knows gives `unknown` unless another part decides.
    """
    if not when or any(not mapping for mapping in when):
        return Answer("yes", "it applies to every initiative", ())
    answer = _decided([_all_of(mapping, facts, settings) for mapping in when], winner="yes")
    return Answer(answer.applies, " and ".join(answer.reasons), answer.depends_on)


def _all_of(
    mapping: Mapping[str, tuple[str, ...]], facts: Mapping[str, Fact], settings: FactSettings
) -> _Part:
    answers = [_holds(key, mapping[key], facts, settings) for key in sorted(mapping)]
    return _decided(answers, winner="no")


def _decided(answers: list[_Part], *, winner: Applies) -> _Part:
    """AND (winner no) or OR (winner yes): one winner decides, else unknown, else all agree.

    Each reason is said once, however many mappings share it.
    """
    won = [answer for answer in answers if answer.applies == winner]
    if won:
        return won[0]
    unknown = [answer for answer in answers if answer.applies == "unknown"]
    verdict: Applies = "unknown" if unknown else answers[0].applies
    counted = unknown or answers
    reasons = tuple(dict.fromkeys(reason for answer in counted for reason in answer.reasons))
    rests = sorted({name for answer in counted for name in answer.depends_on})
    return _Part(verdict, reasons, tuple(rests))


def _holds(
    key: str, values: tuple[str, ...], facts: Mapping[str, Fact], settings: FactSettings
) -> _Part:
    """One fact against the values that a rule names."""
    name = canonical(key)
    if name not in fact_names(settings):
        return _Part("unknown", (f"{key} is no fact that this office knows",))
    wanted, strange = wanted_values(name, values, settings)
    fact = facts.get(name, Fact())
    verdict = _of_levels(name, wanted, fact) if name in ORDERED_FACTS else _of_set(wanted, fact)
    if not wanted and not strange:
        return _Part("unknown", (f"the rule names no value of {name}",))
    if strange and verdict != "yes":
        return _Part("unknown", (f"the rule names {name} “{strange[0]}”, which nobody knows",))
    return _Part(verdict, (_because(name, fact, verdict),), (name,))


def wanted_values(name: str, values: Iterable[str], settings: FactSettings) -> Wanted:
    """What the values of a rule stand for. `>=level` only for levels."""
    wanted: set[str] = set()
    strange: list[str] = []
    for raw in values:
        at_least = AT_LEAST.match(raw)
        value = meaning(name, at_least.group(1) if at_least else raw, settings)
        levels = ORDERED_FACTS.get(name, ())
        if value is None or (at_least and not levels):
            strange.append(raw.strip())
        elif at_least:
            wanted.update(levels[levels.index(value) :])
        else:
            wanted.add(value)
    if name == "data" and "personal" in wanted:
        wanted.add("sensitive")
    return Wanted(frozenset(wanted), tuple(strange))


def _of_levels(name: str, wanted: frozenset[str], fact: Fact) -> Applies:
    """Beside an unknown value, every level from the known one up is possible."""
    levels = ORDERED_FACTS[name]
    if fact.values and not fact.unknown_values:
        return "yes" if fact.values[-1] in wanted else "no"
    if not fact.values and not fact.unknown_values:
        return "unknown"
    floor = max((levels.index(value) for value in fact.values), default=0)
    possible = {level in wanted for level in levels[floor:]}
    if len(possible) > 1:
        return "unknown"
    return "yes" if possible == {True} else "no"


def _of_set(wanted: frozenset[str], fact: Fact) -> Applies:
    if wanted.intersection(fact.values):
        return "yes"
    return "no" if fact.values and not fact.unknown_values else "unknown"


def _because(name: str, fact: Fact, verdict: Applies) -> str:
    """`data is sensitive (line 14)`; for unknown, what would have to be known."""
    if verdict == "unknown":
        if fact.unknown_values:
            strange = ", ".join(fact.unknown_values)
            return f"{name} “{strange}” is not a known value{_place(fact)}"
        return f"{name} is not known"
    return f"{name} is {', '.join(fact.values)}{_place(fact)}"


def _place(fact: Fact) -> str:
    if fact.origin == "person":
        return " (set by a person)"
    lines = [cited.line_start for cited in fact.citations if cited.line_start is not None]
    return f" (line {lines[0]})" if lines else ""
