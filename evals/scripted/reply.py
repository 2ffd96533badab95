"""What the scripted endpoint answers, and each way in which an endpoint can misbehave.

Owns the shape of answers and errors of the API; sends nothing.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Manner = Literal["whole", "drip", "silent", "cut"]
"""How the bytes go out: at once; one by one without end; never; half of them, then closed."""


@dataclass(frozen=True)
class Reply:
    """One answer of the script."""

    status: int = 200
    message: Mapping[str, Any] | None = None
    """The assistant's message of a completion; None: `body` is sent as it is."""
    finish: str = "stop"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0
    """Seconds before anything is sent."""
    manner: Manner = "whole"

    def after(self, seconds: float) -> "Reply":
        return replace(self, delay=seconds)


def content(text: str, finish: str = "stop") -> Reply:
    """The model says this; finish `length` or `content_filter` when it was stopped."""
    return Reply(message={"role": "assistant", "content": text}, finish=finish)


def value(data: object) -> Reply:
    """The model says this as JSON."""
    return content(json.dumps(data))


def tool_calls(*calls: tuple[str, object]) -> Reply:
    """The model asks for tools, all at once; arguments that are a str go out as they are."""
    made = [
        {
            "id": f"call_{number}_{name}",
            "type": "function",
            "function": {
                "name": name,
                "arguments": given if isinstance(given, str) else json.dumps(given),
            },
        }
        for number, (name, given) in enumerate(calls)
    ]
    message = {"role": "assistant", "content": None, "tool_calls": made}
    return Reply(message=message, finish="tool_calls")


def refusal(text: str = "I cannot help with that.") -> Reply:
    return Reply(message={"role": "assistant", "content": None, "refusal": text})


def empty() -> Reply:
    return Reply(message={"role": "assistant", "content": ""})


def error(
    status: int,
    message: str = "something is wrong",
    *,
    code: str = "",
    about: str = "",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """An error in the shape of the API."""
    data = {"message": message, "type": "error", "param": about or None, "code": code or None}
    return Reply(status, body=json.dumps({"error": data}).encode(), headers=headers or {})


def busy(retry_after: str = "") -> Reply:
    """429; `retry_after` is the header's text, empty for none."""
    return error(
        429, "rate limit reached", headers={"Retry-After": retry_after} if retry_after else {}
    )


def redirect(address: str, status: int = 307) -> Reply:
    return Reply(status, headers={"Location": address})


def page(status: int = 200) -> Reply:
    """What a proxy or a wrong address answers."""
    return Reply(
        status,
        body=b"<!doctype html><title>Sign in</title>",
        headers={"Content-Type": "text/html"},
    )


def raw(body: bytes, status: int = 200) -> Reply:
    """These bytes as a JSON body, whatever they are."""
    return Reply(status, body=body)


def flood(size: int = 10 << 20) -> Reply:
    """A body of so many bytes."""
    return Reply(body=b'{"x": "' + b"a" * size + b'"}')


def bomb(size: int = 50 << 20) -> Reply:
    """A small body that unpacks to so many bytes."""
    packed = gzip.compress(b'{"x": "' + b" " * size + b'"}', compresslevel=9)
    return Reply(body=packed, headers={"Content-Encoding": "gzip"})


def drip() -> Reply:
    """One byte after the other, without end."""
    return Reply(body=b" ", manner="drip")


def silence() -> Reply:
    """The request is taken and nothing ever comes."""
    return Reply(manner="silent")


def cut(text: str = "half of this is missing") -> Reply:
    """The connection is closed in the middle of the body."""
    return replace(content(text), manner="cut")


def completion(reply: Reply, model: str, usage: Mapping[str, int]) -> bytes:
    """The body of a completion as the API sends it."""
    choice = {"index": 0, "message": dict(reply.message or {}), "finish_reason": reply.finish}
    choice["message"] = {"refusal": None, **dict(reply.message or {})}
    return json.dumps(
        {
            "id": "chatcmpl-scripted",
            "object": "chat.completion",
            "created": 1,
            "model": model,
            "choices": [choice],
            "usage": {
                "prompt_tokens": usage["input"],
                "completion_tokens": usage["output"],
                "total_tokens": usage["input"] + usage["output"],
                "prompt_tokens_details": {"cached_tokens": usage["cached"]},
            },
        }
    ).encode()


def tokens(texts: Sequence[str]) -> int:
    """A rough count that tests can repeat: a token for each started group of four characters."""
    return sum(-(-len(text) // 4) for text in texts)
