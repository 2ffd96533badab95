"""What would be sent, and that it keeps to the budget of tokens."""

import json

import pytest

from agent.readers.llm.reader import LlmReader
from agent.readers.llm.tokens import estimate
from agent.schema.evidence import Evidence
from agent.schema.office import ModelSettings
from agent.schema.proposal import Proposal
from knowledge.entries import Requirement
from knowledge.index import Index
from knowledge.reading import Knowledge
from tests.support.demo_office import demo_evidence, demo_knowledge, demo_proposal
from tests.support.evidence import parsed
from tests.support.model_reader import ScriptedModel

SETTINGS = ModelSettings(name="some-model", base_url="https://models.example/v1")
BAR = 20_000
"""Tokens over all calls, for 900 words and 20 requirements; the shared prefix is counted apart."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return demo_knowledge(tmp_path_factory.mktemp("demo") / "knowledge")


def twenty(proposal: Proposal, office: Knowledge) -> Evidence:
    """All of the demo's evidence, and exactly twenty requirements that apply."""
    evidence = demo_evidence(proposal, office)
    chosen = office.of(Requirement)[:20]
    rows = {
        id_: row.model_copy(update={"applies": "yes"}) for id_, row in evidence.applicable.items()
    }
    return evidence.model_copy(update={"requirements": chosen, "applicable": rows})


def reader(office: Knowledge, index: Index | None = None, **changes: object) -> LlmReader:
    settings = SETTINGS.model_copy(update=changes)
    return LlmReader(settings, office, index, ScriptedModel({}).chat)


def test_a_usual_proposal_keeps_to_the_budget(office: Knowledge, index: Index) -> None:
    proposal = demo_proposal("wording-help-for-brokers")
    assert 880 <= len(proposal.source.text.split()) <= 940
    evidence = twenty(proposal, office)
    plan = reader(office, index).plan(proposal, evidence)
    sent = sum(call.tokens for call in plan)
    assert sent <= 18_000
    again = sum(call.tokens - estimate(call.answer_schema) for call in plan if call.tools)
    assert again <= 8_000, "what a turn of tools sends once more, a cached prefix"
    assert sent <= BAR


def test_a_plan_shows_the_very_messages(office: Knowledge, index: Index) -> None:
    plan = reader(office, index).plan(parsed(), twenty(parsed(), office))
    assert [call.name for call in plan] == [
        "trust",
        "alignment_ownership",
        "overlap_consistency",
        "dependencies",
    ]
    assert {call.host for call in plan} == {"models.example:443"}
    assert len({call.system for call in plan}) == 1
    for call in plan:
        schema = json.loads(call.answer_schema)
        assert schema["additionalProperties"] is False
        size = len(f"{call.system}{call.user}{call.answer_schema}".encode())
        assert call.bytes == size
        assert call.tokens == estimate(call.user, call.answer_schema)
        assert not call.kept
        marker = call.user.split("Marker of this call: ")[1][:16]
        assert call.user.count(f"<<<{marker} proposal") == 1


def test_tools_are_planned_only_where_they_are_offered(office: Knowledge, index: Index) -> None:
    evidence = twenty(parsed(), office)
    offered = [call.tools for call in reader(office, index).plan(parsed(), evidence)]
    assert offered == [(), (), *[("search_knowledge", "read_entry")] * 2]
    for without in (reader(office), reader(office, index, tools=False)):
        assert {call.tools for call in without.plan(parsed(), evidence)} == {()}


def test_what_may_not_be_sent_is_not_planned(office: Knowledge) -> None:
    secret = parsed("---\nmodel: never\n---\n# Secret\n\nIt sorts.\n")
    assert reader(office).plan(secret, twenty(secret, office)) == ()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 4), ("It sorts claims.", 8), ("internationalisation", 8), ("2026", 6), ("保険", 6)],
)
def test_the_estimate_counts_as_tokenizers_cut(text: str, tokens: int) -> None:
    assert estimate(text) == tokens
