"""A decision or steps given as JSON: read strictly, every text cleaned. Pure.

Knows the form only; what may be decided is decision.py.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from agent.errors import DecisionError
from agent.schema.decision import Decision
from knowledge.text import clean


def parse_decision_file(
    text: str, path: str = "decision file", defaults: Mapping[str, Any] | None = None
) -> Decision:
    """A decision as JSON (CONTRACTS §7); `defaults` serve for what the file leaves out.

    Texts are cleaned like everything that comes from outside.
    """
    try:
        return Decision.model_validate({**(defaults or {}), **read_object(text, path)})
    except ValidationError as error:
        found = error.errors(include_url=False)
        fields = list(dict.fromkeys(_field(e["loc"]) for e in found))
        more = f" (and {len(fields) - 1} more)" if len(fields) > 1 else ""
        raise DecisionError(
            f"{path}: {fields[0]}: {found[0]['msg']}{more}; see `concord schema decision`."
        ) from error


def read_object(text: str, path: str) -> dict[str, Any]:
    """The JSON object of a file with every text cleaned; DecisionError says what is not right."""
    try:
        given = json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise DecisionError(
            f"{path}:{error.lineno}:{error.colno}: no JSON: {error.msg}."
        ) from error
    except (DecisionError, RecursionError, ValueError) as error:
        raise DecisionError(f"{path}: {error}") from error
    if not isinstance(given, dict):
        raise DecisionError(f"{path}: a decision is a JSON object; `concord schema decision`.")
    return dict(_cleaned(given))


def _field(place: tuple[int | str, ...]) -> str:
    """`conditions.0.text`; without the names that pydantic gives to the arms of a union."""
    names = [str(part) for part in place if isinstance(part, int) or part.isidentifier()]
    return ".".join(names) or "decision"


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DecisionError(f"the key `{twice}` stands twice.")
    return found


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(v) for key, v in value.items()}
    if isinstance(value, list):
        return [_cleaned(v) for v in value]
    return clean(value).text if isinstance(value, str) else value
