"""Patterns that compile later say the same as `re`; a gate never hides what its pattern finds."""

import re
from pathlib import Path

import pytest

from agent.intake.cues import automation_words, making
from agent.intake.cues import people as cues_people
from agent.readers.rules import behaviour_words, instructions, people
from knowledge.patterns import Gated, folded, gated, lazy

ROOT = Path(__file__).parents[2]


def test_a_lazy_pattern_answers_as_re_does() -> None:
    text = "One log, two logs; no LOGIN."
    for flags in (0, re.IGNORECASE):
        late, now = lazy(r"\blog(s?)\b", flags), re.compile(r"\blog(s?)\b", flags)
        assert [m.span() for m in late.finditer(text)] == [m.span() for m in now.finditer(text)]
        assert late.sub("x", text) == now.sub("x", text)
        assert late.split(text) == now.split(text)
        assert late.search(text, 9) is not None
        assert late.match(text) is None
        assert (late.pattern, late.groups) == (now.pattern, now.groups)


def test_a_mistake_shows_at_the_first_use() -> None:
    wrong = lazy("(")
    with pytest.raises(re.error):
        wrong.search("text")


def test_folding_covers_every_letter_that_a_search_without_case_accepts() -> None:
    letter = re.compile("[a-z]", re.IGNORECASE)
    for code in range(0x110000):
        if letter.fullmatch(chr(code)):
            plain = [a for a in "abcdefghijklmnopqrstuvwxyz" if re.match(a, chr(code), re.I)]
            assert folded(chr(code)) in plain, hex(code)


def test_a_gate_is_any_of_its_words() -> None:
    gate = gated("until|not before", r"\b(?:until|not before)\b")
    assert gate.may_match("not before May")
    assert not gate.may_match("before May")
    found = gate.search("not before May")
    assert found is not None
    assert found.span() == (0, 10)
    assert gate.search("before May") is None


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """What the shipped proposals, cases and tests say."""
    files = [*ROOT.glob("knowledge/starter/**/*.md"), *ROOT.glob("evals/datasets/**/*.md")]
    files += [*ROOT.glob("tests/agent/intake/*.py"), *ROOT.glob("tests/agent/readers/**/*.*")]
    texts = (path.read_text(encoding="utf-8") for path in sorted(files) if path.suffix != ".pyc")
    return sorted({part.strip() for text in texts for part in re.split(r"[\n\"]|\. ", text)})


GATES: dict[str, list[Gated]] = {
    "automation": [gate for gates in automation_words.PATTERNS.values() for gate in gates],
    "making": list(making.PATTERNS.values()),
    "denials": list(behaviour_words.DENIALS.values()),
    "instructions": list(instructions.PATTERNS),
    "people": [gate for _, gate in people.DOING],
    "applicants": [cues_people.FILED],
}
WRITTEN_AS_IT_IS = frozenset({"people"})
RARE = frozenset({"applicants"})


@pytest.mark.parametrize("family", sorted(GATES))
def test_a_gate_hides_nothing_that_its_pattern_finds(family: str, sentences: list[str]) -> None:
    found = 0
    for sentence in sentences:
        text = sentence if family in WRITTEN_AS_IT_IS else folded(sentence)
        for gate in GATES[family]:
            if gate.pattern.search(text):
                found += 1
                assert gate.may_match(text), (gate.needs, sentence)
    assert found > (0 if family in RARE else 10)
