"""A review with a model's reader: its time against its longest chain of calls, and its tokens.

The endpoint is scripted and answers each call after one second, so that what is left over is ours.
"""

import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from pydantic import SecretStr

from agent.intake.proposal import parse
from agent.readers.llm.reader import Asks, LlmReader
from agent.schema.office import ModelSettings
from agent.settings import Settings, load_settings
from agent.wiring import Library, open_library, open_review
from agent.workspace import PACKS, make_office
from evals.scripted.reply import Reply, tool_calls
from evals.scripted.server import Asked, ModelServer
from evals.scripted.stand_in import stand_in
from knowledge.entries import Requirement
from tests.bench.bench_command import proposal_text
from tests.bench.row import Row
from tests.support.demo_office import demo_evidence, demo_knowledge, demo_proposal

ANSWER_SECONDS = 1.0
TOKENS = 20_000


def bench_model() -> Iterator[Row]:
    """Two turns with tools and the answer are the longest chain: three seconds of the endpoint."""
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        make_office(office, list(PACKS))
        with ModelServer(_with_look_ups) as server:
            settings = _settings(office, server.base_url)
            library = open_library(settings, lambda _sentence: None)
            asyncio.run(_review(library, settings, "warm"))
            server.asked.clear()
            start = time.perf_counter()
            asyncio.run(_review(library, settings, "measured"))
            took = time.perf_counter() - start
            chain = _longest_chain(server.asked) * ANSWER_SECONDS
        yield Row("model review, answers after 1 s", took, 1.15, chain, "longest chain of calls")


def bench_tokens() -> Row:
    """All that is sent for a usual proposal and twenty requirements, estimated as `--dry-run` does.
    The shared prefix is counted apart, and so is what a turn with tools sends once more."""
    with tempfile.TemporaryDirectory() as folder:
        knowledge = demo_knowledge(Path(folder) / "knowledge")
        proposal = demo_proposal("wording-help-for-brokers")
        evidence = demo_evidence(proposal, knowledge)
        twenty = knowledge.of(Requirement)[:20]
        rows = {i: r.model_copy(update={"applies": "yes"}) for i, r in evidence.applicable.items()}
        applying = evidence.model_copy(update={"requirements": twenty, "applicable": rows})
        reader = LlmReader(ModelSettings(name="scripted"), knowledge, None, _nobody)
        plan = reader.plan(proposal, applying)
    words = len(proposal.source.text.split())
    name = f"model input, {words} words, {len(twenty)} requirements"
    return Row(name, sum(call.tokens for call in plan), TOKENS, unit="tokens")


def _nobody() -> AbstractAsyncContextManager[Asks]:
    raise AssertionError("a plan asks nobody")


def _with_look_ups(asked: Asked) -> Reply:
    turns = sum(message["role"] == "assistant" for message in asked.messages)
    if asked.tools and turns < 2:
        query = {"query": f"answers customers {turns}", "kind": "capability"}
        return tool_calls(("search_knowledge", query)).after(ANSWER_SECONDS)
    return stand_in(asked).after(ANSWER_SECONDS)


def _longest_chain(asked: list[Asked]) -> int:
    """Calls one after the other in the call that needed most."""
    turns: dict[str, int] = defaultdict(int)
    for request in asked:
        task = request.messages[1]["content"].split("\n")[0]
        turns[task] += 1
    return max(turns.values())


async def _review(library: Library, settings: Settings, name: str) -> None:
    text = proposal_text(lines=120) + f"\nThis is the {name} text.\n"
    proposal = parse(text.encode(), "p.md")
    async with open_review(library, settings, say=lambda _sentence: None) as review:
        await review.draft(proposal, review.gather(proposal), version=1)


def _settings(office: Path, base_url: str) -> Settings:
    settings = load_settings(office, by="bench", reader="both", environ={})
    model = settings.model.model_copy(update={"name": "scripted", "base_url": base_url})
    return settings.model_copy(update={"model": model, "api_key": SecretStr("none")})
