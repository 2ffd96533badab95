"""`concord knowledge list|status|accept|drop`, and drafts in the index and in a check."""

import shutil
from pathlib import Path

import pytest

from tests.support.command_line import call, objects, refused
from tests.support.documents import put
from tests.support.office import write_office

DRAFTS = """---
id: MORE
title: More rules
status: draft
source: {file: more.pdf, sha256: ab}
requirements:
  - id: MORE-01
    title: A second look
    text: A person looks at each answer before it is sent.
    severity: blocker
    status: draft
    look_for: [person looks answer]
    source: {page: "2", quote: A person must look.}
---
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_office(tmp_path / "office")
    put(tmp_path / "office" / "knowledge" / "policies" / "more.md", DRAFTS)
    return tmp_path / "office"


def test_drafts_are_listed_with_their_source(root: Path) -> None:
    answer = call("knowledge", "list", "--drafts", "--json", office=root)
    policy, rule = objects(answer)
    assert (policy["id"], policy["draft"]) == ("MORE", True)
    assert rule["source"] == {
        "file": "more.pdf",
        "sha256": "ab",
        "page": "2",
        "quote": "A person must look.",
    }
    assert "CAP-1" in call("knowledge", "list", "--kind", "capability", office=root).out
    cut = call("knowledge", "list", "--kind", "capability", office=root).out
    assert all(":" in line.rsplit("  ", 1)[1] for line in cut.strip().split("\n"))
    assert objects(call("knowledge", "list", "--from", "/x/more.pdf", "--json", office=root)) == [
        policy,
        rule,
    ]
    refused(call("knowledge", "list", "--kind", "rule", office=root), 2, "no such kind")


def test_a_draft_is_no_part_of_a_check_until_accepted(root: Path) -> None:
    proposal = put(root / "proposals" / "p.md", "# Letters\n\nIt sorts letters by their team.\n")
    before = call("check", proposal, "--json", office=root).out
    assert "MORE-01" not in before
    assert call("knowledge", "accept", "MORE-01", office=root).code == 0
    assert "MORE-01" in call("check", proposal, "--json", office=root).out


def test_the_index_holds_no_draft_and_says_that_some_wait(root: Path) -> None:
    answer = call("index", office=root)
    assert answer.code == 0, answer.err
    assert "4 requirement" in answer.out
    assert "2 drafts count for nothing until accepted: concord knowledge status" in answer.out


def test_status_names_what_waits_what_is_missing_and_what_never_matches(root: Path) -> None:
    put(
        root / "knowledge" / "capabilities" / "odd.md",
        "---\nid: ODD\ntitle: Odd\nstatus: pilot\ndata: gossip\n---\nIt talks.\n",
    )
    answer = call("knowledge", "status", office=root)
    assert answer.code == 0, answer.err
    assert "2 from more.pdf in knowledge/policies/more.md" in answer.out
    assert "ODD Odd: no owner" in answer.out
    assert "Can never match" in answer.out
    assert "`data: gossip` is no value" in answer.out
    (told,) = objects(call("knowledge", "status", "--json", office=root))
    assert told["drafts"][0]["drafts"] == 2
    assert told["never_match"][0]["path"] == "knowledge/capabilities/odd.md"
    assert {row["id"] for row in told["incomplete"]} >= {"ODD", "CAP-1"}


def test_reviews_on_record_weigh(built_office: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(built_office, tmp_path / "office"))
    for name in ("call-summaries", "letter-translation"):
        path = root / "knowledge" / "capabilities" / f"{name}.md"
        lines = [line for line in path.read_text().split("\n") if not line.startswith("owner:")]
        path.write_text("\n".join(lines))
    (told,) = objects(call("knowledge", "status", "--json", office=root))
    first, second = told["incomplete"][:2]
    assert told["reviews"] == 8
    assert (first["path"], first["used"]) == ("knowledge/capabilities/call-summaries.md", 2)
    assert (second["path"], second["used"]) == ("knowledge/capabilities/letter-translation.md", 0)
    assert first["weight"] == 3 * second["weight"]


def test_names_that_mean_no_draft_are_refused(root: Path) -> None:
    refused(call("knowledge", "accept", "MORE-1", office=root), 2, "did you mean MORE-01?")
    refused(call("knowledge", "accept", "CAP-1", office=root), 2, "this is no draft")
    refused(call("knowledge", "drop", office=root), 2, "name drafts")
    refused(call("knowledge", "drop", "--all-from", "x.pdf", office=root), 2, "no draft came from")
    wrong = call("knowledge", "accept", "MORE", "--stage", "live", office=root)
    refused(wrong, 2, "--stage live")
    other = root / "knowledge" / "goals" / "speed.md"
    refused(call("knowledge", "accept", other, office=root), 2, "no draft stands in this file")
