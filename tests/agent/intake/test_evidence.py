"""Evidence: what applies, what is near, what is named; the fingerprint changes with what counts."""

import pytest

from agent.intake.evidence import gather
from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.intake.query import search_text
from agent.schema.evidence import Evidence, Pending
from agent.schema.office import FactSetting
from agent.schema.proposal import Proposal
from knowledge.entries import Capability, Precedent, Source
from knowledge.index import Index
from knowledge.reading import Knowledge
from tests.support.insurer import DUPLICATE, EXTENSION, UNLIKE


def proposal(text: str, name: str = "note") -> Proposal:
    return parse(text.encode(), f"proposals/{name}.md")


def pending(text: str, name: str) -> Pending:
    other = proposal(text, name)
    return Pending(
        initiative=name,
        title=other.title,
        sha256=other.sha256,
        path=other.path,
        text=other.source.text[other.body :],
    )


def gathered(
    read: Proposal, knowledge: Knowledge, index: Index | None, *others: Pending
) -> Evidence:
    return gather(read, knowledge, read_facts(read, {}), index, others)


def test_every_requirement_in_force_has_a_row(knowledge: Knowledge) -> None:
    evidence = gathered(proposal(UNLIKE), knowledge, None)
    rows = {name: (row.applies, row.because) for name, row in evidence.applicable.items()}
    assert rows == {
        "REQ-1": ("no", "audience is employees (line 2)"),
        "REQ-3": ("yes", "it applies to every initiative"),
    }


def test_the_offices_words_count_for_what_applies(knowledge: Knowledge) -> None:
    read = proposal("---\naudience: clients\n---\n# N\n\nNothing.\n")
    plain = gather(read, knowledge, read_facts(read, {}), None)
    assert plain.applicable["REQ-1"].applies == "unknown"
    settings = {"audience": FactSetting(aliases={"clients": "customers"})}
    aliased = gather(read, knowledge, read_facts(read, settings), None, settings=settings)
    assert aliased.applicable["REQ-1"].applies == "yes"


def test_without_search_there_are_no_candidates_and_it_says_so(knowledge: Knowledge) -> None:
    evidence = gathered(proposal(DUPLICATE), knowledge, None)
    assert (evidence.searched, evidence.candidates) == (False, ())


def test_the_same_job_in_other_words_is_the_first_candidate(
    knowledge: Knowledge, index: Index
) -> None:
    evidence = gathered(proposal(DUPLICATE), knowledge, index)
    best = evidence.candidates[0]
    assert (best.entry, best.kind, best.rank) == ("CAP-1", "capability", 1)
    assert best.gap == pytest.approx(best.score - evidence.candidates[1].score)
    assert [c.rank for c in evidence.candidates] == list(range(1, len(evidence.candidates) + 1))
    assert "CAP-1" in {c.id for c in evidence.capabilities}


def test_a_near_pending_proposal_is_a_candidate_and_its_own_never(
    knowledge: Knowledge, index: Index
) -> None:
    read = proposal(DUPLICATE, "calls-south")
    twin = pending(DUPLICATE.replace("hotline", "claims hotline"), "calls-north")
    own = pending(DUPLICATE, "calls-south")
    evidence = gathered(read, knowledge, index, twin, own)
    near = {c.entry: c.kind for c in evidence.candidates}
    assert near["calls-north"] == "pending"
    assert "calls-south" not in near
    assert [p.initiative for p in evidence.pending] == ["calls-north"]


def test_many_twins_crowd_no_capability_out(knowledge: Knowledge, index: Index) -> None:
    twins = [pending(DUPLICATE, f"twin-{n:02}") for n in range(12)]
    evidence = gathered(proposal(DUPLICATE), knowledge, index, *twins)
    kinds = [c.kind for c in evidence.candidates]
    assert (kinds.count("pending"), kinds.count("capability")) == (12, 5)
    assert len([p for p in evidence.pending if p.text]) == 8  # the rest by their purpose alone
    scores = [c.score for c in evidence.candidates]
    assert scores == sorted(scores, reverse=True)


def test_the_fingerprint_changes_with_what_is_near_and_with_nothing_else(
    knowledge: Knowledge, index: Index
) -> None:
    read = proposal(DUPLICATE)
    alone = gathered(read, knowledge, index)
    unlike = gathered(read, knowledge, index, pending(UNLIKE, "menu"))
    assert unlike == alone
    twin = gathered(read, knowledge, index, pending(DUPLICATE, "twin"))
    changed = pending(DUPLICATE + "\nOne more line.\n", "twin")
    assert len({alone.knowledge, twin.knowledge}) == 2
    assert gathered(read, knowledge, index, changed).knowledge != twin.knowledge


