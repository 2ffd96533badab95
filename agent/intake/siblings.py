"""Siblings: what the organisation already runs for the same people.

Found by facts, not by search: a product for the same people may speak of something else altogether.
Owns who is a sibling; what differs between them is not decided here.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from agent.schema.proposal import Fact
from knowledge.entries import Capability

MOST: Final = 20
"""So many are read beside the near ones; whoever counts them says how many there are."""
INSIDERS: Final = frozenset({"employees"})


def is_sibling(capability: Capability, facts: Mapping[str, Fact]) -> bool:
    """In use, and for some of the same people; facts that contradict each other do not count.

    Staff meet every internal tool: there, only one of the same trade is a sibling.
    """
    fact = facts.get("audience")
    if fact is None or fact.origin not in ("declared", "inferred", "person"):
        return False
    if capability.status not in ("pilot", "production"):
        return False
    return _meets_outsiders(capability, fact) or (
        not set(fact.values).isdisjoint(capability.audience) and _same_trade(capability, facts)
    )


def siblings(
    capabilities: Iterable[Capability], facts: Mapping[str, Fact]
) -> tuple[Capability, ...]:
    """All that state a behaviour, in the order given."""
    return tuple(c for c in capabilities if c.behaviours and is_sibling(c, facts))


def to_read(found: Iterable[Capability], facts: Mapping[str, Fact]) -> frozenset[str]:
    """Ids of the siblings that are read however little they sound alike: those that people outside
    meet too, of the same trade first. What staff meet differs by its task: only near ones count."""
    fact = facts.get("audience")
    met = [c for c in found if fact is not None and _meets_outsiders(c, fact)]
    met.sort(key=lambda c: (not _same_trade(c, facts), c.id))
    return frozenset(c.id for c in met[:MOST])


def _meets_outsiders(capability: Capability, audience: Fact) -> bool:
    return bool(set(audience.values).intersection(capability.audience) - INSIDERS)


def _same_trade(capability: Capability, facts: Mapping[str, Fact]) -> bool:
    domain = facts.get("domain")
    return domain is not None and not set(domain.values).isdisjoint(capability.domain)
