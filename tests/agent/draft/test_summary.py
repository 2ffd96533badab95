"""The summary says the outcome first and names few things."""

from agent.draft.summary import summarise
from tests.support.past import finding, goal, overlap, requirement


def test_an_empty_draft() -> None:
    said = summarise("approve", [], [], [], [])
    assert said == "Approve. No findings. 0 of 0 applicable requirements are stated as in place."


def test_what_does_not_apply_is_not_counted_and_severities_are_worst_first() -> None:
    rows = [
        requirement("R1", "in_place"),
        requirement("R2", "absent"),
        requirement("R3", "not_applicable"),
    ]
    findings = [
        finding("trust", None, "R2").model_copy(
            update={"severity": severity, "title": "No fallback."}
        )
        for severity in ("low", "high", "low")
    ]
    said = summarise("request_changes", rows, findings, [], [])
    assert "First: No fallback (1 high, 2 low)." in said
    assert "1 of 2 applicable requirements are stated as in place." in said


def test_three_of_many_are_named() -> None:
    rows = [overlap(f"CAP-{n}", "duplicate") for n in range(1, 6)]
    rows += [overlap("CAP-8", "extends"), overlap("CAP-9", "shares_part")]
    goals = [goal(f"G{n}", "serves") for n in range(3)] + [goal("G9", "conflicts")]
    said = summarise("merge_with_existing", [], [], rows, goals)
    assert "Does the same as CAP-1, CAP-2, CAP-3 and 2 more." in said
    assert "Extends, or could extend, CAP-8." in said
    assert said.endswith("Serves G0, G1, G2.")
    assert "CAP-9" not in said


def test_nothing_found_in_a_text_that_nobody_read_is_no_good_news() -> None:
    rows = [requirement("R1", "unclear")]
    said = summarise("request_changes", rows, [], [], [], unread=True)
    assert said == (
        "Ask for changes. The text was not read: it is written in a language that no reader reads."
    )
