"""The shipped past initiatives: gold labels that can be read, point at something, cover much."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge
from evals.cases import DEMO, Case, Gold, load_dataset
from knowledge.entries import Goal, Requirement
from knowledge.reading import Knowledge, load
from knowledge.text import clean, decode
from knowledge.vocabulary import OUTCOMES, RELATIONS, STATUSES, Status

STARTER = Path(knowledge.__file__).parent / "starter"
DATASET = load_dataset(DEMO)
NAMES = {case.name for case in DATASET.cases}
UNLABELLED_RELATION = "unrelated"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("office") / "knowledge"
    shutil.copytree(STARTER / "demo" / "knowledge", folder)
    for pack in ("policies", "patterns"):
        shutil.copytree(STARTER / pack, folder / pack)
    return load(folder)


def subjects(gold: Gold, dimension: str) -> set[str | None]:
    return {f.subject for f in gold.findings if f.dimension == dimension}


def text(case: Case) -> str:
    return clean(decode(case.path.read_bytes())[0]).text


def test_there_are_enough_and_the_office_is_the_one_that_ships() -> None:
    assert len(DATASET.cases) >= 14
    assert DATASET.starter
    gold = {path.name.removesuffix(".gold.yaml") for path in (DEMO / "cases").glob("*.gold.yaml")}
    assert gold == NAMES


@pytest.mark.parametrize("case", DATASET.cases, ids=lambda case: case.name)
def test_every_label_points_at_something(case: Case, office: Knowledge) -> None:
    gold = case.gold
    requirements = {entry.id for entry in office.of(Requirement)}
    goals = {entry.id for entry in office.of(Goal)}
    assert set(gold.requirements) <= requirements
    assert len(gold.requirements) >= 8
    assert set(gold.goals) <= goals
    assert gold.goals
    assert set(gold.overlaps) <= set(office.entries) | (NAMES - {case.name})
    for finding in gold.findings:
        if finding.subject and "-" in finding.subject:
            assert finding.subject in office.entries


@pytest.mark.parametrize("case", DATASET.cases, ids=lambda case: case.name)
def test_what_is_debatable_is_a_path_that_can_count(case: Case, office: Knowledge) -> None:
    known = set(office.entries) | NAMES
    for path in case.gold.debatable:
        group, *rest = path.split(".")
        assert group in {"requirements", "findings", "overlaps", "goals", "outcome"}, path
        if group in {"requirements", "goals", "overlaps"}:
            assert rest[0] in known, path
        if group == "requirements":
            assert rest[0] in case.gold.requirements, f"{path}: not labelled"


@pytest.mark.parametrize("case", DATASET.cases, ids=lambda case: case.name)
def test_the_outcome_follows_from_the_labels(case: Case, office: Knowledge) -> None:
    """CONTRACTS §6 as far as labels say it: none of them may speak against the outcome."""
    gold = case.gold

    def open_(severity: str, *statuses: Status) -> list[str]:
        return [
            entry.id
            for entry in office.of(Requirement)
            if entry.severity == severity and gold.requirements.get(entry.id) in statuses
        ]

    merged = "duplicate" in gold.overlaps.values()
    conflict = "conflicts" in gold.goals.values()
    to_change = (
        bool(open_("blocker", "absent", "planned", "unclear"))
        or len(open_("high", "absent", "unclear")) >= 3
        or conflict
        or any((f.subject or "").startswith("PAT-") for f in gold.findings)
        or bool(subjects(gold, "dependencies"))
        or bool(subjects(gold, "alignment"))
    )
    clean_sheet = not gold.findings and not open_("high", "absent", "planned", "unclear")
    if gold.outcome == "reject":
        assert conflict
    elif merged:
        assert gold.outcome == "merge_with_existing"
    elif to_change:
        assert gold.outcome == "request_changes"
    else:
        assert gold.outcome in {"approve", "approve_with_conditions"}
        assert clean_sheet or gold.outcome == "approve_with_conditions"


def test_pending_twins_are_undated_and_name_each_other() -> None:
    undated = [case for case in DATASET.cases if not case.gold.decided]
    assert len(undated) == 2
    first, second = undated
    assert first.gold.overlaps.get(second.name) == "duplicate"
    assert second.gold.overlaps.get(first.name) == "duplicate"


def test_every_outcome_status_and_relation_is_labelled() -> None:
    golds = [case.gold for case in DATASET.cases]
    assert {gold.outcome for gold in golds} == set(OUTCOMES)
    assert {s for gold in golds for s in gold.requirements.values()} == set(STATUSES)
    relations = {r for gold in golds for r in gold.overlaps.values()}
    assert relations >= set(RELATIONS) - {UNLABELLED_RELATION}
    assert any(not gold.overlaps for gold in golds)


def test_no_status_is_the_answer_to_everything() -> None:
    counts = Counter(s for case in DATASET.cases for s in case.gold.requirements.values())
    assert max(counts.values()) < 0.6 * sum(counts.values())


PHENOMENA: dict[str, Callable[[Case], bool]] = {
    "duplicate of a capability in production": lambda c: (
        c.gold.overlaps.get("CAP-008") == "duplicate"
    ),
    "duplicate of a pilot": lambda c: c.gold.overlaps.get("CAP-012") == "duplicate",
    "extension": lambda c: "extends" in c.gold.overlaps.values(),
    "part shared": lambda c: "shares_part" in c.gold.overlaps.values(),
    "goal served": lambda c: "serves" in c.gold.goals.values(),
    "goal conflict that is the purpose": lambda c: (
        c.gold.outcome == "reject" and "conflicts" in c.gold.goals.values()
    ),
    "goal conflict with a remedy": lambda c: (
        c.gold.outcome == "request_changes" and "conflicts" in c.gold.goals.values()
    ),
    "no goal or no measure of success": lambda c: None in subjects(c.gold, "alignment"),
    "measures that are only planned": lambda c: (
        list(c.gold.requirements.values()).count("planned") >= 5
    ),
    "measures denied": lambda c: "No privacy impact assessment has been done" in text(c),
    "lump claim": lambda c: "meets every requirement of our policies" in text(c),
    "another system's measure": lambda c: "For claims triage we compare" in text(c),
    "supplier's promise": lambda c: "data sheet of Roadlogic" in text(c),
    "breach of a pattern on retention": lambda c: "PAT-5" in subjects(c.gold, "consistency"),
    "breach of a pattern on appeals": lambda c: "PAT-6" in subjects(c.gold, "consistency"),
    "retired foundation": lambda c: "AST-004" in subjects(c.gold, "dependencies"),
    "unregistered foundation": lambda c: "geotrace" in subjects(c.gold, "dependencies"),
    "owner is a mailbox": lambda c: (
        "owner: fleet-desk@" in text(c) and None in subjects(c.gold, "ownership")
    ),
    "missing role": lambda c: "design" in subjects(c.gold, "ownership"),
    "front matter against body": lambda c: (
        "automation: recommend" in text(c) and "hygiene" in {f.dimension for f in c.gold.findings}
    ),
    "hidden text": lambda c: bool(clean(decode(c.path.read_bytes())[0]).hidden),
    "no front matter": lambda c: not text(c).startswith("---"),
}


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_each_phenomenon_is_there(phenomenon: str) -> None:
    assert [case.name for case in DATASET.cases if PHENOMENA[phenomenon](case)]


def test_cases_and_demo_proposals_are_different_texts() -> None:
    proposals = {p.stem for p in (STARTER / "demo" / "proposals").glob("*.md")}
    assert not proposals & NAMES
