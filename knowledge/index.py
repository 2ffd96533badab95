"""The index of a workspace's knowledge: opened when it is whole, built or rebuilt when it is not.

A cache and nothing else: it may be deleted at any time. Whatever is wrong with it ends in one
sentence to `say` and a new generation, never in a traceback.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple

from knowledge import generations, lexical, passages
from knowledge.building import Progress
from knowledge.embed import Embedder, embed_checked
from knowledge.entries import KINDS
from knowledge.errors import KnowledgeError
from knowledge.generations import Say
from knowledge.opening import Opened, Wanted, generation_key, open_generation
from knowledge.passages import Passage
from knowledge.pieces import asked
from knowledge.reading import Knowledge
from knowledge.relation import FEATURES, Relation, load_relation
from knowledge.search import (
    SHORTLIST,
    Features,
    Hit,
    Keep,
    Query,
    Scored,
    best_by_owner,
    deciding,
)
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PLACEHOLDER: Final = re.compile(r"[ \t]*\[[A-Z][A-Z _-]*\]")
"""`[NAME]`, `[REDACTED]`: says nothing of what is proposed."""
REMEMBERED: Final = 20_000
"""Texts whose vectors `embed` keeps at hand: 20 MB of 256 numbers each."""


class _Near(NamedTuple):
    """A found entry: its kind, its passages best first, and what its probability is made of."""

    kind: EntryKind
    group: list[Scored]
    row: tuple[float, ...]


class Index:
    """Hybrid search over one generation; implements `Search`."""

    def __init__(
        self,
        knowledge: Knowledge,
        embedder: Embedder,
        parts: Opened,
        say: Say,
        temporary: tempfile.TemporaryDirectory[str] | None,
        relation: Relation,
    ) -> None:
        self._knowledge = knowledge
        self._embedder = embedder
        self._kinds, self._store, self._hold = parts
        self._say = say
        self._temporary = temporary
        self.relation = relation
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._embedded: dict[str, NDArray[np.float32]] = {}
        self.folder = self._hold.folder

    def search(
        self, text: str, *, kinds: Sequence[EntryKind], k: int = 10, keep: Keep | None = None
    ) -> list[Hit]:
        """The k nearest entries of these kinds that `keep` lets pass, by (-score, id).

        None for a text without words. An entry that does not pass takes no place among the
        candidates, and leaves every other one's score as it is.
        """
        found = self._found(text, kinds, k, keep)
        return [
            _hit(
                near.group,
                near.kind,
                rank,
                self._passages_of(near.group),
                self.relation.probability(near.row),
            )
            for rank, near in enumerate(found, start=1)
        ]

    def features(
        self, text: str, kinds: Sequence[EntryKind], *, k: int = 10, keep: Keep | None = None
    ) -> Features:
        """What the duplicate probabilities of `search` with the same arguments are made of."""
        found = self._found(text, kinds, k, keep)
        entries = tuple(near.group[0].owner for near in found)
        return Features(FEATURES, entries, tuple(near.row for near in found))

    def weigh(self, kind: EntryKind, term: str, document: Sequence[str]) -> float:
        """What one term of a query adds to the BM25 score of a passage with these terms."""
        return self._kinds[kind].lexical.score([term], document) if kind in self._kinds else 0.0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text; a text is embedded once in the life of this index."""
        import numpy as np

        new = sorted({text for text in texts if text not in self._embedded})
        if len(self._embedded) + len(new) > REMEMBERED:
            self._embedded.clear()
            new = sorted(set(texts))
        self._embedded.update(zip(new, embed_checked(self._embedder, new), strict=True))
        rows = [self._embedded[text] for text in texts]
        return np.stack(rows) if rows else embed_checked(self._embedder, [])

    def held(self, kind: EntryKind) -> frozenset[str]:
        """Ids of the entries of a kind."""
        return frozenset(self._kinds[kind].owners) if kind in self._kinds else frozenset()

    def counts(self) -> dict[EntryKind, int]:
        """Passages by kind."""
        return {kind: len(index.ids) for kind, index in self._kinds.items()}

    def close(self) -> None:
        """Let go of the generation; a temporary one is removed."""
        self._store.close()
        self._hold.release()
        if self._temporary is not None:
            self._temporary.cleanup()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _found(
        self, text: str, kinds: Sequence[EntryKind], k: int, keep: Keep | None
    ) -> list[_Near]:
        said = _PLACEHOLDER.sub("", text).strip()
        if not any(map(str.isalnum, said)):
            return []
        query = self._query(said)
        found: list[_Near] = []
        for kind in (kind for kind in KINDS if kind in kinds and kind in self._kinds):
            groups = best_by_owner(self._scored(kind, query, keep, max(SHORTLIST, 2 * k)))
            rows = deciding([group[0] for group in groups], k)
            found += [_Near(kind, *pair) for pair in zip(groups[:k], rows, strict=False)]
        found.sort(key=lambda near: (-near.group[0].score, near.group[0].owner))
        return found[:k]

    def _query(self, said: str) -> Query:
        import numpy as np

        vector = embed_checked(self._embedder, [said])[0].astype(np.float64)
        return Query(lexical.terms(said), vector, asked(said))

    def _scored(self, kind: EntryKind, query: Query, keep: Keep | None, most: int) -> list[Scored]:
        index = self._kinds[kind]
        entries = self._knowledge.entries
        barred = frozenset(
            owner for owner in (index.entries if keep else ()) if keep and not keep(entries[owner])
        )

        def nearest(limit: int) -> Sequence[str]:
            return self._store.nearest(kind, query.vector, limit)

        return index.scored(query, nearest, barred, most)

    def _passages_of(self, group: Sequence[Scored]) -> tuple[Passage, ...]:
        owner = group[0].owner
        if owner not in self._passages:
            self._passages[owner] = passages.passages(self._knowledge.entries[owner])
        return tuple(self._passages[owner][scored.ordinal] for scored in group)


