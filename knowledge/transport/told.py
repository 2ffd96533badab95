"""Which hosts the people of an office have been told about: a file, one name a line.

Owns the file and no sentence. A file that cannot be written means that they are told again.
"""

from pathlib import Path


def is_told(file: Path, name: str) -> bool:
    try:
        return name in file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return False


def note_host(file: Path, name: str) -> bool:
    """Whether it is new, and has to be told now; it is not asked again."""
    if is_told(file, name):
        return False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as told:
            told.write(f"{name}\n")
    except OSError:
        pass
    return True
