"""The starter policies' cues against their own examples: one cue matches what is done well."""

import re
from pathlib import Path

import pytest

from agent.intake.words import words
from agent.readers.rules.cues import compile_cue
from agent.readers.rules.index import Index
from agent.readers.rules.lexicon import DENIALS
from knowledge.frontmatter import parse

POLICIES = sorted((Path(__file__).parents[4] / "knowledge" / "starter" / "policies").glob("*.md"))
STRANGERS = (
    "The bot informs customers about the status of their claim.",
    "We introduce a digital assistant for travel claims.",
    "The email assistant reads customer messages and drafts replies.",
    "The model was trained on notes written by claims handlers.",
    "The system asks the adjuster to check the invoice.",
    "The chat starts when the customer opens the app.",
    "Calls fall by a third and handlers save ten minutes a day.",
    "Complaints about waiting times went up in the last quarter.",
    "The vendor offers a large language model with high accuracy.",
    "We switch from the old tool to the new platform in May.",
)
"""Sentences of any proposal that describe no measure, though they use the words of some."""


def cues() -> dict[str, list[str]]:
    return {
        item["id"]: item["look_for"]
        for path in POLICIES
        for item in parse(path.read_text("utf-8")).values["requirements"]
    }


def examples() -> list[tuple[str, str]]:
    found = []
    for path in POLICIES:
        parts = re.split(r"^### (TRUST-\d\d) .*$", path.read_text("utf-8"), flags=re.MULTILINE)
        for id_, section in zip(parts[1::2], parts[2::2], strict=True):
            good = section.partition("\nGood:\n")[2].partition("\nBad:\n")[0]
            found += [(id_, line) for line in re.findall(r"^- (.+)$", good, re.MULTILINE)]
    return found


CUES = cues()


def matching(id_: str, sentence: str) -> list[str]:
    """The cues that the sentence holds by itself; a cue that says no needs a no in it."""
    index = Index()
    index.add(sentence)
    says_no = not DENIALS.isdisjoint(words(sentence))
    compiled = [(cue, compile_cue(cue)) for cue in CUES[id_]]
    return [
        cue
        for cue, ready in compiled
        if (says_no or not ready.denies) and any(match.spans for match in index.find(ready))
    ]


@pytest.mark.parametrize(("id_", "sentence"), examples())
def test_a_good_example_is_recognised(id_: str, sentence: str) -> None:
    assert matching(id_, sentence)


def test_there_are_two_good_examples_for_each_requirement() -> None:
    assert len(examples()) == 2 * len(CUES)


@pytest.mark.parametrize("sentence", STRANGERS)
def test_a_sentence_about_something_else_is_no_evidence(sentence: str) -> None:
    assert {id_: found for id_ in CUES if (found := matching(id_, sentence))} == {}


def test_naming_a_policy_is_no_evidence() -> None:
    titles = [parse(path.read_text("utf-8")).values["title"] for path in POLICIES]
    assert not [(id_, title) for id_ in CUES for title in titles if matching(id_, title)]
