"""From a model's answer on what exists, and on behaviour, to rows and claims."""

from typing import Any

import pytest

from agent.draft.verify import verify
from agent.readers.llm import overlap
from agent.readers.llm.wire import OverlapsAnswer
from agent.schema.assessment import Assessment
from agent.schema.evidence import Applicable
from agent.schema.proposal import Fact
from knowledge.entries import Capability, Precedent, Source
from tests.support.evidence import CAPABILITY, PATTERN, applies, evidence, own, parsed
from tests.support.model_reader import careful, differing, facet, material
from tests.support.model_reader import overlap as row

LOGGED = "Results are logged for two years."
WANTED = "Logs are kept one year."
STRICT = PATTERN.model_copy(
    update={
        "severity": "blocker",
        "behaviours": {"retention": WANTED},
        "source": PATTERN.source.model_copy(update={"text": f"behaviours:\n  retention: {WANTED}"}),
    }
)


def sibling(number: int) -> Capability:
    text = f"id: CAP-{number}\nretention: {WANTED}"
    source = Source(path="knowledge/c.md", sha256="a" * 64, line=1, text=text)
    return Capability(
        id=f"CAP-{number}", title=f"Sibling {number}", status="production", source=source,
        audience=("customers",), behaviours={"retention": WANTED},
    )  # fmt: skip


GATHERED = evidence(
    patterns=(STRICT,),
    capabilities=(CAPABILITY, *(sibling(n) for n in (2, 3, 4))),
    facts={"audience": Fact(values=("customers",), origin="declared")},
    registry={"capability": 9},
)


def answer(
    overlaps: list[dict[str, Any]], unrelated: list[str], *findings: dict[str, Any]
) -> OverlapsAnswer:
    return OverlapsAnswer.model_validate(
        {"overlaps": overlaps, "unrelated": unrelated, "findings": findings, "questions": []}
    )


def read(overlaps: list[dict[str, Any]], *findings: dict[str, Any]) -> Assessment:
    return overlap.read(answer(overlaps, [], *findings), material(gathered=GATHERED))


def test_a_careful_answer_has_no_problem_and_becomes_the_rules_own_finding() -> None:
    told = OverlapsAnswer.model_validate(careful()["overlap_consistency"])
    assert overlap.check(told, material()) == ()
    checked = verify(overlap.read(told, material()), parsed(), evidence())
    (found,) = checked.overlaps
    assert (found.entry, found.relation, found.disposition) == ("CAP-1", "duplicate", "extend")
    assert found.facets["purpose"].value == "same"
    assert found.probability is None
    assert {c.check for c in found.citations} == {"exact"}
    (claim,) = checked.findings
    assert (claim.rule, claim.subject, claim.severity) == ("overlap.duplicate", "CAP-1", "high")
    assert claim.title == "Does the same as Claims sorter"
    assert "customers see it" in claim.ask
    assert checked.coverage["overlap"].note == "the model judged 2 of 2 candidates of the search"


def test_a_pending_proposal_is_a_twin() -> None:
    part = read([row("twin", entry_quotes=["It sorts claims too."])])
    assert (part.overlaps[0].kind, part.claims[0].rule) == ("pending", "overlap.twin")


def test_a_shared_part_is_a_row_without_claim_missing_or_disposition() -> None:
    part = read([row("CAP-1", "shares_part", missing=["x"], disposition="join")])
    assert (part.claims, part.overlaps[0].missing, part.overlaps[0].disposition) == ((), (), "none")


def test_facets_count_with_words_of_both_sides_and_fields_stand_for_the_rest() -> None:
    words = facet("different", LOGGED, "Sorts claims by urgency.")
    part = read([row("CAP-1", users=words, data=facet("same", LOGGED), automation=facet("same"))])
    facets = part.overlaps[0].facets
    assert facets["users"].value == "different"
    assert facets["users"].own == own(LOGGED)
    assert (facets["data"].value, facets["automation"].value) == ("unknown", "unknown")
    assert part.overlaps[0].reason == "Both sort claims by urgency."


def test_words_of_a_facet_are_quotes_like_any_other() -> None:
    half = facet("same", LOGGED)
    forged = facet("same", LOGGED, "Never said.")
    told = answer([row("CAP-1", users=half, data=forged)], ["twin"])
    assert overlap.check(told, material(gathered=GATHERED)) == (
        "overlaps CAP-1 users: same needs words of both sides; else say unknown.",
        "overlaps CAP-1 data theirs: “Never said.” does not stand in CAP-1; copy one contiguous"
        " span exactly, or drop it.",
    )


def test_what_is_retired_is_not_recommended_by_a_model_either() -> None:
    retired = CAPABILITY.model_copy(update={"status": "retired", "body": "Closed in May 2025."})
    gathered = GATHERED.model_copy(update={"capabilities": (retired,)})
    told = answer([row("CAP-1", disposition="join", reason="Join it.")], [])
    (found,) = overlap.read(told, material(gathered=gathered)).overlaps
    assert found.disposition == "none"
    assert found.reason.startswith("It is retired since May 2025")