def open_index(
    knowledge: Knowledge,
    cache: Path,
    embedder: Embedder,
    *,
    say: Say,
    progress: Progress | None = None,
    relation: Relation | None = None,
    stored: bool = True,
) -> Index:
    """Open the index of this knowledge under `cache`, building what is missing or damaged.

    `say` takes sentences for the person (stderr); `progress(done, total, label)` is called while
    building. `relation`: the numbers of the duplicate probability, else those that ship.
    Without `stored` nothing is handed to Chroma and all vectors are compared: for a small index
    that is soon thrown away.
    KnowledgeError: the index can be built nowhere, or another process builds it forever.
    """
    temporary = None
    if reason := _unwritable(cache / "index"):
        say(f"{cache} cannot be written ({reason}); this run uses a temporary index.")
        temporary = tempfile.TemporaryDirectory(prefix="concord-index-")
        cache = _copied(
            cache, Path(temporary.name), generation_key(knowledge, embedder, stored=stored)
        )
    try:
        parts = open_generation(Wanted(knowledge, cache, embedder, say, progress, stored))
    except OSError as error:
        raise KnowledgeError(
            f"{cache}: the index cannot be built here ({error.strerror or error}); "
            "make room, or give another folder"
        ) from error
    return Index(knowledge, embedder, parts, say, temporary, relation or load_relation())


def _unwritable(index: Path) -> str:
    """Why nothing can be written there, or nothing."""
    try:
        index.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="probe-", dir=index)
        os.close(descriptor)
        Path(name).unlink()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _copied(cache: Path, into: Path, key: str) -> Path:
    """Take along what a folder that cannot be written already has."""
    held = generations.find(cache / "index", key)
    if held is not None:
        shutil.copytree(held.folder, into / "index" / held.folder.name)
        held.release()
    return into


def _hit(
    group: Sequence[Scored],
    kind: EntryKind,
    rank: int,
    found: tuple[Passage, ...],
    duplicate: float,
) -> Hit:
    best = group[0]
    return Hit(best.owner, kind, best.score, best.dense, best.lexical, rank, found, duplicate)
