"""Overlap: duplicates and extensions with quotes of both sides; no claim where there is none."""

import pytest

from agent.intake.evidence import gather
from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.readers.rules.overlap import read
from agent.readers.rules.overlap_claims import CLAIMS
from agent.schema.assessment import Assessment
from agent.schema.evidence import Evidence, Pending
from agent.schema.proposal import Proposal
from knowledge.embed import load_embedder
from knowledge.index import Index, open_index
from knowledge.quotes import find
from knowledge.reading import Knowledge, load
from tests.support.insurer import DUPLICATE, EXTENSION, UNLIKE

ROUTES = """---
audience: [employees]
data: business
---
# Routes for delivery vans

## What it does

It plans the delivery routes of the vans overnight from orders, traffic and opening hours.
"""
USES = """---
audience: [employees]
data: business
domain: claims
---
# Roster for storm days

## What it does

It takes the expected number of storm claims by postcode from the Storm claims forecast and proposes
how many people each district needs in the next five days.
"""


def parsed(text: str, name: str = "note") -> Proposal:
    return parse(text.encode(), f"proposals/{name}.md")


def evidence_for(
    read_in: Proposal, knowledge: Knowledge, index: Index | None, *others: Pending
) -> Evidence:
    return gather(read_in, knowledge, read_facts(read_in, {}), index, others)


def assessed(text: str, knowledge: Knowledge, index: Index | None, *others: Pending) -> Assessment:
    proposal = parsed(text)
    return read(proposal, evidence_for(proposal, knowledge, index, *others))


def rows(assessment: Assessment) -> dict[str, tuple[str, str]]:
    return {o.entry: (o.relation, o.disposition) for o in assessment.overlaps}


def test_the_same_job_in_other_words_is_a_duplicate_to_join(
    knowledge: Knowledge, index: Index
) -> None:
    assessment = assessed(DUPLICATE, knowledge, index)
    assert rows(assessment)["CAP-1"] == ("duplicate", "join")
    (claim,) = assessment.claims
    assert (claim.rule, claim.subject, claim.severity) == ("overlap.duplicate", "CAP-1", "high")
    assert "Mira Holt" in claim.ask


def test_quotes_stand_in_both_sources(knowledge: Knowledge, index: Index) -> None:
    proposal = parsed(DUPLICATE)
    evidence = evidence_for(proposal, knowledge, index)
    texts = {"proposal": proposal.source.text} | {e.id: e.source.text for e in evidence.entries()}
    (claim,) = read(proposal, evidence).claims
    assert {quote.source for quote in claim.quotes} == {"proposal", "CAP-1"}
    for quote in claim.quotes:
        assert quote.start is not None
        assert texts[quote.source].startswith(quote.text, quote.start)
        assert "id: CAP-1" not in quote.text


def test_nothing_alike_is_no_row_and_no_claim(knowledge: Knowledge, index: Index) -> None:
    assessment = assessed(UNLIKE, knowledge, index)
    assert (assessment.overlaps, assessment.claims) == ((), ())
    assert assessment.coverage["overlap"].state == "checked"
    assert assessment.coverage["overlap"].note == "5 capabilities searched, the nearest 5 read"


def test_declared_reuse_is_an_extension_without_a_finding(
    knowledge: Knowledge, index: Index
) -> None:
    assessment = assessed(EXTENSION, knowledge, index)
    (row,) = (o for o in assessment.overlaps if o.entry == "CAP-4")
    assert (row.relation, row.disposition) == ("extends", "extend")
    assert "its scope excludes small-business wordings" in row.missing
    assert assessment.claims == ()


def test_reuse_that_only_the_text_states_is_an_extension_without_a_finding(
    knowledge: Knowledge, index: Index
) -> None:
    said = EXTENSION.replace("reuses: [CAP-4]\n", "")
    assessment = assessed(said, knowledge, index)
    assert rows(assessment)["CAP-4"] == ("extends", "extend")
    assert assessment.claims == ()


def test_declared_reuse_is_a_row_even_where_search_brings_nothing(
    knowledge: Knowledge, index: Index
) -> None:
    text = UNLIKE.replace("---\naudience", "---\nreuses: [CAP-2]\naudience")
    assert rows(assessed(text, knowledge, index))["CAP-2"][0] == "extends"


def test_the_same_job_for_others_that_nobody_mentions_is_an_extension_to_ask_about(
    knowledge: Knowledge, index: Index
) -> None:
    text = DUPLICATE.replace("audience: [employees]", "audience: [partners]")
    assessment = assessed(text, knowledge, index)
    (row,) = (o for o in assessment.overlaps if o.entry == "CAP-1")
    assert (row.relation, row.facets["users"].value) == ("extends", "different")
    assert "users: partners" in row.missing
    (claim,) = assessment.claims
    assert (claim.rule, claim.severity) == ("overlap.extends", "medium")


def test_what_is_taken_as_an_input_is_not_what_is_done_again(
    knowledge: Knowledge, index: Index
) -> None:
    assessment = assessed(USES, knowledge, index)
    assert rows(assessment)["CAP-5"] == ("shares_part", "none")
    assert assessment.claims == ()


