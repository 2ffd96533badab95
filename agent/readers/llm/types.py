"""What goes into a conversation with a model and what comes out of it.

Plain types only: no network, no langchain. All text that a model wrote is untrusted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from knowledge.transport.fault import EndpointError, FaultKind, Usage

__all__ = ["Answer", "Brief", "EndpointError", "FaultKind", "Tool", "Usage"]

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Tool:
    """Something a model may ask for; it reads and changes nothing."""

    name: str
    description: str
    parameters: dict[str, object]
    """JSON schema of the arguments."""
    run: Callable[[dict[str, object]], str]
    """Never raises for bad arguments: it returns a sentence that says what is wrong."""


@dataclass(frozen=True)
class Brief:
    """One task for a model."""

    name: str
    """For messages and for the name of the schema: letters, digits, `_` and `-`."""
    system: str
    """The prefix that all calls of a review share, so that the endpoint can cache it."""
    user: str


@dataclass(frozen=True)
class Answer(Generic[M]):
    """A value that fits its model, and what it took."""

    value: M
    usage: Usage
    repaired: bool
    """The first answer did not do and the second did."""
    tool_calls: int
