"""What a review would send, without sending it: the content of `concord review --dry-run`.

Owns no wording of prompts: it shows the very messages that the reader makes.
"""

import json

from agent.readers.llm.call import Call
from agent.readers.llm.material import Material
from agent.readers.llm.schema import wire_schema
from agent.readers.llm.tokens import estimate
from agent.readers.llm.wire import Wire
from agent.schema.base import Frozen


class PlannedCall(Frozen):
    """One call as it would start; turns with tools and a repair would add to it."""

    name: str
    host: str
    system: str
    user: str
    answer_schema: str
    """JSON schema of the answer, which is sent along."""
    tools: tuple[str, ...]
    """Names of the tools that are offered; with any, the messages are sent at least twice."""
    bytes: int
    """Of both messages and the schema, UTF-8."""
    prefix_tokens: int
    """Estimated, of the shared system message; an endpoint with a prompt cache reads it once."""
    tokens: int
    """Estimated, of the user message and the schema."""
    kept: bool = False
    """It was answered before and would cost nothing."""


def planned(call: Call[Wire], material: Material, host: str, *, kept: bool) -> PlannedCall:
    brief = call.brief(material)
    schema = json.dumps(wire_schema(call.answer), separators=(",", ":"))
    offered = ("search_knowledge", "read_entry") if material.tools and call.uses_tools else ()
    return PlannedCall(
        name=call.name,
        host=host,
        system=brief.system,
        user=brief.user,
        answer_schema=schema,
        tools=offered,
        bytes=sum(len(t.encode("utf-8", "replace")) for t in (brief.system, brief.user, schema)),
        prefix_tokens=estimate(brief.system),
        tokens=estimate(brief.user, schema),
        kept=kept,
    )
