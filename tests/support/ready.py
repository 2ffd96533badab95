"""Indexes that are built once for the whole run, by whichever worker comes first, and then copied.

An index costs a child process that imports Chroma, most of a second; a copy costs nothing to speak
of. Tests of how an index is built build their own.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

POOL = "SUITE_POOL"
"""Names the folder that all workers of a run share."""


@contextmanager
def built_once(name: str) -> Iterator[tuple[Path, bool]]:
    """A folder of the run, and whether it has still to be filled; others wait meanwhile."""
    pool = Path(os.environ[POOL])
    pool.mkdir(exist_ok=True)
    folder, sign = pool / name, pool / f"{name}.built"
    with (pool / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        missing = not sign.exists()
        if missing:
            shutil.rmtree(folder, ignore_errors=True)
        yield folder, missing
        sign.touch()


def lay_index(knowledge: Path, cache: Path) -> None:
    """The index of these entries in the cache of an office, as if it had been built there."""
    from knowledge.embed import load_embedder
    from knowledge.index import open_index
    from knowledge.reading import load

    with built_once(_named_by_content(knowledge)) as (folder, missing):
        if missing:
            open_index(load(knowledge), folder, load_embedder(), say=_fail).close()
    shutil.copytree(folder, cache, dirs_exist_ok=True)


def _named_by_content(folder: Path) -> str:
    content = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content.update(f"{path.relative_to(folder)}\n{path.stat().st_size}\n".encode())
        content.update(path.read_bytes())
    return content.hexdigest()[:16]


def _fail(sentence: str) -> None:
    raise AssertionError(sentence)
