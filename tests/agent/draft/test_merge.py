"""One draft from one or two readers: nothing is dropped, and the same input is the same draft."""

import json

import jsonschema
import pytest

from agent.schema.assessment import (
    Ask,
    Covered,
    OverlapReading,
)
from agent.schema.base import digest
from agent.schema.draft import Draft
from knowledge.vocabulary import DIMENSIONS, STATUSES
from tests.support.evidence import (
    LOGGED,
    NOTICE,
    NOWHERE,
    SORTS,
    TEXT,
    claim,
    draft_of,
    evidence,
    model,
    own,
    parsed,
    reads,
    rules,
)
from tests.support.readings import BOTH, FOUND, IDS, STRICT, approving

# --- findings ---------------------------------------------------------------------------------


def test_the_union_by_rule_and_subject_joins_the_proof_of_both() -> None:
    draft = draft_of(
        rules(claims=(claim("role.missing", subject="Design", quotes=(own(SORTS),)),)),
        model(
            claims=(
                claim("role.missing", subject=" design", severity="blocker", quotes=(own(NOTICE),)),
                claim("role.missing", subject="data", severity="low", quotes=(own(LOGGED),)),
            )
        ),
    )
    first, second = draft.findings
    assert (first.subject, first.readers, first.severity) == ("Design", ("rules", "llm"), "blocker")
    assert [c.quote for c in first.citations] == [SORTS, NOTICE]
    assert (second.subject, second.readers) == ("data", ("llm",))


def test_the_same_claim_twice_is_one_finding() -> None:
    twice = (claim(quotes=(own(SORTS),)), claim(quotes=(own(SORTS),)))
    assert len(draft_of(rules(claims=twice)).findings) == 1


def test_worst_first_then_by_dimension() -> None:
    draft = draft_of(STRICT)
    assert [f.severity for f in draft.findings] == ["blocker", "high", "high", "high"]
    assert [f.rule for f in draft.findings][1:] == ["overlap.duplicate", "goal.none", "TRUST-10"]


def test_what_one_reader_proves_is_not_also_set_aside() -> None:
    forged, proven = claim(quotes=(own(NOWHERE),)), claim(quotes=(own(SORTS),))
    draft = draft_of(rules(claims=(proven,)), model(claims=(forged,)))
    assert (len(draft.findings), draft.unsupported) == (1, ())
    both = draft_of(rules(claims=(forged,)), model(claims=(forged,)))
    assert (both.findings, len(both.unsupported)) == ((), 1)


# --- questions, coverage ------------------------------------------------------------------------


def test_a_split_on_a_blocker_is_a_question_on_a_medium_only_when_it_turns_the_outcome() -> None:
    by_rules = rules(requirements=(reads("TRUST-01", "absent"), reads("TRUST-19", "absent")))
    by_model = model(
        requirements=(reads("TRUST-01", "in_place", NOTICE), reads("TRUST-19", "in_place", LOGGED))
    )
    questions = draft_of(by_rules, by_model).questions
    assert [q.about for q in questions] == ["TRUST-01"]
    assert questions[0].text.startswith(
        "TRUST-01: the rules read absent, the model reads in place."
    )


def test_a_split_that_would_turn_the_outcome_says_so() -> None:
    done = {i: reads(i, "in_place", NOTICE) for i in IDS}
    by_rules = rules(requirements=tuple({**done, "TRUST-01": reads("TRUST-01", "absent")}.values()))
    questions = draft_of(by_rules, model(requirements=tuple(done.values()))).questions
    assert [(q.about, q.changes) for q in questions] == [("TRUST-01", ("TRUST-01", "outcome"))]


def test_a_split_on_the_same_job_is_a_question() -> None:
    unlike = OverlapReading(entry="CAP-1", kind="capability", relation="shares_part", quotes=BOTH)
    questions = draft_of(STRICT, model(overlaps=(unlike,))).questions
    assert [(q.about, q.changes) for q in questions] == [("CAP-1", ("outcome",))]


def test_readers_that_agree_and_one_alone_ask_nothing() -> None:
    same = STRICT.model_copy(update={"reader": "llm"})
    assert draft_of(STRICT).questions == draft_of(STRICT, same).questions == ()


def test_two_questions_about_one_thing_are_one() -> None:
    ask = Ask(text="Which data?", about="data", changes=("TRUST-01",))
    other = Ask(text="What data is used?", about="data", changes=("TRUST-03", "TRUST-01"))
    questions = draft_of(rules(questions=(ask,)), model(questions=(other,))).questions
    assert [(q.text, q.changes) for q in questions] == [("Which data?", ("TRUST-01", "TRUST-03"))]


