"""The syntax of cues and where they match."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.readers.rules.cues import compile_cue
from agent.readers.rules.index import Index

MATCHES = [
    # cue, sentence, matches
    ("appeal route", "There is a route for an appeal.", True),
    ("appeal route", "Objections have a route of their own.", True),
    ("appeal route", "The route is long.", False),
    ("appeal|object decision", "Members object to a decision.", True),
    ("appeal|object decision", "Members complain about a decision.", False),
    ("expla* refusal", "Explanations go with each refusal.", True),
    ("expla* refusal", "Plain words go with each refusal.", False),
    ('"plain language"', "It is written in plain language.", True),
    ('"plain language"', "The language is plain.", False),
    ("not shared with others", "Data is not shared with others.", True),
    ("clerk checks", "A human reviews each letter.", True),
    ("clerk checks", "The clerk is tall.", False),
    ("logged", "Every answer is logged.", True),
    ("logged", "Handlers log in with a card.", False),
    ("logged", "Every answer is recorded.", False),
    ("", "Every answer is logged.", False),
    ("the of and", "Every answer is logged.", False),
    (
        "The affected person can appeal the decision and a person decides anew.",
        "A member can appeal a decision to a handler.",
        True,
    ),
    (
        "The affected person can appeal the decision and a person decides anew.",
        "A member can see a decision.",
        False,
    ),
]


@pytest.mark.parametrize(("cue", "sentence", "matches"), MATCHES)
def test_a_cue_matches(cue: str, sentence: str, matches: bool) -> None:
    index = Index()
    index.add(sentence)
    assert bool(index.find(compile_cue(cue))) == matches


def test_the_words_of_a_cue_stand_near_each_other() -> None:
    index = Index()
    index.add("Appeal " + "word " * 10 + "letter")
    index.add("Appeal " + "word " * 30 + "letter")
    assert [match.sentence for match in index.find(compile_cue("appeal letter"))] == [0]


def test_a_heading_completes_a_cue_and_that_shows() -> None:
    index = Index()
    index.add("It is answered within ten days.", "Appeal")
    index.add("An appeal is answered within ten days.", "Appeal")
    found = index.find(compile_cue("appeal|objection within day|week"))
    assert [(match.sentence, match.complete) for match in found] == [(0, False), (1, True)]


def test_spans_are_those_of_the_words() -> None:
    index = Index()
    sentence = "Every answer is logged with its version."
    index.add(sentence)
    (match,) = index.find(compile_cue("log version"))
    assert [sentence[start:end] for start, end in match.spans] == ["logged", "version"]


def test_one_word_does_not_count_twice() -> None:
    index = Index()
    index.add("A review takes place.")
    assert index.find(compile_cue("review|check review|inspect")) == []


def test_the_answer_does_not_hang_on_the_hash_seed() -> None:
    code = (
        "from agent.intake.proposal import parse\n"
        "from agent.readers.rules import trust\n"
        "from agent.schema.evidence import Applicable, Evidence\n"
        "from knowledge.reading import load\n"
        "from knowledge.entries import Requirement\n"
        "from pathlib import Path\n"
        "rs = load(Path('knowledge/starter')).of(Requirement)\n"
        "app = {r.id: Applicable(id=r.id, applies='yes', because='') for r in rs}\n"
        "ev = Evidence(knowledge='', facts={}, requirements=rs, patterns=(), applicable=app,\n"
        "              goals=(), capabilities=(), assets=())\n"
        "for p in sorted(Path('knowledge/starter/demo/proposals').glob('*.md')):\n"
        "    print(trust.read(parse(p.read_bytes(), p.name), ev).model_dump_json())\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[4],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(answers) == 1
    assert len(answers.pop()) > 10_000
