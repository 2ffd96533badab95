"""Titles, severity and cues made from a sentence: guesses that a person can read."""

import pytest

from agent.importing.naming import LONGEST_TITLE, applies_when, look_for, title
from agent.readers.rules.cues import compile_cue

TITLES = [
    ("The team must keep a log of every answer.", "Keep a log of every answer"),
    ("Where it fails, the owner shall stop the system at once.", "Stop the system at once"),
    ("Logs must be kept for six months.", "Logs kept for six months"),
    ("Logs must not be kept beyond six months.", "Logs not kept beyond six months"),
    ("Staff may not share outputs with third parties.", "Do not share outputs with third parties"),
    (
        "The reviewer must not have been directly involved in development.",
        "Reviewer not directly involved in development",
    ),
    ("A DEPLOYER SHALL NOTIFY THE CONSUMER AT ONCE.", "Notify the consumer at once"),
    (
        "Providers shall establish a quality management system that covers each of their products.",
        "Establish a quality management system",
    ),
    ("If it is needed, it must be handled with care.", "Be handled with care"),
    ("The notice must be public.", "Notice: public"),
    ("Staff who review answers must be trained.", "Staff who review answers to be trained"),
    (
        "The systems that decide on claims without any person in the loop must be reviewed.",
        "Systems to be reviewed",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_titles(text: str, expected: str) -> None:
    assert title(text) == expected


def test_an_item_of_a_list_is_called_by_its_own_words() -> None:
    text = "The notice shall contain the following: how to reach a person"
    assert title(text, "how to reach a person;") == "How to reach a person"


def test_a_title_is_short_and_ends_with_a_word() -> None:
    long = "Teams must " + "describe the intended purpose for and of the new system " * 5
    made = title(long)
    assert len(made) <= LONGEST_TITLE
    assert made.split()[-1] not in ("the", "of", "and", "for", "new")


def test_data_is_guessed_from_a_condition_only() -> None:
    assert applies_when("Systems that process personal data must log.") == {"data": "personal"}
    assert applies_when("Where health data is used, a doctor must look.") == {"data": "sensitive"}
    assert applies_when("Teams must delete personal data.") == {}


def test_cues_hold_telling_words_and_compile() -> None:
    cues = look_for("The provider must publish the retention period for transcripts.")
    assert cues == ("publish retention period", "retention period transcripts")
    assert all(len(compile_cue(cue).terms) == 3 for cue in cues)
    assert look_for("They must do it.") == ()
