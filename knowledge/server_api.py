"""Chroma's HTTP client with our own transport under it; nothing else imports its internals.

It answers each request whole, within a deadline and a size, from the one host that was asked.
"""

from __future__ import annotations

import time
from typing import Any, Final
from urllib.parse import quote

import httpx
import orjson
from chromadb.api.fastapi import FastAPI
from chromadb.config import System
from chromadb.errors import ChromaError, InternalError, NotFoundError, error_types
from overrides import override

READS: Final = ("get", "/query", "/search")
"""A request that is a GET, or whose path ends so, reads."""


class Api(FastAPI):
    """What `chromadb.HttpClient` speaks through; errors are Chroma's own or httpx's."""

    def __init__(self, system: System, read: float, write: float, most: int) -> None:
        """Seconds of a request that reads and of one that writes; bytes of an answer."""
        super().__init__(system)
        headers = dict(self._session.headers)
        self._session.close()
        self._session = httpx.Client(
            timeout=read,
            limits=self.http_limits,
            trust_env=False,
            headers={**headers, "user-agent": "concord"},
        )
        self._read, self._write, self._most = read, write, most

    def shut(self) -> None:
        """End all connections."""
        self._session.close()

    @override
    def _make_request(self, method: str, path: str, **kwargs: Any) -> Any:
        body = kwargs.pop("json", None)
        if body is not None:
            kwargs["content"] = orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)
        reads = method == READS[0] or path.endswith(READS[1:]) or path.endswith("/get")
        seconds = self._read if reads else self._write
        url = self._api_url + quote(path, safe="/")
        with self._session.stream(method.upper(), url, timeout=seconds, **kwargs) as answer:
            content = self._whole(answer, time.monotonic() + seconds)
            if not answer.is_success:
                raise _error(answer.status_code, content)
        return orjson.loads(content)

    def _whole(self, answer: httpx.Response, deadline: float) -> bytes:
        """A timeout of httpx holds for each read; this one holds for all of them together."""
        content = bytearray()
        for part in answer.iter_bytes():
            content += part
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout("the answer came too slowly")
            if len(content) > self._most:
                raise InternalError(f"it sent more than {self._most:,} bytes in one answer")
        return bytes(content)


def _error(status: int, content: bytes) -> ChromaError:
    """What the server names, else its status."""
    try:
        said = orjson.loads(content)
        kind, message = str(said["error"]), str(said["message"])
    except (ValueError, KeyError, TypeError):
        return InternalError(f"status {status}")
    if status == 404 and kind not in error_types:
        return NotFoundError(message)
    return error_types.get(kind, InternalError)(message)
