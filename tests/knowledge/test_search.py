"""What a search answers: the filter, the probability with each hit, and small or odd questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.embed import load_embedder
from knowledge.entries import Entry
from knowledge.index import Index, open_index
from knowledge.reading import Knowledge, load
from knowledge.relation import FEATURES
from tests.support.catalogue import large, write

QUERY = "Sorts claims for clerks"
LINES = "".join(
    f'{{"id": "T-{number:05d}", "title": "Reads bills", "body": "Every bill of a vendor"}}\n'
    for number in range(3000)
)


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("office")
    return load(write(folder, {"capabilities/a.jsonl": large(400)}))


@pytest.fixture(scope="module")
def index(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    cache = tmp_path_factory.mktemp("cache")
    with open_index(knowledge, cache, load_embedder(), say=print, stored=False) as opened:
        yield opened


def test_what_is_not_kept_takes_no_place_and_changes_no_score(index: Index) -> None:
    every = index.search(QUERY, kinds=["capability"], k=30)
    barred = {hit.entry for hit in every[:20]}

    def keep(entry: Entry) -> bool:
        return entry.id not in barred

    rest = index.search(QUERY, kinds=["capability"], k=10, keep=keep)
    wide = {hit.entry: hit.score for hit in index.search(QUERY, kinds=["capability"], k=400)}
    assert [hit.score for hit in rest] == [wide[hit.entry] for hit in rest]
    assert not barred & {hit.entry for hit in rest}
    assert [hit.rank for hit in rest] == list(range(1, 11))
    assert index.search(QUERY, kinds=["capability"], keep=lambda _: False) == []


def test_features_are_what_the_probability_is_made_of(index: Index) -> None:
    hits = index.search(QUERY, kinds=["capability"], k=5)
    found = index.features(QUERY, ["capability"], k=5)
    assert found.names == FEATURES
    assert list(found.entries) == [hit.entry for hit in hits]
    assert [index.relation.probability(row) for row in found.rows] == [
        hit.duplicate for hit in hits
    ]
    assert index.features("", ["capability"]).rows == ()


def test_an_entry_s_own_text_is_the_same_system_and_a_stranger_is_not(
    index: Index, knowledge: Knowledge
) -> None:
    entry = knowledge.entries[sorted(knowledge.entries)[7]]
    first, second, *_ = index.search(f"{entry.title}\n{entry.body}", kinds=["capability"])
    assert first.entry == entry.id
    assert first.duplicate >= second.duplicate
    stranger = index.search("Warns gardeners of frost at night", kinds=["capability"])
    assert all(hit.duplicate < 0.3 for hit in stranger)
    assert all(0.01 <= hit.duplicate <= 0.99 for hit in stranger)


@pytest.mark.parametrize("text", ["", "  \n", "[NAME]", "⁂"])
def test_a_text_without_words_finds_nothing(index: Index, text: str) -> None:
    assert index.search(text, kinds=["capability"]) == []


def test_a_placeholder_says_nothing(index: Index) -> None:
    plain = index.search(f"{QUERY} quickly", kinds=["capability"])
    assert index.search(f"[NAME] {QUERY} [PRODUCT NAME] quickly", kinds=["capability"]) == plain


def test_thousands_of_equal_entries_are_ordered_by_id(tmp_path: Path) -> None:
    other = '{"id": "Z", "title": "Plans bus lines"}\n'
    equal = load(write(tmp_path, {"capabilities/a.jsonl": LINES + other}))
    with open_index(equal, tmp_path / "c", load_embedder(), say=print, stored=False) as opened:
        hits = opened.search("Reads every bill", kinds=["capability"], k=20)
    assert [hit.entry for hit in hits] == [f"T-{number:05d}" for number in range(20)]
    assert len({(hit.score, hit.dense, hit.lexical) for hit in hits}) == 1
    assert len({hit.duplicate for hit in hits}) == 1
