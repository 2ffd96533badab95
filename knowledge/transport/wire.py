"""The HTTP client that can reach one endpoint and nothing else.

Every rule is kept below the client, where no library above can undo it: one host, no redirects, no
proxy of the environment, headers that tell nothing, bodies of a bounded size, and each failure a
typed fault. Answers are read whole here; nothing streams.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

import httpx2

from knowledge.transport.answers import fault_of
from knowledge.transport.endpoint import Endpoint, Limits
from knowledge.transport.fault import EndpointError

if TYPE_CHECKING:
    from types import TracebackType

_SENT: Final = ("host", "content-type", "content-length", "transfer-encoding", "accept")
"""The request headers that are passed on; the libraries' own describe this machine."""


def open_client(endpoint: Endpoint, limits: Limits) -> httpx2.AsyncClient:
    """A client whose every request obeys the endpoint's rules; the caller closes it.

    It has no timeout of its own: the deadline of a call holds, see `calling`.
    """
    inner = httpx2.AsyncHTTPTransport(
        trust_env=False,
        proxy=endpoint.proxy or None,
        limits=httpx2.Limits(
            max_connections=limits.in_flight, max_keepalive_connections=limits.in_flight
        ),
    )
    return httpx2.AsyncClient(
        transport=Wire(inner, endpoint, limits.response_bytes),
        follow_redirects=False,
        trust_env=False,
        timeout=None,
    )


class Wire(httpx2.AsyncBaseTransport):
    """Wraps the real transport; raises EndpointError for everything but a 2xx with JSON."""

    def __init__(
        self, inner: httpx2.AsyncBaseTransport, endpoint: Endpoint, response_bytes: int
    ) -> None:
        """`response_bytes`: the longest body."""
        self._inner = inner
        self._endpoint = endpoint
        self._most = response_bytes

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self._check_address(request)
        sent = await request.aread()
        try:
            response = await self._inner.handle_async_request(self._plain(request))
            try:
                body = await self._read(response)
            finally:
                await response.aclose()
        except (httpx2.TransportError, httpx2.DecodingError, ssl.SSLError, OSError) as error:
            raise self._unreachable(error) from None
        if not 200 <= response.status_code < 300:
            raise fault_of(self._endpoint, response.status_code, response.headers, body, sent)
        return self._answer(request, body)

    def _check_address(self, request: httpx2.Request) -> None:
        url, endpoint = request.url, self._endpoint
        port = url.port or {"http": 80, "https": 443}.get(url.scheme)
        asked = (url.scheme, url.host.strip("[]").lower(), port)
        if asked != (endpoint.scheme, endpoint.name, endpoint.port):
            raise EndpointError(
                "unreachable",
                f"only {endpoint.host} may be contacted; a request to another address was stopped",
            )

    def _plain(self, request: httpx2.Request) -> httpx2.Request:
        """The same request with no header that is not needed, and with the endpoint's key."""
        headers = [(n, v) for n, v in request.headers.items() if n.lower() in _SENT]
        headers += [("user-agent", "concord"), ("accept-encoding", "gzip")]
        if self._endpoint.api_key:
            headers.append(("authorization", f"Bearer {self._endpoint.api_key}"))
        return httpx2.Request(
            request.method,
            request.url,
            headers=headers,
            stream=request.stream,
            extensions=request.extensions,
        )

    async def _read(self, response: httpx2.Response) -> bytes:
        """The body, unpacked; stopped at the cap, as sent and as unpacked."""
        packed = response.headers.get("content-encoding", "").strip().lower()
        if packed not in ("", "identity", "gzip", "deflate"):
            raise EndpointError(
                "malformed", f"{self._endpoint.host} packed its answer in a way nobody asked for"
            )
        stream = response.stream
        assert isinstance(stream, httpx2.AsyncByteStream)
        counted = httpx2.Response(
            response.status_code, headers=response.headers, stream=_Counted(stream, self)
        )
        body = bytearray()
        async for part in counted.aiter_bytes():
            body += part
            self.check_size(len(body))
        return bytes(body)

    def check_size(self, size: int) -> None:
        """Raises EndpointError when a body has grown past the cap."""
        if size > self._most:
            raise EndpointError(
                "too_large",
                f"{self._endpoint.host} sent more than {self._most:,} bytes in one answer;"
                " the rest was not read",
            )

    def _answer(self, request: httpx2.Request, body: bytes) -> httpx2.Response:
        """Only what was read: no cookie, no header that a library could follow."""
        try:
            whole = isinstance(json.loads(body), dict)
        except (ValueError, RecursionError):
            whole = False
        if not whole:
            raise EndpointError(
                "malformed",
                f"{self._endpoint.host} answered with something else than a JSON object:"
                f" check base_url in [{self._endpoint.table}]",
            )
        headers = {"content-type": "application/json"}
        return httpx2.Response(200, headers=headers, content=body, request=request)

    def _unreachable(self, error: Exception) -> EndpointError:
        host = self._endpoint.host
        if isinstance(error, httpx2.TimeoutException):
            return EndpointError("timeout", f"{host} did not answer in time", retry=True)
        if "CERTIFICATE_VERIFY" in str(error).upper():
            return EndpointError(
                "unreachable", f"{host} has a certificate that is not trusted: check base_url"
            )
        if isinstance(error, httpx2.DecodingError):
            return EndpointError("malformed", f"{host} sent an answer that cannot be unpacked")
        reason, retry = _reason(error)
        return EndpointError(
            "unreachable",
            f"{host} {reason}: check base_url in [{self._endpoint.table}],"
            " the network and the proxy",
            retry=retry,
        )

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self._inner.__aexit__(exc_type, exc_value, traceback)


class _Counted(httpx2.AsyncByteStream):
    """Counts what arrives before it is unpacked."""

    def __init__(self, inner: httpx2.AsyncByteStream, wire: Wire) -> None:
        self._inner = inner
        self._wire = wire

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._inner:
            size += len(part)
            self._wire.check_size(size)
            yield part

    async def aclose(self) -> None:
        await self._inner.aclose()


def _reason(error: Exception) -> tuple[str, bool]:
    """What happened, in words, and whether the same may succeed later."""
    text = str(error).lower()
    if isinstance(error, httpx2.ProxyError):
        return "cannot be reached through the proxy", False
    if isinstance(error, httpx2.ConnectError):
        if any(word in text for word in ("name or service", "getaddrinfo", "nodename", "resolve")):
            return "has a name that cannot be resolved", True
        if "ssl" in text or "tls" in text:
            return "does not speak TLS as expected", False
        if "refused" in text or "all connection attempts failed" in text:
            return "refuses connections", True
        return "cannot be reached", True
    return "closed the connection before its answer was whole", True
