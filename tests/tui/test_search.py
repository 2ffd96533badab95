"""`concord search`: what is found, why, what the filters leave, and what is no question at all."""

import shutil
from pathlib import Path

import pytest

from tests.support.command_line import Answer, call, objects, refused
from tests.support.office import FILES, WEATHER, write_office

OWN = """---
id: CAP-9
title: Storm letters
team: Property Claims
owner: Lea Example
status: retired
audience: [customers]
---
# Storm letters

Storm letters are written to owners of damaged roofs, one for each roof, once the drone has flown.
"""
PROPOSAL = """---
id: roofs
---
# Roof pictures

Drones take photographs of roofs after a storm, and the repair cost of the damage is estimated.
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read only."""
    settings = write_office(tmp_path_factory.mktemp("searched"))
    table = FILES["knowledge/capabilities/all.csv"].replace(",description\n", ",body\n")
    (settings.root / "knowledge/capabilities/all.csv").write_text(table, encoding="utf-8")
    (settings.root / "knowledge/capabilities/own.md").write_text(OWN, encoding="utf-8")
    (settings.root / "roofs.md").write_text(PROPOSAL, encoding="utf-8")
    return settings.root


def ids(answer: Answer) -> list[str]:
    return [row["id"] for row in objects(answer)[0]["results"]]


def test_a_result_tells_what_it_is_where_it_stands_and_why(root: Path) -> None:
    answer = call("search", "storm drone", "-k", "2", office=root)
    first, second = answer.out.rstrip("\n").split("CAP-1")
    said = first.split("\n")
    assert said[0].split()[0] == "CAP-9"
    assert said[0].endswith("«Storm» letters")
    assert " ".join((said[1] + said[2]).split()) == (
        "RETIRED capability, not to be built on, owner Lea Example, team Property Claims"
    )
    assert said[3].strip() == "knowledge/capabilities/own.md:11"
    assert said[4].strip().startswith("«Storm» letters are written")
    assert "once the «drone» has flown." in " ".join(first.split())
    assert "words: storm 50%, drone 50%" in first
    assert "production capability, owner Ada Example" in second
    assert "knowledge/capabilities/all.csv:2" in second


def test_json_holds_everything_and_its_marks_are_true(root: Path) -> None:
    (found,) = objects(call("search", "storm drone", "--json", office=root))
    assert set(found) == {"query", "kinds", "filters", "results", "left_out"}
    assert (found["query"], found["kinds"], found["filters"]) == (
        "storm drone",
        ["capability"],
        {},
    )
    assert found["left_out"] == {"beyond_k": 0}
    best = found["results"][0]
    assert (best["id"], best["status"], best["probability"]) == ("CAP-9", "retired", None)
    assert best["source"] == {"path": "knowledge/capabilities/own.md", "line": 1}
    assert sum(term["share"] for term in best["terms"]) == pytest.approx(1, abs=0.01)
    (passage,) = best["passages"]
    marked = [passage["text"][start:end] for start, end in passage["highlights"]]
    assert marked == ["Storm", "drone"]
    written = OWN.split("\n")[passage["line_start"] - 1 : passage["line_end"]]
    assert passage["text"] in "\n".join(written)


def test_filters_count_before_the_ranking_is_cut(root: Path) -> None:
    def found(*options: str) -> list[str]:
        return ids(call("search", "storm", "-k", "1", "--json", *options, office=root))

    assert found() == ["CAP-9"]
    assert found("--status", "live") == ["CAP-1"]
    assert found("--status", "pilot", "--status", "retired") == ["CAP-9"]
    assert found("--team", "service") == ["CAP-2"]
    assert found("--audience", "policyholders") == ["CAP-9"]
    assert found("--audience", "staff", "--status", "production", "--team", "finance") == ["CAP-3"]
    (data,) = objects(
        call("search", "storm", "-k1", "--status", "production", "--json", office=root)
    )
    assert data["filters"] == {"status": ["production"]}
    assert data["left_out"] == {"status": 2, "beyond_k": 1}


def test_a_filter_that_leaves_nothing_says_which_and_of_how_many(root: Path) -> None:
    answer = call(
        *("search", "storm", "--status", "pilot", "--team", "propety claims"), office=root
    )
    assert (answer.code, answer.out) == (0, "")
    assert "of 4 entries --status pilot leaves 1, --team propety claims leaves 0" in answer.err
    assert "teams are named like Property Claims" in answer.err
    assert "no precedent" in call("search", "storm", "--kind", "precedent", office=root).err


@pytest.mark.parametrize(
    ("option", "value", "meant"),
    [
        ("--kind", "capabilty", "did you mean capability?"),
        ("--status", "prodution", "did you mean production?"),
        ("--audience", "custommers", "did you mean customers?"),
    ],
)
def test_a_value_that_nothing_can_have_is_refused_with_the_near_ones(
    root: Path, option: str, value: str, meant: str
) -> None:
    refused(call("search", "x", option, value, office=root), 2, option, value, meant)


def test_kinds_are_ranked_by_themselves_and_the_others_are_mentioned(root: Path) -> None:
    every = call("search", "customers complaints", "--kind", "all", "-k", "1", office=root)
    heads = [line.split()[0] for line in every.out.split("\n") if " of " in line[:25]]
    assert heads == ["capability", "policy", "requirement", "goal", "pattern", "asset"]
    two = call("search", "x", "--kind", "goals", "--kind", "asset", "--json", office=root)
    assert ids(two)[:2] in (["GOAL-1", "GOAL-2"], ["GOAL-2", "GOAL-1"])
    plain = call("search", "complaints about decisions", office=root)
    assert "Also, of other kinds: GOAL-2 Fewer complaints about decisions" in plain.out


