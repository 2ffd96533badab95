"""The rules of a decision: each refusal is one sentence that says what to give instead."""

import json
from typing import Any

import pytest

from agent.errors import DecisionError, StaleDecision
from agent.record.decision import check_decision
from agent.record.decision_file import parse_decision_file
from agent.record.sheet import make_sheet, shown_digest
from agent.record.steps import join
from agent.record.targets import Target
from agent.schema.decision import Decision, Steps
from agent.schema.draft import GoalRow, OverlapRow
from agent.schema.office import FactSetting, Person
from agent.schema.proposal import Fact
from tests.support.office_days import decision_on, draft_of, finding

DRAFT = draft_of(
    overlaps=(OverlapRow(entry="CAP-014", kind="capability", relation="extends"),),
    goals=(GoalRow(id="GOAL-1", verdict="serves"),),
    facts={"channel": Fact(values=("web",))},
)
F = DRAFT.findings[0].id
TARGETS = {id_: Target(id_) for id_ in ("CAP-014", "CAP-015", "triage", "other")}
TARGETS["CAP-016"] = Target("CAP-016", closed="is retired")
OFFICE = {"channel": FactSetting(values=("web", "post"), aliases={"online": "web"})}
TODAY = "2026-01-15"
WAIVED = ({"requirement": "TRUST-03", "reason": "The law forbids an appeal here"},)
PILOT = {"outcome": "approve", "approved_stage": "pilot"}
OVERRIDE = {"kind": "requirement", "id": "TRUST-03", "to": "in_place", "reason": "Annex B"}


