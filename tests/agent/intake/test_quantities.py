"""Lengths of time as people write them."""

from math import inf

import pytest

from agent.intake.quantities import durations


@pytest.mark.parametrize(
    ("text", "days", "bound"),
    [
        ("Logs are kept 90 days, then deleted.", 90, "exact"),
        ("kept for ten years with the claim", 3652.5, "exact"),
        ("A person answers within 10 working days.", 14, "most"),
        ("replies within two weeks", 14, "most"),
        ("after 5-10 days", 10, "exact"),
        ("after two or three days", 3, "exact"),
        ("after 24 hours", 1, "exact"),
        ("no later than 1.5 years after", 547.875, "most"),
        ("for at least six months", 182.625, "least"),
        ("a 90-day period", 90, "exact"),
        ("for seven (7) years", 2556.75, "exact"),
        ("reaches a person on the same day", 1, "most"),
        ("by the next working day", 1.4, "most"),
        ("chats are stored indefinitely", inf, "exact"),
        ("sixty days at most", 60, "most"),
        ("for 1,000 days", 1000, "exact"),
    ],
)
def test_length(text: str, days: float, bound: str) -> None:
    found = durations(text)
    assert len(found) == 1, found
    assert found[0].days == pytest.approx(days)
    assert found[0].bound == bound
    assert text[found[0].start : found[0].end] == found[0].text


@pytest.mark.parametrize(
    "text",
    [
        "logged and kept with the claim",
        "We will not offer a second look.",
        "The plan of 2026 names 14 systems.",
        "in 91 of 100 cases",
        "version 1.2.3 daily",
        "a day-to-day matter and a d",
    ],
)
def test_no_length(text: str) -> None:
    assert [d.text for d in durations(text) if d.days < 1] == []
    assert [d.text for d in durations(text) if d.days > 1] == []


def test_several_in_order() -> None:
    found = durations("Sound goes after 30 days, notes after 3 months, files never: indefinitely.")
    assert [round(d.days) for d in found[:2]] == [30, 91]
    assert found[2].days == inf
