"""What can go wrong at an endpoint, as types, and what a call has cost.

Owns words only: it opens nothing and imports nothing heavy. No message may hold a key or a prompt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.errors import KnowledgeError

FaultKind = Literal[
    "auth",
    "not_found",
    "rejected",
    "rate",
    "timeout",
    "unreachable",
    "server",
    "redirect",
    "too_large",
    "refusal",
    "truncated",
    "filtered",
    "empty",
    "malformed",
    "wrong_schema",
]


@dataclass(frozen=True)
class Usage:
    """What calls have cost, as the endpoint reported it; `cached_tokens` are part of
    `input_tokens`."""

    calls: int = 0
    """Answers that arrived, whether or not they were usable."""
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.cached_tokens + other.cached_tokens,
            self.output_tokens + other.output_tokens,
        )


class EndpointError(KnowledgeError):
    """A call that gave nothing usable: one sentence with the host and what to do."""

    def __init__(
        self,
        kind: FaultKind,
        message: str,
        *,
        retry: bool = False,
        retry_after: float | None = None,
        about: str = "",
        usage: Usage | None = None,
    ) -> None:
        """`retry`: the same call may succeed later; `retry_after`: seconds the endpoint asks for;
        `about`: the part of the request that it names; `usage`: what was spent before."""
        super().__init__(message)
        self.kind: FaultKind = kind
        self.retry = retry
        self.retry_after = retry_after
        self.about = about
        self.usage = usage or Usage()
