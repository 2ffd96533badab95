"""What a case may see of the others, and what becomes of one that cannot be reviewed."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from agent.readers.rules.reader import RulesReader
from agent.review import Review
from agent.schema.assessment import Assessment
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from evals.cases import load_dataset
from evals.run import Outcome, as_json, run
from knowledge.embed import load_embedder
from knowledge.index import open_index
from knowledge.reading import load
from knowledge.vocabulary import ReaderName
from tests.support.fixed_reader import FixedReader
from tests.support.past import write_dataset
from tests.support.ready import lay_index

SORTING = """# {title}

Incoming letters of customers are read by a machine, sorted by subject and handed to the right
desk, so that nobody in the post room opens and sorts letters by hand any more.
"""


class Listening:
    """The rules reader, and what it was given to read."""

    name: ReaderName = "rules"

    def __init__(self) -> None:
        self.rules = RulesReader()
        self.seen: dict[str, Evidence] = {}

    @property
    def fingerprint(self) -> str:
        return self.rules.fingerprint

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment:
        self.seen[proposal.initiative] = evidence
        return await self.rules.read(proposal, evidence)


def sorting(title: str, labels: str) -> tuple[str, str]:
    return SORTING.format(title=title), labels


def evaluated(folder: Path) -> tuple[list[Outcome], Listening]:
    """Every case of a dataset, with a real index of its knowledge beside it."""
    dataset, listening = load_dataset(folder), Listening()
    knowledge, cache = load(dataset.knowledge), folder.parent / "cache"
    lay_index(dataset.knowledge, cache)
    index = open_index(knowledge, cache, load_embedder(), say=lambda _: None, progress=None)
    review = Review(knowledge=knowledge, readers=(listening,), tool="test", search=index)
    return asyncio.run(run(dataset, review)), listening


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Outcome], Listening]:
    cases = {
        "first": sorting("Letter desk", "decided: 2026-01-10\noutcome: reject\n"),
        "second": sorting("Letter opener", "decided: 2026-02-10\noutcome: approve\n"),
        "same-day": sorting("Letter reader", "decided: 2026-02-10\noutcome: approve\n"),
        "open-one": sorting("Letter router", "outcome: approve\n"),
        "open-two": sorting("Letter hand-over", "outcome: approve\n"),
    }
    return evaluated(write_dataset(tmp_path_factory.mktemp("past") / "past", cases))


@pytest.mark.parametrize(
    ("case", "pending", "precedents"),
    [
        ("first", [], []),
        ("second", [], ["first"]),
        ("same-day", [], ["first"]),
        ("open-one", ["open-two"], ["first", "same-day", "second"]),
        ("open-two", ["open-one"], ["first", "same-day", "second"]),
    ],
)
def test_a_case_sees_neither_itself_nor_anything_later(
    past: tuple[list[Outcome], Listening], case: str, pending: list[str], precedents: list[str]
) -> None:
    evidence = past[1].seen[case]
    assert [p.initiative for p in evidence.pending] == pending
    assert [p.id for p in evidence.precedents] == precedents
    named = {c.entry for c in evidence.candidates if c.kind != "capability"}
    assert named == {*pending, *precedents}


def test_a_precedent_carries_what_was_decided(past: tuple[list[Outcome], Listening]) -> None:
    (first,) = past[1].seen["second"].precedents
    assert (first.outcome, first.decided) == ("reject", "2026-01-10")


def test_a_case_never_meets_its_own_record_under_another_name(tmp_path: Path) -> None:
    """Copies would hand over the answer; the same title with another text is another initiative."""
    text = SORTING.format(title="Letter desk")
    spaced = "---\nid: renamed\nowner: Ada Brook\n---\n" + text.replace("\n\n", "\n\n\n")
    other = text.replace("nobody in the post room", "no clerk")
    cases = {
        "case": (text, "decided: 2026-05-10\noutcome: approve\n"),
        "copy-before": (spaced, "decided: 2026-02-10\noutcome: approve\n"),
        "copy-undated": (text, "outcome: approve\n"),
        "namesake-before": (other, "decided: 2026-01-10\noutcome: reject\n"),
        "namesake-same-day": (other + "\nAgain.\n", "decided: 2026-05-10\noutcome: reject\n"),
        "namesake-after": (other + "\nNow.\n", "decided: 2026-06-10\noutcome: reject\n"),
        "named-twin": (text, "outcome: approve\noverlaps: {copy-undated: duplicate}\n"),
    }
    _, listening = evaluated(write_dataset(tmp_path / "past", cases))
    seen = {
        name: ([p.initiative for p in e.pending], [p.id for p in e.precedents])
        for name, e in listening.seen.items()
    }
    assert seen["case"] == ([], ["namesake-before"])
    assert seen["copy-undated"][0] == []
    assert seen["named-twin"][0] == ["copy-undated"]
    assert "case" not in seen["copy-undated"][1]
    assert "namesake-after" not in {n for name in ("case", "copy-before") for n in seen[name][1]}


def test_the_initiative_is_the_name_of_the_file_whatever_the_text_says(tmp_path: Path) -> None:
    text = "---\nid: another\n---\n" + SORTING.format(title="Letters")
    outcomes, _ = evaluated(write_dataset(tmp_path / "past", {"post": (text, "")}))
    assert outcomes[0].draft is not None
    assert outcomes[0].draft.initiative == "post"


@pytest.mark.parametrize("kind", ["pipe", "folder", "broken", "large"])
def test_a_case_that_fails_is_a_row_and_in_no_denominator(tmp_path: Path, kind: str) -> None:
    labels = "outcome: approve\nrequirements: {REQ-1: absent}\ngoals: {GOAL-1: serves}\n"
    cases = {"good": sorting("Letter desk", labels), "bad": sorting("Letters", labels)}
    folder = write_dataset(tmp_path / "past", cases)
    path = folder / "cases" / "bad.md"
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "broken":
        path.write_text("---\ntitle: a\ntitle: b\n---\nText.\n")
    else:
        path.write_bytes(b"x" * (1024 * 1024 + 1))
    outcomes, listening = evaluated(folder)
    result: dict[str, Any] = as_json(outcomes, "rules")
    assert (result["cases"], result["failed"]) == (2, 1)
    bad, good = result["per_case"]
    assert set(bad) == {"case", "failed"}
    assert "bad.md" in bad["failed"]
    assert good["case"] == "good"
    assert list(listening.seen) == ["good"]
    assert not listening.seen["good"].pending
    assert result["metrics"]["requirements"]["n"] == 1
    assert result["metrics"]["outcome"]["n"] == 1
    assert result["metrics"]["goals"]["n"] == 1


def test_progress_counts_every_case(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "past", {name: sorting(name, "") for name in ("one", "two")})
    dataset, told = load_dataset(folder), []
    review = Review(knowledge=load(dataset.knowledge), readers=(RulesReader(),), tool="test")
    asyncio.run(run(dataset, review, lambda *row: told.append(row)))
    assert told == [(0, 2, "one"), (1, 2, "two"), (2, 2, "")]


@pytest.mark.parametrize("alone", [True, False])
def test_a_case_that_the_model_did_not_read_is_failed_and_scored_nowhere(
    alone: bool, tmp_path: Path
) -> None:
    labels = "outcome: reject\nrequirements: {TRUST-01: absent}\n"
    dataset = load_dataset(write_dataset(tmp_path / "past", {"one": sorting("One", labels)}))

    def result(*failed: str) -> dict[str, Any]:
        model = FixedReader(Assessment(reader="llm"), failed)
        review = Review(
            knowledge=load(dataset.knowledge),
            readers=(RulesReader(), model),
            tool="test",
            model_alone=alone,
        )
        outcomes = asyncio.run(run(dataset, review))
        assert outcomes[0].spent.calls == 4
        return as_json(outcomes, "llm")

    first, second = result("trust", "dependencies"), result()
    assert first["failed"] == 1
    told = "the model did not read this case: trust, dependencies"
    assert first["per_case"] == [{"case": "one", "failed": told}]
    assert first["metrics"]["outcome"]["n"] == first["metrics"]["requirements"]["n"] == 0
    assert (second["failed"], second["metrics"]["outcome"]["n"]) == (0, 1)
