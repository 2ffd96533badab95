"""The facet behaviour: what both sides say of how they treat people, and what would be missing."""

import pytest

from agent.intake.proposal import parse
from agent.readers.rules.behaviours import described
from agent.readers.rules.facet_behaviour import behaviour, stricter
from agent.readers.rules.passages import ReadText
from knowledge.entries import Capability, Source

KEEPS = "Chat logs are deleted after 90 days"
TELLS = "The first message says that it is a chat program"


def entry(**behaviours: str) -> Capability:
    text = "\n".join(f"{key}: {said}" for key, said in behaviours.items()) or "nothing"
    source = Source(path="k/c.md", sha256="a" * 64, line=1, text=text)
    return Capability(id="CAP-1", title="Guide", behaviours=behaviours, source=source)


def found(text: str, other: Capability) -> tuple[str, str, str]:
    said = tuple(described(ReadText(parse(f"# Helper\n\n{text}\n".encode(), "p.md"))))
    facet = behaviour(said, other)
    own, theirs = (q.text if q else "" for q in (facet.own, facet.theirs))
    return facet.value, own, theirs


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Chat logs are deleted after 90 days.", "same"),
        ("Chat logs are deleted after three months.", "same"),
        ("Chat logs are deleted after 2 years.", "different"),
        ("Chat logs are deleted after 7 days.", "different"),
        ("It sorts letters.", "unknown"),
    ],
)
def test_how_long_is_compared(text: str, value: str) -> None:
    facet = found(text, entry(retention=KEEPS))
    assert facet[0] == value
    if value != "unknown":
        assert facet[1:] == (text, KEEPS)


def test_some_alike_and_some_not_is_similar_and_shows_the_difference() -> None:
    text = "The first message says that it is a program. Chat logs are deleted after 2 years."
    value, own, theirs = found(text, entry(disclosure=TELLS, retention=KEEPS))
    assert (value, own, theirs) == ("similar", "Chat logs are deleted after 2 years.", KEEPS)


def test_what_is_denied_differs_from_what_is_done() -> None:
    assert found("Users are not told that it is a program.", entry(disclosure=TELLS))[0] == (
        "different"
    )


def test_that_a_manager_decides_is_no_way_to_a_person() -> None:
    other = entry(handoff="The storm manager decides who is moved")
    assert found("Members who ask for a person reach one the same day.", other)[0] == "unknown"


def test_what_the_proposal_promises_and_the_entry_does_not_keep_is_missing() -> None:
    text = "# Helper\n\nChat logs are deleted after 7 days.\n"
    said = tuple(described(ReadText(parse(text.encode(), "p.md"))))
    (need,) = stricter(said, entry(retention=KEEPS))
    assert need == "retention: 7 days (it keeps logs 90 days)"
    laxer = "# Helper\n\nChat logs are deleted after 2 years.\n"
    assert stricter(tuple(described(ReadText(parse(laxer.encode(), "p.md")))),
                    entry(retention=KEEPS)) == []  # fmt: skip
