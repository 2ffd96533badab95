"""Where an endpoint is, and within which limits it is used. Plain values; opens nothing."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Endpoint:
    """One host that may be contacted; its key is in no repr."""

    base_url: str
    """http(s), without credentials and query, as `agent.model_settings` has checked it."""
    api_key: str = field(default="", repr=False)
    """Empty: no key is sent."""
    proxy: str = field(default="", repr=False)
    """Empty: a direct connection, whatever the environment says."""
    table: str = "model"
    """The table of concord.toml that configures it, for messages."""
    keys: str = "CONCORD_API_KEY or OPENAI_API_KEY"
    """Where its key is looked for, for messages."""

    @property
    def scheme(self) -> str:
        return urlsplit(self.base_url).scheme.lower()

    @property
    def name(self) -> str:
        """The host alone, in lower case."""
        return (urlsplit(self.base_url).hostname or "").lower()

    @property
    def port(self) -> int:
        return urlsplit(self.base_url).port or _PORTS.get(self.scheme, 0)

    @property
    def host(self) -> str:
        """`host:port`, for messages."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{name}:{self.port}"


@dataclass(frozen=True)
class Limits:
    """What one call, and all calls together, may take."""

    call_seconds: float = 120
    """For one call with all its attempts and waits, from its first attempt on."""
    attempts: int = 4
    longest_wait: float = 60
    """An endpoint that asks for more is given up."""
    response_bytes: int = 4 << 20
    """Of one body, as sent and as unpacked."""
    in_flight: int = 8
    first_wait: float = 1
    """Before the second attempt when the endpoint names no time; doubled from there."""
