"""What a status of an endpoint means for the person, as a typed fault.

Pure: it takes what arrived. What an endpoint writes is untrusted, so it is cleaned, cut, and freed
of the key and of anything that repeats the request.
"""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from knowledge.text import clean
from knowledge.transport.endpoint import Endpoint
from knowledge.transport.fault import EndpointError

LONGEST_SAYING: Final = 200
ECHO: Final = 24
"""So many characters in a row that also stand in the request are taken for a piece of it."""
_KEYS: Final = re.compile(r"\b(?:sk|key|pk)-[\w*.-]{6,}")
_PASSING: Final = (408, 409, 425)


def fault_of(
    endpoint: Endpoint, status: int, headers: Mapping[str, str], body: bytes, request: bytes
) -> EndpointError:
    """The fault that an answer other than 2xx stands for; header names in lower case."""
    host = endpoint.host
    if 300 <= status < 400:
        return EndpointError(
            "redirect",
            f"{host} redirects to another address ({status}) and nothing was sent there:"
            f" set base_url in [{endpoint.table}] to the final address",
        )
    error = _error(body)
    said = _saying(error, endpoint, request)
    if status == 429:
        return _busy(endpoint, said, error, seconds_to_wait(headers, datetime.now(UTC)))
    if status >= 500 or status in _PASSING:
        return EndpointError(
            "server",
            f"{host} failed ({status}){said or ': try again later'}",
            retry=True,
            retry_after=seconds_to_wait(headers, datetime.now(UTC)),
        )
    return _refused(endpoint, status, said, str(error.get("param") or ""))


def _busy(
    endpoint: Endpoint, said: str, error: Mapping[str, object], wait: float | None
) -> EndpointError:
    host, table = endpoint.host, endpoint.table
    if "insufficient_quota" in (error.get("code"), error.get("type")):
        return EndpointError("rate", f"{host} says that the account has no quota left (429){said}")
    return EndpointError(
        "rate",
        f"{host} is busy (429){said or f': try again later, or lower in_flight in [{table}]'}",
        retry=True,
        retry_after=wait,
    )


def _refused(endpoint: Endpoint, status: int, said: str, about: str) -> EndpointError:
    host, name = endpoint.host, "name" if endpoint.table == "model" else "model"
    if status == 401:
        return EndpointError(
            "auth",
            f"{host} does not accept the key (401): set {endpoint.keys}"
            f" to a valid one{_then(said)}",
        )
    if status == 403:
        return EndpointError(
            "auth", f"{host} does not let this key use the model (403): ask for access{_then(said)}"
        )
    if status == 404:
        return EndpointError(
            "not_found",
            f"{host} knows no such path or model (404): check base_url and {name} in"
            f" [{endpoint.table}]{_then(said)}",
        )
    return EndpointError("rejected", f"{host} rejected the request ({status}){said}", about=about)


def _then(said: str) -> str:
    return said and f"; it says{said}"


def _error(body: bytes) -> Mapping[str, object]:
    """The `error` object of the API, `{"message": …}` made of what else was sent, or nothing."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    error = data.get("error", data) if isinstance(data, dict) else data
    if isinstance(error, str):
        return {"message": error}
    return error if isinstance(error, dict) else {}


def _saying(error: Mapping[str, object], endpoint: Endpoint, request: bytes) -> str:
    """`: message` in one line, or nothing."""
    message = error.get("message")
    if not isinstance(message, str):
        return ""
    if endpoint.api_key:
        message = message.replace(endpoint.api_key, "…")
    message = _KEYS.sub("…", " ".join(clean(message[:4000]).text.split()))
    message = _without_echo(message[: 2 * LONGEST_SAYING], request)
    if len(message) > LONGEST_SAYING:
        message = message[: LONGEST_SAYING - 1] + "…"
    return f": {message}" if message else ""


def _without_echo(message: str, request: bytes) -> str:
    """Cut where the message begins to repeat the request: a prompt belongs in no message."""
    sent = " ".join(_texts(request).split())
    for at in range(len(message) - ECHO + 1):
        if message[at : at + ECHO] in sent:
            return message[:at] + "…"
    return message


def _texts(request: bytes) -> str:
    """All contents of the messages of a request, as text."""
    try:
        data = json.loads(request)
    except (ValueError, RecursionError):
        return request.decode("utf-8", "replace")
    messages = data.get("messages", data) if isinstance(data, dict) else data
    return json.dumps(messages, ensure_ascii=False).replace("\\n", " ").replace('\\"', '"')


def seconds_to_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """What Retry-After asks for, in seconds from now; None: nothing that can be understood."""
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            wait = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        return None if math.isnan(wait) else max(0.0, wait)
    try:
        when = parsedate_to_datetime(headers.get("retry-after", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