def test_a_retired_one_is_shown_and_never_recommended(knowledge: Knowledge, index: Index) -> None:
    assessment = assessed(ROUTES, knowledge, index)
    (row,) = (o for o in assessment.overlaps if o.entry == "CAP-3")
    assert (row.relation, row.disposition) == ("duplicate", "none")
    assert "it is retired" in row.missing
    assert assessment.claims == ()


def test_a_pending_twin_is_a_finding(knowledge: Knowledge, index: Index) -> None:
    other = parsed(DUPLICATE, "north")
    twin = Pending(
        initiative="north",
        title=other.title,
        sha256=other.sha256,
        path=other.path,
        text=other.source.text[other.body :],
        team="Claims North",
    )
    assessment = assessed(DUPLICATE, knowledge, index, twin)
    claims = {claim.rule: claim for claim in assessment.claims}
    assert claims["overlap.twin"].subject == "north"
    assert claims["overlap.twin"].severity == "high"
    assert "Claims North" in claims["overlap.twin"].claim
    assert assessment.coverage["overlap"].note.endswith("; 1 near pending proposal read")


def test_a_chance_is_shown_only_where_the_fitted_words_decide(
    knowledge: Knowledge, index: Index
) -> None:
    other = parsed(DUPLICATE, "north")
    twin = Pending(initiative="north", title=other.title, sha256="1", path="p", text=DUPLICATE)
    (row,) = (o for o in assessed(DUPLICATE, knowledge, index, twin).overlaps if o.entry == "north")
    assert row.relation == "duplicate"
    assert row.probability is not None
    assert row.probability > 0.9
    told = assessed(EXTENSION, knowledge, index).overlaps
    assert {o.relation for o in told} >= {"extends"}
    assert all(o.probability is None for o in told if o.relation == "extends")


def test_many_twins_make_few_findings(knowledge: Knowledge, index: Index) -> None:
    twins = [
        Pending(initiative=f"t{n}", title="Notes", sha256=str(n), path="p", text=DUPLICATE)
        for n in range(6)
    ]
    assert len(assessed(DUPLICATE, knowledge, index, *twins).claims) == CLAIMS


def test_without_an_index_nothing_is_claimed_and_it_says_so(knowledge: Knowledge) -> None:
    assessment = assessed(DUPLICATE, knowledge, None)
    assert (assessment.overlaps, assessment.claims) == ((), ())
    assert assessment.coverage["overlap"].state == "not_checked"


def test_an_office_without_capabilities_has_not_checked(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("empty") / "knowledge"
    (folder / "goals").mkdir(parents=True)
    goal = "---\nid: GOAL-1\ntitle: Sooner\n---\nSoon.\n"
    (folder / "goals" / "a.md").write_text(goal, encoding="utf-8")
    empty = load(folder)
    cache = tmp_path_factory.mktemp("cache")
    index = open_index(empty, cache, load_embedder(), say=lambda _: None)
    assert assessed(DUPLICATE, empty, index).coverage["overlap"].state == "not_checked"
    index.close()


def test_the_same_input_gives_the_same_reading(knowledge: Knowledge, index: Index) -> None:
    assert assessed(DUPLICATE, knowledge, index) == assessed(DUPLICATE, knowledge, index)


LONG = """# Call summaries

After a telephone call has ended, the conversation is transcribed and a short summary is written:
who called, what was promised and what happens next, which claims and contracts were spoken of, and
whether somebody has to be called back this week, and the Call summaries are then filed by the
agent.
"""


def test_a_long_quote_is_cut_between_words_so_that_it_can_be_found(
    knowledge: Knowledge, index: Index
) -> None:
    proposal = parsed(LONG)
    assessment = read(proposal, evidence_for(proposal, knowledge, index))
    (row,) = [o for o in assessment.overlaps if o.entry == "CAP-1"]
    own = next(q for q in row.quotes if q.source == "proposal")
    assert len(own.text) < len(LONG.split("\n\n")[1].strip())
    assert find(own.text, proposal.source.text).check == "exact"


def test_its_own_name_is_no_use_of_something_else(knowledge: Knowledge, index: Index) -> None:
    """The register holds it under the same title: that is the same thing, not an input of it."""
    assert rows(assessed(LONG, knowledge, index))["CAP-1"] == ("duplicate", "join")


def test_what_gives_the_same_results_is_no_input(knowledge: Knowledge, index: Index) -> None:
    used = DUPLICATE + "\nIt uses the Call summaries (CAP-1) as an input.\n"
    assert rows(assessed(used, knowledge, index))["CAP-1"] == ("duplicate", "join")


def test_a_text_that_the_rules_cannot_read_was_compared_in_part_only(
    knowledge: Knowledge, index: Index
) -> None:
    german = "# Notiz\n\nDas Werkzeug fasst jeden Anruf zusammen und die Leute lesen es danach.\n"
    covered = assessed(german, knowledge, index).coverage["overlap"]
    assert covered.state == "partly"
    assert "the text is written in a language that the rules cannot read" in covered.note
