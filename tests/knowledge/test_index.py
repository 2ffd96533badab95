"""The index as a whole: what is found, what is rebuilt when, and that nothing depends on chance."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.chroma import _settings
from knowledge.embed import Embedder, load_embedder
from knowledge.errors import KnowledgeError
from knowledge.index import Index, open_index
from knowledge.reading import Knowledge, load
from tests.support.catalogue import CAPABILITIES, OFFICE, large, write

ROOT = Path(__file__).parents[2]
QUERY = "An assistant that reads the bills of our vendors and books the amounts"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


class Counting:
    """The real embedder, remembering what it was asked."""

    def __init__(self, inner: Embedder, name: str = "") -> None:
        self.inner, self.name, self.dimension = inner, name or inner.name, inner.dimension
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return self.inner.embed(texts)


def opened(knowledge: Knowledge, cache: Path, embedder: Embedder) -> Index:
    """The index, which must open without a word."""
    said: list[str] = []
    index = open_index(knowledge, cache, embedder, say=said.append)
    assert said == []
    return index


def test_the_nearest_entry_comes_first_whatever_the_words(
    tmp_path: Path, embedder: Embedder
) -> None:
    knowledge = load(write(tmp_path, OFFICE))
    with opened(knowledge, tmp_path / "cache", embedder) as index:
        hits = index.search(QUERY, kinds=["capability"])
        assert [hit.rank for hit in hits] == [1, 2, 3]
        assert (hits[0].entry, hits[0].kind) == ("CAP-1", "capability")
        assert hits[0].passages[0].text.startswith("Invoice reader")
        assert hits[0].score > hits[1].score
        body = index.search(knowledge.entries["CAP-2"].body, kinds=["capability"], k=1)
        assert [hit.entry for hit in body] == ["CAP-2"]
        assert body[0].dense > 0.8
        assert body[0].lexical > 0.8
        assert index.search(QUERY, kinds=["requirement"], k=1)[0].kind == "requirement"
        assert {hit.kind for hit in index.search(QUERY, kinds=["goal", "asset"])} == {
            "goal",
            "asset",
        }
        assert index.search(QUERY, kinds=["precedent"]) == []
        assert index.counts()["requirement"] == 2


def test_an_entry_counts_with_its_best_passage(tmp_path: Path, embedder: Embedder) -> None:
    long = "---\nid: CAP-9\ntitle: Platform\n---\n" + "".join(
        f"## {topic}\n{(topic + ' work for many teams. ') * 30}\n"
        for topic in ("Parking permits", "Fraud scoring of insurance claims", "Menu planning")
    )
    knowledge = load(write(tmp_path, {**CAPABILITIES, "capabilities/long.md": long}))
    with opened(knowledge, tmp_path / "cache", embedder) as index:
        hits = index.search("Scores insurance claims for fraud", kinds=["capability"])
    assert hits[0].entry == "CAP-9"
    assert hits[0].passages[0].path == ("Fraud scoring of insurance claims",)
    assert len({hit.entry for hit in hits}) == len(hits)


@pytest.mark.parametrize("files", [{}, {"goals/x.md": "---\nid: G\ntitle: ⁂\n---\n"}])
def test_hardly_any_knowledge_is_no_error(
    tmp_path: Path, embedder: Embedder, files: dict[str, str]
) -> None:
    (tmp_path / "knowledge").mkdir()
    knowledge = load(write(tmp_path, files))
    for _ in range(2):
        with opened(knowledge, tmp_path / "cache", embedder) as index:
            found = index.search(QUERY, kinds=["goal"])
            assert [hit.entry for hit in found] == list(knowledge.entries)
            assert index.search("", kinds=["goal"]) == []


def test_identical_entries_tie_by_id(tmp_path: Path, embedder: Embedder) -> None:
    lines = "".join(
        f'{{"id": "T-{number:03d}", "title": "Reads bills", "body": "Every bill"}}\n'
        for number in reversed(range(150))
    )
    other = '{"id": "Z", "title": "Plans bus lines"}\n'
    knowledge = load(write(tmp_path, {"capabilities/a.jsonl": lines + other}))
    with opened(knowledge, tmp_path / "cache", embedder) as index:
        hits = index.search("Reads every bill", kinds=["capability"], k=20)
    assert [hit.entry for hit in hits] == [f"T-{number:03d}" for number in range(20)]
    assert len({hit.score for hit in hits}) == 1


def test_nothing_changed_means_no_work(tmp_path: Path, embedder: Embedder) -> None:
    knowledge, counting = load(write(tmp_path, OFFICE)), Counting(embedder)
    steps: list[tuple[int, int, str]] = []
    index = open_index(
        knowledge,
        tmp_path / "cache",
        counting,
        say=print,
        progress=lambda done, total, label: steps.append((done, total, label)),
    )
    index.close()
    assert steps[-1] == (10, 10, "indexing")
    assert len(counting.asked) == 10
    before = sorted((tmp_path / "cache/index").iterdir())
    opened(knowledge, tmp_path / "cache", counting).close()
    assert len(counting.asked) == 10
    assert sorted((tmp_path / "cache/index").iterdir()) == before


def test_one_changed_entry_costs_one_vector(tmp_path: Path, embedder: Embedder) -> None:
    root, counting = write(tmp_path, OFFICE), Counting(embedder)
    opened(load(root), tmp_path / "cache", counting).close()
    counting.asked.clear()
    path = root / "capabilities/routes.md"
    path.write_text(path.read_text().replace("vans", "cargo bikes"))
    with opened(load(root), tmp_path / "cache", counting) as index:
        assert len(counting.asked) == 1
        assert (
            "cargo bikes" in index.search("cargo bikes", kinds=["capability"])[0].passages[0].text
        )


def test_going_back_finds_the_generation_before(tmp_path: Path, embedder: Embedder) -> None:
    one = load(write(tmp_path / "one", OFFICE))
    two = load(write(tmp_path / "two", CAPABILITIES))
    folders = []
    for knowledge in (one, two, one):
        index = opened(knowledge, tmp_path / "cache", embedder)
        folders.append(index.folder)
        index.close()
    assert folders[0] == folders[2] != folders[1]


def test_another_embedder_gets_its_own_generation(tmp_path: Path, embedder: Embedder) -> None:
    knowledge, other = load(write(tmp_path, CAPABILITIES)), Counting(embedder, "other-256")
    opened(knowledge, tmp_path / "cache", embedder).close()
    opened(knowledge, tmp_path / "cache", other).close()
    assert len(other.asked) == 3


def test_an_embedder_that_returns_garbage_builds_nothing(
    tmp_path: Path, embedder: Embedder
) -> None:
    class Broken(Counting):
        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return self.inner.embed(texts) * np.nan

    knowledge = load(write(tmp_path, CAPABILITIES))
    with pytest.raises(KnowledgeError, match="NaN"):
        opened(knowledge, tmp_path / "cache", Broken(embedder, "broken"))
    opened(knowledge, tmp_path / "cache", embedder).close()


def answers(root: Path, cache: Path) -> list[list[tuple[object, ...]]]:
    with open_index(load(root), cache, load_embedder(), say=print) as index:
        found = [
            index.search(query, kinds=["capability"], k=30)
            for query in ("Sorts claims for clerks", "meters", "zzz")
        ]
    return [[(h.entry, h.score, h.dense, h.lexical) for h in hits] for hits in found]


SEARCHER = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.knowledge.test_index import answers
for cache in sys.argv[3:]:
    print(json.dumps(answers(Path(sys.argv[2]), Path(cache))))
"""


