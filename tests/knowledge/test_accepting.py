"""Drafts accepted and dropped: the right lines, and not a byte beside them."""

from pathlib import Path

import pytest

from knowledge.accepting import Edits, accept, drop
from knowledge.errors import KnowledgeError
from knowledge.reading import Knowledge, load
from tests.support.catalogue import write

CAPABILITY = (
    "---\r\n# ours\r\nid: CAP-9\r\ntitle:   New\r\nstatus: draft # by hand\r\nstage: pilot\r\n"
    "owner: 'Ada'\r\n---\r\nSorts letters.\x0c\r\n"
)
POLICY = """---
id: POL
title: Rules
status: "draft"
requirements:
  - id: R-1
    status: draft
    title: One
    text: Logs are kept.

  - title: Two
    text: Logs are read.
    status: draft # why
    id: R-2
  - id: R-3
    title: Three
    text: Logs are deleted.
---
status: draft
"""


def read(tmp_path: Path, files: dict[str, str]) -> Knowledge:
    return load(write(tmp_path, files))


def raw(knowledge: Knowledge, edits: Edits) -> str:
    (edit,) = edits.files
    assert edit.text is not None
    edit.path.write_bytes(edit.text.encode())
    assert load(knowledge.folder).problems == ()
    return edit.text


def chosen(knowledge: Knowledge, *ids: str) -> list:  # type: ignore[type-arg]
    return [knowledge.drafts[name] for name in ids]


def test_a_capability_gets_its_stage_and_keeps_all_else(tmp_path: Path) -> None:
    knowledge = read(tmp_path, {"capabilities/a.md": ""})
    (tmp_path / "knowledge/capabilities/a.md").write_bytes(CAPABILITY.encode())
    knowledge = load(knowledge.folder)
    text = raw(knowledge, accept(knowledge, chosen(knowledge, "CAP-9")))
    assert text == CAPABILITY.replace("status: draft #", "status: pilot  #").replace(
        "stage: pilot\r\n", ""
    )
    assert load(knowledge.folder).drafts == {}


def test_a_requirement_takes_its_policy_along(tmp_path: Path) -> None:
    knowledge = read(tmp_path, {"policies/p.md": POLICY})
    edits = accept(knowledge, chosen(knowledge, "R-2"))
    assert edits.files[0].ids == ("POL", "R-2", "R-3")  # R-3 has no status of its own
    text = raw(knowledge, edits)
    assert text == POLICY.replace('status: "draft"\n', "").replace(
        "    status: draft # why\n", "    # why\n"
    )
    again = load(knowledge.folder)
    assert sorted(again.entries) == ["POL", "R-2", "R-3"]
    assert list(again.drafts) == ["R-1"]


def test_a_whole_policy(tmp_path: Path) -> None:
    knowledge = read(tmp_path, {"policies/p.md": POLICY})
    raw(knowledge, accept(knowledge, list(knowledge.drafts.values())))
    assert load(knowledge.folder).drafts == {}


REFUSED = [
    (
        "capabilities/a.md",
        "---\nid: C\ntitle: T\nstatus: draft\n---\nText.\n",
        "knowledge/capabilities/a.md:1: C needs a `stage` (planned, pilot, production, retired),",
    ),
    (
        "capabilities/a.md",
        "---\nid: C\ntitle: T\nstatus: draft\nstage: pilot\n---\n",
        "knowledge/capabilities/a.md:1: C says nowhere what it does",
    ),
    (
        "goals/a.md",
        "---\nid: C\nstatus: draft\n---\n# T\n",
        "knowledge/goals/a.md:2: C has no `title`",
    ),
    (
        "policies/a.md",
        "---\nid: P\ntitle: T\nrequirements:\n  - id: C\n    title: T\n    status: draft\n---\n",
        "knowledge/policies/a.md:5: requirement C has no `text`: say what is required; mend it",
    ),
    (
        "goals/a.csv",
        "id,title,status\nC,T,draft\n",
        "knowledge/goals/a.csv:2: C stands in a table: take its `status: draft` out by hand",
    ),
]


@pytest.mark.parametrize(("name", "text", "said"), REFUSED)
def test_what_is_incomplete_is_refused_with_its_place(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    knowledge = read(tmp_path, {name: text})
    edits = accept(knowledge, chosen(knowledge, "C"))
    assert edits.files == ()
    (why,) = edits.refused
    assert why.startswith(said)


def test_a_stage_may_be_given(tmp_path: Path) -> None:
    text = "---\nid: C\ntitle: T\nstatus: draft\n---\nText.\n"
    knowledge = read(tmp_path, {"capabilities/a.md": text})
    made = raw(knowledge, accept(knowledge, chosen(knowledge, "C"), "production"))
    assert made == text.replace("draft", "production")


@pytest.mark.parametrize(
    "text",
    [
        "---\n{id: C, title: T, status: draft}\n---\n",
        "---\nid: C\ntitle: T\nstatus:\n  draft\n---\n",
    ],
)
def test_what_no_line_holds_alone_is_left_to_a_person(tmp_path: Path, text: str) -> None:
    knowledge = read(tmp_path, {"goals/a.md": text})
    with pytest.raises(KnowledgeError, match="edit it by hand; nothing was written"):
        accept(knowledge, chosen(knowledge, "C"))


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    knowledge = read(tmp_path, {"policies/p.md": POLICY})
    (knowledge.folder / "policies/p.md").write_text(POLICY + "more\n")
    with pytest.raises(KnowledgeError, match="it was changed meanwhile"):
        accept(knowledge, chosen(knowledge, "R-1"))


def test_dropped_lines_go_and_what_counts_stays(tmp_path: Path) -> None:
    knowledge = read(tmp_path, {"policies/p.md": POLICY})
    text = raw(knowledge, drop(knowledge, chosen(knowledge, "R-1")))
    assert text == POLICY.replace(
        "  - id: R-1\n    status: draft\n    title: One\n    text: Logs are kept.\n", ""
    )
    whole = drop(load(knowledge.folder), chosen(knowledge, "POL"))
    assert whole.files[0].text is None


def test_a_policy_of_which_something_counts_is_not_dropped(tmp_path: Path) -> None:
    text = POLICY.replace('status: "draft"\n', "")
    knowledge = read(tmp_path, {"policies/p.md": text.replace("id: POL", "id: POL\nstatus: draft")})
    drafts = list(knowledge.drafts.values())
    edits = accept(knowledge, chosen(knowledge, "R-1"))
    raw(knowledge, edits)
    knowledge = load(knowledge.folder)
    assert sorted(knowledge.drafts) == ["R-2"]
    refused = drop(knowledge, [entry for entry in drafts if entry.id == "POL"])
    assert refused.files == ()
    assert refused.refused == ("knowledge/policies/p.md:1: POL in it counts; drop by id",)