def check(
    people: dict[str, Person] | None = None, letter: str | None = None, **changes: Any
) -> None:
    decision = decision_on(DRAFT, **({"shown": ""} | changes))
    sheet = make_sheet(DRAFT, DRAFT, join(Steps(), decision))
    check_decision(decision, sheet, people or {}, TARGETS, facts=OFFICE, today=TODAY, letter=letter)


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "request_changes"},
        {"outcome": "defer"},
        {"outcome": "reject"},
        {"outcome": "approve", "waivers": WAIVED, "approved_stage": "pilot"},
        {
            "outcome": "approve_with_conditions",
            "approved_stage": "pilot",
            "waivers": WAIVED,
            "conditions": (
                {"text": "x", "requirement": "TRUST-03"},
                {"text": "y", "requirement": F},
            ),
        },
        {"outcome": "merge_with_existing", "merge_into": "CAP-014"},
        {"outcome": "merge_with_existing", "merge_into": "other"},
        {"accepted": (F,), "edits": ({"finding": F, "field": "severity", "after": "high"},)},
        {"dismissed": ({"finding": F, "reason": "wrong"},)},
        {"overrides": (OVERRIDE,)},
        {"overrides": ({**OVERRIDE, "kind": "fact", "id": "data", "to": "business, personal"},)},
        {"overrides": ({**OVERRIDE, "kind": "fact", "id": "channel", "to": "online"},)},
        {"overrides": ({**OVERRIDE, "kind": "fact", "id": "stage", "to": "live"},)},
        {"overrides": ({**OVERRIDE, "kind": "fact", "id": "region", "to": "anywhere"},)},
        {"conditions": ({"text": "x", "due": TODAY},)},
        {"conditions": ({"text": "x", "due": "2025-01-01", "status": "met"},)},
        {"overrides": ({**OVERRIDE, "kind": "overlap", "id": "CAP-014", "to": "duplicate"},)},
        {"overrides": ({**OVERRIDE, "kind": "goal", "id": "GOAL-1", "to": "conflicts"},)},
        {"review_by": "2027-02-28", "conditions": ({"text": "x", "due": "2028-02-29"},)},
    ],
)
def test_allowed(changes: dict[str, Any]) -> None:
    check(**changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {
                "outcome": "approve_with_conditions",
                "approved_stage": "pilot",
                "waivers": WAIVED,
            },
            "needs a condition",
        ),
        ({"conditions": ({"text": "  "},)}, "Condition 1 has no text"),
        ({"conditions": ({"id": "C1", "text": "a"}, {"id": "C1", "text": "b"})}, "Two conditions"),
        ({"outcome": "merge_with_existing"}, "needs a target"),
        ({"outcome": "merge_with_existing", "merge_into": "triage"}, "into itself"),
        (
            {"outcome": "merge_with_existing", "merge_into": "CAP-14"},
            "neither a capability nor an initiative. Did you mean CAP-014",
        ),
        (
            {"outcome": "merge_with_existing", "merge_into": "CAP-016"},
            "CAP-016 is retired: nothing can be merged into it",
        ),
        ({"outcome": "reject", "merge_into": "CAP-014"}, "does not go with reject"),
        ({"outcome": "reject", "waivers": WAIVED}, "A waiver does not go with reject"),
        ({"outcome": "defer", "waivers": WAIVED}, "A waiver does not go with defer"),
        (
            {"outcome": "approve", "waivers": WAIVED},
            "give --approved-stage with one of idea, pilot",
        ),
        ({"conditions": ({"text": "x", "requirement": "TRUST-3"},)}, "Did you mean TRUST-03"),
        ({"conditions": ({"text": "x", "due": "2026-01-14"},)}, "is past already"),
        ({"review_by": "2020-01-01"}, "review_by: 2020-01-01 is past already"),
        ({"waivers": ({**WAIVED[0], "until": "2025-12-31"},)}, "is past already"),
        (
            {"overrides": ({**OVERRIDE, "kind": "fact", "id": "audience", "to": "clients"},)},
            "`clients` is no value for it; use one of customers",
        ),
        (
            {"overrides": ({**OVERRIDE, "kind": "fact", "id": "channel", "to": "radio"},)},
            "`radio` is no value for it; use one of web, post",
        ),
        (PILOT, "TRUST-03 is a blocker and not in place"),
        (
            {**PILOT, "waivers": ({"requirement": "TRUST-03", "reason": "ok"},)},
            "at least 10 characters",
        ),
        (
            {**PILOT, "waivers": ({"requirement": "TRUST-03", "reason": " " * 30},)},
            "at least 10 characters",
        ),
        (
            {
                **PILOT,
                "waivers": (*WAIVED, {"requirement": "TRUST-04", "reason": "It is not needed"}),
            },
            "nothing to waive as `TRUST-04`. Did you mean TRUST-03",
        ),
        ({"accepted": ("nowhere",)}, "There is no finding `nowhere`"),
        ({"accepted": (F[:-1] + "z",)}, f"Did you mean {F}"),
        ({"edits": ({"finding": F, "field": "severity", "after": "huge"},)}, "is no severity"),
        ({"edits": ({"finding": F, "field": "ask", "after": " "},)}, "leaves its ask empty"),
        ({"dismissed": ({"finding": F, "reason": "other"},)}, "needs a note"),
        (
            {"accepted": (F,), "dismissed": ({"finding": F, "reason": "wrong"},)},
            "accepted and dismissed at once",
        ),
        (
            {"added": ({"dimension": "trust", "severity": "low", "title": "", "ask": "x"},)},
            "needs a title and an ask",
        ),
        ({"overrides": ({**OVERRIDE, "id": "TRUST-3"},)}, "no such requirement. Did you mean TRU"),
        ({"overrides": ({**OVERRIDE, "reason": ""},)}, "needs a reason"),
        ({"overrides": ({**OVERRIDE, "to": "absent", "seen": True},)}, "can have been seen"),
        ({"overrides": ({**OVERRIDE, "to": "done"},)}, "`done` is no value for it; use one of in_"),
        (
            {"overrides": ({**OVERRIDE, "kind": "fact", "id": "data", "to": "personal,secret"},)},
            "`secret` is no value",
        ),
        ({"overrides": ({**OVERRIDE, "kind": "fact", "id": "data", "to": ""},)}, "is no value"),
        ({"review_by": "31.12.2026"}, "review_by: `31.12.2026` is no date"),
        ({"review_by": "2026-02-30"}, "is no date"),
        ({"review_by": "20260201"}, "is no date"),
        ({"conditions": ({"text": "x", "due": "soon"},)}, "due of condition 1"),
        (
            {"waivers": ({**WAIVED[0], "until": "2026-13-01"},)},
            "until of the waiver for TRUST-03",
        ),
        ({"approved_stage": "beta", "outcome": "approve"}, "`beta` is no stage"),
        ({"approved_stage": "pilot", "outcome": "reject"}, "does not go with reject"),
        ({"by": " "}, "needs a name"),
        ({"initiative": "other"}, "is on `other`"),
    ],
)
def test_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DecisionError) as refused:
        check(**changes)
    assert sentence in str(refused.value)


