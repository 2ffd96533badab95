"""Words: what a term is, and BM25 inside and outside the index."""

from pathlib import Path

import pytest

from knowledge.lexical import Lexical, terms

DOCUMENTS = [
    terms(text)
    for text in (
        "Reads supplier invoices from scans",
        "Summaries of telephone calls, calls and more calls",
        "Plans delivery routes for vans",
        "Reads meters in cellars",
        "",
    )
]


def test_terms_are_words_without_the_commonest() -> None:
    assert terms("The Claims-Bot of TEAM_7 isn't a GPT-4!") == [
        "claims", "bot", "team", "isn", "gpt",
    ]  # fmt: skip
    assert terms("ﬁne Straße") == ["fine", "straße"]
    assert terms("保険の請求 claim") == ["保険", "険の", "の請", "請求", "claim"]
    assert terms("\n\t .") == []


def test_vowel_signs_stay_with_their_letters() -> None:
    assert terms("दावा सेवा: ग्राहक।") == ["दावा", "सेवा", "ग्राहक"]
    assert terms("שָׁלוֹם عَرَبِيّ") == ["שָׁלוֹם", "عَرَبِيّ"]
    assert terms("สินไหม") == ["สิ", "ิน", "นไ", "ไห", "หม"]


def test_scores_rank_by_rare_shared_words() -> None:
    lexical = Lexical.build(DOCUMENTS)
    scores = lexical.scores(terms("invoices that somebody reads"))
    assert scores.argmax() == 0
    assert scores[0] > scores[3] > 0
    assert not scores[[1, 2, 4]].any()
    assert not lexical.scores(terms("nothing known")).any()
    assert not lexical.scores([]).any()


def test_repeating_a_word_in_the_query_changes_nothing() -> None:
    lexical = Lexical.build(DOCUMENTS)
    once, often = terms("calls invoices"), terms("calls calls calls invoices")
    assert (lexical.scores(once) == lexical.scores(often)).all()


def test_a_document_outside_scores_as_it_would_inside() -> None:
    lexical, query = Lexical.build(DOCUMENTS), terms("reads calls of vans unknown")
    for document, inside in zip(DOCUMENTS, lexical.scores(query), strict=True):
        assert lexical.score(query, document) == pytest.approx(float(inside), rel=1e-5)


def test_a_text_scores_most_against_itself() -> None:
    lexical = Lexical.build(DOCUMENTS)
    own = DOCUMENTS[0]
    assert lexical.score(own, own) == lexical.own(own) > lexical.score(own, DOCUMENTS[3])
    longer = [*own, "quasar", "nebula"]
    assert 0.2 < lexical.score(longer, own) / lexical.own(longer) < 0.8
    assert lexical.own([]) == 0.0


@pytest.mark.parametrize("documents", [DOCUMENTS, [[], []], [["one"]]])
def test_what_was_saved_scores_the_same(tmp_path: Path, documents: list[list[str]]) -> None:
    lexical, query = Lexical.build(documents), terms("reads calls one")
    lexical.save(tmp_path / "words")
    for whole in (True, False):
        loaded = Lexical.load(tmp_path / "words", whole=whole)
        assert (loaded.scores(query) == lexical.scores(query)).all()
        assert len(loaded.scores(query)) == len(documents)
        assert loaded.score(query, ["one"]) == lexical.score(query, ["one"])
