"""Entries from files: every kind, every ending, and each problem at its line."""

import os
from pathlib import Path

import pytest

from knowledge.entries import Asset, Capability, Goal, Pattern, Policy, Requirement
from knowledge.errors import KnowledgeError
from knowledge.reading import Knowledge, load
from tests.support.catalogue import CAPABILITIES, OFFICE, write


def read(tmp_path: Path, files: dict[str, str]) -> Knowledge:
    return load(write(tmp_path, files))


def said(knowledge: Knowledge) -> list[str]:
    return [str(problem) for problem in knowledge.problems]


def test_every_kind_is_read(tmp_path: Path) -> None:
    knowledge = read(tmp_path, OFFICE)
    assert said(knowledge) == []
    assert list(knowledge.entries) == sorted(knowledge.entries)
    first = knowledge.entries["CAP-1"]
    assert isinstance(first, Capability)
    assert (first.status, first.data, first.owner) == ("production", ("business",), "Mira Holt")
    assert first.scope.covers == ("supplier invoices", "credit notes")
    assert first.behaviours == {"retention": "Scans are deleted after 30 days"}
    assert first.body.startswith("Reads supplier invoices")
    assert [goal.measure for goal in knowledge.of(Goal)] == ["Median first answer below 4 hours"]
    assert [pattern.severity for pattern in knowledge.of(Pattern)] == ["high"]
    ledger, archive = knowledge.of(Asset)
    assert (ledger.asset_kind, ledger.aliases) == ("system", ("Ledger", "L1"))
    assert (archive.status, archive.aliases) == ("retired", ())


def test_a_requirement_is_an_entry_with_its_own_lines(tmp_path: Path) -> None:
    knowledge = read(tmp_path, OFFICE)
    one, two = knowledge.of(Requirement)
    assert knowledge.of(Policy)[0].requirements == ("REQ-1", "REQ-2")
    assert one.applies_when == ({"audience": ("customers",)},)
    assert one.look_for == ("informed|told AI|automated",)
    assert (one.policy, one.severity) == ("POL-1", "blocker")
    assert one.source.line == 6
    assert one.source.text.split("\n")[0] == "  - id: REQ-1"
    assert one.source.text.split("\n")[-1] == "      - informed|told AI|automated"
    assert two.source.line == 14
    raw = OFFICE["policies/trust.md"].split("\n")
    assert raw[two.source.line - 1] == two.source.text.split("\n")[0]


def test_advice_never_rises_above_low(tmp_path: Path) -> None:
    advised = read(tmp_path, OFFICE).entries["REQ-2"]
    assert isinstance(advised, Requirement)
    assert (advised.enforce, advised.severity) == ("advise", "low")


PROBLEMS = [
    ("a.md", "---\nid: A\ntitle: T\nteem: X\n---\n", 4, "`teem` is not a field of a capability"),
    ("a.md", "---\nid: A\ntitle: T\nstatus: maybe\n---\n", 4, "is not one of planned, pilot"),
    ("a.md", "---\nid: A\n---\n# Head\n", 2, "A has no `title`; “Head” is shown"),
    ("a.md", "---\ntitle: T\n---\n", 1, "no `id`; it is not read"),
    ("a.md", "Just prose\n", 1, "no `id`; it is not read"),
    ("a.md", "---\nid: proposal\ntitle: T\n---\n", 2, "the id `proposal` is reserved"),
    ("a.md", "---\nid: two words\ntitle: T\n---\n", 2, "one word"),
    ("a.md", "---\nid: A\ntitle: [x]\n---\n", 3, "`title` must be a single text"),
    ("a.md", "---\nid: A\ntitle: T\nbehaviours:\n  mood: x\n---\n", 5, "has no key `mood`"),
    ("a.md", "---\nid: A\ntitle: T\nbehaviours: x\n---\n", 4, "must be a mapping"),
    ("a.md", "---\nid: A\nid: B\n---\n", 3, "the file is not read"),
    ("a.csv", "id,title\nA,T,x\n", 2, "this row has 3 cells, the header 2"),
    ("a.csv", 'id,title\nA,T\nB,"x"y\n', 3, "cannot be read as CSV"),
    ("a.csv", 'id,title\nA,T\nB,"open\n\n', 3, "cannot be read as CSV"),
    ("a.csv", "id,id\nA,T\n", 1, "the header names `id` twice"),
    ("a.csv", "name;label\nA;T\n", 1, "it is not clear what its columns are (“name”, “label”)"),
    ("a.csv", "id,title,behaviours\nA,T,later\n", 2, "must be written `key: value; key: value`"),
    ("a.jsonl", '{"id": "A", "title": "T"}\n\n{"id": \n', 3, "is not JSON"),
    ("a.jsonl", '["A"]\n', 1, "must be one JSON object"),
    ("a.jsonl", '{"id": "A", "id": "B"}\n', 1, "the key `id` stands twice"),
    ("a.jsonl", '{"id": "A", "title": NaN}\n', 1, "NaN is not JSON"),
    ("a.jsonl", '{"id": "A", "x": ' + "[" * 60 + "]" * 60 + "}\n", 1, "nests deeper than 20"),
    ("a.jsonl", '{"x": ' + "[" * 90000 + "]" * 90000 + "}\n", 1, "nests deeper than 20"),
    ("a.jsonl", '{"id": "A", "title": "' + "x" * (1 << 20) + '"}\n', 1, "longer than 1,048,576"),
    ("a.xlsx", "x", 1, "this is no workbook that can be read as .xlsx"),
    ("a.xls", "x", 1, "not read: save it as .xlsx, without macros, or as .csv"),
    ("a.txt", "x", 1, "not read: only .csv, .jsonl, .xlsx, .md files are"),
]


