"""A Chroma server or cloud: the connection, its collections, and what is said when it fails.

Owns every request to it. One host, no redirect, no proxy of the environment, a deadline and a size
for each answer; nothing of Chroma's own telemetry. What a server sends is untrusted text.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from knowledge.chroma import EF_SEARCH, Damaged, settings_of
from knowledge.quiet import quietly
from knowledge.text import clean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH: Final = 300
"""Vectors of one request: what Chroma's cloud takes at once."""
MOST_RESULTS: Final = 300
"""Neighbours of one query, likewise."""
ANSWER_BYTES: Final = 64 << 20
WRITE_FACTOR: Final = 6
"""A request that writes may take so many times what one that reads may."""
PAGE: Final = 100
Metadata = dict[str, str | int | float | bool]


@dataclass(frozen=True)
class Where:
    """A server as `[chroma]` names it; its token is in no repr."""

    url: str
    tenant: str = ""
    database: str = ""
    prefix: str = "concord"
    token: str = field(default="", repr=False)
    seconds: float = 10
    writer: str = ""
    """Host name of the only machine that may write; empty: any."""

    @property
    def host(self) -> str:
        """`host:port`, for people."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


class Gone(Damaged):
    """The server gives no usable answer; the sentence names it and says why."""


class Missing(Gone):
    """It answers, and has no such collection."""


class Taken(Gone):
    """It answers, and a collection of that name is there already."""


class Server:
    """The collections of one database, by name. Every method raises Gone, and nothing else."""

    def __init__(self, where: Where) -> None:
        """Connects at once, to find the tenant and database that the token belongs to."""
        self.where = where
        self._known: dict[str, Any] = {}
        self._api: Any = _api(where)
        try:
            with _answered(where):
                found = self._api.get_user_identity()
                self._place = _place(where, found.tenant, found.databases)
                self._api.get_database(self._place["database"], tenant=self._place["tenant"])
        except Gone:
            self.close()
            raise

    def names(self) -> list[str]:
        """Of all collections that carry our prefix, sorted."""
        found: list[str] = []
        with _answered(self.where):
            while True:
                page = self._api.list_collections(limit=PAGE, offset=len(found), **self._place)
                found += [item.name for item in page]
                if len(page) < PAGE:
                    break
        return sorted(name for name in found if name.startswith(f"{self.where.prefix}-"))

    def metadata(self, name: str) -> Metadata | None:
        """As it stands now; None when there is no such collection."""
        try:
            with _answered(self.where):
                self._known[name] = self._api.get_collection(name, **self._place)
                return dict(self._known[name].metadata or {})
        except Missing:
            return None

    def identity(self, name: str) -> str:
        """Of the collection that bore the name when it was last looked at."""
        return str(self._model(name).id)

    def create(self, name: str, metadata: Metadata) -> None:
        """A new collection; Taken when there is one of that name: the server lets one win."""
        cloud = (urlsplit(self.where.url).hostname or "").endswith(".trychroma.com")
        index: dict[str, Any] = {"hnsw": {"space": "ip", "ef_search": EF_SEARCH}}
        with _answered(self.where):
            self._known[name] = self._api.create_collection(
                name,
                metadata=metadata,
                configuration={"spann": {"space": "ip"}} if cloud else index,
                **self._place,
            )

    def change(self, name: str, metadata: Metadata) -> None:
        """Replace the metadata, at once and as a whole."""
        with _answered(self.where):
            self._api._modify(self._model(name).id, new_metadata=metadata, **self._place)

    def rename(self, name: str, to: str) -> None:
        """Of the very collection that was last looked at under `name`, whoever bears it now."""
        with _answered(self.where):
            self._api._modify(self._model(name).id, new_name=to, **self._place)
            self._known[to] = self._known.pop(name)

    def remove(self, name: str) -> None:
        """Harmless when it is not there."""
        self._known.pop(name, None)
        try:
            with _answered(self.where):
                self._api.delete_collection(name, **self._place)
        except Missing:
            return

    def add(self, name: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> Iterator[int]:
        """Fill a collection; yields how many were sent so far."""
        for start in range(0, len(ids), BATCH):
            stop = min(len(ids), start + BATCH)
            with _answered(self.where):
                self._api._add(
                    ids=list(ids[start:stop]),
                    collection_id=self._model(name).id,
                    embeddings=list(vectors[start:stop]),
                    **self._place,
                )
            yield stop

    def count(self, name: str) -> int:
        with _answered(self.where):
            return int(self._api._count(self._model(name).id, **self._place))

    def ids(self, name: str) -> list[str]:
        """Every id of a collection, sorted."""
        found: list[str] = []
        step = 10 * BATCH
        with _answered(self.where):
            while True:
                page = self._get(name, limit=step, offset=len(found), include=[])["ids"]
                found += page
                if len(page) < step:
                    return sorted(found)

    def vectors(self, name: str, ids: Sequence[str]) -> dict[str, Any]:
        """Id → vector, as lists of numbers; what is not there is left out."""
        found: dict[str, Any] = {}
        for start in range(0, len(ids), BATCH):
            part = list(ids[start : start + BATCH])
            with _answered(self.where):
                rows = self._get(name, ids=part, include=["embeddings"])
                found.update(zip(rows["ids"], rows["embeddings"], strict=True))
        return found

    def nearest(self, name: str, vector: NDArray[np.float32], limit: int) -> list[str]:
        """Ids near a vector, nearest first; approximate."""
        return [passage for passage, _ in self.near(name, vector, limit)]

    def near(self, name: str, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """The same with their distances: 1 less the product."""
        with _answered(self.where):
            found = self._api._query(
                collection_id=self._model(name).id,
                query_embeddings=[vector],
                n_results=min(limit, MOST_RESULTS),
                include=["distances"],
                **self._place,
            )
            return [
                (str(passage), float(distance))
                for passage, distance in zip(found["ids"][0], found["distances"][0], strict=True)
            ]

    def close(self) -> None:
        """Let go of the connections."""
        self._api.shut()

    def _get(self, name: str, **asked: Any) -> Any:
        return self._api._get(collection_id=self._model(name).id, **asked, **self._place)

    def _model(self, name: str) -> Any:
        if name not in self._known and self.metadata(name) is None:
            raise Missing(f"the Chroma server {self.where.host} has no collection {name}")
        return self._known[name]


def _place(where: Where, tenant: str | None, databases: Sequence[str] | None) -> dict[str, str]:
    """What is configured, else what the token belongs to alone, else Chroma's defaults."""
    own = [name for name in databases or () if name and name != "*"]
    tenant = where.tenant or (tenant if tenant and tenant != "*" else "default_tenant")
    database = where.database or (own[0] if len(own) == 1 else "default_database")
    return {"tenant": tenant, "database": database}


