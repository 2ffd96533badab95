"""Any text at all is read or refused with one sentence, in good time; forms are told apart."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import ProposalError
from agent.intake.proposal import parse
from agent.schema.proposal import Proposal

HOSTILE = os.environ.get("CONCORD_HOSTILE", "")


def read(text: str, name: str = "x.md") -> Proposal:
    return parse(text.encode(), name)


def said(proposal: Proposal, kind: str) -> list[str]:
    return [sentence.text for sentence in proposal.sentences if sentence.kind == kind]


PIECES = st.sampled_from(
    ["# ", "> ", "- ", "1. ", "```\n", "| a | b |\n|---|---|\n", "<!--", "-->", "<div hidden>", "`",
     "</div>", "\n", "\n\n", "---\n", "    ", "\t", "**", "Is it? ", "We log. ", "[x]: y\n", "\r",
     "\u200b", "\x1b[1m", "===\n", "|", "id: x\n", "\u2028"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        proposal = parse(text.encode("utf-8", "surrogatepass"), "x.md")
    except ProposalError:
        return
    proposal.model_dump_json()
    ends = 0
    for sentence in proposal.sentences:
        if sentence.kind != "front":
            assert sentence.start >= ends
            ends = sentence.end
        assert proposal.source.text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""


@pytest.mark.parametrize(
    "piece",
    ["[", "> ", "*", "`a``b", "<", "<!--", "<a \"", "<b hidden>x</b> ", "- ", "![", "a? ", "style=",
     "|a", "> - a\n", "# a\n", "\u200bx", "[a]: b\n"],
)  # fmt: skip
def test_a_mebibyte_of_anything_ends_soon(piece: str) -> None:
    count = min(1_048_576 // len(piece.encode()), 19_000 if "\n" in piece else 10**9)
    began = time.perf_counter()
    parse((piece * count).encode(), "x.md")
    assert time.perf_counter() - began < 20  # measured: 0.1 to 2 s alone on one core


@pytest.mark.skipif(not HOSTILE, reason="CONCORD_HOSTILE names no file of hostile texts")
def test_a_file_of_hostile_texts() -> None:
    refusals: list[str] = []
    for row in Path(HOSTILE).read_text("utf-8").split("\n"):
        if not row:
            continue
        raw = json.loads(row)["text"].encode("utf-8", "surrogatepass")
        for file in (raw, raw + b"\n\nWe log every call.\n"):
            try:
                proposal = parse(file, "x.md")
            except ProposalError as error:
                refusals.append(str(error))
                continue
            dumped = proposal.model_dump_json()
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in dumped)
    assert all(refusal.startswith("x.md") for refusal in refusals)


FORM = """# Form

**If so, say what is done. Indicate who is asked.**
Nobody is asked yet.

**Have other checks been made? Please describe them.**
One check was made.

**We test every release.**
The results are kept.

A long form goes on
41. If yes, describe the checks.
42. Explain the model.
43. Provide training to users.

1. Explain every decision in the letter.
2. Identify weak spots before release.

If no person answers, the case waits. Explain every refusal in the letter.
"""


def test_a_form_s_instructions_are_no_statements_and_a_team_s_intentions_are() -> None:
    proposal = read(FORM)
    assert said(proposal, "question") == [
        "**If so, say what is done. Indicate who is asked.**",
        "**Have other checks been made? Please describe them.**",
        "41. If yes, describe the checks.",
        "42. Explain the model.",
    ]
    assert said(proposal, "item") == [
        "Explain every decision in the letter.",
        "Identify weak spots before release.",
    ]
    assert said(proposal, "prose") == [
        "Nobody is asked yet.",
        "One check was made.",
        "**We test every release.**",
        "The results are kept.",
        "A long form goes on",
        "43. Provide training to users.",
        "If no person answers, the case waits.",
        "Explain every refusal in the letter.",
    ]
