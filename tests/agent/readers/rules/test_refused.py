"""When a refused blocker weighs as a refusal: its own measure, and a system that acts on people."""

from pathlib import Path

import pytest

from agent.readers.rules import trust
from agent.schema.assessment import Claim
from tests.support.gathered import proposal_and_evidence, write_entries

POLICY = """---
id: POL
title: Trust
owner: Dana Example
requirements:
  - id: APPEAL
    title: Appeal route
    text: People can contest a decision and reach a person who can change it.
    severity: {severity}
    look_for: [appeal route]
---
Trust.
"""
REFUSES = "We will not offer an appeal route."


def claimed(
    text: str,
    folder: Path,
    *,
    automation: str = "autonomous",
    affected: str = "[customers]",
    severity: str = "blocker",
) -> Claim:
    write_entries(folder, {"policies/trust.md": POLICY.format(severity=severity)})
    head = f"---\nautomation: {automation}\naffected: {affected}\n---\n# Sorter\n\n"
    (claim,) = trust.read(*proposal_and_evidence(head + text + "\n", folder)).claims
    return claim


def test_refusing_the_measure_of_a_blocker_is_told(tmp_path: Path) -> None:
    claim = claimed(REFUSES, tmp_path)
    assert claim.refuses_remedy
    assert "declines" in claim.claim


@pytest.mark.parametrize("automation", ["inform", "recommend", "act_with_approval", "who_knows"])
def test_a_system_that_waits_for_people_is_not_its_refusal(automation: str, tmp_path: Path) -> None:
    assert not claimed(REFUSES, tmp_path, automation=automation).refuses_remedy


def test_acting_with_notice_is_acting(tmp_path: Path) -> None:
    assert claimed(REFUSES, tmp_path, automation="act_with_notice").refuses_remedy


def test_nobody_is_known_to_be_affected(tmp_path: Path) -> None:
    assert not claimed(REFUSES, tmp_path, affected="[]").refuses_remedy


@pytest.mark.parametrize(
    "text",
    ["There is no appeal route.", "We decided against a sunset review.", "It sorts letters."],
)
def test_what_is_not_there_or_refuses_something_else_is_no_refusal(
    text: str, tmp_path: Path
) -> None:
    assert not claimed(text, tmp_path).refuses_remedy


def test_only_a_blocker_can_be_refused(tmp_path: Path) -> None:
    assert not claimed(REFUSES, tmp_path, severity="high").refuses_remedy


def test_what_is_stated_and_refused_elsewhere_is_in_contradiction(tmp_path: Path) -> None:
    stated = "Whoever disagrees uses the appeal route, which leads to a person."
    claim = claimed(f"{stated}\n\nWe will not offer an appeal.", tmp_path)
    assert claim.title == "Appeal route: left open"
    assert claim.claim == "The text says both that it is so and that it is not."
    assert [quote.text for quote in claim.quotes] == [stated, "We will not offer an appeal."]
    assert not claim.refuses_remedy
    head = f"---\nautomation: autonomous\naffected: [customers]\n---\n# Sorter\n\n{stated}\n"
    assert trust.read(*proposal_and_evidence(head, tmp_path)).claims == ()
