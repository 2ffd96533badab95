"""The three searches: none sees a barred record, ties stand by id, BM25 is that of its library."""

from collections.abc import Iterator

import bm25s  # type: ignore[import-untyped]  # ships no types
import pytest

from evals.cases import DATASETS
from evals.retrieval.corpus import Corpus, split
from evals.retrieval.methods import DEPTH, Method, Vectors, Words, open_methods
from evals.retrieval.register import Query, Record, load_register
from knowledge.embed import load_embedder
from knowledge.entries import Source
from knowledge.relation import load_relation

DEMO = DATASETS / "demo_register"
SOURCE = Source(path="c", sha256="", line=1, text="", one_line=True)


def query(text: str) -> Query:
    return Query("q", text, frozenset(), "", "", None, (), "", frozenset(), 1)


def record(name: str, body: str) -> Record:
    return Record(name, "", body, "", None, "", SOURCE)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    register = load_register(DEMO / "catalogue.csv", DEMO / "queries.jsonl", "without_title")
    (found,), _ = split(register, "q")
    return found


@pytest.fixture(scope="module")
def methods(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Method]]:
    cache = tmp_path_factory.mktemp("cache")
    embedder, relation = load_embedder(), load_relation()
    with open_methods(corpus.records, cache, embedder, relation, print) as found:
        yield found


@pytest.mark.parametrize("name", ["concord", "bm25", "dense"])
def test_no_method_sees_its_own_record(
    name: str, corpus: Corpus, methods: dict[str, Method]
) -> None:
    """Asked with a record's own words, a method finds it first; as that record's query, never."""
    own = corpus.records[7]
    free = methods[name].answer(query(own.text), frozenset())
    assert free.ids[0] == own.id
    kept = methods[name].answer(query(own.text), frozenset({own.id}))
    assert own.id not in kept.ids
    assert kept.score < free.score
    assert len(kept.ids) == len(set(kept.ids)) <= DEPTH


def test_only_concord_says_how_likely(methods: dict[str, Method], corpus: Corpus) -> None:
    answered = {
        name: m.answer(query(corpus.records[0].text), frozenset()) for name, m in methods.items()
    }
    assert len(answered["concord"].probabilities) == len(answered["concord"].ids)
    assert answered["bm25"].probabilities == answered["dense"].probabilities == ()


def test_words_are_those_of_the_library(corpus: Corpus) -> None:
    texts = [r.text for r in corpus.records]
    library = bm25s.BM25()
    library.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    asked = bm25s.tokenize(["which roads are gritted first, roads of ice"], show_progress=False)
    rows, scores = library.retrieve(asked, k=4, show_progress=False)
    found = Words(corpus.records).answer(
        query("which roads are gritted first, roads of ice"), frozenset()
    )
    assert list(found.ids[:3]) == [corpus.records[row].id for row in rows[0][:3]]
    assert found.score == pytest.approx(float(scores[0][0]), abs=1e-5)


def test_ties_stand_by_id_and_words_unknown_find_nothing() -> None:
    records = [record(name, "sorts letters") for name in ("c", "a", "b")]
    for method in (Words(records), Vectors(records, load_embedder())):
        assert method.answer(query("letters"), frozenset({"b"})).ids == ("a", "c")
    assert Words(records).answer(query("zeppelin"), frozenset()).ids == ()
    assert Words(records).answer(query("the of"), frozenset()).score == 0.0
    assert Words([record("a", "of the")]).answer(query("letters"), frozenset()).ids == ()
