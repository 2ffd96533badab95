"""What a written value of a fact means: levels, closed and open sets, the office's additions.

Pure look-ups in the vocabulary and in `[facts.NAME]`; reads no proposal.
"""

from collections.abc import Iterable, Mapping

from agent.schema.office import FactSetting
from knowledge.vocabulary import (
    CLOSED_SETS,
    FACT_ALIASES,
    FACTS,
    ORDERED_FACTS,
    canonical,
)

FactSettings = Mapping[str, FactSetting]
Resolved = tuple[tuple[str, ...], tuple[str, ...]]
"""(known values, values as written that nothing knows)."""


def fact_names(settings: FactSettings) -> tuple[str, ...]:
    """The built-in facts in their order, then the office's own by name."""
    own = sorted({canonical(name) for name in settings} - set(FACTS))
    return (*FACTS, *own)


def setting(name: str, settings: FactSettings) -> FactSetting:
    """The office's setting of a fact however its name is spelled; empty where it has none."""
    if name in settings:
        return settings[name]
    spelled = (settings[key] for key in sorted(settings) if canonical(key) == name)
    return next(spelled, FactSetting())


def known_values(name: str, settings: FactSettings) -> tuple[str, ...]:
    """Levels of an ordered fact (least first) or the members of a closed set; () for an open one.

    What the product knows stays known where an office adds values: shipped policies name it.
    """
    if name in ORDERED_FACTS:
        return ORDERED_FACTS[name]
    built_in = CLOSED_SETS.get(name, ())
    added = (canonical(value) for value in setting(name, settings).values)
    return (*built_in, *(value for value in dict.fromkeys(added) if value not in built_in))


def aliases(name: str, settings: FactSettings) -> dict[str, str]:
    """Canonical alias → value; the office's own win over the product's."""
    own = setting(name, settings).aliases
    merged = dict(FACT_ALIASES.get(name, {}))
    merged.update({canonical(alias): canonical(value) for alias, value in sorted(own.items())})
    return merged


def resolve(name: str, written: Iterable[str], settings: FactSettings) -> Resolved:
    """Known values (an ordered fact: the strictest one; a set: sorted) and the unknown ones."""
    known: list[str] = []
    unknown: list[str] = []
    for raw in written:
        if not canonical(raw):
            continue
        value = meaning(name, raw, settings)
        if value is None:
            unknown.append(raw.strip())
        else:
            known.append(value)
    return strictest(name, known), tuple(dict.fromkeys(unknown))


def meaning(name: str, written: str, settings: FactSettings) -> str | None:
    """The value that a word stands for, through aliases and number; None: nobody knows it.

    An open set knows every value.
    """
    value = canonical(written)
    known = known_values(name, settings)
    other_names = aliases(name, settings)
    for spelling in (value, f"{value}s", value.removesuffix("s")):
        if spelling in other_names:
            return other_names[spelling]
        if spelling in known:
            return spelling
    return None if known else value


def strictest(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """One value for an ordered fact; a sorted set without duplicates for any other.

    `none` beside another value of `generates` says nothing and is dropped.
    """
    distinct = set(values)
    levels = ORDERED_FACTS.get(name)
    if levels:
        return tuple(sorted(distinct, key=levels.index)[-1:])
    if name == "generates" and len(distinct) > 1:
        distinct.discard("none")
    return tuple(sorted(distinct))
