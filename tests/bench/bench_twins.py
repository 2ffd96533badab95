"""Twins among 3,000 waiting proposals: in process, from files to pairs and clusters."""

import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from agent.twins import find_twins
from agent.waiting import in_files, known
from agent.workspace import STARTER
from evals.cases import DEMO
from knowledge.embed import load_embedder
from tests.bench.row import Row

COUNT = 3_000
TENTH = 10
"""Each tenth proposal repeats an earlier one, two sentences in five in other words."""
SENTENCES = 10
BAR = 20.0
"""Seconds."""


def bench_twins() -> Iterator[Row]:
    """A first small run warms imports and patterns; it is not counted."""
    embed = load_embedder().embed
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in proposal_texts(COUNT).items():
            (root / f"{name}.md").write_text(text, encoding="utf-8")
        files = sorted(root.glob("*.md"))
        find_twins(in_files(files[:50], root, {})[0], embed)
        start = perf_counter()
        waiting, failed = in_files(files, root, {})
        twins = find_twins(waiting, embed)
        took = perf_counter() - start
    if failed or not COUNT / 20 < len(twins.pairs) < 5 * COUNT:
        raise RuntimeError(f"{len(failed)} files failed, {len(twins.pairs)} pairs")
    yield Row(f"twins, {COUNT:,} files, {len(twins.pairs):,} pairs", took, BAR)
    on_record = [known(w.pending) for w in waiting]
    start = perf_counter()
    find_twins(on_record, embed)
    yield Row(f"twins, {COUNT:,} on record", perf_counter() - start, BAR)


def proposal_texts(count: int) -> dict[str, str]:
    """Proposals of some 1,000 characters by seeded code, each with words of its own."""
    chance = random.Random(41)
    every = _words()
    said: list[list[str]] = []
    for number in range(count):
        words = chance.sample(every, 70)
        sentences = [_sentence(chance, words) for _ in range(SENTENCES)]
        if number % TENTH == 0 and number:
            before = zip(sentences, chance.choice(said), strict=True)
            sentences = [new if chance.random() < 0.4 else old for new, old in before]
        said.append(sentences)
    return {f"proposal-{n:04}": _written(n, sentences) for n, sentences in enumerate(said)}


def _words() -> list[str]:
    """The words of the packs and cases that ship: as many as real proposals share a language."""
    files = [*STARTER.rglob("*.md"), *DEMO.rglob("*.md")]
    text = " ".join(file.read_text(encoding="utf-8").lower() for file in sorted(files))
    return sorted(set(re.findall(r"[a-z]{5,}", text)))


def _sentence(chance: random.Random, words: list[str]) -> str:
    """Little but content: what every sentence shares would make all proposals alike."""
    return f"{' '.join(chance.sample(words, 9)).capitalize()}."


def _written(number: int, sentences: list[str]) -> str:
    head = f"---\nid: proposal-{number:04}\nteam: Team {number % 40}\nowner: Ada Brook\n---\n"
    title = " ".join(sentences[0].split()[:2]).title()
    what, data = " ".join(sentences[:6]), " ".join(sentences[6:])
    return f"{head}# {title} {number}\n\n## What it does\n\n{what}\n\n## Data\n\n{data}\n"