def test_results_depend_on_no_seed_and_no_build(tmp_path: Path) -> None:
    """Another process with another seed searches what this one built, and what it builds itself."""
    root = write(tmp_path, {"capabilities/a.jsonl": large(400)})
    one, two = tmp_path / "one", tmp_path / "two"
    here = json.dumps(answers(root, one))
    done = subprocess.run(
        [sys.executable, "-P", "-c", SEARCHER, str(ROOT), str(root), str(one), str(two)],
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.split("\n") == [here, here, ""]
    assert '"CAP-' in here


def test_the_env_file_of_a_workspace_says_nothing_to_the_store(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("ALLOW_RESET=true\nPERSIST_DIRECTORY=elsewhere\n")
    monkeypatch.chdir(tmp_path)
    _settings.cache_clear()
    knowledge = load(write(tmp_path, CAPABILITIES))
    opened(knowledge, tmp_path / "cache", embedder).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env", "cache", "knowledge"]
    assert not _settings().allow_reset


def test_an_env_file_that_the_store_refuses_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CHROMA_SERVER_NOFILE=many\n")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from knowledge.chroma import store_version\n"
        "from knowledge.errors import KnowledgeError\n"
        "try:\n    store_version()\nexcept KnowledgeError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(ROOT)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "the file .env of this folder" in done.stdout
