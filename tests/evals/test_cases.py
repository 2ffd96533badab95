"""Every mistake in a folder of past initiatives is one sentence that names file and line."""

import os
from pathlib import Path

import pytest

from agent.errors import CaseError
from evals.cases import load_dataset, require_known
from knowledge.reading import load
from tests.support.past import write_dataset

PROPOSAL = "# Post\n\nLetters are sorted.\n"


def dataset(tmp_path: Path, labels: str) -> Path:
    return write_dataset(tmp_path / "past", {"post": (PROPOSAL, labels)})


@pytest.mark.parametrize(
    ("labels", "line", "says"),
    [
        ("outcome: approve\nrequirements:\n  REQ-1: done\n", 3, "requirements.REQ-1"),
        ("requirements: {REQ-1: absent,\n  REQ-2: fine}\n", 2, "requirements.REQ-2"),
        ("outcome: maybe\n", 1, "outcome"),
        ("\n\noverlaps: {CAP-1: similar}\n", 3, "overlaps.CAP-1"),
        ("goals:\n  GOAL-1: helps\n", 2, "goals.GOAL-1"),
        ("findings:\n  - {dimension: ownership}\n  - {dimension: trust}\n", 3, "dimension"),
        ("findings:\n  - {dimension: ownership, topic: x}\n", 2, "no such label"),
        ("decided: 3 March\n", 1, "2026-03-31"),
        ("outcome: approve\nrequirments: {REQ-1: absent}\n", 2, "there are decided, outcome"),
        ("requirements:\n  REQ-1: absent\n  REQ-1: planned\n", 3, "REQ-1"),
        ("outcome: approve\noutcome: reject\n", 2, "outcome"),
        ("debatable: [outcome, requirement.REQ-1]\n", 1, "no path"),
        ("debatable:\n  - findings.trust\n", 1, "no path"),
        ("outcome: approve\ngoals: [GOAL-1\n", 2, "YAML"),
        ("- outcome\n", 1, ""),
    ],
)
def test_a_mistake_in_the_labels_names_file_and_line(
    tmp_path: Path, labels: str, line: int, says: str
) -> None:
    folder = dataset(tmp_path, labels)
    with pytest.raises(CaseError) as raised:
        load_dataset(folder)
    assert str(raised.value).startswith(f"{folder / 'cases' / 'post.gold.yaml'}:{line}: ")
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("labels", "line", "says"),
    [
        ("outcome: approve\nrequirements:\n  REQ-1: absent\n  REQ-9: absent\n", 4, "requirement"),
        ("requirements: {CAP-1: absent}\n", 1, "requirement"),
        ("goals:\n  GOAL-9: serves\n", 2, "goal"),
        ("outcome: approve\noverlaps: {CAP-9: duplicate}\n", 2, "capability"),
        ("overlaps: {REQ-1: duplicate}\n", 1, "capability"),
        ("overlaps: {post: duplicate}\n", 1, "capability"),
        ("outcome: approve\ndebatable: [goals.GOAL-9]\n", 2, "goal"),
    ],
)
def test_a_label_about_something_that_exists_nowhere_names_its_line(
    tmp_path: Path, labels: str, line: int, says: str
) -> None:
    folder = dataset(tmp_path, labels)
    read = load_dataset(folder)
    with pytest.raises(CaseError) as raised:
        require_known(read, load(folder / "knowledge"))
    assert str(raised.value).startswith(f"{folder / 'cases' / 'post.gold.yaml'}:{line}: ")
    assert f"no such {says}" in str(raised.value)


def test_what_exists_may_be_labelled_and_another_case_is_an_overlap(tmp_path: Path) -> None:
    labels = "requirements: {REQ-2: absent}\ngoals: {GOAL-1: serves}\noverlaps: {CAP-1: extends"
    folder = write_dataset(
        tmp_path,
        {"post": (PROPOSAL, labels + ", mail: duplicate}\n"), "mail": (PROPOSAL, "")},
    )
    require_known(load_dataset(folder), load(folder / "knowledge"))


@pytest.mark.parametrize("name", ["CAP-1", "proposal"])
def test_a_case_may_not_have_the_name_of_an_entry(tmp_path: Path, name: str) -> None:
    folder = write_dataset(tmp_path, {name: (PROPOSAL, "")})
    with pytest.raises(CaseError, match=f"{name} is the id of an entry"):
        require_known(load_dataset(folder), load(folder / "knowledge"))


def test_a_case_without_labels_and_labels_without_a_case(tmp_path: Path) -> None:
    folder = dataset(tmp_path, "")
    labels = folder / "cases" / "post.gold.yaml"
    moved = labels.rename(folder / "cases" / "mail.gold.yaml")
    with pytest.raises(CaseError, match=r"mail\.gold\.yaml: labels without a case"):
        load_dataset(folder)
    moved.unlink()
    with pytest.raises(CaseError, match=r"post\.gold\.yaml: missing"):
        load_dataset(folder)


def test_a_folder_without_cases_or_knowledge_says_which(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no cases/ folder"):
        load_dataset(tmp_path / "nowhere")
    (tmp_path / "cases").mkdir()
    with pytest.raises(CaseError, match="no knowledge/ folder"):
        load_dataset(tmp_path)
    (tmp_path / "knowledge").mkdir()
    with pytest.raises(CaseError, match="no case"):
        load_dataset(tmp_path)


@pytest.mark.parametrize("text", ["starter = 'yes'", "start = true", "starter"])
def test_dataset_toml_is_strict(tmp_path: Path, text: str) -> None:
    folder = dataset(tmp_path, "")
    (folder / "dataset.toml").write_text(text)
    with pytest.raises(CaseError, match=r"dataset\.toml"):
        load_dataset(folder)


def test_dotfiles_and_readmes_are_no_cases_and_links_are_followed(tmp_path: Path) -> None:
    folder = dataset(tmp_path, "outcome: approve\n")
    cases = folder / "cases"
    for name in (".draft.md", ".draft.gold.yaml", "README.md", "readme-first.md"):
        (cases / name).write_text("nothing")
    (tmp_path / "elsewhere.md").write_text(PROPOSAL)
    (tmp_path / "elsewhere.yaml").write_text("outcome: reject\n")
    (cases / "linked.md").symlink_to(tmp_path / "elsewhere.md")
    (cases / "linked.gold.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    read = load_dataset(folder)
    assert [(case.name, case.gold.outcome) for case in read.cases] == [
        ("linked", "reject"),
        ("post", "approve"),
    ]


@pytest.mark.parametrize("kind", ["loop", "pipe", "folder", "gone"])
def test_labels_that_are_no_file_are_a_sentence(tmp_path: Path, kind: str) -> None:
    folder = dataset(tmp_path, "")
    labels = folder / "cases" / "post.gold.yaml"
    labels.unlink()
    if kind == "loop":
        labels.symlink_to(labels.name)
    elif kind == "pipe":
        os.mkfifo(labels)
    elif kind == "folder":
        labels.mkdir()
    else:
        labels.symlink_to(tmp_path / "not-there")
    with pytest.raises(CaseError, match=r"post\.gold\.yaml"):
        load_dataset(folder)


def test_labels_may_be_empty_or_undated_or_in_other_spellings_of_a_date(tmp_path: Path) -> None:
    folder = dataset(tmp_path, "decided: 20260302\noverlaps:\nfindings: []\n")
    (case,) = load_dataset(folder).cases
    assert case.gold.decided == "2026-03-02"
    assert not case.gold.overlaps
    assert case.gold.outcome is None
