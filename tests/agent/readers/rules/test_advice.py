"""Join, extend or justify, each with its reason; what is retired is never recommended."""

import pytest

from agent.readers.rules.advice import PLANNED, RETIRED, adds, advise
from agent.readers.rules.retirement import retired
from agent.readers.rules.reuse import Said
from agent.schema.assessment import Quote
from agent.schema.evidence import LastReview, Pending
from knowledge.entries import Capability, Precedent, Reuse, Source
from knowledge.vocabulary import LifeStage, Relation

SOURCE = Source(path="k/c.md", sha256="a" * 64, line=1, text="Sorts claims.")
NOBODY = Said()
DIFFERS = Said(differs=(Quote(source="proposal", text="It cannot be used for boats."),))
WAITING = Pending(initiative="north", title="North", sha256="1", path="p", text="t")


def entry(status: LifeStage | None = "production", **fields: object) -> Capability:
    values: dict[str, object] = {"id": "CAP-1", "title": "Sorter", "source": SOURCE}
    return Capability.model_validate(values | {"status": status} | fields)


def past(outcome: str) -> Precedent:
    return Precedent(id="old", title="Old", source=SOURCE, outcome=outcome, decided="2026-03-02")


@pytest.mark.parametrize(
    ("relation", "status", "needs", "disposition", "reason"),
    [
        ("duplicate", "production", (), "join",
         "It does the same job, and nothing is known to be missing."),
        ("duplicate", "pilot", (), "join",
         "It does, as a pilot, the same job, and nothing is known to be missing."),
        ("duplicate", "planned", (PLANNED,), "join",
         "It is planned to do the same job, and nothing is known to be missing."),
        ("duplicate", "production", ("users: agents", "data: sensitive"), "extend",
         "It does the same job and lacks users: agents; data: sensitive."),
        ("duplicate", "production", ("retention: 7 days (it keeps logs 90 days)",), "join",
         "It does the same job, and what differs is retention: 7 days (it keeps logs 90 days)."),
        ("extends", "production", ("users: agents",), "extend",
         "It does the same job (different: users); it lacks users: agents."),
        ("shares_part", "production", (), "none",
         "A piece is alike, but not the whole job; users differ."),
        ("unrelated", "production", (), "none", "Too little in common."),
    ],
)  # fmt: skip
def test_what_to_do_and_why(
    relation: Relation, status: LifeStage, needs: tuple[str, ...], disposition: str, reason: str
) -> None:
    different = relation in ("extends", "shares_part")
    facets = {"users": "different" if different else "same"}
    advice = advise(relation, entry(status), facets, needs, NOBODY)  # type: ignore[arg-type]
    assert (advice.disposition, advice.reason) == (disposition, reason)


def test_open_conditions_of_the_last_review_go_with_whoever_joins() -> None:
    review = LastReview(initiative="s", outcome="approve_with_conditions", open_conditions=("A",))
    reason = advise("duplicate", entry(), {}, (), NOBODY, review).reason
    assert reason.endswith("; 1 condition of its last review is still open.")
    more = review.model_copy(update={"open_conditions": ("A", "B")})
    assert "2 conditions of its last review are" in advise(
        "extends", entry(), {}, (), NOBODY, more
    ).reason  # fmt: skip


def test_whoever_joins_hears_that_the_last_review_rejected_it() -> None:
    review = LastReview(initiative="s", outcome="reject")
    reason = advise("duplicate", entry(), {}, (), NOBODY, review).reason
    assert reason.endswith("; but its last review rejected it.")


def test_the_teams_own_words_justify() -> None:
    advice = advise("duplicate", entry(), {}, (), DIFFERS)
    assert advice.disposition == "justify"
    assert "“It cannot be used for boats”" in advice.reason


def test_of_other_initiatives() -> None:
    assert advise("duplicate", WAITING, {}, (), NOBODY).disposition == "join"
    again = advise("duplicate", past("reject"), {}, (), NOBODY)
    assert again.disposition == "justify"
    assert again.reason == "old was rejected on 2026-03-02: what is different now has to be shown."
    assert advise("duplicate", past("approve"), {}, (), NOBODY).disposition == "join"


@pytest.mark.parametrize("relation", ["duplicate", "extends", "shares_part"])
def test_what_is_retired_is_never_recommended(relation: Relation) -> None:
    advice = advise(relation, entry("retired"), {}, (RETIRED,), NOBODY)
    assert advice.disposition == "none"
    assert advice.reason.startswith("It is retired")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reuse": Reuse(how="Switched off in November 2025; questions are available")},
         "It is retired since November 2025: what"),
        ({"body": "Sorted mail.\n\nWas replaced by the Mail desk on 2024-05-01."},
         "It is retired since 2024-05-01; Mail desk took its place: what"),
        ({"body": "Superseded by Scan 2. Built in 2019."}, "It is retired; Scan 2 took its place:"),
        ({"body": "Built in 2019."}, "It is retired: what"),
    ],
)  # fmt: skip
def test_since_when_and_by_what_it_was_replaced(fields: dict[str, object], said: str) -> None:
    assert retired(entry("retired", **fields)).startswith(said)


def test_what_is_set_or_waited_for_adds_nothing() -> None:
    assert not adds({"behaviour": "different"}, ("retention: 7 days", "system: X", PLANNED))
    assert adds({"users": "different"}, ())
    assert adds({}, ("its scope excludes boats",))


def test_nobody_is_sent_to_an_initiative_whose_system_is_retired() -> None:
    ended = past("approve").model_copy(update={"ended": "CAP-1"})
    advice = advise("duplicate", ended, {}, (), NOBODY)
    assert (advice.disposition, advice.reason) == (
        "none",
        "old was approved on 2026-03-02; CAP-1, which came of it, is retired: what it did may be"
        " learnt from, not joined.",
    )
    assert advise("duplicate", past("approve"), {}, (), NOBODY).disposition == "join"


def test_what_was_rejected_is_not_extended() -> None:
    assert advise("extends", past("reject"), {}, (), NOBODY).disposition == "justify"
    assert advise("extends", past("approve"), {}, (), NOBODY).disposition == "extend"
