"""`concord twins`: what waits in an office or stands in a folder, the same every time."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from tests.support.command_line import call, refused, run

TEXT = """---
id: {name}
team: Team {name}
owner: {owner}
---
# {title}

The assistant reads each incoming letter of a customer and suggests the department that should
answer it. Clerks confirm the suggestion of {name}.
"""
OTHER = """# Storm crews

A forecast tells the duty manager how many repair crews a coming storm will need.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "waiting"
    root.mkdir()
    for name, owner in (("mail", "Ada"), ("letters", "Ben"), ("post", "")):
        text = TEXT.format(name=name, owner=owner, title="Sorting of letters")
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    (root / "storm.md").write_text(OTHER, encoding="utf-8")
    return root


def test_a_folder_needs_no_office(folder: Path) -> None:
    answer = call("twins", folder)
    assert answer.code == 0
    lines = answer.out.split("\n")
    assert lines[0] == "4 waiting proposals compared: 3 pairs overlap, 1 cluster"
    told = " ".join(answer.out.split())  # lines are folded to the width of the terminal
    assert "CLUSTER " in told
    assert "(3 proposals, 3 pairs the same)" in told
    assert "should talk to" in told
    assert "storm" not in answer.out


def test_json_is_of_its_schema_and_holds_both_sides(folder: Path) -> None:
    told = json.loads(call("twins", folder, "--json").out)
    jsonschema.validate(told, json.loads(call("schema", "twins").out))
    assert told["schema"] == "concord.twins/1"
    pair = told["pairs"][0]
    assert {pair["a"], pair["b"]} < {"letters", "mail", "post"}
    assert told["sides"]["mail"] == {
        "initiative": "mail",
        "title": "Sorting of letters",
        "path": str(folder / "mail.md"),
        "team": "Team mail",
        "owner": "Ada",
        "submitted": "",
    }
    assert sorted(told["clusters"][0]["members"]) == ["letters", "mail", "post"]


def test_bad_files_are_told_and_skipped(folder: Path) -> None:
    (folder / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    (folder / "copy.md").write_text((folder / "mail.md").read_text(), encoding="utf-8")
    answer = call("twins", folder, "--json")
    assert answer.code == 4
    told = json.loads(answer.out)
    assert told["proposals"] == 4
    assert [row["path"].rpartition("/")[2] for row in told["failed"]] == ["broken.md", "mail.md"]
    assert "give one an `id` of its own" in answer.err


def test_what_cannot_be_asked_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused(call("twins", tmp_path / "empty"), 2, "no proposal (*.md) stands there")
    assert call("twins", folder, "--least", "1.5").code == 2
    assert call("twins", tmp_path / "nowhere").code == 4


def test_in_the_demo_office_all_that_waits_is_compared(office: Path) -> None:
    answer = call("twins", "--json", office=office)
    told = json.loads(answer.out)
    assert answer.code == 0
    assert told["proposals"] == 8
    assert all(side["submitted"] for side in told["sides"].values())
    file = office / "proposals" / "second-no.md"
    text = (office / "proposals" / "automatic-no.md").read_text(encoding="utf-8")
    file.write_text(text.replace("id: automatic-no\n", "id: second-no\n"), encoding="utf-8")
    again = json.loads(call("twins", "--json", office=office).out)
    assert again["proposals"] == 9
    assert again["pairs"][0]["relation"] == "duplicate"
    assert {again["pairs"][0][side] for side in ("a", "b")} == {"automatic-no", "second-no"}
    assert again["pairs"][0]["a"] == "automatic-no"  # it was handed in; the new file was not yet


def test_every_process_answers_the_same_bytes(folder: Path) -> None:
    here = call("twins", folder, "--json").stdout
    seed = {"PYTHONHASHSEED": "7", "PATH": os.environ["PATH"]}
    assert run("twins", folder, "--json", env=seed).stdout == here
