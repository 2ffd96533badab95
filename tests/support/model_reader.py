"""A model for tests: a second implementation of the conversation, which answers from a script.

It does what `Chat` does with an answer (check, one repair, the better of both) and sends nothing.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from agent.readers.llm.material import Material
from agent.readers.llm.types import Answer, Brief, EndpointError, Tool, Usage
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from tests.support.evidence import NOTICE, PLANNED, SORTS, evidence, parsed

M = TypeVar("M", bound=BaseModel)
Said = Mapping[str, Any] | Exception | Callable[[Sequence[Tool]], Mapping[str, Any]]
ONE = Usage(calls=1, input_tokens=100, cached_tokens=40, output_tokens=10)


@dataclass
class ScriptedModel:
    """Answers by the name of the call; a list is answered one after the other."""

    script: Mapping[str, Said | list[Said]]
    briefs: list[Brief] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    offered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    opened: int = 0
    closed: int = 0

    @asynccontextmanager
    async def chat(self) -> AsyncIterator["ScriptedModel"]:
        self.opened += 1
        try:
            yield self
        finally:
            self.closed += 1

    async def ask(
        self,
        brief: Brief,
        model: type[M],
        *,
        tools: Sequence[Tool] = (),
        check: Callable[[M], Sequence[str]] | None = None,
        repair: Callable[[Sequence[str]], str],
        deadline: float | None = None,
    ) -> Answer[M]:
        assert deadline is not None
        self.briefs.append(brief)
        self.offered[brief.name] = tuple(tool.name for tool in tools)
        said = self.script[brief.name]
        turns = list(said) if isinstance(said, list) else [said]
        value = model.model_validate(_told(turns.pop(0), tools))
        problems = tuple(check(value)) if check else ()
        if not problems or not turns:
            return Answer(value, ONE, repaired=False, tool_calls=0)
        self.repairs.append(repair(problems))
        second = model.model_validate(_told(turns.pop(0), tools))
        return Answer(second, ONE + ONE, repaired=True, tool_calls=0)


def _told(said: Said, tools: Sequence[Tool]) -> Mapping[str, Any]:
    if isinstance(said, Exception):
        raise said
    return said(tools) if callable(said) else said


def busy() -> EndpointError:
    return EndpointError("rate", "api.example:443 was busy (429) after 4 tries", usage=ONE)


def material(
    proposal: Proposal | None = None, gathered: Evidence | None = None, **changes: Any
) -> Material:
    values = {"proposal": proposal or parsed(), "evidence": gathered or evidence()}
    return Material(**(values | {"marker": "m4rk"} | changes))


# --- answers about the proposal of tests.support.evidence ------------------------------------


def requirement(id_: str, status: str = "absent", *quotes: str, **changes: Any) -> dict[str, Any]:
    row = {
        "id": id_,
        "quotes": list(quotes),
        "nearest": [],
        "reason": "The text says no more.",
        "status": status,
        "ask": "" if status == "in_place" else "State it.",
    }
    return row | changes


def goal(id_: str, verdict: str = "not_addressed", **changes: Any) -> dict[str, Any]:
    row = {
        "id": id_,
        "proposal_quotes": [],
        "goal_quotes": [],
        "reason": "",
        "verdict": verdict,
        "refuses_remedy": False,
    }
    return row | changes


def facet(value: str, own: str = "", theirs: str = "") -> dict[str, str]:
    return {"own": own, "theirs": theirs, "value": value}


def overlap(entry: str, relation: str = "duplicate", **changes: Any) -> dict[str, Any]:
    theirs = changes.get("entry_quotes", ["Sorts claims by urgency."])
    words = facet("same", SORTS, theirs[0]) if theirs else facet("unknown")
    row = {
        "entry": entry,
        "proposal_quotes": [SORTS],
        "entry_quotes": ["Sorts claims by urgency."],
        "purpose": words,
        "users": facet("unknown"),
        "data": facet("unknown"),
        "automation": facet("unknown"),
        "behaviour": facet("unknown"),
        "outputs": words,
        "relation": relation,
        "missing": [],
        "reason": "Both sort claims by urgency.",
        "disposition": "join",
    }
    return row | changes


def finding(rule: str, subject: str = "", **changes: Any) -> dict[str, Any]:
    row = {
        "rule": rule,
        "subject": subject,
        "quotes": [],
        "nearest": [],
        "claim": "It is missing.",
        "ask": "State it.",
    }
    return row | changes


def leaning(rule: str, subject: str, *quotes: str, **changes: Any) -> dict[str, Any]:
    row = {
        "rule": rule,
        "subject": subject,
        "quotes": list(quotes),
        "claim": "It reads from it.",
        "ask": "",
    }
    return row | changes


def differing(rule: str, subject: str, ours: str, theirs: str, **changes: Any) -> dict[str, Any]:
    row = {
        "rule": rule,
        "subject": subject,
        "proposal_quotes": [ours],
        "entry_quotes": [theirs],
        "difference": "Two years here, one there.",
        "ask": "",
        "refuses_remedy": False,
    }
    return row | changes


def careful() -> dict[str, dict[str, Any]]:
    """What a careful reader says of it, in all four calls."""
    return {
        "trust": {
            "requirements": [
                requirement("TRUST-01", "in_place", NOTICE),
                requirement("TRUST-03", "planned", PLANNED.replace("\n", " ")),
                requirement("TRUST-10", "absent", nearest=[{"quote": SORTS, "why": "no groups"}]),
                requirement("TRUST-19", "in_place", "Results are logged for two years."),
            ],
            "questions": [{"about": "TRUST-10", "text": "Which groups matter here?"}],
        },
        "alignment_ownership": {
            "goals": [
                goal("GOAL-1", "serves", proposal_quotes=[SORTS], goal_quotes=["Faster."]),
                goal("GOAL-2"),
            ],
            "findings": [finding("role.missing", "design")],
            "questions": [],
        },
        "overlap_consistency": {
            "overlaps": [overlap("CAP-1", missing=["customers see it"], disposition="extend")],
            "unrelated": ["twin"],
            "findings": [],
            "questions": [],
        },
        "dependencies": {"findings": [], "questions": []},
    }
