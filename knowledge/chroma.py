"""The Chroma collections of one index generation; the only module that imports chromadb.

Vectors are always passed in and no embedding configuration is ever loaded from a collection. A
folder that Chroma cannot use raises Damaged, whatever Chroma itself raises.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.errors import KnowledgeError
from knowledge.quiet import quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EF_SEARCH = 500
"""Restores recall: the default loses neighbours on hard vectors."""
LOCK_SECONDS = 3
"""So long a store that another process holds is waited for."""
STEP = 2000
"""Vectors added at once: progress is told in between."""

_MESS = (OSError, ValueError, RuntimeError, KeyError, AttributeError, TypeError)
"""What a half-started client fails with, besides its own errors."""


class Damaged(Exception):
    """A part of a generation cannot be used; it is rebuilt, never shown as a traceback."""


class Collections:
    """One collection a kind, named by the kind."""

    def __init__(self, folder: Path) -> None:
        """Open or create the store in `folder`."""
        chromadb = _library()
        self._open: dict[str, Any] = {}
        with _damage():
            _unlocked(folder / "chroma.sqlite3")
            self._client: Any = chromadb.PersistentClient(str(folder), settings=settings_of())

    def create(self, name: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> Iterator[int]:
        """Fill a new collection; yields how many are in it so far.

        The vectors are synced to disk with the last one (`sync_threshold`), so that whoever opens
        the finished folder has no write-ahead log to replay. A crash on the way does no harm:
        nobody opens an unfinished generation.
        """
        sync = max(3, len(ids))
        hnsw = {"space": "ip", "ef_search": EF_SEARCH, "ef_construction": 64}
        hnsw["sync_threshold"] = sync
        with _damage():
            collection = self._client.create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": {**hnsw, "batch_size": min(sync, 1000)}},
            )
            step = min(STEP, self._client.get_max_batch_size())
            for start in range(0, len(ids), step):
                stop = min(len(ids), start + step)
                collection.add(ids=list(ids[start:stop]), embeddings=vectors[start:stop])
                yield stop

    def count(self, name: str) -> int:
        """How many vectors a collection holds; 0 when there is no such collection."""
        from chromadb.errors import NotFoundError

        try:
            with _damage():
                return int(self._collection(name).count())
        except Damaged as error:
            if isinstance(error.__cause__, NotFoundError):
                return 0
            raise

    def ids(self, name: str) -> list[str]:
        """Every id of a collection."""
        with _damage():
            return list(self._collection(name).get(include=[])["ids"])

    def nearest(self, name: str, vector: NDArray[np.float32], limit: int) -> list[str]:
        """Ids near a vector, nearest first; approximate."""
        return [passage for passage, _ in self.near(name, vector, limit)]

    def near(self, name: str, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """The same with their distances: 1 less the product."""
        with _damage():
            found = self._collection(name).query(
                query_embeddings=vector.reshape(1, -1), n_results=limit, include=["distances"]
            )
            return list(zip(found["ids"][0], found["distances"][0], strict=True))

    def close(self) -> None:
        """Let go of the files."""
        with _damage():
            self._client.close()

    def _collection(self, name: str) -> Any:
        if name not in self._open:
            self._open[name] = self._client.get_collection(name, embedding_function=None)
        return self._open[name]


def _unlocked(database: Path) -> None:
    """sqlite3.Error when another process holds it: Chroma itself would wait without end."""
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=LOCK_SECONDS)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.rollback()


def never_changes(path: Path) -> bool:
    """Whether a file of a finished generation stays as it is.

    Chroma notes every opening in its database, and rewrites the graph of a collection that was too
    small to be synced (without its pickle) each time it replays it.
    """
    if path.name.startswith("chroma.sqlite3"):
        return False
    return path.suffix != ".bin" or (path.parent / "index_metadata.pickle").exists()


def settings_of(**changes: Any) -> Any:
    """Chroma's settings: no telemetry, and none of the environment's; with these changes."""
    return _settings().model_copy(update=changes)


@cache
def _settings() -> Any:
    """Made once, which takes longer than opening a store; no `.env` of the workspace is read."""
    from chromadb.config import Settings

    sources: dict[str, Any] = {"_env_file": None}
    return Settings(**sources, anonymized_telemetry=False)


def store_version() -> str:
    """Of the library that writes the files: another one may not read them."""
    return str(_library().__version__)


def _library() -> Any:
    """Chroma itself; as it is imported it reads the `.env` of the current folder for its own."""
    try:
        with quietly():
            import chromadb
    except ValueError as error:
        raise KnowledgeError(
            "the vector store cannot start, since the file .env of this folder holds values that "
            f"it takes for its own ({_sentence(error)}); run Concord from another folder"
        ) from error
    return chromadb


@contextmanager
def _damage() -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, sqlite3.Error, *_MESS) as error:
        raise Damaged(_sentence(error)) from error
    except BaseException as error:
        # a panic of the Rust core is no Exception, and its type cannot be imported
        if type(error).__name__ == "PanicException":
            raise Damaged(_sentence(error)) from error
        raise


def _sentence(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
