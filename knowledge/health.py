"""A child process that fills a generation's store and asks whether it is usable: a torn file may
kill whoever opens it, and Chroma holds Python's lock while it works.

The child is started before the build, so that its imports run beside it; it gets the folder by its
standard input when the vectors are there, and works beside the rest of the build. It runs outside
the workspace with a safe path, since a workspace has a `knowledge/` folder of its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.chroma import Collections, Damaged, store_version
from knowledge.quiet import hush
from knowledge.vocabulary import EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SILENT_SECONDS = 600
"""So long the child may say nothing."""
SAMPLES = 16
"""Vectors of each collection that must find themselves."""
GIVEN = "given"
"""In the folder: what the child fills the store with; removed when it is done."""
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from knowledge.health import answer; sys.exit(answer())"
)


class Filler:
    """A child process that waits for a folder, fills its store and examines it."""

    def __init__(self) -> None:
        hush()
        house = Path(__file__).resolve().parent.parent
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, str(house)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
            text=True,
        )

    def begin(
        self, folder: Path, kinds: Mapping[EntryKind, tuple[list[str], NDArray[np.float32]]]
    ) -> None:
        """Hand over the ids and vectors of each collection; the child works from now on."""
        import numpy as np

        (folder / GIVEN).mkdir()
        for kind, (ids, vectors) in kinds.items():
            (folder / GIVEN / f"{kind}.json").write_text(json.dumps(list(ids)), encoding="utf-8")
            np.save(folder / GIVEN / f"{kind}.npy", vectors)
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(f"{folder}\n")
            self._child.stdin.flush()
        except OSError:
            return  # it died, which `finish` tells

    def finish(self, told: Callable[[int], None]) -> str:
        """What is wrong with the filled store, or nothing; `told` gets how many vectors are in."""
        assert self._child.stdout is not None
        watch = threading.Timer(SILENT_SECONDS, self._child.kill)
        watch.start()
        try:
            for line in self._child.stdout:
                said = json.loads(line)
                if "wrong" in said:
                    return str(said["wrong"])
                told(int(said["done"]))
                watch.cancel()
                watch = threading.Timer(SILENT_SECONDS, self._child.kill)
                watch.start()
        except (OSError, ValueError, KeyError, TypeError):
            pass
        finally:
            watch.cancel()
            self.dismiss()
        return f"the process that fills the store ended with code {self._child.returncode}"

    def dismiss(self) -> None:
        """End the child, whatever it is doing."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                stream.close()


def answer() -> int:
    """The child: read the folder's name, write a line of JSON for each step and for the end."""
    store_version()  # the slow import, while the parent builds
    folder = sys.stdin.readline().rstrip("\n")
    if folder:
        _say({"wrong": _filled(Path(folder)) or wrong(Path(folder))})
    return 0


def _filled(folder: Path) -> str:
    """Fill the store with what was given; what went wrong, or nothing."""
    import numpy as np

    try:
        store, done = Collections(folder / "chroma"), 0
        for given in sorted((folder / GIVEN).glob("*.json")):
            ids = json.loads(given.read_text(encoding="utf-8"))
            for added in store.create(given.stem, ids, np.load(given.with_suffix(".npy"))):
                _say({"done": done + added})
            done += len(ids)
        store.close()
    except (Damaged, OSError, ValueError) as error:
        return f"the store cannot be filled ({error})"
    return ""


def _say(line: object) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201 - the parent process reads it


def wrong(folder: Path) -> str:
    """Compare each collection with what was given for it; empty when all is well."""
    import numpy as np

    try:
        store = Collections(folder / "chroma")
        for given in sorted((folder / GIVEN).glob("*.json")):
            name, ids = given.stem, json.loads(given.read_text(encoding="utf-8"))
            vectors = np.load(given.with_suffix(".npy"))
            if store.count(name) != len(ids) or sorted(store.ids(name)) != sorted(set(ids)):
                return f"the collection {name} does not hold what was added"
            rows = {passage: number for number, passage in enumerate(ids)}
            for number in range(0, len(ids), max(1, len(ids) // SAMPLES)):
                found = store.nearest(name, vectors[number], min(10, len(ids)))
                best = max((float(vectors[rows[i]] @ vectors[number]) for i in found), default=0.0)
                if best < float(vectors[number] @ vectors[number]) - 1e-3:
                    return f"the collection {name} does not find its own vectors"
        store.close()
        shutil.rmtree(folder / GIVEN)
    except (Damaged, OSError, ValueError, KeyError) as error:
        return f"the store cannot be read ({error})"
    return ""
