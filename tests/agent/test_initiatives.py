"""Which file is which initiative, and which files are proposals at all."""

import os
from pathlib import Path

from agent.batch import Reviewed, proposal_files
from agent.settings import Settings
from tests.support.office import LETTERS, WEATHER, propose, work


def states(rows: list[Reviewed]) -> list[tuple[str, str]]:
    return [(r.initiative, r.state) for r in rows]


def test_an_id_twice_names_both_files(office: Settings) -> None:
    propose(office, "a", LETTERS)
    propose(office, "b", LETTERS.replace("# Sorting", "# More sorting"))
    rows = work(office)
    assert [r.state for r in rows] == ["new", "failed"]
    assert "proposals/a.md" in rows[1].error
    assert "proposals/b.md" in rows[1].error
    alone = work(office, office.proposals / "b.md")
    assert alone[0].state == "failed"
    assert "proposals/a.md" in alone[0].error


def test_a_file_that_moved_is_the_same_initiative(office: Settings) -> None:
    work(office, propose(office, "a", LETTERS))
    (office.proposals / "a.md").rename(office.proposals / "b.md")
    assert states(work(office, office.proposals / "b.md")) == [("letters", "unchanged")]


def test_the_same_file_given_twice_is_one(office: Settings) -> None:
    file = propose(office, "a", LETTERS)
    given = proposal_files([file, office.proposals, Path(os.path.relpath(file))])
    assert states(work(office, *given)) == [("letters", "new")]


def test_a_new_file_that_is_nearly_an_old_initiative_says_so(office: Settings) -> None:
    nameless = LETTERS.replace("id: letters\n", "")
    work(office, propose(office, "letters", nameless))
    rows = work(office, propose(office, "letters-v2", nameless + "\nMore.\n"))
    assert rows[0].state == "failed"
    assert rows[0].error == (
        "proposals/letters-v2.md: looks like a new version of letters: add `id: letters` to its"
        " front matter, or `id: letters-v2` if it is another initiative"
    )
    # What it advises helps, once the old file gives way to the new one.
    (office.proposals / "letters.md").unlink()
    rows = work(office, propose(office, "letters-v2", LETTERS))
    assert rows[0].draft is not None
    assert (rows[0].initiative, rows[0].draft.version) == ("letters", 2)


def test_an_unrelated_initiative_does_not_change_the_others(office: Settings) -> None:
    work(office, propose(office, "letters", LETTERS))
    rows = work(office, propose(office, "weather", WEATHER), office.proposals / "letters.md")
    assert states(rows) == [("weather", "new"), ("letters", "unchanged")]


def test_folders_give_their_proposals_and_nothing_else(office: Settings) -> None:
    for name in ("b.md", "a.md", "README.md", "readme-first.md", ".hidden.md", "notes.txt"):
        (office.proposals).mkdir(exist_ok=True)
        (office.proposals / name).write_text("# X\n", encoding="utf-8")
    office.decisions.mkdir()
    (office.decisions / "a-v1.md").write_text("# Letter\n", encoding="utf-8")
    found = proposal_files([office.proposals, office.decisions], office.decisions)
    assert [p.name for p in found] == ["a.md", "b.md"]
