"""What a strict JSON schema of the API may say. Pure; the rules are the published ones.

Every object lists all its properties as required and allows no other; the keywords are a small set;
references stay inside the schema.
"""

from collections.abc import Iterator
from typing import Any, Final

DEEPEST: Final = 10
MOST_PROPERTIES: Final = 5000
TYPES: Final = ("string", "number", "integer", "boolean", "object", "array", "null")
KEYWORDS: Final = frozenset(
    """$defs $ref additionalProperties anyOf const description enum exclusiveMaximum
    exclusiveMinimum format items maxItems maximum minItems minimum multipleOf pattern properties
    required type""".split()
)


def strict_problems(schema: Any) -> Iterator[str]:
    """What a strict endpoint would refuse, each with its place; nothing when the schema fits."""
    if not isinstance(schema, dict):
        yield "the schema is no object"
        return
    if schema.get("type") != "object" or "anyOf" in schema:
        yield "the root must be an object and no anyOf"
    names = frozenset(schema.get("$defs", {}))
    yield from _node(schema, "schema", names, 0)
    for name, part in schema.get("$defs", {}).items():
        yield from _node(part, f"$defs.{name}", names, 0)
    if (count := _count(schema)) > MOST_PROPERTIES:
        yield f"{count} properties, more than {MOST_PROPERTIES}"


def _node(node: Any, place: str, names: frozenset[str], depth: int) -> Iterator[str]:
    if not isinstance(node, dict):
        yield f"{place}: no schema"
        return
    if depth > DEEPEST:
        yield f"{place}: nested deeper than {DEEPEST} levels"
        return
    for word in sorted(set(node) - KEYWORDS):
        yield f"{place}: keyword `{word}` is not permitted"
    if "$ref" in node:
        target = str(node["$ref"])
        if target != "#" and target.removeprefix("#/$defs/") not in names:
            yield f"{place}: `{target}` leads nowhere"
        return
    if not {"type", "anyOf", "enum", "const"} & set(node):
        yield f"{place}: neither type nor anyOf"
    yield from _types(node, place)
    if _is(node, "object"):
        yield from _object(node, place, names, depth)
    if _is(node, "array"):
        yield from _node(node.get("items"), f"{place}[]", names, depth + 1)
    for number, choice in enumerate(node.get("anyOf", ())):
        yield from _node(choice, f"{place}.anyOf.{number}", names, depth)


def _types(node: dict[str, Any], place: str) -> Iterator[str]:
    kind = node.get("type", [])
    for word in kind if isinstance(kind, list) else [kind]:
        if word not in TYPES:
            yield f"{place}: type {word!r} is unknown"


def _object(node: dict[str, Any], place: str, names: frozenset[str], depth: int) -> Iterator[str]:
    properties = node.get("properties", {})
    if node.get("additionalProperties") is not False:
        yield f"{place}: additionalProperties must be false"
    if sorted(node.get("required", ())) != sorted(properties):
        yield f"{place}: required must name every property"
    for name, part in properties.items():
        yield from _node(part, f"{place}.{name}", names, depth + 1)


def _is(node: dict[str, Any], kind: str) -> bool:
    told = node.get("type")
    return told == kind or (isinstance(told, list) and kind in told)


def _count(node: Any) -> int:
    if isinstance(node, list):
        return sum(map(_count, node))
    if not isinstance(node, dict):
        return 0
    properties = node.get("properties")
    own = len(properties) if isinstance(properties, dict) else 0
    return own + sum(map(_count, node.values()))
