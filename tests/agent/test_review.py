"""The review of one proposal: what makes a draft the same draft, and what a correction re-runs."""

import asyncio
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from agent.intake.proposal import parse
from agent.readers.rules.reader import judging
from agent.review import Review, cited_texts, fact_overrides
from agent.schema.draft import Draft
from agent.schema.office import FactSetting, OutcomeSettings
from agent.schema.proposal import Proposal
from tests.support.evidence import override
from tests.support.office import LETTERS, CountingReader, review_in, write_office
from tests.support.tree import ROOT


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return review_in(write_office(tmp_path_factory.mktemp("review") / "office"))


@pytest.fixture
def proposal() -> Proposal:
    return parse(LETTERS.encode(), "proposals/letters.md")


def drafted(review: Review, proposal: Proposal, version: int = 1, created: str = "") -> Draft:
    evidence = review.gather(proposal)
    return asyncio.run(review.draft(proposal, evidence, version=version, created=created))


def statuses(draft: Draft) -> dict[str, str]:
    return {r.id: r.status for r in draft.requirements}


def test_the_tiny_office_is_reviewed_as_its_author_meant_it(
    review: Review, proposal: Proposal
) -> None:
    draft = drafted(review, proposal)
    assert statuses(draft) == {
        "TRUST-01": "in_place",
        "TRUST-03": "not_applicable",
        "TRUST-10": "in_place",
        "TRUST-19": "not_applicable",
    }
    assert [(g.id, g.verdict) for g in draft.goals if g.verdict == "serves"] == [
        ("GOAL-1", "serves")
    ]
    assert all(c.check == "exact" for f in draft.findings for c in f.citations)
    assert not draft.unsupported
    assert draft.coverage["overlap"].state == "checked"


def test_the_same_input_gives_the_same_draft(review: Review, proposal: Proposal) -> None:
    one = drafted(review, proposal, created="2026-11-23T08:00:00+00:00")
    two = drafted(review, proposal, created="2027-11-23T08:00:00+00:00")
    assert (one.id, one.digest) == (two.id, two.digest)
    assert one.model_copy(update={"provenance": two.provenance}) == two


def test_the_id_follows_from_everything_that_could_change_the_draft(
    review: Review, proposal: Proposal
) -> None:
    evidence = review.gather(proposal)
    other = parse(LETTERS.encode() + b"\nMore.\n", "proposals/letters.md")
    named = parse(LETTERS.encode(), "proposals/letters.md", "post")
    settings = replace(review, outcome=OutcomeSettings(high_limit=9))
    facts = replace(review, facts={"domain": FactSetting(aliases={"mail": "post"})})
    newer = evidence.model_copy(update={"knowledge": "other"})
    ids = [
        review.draft_id(proposal, 1, evidence),
        review.draft_id(proposal, 2, evidence),
        review.draft_id(other, 1, evidence),
        review.draft_id(named, 1, evidence),
        review.draft_id(proposal, 1, newer),
        settings.draft_id(proposal, 1, evidence),
        facts.draft_id(proposal, 1, evidence),
    ]
    assert len(set(ids)) == len(ids)
    elsewhere = proposal.model_copy(update={"path": "elsewhere/letters.md"})
    assert review.draft_id(elsewhere, 1, evidence) == ids[0]


def test_a_corrected_fact_applies_the_requirements_anew(review: Review, proposal: Proposal) -> None:
    evidence = review.gather(proposal)
    change = (override("fact", "data", "personal"), override("fact", "stage", "production"))
    changed = review.with_overrides(proposal, evidence, change)
    assert changed.facts["data"].origin == "person"
    assert [changed.applicable[i].applies for i in ("TRUST-03", "TRUST-19")] == ["yes", "yes"]
    assert changed.candidates == evidence.candidates
    assert changed == review.gather(proposal, overrides=change)
    draft = asyncio.run(review.draft(proposal, changed, version=1, overrides=change))
    assert statuses(draft)["TRUST-03"] == "absent"
    assert draft.outcome == "request_changes"
    assert {"TRUST-03", "TRUST-19"} <= {f.rule for f in draft.findings}