def test_a_proposal_is_searched_by_its_purpose_and_told_how_likely_it_is_the_same(
    root: Path,
) -> None:
    (data,) = objects(call("search", root / "roofs.md", "--json"))
    assert data["query"].startswith("Roof pictures Drones take")
    best = data["results"][0]
    assert best["id"] == "CAP-1"
    assert 0.01 <= best["probability"] <= 0.99
    assert "the same system (" in call("search", root / "roofs.md", "-k", "1").out
    (words,) = objects(call("search", root / "roofs.md", "--text", "--json", office=root))
    assert words["query"] == str(root / "roofs.md")
    assert words["results"][0]["probability"] is None
    (piped,) = objects(call("search", "-", "--json", office=root, stdin="storm\ndrone"))
    assert piped["query"] == "storm\ndrone"


def test_a_file_that_is_not_there_is_refused_and_the_near_one_named(
    root: Path, tmp_path: Path
) -> None:
    file = tmp_path / "weather.md"
    file.write_text(WEATHER, encoding="utf-8")
    near = call("search", tmp_path / "wether.md", office=root)
    refused(near, 2, "there is no such file", f"did you mean {file}?", "--text")
    for gone in ("proposals/wether", "wether.md"):
        refused(call("search", gone, office=root), 2, gone, "there is no such file")
    refused(call("search", "storms", file, office=root), 2, "one file, or words")
    refused(call("search", f"{tmp_path}/", office=root), 2, "is a folder")
    assert call("search", "input/output of letters", office=root).code == 0
    assert call("search", "letters", "about", "storms", office=root).code == 0


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "🔥", "?!"])
def test_nothing_to_search_for_is_said(root: Path, nothing: str) -> None:
    refused(call("search", nothing, office=root), 2, "nothing to search for")
    refused(call("search", "-", office=root, stdin=nothing), 2, "nothing to search for")


@pytest.mark.parametrize("text", ["xyzzy", "保険金の請求", "تأمين السيارات", "ประกันภัย", "the of"])
def test_words_that_nobody_knows_find_nothing_and_say_so(root: Path, text: str) -> None:
    answer = call("search", text, "-k", "2", office=root)
    assert answer.code == 0
    assert "a weak match; no word in common" in " ".join(answer.out.split())
    assert "nothing is clearly near that text" in answer.err


def test_a_megabyte_is_searched_and_more_is_refused(root: Path) -> None:
    text = " ".join(f"w{n}" for n in range(130_000))
    long = call("search", "-", "-k", "1", office=root, stdin=f"storm {text}")
    assert long.code == 0, long.err
    refused(call("search", "-", office=root, stdin=text * 2), 2, "1 MiB")


def test_problems_of_the_knowledge_are_counted_and_index_tells_them(tmp_path: Path) -> None:
    root = write_office(tmp_path).root
    table = FILES["knowledge/capabilities/all.csv"].replace(",description\n", ",body\n")
    (root / "knowledge/capabilities/all.csv").write_text(table, encoding="utf-8")
    for name in ("one", "two"):
        (root / f"knowledge/capabilities/{name}.md").write_text("---\ntitle: [\n---\n")
    told = call("index", office=root)
    assert told.code == 4
    assert told.err.count(".md:") == 2
    counted = "the knowledge has 2 problems: concord index names each"
    searched = call("search", "storm", office=root)
    assert searched.code == 0
    assert counted in searched.err
    file = root / "weather.md"
    file.write_text(WEATHER, encoding="utf-8")
    reviewed = call("review", file, office=root)
    assert reviewed.code == 0
    assert "capabilities/" not in reviewed.err
    assert counted in reviewed.err
    (root / "knowledge/capabilities/two.md").unlink()
    assert "has 1 problem: " in call("review", file, office=root).err


def test_what_was_decided_here_is_found_with_its_outcome(root: Path, tmp_path: Path) -> None:
    office = Path(shutil.copytree(root, tmp_path / "office"))
    assert call("review", office / "roofs.md", office=office).code == 0
    decided = call("decide", "roofs", "--outcome", "reject", "--note", "no", office=office)
    assert decided.code == 0, decided.err
    told = call("search", "photographs of roofs", "--kind", "precedent", office=office).out
    assert told.startswith("roofs")
    assert ": reject" in told
    (found,) = objects(call("search", "roofs", "--kind", "precedent", "--json", office=office))
    assert [row["status"] for row in found["results"]] == ["reject"]


def test_what_is_called_so_comes_first(root: Path) -> None:
    for text, id_, by in (
        ("cap-2", "CAP-2", "id"),
        ("call  SUMMARIES", "CAP-2", "title"),
        ("invoice reader", "CAP-3", "title"),
    ):
        (found,) = objects(call("search", text, "-k", "2", "--json", office=root))
        first, second = found["results"]
        assert (first["id"], first["called"]) == (id_, by)
        assert second["called"] is None
    told = call("search", "cap-2", office=root)
    assert "the text is its id" in told.out
    assert "nothing is clearly near" not in told.err
    assert "Also, of other kinds: GOAL-1" in call("search", "GOAL-1", office=root).out
    retired = call("search", "cap-2", "--status", "retired", "--json", office=root)
    assert ids(retired) == ["CAP-9"]


def test_in_a_small_office_the_least_far_entry_is_not_taken_for_the_same(
    root: Path, tmp_path: Path
) -> None:
    file = tmp_path / "chat.md"
    file.write_text("# Chat for pupils\n\nA chat helps pupils with homework in mathematics.\n")
    (found,) = objects(call("search", file, "--json", office=root))
    assert max(row["probability"] for row in found["results"]) <= 0.1
