"""What a person hands over on stdin and files they ask for: each refusal is one sentence."""

import sys
from pathlib import Path

from agent.errors import OutputError, SettingsError


def stdin(limit: int) -> bytes:
    """At most so many bytes of what is piped in."""
    if sys.stdin is None:
        raise SettingsError("-: stands for stdin, which is closed; name a file")
    return sys.stdin.buffer.read(limit)


def save(path: Path, text: str) -> None:
    """Whole or not at all."""
    from agent.deciding import write_file

    try:
        write_file(path, text)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None
