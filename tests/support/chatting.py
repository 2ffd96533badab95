"""A chat with a scripted endpoint, as short as a test needs it."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from agent.readers.llm.chat import Chat
from agent.readers.llm.types import Answer, Brief, EndpointError, Tool
from agent.schema.office import ModelSettings
from evals.scripted.reply import Reply
from evals.scripted.server import Asked, ModelServer
from knowledge.transport.calling import open_transport
from knowledge.transport.endpoint import Endpoint, Limits

KEY = "sk-very-secret-0123456789"
SECRET = "the purple heron counts the ledgers of the northern branch at dawn"
"""Stands in every prompt of these tests, and may stand in no message."""


class Finding(BaseModel):
    """The wire model of these tests."""

    model_config = ConfigDict(extra="forbid")

    id: str
    status: Literal["in_place", "planned", "absent"]
    lines: list[int]
    note: str | None


LIMITS = Limits(call_seconds=5, attempts=2, first_wait=0.01)
GOOD = {"id": "T-1", "status": "absent", "lines": [1, 2], "note": None}
BAD = {"id": "T-1", "status": "perhaps", "lines": [1], "note": None}
BRIEF = Brief(name="trust", system=f"You read. {SECRET}", user="Read this; answer as JSON.")


@dataclass
class Outcome:
    """What a question came to, beside the server that was asked."""

    server: ModelServer
    said: list[str]
    answer: Answer[Finding] | None = None
    fault: EndpointError | None = None


def wish(problems: Sequence[str]) -> str:
    return "Mend this:\n" + "\n".join(problems)


def ask(
    script: Callable[[Asked], Reply] | Iterable[Reply],
    *,
    limits: Limits | None = None,
    settings: dict[str, Any] | None = None,
    key: str = KEY,
    **options: Any,
) -> Outcome:
    """One question; a fault is kept, everything else is raised."""
    with ModelServer(script) as server:
        outcome = Outcome(server, [])
        endpoint = Endpoint(server.base_url, key)
        asyncio.run(_run(outcome, endpoint, limits or LIMITS, settings or {}, options))
    return outcome


def ask_at(address: str) -> Outcome:
    """One question to whatever is there."""
    with ModelServer([]) as unused:
        outcome = Outcome(unused, [])
        asyncio.run(_run(outcome, Endpoint(address, KEY), LIMITS, {}, {}))
    return outcome


async def _run(
    outcome: Outcome,
    endpoint: Endpoint,
    limits: Limits,
    settings: dict[str, Any],
    options: dict[str, Any],
) -> None:
    async with open_transport(endpoint, limits, outcome.said.append) as transport:
        made = ModelSettings(**{"name": "scripted", **settings})
        chat = Chat(made, SecretStr(endpoint.api_key), transport)
        try:
            outcome.answer = await chat.ask(BRIEF, Finding, **{"repair": wish, **options})
        except EndpointError as fault:
            outcome.fault = fault


def value_of(outcome: Outcome) -> Answer[Finding]:
    assert outcome.fault is None, outcome.fault
    assert outcome.answer is not None
    return outcome.answer


def fault_of(outcome: Outcome) -> EndpointError:
    """The fault, one clean line that holds no key and no prompt."""
    fault = outcome.fault
    if fault is None:
        pytest.fail(f"no fault, but {outcome.answer}")
    text = f"{fault} {fault!r} {fault.__cause__!r}"
    assert KEY not in text
    assert SECRET[:30] not in text
    assert str(fault).isprintable()
    return fault


def look_up(name: str = "search_knowledge", text: str = "nothing found") -> Tool:
    """A tool that answers with its argument and a text."""
    parameters: dict[str, object] = {
        "type": "object",
        "properties": {"query": {"type": "string"}},
        "required": ["query"],
        "additionalProperties": False,
    }
    return Tool(name, "Search.", parameters, lambda given: f"{given.get('query')}: {text}")
