"""Is a finished generation's store usable? Asked in a child process, which a torn file may kill.

The child is started before the build, so that its imports run beside it; it gets the folder by its
standard input when the build is done. It runs outside the workspace with a safe path, since a
workspace has a `knowledge/` folder of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from knowledge.chroma import Collections, Damaged, store_version
from knowledge.quiet import hush

TIMEOUT_SECONDS = 300
SAMPLES = 16
"""Vectors of each collection that must find themselves."""
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from knowledge.health import answer; sys.exit(answer())"
)


class Examiner:
    """A child process that waits for a folder to examine."""

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

    def examine(self, folder: Path) -> str:
        """What is wrong with the folder's store, or nothing."""
        try:
            out, _ = self._child.communicate(f"{folder}\n", timeout=TIMEOUT_SECONDS)
            if self._child.returncode == 0:
                return str(json.loads(out.strip().split("\n")[-1])["wrong"])
        except subprocess.TimeoutExpired:
            return f"the check took longer than {TIMEOUT_SECONDS} seconds"
        except (OSError, ValueError, KeyError, TypeError):
            pass
        finally:
            self.dismiss()
        return f"the check of the store ended with code {self._child.returncode}"

    def dismiss(self) -> None:
        """End the child, whatever it is doing."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                stream.close()


def answer() -> int:
    """The child: read the folder's name, write one line of JSON."""
    store_version()  # the slow import, while the parent builds
    folder = sys.stdin.readline().rstrip("\n")
    if folder:
        print(json.dumps({"wrong": wrong(Path(folder))}))  # noqa: T201 - the parent process reads it
    return 0


def wrong(folder: Path) -> str:
    """Compare each collection with the vectors beside it; empty when all is well."""
    import numpy as np

    try:
        store = Collections(folder / "chroma")
        for kind in sorted(path.parent for path in folder.glob("*/rows.json")):
            name = kind.name
            ids = [row[0] for row in json.loads((kind / "rows.json").read_text("utf-8"))]
            vectors = np.load(kind / "vectors.npy")
            if store.count(name) != len(ids) or sorted(store.ids(name)) != sorted(set(ids)):
                return f"the collection {name} does not hold what was added"
            rows = {passage: number for number, passage in enumerate(ids)}
            for number in range(0, len(ids), max(1, len(ids) // SAMPLES)):
                found = store.nearest(name, vectors[number], min(10, len(ids)))
                best = max((float(vectors[rows[i]] @ vectors[number]) for i in found), default=0.0)
                if best < float(vectors[number] @ vectors[number]) - 1e-3:
                    return f"the collection {name} does not find its own vectors"
        store.close()
    except (Damaged, OSError, ValueError, KeyError) as error:
        return f"the store cannot be read ({error})"
    return ""
