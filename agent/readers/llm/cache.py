"""Finished calls by the hash of what was sent: a crash or a partial failure pays for nothing twice.

Owns the key and the form of what is kept: the answer's JSON and the ids of what was looked up. No
secret, no address and no prompt is kept.
"""

import json
from dataclasses import dataclass
from typing import Generic, Protocol

from pydantic import ValidationError

from agent.readers.llm.call import Call, W
from agent.readers.llm.material import Material
from agent.readers.llm.schema import wire_schema
from agent.schema.base import canonical, sha256
from agent.schema.office import ModelSettings
from knowledge.transport.endpoint import Endpoint

MARKER = "MARKER"


class Steps(Protocol):
    """The step cache of a review, as far as it is needed here."""

    def get_step(self, key: str) -> str | None: ...

    def put_step(self, key: str, json: str) -> None: ...


@dataclass(frozen=True)
class Kept(Generic[W]):
    """A finished call."""

    answer: W
    consulted: tuple[str, ...]
    """Ids of the entries that were looked up."""


def telling(settings: ModelSettings) -> dict[str, object]:
    """The settings that can change an answer."""
    return {
        "model": settings.name,
        "host": Endpoint(settings.base_url).host,
        "temperature": settings.temperature,
        "max_output_tokens": settings.max_output_tokens,
        "tools": settings.tools,
    }


def key_of(call: Call[W], material: Material, settings: ModelSettings) -> str:
    """The same for the same question: the marker is random and says nothing."""
    brief = call.brief(material)
    looks_up = material.tools and call.uses_tools
    parts = {
        "settings": telling(settings),
        "messages": [part.replace(material.marker, MARKER) for part in (brief.system, brief.user)],
        "schema": wire_schema(call.answer),
        "knowledge": material.evidence.knowledge if looks_up else "",
    }
    return sha256(f"llm call {call.name} {canonical(parts)}")


def recall(steps: Steps | None, key: str, call: Call[W]) -> Kept[W] | None:
    """What was kept under the key; something that cannot be read is as good as nothing."""
    text = steps.get_step(key) if steps is not None else None
    if text is None:
        return None
    try:
        kept = json.loads(text)
        answer = call.answer.model_validate(kept["answer"])
        return Kept(answer, tuple(str(id_) for id_ in kept["consulted"]))
    except (ValueError, ValidationError, KeyError, TypeError):
        return None


def keep(steps: Steps | None, key: str, kept: Kept[W]) -> None:
    if steps is not None:
        row = {"answer": kept.answer.model_dump(mode="json"), "consulted": list(kept.consulted)}
        steps.put_step(key, json.dumps(row, ensure_ascii=False))