@pytest.mark.parametrize("relation", ["duplicate", "extends"])
def test_what_was_rejected_is_not_recommended_by_a_model_either(relation: str) -> None:
    text = "It sorts claims too."
    past = Precedent(
        id="old", title="Old", body=text, outcome="reject", decided="2026-03-02",
        source=Source(path="p.md", sha256="a" * 64, line=1, text=text),
    )  # fmt: skip
    gathered = GATHERED.model_copy(update={"precedents": (past,)})
    told = answer([row("old", relation, entry_quotes=[text], disposition="join")], [])
    (found,) = overlap.read(told, material(gathered=gathered)).overlaps
    assert (found.disposition, found.reason) == (
        "justify",
        "old was rejected on 2026-03-02: what is different now has to be shown.",
    )


def test_unknown_and_repeated_entries_are_left_out() -> None:
    part = read([row("CAP-1"), row("CAP-1", "extends"), row("CAP-99")])
    assert [(o.entry, o.relation) for o in part.overlaps] == [("CAP-1", "duplicate")]
    assert part.notes == ("overlap: 2 rows that fit nothing left out",)


def test_what_the_model_looked_up_may_be_added() -> None:
    looked_up = sibling(7)
    given = material(consulted=(looked_up,))
    told = answer([row("CAP-7", entry_quotes=[WANTED])], ["CAP-1", "twin"])
    assert overlap.check(told, given) == ()
    part = overlap.read(told, given).model_copy(update={"consulted": (looked_up,)})
    (found,) = verify(part, parsed(), evidence()).overlaps
    assert [(c.source, c.check) for c in found.citations] == [
        ("proposal", "exact"),
        ("CAP-7", "exact"),
    ]


def test_a_breach_weighs_what_the_pattern_weighs() -> None:
    (claim,) = read([], differing("pattern.breach", "PAT-1", LOGGED, WANTED)).claims
    assert (claim.rule, claim.subject, claim.severity) == ("pattern.breach", "PAT-1", "blocker")
    assert claim.quotes[0] == own(LOGGED)
    assert claim.ask


def test_at_most_two_siblings_and_one_breach_a_pattern() -> None:
    part = read(
        [],
        *(differing("sibling.differs", f"CAP-{n}", LOGGED, WANTED) for n in (2, 3, 4)),
        *[differing("pattern.breach", "PAT-1", LOGGED, WANTED)] * 2,
    )
    assert [c.subject for c in part.claims] == ["CAP-2", "CAP-3", "PAT-1"]
    assert {c.severity for c in part.claims} == {"medium", "blocker"}


@pytest.mark.parametrize("answered", ["no", "unknown"])
def test_a_pattern_that_does_not_surely_apply_is_not_shown_nor_breached(answered: str) -> None:
    gathered = GATHERED.model_copy(update={"applicable": applies("PAT-1", answered)})
    given = material(gathered=gathered)
    assert WANTED not in overlap.CALL.brief(given).user.split("siblings")[0]
    told = answer([], ["CAP-1", "twin"], differing("pattern.breach", "PAT-1", LOGGED, WANTED))
    assert overlap.read(told, given).claims == ()
    assert overlap.check(told, given) == (
        "findings pattern.breach PAT-1: “PAT-1” is no pattern of the list; correct or drop it.",
    )


def test_problems_are_exact_sentences() -> None:
    told = answer(
        [row("CAP-1", entry_quotes=[]), row("CAP-9")],
        ["CAP-1"],
        differing("pattern.breach", "PAT-1", LOGGED, "Never said."),
    )
    assert overlap.check(told, material(gathered=GATHERED)) == (
        "overlaps and unrelated: twin is missing; add a row for it.",
        "overlaps and unrelated: CAP-1 stands 2 times; keep one row.",
        "overlaps and unrelated: “CAP-9” is not in the list; leave it out.",
        "overlaps CAP-1: needs a quote of the proposal and one of CAP-1; give both or drop it.",
        "findings pattern.breach PAT-1 entry_quotes: “Never said.” does not stand in PAT-1; copy"
        " one contiguous span exactly, or drop it.",
    )


def test_what_was_not_searched_is_not_checked() -> None:
    given = material(gathered=evidence(searched=False, patterns=(), applicable={}))
    assert overlap.CALL.idle(given)
    part = overlap.read(answer([], []), given)
    assert {c.state for c in part.coverage.values()} == {"not_checked"}


def test_unsure_patterns_make_the_coverage_partial() -> None:
    rows = dict(GATHERED.applicable)
    rows["PAT-2"] = Applicable(id="PAT-2", applies="unknown", because="")
    more = (STRICT, STRICT.model_copy(update={"id": "PAT-2"}))
    gathered = GATHERED.model_copy(update={"patterns": more, "applicable": rows})
    part = overlap.read(answer([], []), material(gathered=gathered))
    assert part.coverage["consistency"].state == "partly"
    assert read([]).coverage["consistency"].state == "checked"
