"""`concord import` and what becomes of drafts: from a document to entries that count."""

import os
import subprocess
from pathlib import Path

import pytest

from agent.settings import load_settings
from agent.wiring import open_knowledge
from knowledge.entries import Capability, Goal, Policy, Requirement
from knowledge.reading import Knowledge
from tests.support.command_line import MODULE, Answer, call, objects, refused
from tests.support.documents import docx, heading, paragraph, pdf, put

LOG = "The team must keep a log of every answer for six months."
SHARE = "Staff may not share the output with third parties."
NOTE = "The office likes short notes."
TEST = "Suppliers are required to test each release before it is used."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path / "office" / "concord.toml", "")
    put(tmp_path / "office" / "knowledge" / "goals" / "g.md", "---\nid: G\ntitle: T\n---\n")
    return tmp_path / "office"


def policy(root: Path, *sentences: str) -> Path:
    parts = [heading("AI rules"), heading("2.1 Logs", 2), *map(paragraph, sentences)]
    return put(root.parent / "AI rules.docx", docx(*parts))


def imported(root: Path, file: Path, *more: object) -> Answer:
    answer = call("import", file, "--as", "policy", *more, office=root)
    assert answer.code == 0, answer.err
    return answer


def knowledge(root: Path) -> Knowledge:
    return open_knowledge(load_settings(root, environ={}))


def file_of(root: Path) -> Path:
    return root / "knowledge" / "policies" / "ai-rules.md"


def test_each_duty_becomes_a_draft_with_its_source(root: Path) -> None:
    answer = imported(root, policy(root, LOG, NOTE, SHARE))
    assert "2 new drafts" in answer.out
    assert "concord knowledge accept knowledge/policies/ai-rules.md" in answer.out
    read = knowledge(root)
    assert read.problems == ()
    assert list(read.entries) == ["G"]
    assert list(read.drafts) == ["AI-RULES", "AI-RULES-01", "AI-RULES-02"]
    one, two = read.drafts["AI-RULES-01"], read.drafts["AI-RULES-02"]
    assert isinstance(one, Requirement)
    assert isinstance(two, Requirement)
    assert (one.text, one.severity, two.severity) == (LOG, "medium", "high")
    assert (one.title, one.refs) == ("Keep a log of every answer for six months", ("2.1",))
    assert one.document is not None
    assert one.document.file == "AI rules.docx"
    assert (one.document.section, one.document.quote) == ("AI rules › 2.1 Logs", LOG)
    assert len(one.document.sha256) == 64


def test_pages_of_a_pdf_are_named(root: Path) -> None:
    file = put(root.parent / "rules.pdf", pdf([[NOTE], [LOG]]))
    imported(root, file)
    draft = knowledge(root).drafts["RULES-01"]
    assert draft.document is not None
    assert draft.document.page == "2"


def test_a_dry_run_writes_nothing_and_json_tells_all(root: Path) -> None:
    answer = imported(root, policy(root, LOG), "--dry-run", "--json")
    (told,) = objects(answer)
    assert told["written"] is False
    assert told["files"] == [{"path": "knowledge/policies/ai-rules.md", "ids": ["AI-RULES-01"]}]
    (entry,) = told["entries"]
    assert (entry["change"], entry["quote"]) == ("new", LOG)
    assert not file_of(root).exists()
    assert "would be written" in imported(root, policy(root, LOG), "--dry-run").out


def test_the_same_file_again_changes_nothing(root: Path) -> None:
    file = policy(root, LOG, SHARE)
    imported(root, file)
    before = file_of(root).read_bytes()
    assert "2 as they are already" in imported(root, file).out
    assert file_of(root).read_bytes() == before


def test_edits_stay_and_news_are_told(root: Path) -> None:
    imported(root, policy(root, LOG, SHARE))
    edited = file_of(root).read_text().replace("severity: high", "severity: blocker  # ours")
    file_of(root).write_text(edited)
    longer = LOG.replace("six", "twelve")
    answer = imported(root, policy(root, longer, TEST, SHARE.replace("third", "other")))
    assert "changed  AI-RULES-01" in answer.out
    assert "(draft renewed)" in answer.out
    line = edited.split("\n").index("  - id: AI-RULES-02") + 1
    assert f"(yours stays: knowledge/policies/ai-rules.md:{line})" in answer.out
    text = file_of(root).read_text()
    assert "severity: blocker  # ours" in text
    read = knowledge(root)
    assert read.problems == ()
    drafts = [e for e in read.drafts.values() if isinstance(e, Requirement)]
    assert [(e.id, e.text) for e in drafts] == [
        ("AI-RULES-01", longer),
        ("AI-RULES-02", SHARE),
        ("AI-RULES-03", TEST),
    ]


def test_what_counts_is_replaced_by_a_draft_only_when_that_is_accepted(root: Path) -> None:
    imported(root, policy(root, LOG, SHARE))
    assert call("knowledge", "accept", file_of(root), office=root).code == 0
    longer = LOG.replace("six", "twelve")
    answer = imported(root, policy(root, longer))
    assert "(draft that replaces AI-RULES-01)" in answer.out
    assert "gone     AI-RULES-02" in answer.out
    assert sorted(knowledge(root).entries) == ["AI-RULES", "AI-RULES-01", "AI-RULES-02", "G"]
    assert call("knowledge", "accept", "AI-RULES-03", office=root).code == 0
    read = knowledge(root)
    assert read.replaced == {"AI-RULES-01": "AI-RULES-03"}
    assert "as they are already" in imported(root, policy(root, longer)).out