def test_a_decided_one_is_a_precedent(knowledge: Knowledge, index: Index) -> None:
    body = proposal(DUPLICATE).source.text
    source = Source(path="p.md", sha256="1", line=1, text=body)
    past = Precedent(id="calls-24", title="Notes", body=body, outcome="reject", source=source)
    read = proposal(DUPLICATE)
    evidence = gather(read, knowledge, read_facts(read, {}), index, (), (past,))
    assert {c.entry: c.kind for c in evidence.candidates}["calls-24"] == "precedent"
    assert evidence.precedents == (past,)
    merged = past.model_copy(update={"merge_into": "CAP-2"})
    again = gather(read, knowledge, read_facts(read, {}), index, (), (merged,))
    assert again.knowledge != evidence.knowledge


def test_names_are_kept_with_their_place_and_what_declares_them(knowledge: Knowledge) -> None:
    read = proposal(EXTENSION)
    evidence = gathered(read, knowledge, None)
    text = read.source.text
    spots = [(m.entry, text[m.start : m.end], m.declared) for m in evidence.mentions]
    assert spots == [("CAP-4", "CAP-4", "reuses"), ("CAP-4", "Policy wording assistant", "")]
    assert [c.id for c in evidence.capabilities] == ["CAP-4"]


def test_declared_names_nobody_registered_are_kept(knowledge: Knowledge) -> None:
    head = "---\ndepends_on: [DocVault, Falcon]\ngoals: [GOAL-1, GOAL-9]\nreuses: [other]\n---\n"
    read = proposal(head + "# N\n\nNothing.\n")
    evidence = gathered(read, knowledge, None, pending(UNLIKE, "other"))
    assert evidence.undeclared_names == ("Falcon", "GOAL-9")
    assert [a.id for a in evidence.assets] == ["AST-2", "AST-3"]  # with its successor


def test_the_registry_counts_what_there_was_to_compare_with(knowledge: Knowledge) -> None:
    registry = gathered(proposal(UNLIKE), knowledge, None).registry
    assert (registry["capability"], registry["asset"], registry["goal"]) == (5, 4, 1)
    assert (registry["behaviours"], registry["assets_folder"]) == (0, 1)


def test_the_query_says_what_it_does_and_leaves_out_costs_and_people() -> None:
    text = (
        "# Menu bot\n\n## Costs\n\nIt costs 40,000 euros.\n\n## What it does\n\nIt translates."
        "\n\n## People\n\nAnna Berg is accountable.\n"
    )
    assert search_text(proposal(text)) == "Menu bot It translates."


def test_a_text_without_purposeful_sections_is_searched_with_what_there_is() -> None:
    text = "# Menu bot\n\n## Costs\n\nIt costs 40,000 euros.\n"
    assert search_text(proposal(text)) == "Menu bot It costs 40,000 euros."


def test_systems_mentioned_in_passing_are_found_by_the_words_of_their_title(
    knowledge: Knowledge,
) -> None:
    title = sorted(c.title for c in knowledge.of(Capability) if len(c.title.split()) >= 2)[0]
    short = f"{title.split()[0]} {title.split()[-1]}".lower()
    once = f"For {short} we compare rates."
    for text, count in (
        (f"# Letters\n\n{once}", 1),
        (f"# Letters\n\n{once} {once} {once}", 0),
        (f"# A better {short}\n\n{once}", 0),
    ):
        assert len(gathered(proposal(text), knowledge, None).neighbours) == count, text


def test_the_last_review_of_what_is_named_is_gathered_and_makes_a_new_draft(
    knowledge: Knowledge,
) -> None:
    read = proposal("# Idea\n\nIt works like the Call summaries (CAP-1).\n")
    source = Source(path="p", sha256="1", line=1, text="Notes.")
    decided = Precedent(
        id="calls-24", title="Call summaries", source=source, outcome="approve_with_conditions",
        decided="2026-03-02", version=2, open_conditions=("Ask the council.",),
    )  # fmt: skip
    other = decided.model_copy(update={"id": "else", "title": "Something else"})

    def with_past(*past: Precedent) -> Evidence:
        return gather(read, knowledge, read_facts(read, {}), None, (), past)

    evidence = with_past(decided, other)
    review = evidence.reviews["CAP-1"]
    assert (review.initiative, review.version) == ("calls-24", 2)
    assert review.open_conditions == ("Ask the council.",)
    assert set(evidence.reviews) == {"CAP-1"}
    assert with_past(other).knowledge == with_past().knowledge != evidence.knowledge
    met = decided.model_copy(update={"open_conditions": ()})
    assert with_past(met).knowledge != evidence.knowledge
