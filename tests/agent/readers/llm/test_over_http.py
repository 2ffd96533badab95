"""The reader over real HTTP: the scripted endpoint checks every request and answers as told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr

from agent.draft.verify import verify
from agent.readers.llm.chat import Chat
from agent.readers.llm.reader import LlmReader
from agent.schema.assessment import FacetReading, OverlapReading, Quote
from agent.schema.office import ModelSettings
from agent.schema.reading import Reading
from evals.scripted.reply import Reply, content, error, tool_calls, value
from evals.scripted.server import Asked, ModelServer
from knowledge.index import Index
from knowledge.reading import Knowledge
from knowledge.transport.calling import open_transport
from knowledge.transport.endpoint import Endpoint, Limits
from tests.support.evidence import NOTICE, SORTS, draft_of, evidence, own, parsed, rules
from tests.support.model_reader import careful, facet, overlap, requirement

KEY = "sk-scripted-secret"
SORTED = "Sorts claims by urgency."
FAST = Limits(attempts=2, first_wait=0.01, longest_wait=0.1)
Script = Callable[[Asked], Reply]


def about(asked: Asked) -> str:
    """Which of the four calls a request belongs to."""
    told = {
        "# Task: trust": "trust",
        "# Task: goals": "alignment_ownership",
        "# Task: overlap": "overlap_consistency",
        "# Task: what": "dependencies",
    }
    return next(name for start, name in told.items() if start in asked.text)


def answers(asked: Asked) -> Reply:
    return value(careful()[about(asked)]) if asked.schema else content("Nothing to look up.")


def read(script: Script, knowledge: Knowledge, index: Index) -> tuple[Reading, ModelServer]:
    with ModelServer(script, key=KEY) as server:
        settings = ModelSettings(name="scripted", base_url=server.base_url, review_seconds=20)

        @asynccontextmanager
        async def chat() -> AsyncIterator[Chat]:
            async with open_transport(Endpoint(server.base_url, KEY), FAST) as transport:
                yield Chat(settings, SecretStr(KEY), transport)

        reader = LlmReader(settings, knowledge, index, chat)
        return asyncio.run(reader.read_counted(parsed(), evidence())), server


def test_a_whole_reading(knowledge: Knowledge, index: Index) -> None:
    reading, server = read(answers, knowledge, index)
    assert server.refused == []
    assert reading.failed == ()
    assert reading.usage.calls == len(server.asked) == 6
    assert sorted(a.schema for a in server.asked if a.schema) == sorted(careful())
    checked = verify(reading.assessment, parsed(), evidence())
    assert {c.check for f in checked.findings for c in f.citations} == {"exact"}
    assert KEY not in json.dumps([a.body for a in server.asked]) + reading.model_dump_json()


def test_a_look_up_comes_back_in_a_fence_of_the_call(knowledge: Knowledge, index: Index) -> None:
    def script(asked: Asked) -> Reply:
        looked = any(message["role"] == "tool" for message in asked.messages)
        if asked.tools and not looked and about(asked) == "overlap_consistency":
            search = {"query": "notes on phone calls", "kind": "capability"}
            return tool_calls(("search_knowledge", search), ("read_entry", {"id": "CAP-4"}))
        return answers(asked)

    reading, server = read(script, knowledge, index)
    assert server.refused == []
    last = next(a for a in server.asked if a.schema == "overlap_consistency")
    marker = last.text.split("Marker of this call: ")[1].split("\n")[0]
    found, entry = (m["content"] for m in last.messages if m["role"] == "tool")
    assert found.startswith(f"<<<{marker} found\n[CAP-1] Call summaries")
    assert entry.startswith(f"<<<{marker} entry\n[CAP-4]")
    assert [e.id for e in reading.assessment.consulted] == ["CAP-4"]
    assert "1 more" in reading.assessment.coverage["overlap"].note


def test_what_fails_is_told_and_the_rest_stands(knowledge: Knowledge, index: Index) -> None:
    def script(asked: Asked) -> Reply:
        name = about(asked)
        if name == "trust":
            return error(429)
        if name == "dependencies" and asked.schema:
            return Reply(message={"role": "assistant", "content": None, "refusal": "I will not."})
        return answers(asked)

    reading, _ = read(script, knowledge, index)
    assert reading.failed == ("trust", "dependencies")
    coverage = reading.assessment.coverage
    for row in (coverage["trust"], coverage["dependencies"]):
        assert row.state == "not_checked"
        assert row.note.startswith("the model did not read this: ")
    assert "refused" in coverage["dependencies"].note
    assert coverage["overlap"].state == "checked"


def test_a_repair_is_one_more_request_with_the_exact_problems(
    knowledge: Knowledge, index: Index
) -> None:
    def script(asked: Asked) -> Reply:
        if about(asked) == "trust" and "does not stand in the proposal" not in asked.text:
            wrong: dict[str, Any] = careful()["trust"]
            rows = [
                requirement("TRUST-01", "in_place", f"{NOTICE} Never said."),
                *wrong["requirements"][1:],
            ]
            return value(wrong | {"requirements": rows})
        return answers(asked)

    reading, server = read(script, knowledge, index)
    assert reading.failed == ()
    assert reading.usage.calls == len(server.asked) == 7
    status = {r.id: r.status for r in reading.assessment.requirements}
    assert status["TRUST-01"] == "in_place"
    assert [q.text for q in reading.assessment.requirements[0].quotes] == [NOTICE]


def relation_after(script: Script, knowledge: Knowledge, index: Index) -> tuple[str, str]:
    """(relation, users) of the draft of both readers, where the rules call CAP-1 a shared part."""
    gathered = evidence()
    rule_row = OverlapReading(
        entry="CAP-1", kind="capability", relation="shares_part", probability=0.4,
        facets={"users": FacetReading(value="unknown")},
        quotes=(own(SORTS), Quote(source="CAP-1", text=SORTED)),
    )  # fmt: skip
    reading, server = read(script, knowledge, index)
    assert server.refused == []
    draft = draft_of(rules(overlaps=(rule_row,)), reading.assessment, gathered=gathered)
    (found,) = (o for o in draft.overlaps if o.entry == "CAP-1")
    assert found.probability == 0.4
    return found.relation, found.facets["users"].value


def test_one_call_refines_relation_and_facets_and_without_it_the_calibrated_one_stands(
    knowledge: Knowledge, index: Index
) -> None:
    words = facet("different", SORTS, SORTED)

    def answered(overlaps: list[dict[str, Any]], unrelated: list[str]) -> Script:
        def script(asked: Asked) -> Reply:
            if about(asked) != "overlap_consistency" or not asked.schema:
                return answers(asked)
            told = careful()["overlap_consistency"]
            return value(told | {"overlaps": overlaps, "unrelated": unrelated})

        return script

    def broken(asked: Asked) -> Reply:
        return error(500) if about(asked) == "overlap_consistency" else answers(asked)

    refined = answered([overlap("CAP-1", "extends", users=words)], ["twin"])
    assert relation_after(refined, knowledge, index) == ("extends", "different")
    assert relation_after(answered([], ["twin"]), knowledge, index) == ("shares_part", "unknown")
    assert relation_after(broken, knowledge, index) == ("shares_part", "unknown")
