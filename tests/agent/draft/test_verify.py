"""Claims against sources: what is proven stays with its place, the rest weighs nothing."""

import pytest

from agent.draft.identity import finding_id
from agent.draft.verify import verify
from agent.schema.assessment import Assessment, GoalReading, OverlapReading, Quote
from agent.schema.checked import Checked
from agent.schema.evidence import Evidence
from tests.support.evidence import (
    LOGGED,
    NOTICE,
    NOWHERE,
    PLANNED,
    SORTS,
    applies,
    claim,
    draft_of,
    evidence,
    look,
    model,
    own,
    parsed,
    reads,
    rules,
)


def checked(assessment: Assessment, gathered: Evidence | None = None) -> Checked:
    return verify(assessment, parsed(), gathered or evidence())


def test_all_quotes_bad_is_unsupported_and_weighs_nothing() -> None:
    bad = claim("goal.conflict", subject="GOAL-1", quotes=(own(NOWHERE), own("also not there")))
    done = [reads(r.id, "in_place", NOTICE) for r in evidence().requirements]
    draft = draft_of(rules(claims=(bad,), requirements=tuple(done)))
    assert draft.findings == ()
    assert [u.reason for u in draft.unsupported] == [
        "none of its quotes stands in the source it names"
    ]
    assert draft.outcome == "approve"
    proven = bad.model_copy(update={"quotes": (own(SORTS),)})
    assert draft_of(rules(claims=(proven,), requirements=tuple(done))).outcome == "request_changes"


def test_one_good_quote_keeps_a_finding_and_shows_the_bad_one() -> None:
    finding = checked(rules(claims=(claim(quotes=(own(NOWHERE), own(SORTS))),))).findings[0]
    bad, good = finding.citations
    assert (bad.check, bad.line_start, bad.col_end, bad.claimed) == ("bad", None, None, NOWHERE)
    assert (good.check, good.line_start, good.quote) == ("exact", 10, SORTS)


def test_an_absence_with_its_trail_stays() -> None:
    found = checked(rules(claims=(claim(searched=(look(),)),)))
    assert [(s.quote, s.line_start) for s in found.findings[0].searched] == [(SORTS, 10)]
    assert found.unsupported == ()


def test_an_absence_with_its_trail_outlives_a_bad_quote() -> None:
    found = checked(rules(claims=(claim(searched=(look(),), quotes=(own(NOWHERE),)),)))
    assert [c.check for c in found.findings[0].citations] == ["bad"]


@pytest.mark.parametrize("step", [look(NOWHERE), look(SORTS, "CAP-99"), look("", "CAP-99")])
def test_a_step_that_stands_nowhere_is_no_step(step: object) -> None:
    found = checked(rules(claims=(claim(searched=(step,)),)))
    assert found.findings == ()
    assert found.unsupported[0].finding.searched == ()
    assert found.unsupported[0].reason == "gives neither a quote nor the trail of an absence"


def test_an_empty_step_does_not_save_a_forged_quote() -> None:
    found = checked(rules(claims=(claim(searched=(look(""),), quotes=(own(NOWHERE),)),)))
    assert found.findings == ()


def test_neither_quote_nor_trail_is_unsupported() -> None:
    found = checked(rules(claims=(claim(),)))
    assert found.unsupported[0].reason == "gives neither a quote nor the trail of an absence"


def test_a_rule_that_does_not_exist_is_unsupported_whatever_it_quotes() -> None:
    found = checked(model(claims=(claim("TRUST-99", quotes=(own(SORTS),)),)))
    assert found.findings == ()
    assert found.unsupported[0].reason == "names a rule that does not exist: TRUST-99"


def test_a_reader_cannot_hold_against_a_team_what_does_not_apply() -> None:
    gathered = evidence(applicable=applies("TRUST-10", "no"))
    found = checked(model(claims=(claim("TRUST-10", quotes=(own(SORTS),)),)), gathered)
    assert found.findings == ()
    assert found.unsupported[0].reason == "TRUST-10 does not apply: data is none"


def test_ids_that_nobody_gave_out_are_dropped() -> None:
    found = checked(
        model(
            requirements=(reads("TRUST-99", "in_place", NOTICE),),
            goals=(GoalReading(id="GOAL-9", verdict="serves", quotes=(own(SORTS),)),),
            overlaps=(OverlapReading(entry="CAP-9", kind="capability", relation="duplicate"),),
        )
    )
    assert (found.requirements, found.goals, found.overlaps) == ({}, (), ())


