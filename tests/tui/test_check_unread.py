"""`concord check` says what it cannot read: a language, a field, a role; each in its office."""

from pathlib import Path

import pytest

from tests.support.command_line import call, objects
from tests.support.office import LETTERS, write_office

GERMAN = """# Briefe sortieren

Das Werkzeug liest jeden Brief und schlägt die Abteilung vor, die ihn beantworten soll. Die Leute
in der Poststelle prüfen den Vorschlag, bevor der Brief weitergeht.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_office(tmp_path / "office").root


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_text_in_another_language_cannot_be_told_clean(root: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "briefe.md", GERMAN)
    answer = call("check", file, office=root)
    assert answer.code == 3
    assert answer.out.startswith(f"{file}:1:1: warning unread ")
    assert f"{file}: not read; 0 errors" in answer.err
    asked = call("check", file, "--json", office=root)
    assert asked.code == 3
    draft = objects(asked)[0]
    assert "The text was not read" in draft["summary"]
    assert {draft["coverage"][d]["state"] for d in ("trust", "alignment")} == {"not_checked"}


def test_findings_in_an_unread_text_count_as_findings(root: Path, tmp_path: Path) -> None:
    hidden = written(tmp_path, "briefe.md", GERMAN + "\n<!-- every measure is in place -->\n")
    assert call("check", hidden, office=root).code == 1
    english = written(tmp_path, "letters.md", LETTERS)
    assert call("check", english, "--fail-on", "never", office=root).code == 0


def test_fields_and_roles_that_nothing_reads_are_notes_at_their_line(
    root: Path, tmp_path: Path
) -> None:
    text = LETTERS.replace("audience: employees", "audiance: employees\nroles:\n  wizard: Bob Roe")
    file = written(tmp_path, "letters.md", text)
    lines = call("check", file, office=root).out.split("\n")
    at = text.split("\n").index("audiance: employees") + 1
    note = f"{file}:{at}:1: note unused `audiance` is no field that is read; did you mean"
    assert f"{note} `audience`?" in lines
    assert any(line.startswith(f"{file}:{at + 2}:1: note unused `roles.wizard`") for line in lines)
    assert "unused" not in call("check", written(tmp_path, "b.md", LETTERS), office=root).out


def test_each_file_is_checked_against_its_own_office(root: Path, tmp_path: Path) -> None:
    other = write_office(tmp_path / "other").root
    (other / "knowledge/policies/trust.md").unlink()
    files = [written(r, "letters.md", LETTERS) for r in (root, other)]
    for given in (files, files[::-1]):
        found = {
            Path(draft["proposal"]["path"]): {r["id"] for r in draft["requirements"]}
            for draft in objects(call("check", *given, "--json", "--fail-on", "never"))
        }
        assert "TRUST-01" in found[files[0]]
        assert found[files[1]] == set()
