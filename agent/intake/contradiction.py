"""Whether the body contradicts the front matter on a fact, or only says more than it.

Owns that line and no reading of text. A contradiction is a finding that a team has to answer, so a
part that differs, a person who also looks or one odd sentence among many is none. Pure.
"""

from collections.abc import Collection
from typing import Final

from knowledge.vocabulary import ORDERED_FACTS

ACTS: Final = ORDERED_FACTS["automation"].index("act_with_notice")
"""From here on something takes effect when nobody reacts; below, a person stands before it."""
FAR: Final = 2
"""So many levels apart cannot both be meant."""
INSIDERS: Final = frozenset({"employees"})
PEOPLE: Final = frozenset({"audience", "affected"})
LATER_STAGES: Final = frozenset({"production", "retired"})


def contradicts(name: str, declared: str | Collection[str], said: Collection[str]) -> bool:
    """Do the values that strong sentences say stand against what is declared?

    `said` holds a value as often as a sentence says it; values below the declared level count as
    agreeing, for who declares more than is needed claims nothing.
    """
    values = (declared,) if isinstance(declared, str) else tuple(declared)
    if not values:
        return False
    if name in ORDERED_FACTS:
        return _level_contradicts(name, values[-1], said)
    if name == "generates":
        return "to_people" in said and "to_people" not in values
    if set(said) & set(values):
        return False
    if name in PEOPLE:
        return set(values) <= INSIDERS and bool(set(said) - INSIDERS)
    return bool(said)


def _level_contradicts(name: str, declared: str, said: Collection[str]) -> bool:
    levels = ORDERED_FACTS[name]
    ours = levels.index(declared)
    above = [value for value in said if levels.index(value) > ours]
    if not above or len(above) < len(said) - len(above):
        return False
    highest = max(levels.index(value) for value in above)
    if name == "automation":
        return ours < ACTS <= highest or highest - ours >= FAR
    if name == "stage":
        return bool(LATER_STAGES.intersection(above))
    return True
