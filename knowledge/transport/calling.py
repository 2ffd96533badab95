"""One request to an endpoint: limiter, total deadline, retries that are spoken and can be stopped.

Owns time. What a status means is `answers`, what may be contacted is `wire`. Only a fault that says
so is tried again; a cancelled task stops at once, also in the middle of a wait.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from knowledge.quiet import quietly
from knowledge.transport.endpoint import Endpoint, Limits
from knowledge.transport.fault import EndpointError, FaultKind

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")
Say = Callable[[str], None]


@asynccontextmanager
async def open_transport(
    endpoint: Endpoint, limits: Limits | None = None, say: Say | None = None
) -> AsyncIterator[Transport]:
    """The way to one endpoint, closed at the end; `say` gets a sentence for each wait."""
    limits = limits or Limits()
    with quietly():
        from knowledge.transport.wire import open_client
    async with open_client(endpoint, limits) as http:
        yield Transport(endpoint, limits, http, say or _say_nothing)


class Transport:
    """All calls to one endpoint; a pause that the endpoint asks for holds for each of them."""

    def __init__(
        self, endpoint: Endpoint, limits: Limits, http: httpx2.AsyncClient, say: Say
    ) -> None:
        self.endpoint = endpoint
        self.limits = limits
        self.http = http
        """For libraries that take a client; it reaches the endpoint and nothing else."""
        self._say = say
        self._slots = asyncio.Semaphore(limits.in_flight)
        self._resume = 0.0
        """Loop time before which nothing is sent."""

    async def call(
        self, attempt: Callable[[], Awaitable[T]], label: str, deadline: float | None = None
    ) -> T:
        """The first result of `attempt`, tried as often as the limits allow.

        All attempts and waits together end at `limits.call_seconds` after the first attempt, or at
        `deadline` (loop time), whichever is earlier. `label` names the call in messages. Raises
        EndpointError, and lets every other exception of `attempt` through.
        """
        span = _Span(self.limits.call_seconds, deadline)
        number = 1
        while True:
            try:
                return await self._attempt(attempt, span)
            except TimeoutError:
                raise self._late(label, span) from None
            except EndpointError as fault:
                wait = self._wait(fault, number, span)
            number += 1
            await asyncio.sleep(wait)

    async def _attempt(self, attempt: Callable[[], Awaitable[T]], span: _Span) -> T:
        """TimeoutError at the end of the span, wherever it is met."""
        async with asyncio.timeout_at(span.end), self._slots:
            while (pause := self._resume - _now()) > 0:
                await asyncio.sleep(pause)
            span.start()
            async with asyncio.timeout_at(span.end):
                return await attempt()

    def _wait(self, fault: EndpointError, number: int, span: _Span) -> float:
        """Seconds until the next attempt, spoken; raises the fault when there is none."""
        if not fault.retry:
            raise fault
        if number >= self.limits.attempts:
            raise _given_up(fault, f"gave up after {number} attempts" if number > 1 else "")
        wait = fault.retry_after
        if wait is None:
            spread = random.uniform(0.5, 1)
            wait = (
                min(self.limits.first_wait * 2 ** (number - 1), self.limits.longest_wait) * spread
            )
        if wait > self.limits.longest_wait:
            most = _seconds(self.limits.longest_wait)
            raise _given_up(fault, f"it asks to wait {_seconds(wait)}, more than {most}")
        if span.end is not None and _now() + wait >= span.end:
            raise _given_up(fault, f"waiting {_seconds(wait)} would pass the time for this call")
        if fault.kind == "rate":
            self._resume = max(self._resume, _now() + wait)
        self._say(
            f"{self.endpoint.table} endpoint {_TROUBLE.get(fault.kind, 'failed')};"
            f" waiting {_seconds(wait)}, attempt {number + 1} of {self.limits.attempts}"
        )
        return wait

    def _late(self, label: str, span: _Span) -> EndpointError:
        host = self.endpoint.host
        if span.whole:
            return EndpointError(
                "timeout",
                f"{host}: no time was left for {label}:"
                f" raise review_seconds in [{self.endpoint.table}]",
            )
        return EndpointError(
            "timeout",
            f"{host} did not finish {label} within {_seconds(self.limits.call_seconds)}:"
            f" try again, or raise call_seconds in [{self.endpoint.table}]",
        )


class _Span:
    """When a call has to end: `seconds` from its first attempt, and never after `deadline`."""

    def __init__(self, seconds: float, deadline: float | None) -> None:
        self._seconds = seconds
        self._deadline = deadline
        self._end: float | None = None

    def start(self) -> None:
        """The first attempt begins; later ones change nothing."""
        if self._end is None:
            self._end = _now() + self._seconds

    @property
    def end(self) -> float | None:
        return min((t for t in (self._end, self._deadline) if t is not None), default=None)

    @property
    def whole(self) -> bool:
        """The deadline of the whole is what ends the call."""
        return self._deadline is not None and self.end == self._deadline


_TROUBLE: Final[dict[FaultKind, str]] = {
    "rate": "is busy (429)",
    "unreachable": "cannot be reached",
}


def _given_up(fault: EndpointError, why: str) -> EndpointError:
    return EndpointError(
        fault.kind,
        f"{fault}; {why}" if why else str(fault),
        retry=fault.retry,
        retry_after=fault.retry_after,
        about=fault.about,
    )


def _now() -> float:
    return asyncio.get_running_loop().time()


def _seconds(value: float) -> str:
    """`12 s`, and `0.4 s` below ten."""
    if value >= 10 or value == int(value):
        return f"{value:,.0f} s"
    return f"{value:.1f} s"


def _say_nothing(_: str) -> None:
    """For a caller that has nobody to tell."""
