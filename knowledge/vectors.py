"""Vectors kept by content across generations: embed a text once, whatever is rebuilt around it.

One SQLite file, keyed by sha256 of embedder and text, so kill -9 loses at most the last batch.
A damaged or unwritable file is never an error: it is made anew, or nothing is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.embed import Embedder, Sends, embed_checked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "vectors.db"
BATCH = 512
_AT_ONCE = 500
_DAMAGE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""Other columns than ours, torn pages, no database at all."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)"


Elsewhere = Callable[[Sequence[int]], "Mapping[int, Sequence[float]]"]
"""Vectors that another machine has made, by the number of the text; what it lacks is left out."""


def embed_cached(
    cache: Path,
    embedder: Embedder,
    texts: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
    elsewhere: Elsewhere | None = None,
) -> NDArray[np.float32]:
    """One row a text; only texts that were never embedded are, and those are kept.

    What is not here is asked of `elsewhere` before it is computed.
    """
    import numpy as np

    rows = np.zeros((len(texts), embedder.dimension), dtype=np.float32)
    keys = [_key(embedder.name, text) for text in texts]
    with _opened(cache / FILE) as kept:
        known = kept.read(keys, embedder.dimension * 4)
        if elsewhere and (lacking := [n for n, key in enumerate(keys) if key not in known]):
            taken = _usable(elsewhere(lacking), embedder.dimension)
            fresh = {keys[number]: row.tobytes() for number, row in taken.items()}
            kept.write(fresh)
            known.update(fresh)
        missing: dict[bytes, str] = {}
        for key, text in zip(keys, texts, strict=True):
            if key not in known:
                missing.setdefault(key, text)
        new, step = sorted(missing), embedder.at_once if isinstance(embedder, Sends) else BATCH
        for start in range(0, len(new), step):
            batch = new[start : start + step]
            vectors = embed_checked(embedder, [missing[key] for key in batch])
            fresh = {key: row.tobytes() for key, row in zip(batch, vectors, strict=True)}
            kept.write(fresh)
            known.update(fresh)
            if progress:
                progress(start + len(batch), len(new))
    for row, key in zip(rows, keys, strict=True):
        row[:] = np.frombuffer(known[key], dtype=np.float32)
    return rows


def _usable(found: Mapping[int, Sequence[float]], dimension: int) -> dict[int, NDArray[np.float32]]:
    """What can be a vector of ours: of this dimension, of length 1 or 0."""
    import numpy as np

    rows: dict[int, NDArray[np.float32]] = {}
    for number, numbers in found.items():
        try:
            row = np.asarray(numbers, dtype=np.float32)
        except (ValueError, TypeError):
            continue
        length = float(np.linalg.norm(row)) if row.shape == (dimension,) else -1.0
        if length == 0 or abs(length - 1) < 1e-3:
            rows[number] = row
    return rows


def _key(embedder: str, text: str) -> bytes:
    return hashlib.sha256(f"{embedder}\0{text}".encode("utf-8", "surrogatepass")).digest()


class _Kept:
    """The open file, or nothing at all when it cannot be used."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    def read(self, keys: Sequence[bytes], size: int) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        if self._connection is None:
            return found
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"
            with contextlib.suppress(sqlite3.Error):
                found.update(self._connection.execute(query, part))
        return {
            key: vector for key, row in found.items() if (vector := _opened_row(key, row, size))
        }

    def write(self, rows: dict[bytes, bytes]) -> None:
        if self._connection is None:
            return
        with contextlib.suppress(sqlite3.Error), self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                [(key, vector + _sum(key, vector)) for key, vector in sorted(rows.items())],
            )


def _sum(key: bytes, vector: bytes) -> bytes:
    """Nothing else would notice a vector that was altered, or put under another text."""
    return zlib.crc32(vector, zlib.crc32(key)).to_bytes(4, "big")


def _opened_row(key: bytes, row: bytes, size: int) -> bytes:
    """The vector of a row as it was written; nothing when it is not."""
    vector = row[:-4]
    return vector if len(vector) == size and _sum(key, vector) == row[-4:] else b""


@contextlib.contextmanager
def _opened(path: Path, seconds: float = 10.0) -> Iterator[_Kept]:
    """`seconds`: how long another process that has the file locked is waited for."""
    connection, damaged = _connect(path, seconds)
    if damaged and _removed(path):
        connection, _ = _connect(path, seconds)
    try:
        yield _Kept(connection)
    finally:
        if connection is not None:
            connection.close()


def _connect(path: Path, seconds: float) -> tuple[sqlite3.Connection | None, bool]:
    """The open file; else whether it is damaged. One that is only locked, full or not to be written
    is left alone: its vectors may have been paid for."""
    connection = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=seconds)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(_SCHEMA)
        connection.execute("SELECT key, length(vector) FROM vectors LIMIT 1").fetchone()
        return connection, False
    except (sqlite3.Error, OSError) as error:
        if connection is not None:
            connection.close()
        code = getattr(error, "sqlite_errorcode", None)
        return None, code is not None and code & 0xFF in _DAMAGE


def _removed(path: Path) -> bool:
    """Take a damaged file away; it holds nothing that cannot be computed again."""
    try:
        for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            name.unlink(missing_ok=True)
    except OSError:
        return False
    return True
