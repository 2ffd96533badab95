"""The messages of one conversation, and what an answer of the model is.

Owns the growing list and the sum of what it cost. What a model wrote goes back to it in a form that
every endpoint takes: our ids, permitted names, texts of a bounded length. Sends nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from agent.readers.llm.schema import clean_arguments
from agent.readers.llm.types import Brief, Tool, Usage
from knowledge.errors import ConcordError
from knowledge.text import clean

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage

TOOL_TURNS: Final = 2
TOOL_CALLS: Final = 8
"""Look-ups of one conversation; calls beyond are answered with a sentence."""
ANSWERED: Final = 32
"""Calls of one turn that are answered at all."""
TOOL_TEXT: Final = 6_000
OWN_TEXT: Final = 4_000
"""Of what a model wrote beside its look-ups."""
OWN_ANSWER: Final = 40_000
"""Of the answer that it is to mend: a checklist of thirty requirements is long."""
LARGEST: Final = 10**9
"""No call has more tokens, whatever an endpoint says."""
_NOT_NAME: Final = re.compile(r"[^a-zA-Z0-9_-]")


class Talk:
    """One conversation: what was said so far and what it has cost."""

    def __init__(self, brief: Brief) -> None:
        from langchain_core.messages import HumanMessage, SystemMessage

        self.brief = brief
        self.messages: list[BaseMessage] = [
            SystemMessage(content=brief.system),
            HumanMessage(content=brief.user),
        ]
        self.usage = Usage()
        self.tool_calls = 0

    def count(self, message: AIMessage) -> None:
        """Add what the endpoint says that this answer cost; nonsense counts as nothing."""
        told: Any = message.usage_metadata or {}
        details: Any = told.get("input_token_details") or {}
        given = (told.get("input_tokens"), details.get("cache_read"), told.get("output_tokens"))
        self.usage += Usage(
            1, *(n if isinstance(n, int) and 0 <= n <= LARGEST else 0 for n in given)
        )

    def answer_tools(self, message: AIMessage, tools: Sequence[Tool]) -> bool:
        """Run what the model asks for and put question and answers into the conversation; False:
        it asks for nothing."""
        from langchain_core.messages import AIMessage, ToolMessage

        asked = _calls(message)[:ANSWERED]
        if not asked:
            return False
        known = {tool.name: tool for tool in tools}
        calls: list[Any] = []
        answers: list[BaseMessage] = []
        for name, arguments in asked:
            id_ = f"call_{len(self.messages)}_{len(calls)}"
            made = {"name": _name(name), "args": arguments or {}, "id": id_, "type": "tool_call"}
            calls.append(made)
            text = self._look_up(known.get(name), name, arguments)
            answers.append(ToolMessage(content=text, tool_call_id=id_))
        self.messages += [AIMessage(content=text_of(message)[:OWN_TEXT], tool_calls=calls)]
        self.messages += answers
        return True

    def _look_up(self, tool: Tool | None, name: str, arguments: dict[str, object] | None) -> str:
        if self.tool_calls >= TOOL_CALLS:
            return f"Not looked up: {TOOL_CALLS} look-ups are the most. Answer with what you have."
        self.tool_calls += 1
        if tool is None:
            return f"There is no tool named {_name(name)}."
        if arguments is None:
            return "The arguments are no JSON object. Nothing was looked up."
        try:
            return _cut(tool.run(arguments), TOOL_TEXT)
        except ConcordError:  # the knowledge cannot be searched: the model goes on without
            return "The look-up failed. Answer with what you have."

    def with_repair(self, asked: list[BaseMessage], text: str, wish: str) -> list[BaseMessage]:
        """The conversation as it was asked, the model's own text, and what it has to mend."""
        from langchain_core.messages import AIMessage, HumanMessage

        own = _cut(text, OWN_ANSWER) or "(no text)"
        return [*asked, AIMessage(content=own), HumanMessage(content=wish)]

    def with_schema(self, schema: dict[str, Any]) -> list[BaseMessage]:
        """The conversation with the schema in words, for endpoints that take none by itself."""
        from langchain_core.messages import HumanMessage

        wish = (
            "Answer with one JSON object that fits this JSON schema, and with nothing else:\n"
            + json.dumps(schema, ensure_ascii=False)
        )
        last = self.messages[-1]
        if isinstance(last, HumanMessage):  # some endpoints take no two of them in a row
            return [*self.messages[:-1], HumanMessage(content=f"{last.text}\n\n{wish}")]
        return [*self.messages, HumanMessage(content=wish)]


def text_of(message: AIMessage) -> str:
    """What the model wrote, cleaned."""
    return clean(str(message.text)).text


def _calls(message: AIMessage) -> list[tuple[str, dict[str, object] | None]]:
    """(name, arguments) of each call; None for arguments that are no JSON object. Bad ones come
    last: the libraries keep the two apart."""
    found: list[tuple[str, dict[str, object] | None]] = [
        (str(call["name"]), clean_arguments(call["args"])) for call in message.tool_calls
    ]
    return found + [(str(call["name"] or ""), None) for call in message.invalid_tool_calls]


def _name(name: str) -> str:
    return _NOT_NAME.sub("_", name)[:64] or "unnamed"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
