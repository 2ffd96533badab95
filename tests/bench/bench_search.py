"""Search in process, in catalogues of 1,000, 10,000 and 100,000 made-up entries.

The reference is one bare query of the same Chroma collection and one of bm25s over the same texts,
for as many candidates as Concord asks for, taken in turns with its own. Every size runs in two
processes: one builds, one reads, searches and is weighed.
"""

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

from tests.bench.row import Row, environment, seconds

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 10_000, 100_000)
BARS = {1_000: 3.0, 10_000: 1.5, 100_000: 2.0}
QUERIES = 150
SUBJECTS = 400
MEBIBYTE = 1 << 20


def texts(count: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """(title, body) pairs of English words, as long as in real registers (median 60 words, one in a
    hundred over 350); each is about one of SUBJECTS, as far as words can be about something."""
    english = Counter(re.findall(r"[a-z]{3,}", " ".join(topics.values()).lower()))
    words = sorted(english, key=lambda word: (-english[word], word))
    weights = [1 / (rank + 3) for rank in range(len(words))]
    fixed, chance = random.Random(1), random.Random(seed)
    subjects = [fixed.sample(words[50:], 60) for _ in range(SUBJECTS)]
    for _ in range(count):
        length = min(900, max(8, int(chance.lognormvariate(4.1, 0.75))))
        said = chance.choices(words, weights, k=length // 2)
        said += chance.choices(chance.choice(subjects), k=length - length // 2)
        chance.shuffle(said)
        for stop in range(12, length, chance.randint(12, 25)):
            said[stop] += "."
        yield " ".join(said[:6]), " ".join(said[6:])


def write(folder: Path, count: int) -> None:
    """An office of so many capabilities."""
    (folder / "knowledge/capabilities").mkdir(parents=True)
    (folder / "concord.toml").touch()
    with (folder / "knowledge/capabilities/a.jsonl").open("w", encoding="utf-8") as file:
        for number, (title, body) in enumerate(texts(count)):
            entry = {"id": f"C-{number:06d}", "title": title, "body": body}
            file.write(json.dumps(entry) + "\n")


def queries() -> list[str]:
    """Texts of the same sort, and the beginning of some that are there."""
    there = [f"{title} {body}" for title, body in texts(QUERIES // 2)]
    made = [body for _, body in texts(QUERIES - len(there), seed=8)]
    return [" ".join(text.split()[:70]) for text in there + made]


def build(folder: Path) -> None:
    """In a process of its own: the index of the office."""
    from knowledge.embed import load_embedder
    from knowledge.index import open_index
    from knowledge.reading import load

    cache = folder / "cache"
    open_index(load(folder / "knowledge", cache=cache), cache, load_embedder(), say=print).close()


def measure(folder: Path, count: int) -> dict[str, float]:
    """In a process of its own: seconds of search and reference, and memory before the reference."""
    from knowledge.embed import load_embedder
    from knowledge.index import open_index
    from knowledge.reading import load

    cache, embedder, asked = folder / "cache", load_embedder(), queries()
    knowledge = load(folder / "knowledge", cache=cache)
    with open_index(knowledge, cache, embedder, say=print) as index:
        for query in asked[:20]:
            index.search(query, kinds=["capability"])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEBIBYTE
        chroma = next(index.folder.glob("**/chroma.sqlite3")).parent
        bare = _bare(chroma, list(texts(count)))
        ours: list[float] = []
        theirs: list[float] = []
        for query in asked:
            vector = embedder.embed([query])
            ours.append(seconds(partial(index.search, query, kinds=["capability"])))
            theirs.append(seconds(partial(bare, query, vector)))
    ours, theirs = sorted(ours[20:]), sorted(theirs[20:])
    at = int(len(ours) * 0.95)
    return {
        "search": ours[at],
        "bare": theirs[at],
        "memory": memory,
    }


def _bare(folder: Path, known: list[tuple[str, str]]) -> Callable[[str, Any], None]:
    import bm25s  # type: ignore[import-untyped]  # ships no types
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.get_collection(client.list_collections()[0].name, embedding_function=None)
    words = bm25s.BM25()
    said = [f"{title}\n{body}" for title, body in known]
    words.index(bm25s.tokenize(said, stopwords="english", show_progress=False), show_progress=False)

    def query(text: str, vector: Any) -> None:
        collection.query(query_embeddings=vector, n_results=100, include=[])
        terms = bm25s.tokenize([text], stopwords="english", show_progress=False, return_ids=False)
        words.retrieve(terms, k=100, show_progress=False)

    return query


def _child(task: str, folder: Path, count: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_search", task, str(folder), str(count)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout or "{}")
    return found


def bench_search() -> Iterator[Row]:
    """How the cost of a search grows; the largest index is weighed too."""
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, count)
            time.sleep(0.2)
            _child("build", folder, count)
            found = _child("measure", folder, count)
        against = "Chroma + bm25s query"
        yield Row(
            f"search p95, {count:,} entries", found["search"], BARS[count], found["bare"], against
        )
        if count == 10_000:
            yield Row("search p95, 10,000 entries", found["search"], 0.025)
        if count == 100_000:
            yield Row("memory, 100,000 entries", found["memory"], 1.2 * 1024, unit="MB")


if __name__ == "__main__":
    from knowledge.quiet import hush

    hush()
    if sys.argv[1] == "build":
        build(Path(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(measure(Path(sys.argv[2]), int(sys.argv[3]))))
