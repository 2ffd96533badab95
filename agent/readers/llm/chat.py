"""One question to a model, and an answer that fits its schema or a typed fault.

Owns the flow: at most two turns with read-only tools, one call without that returns the schema, one
repair. It sends through the transport alone, and believes nothing that comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

from agent.readers.llm.messages import TOOL_TURNS, Talk, text_of
from agent.readers.llm.schema import Malformed, Misfit, read_answer, wire_schema
from agent.readers.llm.types import Answer, Brief, EndpointError, FaultKind, M, Tool
from knowledge.quiet import keep_secrets, quietly, set_tracing

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage
    from pydantic import SecretStr

    from agent.schema.office import ModelSettings
    from knowledge.transport.calling import Transport

Check = Callable[[M], Sequence[str]]
Repair = Callable[[Sequence[str]], str]


class Chat:
    """Talks to the model of an office; use it for all calls of a run."""

    def __init__(self, settings: ModelSettings, api_key: SecretStr, transport: Transport) -> None:
        """`transport` leads to the endpoint of `settings`; it adds the key by itself."""
        from pydantic import SecretStr

        set_tracing(settings.tracing)
        with quietly():
            import openai
            from langchain_openai import ChatOpenAI
            from langsmith import tracing_context
        keep_secrets()
        self._transport = transport
        self._may_look_up = settings.tools
        self._strange = (openai.OpenAIError, LookupError, TypeError, ValueError, AttributeError)
        """What the libraries raise for a body that is no chat completion."""
        self._tracing: Callable[[], AbstractContextManager[None]] = lambda: tracing_context(
            enabled=settings.tracing
        )
        self._plain = False
        """The endpoint takes no schema by itself, as it has said once."""
        self._llm = ChatOpenAI(
            model=settings.name,
            base_url=transport.endpoint.base_url,
            api_key=api_key if api_key.get_secret_value() else SecretStr("none"),
            temperature=settings.temperature,
            max_completion_tokens=settings.max_output_tokens,
            timeout=None,
            max_retries=0,
            use_responses_api=False,
            streaming=False,
            openai_proxy=None,
            client=object(),  # else a second client is made, which obeys no rule of ours
            http_async_client=transport.http,
        )

    async def ask(
        self,
        brief: Brief,
        model: type[M],
        *,
        tools: Sequence[Tool] = (),
        check: Check[M] | None = None,
        repair: Repair,
        deadline: float | None = None,
    ) -> Answer[M]:
        """The model's answer to `brief`. `check` names what is wrong with a value that fits its
        schema; `repair` words the one second request; `deadline` is loop time.

        Raises EndpointError with the usage so far.
        """
        talk = Talk(brief)
        try:
            await self._look_up(talk, tools, deadline)
            asked, message = await self._final(talk, model, deadline)
            first = _judge(message, model, check)
            if not first.problems:
                return _answer(first, talk, repaired=False)
            asked = talk.with_repair(asked, text_of(message), repair(first.problems))
            return await self._second(talk, asked, first, model, check, deadline)
        except EndpointError as fault:
            fault.usage = talk.usage
            raise

    async def _look_up(self, talk: Talk, tools: Sequence[Tool], deadline: float | None) -> None:
        """At most two turns in which the model may ask for tools."""
        if not tools or not self._may_look_up:
            return
        offers = [_offer(tool) for tool in tools]
        for _ in range(TOOL_TURNS):
            try:
                message = await self._send(talk, talk.messages, deadline, tools=offers)
            except EndpointError as fault:
                if fault.kind != "malformed":  # the libraries choke on some calls of a model
                    raise
                return
            if not talk.answer_tools(message, tools):
                return

    async def _final(
        self, talk: Talk, model: type[M], deadline: float | None
    ) -> tuple[list[BaseMessage], AIMessage]:
        """The call without tools: what was asked, and what came. An endpoint that takes no schema
        gets it in words from then on."""
        if not self._plain:
            try:
                return talk.messages, await self._send_for(model, talk, talk.messages, deadline)
            except EndpointError as fault:
                if not _names_format(fault):
                    raise
                self._plain = True
        asked = talk.with_schema(wire_schema(model))
        return asked, await self._send_for(model, talk, asked, deadline)

    async def _second(
        self,
        talk: Talk,
        asked: list[BaseMessage],
        first: _Judged[M],
        model: type[M],
        check: Check[M] | None,
        deadline: float | None,
    ) -> Answer[M]:
        """The one repair; a first value that was usable stays when the second is no better."""
        try:
            message = await self._send_for(model, talk, asked, deadline)
            second = _judge(message, model, check)
        except EndpointError:
            if first.value is None:
                raise
            return _answer(first, talk, repaired=False)
        if second.value is None and first.value is None:
            raise _unusable(second, talk)
        if second.value is None or (
            first.value is not None and len(second.problems) > len(first.problems)
        ):
            return _answer(first, talk, repaired=False)
        return _answer(second, talk, repaired=True)

    async def _send_for(
        self, model: type[M], talk: Talk, messages: list[BaseMessage], deadline: float | None
    ) -> AIMessage:
        """One call without tools that asks for the schema of `model`."""
        wanted: dict[str, Any] = {"type": "json_object"}
        if not self._plain:
            form = {"name": talk.brief.name, "strict": True, "schema": wire_schema(model)}
            wanted = {"type": "json_schema", "json_schema": form}
        extra = {"response_format": wanted}
        message = await self._send(talk, messages, deadline, extra_body=extra)
        if message.additional_kwargs.get("refusal"):
            raise self._fault("refusal", talk, "refused to answer")
        if _finish(message) == "content_filter":
            raise self._fault("filtered", talk, "had its answer stopped by a content filter")
        return message

    async def _send(
        self, talk: Talk, messages: list[BaseMessage], deadline: float | None, **bound: Any
    ) -> AIMessage:
        """One call, counted; EndpointError for a body that is no chat completion."""

        async def attempt() -> AIMessage:
            try:
                with self._tracing():
                    return await self._llm.ainvoke(messages, **bound)
            except self._strange:  # their texts may repeat the body
                raise EndpointError(
                    "malformed",
                    f"{self._transport.endpoint.host} answered with something else than a chat"
                    " completion: check base_url in [model]",
                ) from None

        message = await self._transport.call(attempt, talk.brief.name, deadline)
        talk.count(message)
        return message

    def _fault(self, kind: FaultKind, talk: Talk, what: str) -> EndpointError:
        host = self._transport.endpoint.host
        return EndpointError(kind, f"the model at {host} {what} ({talk.brief.name})")


@dataclass(frozen=True)
class _Judged(Generic[M]):
    """What an answer is worth: a value, or the kind of fault, and the problems of either."""

    value: M | None
    kind: FaultKind
    problems: tuple[str, ...]


def _judge(message: AIMessage, model: type[M], check: Check[M] | None) -> _Judged[M]:
    text = str(message.text)  # as it came: cleaning may change JSON, its strings are cleaned later
    stopped = _finish(message) == "length"
    if not text.strip():
        kind: FaultKind = "truncated" if stopped else "empty"
        return _Judged(None, kind, ("the answer has no text",))
    try:
        value = read_answer(text, model)
    except Malformed as fault:
        if stopped:
            return _Judged(None, "truncated", ("the answer was cut off: give a shorter one",))
        return _Judged(None, "malformed", (str(fault),))
    except Misfit as fault:
        return _Judged(None, "wrong_schema", fault.problems)
    return _Judged(value, "wrong_schema", tuple(check(value)) if check else ())


def _answer(judged: _Judged[M], talk: Talk, *, repaired: bool) -> Answer[M]:
    assert judged.value is not None
    return Answer(judged.value, talk.usage, repaired, talk.tool_calls)


def _unusable(judged: _Judged[M], talk: Talk) -> EndpointError:
    """After the repair; the problems name places of the schema, never what the model wrote."""
    why = judged.problems[0]
    if judged.kind == "truncated":  # that problem is worded for the model
        why = "it was cut off before its end: raise max_output_tokens in [model]"
    return EndpointError(
        judged.kind,
        f"the model gave no usable answer ({talk.brief.name}), also when asked again: {why}",
    )


def _offer(tool: Tool) -> dict[str, Any]:
    function = {
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.parameters,
    }
    return {"type": "function", "function": function}


def _names_format(fault: EndpointError) -> bool:
    said = f"{fault.about} {fault}".lower()
    return fault.kind == "rejected" and ("response_format" in said or "json_schema" in said)


def _finish(message: AIMessage) -> str:
    return str(message.response_metadata.get("finish_reason") or "")
