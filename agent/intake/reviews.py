"""The last decision that concerns what a proposal is compared with, and what came of it.

Owns the link between an entry and a decided initiative; reads nothing but what it is given. Pure.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from agent.schema.evidence import LastReview
from knowledge.entries import Capability, Precedent

APPROVED: Final = ("approve", "approve_with_conditions")


def last_reviews(
    capabilities: Iterable[Capability], past: Sequence[Precedent], near: Iterable[str] = ()
) -> dict[str, LastReview]:
    """Entry id → its last review, for the capabilities and for the decided initiatives `near`.

    Of a capability: the latest decision of its own initiative (the entry names it, or both have
    the same id or title) or of one that was merged into it; where there is none, the latest
    approved one that was to build on it.
    """
    found: dict[str, LastReview] = {}
    for capability in capabilities:
        own = [p for p in past if _is_of(capability, p)]
        built = [p for p in past if p.outcome in APPROVED and capability.id in p.reuses]
        if linked := own or built:
            found[capability.id] = _review(max(linked, key=_when))
    wanted = frozenset(near)
    return found | {p.id: _review(p) for p in past if p.id in wanted}


def with_end(past: Precedent, capabilities: Sequence[Capability]) -> Precedent:
    """With the entry that came of it where each of them is retired by now: what is approved on
    record and gone is nothing to join."""
    gone = [c for c in capabilities if c.status == "retired" and _is_of(c, past)]
    if not gone or past.outcome == "reject":
        return past
    live = any(c.status != "retired" and _is_of(c, past) for c in capabilities)
    return past if live else past.model_copy(update={"ended": gone[0].id})


def _is_of(capability: Capability, past: Precedent) -> bool:
    if past.merge_into == capability.id:
        return True
    if past.outcome not in (*APPROVED, "reject"):
        return False
    if capability.initiative:
        return past.id == capability.initiative
    return past.id == capability.id or _folded(past.title) == _folded(capability.title)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _when(past: Precedent) -> tuple[str, str]:
    return past.decided, past.id


def _review(past: Precedent) -> LastReview:
    return LastReview(
        initiative=past.id,
        version=past.version,
        outcome=past.outcome,
        decided=past.decided,
        open_conditions=past.open_conditions,
    )
