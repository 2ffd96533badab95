"""Whether a quote speaks to a requirement: most of one of its phrases, not some words of it all."""

import pytest

from agent.draft.relevance import speaks_to
from tests.support.evidence import requirement

APPEAL = requirement(
    "TRUST-03",
    "Route of appeal",
    "blocker",
    text="Whoever is affected by a result can ask a named colleague to decide the case again.",
    look_for=("ask colleague|clerk to decide again", "human review*", '"second look"'),
)


@pytest.mark.parametrize(
    "quote",
    [
        "There is a route of appeal for everybody.",
        "Customers ask a clerk to decide again.",
        "Customers may ask that a colleague decides.",
        "A human reviewer is on duty.",
        "Every case gets a second look on request.",
    ],
)
def test_most_of_one_phrase_speaks(quote: str) -> None:
    assert speaks_to(quote, APPEAL)


@pytest.mark.parametrize(
    "quote",
    [
        "A colleague enters the result of each case in the archive.",
        "The result can decide a case.",
        "We appeal to all teams to save paper.",
        "Customers ask many questions.",
        "Humans exist.",
        "",
    ],
)
def test_some_words_of_a_long_text_do_not(quote: str) -> None:
    assert not speaks_to(quote, APPEAL)


def test_a_requirement_of_one_word_is_spoken_to_by_nothing_but_its_text() -> None:
    bare = requirement("TRUST-01", "Notice", "blocker", text="Notice is given to customers.")
    assert not speaks_to("Notice that it rains.", bare)
    assert speaks_to("Customers are given notice.", bare)
