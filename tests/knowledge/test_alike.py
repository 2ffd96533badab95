"""How alike two texts are: the same in both directions, alone or among many."""

import random

import pytest

from knowledge.alike import Text, alike, near_pairs, near_to
from knowledge.embed import Embedder, load_embedder

LETTERS = Text("Letter sorter", "Reads scanned letters of customers and suggests the department.")
POST = Text("Post router", "Scanned customer letters are read and a department is suggested.")
STORM = Text("Storm crews", "A forecast tells how many repair crews a coming storm will need.")
NAMESAKE = Text("Letter sorter", "Crews are counted before each storm from the forecast.")
TEXTS = (LETTERS, POST, STORM, NAMESAKE)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def test_two_texts_say_the_same_of_each_other(embedder: Embedder) -> None:
    vectors = embedder.embed([t.text for t in TEXTS])
    for i, one in enumerate(TEXTS):
        for j, other in enumerate(TEXTS):
            there = alike(one, other, vectors[i], vectors[j])
            assert there == alike(other, one, vectors[j], vectors[i])
            assert 0.01 <= there.probability <= 0.99
    same = alike(LETTERS, POST, vectors[0], vectors[1])
    unlike = alike(LETTERS, STORM, vectors[0], vectors[2])
    assert same.probability > 0.9 > 0.1 > unlike.probability


def test_an_equal_title_counts_unless_it_is_a_single_word(embedder: Embedder) -> None:
    vectors = embedder.embed([t.text for t in TEXTS])
    named = alike(LETTERS, NAMESAKE, vectors[0], vectors[3])
    renamed = alike(LETTERS, NAMESAKE._replace(title="Crews"), vectors[0], vectors[3])
    assert (named.title, renamed.title) == (True, False)
    assert named.odds == renamed.odds + 4.0
    atlas, other = LETTERS._replace(title="Atlas"), NAMESAKE._replace(title="Atlas")
    assert not alike(atlas, other, vectors[0], vectors[3]).title


def test_one_against_many_and_all_against_all_find_the_same(embedder: Embedder) -> None:
    words = " ".join(t.text for t in TEXTS).split()
    chance = random.Random(3)
    texts = [
        Text(f"Title {n % 30}", " ".join(chance.choices(words, k=12))) for n in range(60)
    ]  # fmt: skip
    vectors = embedder.embed([t.text for t in texts])
    found = near_pairs(texts, vectors, 0.2)
    assert found.left_out == 0
    pairs = {(p.first, p.second): p.alike for p in found.pairs}
    assert 30 < len(pairs) < 60 * 59 / 2
    single = {
        (min(n, row), max(n, row)): features
        for n, text in enumerate(texts)
        for row, features in near_to(text, vectors[n], texts, vectors, 0.2)
        if row != n
    }
    assert single == pairs
    exact = {
        (i, j): there
        for j in range(60)
        for i in range(j)
        if (there := alike(texts[i], texts[j], vectors[i], vectors[j])).probability >= 0.2
        and (there.title or there.dense >= 0.3)
    }
    assert exact == pairs


def test_a_crowd_of_copies_is_bounded_and_says_so(embedder: Embedder) -> None:
    texts = [POST] * 40
    found = near_pairs(texts, embedder.embed([t.text for t in texts]), 0.2, most=300)
    assert len(found.pairs) == 300
    assert found.left_out == 40 * 39 // 2 - 300
    assert [(p.first, p.second) for p in found.pairs[:2]] == [(0, 1), (0, 2)]


def test_nothing_is_near_to_nothing(embedder: Embedder) -> None:
    vectors = embedder.embed([LETTERS.text])
    assert near_to(LETTERS, vectors[0], [], vectors[1:], 0.2) == []
    assert near_pairs([LETTERS], vectors, 0.2).pairs == []
    empty = Text("", "")
    blank = embedder.embed([""])
    assert near_to(empty, blank[0], [LETTERS], vectors, 0.01) == []
