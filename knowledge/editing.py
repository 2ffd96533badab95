"""Edits of the office's own files: whole or not at all, every other byte as it was.

Owns lines with their own ends and the way to the disk; what is edited is decided elsewhere.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from knowledge.errors import KnowledgeError

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


def physical(text: str) -> list[str]:
    """The lines of a text with their own ends; joined they are the text again."""
    return _LINE.findall(text)


def with_lines(text: str, first: int, last: int, new: Sequence[str]) -> str:
    """Lines first..last (from 1) replaced by `new`, which get the line end of their neighbours.

    `last` before `first`: put in before the line `first`.
    """
    rows = physical(text)
    if first > 1 and rows[first - 2 : first - 1] and not rows[first - 2].endswith(("\n", "\r")):
        rows[first - 2] += _end_of(text)
    made = [line + _end_of(text) for line in new]
    return "".join([*rows[: first - 1], *made, *rows[max(first - 1, last) :]])


def _end_of(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found.group() if found else "\n"


def read_text(path: Path, sha256: str = "") -> str:
    """A file to be edited; KnowledgeError when it is no UTF-8 or not what was read before."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error.strerror}") from None
    if sha256 and hashlib.sha256(raw).hexdigest() != sha256:
        raise KnowledgeError(f"{path}: it was changed meanwhile; run the command again")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise KnowledgeError(f"{path}: this file is not UTF-8: save it as UTF-8 first") from None


def save(path: Path, text: str) -> None:
    """Written beside, synced, renamed into place; an existing file keeps its mode."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise KnowledgeError(f"{path}: cannot be written: {error.strerror}") from None
