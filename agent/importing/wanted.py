"""What a person asks to import, and how; plain values."""

from pathlib import Path
from typing import NamedTuple

from agent.importing.described import Per
from agent.importing.planned import Kind


class Wanted(NamedTuple):
    """What a person asked to import."""

    file: Path
    kind: Kind
    prefix: str = ""
    """Of the ids; empty: made from the file's name."""
    per: Per | None = None
    mapping: str = ""
    columns: tuple[str, ...] = ()
    sheet: str = ""
    again: bool = False
    """Propose also what was dropped before."""
