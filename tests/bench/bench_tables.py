"""A large register: read with a mapping for the first time, and loaded when nothing changed.

The reference is the same systems in a file that needs no mapping: JSONL with our own fields.
"""

import tempfile
import time
from functools import partial
from pathlib import Path

from knowledge.reading import load
from tests.bench.row import Row, medians
from tests.support.catalogue import large, large_register, write

COUNT = 10_000
SETTLE_SECONDS = 0.2
"""Files younger than a moment are not trusted to be unchanged."""


def bench_register() -> list[Row]:
    """A register of 10,000 rows and twenty columns, recognised by its header."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = write(folder, {"capabilities/a.csv": large_register(COUNT)})
        own = write(folder / "own", {"capabilities/a.jsonl": large(COUNT)})
        time.sleep(SETTLE_SECONDS)
        assert len(load(root, cache=folder / "warm").entries) == COUNT
        plain, first, same = medians(
            partial(load, own),
            partial(load, root),
            partial(load, root, cache=folder / "warm"),
            repeats=3,
        )
    return [
        Row("register of 10,000 rows read", first, 3.0, plain, "without mapping"),
        Row("register of 10,000 rows, unchanged", same, 0.2, first, "read"),
    ]
