"""Marks: a term is found where the text says it, whatever folding made of it."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.lexical import terms
from knowledge.marks import marks, spans

AWKWARD = (
    "abİΣς \ufb01保険金あが\uff8a\uff9eカ\u0301\u0308éกัน각\u1100\u1161\u11a8ß½\ufdfa\uff12-_K"
    "\u0345\u3099ठी\u09c7\u09be\xa0\u2028\n"
)
TEXTS = st.text(max_size=30) | st.text(alphabet=AWKWARD, max_size=14)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@given(TEXTS)
@example("ΟΔΟΣ İstanbul e\u0301t\u00e9")
def test_spans_are_the_terms_of_the_search_in_order_with_their_places(text: str) -> None:
    found = list(spans(text))
    assert [span.term for span in found] == terms(text)
    for term, start, end in found:
        assert 0 <= start < end <= len(text)
        assert term.casefold() in _folded(text[start:end])


@given(TEXTS, st.data())
def test_marks_lie_in_the_text_apart_and_say_what_was_wanted(
    text: str, data: st.DataObject
) -> None:
    known = terms(text)
    wanted = data.draw(st.frozensets(st.sampled_from(known))) if known else frozenset({"x"})
    found = marks(text, wanted)
    at = 0
    for start, end in found:
        assert at <= start < end <= len(text)
        assert any(term.casefold() in _folded(text[start:end]) for term in wanted)
        at = end
    assert bool(found) == any(term in wanted for term in known)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("A claim, no CLAIMS.", "claim", ["claim"]),
        ("Prämie für Straße", "PRÄMIE", ["Prämie"]),
        ("pre\u0301mium", "pr\u00e9mium", ["pre\u0301mium"]),
        ("de\ufb01nes a rule", "defines", ["de\ufb01nes"]),
        ("自動車保険金の請求", "保険金", ["保険金"]),
        ("ทันที", "zebra", []),
        ("\uff23\uff2c\uff21\uff29\uff2d form", "claim", ["\uff23\uff2c\uff21\uff29\uff2d"]),
        ("مطالبات التأمين", "التأمين", ["التأمين"]),
        ("snake_case claim_form", "form", ["form"]),
    ],
)
def test_what_is_marked(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, set(terms(query)))] == marked
