"""The scripted endpoint serves in turn, keeps what it was sent, and counts what it sends."""

import json
import urllib.error
import urllib.request
from typing import Any

from evals.scripted.reply import tokens, value
from evals.scripted.server import ModelServer

SYSTEM = {"role": "system", "content": "s" * 40}
USER = {"role": "user", "content": "u" * 9}


def post(server: ModelServer, body: object, key: str = "k", path: str = "") -> tuple[int, Any]:
    request = urllib.request.Request(
        server.base_url + (path or "/chat/completions"),
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_replies_come_in_turn_then_no_more() -> None:
    body = {"model": "m", "messages": [SYSTEM, USER]}
    with ModelServer([value(1), value(2)]) as server:
        got = [post(server, body) for _ in range(3)]
    assert [status for status, _ in got] == [200, 200, 404]
    assert [a["choices"][0]["message"]["content"] for _, a in got[:2]] == ["1", "2"]
    assert got[2][1]["error"]["message"] == "the script has no reply left"


def test_usage_follows_the_length_and_a_known_prefix_is_cached() -> None:
    with ModelServer([value(1), value(2)]) as server:
        body = {"model": "m", "messages": [SYSTEM, USER]}
        first, second = (post(server, body)[1]["usage"] for _ in range(2))
    assert (
        first["prompt_tokens"] == second["prompt_tokens"] == 10 + 3 == tokens(["s" * 40, "u" * 9])
    )
    assert first["prompt_tokens_details"]["cached_tokens"] == 0
    assert second["prompt_tokens_details"]["cached_tokens"] == 10
    assert server.usage[1] == {"input": 13, "cached": 10, "output": first["completion_tokens"]}


def test_the_key_is_checked_and_not_kept() -> None:
    with ModelServer([value(1)], key="right") as server:
        assert post(server, {}, key="wrong-key")[0] == 401
    assert [asked.authorized for asked in server.asked] == [False]
    assert "wrong-key" not in repr(server.asked)


def test_a_request_that_does_not_fit_is_refused_in_the_shape_of_the_api() -> None:
    with ModelServer([value(1)]) as server:
        status, answer = post(server, {"model": "m", "messages": [USER], "tool_choice": "auto"})
        assert post(server, {}, path="/completions")[0] == 404
    assert status == 400
    assert set(answer["error"]) == {"message", "type", "param", "code"}
    assert answer["error"]["param"] == "tool_choice"
    assert server.refused == ["tool_choice: only allowed when tools are given"]


def test_what_was_asked_can_be_looked_at() -> None:
    schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    wanted = {"type": "json_schema", "json_schema": {"name": "trust", "schema": schema}}
    with ModelServer([value(1)]) as server:
        post(server, {"model": "m", "messages": [SYSTEM, USER], "response_format": wanted})
    (asked,) = server.asked
    assert (asked.number, asked.schema, asked.tools) == (1, "trust", ())
    assert asked.text == f"{SYSTEM['content']}\n{USER['content']}"
