"""LlmReader: a language model reads the evidence in four calls side by side.

Owns the run: which calls, their deadline, what became of each, what they cost. What is asked and
how answers are mapped is the calls' own business. Whatever fails becomes coverage that says so.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from pydantic import BaseModel

import prompts
from agent.intake.names import Names
from agent.readers.llm import alignment, dependencies, overlap, trust
from agent.readers.llm.cache import Kept, Steps, keep, key_of, recall, telling
from agent.readers.llm.call import Call, repair
from agent.readers.llm.material import Material, new_marker
from agent.readers.llm.plan import PlannedCall, planned
from agent.readers.llm.said import bounded, said
from agent.readers.llm.tools import LookUps
from agent.readers.llm.types import Answer, Brief, EndpointError, Tool, Usage
from agent.readers.permission import refusal, sendable
from agent.readers.rules.reader import RulesReader
from agent.schema.assessment import Assessment, Covered
from agent.schema.base import content_id, digest
from agent.schema.evidence import Evidence
from agent.schema.office import ModelSettings
from agent.schema.proposal import Proposal
from agent.schema.reading import Reading, Spent
from knowledge.entries import Entry
from knowledge.reading import Knowledge
from knowledge.search import Search
from knowledge.transport.endpoint import Endpoint
from knowledge.vocabulary import Dimension, ReaderName

CALLS: Final[tuple[Call[Any], ...]] = (trust.CALL, alignment.CALL, overlap.CALL, dependencies.CALL)
UNREAD: Final = "the model did not read this"
NOTE: Final = 300
GRACE: Final = 1.0
"""Seconds after the deadline until a call that did not keep it is stopped from outside."""
_NOTHING: Final = Usage()
M = TypeVar("M", bound=BaseModel)


class Asks(Protocol):
    """A conversation with a model; `chat.Chat` is the one over the network."""

    async def ask(
        self,
        brief: Brief,
        model: type[M],
        *,
        tools: Sequence[Tool] = (),
        check: Callable[[M], Sequence[str]] | None = None,
        repair: Callable[[Sequence[str]], str],
        deadline: float | None = None,
    ) -> Answer[M]: ...


MakeChat = Callable[[], AbstractAsyncContextManager[Asks]]
"""Opens the way to the model for the calls of one review, and closes it after them."""


@dataclass(frozen=True)
class _Done:
    """What became of one call."""

    call: Call[Any]
    part: Assessment
    usage: Usage = _NOTHING
    failed: bool = False


class LlmReader:
    """Claims what a model read; never raises for what the model or its endpoint does."""

    name: ReaderName = "llm"

    def __init__(
        self,
        settings: ModelSettings,
        knowledge: Knowledge,
        search: Search | None,
        make_chat: MakeChat,
        steps: Steps | None = None,
        say: Callable[[str], None] | None = None,
    ) -> None:
        """`search` None: no tools. `say` gets one sentence for each call that gave nothing."""
        self._settings = settings
        self._knowledge = knowledge
        self._search = search
        self._make_chat = make_chat
        self._steps = steps
        self._say = say or (lambda _: None)

    @property
    def fingerprint(self) -> str:
        """Another model, host, prompt, schema or line of code is another reader."""
        return content_id(
            "llm", digest(telling(self._settings)), prompts.fingerprint(), _code(), _rules()
        )

    @cached_property
    def _names(self) -> Names:
        return Names.of(self._knowledge.entries.values())

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment:
        return (await self.read_counted(proposal, evidence)).assessment

    async def read_counted(self, proposal: Proposal, evidence: Evidence) -> Reading:
        """The reading with what it cost and which calls failed. A cancelled one stops at once; what
        was finished before is kept."""
        if why := self._refusal(proposal, evidence):
            return self._reading([_failed(call, why) for call in CALLS])
        deadline = asyncio.get_running_loop().time() + self._settings.review_seconds
        material = self._material(proposal, evidence)
        done = [self._without_asking(call, material) for call in CALLS]
        open_ = [call for call, known in zip(CALLS, done, strict=True) if known is None]
        asked = iter(await self._ask_all(open_, material, deadline))
        return self._reading([known or next(asked) for known in done])

    def plan(self, proposal: Proposal, evidence: Evidence) -> tuple[PlannedCall, ...]:
        """What `read` would send now; nothing for a proposal that may not be sent."""
        if self._refusal(proposal, evidence):
            return ()
        material = self._material(proposal, evidence)
        host = Endpoint(self._settings.base_url).host
        return tuple(
            planned(
                call,
                _marked(call, material),
                host,
                kept=self._without_asking(call, material) is not None,
            )
            for call in CALLS
            if not call.idle(material)
        )

    def _refusal(self, proposal: Proposal, evidence: Evidence) -> str:
        return refusal(proposal, evidence.facts, self._settings.never_for)

    def _material(self, proposal: Proposal, evidence: Evidence) -> Material:
        """What may be sent, without a marker: each call gets its own."""
        return Material(
            proposal=proposal,
            evidence=sendable(evidence, self._settings.never_for),
            marker="",
            tools=self._settings.tools and self._search is not None,
            names=self._names,
        )

    def _without_asking(self, call: Call[Any], material: Material) -> _Done | None:
        """Nothing to ask, or answered before."""
        if why := call.idle(material):
            return _Done(call, Assessment(reader="llm", coverage=_all(call, why)))
        marked = _marked(call, material)
        kept = recall(self._steps, key_of(call, marked, self._settings), call)
        if kept is None:
            return None
        known = self._knowledge.entries
        entries = [known[id_] for id_ in kept.consulted if id_ in known]
        return _Done(call, _read(call, kept.answer, marked, entries))

    async def _ask_all(
        self, calls: Sequence[Call[Any]], material: Material, deadline: float
    ) -> list[_Done]:
        if not calls:
            return []
        async with AsyncExitStack() as stack:
            try:
                chat = await stack.enter_async_context(self._make_chat())
            except EndpointError as fault:
                return [self._gave_up(call, material, str(fault), fault.usage) for call in calls]
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(self._ask(call, material, chat, deadline)) for call in calls
                ]
            return [task.result() for task in tasks]

    async def _ask(self, call: Call[Any], material: Material, chat: Asks, deadline: float) -> _Done:
        material = _marked(call, material)
        look_ups = self._look_ups(call, material)
        try:
            async with asyncio.timeout_at(deadline + GRACE):
                answer = await chat.ask(
                    call.brief(material),
                    call.answer,
                    tools=look_ups.tools() if look_ups else (),
                    check=lambda value: call.check(value, _with(look_ups, material)),
                    repair=lambda problems: repair(material.marker, tuple(problems)),
                    deadline=deadline,
                )
        except EndpointError as fault:
            return self._gave_up(call, material, str(fault), fault.usage)
        except TimeoutError:
            seconds = f"{self._settings.review_seconds:g}"
            return self._gave_up(call, material, f"no answer within {seconds} s", _NOTHING)
        consulted = look_ups.consulted if look_ups else ()
        kept = Kept(answer.value, tuple(entry.id for entry in consulted))
        keep(self._steps, key_of(call, material, self._settings), kept)
        return _Done(call, _read(call, answer.value, material, consulted), answer.usage)

    def _look_ups(self, call: Call[Any], material: Material) -> LookUps | None:
        if not (call.uses_tools and material.tools) or self._search is None:
            return None
        return LookUps(self._knowledge, self._search, material)

    def _gave_up(self, call: Call[Any], material: Material, why: str, usage: Usage) -> _Done:
        self._say(said(f"{material.proposal.initiative}: {UNREAD} ({call.name}): {why}", NOTE))
        return replace(_failed(call, why), usage=usage)

    def _reading(self, done: Sequence[_Done]) -> Reading:
        usage = sum((d.usage for d in done), _NOTHING)
        return Reading(
            fingerprint=self.fingerprint,
            model=self._settings.name,
            prompts=prompts.fingerprint(),
            assessment=_joined([d.part for d in done]),
            usage=Spent(
                calls=usage.calls,
                input_tokens=usage.input_tokens,
                cached_tokens=usage.cached_tokens,
                output_tokens=usage.output_tokens,
            ),
            failed=tuple(d.call.name for d in done if d.failed),
        )


def _marked(call: Call[Any], material: Material) -> Material:
    """With a marker that stands in nothing the call sends."""
    return replace(material, marker=new_marker(call.brief(replace(material, marker="x")).user))


def _with(look_ups: LookUps | None, material: Material) -> Material:
    return material.with_consulted(look_ups.consulted) if look_ups else material


def _read(
    call: Call[Any], answer: object, material: Material, consulted: Sequence[Entry]
) -> Assessment:
    part: Assessment = call.read(answer, material.with_consulted(consulted))
    return part.model_copy(update={"consulted": tuple(consulted)})


def _failed(call: Call[Any], why: str) -> _Done:
    coverage = _all(call, said(f"{UNREAD}: {why}", NOTE))
    return _Done(call, Assessment(reader="llm", coverage=coverage), failed=True)


def _all(call: Call[Any], note: str) -> dict[Dimension, Covered]:
    return {dimension: Covered(state="not_checked", note=note) for dimension in call.dimensions}


def _joined(parts: Sequence[Assessment]) -> Assessment:
    consulted = {entry.id: entry for part in parts for entry in part.consulted}
    return Assessment(
        reader="llm",
        requirements=tuple(r for part in parts for r in part.requirements),
        overlaps=tuple(o for part in parts for o in part.overlaps),
        goals=tuple(g for part in parts for g in part.goals),
        claims=tuple(bounded(c) for part in parts for c in part.claims),
        questions=tuple(q for part in parts for q in part.questions),
        coverage={name: row for part in parts for name, row in part.coverage.items()},
        consulted=tuple(consulted[id_] for id_ in sorted(consulted)),
        notes=tuple(note for part in parts for note in part.notes),
    )


def _rules() -> str:
    """The mapping uses the rules' words and weights."""
    return RulesReader().fingerprint


@cache
def _code() -> str:
    """Hash of this package: a changed mapping is a changed reader."""
    seen = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]
