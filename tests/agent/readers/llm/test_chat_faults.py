"""Every way in which a model or its endpoint can fail ends in its own typed fault."""

import logging
import os
import socket
import time

import pytest

from evals.scripted.reply import (
    Reply,
    bomb,
    busy,
    content,
    cut,
    drip,
    empty,
    error,
    flood,
    page,
    raw,
    redirect,
    refusal,
    silence,
    tool_calls,
    value,
)
from evals.scripted.server import ModelServer
from knowledge.transport.endpoint import Limits
from tests.support.chatting import BAD, GOOD, KEY, SECRET, ask, ask_at, fault_of, look_up, value_of

SHORT = Limits(call_seconds=0.3, attempts=2, first_wait=0.01)


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (error(401), "auth", "CONCORD_API_KEY"),
        (error(403), "auth", "does not let this key"),
        (error(404), "not_found", "check base_url and name"),
        (error(400, "max_tokens is too large"), "rejected", "max_tokens is too large"),
        (error(422), "rejected", "(422)"),
        (error(413), "rejected", "(413)"),
        (busy("300"), "rate", "asks to wait 300 s, more than 60 s"),
        (error(429, code="insufficient_quota"), "rate", "no quota left"),
        (page(), "malformed", "JSON object"),
        (page(407), "rejected", "(407)"),
        (raw(b'{"choices": '), "malformed", "JSON object"),
        (raw(b"[1]"), "malformed", "JSON object"),
        (raw(b"{}"), "malformed", "chat completion"),
        (raw(b'{"choices": []}'), "malformed", "chat completion"),
        (raw(b'{"choices": null}'), "malformed", "chat completion"),
        (raw(b'{"choices": [7]}'), "malformed", "chat completion"),
        (raw(b'{"error": {"message": "no"}}'), "malformed", "chat completion"),
        (raw(b"[" * 100_000), "malformed", "JSON object"),
        (flood(), "too_large", "more than 4,194,304 bytes"),
        (bomb(), "too_large", "more than 4,194,304 bytes"),
        (Reply(body=b"x", headers={"Content-Encoding": "br"}), "malformed", "packed"),
        (
            Reply(body=b"no gzip at all", headers={"Content-Encoding": "gzip"}),
            "malformed",
            "unpacked",
        ),
        (refusal(), "refusal", "refused to answer"),
        (content("half", "content_filter"), "filtered", "content filter"),
    ],
)
def test_what_cannot_be_mended_is_one_call(reply: Reply, kind: str, said: str) -> None:
    outcome = ask([reply, value(GOOD)])
    fault = fault_of(outcome)
    assert fault.kind == kind
    assert said in str(fault)
    assert len(outcome.server.asked) == 1


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (content("I think that it is fine."), "malformed"),
        (content('{"id": "T-1", "status"', "length"), "truncated"),
        (content("", "length"), "truncated"),
        (empty(), "empty"),
        (content("  \n"), "empty"),
        (tool_calls(("search_knowledge", {"query": "x"})), "empty"),
        (value(BAD), "wrong_schema"),
        (value({**GOOD, "extra": 1}), "wrong_schema"),
        (value([GOOD]), "wrong_schema"),
        (content("1" * 5000), "malformed"),
        (content('{"a":' * 3000), "malformed"),
    ],
)
def test_what_can_be_mended_is_asked_for_once(reply: Reply, kind: str) -> None:
    mended = ask([reply, value(GOOD)])
    assert value_of(mended).repaired is True
    assert mended.server.refused == []
    failed = ask([reply] * 3)
    assert fault_of(failed).kind == kind
    assert len(failed.server.asked) == 2


def test_a_cut_answer_tells_a_person_what_to_raise() -> None:
    cut_off = content('{"id": "T-1", "status"', "length")
    fault = fault_of(ask([cut_off, cut_off]))
    assert str(fault).endswith("it was cut off before its end: raise max_output_tokens in [model]")


def test_the_own_text_comes_back_cut() -> None:
    outcome = ask([content("word " * 20_000), value(GOOD)])
    value_of(outcome)
    assert len(outcome.server.asked[1].messages[2]["content"]) == 40_000


@pytest.mark.parametrize("reply", [drip(), silence(), value(GOOD).after(20)])
def test_the_deadline_of_a_call_is_total(reply: Reply) -> None:
    start = time.monotonic()
    fault = fault_of(ask([reply], limits=SHORT))
    assert time.monotonic() - start < 2
    assert fault.kind == "timeout"
    assert "did not finish trust within 0.3 s" in str(fault)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_carries_nothing_elsewhere(status: int) -> None:
    with ModelServer([value(GOOD)]) as elsewhere:
        outcome = ask([redirect(f"{elsewhere.base_url}/chat/completions", status)])
        assert fault_of(outcome).kind == "redirect"
        assert elsewhere.connections == 0
    assert len(outcome.server.asked) == 1


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer([value(GOOD)]) as elsewhere:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY", "https_proxy"):
            monkeypatch.setenv(name, elsewhere.base_url)
        for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_ENDPOINT"):
            monkeypatch.setenv(name, elsewhere.base_url)
        monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
        outcome = ask([value(GOOD)])
        value_of(outcome)
        assert elsewhere.connections == 0
    assert "org-secret" not in str(outcome.server.asked[0].headers)


def test_tracing_of_another_project_uploads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer([value(GOOD)]) as elsewhere:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_none")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", elsewhere.base_url)
        value_of(ask([value(GOOD)]))
        assert os.environ["LANGSMITH_TRACING"] == "false"
        time.sleep(0.3)  # it uploads from a thread
        assert elsewhere.connections == 0


def test_a_connection_that_closes_is_tried_again() -> None:
    outcome = ask([cut(), value(GOOD)])
    value_of(outcome)
    assert outcome.said[0].startswith("model endpoint cannot be reached; waiting 0.0 s")
    assert fault_of(ask([cut(), cut()])).kind == "unreachable"


@pytest.mark.parametrize("status", [500, 502, 503, 504, 529, 408])
def test_a_server_that_fails_is_tried_again(status: int) -> None:
    outcome = ask([error(status), value(GOOD)])
    value_of(outcome)
    assert outcome.said[0].endswith("attempt 2 of 2")
    fault = fault_of(ask([error(status)] * 2))
    assert fault.kind == "server"
    assert "gave up after 2 attempts" in str(fault)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    fault = fault_of(ask_at(address))
    assert fault.kind == "unreachable"
    assert "refuses connections" in str(fault)


def test_tls_that_is_none_is_not_tried_again() -> None:
    with ModelServer([]) as server:
        fault = fault_of(ask_at(server.base_url.replace("http:", "https:")))
    assert fault.kind == "unreachable"
    assert fault.retry is False


def test_neither_key_nor_prompt_is_logged_or_told(caplog: pytest.LogCaptureFixture) -> None:
    echo = f"Incorrect API key {KEY} or sk-proj-*****6789; you said: {SECRET} " + "x" * 900
    with caplog.at_level(logging.DEBUG):
        fault = fault_of(ask([error(400, echo)]))
        value_of(ask([busy("0"), content("ok"), value(GOOD)], tools=[look_up()]))
    assert KEY not in caplog.text
    assert SECRET[:20] not in caplog.text
    assert "6789" not in str(fault)
    assert "Incorrect API key … or …" in str(fault)
    assert len(str(fault)) < 300


def test_escape_bytes_of_an_error_reach_nobody() -> None:
    fault = fault_of(ask([error(400, "bad \x1b[>q thing\x9b2J\u202e\r\nnext")]))
    assert "bad thing" in str(fault)
