"""Deadlines, retries, pauses and the limiter, over real HTTP."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterable

import pytest

from evals.scripted.reply import Reply, busy, error, silence, value
from evals.scripted.server import Asked, ModelServer, Script
from knowledge.transport.calling import Transport, open_transport
from knowledge.transport.endpoint import Endpoint, Limits
from knowledge.transport.fault import EndpointError

BODY = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
QUICK = Limits(call_seconds=5, attempts=4, first_wait=0.01)


def over(
    script: Script | Iterable[Reply],
    run: Callable[[Transport], Awaitable[None]],
    limits: Limits = QUICK,
) -> tuple[ModelServer, list[str]]:
    said: list[str] = []

    async def opened(server: ModelServer) -> None:
        async with open_transport(Endpoint(server.base_url), limits, said.append) as transport:
            await run(transport)

    with ModelServer(script) as server:
        asyncio.run(opened(server))
    return server, said


async def post(transport: Transport, deadline: float | None = None) -> int:
    async def attempt() -> int:
        url = f"{transport.endpoint.base_url}/chat/completions"
        return (await transport.http.post(url, json=BODY)).status_code

    return await transport.call(attempt, "reading", deadline)


async def fault(transport: Transport, deadline: float | None = None) -> EndpointError:
    with pytest.raises(EndpointError) as caught:
        await post(transport, deadline)
    return caught.value


@pytest.mark.parametrize("header", ["0.05", "Wed, 21 Oct 2015 07:28:00 GMT", "", "soon", "-3"])
def test_busy_is_waited_for(header: str) -> None:
    async def run(transport: Transport) -> None:
        assert await post(transport) == 200

    server, said = over([busy(header), value(1)], run)
    assert len(server.asked) == 2
    assert len(said) == 1
    assert said[0].startswith("model endpoint is busy (429); waiting ")
    assert said[0].endswith(" s, attempt 2 of 4")


def test_the_wait_is_the_one_asked_for() -> None:
    async def run(transport: Transport) -> None:
        start = time.monotonic()
        await post(transport)
        assert 0.2 <= time.monotonic() - start < 1

    _, said = over([busy("0.2"), value(1)], run)
    assert said == ["model endpoint is busy (429); waiting 0.2 s, attempt 2 of 4"]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("61", "asks to wait 61 s, more than 60 s"),
        ("Wed, 21 Oct 2199 07:28:00 GMT", "more than 60 s"),
        ("1e999", "more than 60 s"),
        ("30", "waiting 30 s would pass the time"),
    ],
)
def test_a_wait_that_is_too_long_is_given_up_at_once(header: str, said: str) -> None:
    async def run(transport: Transport) -> None:
        found = await fault(transport)
        assert found.kind == "rate"
        assert found.retry_after is not None
        assert said in str(found)

    server, spoken = over([busy(header)], run)
    assert (len(server.asked), spoken) == (1, [])


def test_attempts_are_bounded_and_waits_grow() -> None:
    async def run(transport: Transport) -> None:
        found = await fault(transport)
        assert found.kind == "server"
        assert "gave up after 4 attempts" in str(found)

    server, said = over(lambda _: error(503), run)
    assert len(server.asked) == 4
    assert [text[-6:] for text in said] == ["2 of 4", "3 of 4", "4 of 4"]


def test_a_pause_holds_for_every_call() -> None:
    times: list[float] = []

    def script(asked: Asked) -> Reply:
        times.append(time.monotonic())
        return busy("0.3") if asked.number == 1 else value(1)

    async def run(transport: Transport) -> None:
        first = asyncio.create_task(post(transport))
        while not times:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        await asyncio.gather(first, *(post(transport) for _ in range(3)))

    over(script, run)
    assert len(times) == 5
    assert min(times[1:]) - times[0] >= 0.29


def test_no_more_calls_are_in_flight_than_allowed() -> None:
    lock, now, most = threading.Lock(), [0], [0]

    def script(_: Asked) -> Reply:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.03)
        with lock:
            now[0] -= 1
        return value(1)

    async def run(transport: Transport) -> None:
        await asyncio.gather(*(post(transport) for _ in range(9)))

    over(script, run, Limits(in_flight=3))
    assert most == [3]


def test_calls_run_side_by_side() -> None:
    async def run(transport: Transport) -> None:
        start = time.monotonic()
        await asyncio.gather(*(post(transport) for _ in range(8)))
        assert time.monotonic() - start < 0.8

    over(lambda _: value(1).after(0.2), run)


def test_waiting_for_a_place_is_not_the_call_s_own_time() -> None:
    async def run(transport: Transport) -> None:
        assert await asyncio.gather(*(post(transport) for _ in range(3))) == [200] * 3

    over(lambda _: value(1).after(0.2), run, Limits(call_seconds=0.45, in_flight=1))


def test_the_deadline_of_the_whole_ends_a_call() -> None:
    async def run(transport: Transport) -> None:
        start = time.monotonic()
        found = await fault(transport, asyncio.get_running_loop().time() + 0.2)
        assert time.monotonic() - start < 1
        assert found.kind == "timeout"
        assert "review_seconds" in str(found)

    over([silence()], run)


def test_attempts_and_waits_together_keep_the_deadline() -> None:
    async def run(transport: Transport) -> None:
        start = time.monotonic()
        assert (await fault(transport)).kind in ("server", "timeout")
        assert time.monotonic() - start < 1

    limits = Limits(call_seconds=0.3, attempts=10, first_wait=0.05)
    over(lambda _: error(500).after(0.1), run, limits)


def test_a_call_after_a_timeout_works() -> None:
    async def run(transport: Transport) -> None:
        await fault(transport)
        assert await post(transport) == 200

    over([silence(), value(1)], run, Limits(call_seconds=0.2))


@pytest.mark.parametrize("reply", [busy("50"), silence()], ids=["waiting", "reading"])
def test_a_cancelled_call_stops_at_once(reply: Reply) -> None:
    async def run(transport: Transport) -> None:
        task = asyncio.create_task(post(transport))
        await asyncio.sleep(0.1)
        start = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - start < 0.5

    over([reply], run, Limits())


def test_other_errors_of_an_attempt_pass() -> None:
    async def run(transport: Transport) -> None:
        async def attempt() -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await transport.call(attempt, "reading")

    over([], run)