def test_a_quote_of_an_unknown_source_is_bad() -> None:
    quotes = (Quote(source="CAP-9", text=SORTS),)
    assert checked(model(claims=(claim(quotes=quotes),))).unsupported


@pytest.mark.parametrize("status", ["in_place", "planned"])
@pytest.mark.parametrize("quotes", [(), (own(NOWHERE),), (Quote(source="PAT-1", text="Hand-off"),)])
def test_what_is_there_needs_words_of_the_proposal(status: str, quotes: tuple[Quote, ...]) -> None:
    reading = reads("TRUST-01", status).model_copy(update={"quotes": quotes})
    assert checked(rules(requirements=(reading,))).requirements["TRUST-01"].status == "unclear"


def test_close_is_good_enough_and_shows_both_wordings() -> None:
    said = "Every customer is told that machine sorts the claim."
    found = checked(rules(requirements=(reads("TRUST-01", "in_place", said),)))
    row = found.requirements["TRUST-01"]
    assert row.status == "in_place"
    assert (row.citations[0].check, row.citations[0].quote) == ("close", NOTICE)
    assert row.citations[0].claimed == said


def test_absent_and_unclear_need_no_quote() -> None:
    found = checked(rules(requirements=(reads("TRUST-01", "absent"), reads("TRUST-03", "unclear"))))
    assert [r.status for r in found.requirements.values()] == ["absent", "unclear"]


def test_a_goal_verdict_without_proof_is_none() -> None:
    goals = (
        GoalReading(id="GOAL-1", verdict="serves", quotes=(own(SORTS),)),
        GoalReading(id="GOAL-2", verdict="conflicts", quotes=(own(NOWHERE),), refuses_remedy=True),
    )
    found = checked(model(goals=goals))
    assert [(g.id, g.verdict) for g in found.goals] == [
        ("GOAL-1", "serves"),
        ("GOAL-2", "not_addressed"),
    ]
    assert found.refused == frozenset()


def test_the_same_job_needs_words_of_the_proposal() -> None:
    forged = OverlapReading(
        entry="CAP-1",
        kind="capability",
        relation="duplicate",
        disposition="join",
        quotes=(own(NOWHERE),),
    )
    row = checked(model(overlaps=(forged,))).overlaps[0]
    assert (row.relation, row.disposition) == ("shares_part", "none")


def test_a_reader_does_not_say_of_what_kind_an_entry_is() -> None:
    reading = OverlapReading(entry="twin", kind="precedent", relation="shares_part")
    assert checked(model(overlaps=(reading,))).overlaps[0].kind == "pending"


def test_a_capability_that_the_team_names_may_be_compared_though_search_did_not_bring_it() -> None:
    reading = OverlapReading(
        entry="CAP-1", kind="capability", relation="extends", quotes=(own(SORTS),)
    )
    found = checked(rules(overlaps=(reading,)), evidence(candidates=()))
    assert [o.relation for o in found.overlaps] == ["extends"]


def test_refusal_counts_only_with_a_good_quote_of_the_proposal() -> None:
    refuses = claim("goal.conflict", subject="GOAL-1", refuses_remedy=True)
    elsewhere = Quote(source="PAT-1", text="Hand-off")
    for quotes, counted in (((own(LOGGED),), 1), ((elsewhere,), 0)):
        found = checked(rules(claims=(refuses.model_copy(update={"quotes": quotes}),)))
        assert len(found.refused) == counted
        assert len(found.findings) == 1


def test_ids_are_stable_under_case_and_space_of_the_subject() -> None:
    ids = {finding_id("helper", "role.missing", s) for s in ("Design", " design ", "DESIGN\n")}
    assert len(ids) == 1
    assert finding_id("helper", "role.missing", None) == finding_id("helper", "role.missing", " ")
    assert finding_id("helper", "role.missing", "data") not in ids
    assert finding_id("other", "role.missing", "design") not in ids


def test_subjects_are_written_as_registered_and_a_requirement_has_none() -> None:
    found = checked(
        model(
            claims=(
                claim("goal.conflict", subject=" goal-1", quotes=(own(SORTS),)),
                claim("TRUST-03", subject="appeal", quotes=(own(PLANNED),)),
            )
        )
    )
    assert [f.subject for f in found.findings] == ["GOAL-1", None]
    assert found.findings[1].id == finding_id("helper", "TRUST-03", None)