def test_nothing_checked_never_looks_like_nothing_found() -> None:
    coverage = draft_of(STRICT).coverage
    assert coverage["trust"].note == "4 requirements apply"
    assert {coverage[d].state for d in DIMENSIONS if d != "trust"} == {"not_checked"}
    unsearched = draft_of(STRICT, approving(quote=None), gathered=evidence(searched=False))
    assert unsearched.coverage["overlap"].state == "not_checked"
    assert unsearched.coverage["ownership"].state == "checked"


def test_what_the_model_did_not_do_is_said_beside_what_the_rules_did() -> None:
    unread = Covered(state="not_checked", note="the model did not read this: timeout")
    by_rules = STRICT.model_copy(update={"coverage": {"trust": Covered(note="4 requirements")}})
    both = draft_of(by_rules, model(coverage={"trust": unread, "overlap": unread})).coverage
    assert (both["trust"].state, both["trust"].note) == (
        "checked",
        "4 requirements; the model did not read this: timeout",
    )
    assert both["overlap"] == unread, "said once"


# --- identity and form --------------------------------------------------------------------------


def test_the_same_input_has_the_same_digest_whenever_it_was_made() -> None:
    draft = draft_of(STRICT, created="2026-11-23T08:00:00+00:00")
    later = draft_of(STRICT, created="2027-01-01T00:00:00+00:00")
    assert draft.provenance.created != later.provenance.created
    assert draft.digest == later.digest == digest(draft)
    assert len(draft.digest) == 64


def test_any_change_of_content_changes_the_digest() -> None:
    whole = draft_of(STRICT)
    seen = {whole.digest}
    for name, value in whole.model_dump(mode="json", by_alias=True).items():
        if name in ("id", "digest", "schema"):
            continue
        changed = whole.model_dump(mode="json", by_alias=True) | {name: _other(value)}
        seen.add(digest(changed))
    assert len(seen) == 1 + len(Draft.model_fields) - 3
    spaced = parsed(TEXT + "\n")
    assert draft_of(STRICT, proposal=spaced).digest not in seen


def _other(value: object) -> object:
    """The same kind of value, a little different."""
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return [*value, "x"]
    assert isinstance(value, dict)
    return value | {"x": "x"}


def test_readers_order_of_claims_does_not_change_the_findings() -> None:
    turned = STRICT.model_copy(
        update={"claims": FOUND[::-1], "requirements": STRICT.requirements[::-1]}
    )
    assert draft_of(turned).digest == draft_of(STRICT).digest


def test_the_json_fits_its_schema_and_comes_back_whole() -> None:
    draft = draft_of(STRICT, approving(quote=SORTS), created="2026-11-23T08:00:00+00:00")
    plain = draft.model_dump(mode="json", by_alias=True)
    jsonschema.validate(plain, Draft.model_json_schema(by_alias=True))
    assert plain["schema"] == "concord.draft/1"
    again = Draft.model_validate_json(json.dumps(plain))
    assert again == draft
    assert digest(again) == draft.digest
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain | {"more": 1}, Draft.model_json_schema(by_alias=True))


def test_sources_name_every_entry_that_is_cited_or_judged() -> None:
    sources = draft_of(STRICT).provenance.sources
    assert list(sources) == ["CAP-1", "GOAL-1", *IDS]
    assert sources["CAP-1"].path == "knowledge/capabilities/all.csv"


def test_every_status_has_words_in_the_reasons() -> None:
    for status in STATUSES:
        draft = draft_of(rules(requirements=(reads("TRUST-01", status, NOTICE),)))
        assert all(reason.strip() for reason in draft.outcome_because)


def test_an_unproven_finding_counts_once_a_person_vouches_for_it() -> None:
    """CONTRACTS §6: outside outcome and blocking, unless a person accepts it."""
    done = rules(requirements=tuple(reads(i, "in_place", NOTICE) for i in IDS))
    forged = claim("goal.conflict", subject="GOAL-1", quotes=(own(NOWHERE),))
    aside = draft_of(done, model(claims=(forged,)))
    assert (aside.outcome, aside.findings) == ("approve", ())
    finding = aside.unsupported[0].finding
    taken = draft_of(done, model(claims=(forged,)), accepted=(finding,))
    assert (taken.outcome, taken.findings, taken.unsupported) == ("request_changes", (finding,), ())
