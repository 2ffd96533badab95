"""What an entry does not say, and how much that weighs: by kind, and by where a thing stands.

Pure; weights are small whole numbers that a person can follow.
"""

from typing import Final, NamedTuple

from knowledge.entries import Asset, Capability, Entry, Goal, Pattern, Policy, Requirement
from knowledge.reading import Knowledge

_IN_USE: Final = {"production": 3, "pilot": 2, "planned": 1, "retired": 0}


class Gap(NamedTuple):
    """One thing that is missing."""

    missing: str
    weight: int


def gaps(entry: Entry, knowledge: Knowledge) -> list[Gap]:
    """What is missing in an entry, the gravest first; [] for nothing."""
    found = _of_kind(entry, knowledge)
    return sorted((gap for gap in found if gap.weight), key=lambda gap: (-gap.weight, gap.missing))


def _of_kind(entry: Entry, knowledge: Knowledge) -> list[Gap]:
    if isinstance(entry, Capability):
        return _capability(entry)
    if isinstance(entry, Goal):
        return _told(
            (not entry.measure, "no measure of success", 6), (not entry.owner, "no owner", 3)
        )
    if isinstance(entry, Policy):
        return _policy(entry, knowledge)
    if isinstance(entry, Asset):
        gone = entry.status == "retired" and not entry.successor
        return _told(
            (not entry.owner, "no owner", 2),
            (not entry.asset_kind, "no kind", 1),
            (not entry.status, "no status", 2),
            (gone, "retired, without a successor", 3),
        )
    if isinstance(entry, Pattern):
        return _told((not entry.owner, "no owner", 1), (not entry.behaviours, "no behaviours", 4))
    return []


def _capability(entry: Capability) -> list[Gap]:
    """A product in use is compared with every proposal; a retired one with none."""
    use = _IN_USE[entry.status] if entry.status else 2
    return _told(
        (not entry.status, "no status", 3),
        (not entry.body.strip(), "says nowhere what it does", 4 * use),
        (not entry.owner, "no owner", 3 * use),
        (not entry.data, "no data", 2 * use),
        (not entry.automation, "no automation", 2 * use),
        (not entry.audience, "no audience", use),
        (not entry.behaviours, "no behaviours", 2 * use),
    )


def _policy(entry: Policy, knowledge: Knowledge) -> list[Gap]:
    """Imported requirements apply always until somebody says when: that is rarely meant."""
    rules = [knowledge.entries.get(name) for name in entry.requirements]
    imported = [r for r in rules if isinstance(r, Requirement) and r.document is not None]
    always = sum(not rule.applies_when for rule in imported)
    said = f"{always} of {len(imported)} imported requirements apply always: say `applies_when`"
    return _told((not entry.owner, "no owner", 2), (always > 0, said, min(8, always)))


def _told(*checks: tuple[bool, str, int]) -> list[Gap]:
    return [Gap(missing, weight) for true, missing, weight in checks if true]
