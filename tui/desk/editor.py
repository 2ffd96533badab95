"""The hand-off to the person's own editor ($VISUAL, $EDITOR, else vi); the desk sleeps meanwhile.

The text goes through a file that only its owner may read and that is gone afterwards.
"""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from knowledge.text import clean, decode

MOST = 1 << 20


def edit_outside(app: App[Any], text: str) -> tuple[str, str]:
    """The text as it came back, cleaned, and what went wrong ("" when nothing did)."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        command = shlex.split(named) or ["vi"]
    except ValueError:
        return text, "$VISUAL or $EDITOR has a quote that does not end; write here."
    with tempfile.TemporaryDirectory(prefix="concord-") as folder:
        path = Path(folder) / "text.md"
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                fault = _run([*command, str(path)])
        except SuspendNotSupported:
            return text, "This terminal cannot be lent to an editor; write here."
        if fault:
            return text, fault
        return _read(path, text)


def _run(command: list[str]) -> str:
    """What went wrong. Nothing may be raised here: the desk would never get its terminal back."""
    try:
        done = subprocess.run(command, check=False)
    except OSError as error:
        return f"{command[0]} could not be started: {error.strerror}; set $EDITOR."
    if done.returncode:
        return f"{command[0]} ended with {done.returncode}; the text is as it was."
    return ""


def _read(path: Path, before: str) -> tuple[str, str]:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST + 1)
    except OSError as error:
        return before, f"The text could not be read again: {error.strerror}; it is as it was."
    if len(raw) > MOST:
        return before, "The text is larger than 1 MiB; it is as it was."
    return clean(decode(raw)[0]).text.removesuffix("\n"), ""
