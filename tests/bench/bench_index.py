"""The index of a large catalogue: built once, opened when nothing changed, searched.

The reference is the bare work nobody can avoid: embedding the same texts and adding their vectors
to a Chroma collection.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import chromadb
from chromadb.config import Settings

from knowledge.embed import Embedder, load_embedder
from knowledge.index import open_index
from knowledge.passages import passages
from knowledge.quiet import hush
from knowledge.reading import load
from tests.bench.row import Row, medians
from tests.support.catalogue import large, write

COUNT = 3000
SETTLE_SECONDS = 0.2
"""Files younger than a moment are not trusted to be unchanged."""


@dataclass(frozen=True)
class _Office:
    root: Path
    folder: Path
    """Where caches may be made."""
    embedder: Embedder

    def open(self, cache: Path, query: str = "") -> None:
        """Read the knowledge, open or build the index, and search once when asked."""
        with open_index(load(self.root, cache=cache), cache, self.embedder, say=print) as index:
            if query:
                assert index.search(query, kinds=["capability"])


@contextmanager
def _office() -> Iterator[_Office]:
    hush()
    with tempfile.TemporaryDirectory() as name:
        root = write(Path(name), {"capabilities/a.jsonl": large(COUNT)})
        time.sleep(SETTLE_SECONDS)
        yield _Office(root, Path(name), load_embedder())


def _fresh(folder: Path, work: Callable[[Path], None]) -> None:
    """Run the work on a folder that does not exist yet."""
    cache = folder / "fresh"
    shutil.rmtree(cache, ignore_errors=True)
    work(cache)


def _bare(embedder: Embedder, texts: list[str], _cache: Path) -> None:
    vectors = embedder.embed(texts)
    with tempfile.TemporaryDirectory() as name:
        client = chromadb.PersistentClient(name, settings=Settings(anonymized_telemetry=False))
        collection = client.create_collection("capability", embedding_function=None)
        collection.add(ids=[str(number) for number in range(len(texts))], embeddings=vectors)
        client.close()  # type: ignore[attr-defined]


def bench_index() -> list[Row]:
    """First index, nothing changed, and one search; all in process after the imports."""
    with _office() as office:
        entries = load(office.root).entries.values()
        texts = [passage.text for entry in entries for passage in passages(entry)]
        first, bare = medians(
            partial(_fresh, office.folder, office.open),
            partial(_fresh, office.folder, partial(_bare, office.embedder, texts)),
            repeats=3,
        )
        warm = office.folder / "warm"
        office.open(warm)
        same, searched = medians(
            partial(office.open, warm), partial(office.open, warm, "Sorts claims for clerks")
        )
    against = "embed + Chroma add"
    return [
        Row("first index of 3,000 entries", first, 3.0, bare, against),
        Row("index, nothing changed", same, 0.05, first, "first index"),
        Row("index opened and searched once", searched, 0.15),
    ]
