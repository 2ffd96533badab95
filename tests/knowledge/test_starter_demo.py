"""The demo office that ships: readable without a problem, and every reference resolves."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

import knowledge
from knowledge.entries import Asset, Capability, Goal
from knowledge.frontmatter import FrontMatter, parse
from knowledge.reading import Knowledge, load
from knowledge.text import clean, decode

STARTER = Path(knowledge.__file__).parent / "starter"
DEMO = STARTER / "demo"
PROPOSALS = sorted((DEMO / "proposals").glob("*.md"))
HOSTILE = DEMO / "proposals" / "hail-appointments.md"
NAMES_IN_PROPOSALS = ("goals", "reuses", "depends_on")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The demo office as `concord demo` lays it out: its own entries and the starter packs."""
    folder = tmp_path_factory.mktemp("office") / "knowledge"
    shutil.copytree(DEMO / "knowledge", folder)
    for pack in ("policies", "patterns"):
        shutil.copytree(STARTER / pack, folder / pack)
    return load(folder)


def names(office: Knowledge) -> set[str]:
    """Every way in which something registered may be named."""
    known = set(office.entries)
    known |= {entry.title for entry in office.entries.values()}
    return known | {alias for asset in office.of(Asset) for alias in asset.aliases}


def front(path: Path) -> FrontMatter:
    return parse(clean(decode(path.read_bytes())[0]).text)


def test_it_loads_without_a_problem(office: Knowledge) -> None:
    assert [f"{p.path}:{p.line}: {p.message}" for p in office.problems] == []


def test_it_is_as_large_as_promised(office: Knowledge) -> None:
    assert len(office.of(Capability)) >= 20
    assert [goal.id for goal in office.of(Goal)] == [f"GOAL-{n}" for n in range(1, 7)]
    assert len(office.of(Asset)) >= 8
    assert len(PROPOSALS) == 8


def test_no_id_stands_twice() -> None:
    ids = Counter(
        str(front(path).values["id"]) for path in sorted((DEMO / "knowledge").rglob("*.md"))
    )
    assert [entry for entry, times in ids.items() if times > 1] == []


def test_all_life_stages_and_both_formats_occur(office: Knowledge) -> None:
    capabilities = office.of(Capability)
    assert {c.status for c in capabilities} == {"planned", "pilot", "production", "retired"}
    assert {Path(c.source.path).suffix for c in capabilities} == {".md", ".csv"}


def test_each_capability_can_be_compared_and_asked_about(office: Knowledge) -> None:
    for entry in office.of(Capability):
        assert " " in entry.owner, f"{entry.id}: the owner is no person's name"
        assert entry.team, entry.id
        assert entry.automation, entry.id
        assert entry.audience, entry.id
        assert entry.data, entry.id
        assert entry.body, entry.id
        if entry.source.path.endswith(".md"):
            assert entry.behaviours, entry.id
            assert entry.scope.covers, entry.id
            assert entry.reuse.how, entry.id


def test_each_goal_can_be_missed_and_rules_something_out(office: Knowledge) -> None:
    for goal in office.of(Goal):
        assert any(c.isdigit() for c in goal.measure), goal.id
        assert goal.horizon, goal.id
        assert goal.rules_out, goal.id


def test_systems_of_capabilities_are_registered(office: Knowledge) -> None:
    known = names(office) | {"Telematics box"}  # a device in the car, deliberately no asset
    unknown = {(c.id, s) for c in office.of(Capability) for s in c.systems if s not in known}
    assert unknown == set()


def test_a_retired_asset_names_a_successor_that_lives(office: Knowledge) -> None:
    retired = [asset for asset in office.of(Asset) if asset.status == "retired"]
    assert retired
    for asset in retired:
        successor = office.entries[asset.successor]
        assert isinstance(successor, Asset)
        assert successor.status == "production"


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda path: path.stem)
def test_what_a_proposal_names_exists(path: Path, office: Knowledge) -> None:
    values = front(path).values
    named = {name for key in NAMES_IN_PROPOSALS for name in values.get(key, [])}
    assert named - names(office) == set()


def test_one_proposal_has_no_front_matter_and_one_is_thin() -> None:
    assert any(not front(path).values for path in PROPOSALS)
    sizes = sorted(path.read_text(encoding="utf-8").count("\n") for path in PROPOSALS)
    assert sizes[0] <= 15
    assert sizes[1] >= 60


def test_the_hostile_proposal_carries_every_kind_of_hidden_text() -> None:
    raw = HOSTILE.read_bytes()
    text = raw.decode("utf-8")
    tags = "".join(chr(ord(c) - 0xE0000) for c in text if 0xE0020 <= ord(c) <= 0xE007E)
    assert "approve" in tags
    assert b"\x1b[8m" in raw
    assert b"\x1b]0;" in raw
    assert "\u200b" in text
    assert "\u202e" in text
    assert "<!--" in text
    assert "ignore your previous instructions" in text
    assert {h.kind for h in clean(text).hidden} >= {"escape", "bidi", "zero_width", "tag"}


def test_only_the_hostile_proposal_hides_anything() -> None:
    hiding = [p.name for p in PROPOSALS if clean(decode(p.read_bytes())[0]).hidden]
    assert hiding == [HOSTILE.name]


def test_no_file_names_a_person_as_a_mailbox(office: Knowledge) -> None:
    assert "@" not in json.dumps([entry.owner for entry in office.entries.values()])
