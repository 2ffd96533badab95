"""Sister products are told by what they are called; a new name for the same thing is not."""

import pytest

from agent.readers.rules.titles import sister_titles, spoken_of

VISAS = ("Triage of visa applications", "It sorts visa applications for officers.")
PERMITS = ("Triage of work permits", "It sorts work permits for officers.")


@pytest.mark.parametrize(
    ("one", "other", "sisters"),
    [
        (VISAS, PERMITS, True),
        (VISAS, ("Triage of visa applications", "Sorts."), False),
        (VISAS, ("Visa triage 2.0", "It sorts visa applications, now faster."), False),
        (VISAS, ("Triage of permits", "It sorts permits and visa applications."), False),
        (("Care lane", "It finds callers in grief."), ("Gentle calls", "Who grieves."), False),
        (("Claims assistant", "It answers."), ("Claims helper tool", "It drafts."), False),
    ],
)  # fmt: skip
def test_sisters_share_a_word_and_each_names_what_the_other_never_speaks_of(
    one: tuple[str, str], other: tuple[str, str], sisters: bool
) -> None:
    assert sister_titles(*one, *other) is sisters
    assert sister_titles(*other, *one) is sisters


def test_the_share_of_a_title_that_a_text_speaks_of() -> None:
    assert spoken_of("Call summaries", "After each call a note is written.") == 0.5
    assert spoken_of("Call summaries", "Summaries of calls.") == 1.0
    assert spoken_of("", "Anything.") == spoken_of("Project proposal", "Anything.") == 1.0


def test_one_text_under_two_names_is_no_sister() -> None:
    form = "It reads scanned letters of members, finds dates and amounts, and fills our old sheets."
    letters, invoices = ("Reader of letters", form), ("Reader of invoices", f"{form} Quickly.")
    assert not sister_titles(*letters, *invoices)
    assert sister_titles("Reader of post", "Reads letters.", "Reader of invoices", "Reads paper.")
