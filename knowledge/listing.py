"""Which files of the knowledge folder are read; what stands there and is not becomes a problem.

Lists and judges files by their names and kinds; opens none.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge.fields import cleaned
from knowledge.making import FOLDERS
from knowledge.snapshot import Problem
from knowledge.table_settings import TABLES

ENDINGS = (*TABLES, ".md")
MAX_BYTES = {".csv": 256 << 20, ".jsonl": 256 << 20, ".xlsx": 128 << 20, ".md": 1 << 20}
OTHER_WORKBOOKS = (".xls", ".xlsb", ".xlsm", ".ods")
MEANT = {
    name: folder
    for folder in FOLDERS
    for name in (folder[:-3] + "y" if folder.endswith("ies") else folder[:-1], folder.title())
}
"""Folder names that were probably meant to be one of ours."""


class KnowledgeFile(NamedTuple):
    """A file that is read."""

    folder: str
    path: str
    ending: str
    shown: str
    """Relative to the workspace, with `/`."""
    stat: os.stat_result

    @property
    def key(self) -> str:
        """Below `knowledge/`, as concord.toml names it."""
        return f"{self.folder}/{Path(self.path).name}"


def listed(folder: Path, problems: list[Problem]) -> Iterator[KnowledgeFile]:
    """The files to read, sorted; what stands there and is not read becomes a problem."""
    root = folder.resolve()
    for name in sorted(MEANT):
        if (folder / name).is_dir() and not (folder / MEANT[name]).is_dir():
            problems.append(
                Problem(f"{folder.name}/{name}", 1, f"not read: call the folder `{MEANT[name]}`")
            )
    problems.extend(_stray(folder))
    for kind in FOLDERS:
        try:
            with os.scandir(folder / kind) as found:
                items = sorted(found, key=lambda item: item.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(
                Problem(f"{folder.name}/{kind}", 1, f"cannot be read: {error.strerror}")
            )
            continue
        for item in items:
            if _aside(item.name):
                continue
            file = _file(folder, root, kind, item)
            if isinstance(file, Problem):
                problems.append(file)
            else:
                yield file


def _stray(folder: Path) -> Iterator[Problem]:
    """Files beside the folders that are read: nobody would see that they count for nothing.

    The settings of the packs that ship stand beside their folders and are none.
    """
    try:
        names = sorted(path.name for path in folder.iterdir() if not path.is_dir())
    except OSError as error:
        yield Problem(folder.name, 1, f"cannot be listed: {error.strerror}")
        return
    for name in names:
        if not _aside(name) and not name.endswith(".toml"):
            where = f"put it into one of {', '.join(FOLDERS)}"
            yield Problem(f"{folder.name}/{cleaned(name)}", 1, f"not read: {where}")


def _aside(name: str) -> bool:
    """Hidden files and README*, which hold no entries."""
    return name.startswith(".") or name.upper().startswith("README")


def _file(folder: Path, root: Path, kind: str, item: os.DirEntry[str]) -> KnowledgeFile | Problem:
    shown_path = f"{folder.name}/{kind}/{cleaned(item.name)}"
    ending = "." + item.name.rpartition(".")[2].lower()
    try:
        info = item.stat()
        outside = item.is_symlink() and not Path(item.path).resolve().is_relative_to(root)
    except (OSError, RuntimeError) as error:  # RuntimeError: a symlink loop
        why = error.strerror if isinstance(error, OSError) else str(error)
        return Problem(shown_path, 1, f"cannot be read: {why}")
    if stat.S_ISDIR(info.st_mode):
        return Problem(shown_path, 1, "a folder inside is not read: move its files one level up")
    if ending in OTHER_WORKBOOKS:
        return Problem(shown_path, 1, "not read: save it as .xlsx, without macros, or as .csv")
    if ending not in ENDINGS:
        return Problem(shown_path, 1, f"not read: only {', '.join(ENDINGS)} files are")
    if outside:
        return Problem(shown_path, 1, "not read: this link leads out of the knowledge folder")
    if not stat.S_ISREG(info.st_mode):
        return Problem(shown_path, 1, "not read: this is not a regular file")
    if info.st_size > MAX_BYTES[ending]:
        return Problem(shown_path, 1, f"not read: larger than {MAX_BYTES[ending] >> 20} MiB")
    return KnowledgeFile(kind, item.path, ending, shown_path, info)
