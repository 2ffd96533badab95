"""The index of a large catalogue: built, opened when nothing or one entry changed, and how its cost
grows.

The reference is the bare work nobody can avoid: embedding the same texts and adding their vectors
to a Chroma collection. Reading the files is measured apart, as the reference reads none.
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
from knowledge.reading import Knowledge, load
from tests.bench.row import Row, medians, seconds
from tests.support.catalogue import large, write

COUNT = 10_000
SIZES = (1_000, 10_000, 100_000)
SETTLE_SECONDS = 0.2
"""Files younger than a moment are not trusted to be unchanged."""


@dataclass(frozen=True)
class _Office:
    root: Path
    folder: Path
    """Where caches may be made."""
    embedder: Embedder

    def read(self, cache: Path) -> Knowledge:
        return load(self.root, cache=cache)

    def open(self, knowledge: Knowledge, cache: Path, query: str = "") -> None:
        """Open or build the index, and search once when asked."""
        with open_index(knowledge, cache, self.embedder, say=print) as index:
            if query:
                assert index.search(query, kinds=["capability"])

    def change_one(self) -> None:
        """One entry of the file."""
        path = self.root / "capabilities/a.jsonl"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"title": "', '"title": "New ', 1), encoding="utf-8")
        time.sleep(SETTLE_SECONDS)


@contextmanager
def _office(count: int) -> Iterator[_Office]:
    hush()
    with tempfile.TemporaryDirectory() as name:
        root = write(Path(name), {"capabilities/a.jsonl": large(count)})
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
        step = client.get_max_batch_size()
        for start in range(0, len(texts), step):
            numbers = range(start, min(start + step, len(texts)))
            rows = vectors[numbers.start : numbers.stop]
            collection.add(ids=[str(number) for number in numbers], embeddings=rows)
        client.close()  # type: ignore[attr-defined]


def _texts(knowledge: Knowledge) -> list[str]:
    return [p.text for entry in knowledge.entries.values() for p in passages(entry)]


def _changed(office: _Office, cache: Path, repeats: int = 5) -> tuple[float, float]:
    """Medians of reading and of indexing after one entry has changed."""
    found: list[tuple[float, float]] = []
    for _ in range(repeats):
        office.change_one()
        read: list[Knowledge] = []
        reading = seconds(lambda: read.append(office.read(cache)))  # noqa: B023 - called at once
        found.append((reading, seconds(partial(office.open, read[0], cache))))
    reads, opens = zip(*sorted(found), strict=True)
    return sorted(reads)[repeats // 2], sorted(opens)[repeats // 2]


def bench_index() -> list[Row]:
    """First index, nothing changed, one entry changed; all in process after the imports."""
    with _office(COUNT) as office:
        knowledge = office.read(office.folder / "fresh")
        texts = _texts(knowledge)
        first, bare = medians(
            partial(_fresh, office.folder, partial(office.open, knowledge)),
            partial(_fresh, office.folder, partial(_bare, office.embedder, texts)),
            repeats=3,
        )
        warm = office.folder / "warm"
        office.open(office.read(warm), warm)
        same, searched, read = medians(
            partial(office.open, knowledge, warm),
            partial(office.open, knowledge, warm, "Sorts claims for clerks"),
            partial(office.read, warm),
        )
        read_one, one = _changed(office, warm)
    against = "embed + Chroma add"
    return [
        Row("first index of 10,000 entries", first, 1.5, bare, against),
        Row("index, nothing changed", same, 0.03, first, "first index"),
        Row("index, one entry changed", one, 0.10, first, "first index"),
        Row("reading 10,000 entries, none changed", read, 0.3),
        Row("reading 10,000 entries, one changed", read_one, 2.0),
        Row("index opened and searched once", searched, 0.3),
    ]


def bench_growth() -> Iterator[Row]:
    """How the cost grows from 1,000 to 100,000 entries: index, one changed, one search."""
    for count in SIZES:
        with _office(count) as office:
            cache = office.folder / "cache"
            knowledge = office.read(cache)
            first = seconds(partial(office.open, knowledge, cache))
            _, one = _changed(office, cache, 1)
            with open_index(office.read(cache), cache, office.embedder, say=print) as index:
                find = partial(index.search, "Sorts claims for clerks", kinds=["capability"])
                (search,) = medians(find, repeats=15)
        name = f"{count:,} entries"
        yield Row(f"first index of {name}", first, 100e-5 * count + 3)
        yield Row(f"one of {name} changed", one, 10e-5 * count + 1)
        yield Row(f"search among {name}", search, 0.025 if count <= COUNT else 0.1)
