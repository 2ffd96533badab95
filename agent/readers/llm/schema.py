"""The JSON schema of an answer as strict endpoints take it, and what an answer has against it.

Pure. Constraints beyond the shape stay with the pydantic model, which checks every answer.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.text import clean

M = TypeVar("M", bound=BaseModel)

MOST_PROBLEMS: Final = 20
_KEPT: Final = ("$ref", "type", "description", "enum", "const", "anyOf", "items", "properties")
_FENCE: Final = re.compile(r"\s*```(?:json)?[ \t]*\n(.*)\n?```\s*", re.DOTALL | re.IGNORECASE)


class Malformed(Exception):
    """The text of a model is no JSON; the message says where, and repeats nothing of it."""


class Misfit(Exception):
    """JSON that does not fit: one exact problem each, `place: reason`."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@cache
def wire_schema(model: type[BaseModel]) -> dict[str, Any]:
    """All properties required, no others allowed, no defaults and titles; not to be changed."""
    whole = model.model_json_schema()
    parts = whole.get("$defs", {})
    # the root of a model that holds itself is a reference, which strict endpoints do not take
    schema = _node(parts.get(whole.get("$ref", "").removeprefix("#/$defs/"), whole))
    if parts:
        schema["$defs"] = {name: _node(part) for name, part in parts.items()}
    return schema


def _node(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    kept: dict[str, Any] = {word: node[word] for word in _KEPT if word in node}
    choices = node.get("anyOf") or node.get("oneOf") or node.get("allOf")
    if choices:
        kept["anyOf"] = [_node(choice) for choice in choices]
    if "items" in kept:
        kept["items"] = _node(kept["items"])
    if node.get("type") == "object":
        properties = kept.setdefault("properties", {})
        kept["properties"] = {name: _node(part) for name, part in properties.items()}
        kept["required"] = list(properties)
        kept["additionalProperties"] = False
    return kept


def read_answer(text: str, model: type[M]) -> M:
    """The value that a model's text stands for, every string in it cleaned. A fence around it is
    taken off. Raises Malformed or Misfit."""
    fenced = _FENCE.fullmatch(text)
    try:
        data = _cleaned(json.loads(fenced[1] if fenced else text))
        return model.model_validate_json(json.dumps(data))
    except json.JSONDecodeError as error:
        raise Malformed(
            f"the answer is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from None
    except RecursionError:
        raise Malformed("the answer is not JSON: it is nested too deeply") from None
    except ValidationError as error:
        raise Misfit(tuple(_problems(error))) from None
    except ValueError:  # a number of thousands of digits
        raise Malformed("the answer is not JSON: a number in it is too long") from None


def _cleaned(data: Any) -> Any:
    if isinstance(data, str):
        return clean(data).text
    if isinstance(data, list):
        return [_cleaned(part) for part in data]
    if isinstance(data, dict):
        return {clean(name).text: _cleaned(part) for name, part in data.items()}
    return data


def clean_arguments(data: dict[str, Any]) -> dict[str, object]:
    """The arguments of a tool call with every string cleaned."""
    return {clean(name).text: _cleaned(part) for name, part in data.items()}


def _problems(error: ValidationError) -> Iterator[str]:
    faults = error.errors(include_url=False, include_input=False)
    for fault in faults[:MOST_PROBLEMS]:
        place = ".".join(clean(str(part)).text[:60] for part in fault["loc"]) or "the answer"
        yield f"{place}: {_reason(fault['type'], fault['msg'])}"
    if len(faults) > MOST_PROBLEMS:
        yield f"and {len(faults) - MOST_PROBLEMS} more problems"


def _reason(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not part of the schema"
    message = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    if kind in ("literal_error", "enum"):
        return message.replace("Input should be", "must be one of")
    return message.replace("Input should be", "must be")
