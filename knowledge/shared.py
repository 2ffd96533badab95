"""The index that several machines share on a Chroma server: generations, pointer, one writer.

A generation is a set of collections `PREFIX-KEY-TOKEN-KIND` that never change once they are whole;
the metadata of `PREFIX-state` names the current one and is switched at once. Who writes holds
`PREFIX-writer`, a collection of which the server lets exactly one be made, with an expiry.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from knowledge.chroma import store_version
from knowledge.errors import KnowledgeError
from knowledge.kind_index import KindIndex
from knowledge.near import firsts
from knowledge.server import Gone, Metadata, Server, Taken
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.passages import Passage

Say = Callable[[str], None]
Progress = Callable[[int, int, str], None]
FORMAT = "concord-shared-1"
LEASE_SECONDS = 120.0
RENEW_SECONDS = 20.0
WAIT_SECONDS = 600.0
POLL_SECONDS = 0.5
GRACE_SECONDS = 600.0
"""How long a generation stays that is neither the current one nor the one before: a machine that
opened it may still ask."""
SAMPLES = 8
"""Vectors of each collection that must find themselves before the switch."""


class State(NamedTuple):
    """What the server points at."""

    current: str
    """Name of the generation, `KEY-TOKEN`."""
    previous: str
    key: str
    """Everything that its content depends on."""
    embedder: str
    by: str
    retired: dict[str, float]
    """Generation → when it was replaced, seconds since 1970."""

    @property
    def kept(self) -> set[str]:
        return {self.current, self.previous, *self.retired} - {""}


def read_state(server: Server) -> State | None:
    """None when nothing was ever shared there, or something that is not ours stands there."""
    found = server.metadata(_name(server, "state"))
    if not found or found.get("format") != FORMAT:
        return None
    try:
        retired = {str(k): float(v) for k, v in json.loads(str(found["retired"])).items()}
        current, previous, key, embedder, by = (
            str(found[name]) for name in ("current", "previous", "key", "embedder", "by")
        )
        return State(current, previous, key, embedder, by, retired)
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def collection(server: Server, generation: str, kind: EntryKind) -> str:
    return _name(server, f"{generation}-{kind}")


class Lease:
    """The right to write, while it lasts."""

    def __init__(self, server: Server, token: str) -> None:
        self._server, self._token, self._renewed = server, token, time.monotonic()

    def renew(self) -> None:
        """Called between requests; another machine takes over when it is not for a while."""
        if time.monotonic() - self._renewed > RENEW_SECONDS:
            self.check()
            self._server.change(_name(self._server, "writer"), _holder(self._token))
            self._renewed = time.monotonic()

    def check(self) -> None:
        """Gone: another machine has taken over, so nothing may be switched."""
        found = self._server.metadata(_name(self._server, "writer"))
        if not found or found.get("token") != self._token:
            raise Gone("another machine has begun to write this index meanwhile")


@contextlib.contextmanager
def writing(server: Server, say: Say, wait: float = WAIT_SECONDS) -> Iterator[Lease]:
    """Be the one writer; wait for another with a sentence that names it.

    KnowledgeError: it goes on for too long, or `[chroma] writer` names another machine.
    """
    only = server.where.writer
    if only and only != socket.gethostname():
        raise KnowledgeError(
            f"only {only} may write the index on {server.where.host} (`writer` in [chroma]), and"
            f" this is {socket.gethostname()}"
        )
    token = secrets.token_hex(8)
    _take(server, token, say, wait)
    try:
        yield Lease(server, token)
    finally:
        with contextlib.suppress(Gone):
            found = server.metadata(_name(server, "writer"))
            if found and found.get("token") == token:
                server.remove(_name(server, "writer"))


def _take(server: Server, token: str, say: Say, wait: float) -> None:
    name, deadline, told = _name(server, "writer"), time.monotonic() + wait, False
    while True:
        try:
            server.create(name, _holder(token))
            return
        except Taken:
            held = server.metadata(name)
        if held is None:
            continue
        who = f"{held.get('owner', 'another process')} on {held.get('host', 'another machine')}"
        expires = held.get("expires", 0)
        if not isinstance(expires, int | float) or expires < time.time():
            # the very collection that was looked at is moved away: whoever makes a new one wins
            with contextlib.suppress(Gone):
                aside = _name(server, f"gone-{token}")
                server.rename(name, aside)
                server.remove(aside)
            continue
        if not told:
            say(f"Waiting for {who}, which is writing the index on {server.where.host}.")
            told = True
        if time.monotonic() > deadline:
            raise KnowledgeError(
                f"{who} has been writing the index on {server.where.host} for"
                f" {wait / 60:.0f} minutes; end it, or wait and try again"
            )
        time.sleep(POLL_SECONDS)


def publish(
    server: Server,
    lease: Lease,
    key: str,
    embedder: str,
    kinds: Mapping[EntryKind, KindIndex],
    progress: Progress | None = None,
) -> State:
    """Fill the collections of a new generation, prove them, switch to it, clear old ones away.

    Gone: the server failed on the way; what it points at is still the generation before.
    """
    before, generation = read_state(server), f"{key}-{secrets.token_hex(4)}"
    total, done = sum(len(index.ids) for index in kinds.values()), 0
    for kind, index in kinds.items():
        name = collection(server, generation, kind)
        server.create(name, {"embedder": embedder, "made": time.time(), "with": store_version()})
        rows = [row for row, first in enumerate(firsts(index.vectors)) if row == first]
        ids, vectors = [index.ids[row] for row in rows], index.vectors[rows]
        for sent in server.add(name, ids, vectors):
            lease.renew()
            if progress:
                progress(done + sent, total, f"sending to {server.where.host}")
        done += len(index.ids)
        if wrong := _wrong(server, name, ids, vectors):
            raise Gone(f"the collection {name} on {server.where.host} {wrong}")
    lease.check()
    retired = dict(before.retired) if before else {}
    if before and before.previous:
        retired[before.previous] = time.time()
    previous = before.current if before else ""
    now = State(generation, previous, key, embedder, _owner(), _in_grace(retired))
    _point(server, now)
    _clear(server, now)
    return now


def _wrong(server: Server, name: str, ids: list[str], vectors: NDArray[np.float32]) -> str:
    if server.count(name) != len(ids) or server.ids(name) != sorted(ids):
        return "does not hold what was sent"
    for row in range(0, len(ids), max(1, len(ids) // SAMPLES)):
        found = set(server.nearest(name, vectors[row], min(10, len(ids))))
        near = [vectors[n] for n, passage in enumerate(ids) if passage in found]
        best = max((float(other @ vectors[row]) for other in near), default=0.0)
        if best < float(vectors[row] @ vectors[row]) - 1e-3:
            return "does not find its own vectors"
    return ""


def _point(server: Server, state: State) -> None:
    fields: Metadata = {
        "format": FORMAT,
        "current": state.current,
        "previous": state.previous,
        "key": state.key,
        "embedder": state.embedder,
        "by": state.by,
        "retired": json.dumps(state.retired, sort_keys=True),
    }
    name = _name(server, "state")
    if server.metadata(name) is None:
        server.create(name, fields)
    else:
        server.change(name, fields)


def _clear(server: Server, state: State) -> None:
    """Remove generations that nobody can be reading, and what writers left that were killed."""
    own = len(server.where.prefix) + 1
    for name in server.names():
        generation, _, kind = name[own:].rpartition("-")
        ours = len(generation) == 25 and generation[16] == "-"
        if (ours and kind and generation not in state.kept) or generation == "gone":
            server.remove(name)


def _in_grace(retired: Mapping[str, float]) -> dict[str, float]:
    least = time.time() - GRACE_SECONDS
    return {name: when for name, when in sorted(retired.items()) if when >= least}


def _holder(token: str) -> Metadata:
    return {
        "token": token,
        "owner": _owner(),
        "host": socket.gethostname(),
        "expires": time.time() + LEASE_SECONDS,
    }


def _owner() -> str:
    return f"process {os.getpid()}"


def _name(server: Server, what: str) -> str:
    return f"{server.where.prefix}-{what}"


def vectors_of(server: Server, state: State, asked: Sequence[Passage]) -> dict[str, list[float]]:
    """Passage id → vector, of what the current generation has of these passages."""
    ids: dict[EntryKind, list[str]] = {}
    for passage in asked:
        ids.setdefault(passage.kind, []).append(passage.id)
    found: dict[str, list[float]] = {}
    for kind, wanted in sorted(ids.items()):
        name = collection(server, state.current, kind)
        if server.metadata(name) is not None:
            found.update(server.vectors(name, wanted))
    return found