def test_a_new_draft_makes_the_decision_stale() -> None:
    with pytest.raises(StaleDecision, match="decide again"):
        check(draft="0" * 16)
    with pytest.raises(StaleDecision, match="version 2"):
        check(version=2)


def test_a_step_carried_over_from_an_earlier_draft_is_no_error() -> None:
    gone = finding("triage", "owner.missing")
    decision = decision_on(DRAFT, accepted=(gone.id,), outcome="defer")
    sheet = make_sheet(DRAFT, DRAFT, join(Steps(), decision), earlier={gone.id: gone})
    check_decision(decision, sheet, {}, TARGETS, facts=OFFICE, today=TODAY)


def test_who_may_decide() -> None:
    people = {"ana": Person(roles=("chair",)), "ben": Person(decides=False)}
    check(people, by="ana", role="chair")
    with pytest.raises(DecisionError, match=r"ben may not decide here; .* names ana"):
        check(people, by="ben")
    with pytest.raises(DecisionError, match="eve may not decide"):
        check(people, by="eve")
    with pytest.raises(DecisionError, match=r"does not have the role `owner`; .* gives chair"):
        check(people, by="ana", role="owner")


def test_what_was_shown_must_be_what_stands() -> None:
    decision = decision_on(DRAFT, accepted=(F,), shown="")
    sheet = make_sheet(DRAFT, DRAFT, join(Steps(), decision))
    shown = shown_digest(sheet, "letter", "request_changes", ())
    check(accepted=(F,), shown=shown, letter="letter")
    with pytest.raises(StaleDecision, match="no longer what stands"):
        check(accepted=(F,), shown=shown, letter="another letter")
    with pytest.raises(StaleDecision):
        check(shown=shown, letter="letter")


FILE: dict[str, Any] = {
    "schema": "concord.decision/1",
    "initiative": "triage",
    "version": 1,
    "draft": DRAFT.id,
    "shown": "",
    "outcome": "reject",
    "overrides": [{**OVERRIDE, "from": "absent"}],
    "by": "ana",
}


def test_a_decision_file_is_read_and_cleaned() -> None:
    found = parse_decision_file(json.dumps(FILE | {"note_to_team": "Sorry\u001b[31m, no\u202e"}))
    assert isinstance(found, Decision)
    assert found.overrides[0].from_ == "absent"
    assert found.note_to_team == "Sorry, no"


def test_defaults_serve_for_what_the_file_leaves_out() -> None:
    found = parse_decision_file('{"outcome": "reject"}', defaults=FILE | {"outcome": "approve"})
    assert (found.outcome, found.by) == ("reject", "ana")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "d.json:1:2: no JSON"),
        ('{"by": "a",\n"by": "b"}', "d.json: the key `by` stands twice"),
        ("[]", "d.json: a decision is a JSON object"),
        ("[" * 100_000, "d.json: "),
        ('{"version": ' + "9" * 5000 + "}", "d.json: "),
        (json.dumps(FILE | {"outcome": "maybe"}), "d.json: outcome: "),
        (json.dumps(FILE | {"conditions": [{"due": "x"}]}), "d.json: conditions.0.text: "),
        (json.dumps(FILE | {"surprise": 1, "extra": 2}), "(and 1 more)"),
        (json.dumps({k: v for k, v in FILE.items() if k != "by"}), "d.json: by: Field required"),
    ],
)
def test_a_bad_decision_file_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(DecisionError) as refused:
        parse_decision_file(text, "d.json")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
