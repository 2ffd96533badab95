"""What a chat-completions request must look like: the published API in our own words.

Owns the shape and the rules between fields; answers nothing. An unknown field is a fault here, as
it is at strict endpoints: whoever passes this passes them.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.scripted.strict import strict_problems

Name = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TextPart(_Part):
    type: Literal["text"]
    text: str


Content = str | list[TextPart]


class Instruction(_Part):
    role: Literal["system", "developer", "user"]
    content: Content
    name: str | None = None


class FunctionCall(_Part):
    name: Name
    arguments: str


class ToolCall(_Part):
    id: str = Field(min_length=1)
    type: Literal["function"]
    function: FunctionCall


class FromModel(_Part):
    role: Literal["assistant"]
    content: Content | None = None
    refusal: str | None = None
    tool_calls: list[ToolCall] | None = Field(None, min_length=1)
    name: str | None = None


class FromTool(_Part):
    role: Literal["tool"]
    content: Content
    tool_call_id: str


Message = Annotated[Instruction | FromModel | FromTool, Field(discriminator="role")]


class Function(_Part):
    name: Name
    description: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    strict: bool | None = None


class ToolOffer(_Part):
    type: Literal["function"]
    function: Function


class NamedTool(_Part):
    name: Name


class ToolChoice(_Part):
    type: Literal["function"]
    function: NamedTool


class Schema(_Part):
    name: Name
    description: str | None = None
    schema_: dict[str, Any] = Field(alias="schema")
    strict: bool | None = None


class SchemaFormat(_Part):
    type: Literal["json_schema"]
    json_schema: Schema


class PlainFormat(_Part):
    type: Literal["text", "json_object"]


class ChatRequest(_Part):
    """The body of POST /chat/completions, as far as Concord may use it; nothing streams."""

    model: str = Field(min_length=1)
    messages: list[Message] = Field(min_length=1)
    tools: list[ToolOffer] | None = Field(None, min_length=1, max_length=128)
    tool_choice: Literal["none", "auto", "required"] | ToolChoice | None = None
    parallel_tool_calls: bool | None = None
    response_format: SchemaFormat | PlainFormat | None = None
    max_completion_tokens: int | None = Field(None, ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, ge=0, le=1)
    n: Literal[1] | None = None
    seed: int | None = None
    stream: Literal[False] | None = None


class EmbeddingsRequest(_Part):
    model: str = Field(min_length=1)
    input: list[Annotated[str, Field(min_length=1)]] = Field(min_length=1, max_length=2048)
    encoding_format: Literal["float"]
    dimensions: int | None = Field(None, ge=1)
    user: str | None = None


def embeddings_problems(raw: bytes) -> list[str]:
    """What the API would refuse of an embeddings request; an empty text is one such thing."""
    try:
        EmbeddingsRequest.model_validate_json(raw)
    except ValidationError as error:
        return _faults(error)
    return []


def _faults(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors()]


def request_problems(raw: bytes) -> list[str]:
    """What the API would refuse, `place: reason`; the first is what its error names."""
    try:
        request = ChatRequest.model_validate_json(raw)
    except ValidationError as error:
        return _faults(error)
    return [*_pairing(request.messages), *_tools(request), *_format(request)]


def _pairing(messages: list[Message]) -> Iterator[str]:
    """Each call of a tool is answered right after it, and nothing else is answered."""
    open_calls: set[str] = set()
    for number, message in enumerate(messages):
        place = f"messages.{number}"
        if isinstance(message, FromTool):
            if message.tool_call_id not in open_calls:
                yield f"{place}: answers no call of the message before it"
            open_calls.discard(message.tool_call_id)
            continue
        if open_calls:
            yield f"{place}: calls of tools are not answered: {', '.join(sorted(open_calls))}"
        open_calls = set()
        if isinstance(message, FromModel):
            if not message.content and not message.tool_calls and not message.refusal:
                yield f"{place}: an assistant message needs content or tool_calls"
            ids = [call.id for call in message.tool_calls or ()]
            if len(set(ids)) < len(ids):
                yield f"{place}: two calls have the same id"
            open_calls = set(ids)
    if open_calls:
        yield f"messages: calls of tools are not answered: {', '.join(sorted(open_calls))}"


def _tools(request: ChatRequest) -> Iterator[str]:
    names = [tool.function.name for tool in request.tools or ()]
    if not names and (request.tool_choice, request.parallel_tool_calls) != (None, None):
        yield "tool_choice: only allowed when tools are given"
    if len(set(names)) < len(names):
        yield "tools: two tools have the same name"
    if (
        isinstance(request.tool_choice, ToolChoice)
        and request.tool_choice.function.name not in names
    ):
        yield "tool_choice: names a tool that is not given"
    for number, tool in enumerate(request.tools or ()):
        schema = tool.function.parameters
        if schema and schema.get("type") != "object":
            yield f"tools.{number}.function.parameters: must be an object"
        if tool.function.strict:
            for problem in strict_problems(schema):
                yield f"tools.{number}.function.parameters: {problem}"


def _format(request: ChatRequest) -> Iterator[str]:
    wanted = request.response_format
    if isinstance(wanted, SchemaFormat) and wanted.json_schema.strict:
        for problem in strict_problems(wanted.json_schema.schema_):
            yield f"response_format: {problem}"
    if isinstance(wanted, PlainFormat) and wanted.type == "json_object":
        said = json.dumps([message.model_dump() for message in request.messages])
        if "json" not in said.lower():
            yield "response_format: json_object needs the word JSON in a message"
