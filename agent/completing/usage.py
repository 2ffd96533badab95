"""How often the reviews on record came near an entry, cited it or applied it.

Owns the counting; which entry is worth completing is `status.py`'s.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from agent.schema.draft import Draft

if TYPE_CHECKING:
    from agent.record.store import Store

NEWEST: Final = 300
"""So many initiatives are looked at, those handed in last."""


class Usage(NamedTuple):
    """Of each entry id, in how many reviews it was …"""

    near: Counter[str]
    """… a capability or past decision that overlaps, or a goal that is served or hindered."""
    cited: Counter[str]
    """… quoted for a finding."""
    applied: Counter[str]
    """… a requirement that applies, or one of which that is not known."""
    reviews: int

    def of(self, entry_id: str) -> int:
        return self.near[entry_id] + self.cited[entry_id] + self.applied[entry_id]


def count(drafts: Iterable[Draft]) -> Usage:
    """Each review counts once for each entry and way."""
    near, cited, applied = Counter[str](), Counter[str](), Counter[str]()
    reviews = 0
    for draft in drafts:
        reviews += 1
        near.update({row.entry for row in draft.overlaps if row.relation != "unrelated"})
        near.update({row.id for row in draft.goals if row.verdict != "not_addressed"})
        cited.update(
            {c.source for f in draft.findings for c in f.citations if c.source != "proposal"}
        )
        applied.update({row.id for row in draft.requirements if row.applies != "no"})
    return Usage(near, cited, applied, reviews)


def of_record(store: "Store") -> Usage:
    """Over the current drafts of the newest initiatives."""
    newest = sorted(store.inbox(), key=lambda row: (row.at, row.initiative))[-NEWEST:]
    return count(store.draft(row.draft) for row in newest if row.draft)
