"""`[model]`: what its values may be, what the environment changes, and what it means for a call.

Owns no discovery and no precedence of the office as a whole; light, opens nothing. No fault repeats
a value that may hold a credential.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from agent.errors import SettingsError
from agent.schema.office import ModelSettings
from knowledge.transport.endpoint import Endpoint, Limits
from knowledge.vocabulary import ORDERED_FACTS

KEY_NAMES: Final = ("api_key", "apikey", "key", "openai_api_key", "password", "secret", "token")
"""What somebody might call a key in concord.toml."""
KEYS: Final = ("CONCORD_API_KEY", "OPENAI_API_KEY")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_READERS: Final = ("rules", "llm", "both")
_LEAST: Final = {
    "call_seconds": 1,
    "review_seconds": 1,
    "attempts": 1,
    "in_flight": 1,
    "temperature": 0,
    "max_output_tokens": 1,
    "price_input": 0,
    "price_cached": 0,
    "price_output": 0,
}
_MOST: Final = {
    "call_seconds": 3600,
    "review_seconds": 36_000,
    "attempts": 10,
    "in_flight": 64,
    "temperature": 2,
}


def key_in_file(name: str, key: str = KEYS[0]) -> str:
    """What to say of a key in concord.toml."""
    return (
        f"`{name}`: a key does not belong into a file: take it out, and set it in the environment"
        f" as {key}"
    )


def model_faults(model: ModelSettings) -> Iterator[tuple[str, str]]:
    """(key, sentence) for each value that cannot be used."""
    if fault := address_fault(model.base_url, model.allow_http):
        yield "base_url", f"`model.base_url` {fault}"
    if model.proxy and (fault := proxy_fault(model.proxy)):
        yield "proxy", f"`model.proxy` {fault}"
    for name, least in _LEAST.items():
        value = getattr(model, name)
        if value is not None and not least <= value <= _MOST.get(name, sys.float_info.max):
            most = f" to {_MOST[name]}" if name in _MOST else " or more"
            yield name, f"`model.{name}` should be {least}{most}"
    for data in model.never_for:
        if data not in ORDERED_FACTS["data"]:
            known = ", ".join(ORDERED_FACTS["data"])
            yield "never_for", f"`model.never_for`: {data!r} is none of {known}"


def with_environment(model: ModelSettings, environ: Mapping[str, str]) -> ModelSettings:
    """CONCORD_READER, CONCORD_MODEL and OPENAI_BASE_URL beat the file. Raises SettingsError."""
    changes: dict[str, str] = {}
    if reader := environ.get("CONCORD_READER", "").strip():
        if reader not in _READERS:
            raise SettingsError(f"CONCORD_READER={reader!r} is none of {', '.join(_READERS)}")
        changes["reader"] = reader
    if name := environ.get("CONCORD_MODEL", "").strip():
        changes["name"] = name
    if address := environ.get("OPENAI_BASE_URL", "").strip():
        if fault := address_fault(address, model.allow_http):
            raise SettingsError(f"OPENAI_BASE_URL {fault}")
        changes["base_url"] = address
    return model.model_copy(update=changes) if changes else model


def with_reader(model: ModelSettings, reader: str | None) -> ModelSettings:
    """`--reader` beats environment and file; None: not given. Raises SettingsError."""
    if reader is None:
        return model
    if reader not in _READERS:
        raise SettingsError(f"--reader {reader}: no such reader; there are {', '.join(_READERS)}")
    return model.model_copy(update={"reader": reader})


def api_key(environ: Mapping[str, str], names: Sequence[str] = KEYS) -> str:
    """The first key that is set; empty when none is. Raises SettingsError for one that cannot be
    sent: a line break in it, or a letter outside ASCII."""
    for name in names:
        if key := environ.get(name, "").strip():
            if not (key.isascii() and key.isprintable()) or " " in key:
                raise SettingsError(f"{name} is no key: it holds spaces or unusual characters")
            return key
    return ""


def endpoint_of(model: ModelSettings, key: str) -> Endpoint:
    return Endpoint(model.base_url.rstrip("/"), key, model.proxy)


def limits_of(model: ModelSettings) -> Limits:
    return Limits(
        call_seconds=model.call_seconds, attempts=model.attempts, in_flight=model.in_flight
    )


def address_fault(
    address: str,
    allow_http: bool,
    table: str = "model",
    key: str = KEYS[0],
    example: str = "https://api.openai.com/v1",
) -> str:
    """Why an address cannot be used; empty when it can. `table` and `key`: what to change."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no address: write https://HOST"
    if parts.scheme.lower() not in ("http", "https") or not host:
        return f"should start with https:// and a host, such as {example}"
    if not (address.isascii() and address.isprintable()) or " " in address:
        return "holds characters that no address has"
    if parts.username is not None or parts.password is not None:
        return f"may hold no user name or password: the key stands in {key}"
    if parts.query or parts.fragment or "?" in address:
        return "may hold no `?` or `#`: write the address without them"
    if parts.scheme.lower() == "http" and not allow_http and host.lower() not in _LOOPBACK:
        return (
            f"is unencrypted: use https://, or set `allow_http = true` in [{table}] where you"
            " trust the network"
        )
    return ""


def proxy_fault(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no address: write http://HOST:PORT"
    if parts.scheme.lower() not in ("http", "https") or not host:
        return "should be http://HOST:PORT or https://HOST:PORT"
    if parts.username is not None or parts.password is not None:
        return "may hold no user name or password: a file is no place for them"
    return ""
