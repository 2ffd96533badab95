"""What goes into a generation: passages of all entries, their vectors, words and statistics."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from knowledge.embed import Embedder
from knowledge.entries import KINDS, Entry
from knowledge.kind_index import KindIndex
from knowledge.lexical import terms
from knowledge.passages import Passage, entry_digest, passages
from knowledge.reading import Knowledge
from knowledge.vectors import embed_cached
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int, str], None]
"""Called with (done, total, label)."""
Fetch = Callable[[Sequence[Passage]], Mapping[int, Sequence[float]]]
"""Vectors that another machine has made of these passages, by their number in the sequence."""
ENTRIES = "entries.json"
"""In the folder of a kind: each entry in order with its digest and how many rows it has."""


class Old(NamedTuple):
    """A kind of the generation before."""

    kind: KindIndex
    entries: dict[str, tuple[str, int, int]]
    """Entry → digest, first row, how many rows."""


@dataclass
class Plan:
    """The rows of a kind, in order: those of the generation before, and new passages."""

    kind: EntryKind
    old: Old | None
    ids: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Row of the generation before, or -1 for the next of `fresh`."""
    fresh: list[Passage] = field(default_factory=list)
    entries: list[tuple[str, str, int]] = field(default_factory=list)

    def add(self, entry: Entry, digest: str) -> None:
        """The next entry by id; what did not change is not cut again."""
        known = self.old.entries.get(entry.id) if self.old else None
        if self.old and known and known[0] == digest:
            rows = range(known[1], known[1] + known[2])
            self.ids += self.old.kind.ids[rows.start : rows.stop]
            self.ordinals += self.old.kind.ordinals[rows.start : rows.stop]
            self.places += rows
            count = known[2]
        else:
            new = passages(entry)
            self.ids += [passage.id for passage in new]
            self.ordinals += [passage.ordinal for passage in new]
            self.places += [-1] * len(new)
            self.fresh += new
            count = len(new)
        self.owners += [entry.id] * count
        self.entries.append((entry.id, digest, count))


def plan(knowledge: Knowledge, before: Mapping[EntryKind, Old] | None = None) -> list[Plan]:
    """The kinds that there are, in order; with `before`, its rows wherever they are the same."""
    plans = {kind: Plan(kind, (before or {}).get(kind)) for kind in KINDS}
    for entry in knowledge.entries.values():  # sorted by id
        plans[entry.kind].add(entry, entry_digest(entry))
    return [plans[kind] for kind in KINDS if plans[kind].ids]


def embed(
    plans: Sequence[Plan],
    cache: Path,
    embedder: Embedder,
    progress: Progress | None = None,
    fetch: Fetch | None = None,
) -> list[NDArray[np.float32]]:
    """The vectors of each kind; those of the generation before are taken from there, and those in
    `cache` are not computed again."""
    import numpy as np

    found = [passage for part in plans for passage in part.fresh]
    texts = [passage.text for passage in found]

    def tell(done: int, total: int) -> None:
        if progress:
            progress(done, total, "embedding")

    def elsewhere(numbers: Sequence[int]) -> Mapping[int, Sequence[float]]:
        assert fetch is not None
        given = fetch([found[number] for number in numbers])
        return {numbers[at]: row for at, row in given.items()}

    fresh = embed_cached(cache, embedder, texts, tell, elsewhere if fetch else None)
    made, start = [], 0
    for part in plans:
        places, stop = np.asarray(part.places), start + len(part.fresh)
        rows = np.empty((len(places), embedder.dimension), dtype=np.float32)
        rows[places < 0] = fresh[start:stop]
        if part.old:
            rows[places >= 0] = part.old.kind.vectors[places[places >= 0]]
        made.append(rows)
        start = stop
    return made


def write(folder: Path, plans: Sequence[Plan], vectors: Sequence[NDArray[np.float32]]) -> None:
    """Everything but the store, into an empty folder."""
    for part, rows in zip(plans, vectors, strict=True):
        words = [terms(passage.text) for passage in part.fresh]
        before = (part.old.kind, part.places) if part.old else None
        index = KindIndex.revised(
            part.ids, part.owners, part.ordinals, part.fresh, words, rows, before
        )
        index.save(folder / part.kind)
        (folder / part.kind / ENTRIES).write_text(json.dumps(part.entries), encoding="utf-8")


def read_old(folder: Path, kinds: Mapping[EntryKind, KindIndex]) -> dict[EntryKind, Old]:
    """The kinds of a finished generation; OSError, ValueError or TypeError when it is damaged."""
    found: dict[EntryKind, Old] = {}
    for kind, index in kinds.items():
        first, entries = 0, {}
        for name, digest, count in json.loads((folder / kind / ENTRIES).read_text("utf-8")):
            entries[str(name)] = (str(digest), first, int(count))
            first += int(count)
        if first != len(index.ids):
            raise ValueError(f"{kind} has another number of rows than its entries")
        found[kind] = Old(index, entries)
    return found
