"""A review against 3,000 entries with a warm index: in process, and as a whole process."""

import asyncio
import itertools
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from agent.intake.proposal import parse
from agent.settings import load_settings
from agent.wiring import open_library, review_of
from agent.workspace import make_office
from tests.bench.bench_command import CONCORD, proposal_text
from tests.bench.row import Row, environment, medians
from tests.support.catalogue import large

ENTRIES = 3_000
HEAVY = "import chromadb, wordllama, bm25s, sqlalchemy"


def bench_review() -> Iterator[Row]:
    """One proposal of ordinary length; in process the bar is absolute, a person waits for it."""
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        make_office(office, ("policies", "patterns"))
        catalogue = office / "knowledge" / "capabilities" / "catalogue.jsonl"
        catalogue.write_text(large(ENTRIES), encoding="utf-8")
        settings = load_settings(office)
        library = open_library(settings, lambda _sentence: None)
        review = review_of(library, settings)
        first = itertools.count(1, 100)

        def in_process() -> None:
            # Another text each time: what was read of the last one is of no use.
            proposal = parse(proposal_text(lines=120, first=next(first)).encode(), "p.md")
            evidence = review.gather(proposal)
            asyncio.run(review.draft(proposal, evidence, version=1))

        (once,) = medians(in_process, repeats=9)
        yield Row("review in process, 3,000 entries", once, 0.150)
        path = office / "proposals" / "p.md"
        number = iter(range(10_000))

        def whole() -> None:
            # Each run reviews a new version: an unchanged one would skip the work.
            path.write_text(proposal_text(lines=120) + f"\nChange {next(number)}.\n")
            _run(str(CONCORD), "review", str(path), "--office", str(office))

        reference, whole_process = medians(
            lambda: _run(sys.executable, "-c", HEAVY), whole, repeats=7
        )
        yield Row("concord review, whole process", whole_process, 1.6, reference, "importing")


def _run(*command: str) -> None:
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}: exit {done.returncode}: {done.stderr.decode()}")