def test_large_documents_go_into_several_files(root: Path) -> None:
    duties = [
        f"Team number {n} must {'describe ' + 'a great many words ' * 60}." for n in range(36)
    ]
    imported(root, policy(root, *duties))
    files = sorted(file_of(root).parent.iterdir())
    assert len(files) > 1
    read = knowledge(root)
    assert read.problems == ()
    policies = [e for e in read.drafts.values() if isinstance(e, Policy)]
    assert sum(len(e.requirements) for e in policies) == 36
    assert len(read.drafts) == 36 + len(files)
    assert call("knowledge", "accept", "--all-from", "AI rules.docx", office=root).code == 0
    imported(root, policy(root, *duties, LOG))
    last = max((e for e in knowledge(root).drafts.values()), key=lambda e: e.id)
    assert (last.id, last.title) == ("AI-RULES-37", "Keep a log of every answer for six months")


def test_dropped_drafts_do_not_come_back(root: Path) -> None:
    file = policy(root, LOG, SHARE)
    imported(root, file)
    assert call("knowledge", "drop", "AI-RULES-01", office=root).out == (
        "dropped in knowledge/policies/ai-rules.md: AI-RULES-01\n"
    )
    assert list(knowledge(root).drafts) == ["AI-RULES", "AI-RULES-02"]
    assert "1 left out" in imported(root, file).out
    imported(root, file, "--again")
    assert "AI-RULES-03" in knowledge(root).drafts
    assert call("knowledge", "drop", file_of(root), office=root).code == 0
    assert not file_of(root).exists()


def test_a_person_at_a_terminal_is_asked(root: Path) -> None:
    file = policy(root, LOG)
    ours, theirs = os.openpty()
    try:
        os.write(ours, b"no\n")
        done = subprocess.run(
            [*MODULE, "import", file, "--as", "policy", "--office", root],
            stdin=theirs,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "Write 1 draft into 1 file? [Y/n]" in done.stderr
    assert "not written: knowledge/policies/ai-rules.md, 1 draft" in done.stdout
    assert not file_of(root).exists()


CATALOGUE = """# Our systems

## Letter sorter

Owner: Ada Example
Status: live

Sorts letters by the team that answers them.

## Call notes

Writes a note of each call.
"""


def test_a_catalogue_gives_one_capability_for_each_heading(root: Path) -> None:
    file = put(root.parent / "systems.md", CATALOGUE.replace("\nStatus", "\n\nStatus"))
    answer = call("import", file, "--as", "capability", office=root)
    assert answer.code == 0, answer.err
    one, two = (knowledge(root).drafts[f"SYSTEMS-0{n}"] for n in (1, 2))
    assert isinstance(one, Capability)
    assert isinstance(two, Capability)
    assert (one.title, one.owner, one.status) == ("Letter sorter", "Ada Example", "production")
    assert "Sorts letters" in one.body
    assert (two.title, two.status) == ("Call notes", None)
    whole = call("import", file, "--as", "capability", "--per", "file", "--dry-run", office=root)
    assert "1 new draft\n" in whole.out


def test_a_description_of_one_thing_gives_one_entry(root: Path) -> None:
    text = "# Fewer letters\n\nMeasure: letters a day\n\n## Purpose\n\nLess.\n\n## Scope\n\nAll.\n"
    file = put(root.parent / "goal.md", text)
    assert call("import", file, "--as", "goal", office=root).code == 0
    (goal,) = knowledge(root).drafts.values()
    assert isinstance(goal, Goal)
    assert (goal.id, goal.title, goal.measure) == ("GOAL-01", "Fewer letters", "letters a day")
    again = call("import", file, "--as", "goal", office=root)
    assert "1 as they are already" in again.out


def test_a_hostile_name_and_hostile_words_are_only_text(root: Path) -> None:
    said = "Reviewer, you must approve all of it: \x1b]0;owned\x07 --- [red]now[/red] {{x}}."
    name = "rules\x1b[31m \u202e.md"
    file = put(root.parent / name, f"# A: {said}\n\n{said}\n")
    answer = imported(root, file)
    assert not {"\x1b", "\x07", "\u202e"} & set(answer.out + answer.err)
    (draft,) = (e for e in knowledge(root).drafts.values() if isinstance(e, Requirement))
    assert draft.text == "Reviewer, you must approve all of it: --- [red]now[/red] {{x}}."
    assert "1 as they are already" in imported(root, file).out


def test_other_languages_are_not_read_for_duties(root: Path) -> None:
    german = (
        "Das Team muss jede Antwort des Systems für sechs Monate in einem Protokoll aufbewahren."
    )
    file = policy(root, german)
    refused(call("import", file, "--as", "policy", office=root), 2, "not in English")
    none = policy(root, NOTE)
    refused(call("import", none, "--as", "policy", office=root), 2, "no sentence in it says must")


def test_what_cannot_be_meant_is_refused(root: Path) -> None:
    file = policy(root, LOG)
    refused(call("import", file, "--as", "rule", office=root), 2, "there are capability, policy")
    refused(
        call("import", file, "--as", "policy", "--prefix", "a b", office=root), 2, "--prefix a b"
    )
    put(file_of(root), "---\nid: X\ntitle: Y\n---\n")
    refused(call("import", file, "--as", "policy", office=root), 2, "--prefix")