def _api(where: Where) -> Any:
    """Chroma's own HTTP client, with a transport that keeps to our rules."""
    with quietly():
        from chromadb.config import System

        from knowledge.server_api import Api
    parts = urlsplit(where.url)
    settings = settings_of(
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}",
        chroma_server_http_port=parts.port or (443 if parts.scheme == "https" else 80),
        chroma_server_headers=_headers(where.token),
    )
    return Api(System(settings), where.seconds, WRITE_FACTOR * where.seconds, ANSWER_BYTES)


def _headers(token: str) -> dict[str, str]:
    """As Chroma's cloud wants it, and as a proxy in front of an own server usually does."""
    return {"x-chroma-token": token, "authorization": f"Bearer {token}"} if token else {}


@contextmanager
def _answered(where: Where) -> Iterator[None]:
    """Whatever fails on the way to an answer is one sentence."""
    import httpx
    from chromadb.errors import ChromaError, NotFoundError, UniqueConstraintError

    host, started = where.host, time.monotonic()
    try:
        yield
    except NotFoundError as error:
        raise Missing(f"the Chroma server {host} does not have it ({_said(error)})") from error
    except UniqueConstraintError as error:
        raise Taken(f"the Chroma server {host} has it already ({_said(error)})") from error
    except ChromaError as error:
        if "already exists" in str(error):
            raise Taken(f"the Chroma server {host} has it already ({_said(error)})") from error
        raise Gone(f"the Chroma server {host} refuses: {_said(error)}") from error
    except httpx.TimeoutException as error:
        waited = time.monotonic() - started
        raise Gone(f"the Chroma server {host} did not answer within {waited:.1f} s") from error
    except httpx.HTTPError as error:
        raise Gone(f"the Chroma server {host} cannot be reached ({_said(error)})") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Gone(
            f"{host} does not answer as a Chroma server does ({_said(error)}): check `url` in"
            " [chroma]"
        ) from error


def _said(error: BaseException) -> str:
    return " ".join(clean(str(error)[:400]).text.split())[:200] or type(error).__name__
