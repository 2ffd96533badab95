"""Values that can never match, each at its line."""

from pathlib import Path

from agent.completing.unmatched import unmatched
from agent.schema.office import FactSetting
from knowledge.reading import load
from tests.support.catalogue import write

FILES = {
    "capabilities/a.md": (
        "---\nid: A\ntitle: T\nstatus: pilot\naudience: [staff, clients]\ndata:\n  - personal\n"
        "  - gossip\n---\nIt.\n"
    ),
    "capabilities/b.csv": "id,title,status,automation\nB,T,pilot,inform\nC,T,pilot,wild\n",
    "assets/old.md": (
        "---\nid: O\ntitle: Old\nkind: system\nstatus: retired\nsuccessor: NEW\n---\n"
    ),
    "policies/p.md": """---
id: P
title: T
requirements:
  - id: R-1
    title: One
    text: Logs.
    applies_when: {Data: none, data: personal}
    look_for: [logs kept, "the of"]
  - id: R-2
    title: Two
    text: Notes.
    status: draft
    applies_when: {mood: bad}
    replaces: [R-1, R-9]
---
""",
}
EXPECTED = [
    "knowledge/assets/old.md:6: O: its successor `NEW` is no entry here",
    "knowledge/capabilities/a.md:5: A: `audience: clients` is no value, which are customers,"
    " employees, applicants, agents, partners, patients, students, third_parties, public; it"
    " matches nothing",
    "knowledge/capabilities/a.md:6: A: `data: gossip` is no value, which are none, business,"
    " personal, sensitive; it matches nothing",
    "knowledge/capabilities/b.csv:3: C: `automation: wild` is no value, which are inform,"
    " recommend, act_with_approval, act_with_notice, autonomous; it matches nothing",
    "knowledge/policies/p.md:8: R-1: `applies_when` asks for two values of `data` at once: it"
    " never applies",
    "knowledge/policies/p.md:9: R-1: `look_for: the of` holds no word to look for",
    "knowledge/policies/p.md:14: R-2: `applies_when` names `mood`, which is no fact, which are",
    "knowledge/policies/p.md:15: R-2: it replaces R-9, which is no requirement here",
]


def test_each_is_told_at_its_line(tmp_path: Path) -> None:
    found = [str(problem) for problem in unmatched(load(write(tmp_path, FILES)), {})]
    assert len(found) == len(EXPECTED)
    for said, expected in zip(found, EXPECTED, strict=True):
        assert said.startswith(expected)


def test_an_office_s_own_words_are_known(tmp_path: Path) -> None:
    knowledge = load(write(tmp_path, {"capabilities/a.md": FILES["capabilities/a.md"]}))
    settings = {"audience": FactSetting(values=("clients",))}
    assert [p.line for p in unmatched(knowledge, settings)] == [6]
