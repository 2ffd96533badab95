"""The scripted endpoint takes what the published API takes, and refuses the rest."""

import json
from typing import Any

import pytest

from evals.scripted.request import request_problems
from evals.scripted.strict import strict_problems

CALL = {"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{}"}}
USER = {"role": "user", "content": "answer as JSON"}
ASKS = {"role": "assistant", "content": None, "tool_calls": [CALL]}
TOOL = {"role": "tool", "content": "nothing", "tool_call_id": "c1"}
OFFER = {"type": "function", "function": {"name": "find", "parameters": {"type": "object"}}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"a": {"type": "string"}, "b": {"anyOf": [{"$ref": "#/$defs/B"}]}},
    "required": ["a", "b"],
    "additionalProperties": False,
    "$defs": {"B": {"type": "array", "items": {"type": ["integer", "null"]}}},
}


def problems(**fields: Any) -> list[str]:
    return request_problems(json.dumps({"model": "m", "messages": [USER], **fields}).encode())


def form(schema: dict[str, Any], strict: bool = True) -> dict[str, Any]:
    return {
        "type": "json_schema",
        "json_schema": {"name": "x", "strict": strict, "schema": schema},
    }


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"messages": [{"role": "system", "content": "s"}, USER, ASKS, TOOL, USER]},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}]}]},
        {"tools": [OFFER], "tool_choice": "auto", "parallel_tool_calls": True},
        {"tools": [OFFER], "tool_choice": {"type": "function", "function": {"name": "find"}}},
        {"response_format": form(SCHEMA)},
        {"response_format": form({"type": "object", "title": "loose"}, strict=False)},
        {"response_format": {"type": "json_object"}},
        {"temperature": 0, "top_p": 1.0, "seed": 7, "n": 1, "max_completion_tokens": 1},
    ],
)
def test_what_the_api_takes(fields: dict[str, Any]) -> None:
    assert problems(**fields) == []


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"model": ""}, "model"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "messages.0"),
        ({"messages": [{"role": "user", "content": None}]}, "messages.0"),
        ({"messages": [{"role": "assistant", "content": ""}]}, "messages.0"),
        ({"messages": [USER, ASKS, USER]}, "messages.2"),
        ({"messages": [USER, ASKS]}, "messages"),
        ({"messages": [USER, TOOL]}, "messages.1"),
        ({"messages": [USER, ASKS, TOOL, TOOL]}, "messages.3"),
        ({"messages": [USER, {**ASKS, "tool_calls": [CALL, CALL]}, TOOL]}, "messages.1"),
        ({"messages": [USER, {**ASKS, "tool_calls": []}]}, "messages.1"),
        ({"tools": []}, "tools"),
        ({"tools": [OFFER, OFFER]}, "tools"),
        ({"tools": [{"type": "function", "function": {"name": "a b"}}]}, "tools.0"),
        ({"tool_choice": "auto"}, "tool_choice"),
        ({"tools": [OFFER], "tool_choice": "must"}, "tool_choice"),
        ({"temperature": 2.1}, "temperature"),
        ({"temperature": "0"}, "temperature"),
        ({"max_completion_tokens": 0}, "max_completion_tokens"),
        ({"n": 2}, "n"),
        ({"stream": True}, "stream"),
        ({"max_retries": 3}, "max_retries"),
        ({"response_format": {"type": "xml"}}, "response_format"),
        ({"response_format": form({"type": "object"})}, "response_format"),
        (
            {
                "messages": [{"role": "user", "content": "hi"}],
                "response_format": {"type": "json_object"},
            },
            "response_format",
        ),
    ],
)
def test_what_the_api_refuses(fields: dict[str, Any], place: str) -> None:
    found = problems(**fields)
    assert found
    assert found[0].startswith(place)


def test_what_is_no_request() -> None:
    for raw in (b"", b"[]", b"{", b"\xff"):
        assert request_problems(raw)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"additionalProperties": True}, "additionalProperties"),
        ({"required": ["a"]}, "required"),
        ({"type": "array", "items": {"type": "string"}}, "root"),
        ({"anyOf": [{"type": "object"}]}, "root"),
        ({"title": "X"}, "`title`"),
        ({"default": {}}, "`default`"),
        ({"properties": {"a": {}, "b": {"type": "string"}}}, "schema.a: neither"),
        ({"properties": {"a": {"type": "text"}, "b": {"type": "null"}}}, "unknown"),
        ({"properties": {"a": {"$ref": "#/$defs/C"}, "b": {"type": "null"}}}, "leads nowhere"),
        ({"properties": {"a": {"type": "array"}, "b": {"type": "null"}}}, "schema.a[]"),
        ({"properties": {"a": {"type": "string", "minLength": 1}, "b": True}}, "minLength"),
    ],
)
def test_what_a_strict_schema_may_not_say(change: dict[str, Any], said: str) -> None:
    assert any(said in problem for problem in strict_problems({**SCHEMA, **change}))


def test_a_schema_that_is_too_deep_or_too_large() -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(12):
        deep = {"type": "array", "items": deep}
    names = [f"p{number}" for number in range(5001)]
    for properties in ({"a": deep}, {name: {"type": "null"} for name in names}):
        schema = {**SCHEMA, "properties": properties, "required": list(properties)}
        assert len(list(strict_problems(schema))) == 1