FALCON = "The amounts are loaded from the Falcon database every night."


@pytest.mark.parametrize(
    ("declared", "text", "rule"),
    [
        ("[Letter archive]", "", ""),
        ("[Old fax gateway]", "", "dependency.retired"),
        ("[NoSuchSystem]", "", "dependency.unregistered"),
        ("[Letter archive]", FALCON, ""),
    ],
)
def test_a_foundation_that_is_declared_and_missing_asks_for_changes(
    review: Review, declared: str, text: str, rule: str
) -> None:
    """From front matter to outcome; what a text only mentions is a condition at most."""
    written = LETTERS.replace("\nstage:", f"\ndepends_on: {declared}\nstage:") + text + "\n"
    draft = drafted(review, parse(written.encode(), "proposals/letters.md"))
    named = [because.split(":")[0] for because in draft.outcome_because]
    if rule:
        assert (draft.outcome, named) == ("request_changes", [rule])
    else:
        assert draft.outcome != "request_changes"
        assert ("dependency.unregistered" in named) == bool(text)


def test_several_values_of_a_fact_are_separated_by_commas() -> None:
    given = (
        override("fact", "audience", "customers, employees,"),
        override("requirement", "TRUST-01", "absent"),
    )
    assert fact_overrides(given) == {"audience": ("customers", "employees")}


def test_without_search_overlap_is_said_to_be_unchecked(review: Review, proposal: Proposal) -> None:
    draft = drafted(replace(review, search=None), proposal)
    assert draft.coverage["overlap"].state == "not_checked"
    assert draft.overlaps == ()


class Kept(dict[str, str]):
    """Steps kept in memory; the second implementation of the seam beside the record."""

    def get_step(self, key: str) -> str | None:
        return self.get(key)

    def put_step(self, key: str, json: str) -> None:
        self[key] = json


def test_a_finished_step_is_not_read_again_and_gives_the_same_draft(
    review: Review, proposal: Proposal
) -> None:
    reader, steps = CountingReader(), Kept()
    review = replace(review, readers=(reader,), steps=steps)
    first = drafted(review, proposal)
    assert drafted(review, proposal) == first
    assert reader.read_ == ["letters"]
    drafted(review, parse(LETTERS.encode() + b"\nMore.\n", "proposals/letters.md"))
    assert reader.read_ == ["letters", "letters"]
    # A corrected fact is another input.
    evidence = review.gather(proposal)
    changed = review.with_overrides(proposal, evidence, (override("fact", "data", "personal"),))
    asyncio.run(review.draft(proposal, changed, version=1))
    assert len(reader.read_) == 3


def test_what_is_cited_can_be_kept(review: Review, proposal: Proposal) -> None:
    evidence = review.gather(proposal)
    draft = asyncio.run(review.draft(proposal, evidence, version=1))
    texts = cited_texts(draft, proposal, evidence)
    assert list(texts) == list(draft.provenance.sources)
    assert "People are told that they deal with a machine." in texts["TRUST-01"]


def test_two_offices_of_the_same_words_draft_the_same(tmp_path: Path, proposal: Proposal) -> None:
    """Nothing of the machine, the folder or the hour is in a draft."""
    one = review_in(write_office(tmp_path / "one"))
    shutil.copytree(tmp_path / "one" / "knowledge", tmp_path / "two" / "knowledge")
    two = review_in(write_office(tmp_path / "two"))
    assert drafted(one, proposal).digest == drafted(two, proposal).digest


def test_a_change_of_any_judging_module_is_another_reader() -> None:
    covered = {path.relative_to(ROOT).as_posix() for path in judging()}
    loaded = {
        Path(module.__file__).relative_to(ROOT).as_posix()
        for name, module in sys.modules.items()
        if name.startswith(("agent.intake.", "agent.readers.rules.", "agent.draft."))
        and module.__file__
    }
    assert "agent/intake/cues/data.py" in loaded
    assert loaded <= covered
