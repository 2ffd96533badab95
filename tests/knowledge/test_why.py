"""Why an entry was found: true marks, the place that shows most, lines that say it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Capability, Entry, Scope, Source
from knowledge.lexical import Lexical, terms
from knowledge.passages import passages
from knowledge.search import Hit
from knowledge.why import MOST, WORDS, Extract, Why, explain

FILE = """---
id: CAP-1
title: Photo damage estimate
scope:
  covers: [cars and vans, body damage]
---
# Photo damage estimate

Customers photograph the dent and the software names the parts that are hit.

Nobody is paid by it. A motor engineer checks each estimate before it is sent to the workshop.
"""
FILLER = [f"filler{n}" for n in range(200)]
LEXICAL = Lexical.build([terms(FILE), ["estimate", "sent"], ["sent", "parts"], FILLER])


def entry_of(body: str, *, title: str = "Photo damage estimate", file: str = "") -> Capability:
    source = Source(path="knowledge/a.md", sha256="", line=1, text=file or body)
    covers = ("cars and vans", "body damage") if file else ()
    return Capability(
        id="CAP-1", title=title, body=body.strip(), source=source, scope=Scope(covers=covers)
    )


def why(
    entry: Entry,
    query: str,
    *,
    dense: float = 0.1,
    lexical: float = 0.5,
    most: int = 1,
    likely: float | None = None,
) -> Why:
    hit = Hit(entry.id, entry.kind, 1.0, dense, lexical, 1, passages(entry), 0.5)
    return explain(
        hit,
        entry,
        frozenset(terms(query)),
        lambda term, document: LEXICAL.score([term], document),
        most=most,
        likely=likely,
    )


def marked(extract: Extract) -> list[str]:
    return [extract.text[start:end] for start, end in extract.marks]


@pytest.fixture
def photo() -> Capability:
    return entry_of(FILE.split("---\n", 2)[2], file=FILE)


def test_the_rarest_word_counts_most_and_the_shares_are_those_of_the_score(
    photo: Capability,
) -> None:
    found = why(photo, "engineer sent parts zebra").terms
    assert [term.term for term in found] == ["engineer", "parts", "sent"]
    assert math.isclose(sum(term.share for term in found), 1, abs_tol=0.002)
    document = terms(passages(photo)[0].text)
    whole = LEXICAL.score(["engineer", "sent", "parts"], document)
    assert found[0].share == round(LEXICAL.score(["engineer"], document) / whole, 3)


def test_the_place_is_shown_that_holds_the_words_and_its_lines_are_cited(
    photo: Capability,
) -> None:
    (extract,) = why(photo, "an engineer for the workshop").extracts
    assert marked(extract) == ["engineer", "workshop"]
    assert FILE.split("\n")[extract.line_start - 1].startswith("Nobody is paid")
    assert extract.line_start == extract.line_end
    (extract,) = why(photo, "vans").extracts
    assert marked(extract) == ["vans"]
    assert FILE.split("\n")[extract.line_start - 1] == "  covers: [cars and vans, body damage]"


def test_words_that_the_file_breaks_into_other_lines_are_cited_where_most_stand() -> None:
    body = "Customers photograph the dent. A motor engineer checks each estimate."
    file = "---\nid: CAP-1\n---\nCustomers photograph\nthe dent. A motor engineer\nchecks each.\n"
    (extract,) = why(entry_of(body, file=file), "the motor engineer checks").extracts
    assert (extract.line_start, extract.line_end) == (5, 5)


def test_the_title_and_the_same_heading_are_not_shown_again(photo: Capability) -> None:
    (extract,) = why(photo, "photo").extracts
    assert extract.text.startswith("cars and vans")
    assert (extract.before, extract.after) == (False, True)
    (extract,) = why(entry_of("# Photo damage estimate\n\nThe dent."), "photo").extracts
    assert (extract.text, extract.marks, extract.line_start) == ("The dent.", (), 3)


def test_a_long_passage_is_shown_where_most_of_the_words_stand() -> None:
    body = " ".join(
        [*FILLER[:90], "the dent.", "Then an engineer looks at the dent.", *FILLER[90:]]
    )
    (extract,) = why(entry_of(body), "engineer dent").extracts
    assert extract.text.startswith("Then an engineer")
    assert marked(extract) == ["engineer", "dent"]
    assert extract.before
    assert extract.after
    assert len(extract.text.split()) <= WORDS


def test_a_match_by_meaning_alone_says_so(photo: Capability) -> None:
    assert why(photo, "picture of a scratch", dense=0.6, lexical=0.0).nearness == "meaning"
    assert why(photo, "zebra", dense=0.1, lexical=0.0).nearness == "neither"
    assert why(photo, "engineer", dense=0.1, lexical=0.4).nearness == "words"
    assert why(photo, "engineer", dense=0.6, lexical=0.01).nearness == "meaning"


def test_common_words_are_neither_marked_nor_a_reason_beside_others(photo: Capability) -> None:
    found = why(photo, "before it is sent to the engineer", lexical=0.5)
    assert {term.term for term in found.terms} == {"engineer", "sent", "before"}
    assert marked(found.extracts[0]) == ["engineer", "sent"]
    assert found.nearness == "words"
    alone = why(photo, "before", lexical=0.9)
    assert marked(alone.extracts[0]) == ["before"]
    assert alone.nearness == "neither"


def test_what_is_probably_the_same_system_is_no_weak_match(photo: Capability) -> None:
    """A whole proposal shares few of its many words even with its own earlier listing."""
    assert why(photo, "engineer", dense=0.2, lexical=0.05, likely=0.2).nearness == "neither"
    assert why(photo, "engineer", dense=0.2, lexical=0.05, likely=0.6).nearness == "words"
    assert why(photo, "zebra", dense=0.2, lexical=0.0, likely=0.6).nearness == "meaning"


def test_a_word_of_a_passage_that_is_not_quoted_counts_as_shared() -> None:
    body = "\n\n".join([" ".join(FILLER), "The engineer has the last word.", " ".join(FILLER)])
    entry = entry_of(body)
    assert len(passages(entry)) > 1
    assert [term.term for term in why(entry, "engineer").terms] == ["engineer"]
    assert len(why(entry, "engineer", most=2).extracts) == 2


def test_scripts_without_spaces_are_cut_too() -> None:
    (extract,) = why(entry_of("自動車の損害を写真で見積もる。" * 400), "見積").extracts
    assert len(extract.text) < 400
    assert set(marked(extract)) == {"見積"}


def test_a_huge_word_costs_little_and_nothing_is_quoted_beyond_the_limit() -> None:
    (extract,) = why(entry_of("x" * 1_000_000), "engineer").extracts
    assert len(extract.text) <= MOST


@given(
    st.lists(st.sampled_from(["dent", "Engineer.", "保険金", "filler1", "\n\n", "pre\u0301", "a"])),
    st.lists(st.sampled_from(["dent", "engineer", "保険", "pré", "zebra"]), max_size=4),
)
def test_marks_always_lie_in_the_text_and_fold_to_words_of_the_query(
    body: list[str], query: list[str]
) -> None:
    entry = entry_of(" ".join(body))
    asked = set(terms(" ".join(query)))
    found = why(entry, " ".join(query), most=9)
    assert {term.term for term in found.terms} <= asked
    for extract, passage in zip(found.extracts, passages(entry), strict=True):
        assert extract.text in passage.text
        for start, end in extract.marks:
            assert 0 <= start < end <= len(extract.text)
            assert asked & set(terms(extract.text[start:end]))
        assert passage.line_start <= extract.line_start <= extract.line_end <= passage.line_end
