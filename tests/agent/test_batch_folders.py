"""Which files of a folder are proposals, and that none of them ends the batch."""

import os
from pathlib import Path

from agent import batch
from agent.settings import Settings
from tests.support.office import LETTERS, WEATHER, propose, work


def names(files: list[Path]) -> list[str]:
    return [file.name for file in files]


def test_what_is_no_file_inside_a_folder_is_a_failed_row(office: Settings) -> None:
    propose(office, "a", LETTERS)
    (office.proposals / "folder.md").mkdir()
    (office.proposals / "gone.md").symlink_to("nowhere.md")
    (office.proposals / "loop.md").symlink_to("loop.md")
    os.mkfifo(office.proposals / "pipe.md")
    propose(office, "z", WEATHER)
    files = batch.proposal_files([office.proposals], office.decisions)
    assert names(files) == ["a.md", "folder.md", "gone.md", "loop.md", "pipe.md", "z.md"]
    rows = work(office, *files)
    assert [r.state for r in rows] == ["new", "failed", "failed", "failed", "failed", "new"]
    said = {r.path: r.error for r in rows if r.state == "failed"}
    for name, words in (("folder", "is a folder"), ("loop", "leads round"), ("pipe", "is a pipe")):
        assert words in said[f"proposals/{name}.md"]


def test_letters_are_no_proposals_even_through_a_link(office: Settings) -> None:
    office.decisions.mkdir()
    letter = office.decisions / "letters-v1.md"
    letter.write_text("# Dear team\n", encoding="utf-8")
    propose(office, "a", LETTERS)
    (office.proposals / "b.md").symlink_to(letter)
    assert names(batch.proposal_files([office.proposals, office.decisions], office.decisions)) == [
        "a.md"
    ]


def test_a_name_that_cannot_be_looked_up_is_a_failed_row(office: Settings) -> None:
    endless = office.proposals / ("x" * 300 + ".md")
    files = batch.proposal_files([endless, propose(office, "a", LETTERS)], office.decisions)
    rows = work(office, *files)
    assert [r.state for r in rows] == ["failed", "new"]
    assert "the name is too long" in rows[0].error
