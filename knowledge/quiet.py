"""Keep third-party libraries from calling home and from talking, before they are first imported.

Call `hush()` before every heavy import (chromadb, wordllama, onnxruntime, langchain). It only sets
what the person has not set, and undoes the logging that libraries switch on as they are imported.
Tracing is different: it uploads proposals, so concord.toml alone turns it on (`set_tracing`).
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# one thread: our products are small, and where the machine is busy waiting for a second one costs
# ten times what it gives
GUARDS: Final = {
    "ANONYMIZED_TELEMETRY": "False",
    "DISABLE_TQDM": "1",
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
    "OPENBLAS_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}

TRACING: Final = (
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
)
TALKERS: Final = (
    "httpcore2",
    "httpx2",
    "langchain_core",
    "langchain_openai",
    "langsmith",
    "openai",
)
"""Loggers that would write prompts or headers when somebody turns debugging on."""


def hush() -> None:
    """Set the guards that are not set."""
    for name, value in GUARDS.items():
        os.environ.setdefault(name, value)


def set_tracing(wanted: bool) -> None:
    """Whatever the shell says: another project may have left its tracing on."""
    for name in TRACING:
        os.environ[name] = "true" if wanted else "false"


def keep_secrets() -> None:
    """The libraries that see prompts and keys log warnings at most."""
    for name in TALKERS:
        logging.getLogger(name).setLevel(logging.WARNING)


@contextmanager
def quietly() -> Iterator[None]:
    """Import heavy libraries inside this: guards set, and the root logger left as it was."""
    hush()
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
