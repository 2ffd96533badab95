"""Keep third-party libraries from calling home and from talking, before they are first imported.

Call `hush()` before every heavy import (chromadb, wordllama, onnxruntime, langchain). It only sets
what the person has not set, and undoes the logging that libraries switch on as they are imported.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

GUARDS: Final = {
    "ANONYMIZED_TELEMETRY": "False",
    "DISABLE_TQDM": "1",
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
    "ORT_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def hush() -> None:
    """Set the guards that are not set."""
    for name, value in GUARDS.items():
        os.environ.setdefault(name, value)


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
