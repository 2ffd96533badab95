"""A policy counts from the day it takes effect, and its drafts are made anew on that day."""

import asyncio
from pathlib import Path

import pytest

from agent import batch
from agent.batch import Reviewed
from agent.deciding import next_stage, open_sheet
from agent.intake.proposal import parse
from agent.settings import Settings
from agent.wiring import open_record
from tests.support.evidence import override
from tests.support.office import FILES, LETTERS, review_in, write_office
from tests.support.ready import lay_index

DAY = "2026-12-01"
BEFORE, ON = "2026-11-30T23:59:59+00:00", "2026-12-01T00:00:00+00:00"
POLICY = "knowledge/policies/trust.md"


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    settings = write_office(tmp_path / "office", indexed=False)
    dated = FILES[POLICY].replace("\nowner: Dana", f'\neffective_from: "{DAY}"\nowner: Dana')
    (settings.root / POLICY).write_text(dated, encoding="utf-8")
    lay_index(settings.knowledge, settings.cache)
    settings.proposals.mkdir(exist_ok=True)
    (settings.proposals / "letters.md").write_text(LETTERS, encoding="utf-8")
    return settings


def reviewed(settings: Settings, now: str) -> Reviewed:
    async def rows() -> list[Reviewed]:
        with open_record(settings) as store:
            review = review_in(settings)
            files = [settings.proposals / "letters.md"]
            submitted = batch.submit(files, store, root=settings.root, actor="ada")
            drafted = batch.draft_all(submitted, review, store, actor="ada", now=lambda: now)
            return [row async for row in drafted]

    return asyncio.run(rows())[0]


def test_a_requirement_does_not_apply_before_its_policy_does(office: Settings) -> None:
    review, proposal = review_in(office), parse(LETTERS.encode(), "proposals/letters.md")
    early = review.gather(proposal, today="2026-11-30")
    row = early.applicable["TRUST-01"]
    assert (row.applies, row.because) == ("no", f"TRUST takes effect on {DAY}")
    for today in (DAY, "2027-01-01", ""):
        assert review.gather(proposal, today=today).applicable["TRUST-01"].applies == "yes"
    corrected = review.with_overrides(proposal, early, [override("fact", "data", "personal")])
    assert corrected.applicable["TRUST-03"] == early.applicable["TRUST-03"]


def test_the_draft_is_made_anew_on_that_day_and_not_before(office: Settings) -> None:
    early = reviewed(office, "2026-11-23T08:00:00+00:00")
    assert early.draft is not None
    assert {r.status for r in early.draft.requirements} == {"not_applicable"}
    assert reviewed(office, BEFORE).state == "unchanged"
    late = reviewed(office, ON)
    assert late.draft is not None
    assert late.state == "new"
    assert late.draft.id != early.draft.id
    assert {r.id: r.status for r in late.draft.requirements}["TRUST-01"] == "in_place"


def test_a_policy_that_is_yet_to_come_is_no_matter_of_the_next_stage(office: Settings) -> None:
    for now, expected in ((BEFORE, []), (ON, ["TRUST-19"])):
        reviewed(office, now)
        with open_record(office) as store:
            review = review_in(office)
            view = asyncio.run(open_sheet("letters", store, review))
        assert list(next_stage(view, "pilot", review)) == expected
