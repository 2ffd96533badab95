"""What may be sent to a model: a team's word and the office's, closed when in doubt."""

import pytest

from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.others import pending_of, precedent_of
from agent.readers.permission import refusal, sendable
from agent.schema.evidence import Candidate, Mention, Pending
from agent.schema.proposal import Proposal
from tests.support.evidence import evidence as gathered


def proposal(front: str) -> Proposal:
    return parse(f"---\nid: here\n{front}\n---\n# Here\n\nIt sorts letters.\n".encode(), "here.md")


def refused(front: str, *never_for: str) -> str:
    here = proposal(front)
    return refusal(here, read_facts(here, {}), never_for)


@pytest.mark.parametrize("word", ["never", "Never", " NEVER "])
def test_a_team_may_keep_its_proposal_here(word: str) -> None:
    assert refused(f"model: '{word}'") == "the proposal says `model: never`"


def test_without_a_word_of_anybody_it_may_be_sent() -> None:
    assert refused("data: sensitive") == ""


@pytest.mark.parametrize(
    ("data", "kept"),
    [("none", False), ("business", False), ("personal", True), ("sensitive", True)],
)
def test_an_office_keeps_a_class_and_what_is_stricter(data: str, kept: bool) -> None:
    assert bool(refused(f"data: {data}", "personal")) is kept


@pytest.mark.parametrize("front", ["owner: Ada Example", "data: clients"])
def test_an_unknown_class_is_kept_where_any_is(front: str) -> None:
    assert "unknown" in refused(front, "sensitive")


def other(name: str, front: str) -> Pending:
    raw = f"---\nid: {name}\n{front}\n---\n# {name}\n\nIt sorts letters.\n"
    return pending_of(parse(raw.encode(), f"{name}.md"), {})


@pytest.mark.parametrize(
    ("never_for", "stay"),
    [((), ["open", "secret", "silent", "unclear"]), (("sensitive",), ["open"])],
)
def test_other_teams_texts_are_held_back_alike(never_for: tuple[str, ...], stay: list[str]) -> None:
    others = (
        other("open", "data: business"),
        other("secret", "data: sensitive"),
        other("silent", ""),
        other("unclear", "data: [business, clients]"),
        other("never", "model: never\ndata: none"),
    )
    evidence = gathered().model_copy(
        update={
            "pending": others,
            "candidates": tuple(
                Candidate(
                    entry=o.initiative,
                    kind="pending",
                    score=1,
                    dense=1,
                    lexical=1,
                    rank=1,
                    duplicate=0.99,
                )
                for o in others
            ),
            "mentions": (Mention(entry="never", name="never", start=0, end=1),),
        }
    )
    kept = sendable(evidence, never_for)
    assert [p.initiative for p in kept.pending] == stay
    assert [c.entry for c in kept.candidates] == stay
    assert kept.mentions == ()


@pytest.mark.parametrize(("data", "stays"), [("business", True), ("[business, clients]", False)])
def test_a_decided_one_is_held_back_alike(data: str, stays: bool) -> None:
    past = precedent_of(proposal(f"data: {data}"), {}, "approve", "2026-01-01")
    evidence = gathered().model_copy(update={"precedents": (past,)})
    assert bool(sendable(evidence, ("sensitive",)).precedents) is stays
