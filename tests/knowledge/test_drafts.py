"""`status: draft`: read, shown, and of no effect until accepted."""

from pathlib import Path

from knowledge.entries import Asset, Capability, Document, Policy, Requirement
from knowledge.reading import Knowledge, load
from tests.support.catalogue import OFFICE, write

DRAFTS = {
    "capabilities/new.md": "---\nid: CAP-9\ntitle: New\nstatus: Draft\nstage: live\n---\nSorts.\n",
    "capabilities/more.csv": "id,title,status,stage\nCAP-10,Ten,draft,\nCAP-11,Eleven,pilot,\n",
    "assets/old.md": "---\nid: AST-9\ntitle: Old\nkind: system\nstatus: draft\n---\n",
    "goals/g.md": "---\nid: GOAL-9\ntitle: Grow\nstatus: draft\n---\n",
    "policies/p.md": """---
id: POL-9
title: Nine
source: {file: nine.pdf, sha256: abc}
requirements:
  - id: REQ-91
    title: One
    text: Logs are kept.
    status: draft
    replaces: [REQ-92]
    source: {page: "3", section: 2 Logs, quote: logs are kept}
  - id: REQ-92
    title: Two
    text: Logs are read.
---
""",
    "policies/q.md": """---
id: POL-10
title: Ten
status: draft
requirements:
  - id: REQ-101
    title: One
    text: Logs are deleted.
---
""",
}


def read(tmp_path: Path, files: dict[str, str]) -> Knowledge:
    return load(write(tmp_path, files))


def test_drafts_stand_apart_and_count_for_nothing(tmp_path: Path) -> None:
    knowledge = read(tmp_path, DRAFTS)
    assert [str(problem) for problem in knowledge.problems] == []
    assert sorted(knowledge.entries) == ["CAP-11", "POL-9", "REQ-92"]
    assert list(knowledge.drafts) == sorted(
        ["AST-9", "CAP-10", "CAP-9", "GOAL-9", "POL-10", "REQ-101", "REQ-91"]
    )
    assert knowledge.replaced == {}
    policy = knowledge.entries["POL-9"]
    assert isinstance(policy, Policy)
    assert policy.requirements == ("REQ-92",)


def test_the_stage_of_a_draft_stands_beside_its_status(tmp_path: Path) -> None:
    drafts = read(tmp_path, DRAFTS).drafts
    new, old = drafts["CAP-9"], drafts["AST-9"]
    assert isinstance(new, Capability)
    assert isinstance(old, Asset)
    assert (new.status, old.status) == ("production", None)


def test_drafts_change_no_fingerprint(tmp_path: Path) -> None:
    plain = read(tmp_path / "a", OFFICE)
    more = read(tmp_path / "b", {**OFFICE, "goals/g.md": DRAFTS["goals/g.md"]})
    assert more.fingerprint == plain.fingerprint
    assert list(more.drafts) == ["GOAL-9"]


def test_a_requirement_has_the_document_of_its_policy(tmp_path: Path) -> None:
    drafts = read(tmp_path, DRAFTS).drafts
    first = drafts["REQ-91"]
    assert isinstance(first, Requirement)
    assert first.document == Document(
        file="nine.pdf", sha256="abc", page="3", section="2 Logs", quote="logs are kept"
    )
    assert drafts["REQ-101"].document is None


def test_a_draft_never_takes_the_id_of_what_counts(tmp_path: Path) -> None:
    twice = {
        "goals/a.md": "---\nid: G\ntitle: Draft\nstatus: draft\n---\n",
        "goals/b.md": "---\nid: G\ntitle: Real\n---\n",
    }
    knowledge = read(tmp_path, twice)
    assert knowledge.entries["G"].title == "Real"
    assert knowledge.drafts == {}
    assert [str(problem) for problem in knowledge.problems] == [
        "knowledge/goals/a.md:1: the id G stands also at knowledge/goals/b.md:1;"
        " this draft is not read"
    ]


def test_another_status_of_a_goal_is_reported_and_it_counts(tmp_path: Path) -> None:
    knowledge = read(tmp_path, {"goals/a.md": "---\nid: G\ntitle: T\nstatus: done\n---\n"})
    assert list(knowledge.entries) == ["G"]
    assert [str(problem) for problem in knowledge.problems] == [
        "knowledge/goals/a.md:4: `status: done` is no status here: it is `draft`, or left out"
    ]


def test_drafts_survive_the_snapshot(tmp_path: Path) -> None:
    folder = write(tmp_path, DRAFTS)
    first = load(folder)
    load(folder, cache=tmp_path / "cache")
    again = load(folder, cache=tmp_path / "cache")
    assert (again.entries, again.drafts) == (first.entries, first.drafts)
