"""A requirement that an office copied as a sentence finds its own topic, and not every sentence."""

import pytest

from agent.intake.proposal import parse
from agent.readers.rules.asked import asked_of
from agent.readers.rules.passages import ReadText
from agent.readers.rules.signs import signs
from agent.readers.rules.weighing import weigh
from knowledge.entries import Requirement, Source

SENTENCE = (
    "Ensure that an independent expert reviews the model and that the complete review or a plain "
    "language summary of its findings is published before the system goes into production."
)


def status(text: str, *look_for: str) -> str:
    required = Requirement(
        id="R-1",
        title=SENTENCE,
        policy="P",
        text=SENTENCE,
        look_for=look_for,
        source=Source(path="p.md", sha256="", line=1, text=""),
    )
    proposal = parse(f"# Parking permits\n\n{text}\n".encode(), "proposals/permits.md")
    return weigh(signs(asked_of(required), ReadText(proposal))).status


@pytest.mark.parametrize("look_for", [(), ("expert review published",)])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The model will be used to review permits and nothing is published.", "absent"),
        ("In production a clerk will review every permit.", "absent"),
        ("Independent experts will review the model, and a summary of the findings of the review "
         "will be published.", "planned"),
    ],
)  # fmt: skip
def test_two_words_of_a_long_title_are_no_plan(
    text: str, expected: str, look_for: tuple[str, ...]
) -> None:
    assert status(text, *look_for) == expected
