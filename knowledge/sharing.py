"""Open an index whose candidates come from a Chroma server, and bring the server up to date.

Words, vectors and everything that is scored stand on this machine all the same, so that results are
those of an embedded index, and right when the server is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knowledge.embed import Sends
from knowledge.errors import Unavailable
from knowledge.near import Cover, Found, Near, cover, firsts, nothing
from knowledge.opening import Opened, Wanted, open_generation
from knowledge.server import MOST_RESULTS, Gone, Missing, Server, Where
from knowledge.shared import State, collection, publish, read_state, vectors_of, writing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.kind_index import KindIndex
    from knowledge.passages import Passage
    from knowledge.vocabulary import EntryKind


def open_shared(wanted: Wanted, where: Where, *, sync: bool) -> Opened:
    """The index with the server's collections, which `sync` brings up to date first.

    Unavailable: the server is gone and the vectors are not here either, and computing them would
    send texts away once more; or `sync` was asked for and is not done.
    """
    link = _Link(where)
    with ExitStack() as opened:
        opened.callback(link.close)
        local = open_generation(replace(wanted, stored=False, fetch=_Fetch(link, wanted)))
        opened.callback(local.hold.release)
        store = _store(link, wanted, local, sync)
        opened.pop_all()
    if store is None:
        link.close()
        return local
    return local._replace(store=store)


def _store(link: _Link, wanted: Wanted, local: Opened, sync: bool) -> Near | None:
    """What asks the server; None: it has nothing for this embedder, or is gone and that is said."""
    try:
        if link.server is None:
            raise Gone(link.trouble)
        state = link.state
        if sync and not _whole(link.server, state, wanted, local):
            state = _synced(link.server, wanted, local)
        if state is None or state.embedder != wanted.embedder.name:
            return None
        return _near(link.server, state, wanted, local)
    except Gone as error:
        if sync:
            raise Unavailable(f"{error}; the index there was not brought up to date") from error
        wanted.say(f"{_capital(str(error))}; the vectors on this machine are compared instead.")
        return None


@dataclass
class _Link:
    """The server and what it points at, or why there is none."""

    where: Where
    server: Server | None = None
    state: State | None = None
    trouble: str = field(default="")

    def __post_init__(self) -> None:
        try:
            self.server = Server(self.where)
            self.state = read_state(self.server)
        except Gone as error:
            self.trouble = str(error)
            self.close()

    def close(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server = None


class _Fetch:
    """Vectors of passages that the server has, so that no machine embeds them again."""

    def __init__(self, link: _Link, wanted: Wanted) -> None:
        self._link, self._wanted = link, wanted

    def __call__(self, asked: Sequence[Passage]) -> Mapping[int, Sequence[float]]:
        embedder, link = self._wanted.embedder, self._link
        try:
            if link.server is None:
                raise Gone(link.trouble)
            if link.state is None or link.state.embedder != embedder.name:
                return {}
            found = vectors_of(link.server, link.state, asked)
            return {n: found[p.id] for n, p in enumerate(asked) if p.id in found}
        except Gone as error:
            if isinstance(embedder, Sends):
                raise Unavailable(
                    f"{error}, and the vectors of {len(asked):,} passages are not on this machine:"
                    f" try again when it is there, rather than send them to {embedder.host} again;"
                    " or take `url` out of [chroma]"
                ) from error
            return {}


def _whole(server: Server, state: State | None, wanted: Wanted, local: Opened) -> bool:
    """Whether the server points at what would be written, and has all of it."""
    if state is None or state.key != wanted.key:
        return False
    try:
        return all(
            server.count(collection(server, state.current, kind)) == _different(index)
            for kind, index in local.kinds.items()
        )
    except Missing:
        return False


def _synced(server: Server, wanted: Wanted, local: Opened) -> State:
    """As the one writer; another may have done it while this one waited."""
    with writing(server, wanted.say) as lease:
        state = read_state(server)
        if state is not None and _whole(server, state, wanted, local):
            return state
        name = wanted.embedder.name
        return publish(server, lease, wanted.key, name, local.kinds, wanted.progress)


def _near(server: Server, state: State, wanted: Wanted, local: Opened) -> Near:
    """Candidates of the current generation, whatever knowledge it was made of."""
    covers: dict[EntryKind, Cover] = {}
    for kind, index in local.kinds.items():
        name = collection(server, state.current, kind)
        if state.key != wanted.key:
            there = server.metadata(name) is not None
            found = cover(index.ids, index.vectors, server.ids(name)) if there else nothing(index)
            covers[kind] = nothing(index) if _too_different(found, index) else found
        elif server.count(name) != _different(index):
            raise Gone(f"the collection {name} on {server.where.host} has lost vectors")
        else:
            covers[kind] = Cover(held=_different(index))

    def ask(kind: EntryKind, vector: NDArray[np.float32], limit: int) -> Sequence[Found]:
        return server.near(collection(server, state.current, kind), vector, limit)

    place = f"the Chroma server {server.where.host}"
    return Near(local.kinds, ask, server.close, wanted.say, covers, MOST_RESULTS, place)


def _different(index: KindIndex) -> int:
    """How many vectors there are, equal ones counted once."""
    return len(set(firsts(index.vectors)))


def _too_different(found: Cover, index: KindIndex) -> bool:
    """With so many vectors beside ours, the nearest of ours might not be among the nearest."""
    return found.gone > min(100, len(index.ids))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
