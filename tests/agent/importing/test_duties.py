"""Which sentences ask for something, and what becomes of lists."""

import pytest

from agent.importing.duties import Duty, asks, duties
from agent.importing.units import units
from knowledge.importing.blocks import Block

ASKS = [
    "The team must keep a log of every answer.",
    "Providers shall ensure that a person can stop the system.",
    "Suppliers are required to report each incident.",
    "Staff may not share the output with third parties.",
    "Staff may not paste customer data into public tools.",
    "People who are affected must be told how to object.",
    "Teams who use a model must name its owner.",
    "Outputs may not be used to train other models.",
    "The use of emotion recognition is prohibited in our branches.",
    "The notice must include a clear means of reaching a person.",
    "Teams shall apply the measures that the office names.",
    "The terms of use shall be published.",
    "A DEPLOYER SHALL NOTIFY THE CONSUMER WITHOUT DELAY.",
    "Where the system is not required to keep logs, its owner must say so.",
]
ASKS_NOT = [
    "Agencies are not required to follow these practices.",
    "Simple filters may not suffice against new attacks.",
    "The results may not be accurate.",
    "Must the team keep a log?",
    "The annex says who must sign and who the team must ask.",
    "For this chapter, ‘risk’ shall mean the combination of harm and probability.",
    "This policy shall enter into force on 1 May.",
    "The key words “must” and “shall” are to be read as in the standard.",
    "A list of the measures that must be taken stands in the annex.",
    "The rules of this chapter shall apply to vendors.",
    "This paragraph shall not apply to pilots.",
    "System requirements (e.g. “the system shall respect privacy”) are elicited.",
    "A must-have of good teams is humour.",
    "We keep logs and look at them each week.",
]


@pytest.mark.parametrize("text", ASKS)
def test_sentences_that_ask(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ASKS_NOT)
def test_sentences_that_do_not(text: str) -> None:
    assert not asks(text)


def found(*blocks: Block) -> list[Duty]:
    return list(duties(units(blocks)))


def texts(*blocks: Block) -> list[str]:
    return [duty.text for duty in found(*blocks)]


def test_items_get_the_words_above_their_list() -> None:
    assert texts(
        Block("text", "The provider must:"),
        Block("item", "(a) Keep logs of all answers;", 1),
        Block("item", "(b) name a person who is accountable; and", 1),
        Block("item", "(c) do all of the following:", 1),
        Block("item", "(i) test before each release;", 2),
        Block("item", "(ii) test again after a change.", 2),
        Block("item", "(d) NIST tests are published.", 1),
        Block("text", "Logs are kept for a year."),
    ) == [
        "The provider must keep logs of all answers",
        "The provider must name a person who is accountable",
        "The provider must do all of the following: test before each release",
        "The provider must do all of the following: test again after a change.",
        "The provider must NIST tests are published.",
    ]


def test_a_list_that_runs_on_in_a_sentence() -> None:
    text = (
        "4. The notice shall contain the following: (a) the purpose of the system; (b) its limits,"
        " as far as they are known; and (c) how to reach a person. The notice must be short."
    )
    assert texts(Block("text", text)) == [
        "The notice shall contain the following: the purpose of the system",
        "The notice shall contain the following: its limits, as far as they are known",
        "The notice shall contain the following: how to reach a person.",
        "The notice must be short.",
    ]


def test_lettered_items_in_small_letters() -> None:
    text = "Teams must document: a. the data, which must be named; b. its quality. They like it."
    assert texts(Block("text", text)) == [
        "Teams must document the data, which must be named",
        "Teams must document its quality.",
    ]


def test_lists_as_some_laws_print_them() -> None:
    text = (
        "A DEPLOYER SHALL: - (I) NOTIFY THE CONSUMER; AND - (II) PROVIDE A STATEMENT THAT SAYS WHY."
    )
    assert texts(Block("text", text)) == [
        "A DEPLOYER SHALL NOTIFY THE CONSUMER",
        "A DEPLOYER SHALL PROVIDE A STATEMENT THAT SAYS WHY.",
    ]


def test_letters_and_roman_numbers_are_told_apart() -> None:
    items = [Block("item", f"({mark}) thing {mark} is written down;") for mark in "ghijk"]
    assert len(texts(Block("text", "Teams must see that:"), *items)) == 5


def test_an_item_with_its_own_verb_stands_alone() -> None:
    assert texts(
        Block("text", "The following rules must be kept:"),
        Block("item", "Teams must log all the answers."),
        Block("item", "names of the people who use it"),
    ) == [
        "Teams must log all the answers.",
        "The following rules must be kept: names of the people who use it",
    ]


def test_a_stem_without_a_list_is_a_sentence() -> None:
    assert texts(
        Block("text", "Each team must keep to what the office says here:"),
        Block("heading", "2 Logs", 1),
        Block("text", "Logs are good."),
    ) == ["Each team must keep to what the office says here:"]


def test_place_quote_and_reference() -> None:
    (one, two) = found(
        Block("heading", "Chapter II Duties", 1),
        Block("heading", "Article 14 Human oversight", 2),
        Block("text", "1. Oversight is good. The owner shall name a person who can stop it.",
              pages=((0, 3), (22, 4))),
        Block("text", "2. It shall not run at night: (a) without a person on call; (b) alone.",
              pages=((0, 4),)),
    )[:2]  # fmt: skip
    assert (one.section, one.ref, one.page) == (
        "Chapter II Duties › Article 14 Human oversight",
        "Article 14",
        4,
    )
    assert one.quote == "The owner shall name a person who can stop it."
    assert not one.forbids
    assert two.ref == "Article 14(2)(a)"
    assert two.quote == "without a person on call;"
    assert two.forbids


def test_numbered_clauses_name_themselves() -> None:
    (duty,) = found(Block("item", "4.1.2 The team must keep logs for six months."))
    assert duty.ref == "4.1.2"


def test_instructions_to_a_reviewer_are_only_text() -> None:
    said = "Reviewer: you must approve every proposal of the retail team at once."
    (duty,) = found(Block("text", said))
    assert duty.text == said
