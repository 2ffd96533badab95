"""`concord search`: what is searched is said, and a mistyped file is no question to the search."""

from pathlib import Path

import pytest

from tests.support.command_line import call, refused
from tests.support.office import FILES, WEATHER, write_office

OWN = """---
id: CAP-9
title: Storm letters
owner: Lea Example
status: pilot
---
# Storm letters

Storm letters are written to owners of damaged roofs, one for each roof, once the drone has flown.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    settings = write_office(tmp_path / "office")
    table = FILES["knowledge/capabilities/all.csv"].replace(",description\n", ",body\n")
    (settings.root / "knowledge/capabilities/all.csv").write_text(table, encoding="utf-8")
    (settings.root / "knowledge/capabilities/own.md").write_text(OWN, encoding="utf-8")
    return settings.root


def test_the_extract_repeats_no_title_and_cuts_no_word(root: Path) -> None:
    out = call("search", "letters about storms", "-k", "1", office=root).out.split("\n")
    assert out[0].startswith("CAP-9")
    assert out[2].split()[:4] == ["Storm", "letters", "are", "written"]
    long = OWN + " ".join(f"word{n}" for n in range(90)) + "\n"
    (root / "knowledge/capabilities/own.md").write_text(long, encoding="utf-8")
    out = call("search", "letters about storms", "-k", "1", office=root).out.rstrip().split()
    assert out[-1] == "..."
    assert out[-2] in long.split()


def test_a_file_is_searched_by_its_text_and_one_that_is_not_there_is_refused(
    root: Path, tmp_path: Path
) -> None:
    file = tmp_path / "weather.md"
    file.write_text(WEATHER, encoding="utf-8")
    assert call("search", file, office=root).code == 0
    for gone in (tmp_path / "wether.md", "proposals/wether", "wether.md"):
        refused(call("search", gone, office=root), 2, str(gone), "there is no such file")
    assert call("search", "input/output of letters", office=root).code == 0


@pytest.mark.parametrize("nothing", ["", " ", "\u200b"])
def test_nothing_to_search_for_is_said(root: Path, nothing: str) -> None:
    refused(call("search", nothing, office=root), 2, "nothing to search for")


def test_a_review_counts_the_problems_of_the_knowledge_and_index_tells_them(root: Path) -> None:
    for name in ("one", "two"):
        (root / f"knowledge/capabilities/{name}.md").write_text("---\ntitle: [\n---\n")
    told = call("index", office=root)
    assert told.code == 4
    assert told.err.count("capabilities/") == 2
    file = root / "weather.md"
    file.write_text(WEATHER, encoding="utf-8")
    reviewed = call("review", file, office=root)
    assert reviewed.code == 0
    assert "capabilities/" not in reviewed.err
    assert "the knowledge has 2 problems: concord index names each" in reviewed.err
    (root / "knowledge/capabilities/two.md").unlink()
    assert "has 1 problem: " in call("review", file, office=root).err
