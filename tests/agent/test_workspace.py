"""A new workspace: what is copied, what is left alone, and the demo's own words for people."""

from pathlib import Path

import pytest

from agent.errors import SettingsError
from agent.intake.facts import read_facts
from agent.intake.proposal import parse, read_source
from agent.settings import load_settings
from agent.workspace import FOLDERS, PACKS, STARTER, make_office


def test_an_office_has_its_folders_and_the_chosen_packs_only(tmp_path: Path) -> None:
    written = make_office(tmp_path / "office", ["patterns"])
    office = tmp_path / "office"
    assert all((office / folder).is_dir() for folder in FOLDERS)
    files = [p for p in office.rglob("*") if p.is_file()]
    assert len(files) == written
    assert list((office / "knowledge" / "patterns").glob("*.md"))
    assert not list((office / "proposals").iterdir())
    configuration = (office / "concord.toml").read_text(encoding="utf-8")
    assert configuration == (STARTER / "concord.toml").read_text(encoding="utf-8")
    assert not load_settings(office).facts


def test_a_workspace_is_never_made_twice_and_files_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    make_office(tmp_path, [])
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    with pytest.raises(SettingsError, match="workspace already"):
        make_office(tmp_path, list(PACKS))


def test_the_demo_office_knows_that_its_members_are_customers(tmp_path: Path) -> None:
    make_office(tmp_path, list(PACKS))
    settings = load_settings(tmp_path)
    path = tmp_path / "proposals" / "hail-appointments.md"
    proposal = parse(read_source(path), path.name, None, settings.facts)
    with_words = read_facts(proposal, settings.facts)["audience"]
    assert with_words.values == ("customers",)
    assert with_words.citations
    assert read_facts(proposal, {})["audience"].values == ()
