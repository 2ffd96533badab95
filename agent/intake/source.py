"""Reads the bytes of a proposal file, and nothing but a file: never hangs, never reads too much."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

from agent.errors import ProposalError
from knowledge.text import clean

LARGEST: Final = 1024 * 1024
"""Bytes of a proposal."""

_NOT_A_FILE: Final = (
    (stat.S_ISDIR, "is a folder: name a markdown file in it, or review the folder as a whole"),
    (stat.S_ISFIFO, "is a pipe: save what it delivers in a file and name that"),
    (stat.S_ISSOCK, "is a socket: name a markdown file"),
    (stat.S_ISCHR, "is a device: name a markdown file"),
    (stat.S_ISBLK, "is a device: name a markdown file"),
)
_REASONS: Final = {
    errno.ENOENT: "there is no such file: check the name",
    errno.EACCES: "may not be read by you: ask its owner for access",
    errno.EPERM: "may not be read by you: ask its owner for access",
    errno.ELOOP: "is a symbolic link that leads round in a circle: name the file itself",
    errno.ENOTDIR: "there is no such file: a part of the path is not a folder",
    errno.ENAMETOOLONG: "the name is too long for this system",
    errno.ENXIO: "is a socket or a pipe: name a markdown file",
}


def read_source(path: Path) -> bytes:
    """Raw bytes of a regular file of at most 1 MiB; anything else is a ProposalError."""
    shown = show_path(str(path))
    try:
        _require_file(path.stat().st_mode, shown)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(path, flags | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        raise ProposalError(f"{shown}: {_reason(error)}") from None
    except ValueError:
        raise ProposalError(f"{shown}: the name holds a character no file name can have") from None
    try:
        return _read(descriptor, shown)
    except OSError as error:
        raise ProposalError(f"{shown}: {_reason(error)}") from None
    finally:
        os.close(descriptor)


def _read(descriptor: int, shown: str) -> bytes:
    before = os.fstat(descriptor)
    _require_file(before.st_mode, shown)
    pieces, left = [], LARGEST + 1
    while left > 0 and (piece := os.read(descriptor, left)):
        pieces.append(piece)
        left -= len(piece)
    raw = b"".join(pieces)
    require_size(raw, shown)
    after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ProposalError(f"{shown}: changed while it was read: try again when it is saved")
    return raw


def require_size(raw: bytes, shown: str) -> None:
    if len(raw) > LARGEST:
        raise ProposalError(
            f"{shown}: is larger than 1 MiB: a proposal is text, "
            "put images and attachments beside it"
        )


def show_path(path: str) -> str:
    """A path as it may be shown in one line."""
    return clean(path).text.replace("\n", " ")


def _require_file(mode: int, shown: str) -> None:
    for is_kind, sentence in _NOT_A_FILE:
        if is_kind(mode):
            raise ProposalError(f"{shown}: {sentence}")


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return known or f"cannot be read ({(error.strerror or 'unknown reason').lower()})"