@pytest.mark.parametrize(("name", "text", "line", "message"), PROBLEMS)
def test_a_problem_has_its_place_and_the_rest_is_read(
    tmp_path: Path, name: str, text: str, line: int, message: str
) -> None:
    knowledge = read(tmp_path, {**CAPABILITIES, f"capabilities/{name}": text})
    found = [problem for problem in knowledge.problems if message in problem.message]
    assert [(p.path, p.line) for p in found] == [(f"knowledge/capabilities/{name}", line)], said(
        knowledge
    )
    assert {"CAP-1", "CAP-2", "CAP-3"} <= set(knowledge.entries)


def test_rows_after_a_bad_one_are_read(tmp_path: Path) -> None:
    files = {
        "capabilities/a.csv": 'id,title\nA,T\nB,"x"y\nC,"two\nlines"\nD,T\n',
        "capabilities/b.jsonl": '{"id": "E", "title": "T"}\n{\n{"id": "F", "title": "T"}\n',
    }
    knowledge = read(tmp_path, files)
    assert list(knowledge.entries) == ["A", "C", "D", "E", "F"]
    assert [knowledge.entries[name].source.line for name in "ACDF"] == [2, 4, 6, 3]
    assert knowledge.entries["C"].title == "two\nlines"
    assert knowledge.entries["C"].source.one_line


def test_csv_lists_mappings_and_nested_columns(tmp_path: Path) -> None:
    files = {
        "capabilities/a.csv": "id,title,data,behaviours.retention,scope\n"
        'A,T,personal; sensitive,"30 days, then gone",covers: trucks\n',
        "patterns/b.csv": "id,title,applies_when\n"
        'P,T,"data: personal, sensitive; automation: >=act_with_notice"\n',
    }
    knowledge = read(tmp_path, files)
    assert said(knowledge) == []
    first, pattern = knowledge.entries["A"], knowledge.entries["P"]
    assert isinstance(first, Capability)
    assert isinstance(pattern, Pattern)
    assert first.data == ("personal", "sensitive")
    assert first.behaviours == {"retention": "30 days, then gone"}
    assert first.scope.covers == ("trucks",)
    assert "behaviours: retention: 30 days, then gone" in first.source.text.split("\n")
    assert pattern.applies_when == (
        {"automation": (">=act_with_notice",), "data": ("personal", "sensitive")},
    )


def test_values_are_cleaned_after_their_escapes_are_undone(tmp_path: Path) -> None:
    line = '{"id": "A", "title": "T\\u202eitle\\u001b[31m", "body": "b\\ud800\\u200bx"}\n'
    entry = read(tmp_path, {"capabilities/a.jsonl": line}).entries["A"]
    whole = entry.title + entry.body + entry.source.text
    assert not set(whole) & set("\u202e\u001b\ud800\u200b")


def test_requirements_of_a_table_belong_to_their_policy(tmp_path: Path) -> None:
    files = {"policies/house.csv": "id,title,text,policy\nR1,T,Do it,POL\nR2,T,Do that,\n"}
    knowledge = read(tmp_path, files)
    assert [(r.id, r.policy) for r in knowledge.of(Requirement)] == [("R1", "POL"), ("R2", "house")]


