"""The base of every domain type, and its identity by content."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Immutable; an unknown field is an error. Its validator is built when it is first needed: a
    command loads many types and uses few."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


IDENTITY = frozenset({"id", "digest"})
TIMESTAMPS = frozenset({"created", "at"})


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, UTF-8, floats as 3-decimal strings."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: Any) -> str:
    """sha256 (hex) of the canonical JSON: its own id and digest and every timestamp left out.

    The ids of nested objects (a requirement's, a finding's) are content and stay in.
    """
    plain = _plain(value, TIMESTAMPS)
    if isinstance(plain, dict):
        plain = {k: v for k, v in plain.items() if k not in IDENTITY}
    return sha256(canonical(plain))


def sha256(text: str) -> str:
    """Hex digest of a text; lone surrogates allowed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_id(*parts: str | int | None) -> str:
    """A short stable id from its parts (16 hex digits); None and "" are different."""
    return sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))[:16]


def _plain(value: Any, volatile: frozenset[str] = frozenset()) -> Any:
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True)
    if isinstance(value, dict):
        return {str(k): _plain(v, volatile) for k, v in value.items() if k not in volatile}
    if isinstance(value, list | tuple):
        return [_plain(v, volatile) for v in value]
    if isinstance(value, float):
        return f"{value:.3f}"
    return value
