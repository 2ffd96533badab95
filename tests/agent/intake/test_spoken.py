"""What a screen says in quotation marks is not what the text says of it."""

import pytest

from agent.intake.language import judge
from agent.intake.spoken import unquoted


def test_offsets_stay() -> None:
    text = 'The field is shown hollow, "to be confirmed", on the left of the screen.'
    assert len(unquoted(text)) == len(text)
    assert "confirmed" not in unquoted(text)
    assert unquoted(text).endswith("on the left of the screen.")


@pytest.mark.parametrize(
    "text",
    [
        'The field is shown hollow on every page of the form, "to be confirmed".',
        'Each letter of refusal says in its third line: "You will get an answer".',
    ],
)
def test_a_quoted_phrase_neither_plans_nor_leaves_open(text: str) -> None:
    assert judge(text).stated


@pytest.mark.parametrize(
    "text",
    [
        '"An appeal route will be added later," says the lead.',
        'The route is "planned" for now.',
        "The route is planned.",
    ],
)
def test_a_whole_sentence_or_a_single_word_in_quotes_still_speaks(text: str) -> None:
    assert judge(text).planned