def test_an_id_may_stand_once_across_kinds(tmp_path: Path) -> None:
    files = {**CAPABILITIES, "goals/x.md": "---\nid: CAP-1\ntitle: Same\n---\n"}
    knowledge = read(tmp_path, files)
    assert isinstance(knowledge.entries["CAP-1"], Capability)
    assert said(knowledge) == [
        "knowledge/goals/x.md:1: the id CAP-1 stands also at "
        "knowledge/capabilities/invoices.md:1; this one is not read"
    ]


def test_a_file_beside_the_folders_is_a_problem(tmp_path: Path) -> None:
    files = {**CAPABILITIES, "stray.md": "x", "README.md": "x", ".hidden": "x"}
    assert said(read(tmp_path, files)) == [
        "knowledge/stray.md:1: not read: put it into one of assets, capabilities, goals, patterns,"
        " policies"
    ]


def policy(name: str, replaces: str) -> str:
    return (
        f"---\nid: POL-{name}\ntitle: P\nrequirements:\n  - id: {name}\n    title: T\n"
        f"    text: Something\n    replaces: [{replaces}]\n---\n"
    )


def test_a_replaced_requirement_is_off_and_remembered(tmp_path: Path) -> None:
    files = {
        "policies/a.md": policy("A", "B"),
        "policies/b.md": policy("B", "C"),
        "policies/c.md": policy("C", ""),
        "policies/d.md": policy("D", "NONE"),
    }
    knowledge = read(tmp_path, files)
    assert [r.id for r in knowledge.of(Requirement)] == ["A", "D"]
    assert knowledge.replaced == {"B": "A", "C": "B"}
    assert [p.requirements for p in knowledge.of(Policy)] == [("A",), (), (), ("D",)]
    assert "D replaces NONE, which is no requirement here" in said(knowledge)[0]


def test_requirements_that_replace_each_other_stay_in_force(tmp_path: Path) -> None:
    files = {"policies/a.md": policy("A", "B"), "policies/b.md": policy("B", "A")}
    knowledge = read(tmp_path, files)
    assert [r.id for r in knowledge.of(Requirement)] == ["A", "B"]
    assert knowledge.replaced == {}
    assert len(knowledge.problems) == 2


def test_what_is_not_for_reading_is_left_alone(tmp_path: Path) -> None:
    files = {
        **CAPABILITIES,
        "capabilities/README.md": "No entry",
        "capabilities/readme-first.txt": "No entry",
        "capabilities/.hidden.md": "No entry",
    }
    assert said(read(tmp_path, files)) == []


def test_links_out_folders_and_devices_are_refused(tmp_path: Path) -> None:
    root = write(tmp_path, CAPABILITIES)
    (tmp_path / "secret.md").write_text("---\nid: SECRET\ntitle: T\n---\n")
    (root / "capabilities/out.md").symlink_to(tmp_path / "secret.md")
    (root / "capabilities/in.md").symlink_to(root / "capabilities/README.md")
    (root / "capabilities/README.md").write_text("---\nid: LINKED\ntitle: T\n---\n")
    (root / "capabilities/loop.md").symlink_to(root / "capabilities/loop.md")
    (root / "capabilities/sub.md").mkdir()
    os.mkfifo(root / "capabilities/pipe.md")
    (root / "goal").mkdir()
    knowledge = load(root)
    assert "SECRET" not in knowledge.entries
    assert "LINKED" in knowledge.entries
    assert [problem.path.rpartition("/")[2] for problem in knowledge.problems] == [
        "loop.md",
        "out.md",
        "pipe.md",
        "sub.md",
        "goal",
    ]


def test_the_fingerprint_follows_content_and_not_the_file_system(tmp_path: Path) -> None:
    one = read(tmp_path / "one", OFFICE)
    two = read(tmp_path / "two", dict(reversed(OFFICE.items())))
    other = {**OFFICE, "goals/faster.md": OFFICE["goals/faster.md"].replace("4 hours", "5 hours")}
    assert one.fingerprint == two.fingerprint
    assert read(tmp_path / "three", other).fingerprint != one.fingerprint


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="concord init"):
        load(tmp_path / "nowhere")


def test_an_empty_folder_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    knowledge = load(tmp_path / "knowledge")
    assert (knowledge.entries, knowledge.problems) == ({}, ())
