"""Facets on their way into a draft: quotes checked, what is on record looked up, a model's beside
the rules'."""

from agent.draft.verify import verify
from agent.schema.assessment import Assessment, FacetReading, OverlapReading, Quote
from agent.schema.decision import Override
from agent.schema.draft import OverlapRow
from agent.schema.evidence import LastReview
from tests.support.evidence import (
    CAPABILITY,
    LOGGED,
    NOWHERE,
    SORTS,
    draft_of,
    evidence,
    model,
    own,
    parsed,
    rules,
)

THEIRS = Quote(source="CAP-1", text="Sorts claims by urgency.")
TITLE = Quote(source="CAP-1", text="title: Claims sorter")
REVIEW = LastReview(initiative="sorter", outcome="approve", open_conditions=("Ask the council.",))


def facet(value: str, words: Quote | None = None, theirs: Quote | None = None) -> FacetReading:
    return FacetReading.model_validate({"value": value, "own": words, "theirs": theirs})


def reading(relation: str = "extends", **changes: object) -> OverlapReading:
    values: dict[str, object] = {
        "entry": "CAP-1",
        "kind": "capability",
        "relation": relation,
        "quotes": (own(SORTS), THEIRS),
        "reason": "It sorts too.",
    }
    return OverlapReading.model_validate(values | changes)


def row(*assessments: Assessment, **gathered: object) -> OverlapRow:
    (found,) = draft_of(*assessments, gathered=evidence(**gathered)).overlaps
    return found


def test_words_that_do_not_stand_make_the_likeness_unknown_and_are_shown_as_bad() -> None:
    facets = {
        "purpose": facet("same", own(SORTS), THEIRS),
        "users": facet("same", own(NOWHERE), THEIRS),
        "data": facet("different", own(SORTS), Quote(source="CAP-9", text="Sorts claims.")),
        "outputs": facet("similar", own(SORTS)),
    }
    found = row(rules(overlaps=(reading(facets=facets),))).facets
    assert {name: f.value for name, f in found.items()} == {
        "purpose": "same", "users": "unknown", "data": "unknown", "outputs": "similar",
    }  # fmt: skip
    assert found["users"].own is not None
    assert (found["users"].own.check, found["users"].own.claimed) == ("bad", NOWHERE)
    assert found["purpose"].theirs is not None
    assert found["purpose"].theirs.line_start == 7


def test_owner_status_and_last_review_are_looked_up_whatever_a_reader_says() -> None:
    known = CAPABILITY.model_copy(update={"owner": "Ada", "team": "Claims"})
    found = row(
        rules(overlaps=(reading(),)), capabilities=(known,), reviews={"CAP-1": REVIEW}
    )  # fmt: skip
    assert (found.owner, found.team, found.status) == ("Ada", "Claims", "production")
    assert found.last_review == REVIEW
    assert found.reason == "It sorts too."


def test_what_is_not_proven_says_so_instead_of_its_reason() -> None:
    unproven = reading("duplicate", quotes=(own(NOWHERE),), disposition="join")
    found = row(rules(overlaps=(unproven,)))
    assert (found.relation, found.disposition) == ("shares_part", "none")
    assert found.reason == "It was called duplicate, but no quote of the proposal proves that."


def test_a_person_may_call_a_retired_one_the_same_and_nobody_is_sent_to_it() -> None:
    said = Override.model_validate(
        {"kind": "overlap", "id": "CAP-1", "to": "duplicate", "reason": "I know both"}
    )
    retired = CAPABILITY.model_copy(update={"status": "retired"})
    for known, disposition in ((CAPABILITY, "join"), (retired, "none")):
        (found,) = draft_of(
            rules(overlaps=()), gathered=evidence(capabilities=(known,)), overrides=(said,)
        ).overlaps
        assert (found.relation, found.disposition) == ("duplicate", disposition)
        assert found.reason == "A person says so: I know both"


def test_a_model_refines_facets_with_words_of_both_sides_and_only_with_them() -> None:
    first = reading(
        "duplicate",
        disposition="join",
        facets={"users": facet("unknown"), "data": facet("same", own(LOGGED), TITLE)},
    )
    second = reading(
        "extends",
        disposition="extend",
        facets={
            "users": facet("different", own(SORTS), THEIRS),
            "data": facet("different", own(LOGGED)),
            "outputs": facet("same", own(NOWHERE), THEIRS),
        },
    )
    found = row(rules(overlaps=(first,)), model(overlaps=(second,)))
    assert (found.relation, found.disposition) == ("duplicate", "join")
    assert {name: f.value for name, f in found.facets.items()} == {
        "users": "different", "data": "same",
    }  # fmt: skip


def test_a_models_relation_comes_with_its_reason_and_keeps_a_contradiction() -> None:
    first = reading("shares_part", contradicts="It was decided otherwise.", probability=0.4)
    second = reading("extends", disposition="extend", reason="It lacks agents.")
    found = row(rules(overlaps=(first,)), model(overlaps=(second,)))
    assert (found.relation, found.reason) == ("extends", "It lacks agents.")
    assert (found.contradicts, found.probability) == ("It was decided otherwise.", 0.4)


def test_verify_of_a_model_alone_checks_its_facets_too() -> None:
    told = reading(facets={"purpose": facet("same", own(NOWHERE), THEIRS)})
    (found,) = verify(model(overlaps=(told,)), parsed(), evidence()).overlaps
    assert found.facets["purpose"].value == "unknown"
