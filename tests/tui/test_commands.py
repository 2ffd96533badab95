"""Every command: its exit code, and JSON that fits the published schemas."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.support.command_line import Answer, call, objects, refused, run

ID = "injury-companion"


def test_demo_reviews_eight_proposals_and_says_what_next(built_office: Path) -> None:
    again = call("demo", built_office)
    assert again.code == 0
    assert again.out.count("(version 1, unchanged)") == 8
    assert "8 proposals: 8 unchanged" in again.err
    assert f"concord show automatic-no --office {built_office}" in again.out


def test_demo_does_not_touch_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused(call("demo", tmp_path), 2, str(tmp_path), "no empty folder")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.txt"]


def test_init_copies_the_chosen_packs_and_overwrites_nothing(tmp_path: Path) -> None:
    made = call("init", tmp_path / "new", "--packs", "patterns")
    assert made.code == 0
    assert list((tmp_path / "new/knowledge/patterns").glob("*.md"))
    assert not list((tmp_path / "new/knowledge/policies").iterdir())
    refused(call("init", tmp_path / "new"), 2, "is a workspace already")
    refused(call("init", tmp_path / "other", "--packs", "poems"), 2, "poems", "policies, patterns")
    assert not (tmp_path / "other").exists()


def test_an_empty_workspace_needs_no_pack(tmp_path: Path) -> None:
    assert call("init", tmp_path / "new", "--packs", "none").code == 0
    (tmp_path / "new/proposals/a.md").write_text("# A robot\n\nIt answers the phone.\n")
    assert call("review", office=tmp_path / "new").code == 0


@pytest.mark.parametrize(
    ("name", "level", "code"),
    [
        (ID, "error", 1),
        (ID, "never", 0),
        ("storm-visit-order", "note", 0),
    ],
)
def test_check_exits_by_the_worst_finding(
    built_office: Path, name: str, level: str, code: int
) -> None:
    file = built_office / f"proposals/{name}.md"
    answer = call("check", file, "--fail-on", level, office=built_office)
    assert answer.code == code
    places = [line for line in answer.out.split("\n") if line]
    assert all(line.startswith(f"{file}:") for line in places)
    assert bool(places) == (name != "storm-visit-order")


def test_check_of_warnings_alone_passes_unless_asked(tmp_path: Path, built_office: Path) -> None:
    file = built_office / "proposals/storm-visit-order.md"
    text = file.read_text().replace("  engineering:", "  unknown:")
    changed = tmp_path / "storm-visit-order.md"
    changed.write_text(text)
    levels = {
        f["severity"]
        for f in objects(call("check", changed, "--json", office=built_office))[0]["findings"]
    }
    assert levels
    assert levels <= {"medium", "low"}
    assert call("check", changed, office=built_office).code == 0
    assert call("check", changed, "--fail-on", "note", office=built_office).code == 1


def test_check_outside_a_workspace_says_what_it_checked_against(tmp_path: Path) -> None:
    file = tmp_path / "p.md"
    file.write_text("# A robot\n\nIt answers the phone.\n")
    answer = run("check", file, cwd=tmp_path)
    assert answer.code == 1
    assert "starter policies" in answer.err
    assert ":1: error" in answer.out


def test_check_reads_stdin(built_office: Path) -> None:
    text = (built_office / f"proposals/{ID}.md").read_text()
    answer = call("check", "-", office=built_office, stdin=text)
    assert answer.code == 1
    assert answer.out.startswith("stdin:")
    assert call("check", "-", office=built_office, stdin="").code == 3


JSON_COMMANDS = (
    ("check", "proposals/storm-visit-order.md"),
    ("index",),
    ("search", "answers about a claim", "--kind", "capability", "--kind", "goal"),
    ("review", "proposals/storm-visit-order.md"),
    ("list",),
    ("show", ID),
    ("audit", "verify"),
    ("audit", "show", ID),
)


@pytest.mark.parametrize("words", JSON_COMMANDS, ids=" ".join)
def test_json_is_one_object_a_line(built_office: Path, words: tuple[str, ...]) -> None:
    words = tuple(str(built_office / w) if w.endswith(".md") else w for w in words)
    answer = call(*words, "--json", office=built_office)
    assert answer.code == 0, answer.err
    assert objects(answer)
    assert all(isinstance(value, dict) for value in objects(answer))


def test_drafts_fit_their_published_schema(built_office: Path) -> None:
    schema = objects(_one_line(call("schema", "draft")))[0]
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    drafts = objects(call("review", "--json", office=built_office))
    drafts += objects(call("show", ID, "--json", office=built_office))
    assert len(drafts) == 9
    for draft in drafts:
        validator.validate(draft)


def _one_line(answer: Answer) -> Answer:
    return Answer(answer.code, json.dumps(json.loads(answer.stdout)).encode(), answer.stderr)


def test_each_schema_is_valid_json_schema() -> None:
    names = call("schema").out.split()
    assert {"draft", "decision", "steps", "proposal", "policy"} <= set(names)
    for name in names:
        Draft202012Validator.check_schema(json.loads(call("schema", name).out))
    refused(call("schema", "poem"), 2, "poem", "draft, decision")


def test_list_shows_states(built_office: Path) -> None:
    answer = call("list", "--state", "ready", office=built_office)
    assert answer.out.count("\n") == 9
    assert call("list", "--state", "decided", office=built_office).out == ""
    refused(call("list", "--state", "gone", office=built_office), 2, "gone", "ready, deferred")


def test_search_finds_by_meaning_and_refuses_unknown_kinds(built_office: Path) -> None:
    (found,) = objects(
        call("search", "proposes a lane for new motor claims", "--json", office=built_office)
    )
    assert found["results"][0]["id"] == "CAP-002"
    assert len(found["results"]) <= 10
    refused(call("search", "x", "--kind", "poem", office=built_office), 2, "capability")


def test_a_changed_record_exits_with_one(office: Path) -> None:
    whole = call("audit", "verify", office=office)
    assert whole.code == 0
    receipt = whole.out.split("receipt: ")[1].strip()
    assert call("audit", "verify", "--expect", receipt, office=office).code == 0
    head, count = receipt.split(":")
    longer = f"{head}:{int(count) + 1}"
    cut = call("audit", "verify", "--expect", longer, office=office)
    assert cut.code == 1
    assert "cut off" in cut.out


def test_eval_runs_and_writes_its_report(tmp_path: Path) -> None:
    answer = call("eval", "run", "--json", "--report", tmp_path / "report.md")
    assert answer.code == 0
    result = objects(answer)[0]
    assert result["cases"] >= 12
    assert result["failed"] == 0
    assert (tmp_path / "report.md").read_text().startswith("# ")
    refused(call("eval", "run", tmp_path), 2, "cases/")


def test_help_of_every_command_goes_to_stdout() -> None:
    commands = ("demo", "init", "check", "index", "search", "review", "list", "show", "decide")
    more = (("export",), ("schema",), ("audit", "verify"), ("audit", "show"), ("eval", "run"))
    for words in ((), *((c,) for c in commands), *more):
        answer = call(*words, "--help")
        assert answer.code == 0
        assert answer.out.startswith("Usage: ")
        assert answer.err == ""
    assert call("--version").out.startswith("concord ")
