"""Entries as nobody would write them: all alike, empty, a megabyte long, twice the same id."""

import json
import random
from pathlib import Path

from knowledge.embed import Embedder
from knowledge.index import open_index
from knowledge.reading import load
from tests.support.catalogue import write

ALIKE = 1500
MEGABYTE = 1_000_000


def line(name: str, title: str, body: str = "") -> str:
    return json.dumps({"id": name, "title": title, "body": body}) + "\n"


def test_they_are_indexed_and_found_in_the_order_of_their_ids(
    tmp_path: Path, words: Embedder
) -> None:
    names = [f"T-{number:04d}" for number in range(ALIKE)]
    random.Random(1).shuffle(names)
    alike = [line(name, "Reads bills", "Every bill") for name in names]
    strange = [
        line("EMPTY", "Empty"),
        line("LONG", "Long", "lorem ipsum " * (MEGABYTE // 12)),
        line("WORD", "Word", "x" * MEGABYTE),
        line("T-0007", "Reads bills", "The same id a second time"),
    ]
    knowledge = load(write(tmp_path, {"capabilities/a.jsonl": "".join([*alike, *strange])}))
    assert [p for p in knowledge.problems if "T-0007" in p.message]
    said: list[str] = []
    with open_index(knowledge, tmp_path / "cache", words, say=said.append) as index:
        hits = index.search("Reads every bill", kinds=["capability"], k=40)
        found = [hit.entry for hit in hits if hit.entry.startswith("T-")]
        assert found == sorted(names)[: len(found)]
        assert len(found) > 30
        assert len({hit.score for hit in hits if hit.entry in found}) == 1
        assert index.search("lorem ipsum", kinds=["capability"], k=1)[0].entry == "LONG"
        assert index.search("empty", kinds=["capability"], k=1)[0].entry == "EMPTY"
        vector = words.embed(["Reads every bill"])[0].astype("float64")
        assert len(index._store.nearest("capability", vector, 100)) >= 100
    assert said == []
