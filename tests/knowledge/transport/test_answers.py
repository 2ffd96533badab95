"""What a status means, and what an endpoint says of it: cleaned, cut, without key and prompt."""

import json
from datetime import UTC, datetime

import pytest

from knowledge.transport.answers import fault_of, seconds_to_wait
from knowledge.transport.endpoint import Endpoint
from knowledge.transport.fault import EndpointError, Usage

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PROMPT = "The claim of Ms Example is read by the assistant before anybody else sees it."
REQUEST = json.dumps(
    {"messages": [{"role": "user", "content": f"Please read this.\n{PROMPT}"}]}
).encode()


def told(message: object, status: int = 400) -> EndpointError:
    body = json.dumps({"error": {"message": message}}).encode()
    return fault_of(Endpoint("https://a.example/v1", "my-own-key"), status, {}, body, REQUEST)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-4"}, 0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Mon, 02 Mar 2026 12:00:20 GMT"}, 20),
        ({"retry-after": "Mon, 02 Mar 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "Mon, 02 Mar 2026 12:00:20 -0000"}, 20),
        ({"retry-after": "Mon, 99 Mar 2026 12:00:20 GMT"}, None),
    ],
)
def test_retry_after_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    assert seconds_to_wait(headers, NOW) == seconds


def test_what_is_said_is_one_clean_line_of_bounded_length() -> None:
    fault = told("bad\r\n\x1b[31mthing\x1b[0m " + "y" * 900)
    assert str(fault).startswith("a.example:443 rejected the request (400): bad thing yyy")
    assert str(fault).isprintable()
    assert len(str(fault)) == len("a.example:443 rejected the request (400): ") + 200


def test_what_repeats_the_request_is_left_out() -> None:
    assert str(told(f"cannot read: {PROMPT}")).endswith("cannot read:…")


def test_keys_are_left_out() -> None:
    text = str(told("the key my-own-key or sk-abcdef123456 or sk-a***********9876 is wrong", 401))
    assert "the key … or … or … is wrong" in text


@pytest.mark.parametrize("message", [None, 7, {"a": 1}, ["x"], "", "   "])
def test_a_message_that_is_none_adds_nothing(message: object) -> None:
    assert str(told(message)) == "a.example:443 rejected the request (400)"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"<html>", b"[1]", b"[" * 100_000, b"1"])
def test_a_body_that_is_no_error_adds_nothing(body: bytes) -> None:
    fault = fault_of(Endpoint("http://[::1]:8000/v1"), 400, {}, body, REQUEST)
    assert str(fault) == "[::1]:8000 rejected the request (400)"


def test_other_forms_of_an_error_are_understood() -> None:
    endpoint = Endpoint("https://a.example/v1")
    for body in (b'{"error": "no such thing"}', b'{"message": "no such thing"}'):
        assert "no such thing" in str(fault_of(endpoint, 404, {}, body, REQUEST))


def test_usage_adds_up() -> None:
    assert Usage(1, 2, 3, 4) + Usage(10, 20, 30, 40) == Usage(11, 22, 33, 44)
