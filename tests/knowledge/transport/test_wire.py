"""The client reaches one endpoint and nothing else, whoever uses it."""

import asyncio
from collections.abc import Iterable

import httpx2
import pytest

from evals.scripted.reply import Reply, error, flood, raw, value
from evals.scripted.server import ModelServer
from knowledge.transport.endpoint import Endpoint, Limits
from knowledge.transport.fault import EndpointError
from knowledge.transport.wire import open_client

BODY = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}


def send(
    replies: Iterable[Reply], path: str = "/chat/completions", **options: object
) -> tuple[httpx2.Response | EndpointError, ModelServer]:
    async def run(server: ModelServer) -> httpx2.Response | EndpointError:
        base = str(options.get("base", server.base_url))
        endpoint = Endpoint(base, "sk-key", str(options.get("proxy", "")))
        async with open_client(endpoint, Limits(response_bytes=2000)) as client:
            address = path if "://" in path else server.base_url + path
            try:
                return await client.post(address, json=BODY, follow_redirects=True)
            except EndpointError as fault:
                return fault

    with ModelServer(replies, key="sk-key") as server:
        return asyncio.run(run(server)), server


def test_an_answer_comes_back_bare() -> None:
    reply = Reply(message={"content": "x"}, headers={"Set-Cookie": "a=b", "X-Follow": "me"})
    answer, _ = send([reply])
    assert isinstance(answer, httpx2.Response)
    assert set(answer.headers) == {"content-type", "content-length"}
    assert answer.json()["choices"][0]["message"]["content"] == "x"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_another_address_is_never_contacted(scheme: str) -> None:
    with ModelServer([value(1)]) as elsewhere:
        for host in ("127.0.0.1", "localhost"):
            answer, server = send([], f"{scheme}://{host}:{elsewhere.port}/v1/chat/completions")
            assert isinstance(answer, EndpointError)
            assert answer.kind == "unreachable"
            assert "was stopped" in str(answer)
            assert server.connections == 0
        assert elsewhere.connections == 0


def test_a_redirect_is_no_way_around() -> None:
    with ModelServer([value(1)]) as elsewhere:
        answer, _ = send([Reply(307, headers={"Location": elsewhere.base_url})])
        assert isinstance(answer, EndpointError)
        assert answer.kind == "redirect"
        assert elsewhere.connections == 0


@pytest.mark.parametrize("status", [200, 400, 500])
def test_the_cap_holds_for_every_status(status: int) -> None:
    answer, _ = send([raw(flood(3000).body, status)])
    assert isinstance(answer, EndpointError)
    assert answer.kind == "too_large"


def test_a_body_as_long_as_the_cap_is_read() -> None:
    body = b'{"x": "' + b"a" * (2000 - 9) + b'"}'
    answer, _ = send([raw(body)])
    assert isinstance(answer, httpx2.Response)
    assert len(answer.content) == 2000


def test_a_configured_proxy_is_used_and_its_failure_told() -> None:
    answer, server = send([], base="http://model.example/v1", path="http://model.example/v1/x")
    assert isinstance(answer, EndpointError)
    with ModelServer([value(1)], key="sk-key") as proxy:
        answer, server = send(
            [],
            base="http://model.example/v1",
            path="http://model.example/v1/chat/completions",
            proxy=f"http://127.0.0.1:{proxy.port}",
        )
        assert proxy.asked[0].path == "http://model.example/v1/chat/completions"
    assert server.connections == 0


def test_the_key_of_the_endpoint_replaces_any_other() -> None:
    answer, server = send([value(1)])
    assert isinstance(answer, httpx2.Response)
    assert server.asked[0].authorized


def test_about_names_the_part_of_the_request() -> None:
    answer, _ = send([error(400, "no", about="response_format")])
    assert isinstance(answer, EndpointError)
    assert answer.about == "response_format"
