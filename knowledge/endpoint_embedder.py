"""Vectors from an OpenAI-compatible `/embeddings` endpoint, over the same transport as the model.

Owns the requests and the check of their answers; keeps no vector (`vectors.py` does). Texts leave
the machine here, so whoever calls it has told the person and kept back what may not be sent.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from knowledge.errors import Unavailable
from knowledge.transport.calling import Transport, open_transport
from knowledge.transport.endpoint import Endpoint, Limits
from knowledge.transport.fault import EndpointError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
Say = Callable[[str], None]
LONGEST: Final = 6000
"""Characters of a text that are sent: whatever the language, fewer than 8,191 tokens."""
PROBE: Final = "How many numbers has a vector?"
KEPT: Final = "embedding.json"
"""In the cache: the dimension of each endpoint and model that was asked for it."""


@dataclass(frozen=True)
class Vectors:
    """What is asked of which endpoint."""

    endpoint: Endpoint
    limits: Limits
    model: str
    dimension: int | None = None
    """None: the model's own, found out by one request and kept in the cache."""
    batch: int = 128
    """Texts of one request."""


class EndpointEmbedder:
    """Implements `Embedder`; `host` makes it one that sends texts away."""

    def __init__(self, asked: Vectors, cache: Path, say: Say) -> None:
        """`cache` keeps the dimension. Nothing is sent before a vector or the name is asked for."""
        self._asked, self._cache, self._say = asked, cache, say
        self._dimension = asked.dimension or 0
        self.host = asked.endpoint.host
        self.at_once = asked.batch * asked.limits.in_flight
        """Texts that are sent side by side; whoever keeps vectors keeps them after so many."""

    @property
    def name(self) -> str:
        """Endpoint, model and dimension."""
        return f"{self._model} {self.dimension}"

    @property
    def dimension(self) -> int:
        """Of a vector; asked for once. Unavailable: the endpoint gives none."""
        if not self._dimension:
            self._dimension = _kept(self._cache).get(self._model, 0)
        if not self._dimension:
            (found,) = self._run(self._each([[PROBE]], None))
            self._dimension = len(found[0])
            _keep(self._cache, self._model, self._dimension)
        return self._dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors; zeros for a text without any character, which is not sent."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        full = [number for number, text in enumerate(texts) if text.strip()]
        step = self._asked.batch
        parts = [full[start : start + step] for start in range(0, len(full), step)]
        sent = [[texts[number][:LONGEST] for number in part] for part in parts]
        for part, found in zip(parts, self._run(self._each(sent, self._dimension)), strict=True):
            rows[part] = np.asarray(found, dtype=np.float64)
        lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    @property
    def _model(self) -> str:
        return f"openai {self._asked.endpoint.base_url} {self._asked.model}"

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        """To its end from code that is not asynchronous, inside a running loop or outside."""
        try:
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                return asyncio.run(work)
            with ThreadPoolExecutor(1) as beside:
                return beside.submit(asyncio.run, work).result()
        except EndpointError as error:
            raise Unavailable(
                f"{error}; vectors that were made before are kept, and the next run goes on there"
            ) from error

    async def _each(
        self, parts: Sequence[Sequence[str]], dimension: int | None
    ) -> list[list[list[float]]]:
        """The vectors of each part. All requests end before the first fault is raised."""
        if not parts:
            return []
        async with open_transport(self._asked.endpoint, self._asked.limits, self._say) as line:
            asked = (self._request(line, part, dimension) for part in parts)
            found = await asyncio.gather(*asked, return_exceptions=True)
        for part in found:
            if isinstance(part, BaseException):
                raise part
        return [part for part in found if not isinstance(part, BaseException)]

    async def _request(
        self, line: Transport, texts: Sequence[str], dimension: int | None
    ) -> list[list[float]]:
        body: dict[str, object] = {
            "model": self._asked.model,
            "input": list(texts),
            "encoding_format": "float",
        }
        if self._asked.dimension:
            body["dimensions"] = self._asked.dimension

        async def attempt() -> list[list[float]]:
            answer = await line.http.post(f"{line.endpoint.base_url}/embeddings", json=body)
            return self._rows(answer.content, len(texts), dimension)

        return await line.call(attempt, f"vectors of {len(texts)} texts")

    def _rows(self, content: bytes, count: int, dimension: int | None) -> list[list[float]]:
        """The rows in the order of the texts, or what is wrong with them."""
        try:
            data = json.loads(content)["data"]
            rows = {item["index"]: [float(number) for number in item["embedding"]] for item in data}
        except (ValueError, KeyError, TypeError, OverflowError):
            raise self._malformed("something else than vectors") from None
        if len(data) != count or sorted(rows) != list(range(count)):
            raise self._malformed(f"{len(rows)} vectors for {count} texts")
        lengths = {len(row) for row in rows.values()}
        wanted = self._asked.dimension or dimension
        if len(lengths) != 1 or 0 in lengths:
            raise self._malformed("vectors of different lengths")
        if wanted and lengths != {wanted}:
            raise self._changed(wanted, lengths.pop())
        return [rows[number] for number in range(count)]

    def _changed(self, wanted: int, found: int) -> EndpointError:
        """Of the dimension: vectors of different ones are never mixed, so all are made anew."""
        if self._asked.dimension:
            return self._malformed(
                f"vectors of {found} numbers where `dimension` in [embedding] asks for {wanted}"
            )
        _keep(self._cache, self._model, found)
        return self._malformed(
            f"vectors of {found} numbers and {wanted} before, so it runs another model now: run"
            " again, and every text is embedded anew"
        )

    def _malformed(self, what: str) -> EndpointError:
        return EndpointError("malformed", f"{self.host} answered with {what}")


def _kept(cache: Path) -> dict[str, int]:
    """Dimensions by endpoint and model; nothing where the file is missing or damaged."""
    try:
        found = json.loads((cache / KEPT).read_text(encoding="utf-8"))
        return {str(name): int(size) for name, size in found.items() if 0 < int(size) <= 65_536}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(cache: Path, model: str, dimension: int) -> None:
    """A cache that cannot be written only costs one request more the next time."""
    content = json.dumps({**_kept(cache), model: dimension}, sort_keys=True)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        aside = cache / f"{KEPT}.tmp"
        aside.write_text(content, encoding="utf-8")
        aside.replace(cache / KEPT)
    except OSError:
        return
