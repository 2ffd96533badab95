"""`[search]`, `[embedding]`, `[chroma]`: what their values may be, and what they mean for a call.

Owns no discovery and no precedence; light, opens nothing. No fault repeats what may be a secret.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from agent.errors import SettingsError
from agent.model_settings import KEYS, address_fault, api_key, proxy_fault
from agent.schema.office import ChromaSettings, EmbeddingSettings, ModelSettings
from knowledge.transport.endpoint import Endpoint, Limits

EMBEDDERS: Final = ("wordllama", "openai", "chroma")
EMBEDDING_KEYS: Final = ("CONCORD_EMBEDDING_KEY", *KEYS)
TOKEN: Final = "CONCORD_CHROMA_TOKEN"
KEY_OF: Final = {"model": KEYS[0], "embedding": EMBEDDING_KEYS[0], "chroma": TOKEN}
"""Table of concord.toml → where its secret stands instead."""
RESPONSE_BYTES: Final = 64 << 20
"""2,048 vectors of 3,072 numbers, written out."""
_PREFIX: Final = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}")
_NAME: Final = re.compile(r"[\w.-]{1,512}")
_RANGES: Final = {
    "dimension": (1, 65_536),
    "batch": (1, 2048),
    "in_flight": (1, 64),
    "call_seconds": (1, 3600),
    "attempts": (1, 10),
}
Fault = tuple[tuple[str, ...], str]
"""Key path, sentence."""


def search_faults(
    embedder: str, embedding: EmbeddingSettings, chroma: ChromaSettings
) -> Iterator[Fault]:
    """What cannot be used, each with the path of its key."""
    if embedder not in EMBEDDERS:
        known = ", ".join(EMBEDDERS)
        yield ("search", "embedder"), f"`search.embedder`: {embedder!r} is none of {known}"
    yield from _embedding_faults(embedding)
    yield from _chroma_faults(chroma)


def _embedding_faults(embedding: EmbeddingSettings) -> Iterator[Fault]:
    key = EMBEDDING_KEYS[0]
    if fault := address_fault(embedding.base_url, embedding.allow_http, "embedding", key):
        yield ("embedding", "base_url"), f"`embedding.base_url` {fault}"
    if embedding.proxy and (fault := proxy_fault(embedding.proxy)):
        yield ("embedding", "proxy"), f"`embedding.proxy` {fault}"
    for name, (least, most) in _RANGES.items():
        value = getattr(embedding, name)
        if value is not None and not least <= value <= most:
            yield ("embedding", name), f"`embedding.{name}` should be {least} to {most}"


def _chroma_faults(chroma: ChromaSettings) -> Iterator[Fault]:
    if chroma.url:
        example = "https://api.trychroma.com"
        fault = address_fault(chroma.url, chroma.allow_http, "chroma", TOKEN, example)
        if fault:
            yield ("chroma", "url"), f"`chroma.url` {fault}"
    if not _PREFIX.fullmatch(chroma.collection_prefix):
        yield (
            ("chroma", "collection_prefix"),
            "`chroma.collection_prefix` should be letters, digits, `.`, `_` and `-`, at most 64",
        )
    for name in ("tenant", "database"):
        value = getattr(chroma, name)
        if value and not _NAME.fullmatch(value):
            yield ("chroma", name), f"`chroma.{name}` should be letters, digits, `.`, `_` and `-`"
    if not 0.1 <= chroma.seconds <= 600:
        yield ("chroma", "seconds"), "`chroma.seconds` should be 0.1 to 600"


def known_embedder(name: str) -> str:
    """The name itself; SettingsError when there is no such embedder."""
    if name not in EMBEDDERS:
        raise SettingsError(
            f"embedder {name!r}: no such embedder; there are {', '.join(EMBEDDERS)}"
        )
    return name


def embedding_key(
    environ: Mapping[str, str], embedding: EmbeddingSettings, model: ModelSettings
) -> str:
    """The embedding endpoint's own key, else the model's where both are one host: a key is for the
    host that gave it. Empty when none is set."""
    same = Endpoint(embedding.base_url).host == Endpoint(model.base_url).host
    return api_key(environ, EMBEDDING_KEYS if same else EMBEDDING_KEYS[:1])


def chroma_token(environ: Mapping[str, str]) -> str:
    return api_key(environ, (TOKEN,))


def embedding_endpoint(embedding: EmbeddingSettings, key: str) -> Endpoint:
    return Endpoint(
        embedding.base_url.rstrip("/"),
        key,
        embedding.proxy,
        table="embedding",
        keys=EMBEDDING_KEYS[0],
    )


def embedding_limits(embedding: EmbeddingSettings) -> Limits:
    return Limits(
        call_seconds=embedding.call_seconds,
        attempts=embedding.attempts,
        response_bytes=RESPONSE_BYTES,
        in_flight=embedding.in_flight,
    )
