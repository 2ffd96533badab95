"""Answers that fit, for trying the way to a model without one: it matches words and understands
nothing. Never measure it, and never decide by what it says.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from evals.scripted.reply import Reply, content, value
from evals.scripted.server import Asked

_FENCE: Final = re.compile(r"<<<(\w+) (\w+)\n(.*?)\n\1>>>", re.DOTALL)
_ID: Final = re.compile(r"^\[([^\]\s]+)\]", re.MULTILINE)
_SENTENCE: Final = re.compile(r"[^.!?\n#|>-][^.!?\n]{20,}[.!?]")
_WORD: Final = re.compile(r"[a-z]{5,}")
_TO_COME: Final = re.compile(r"\b(?:will|planned|later|phase|intend|should|draft)\b", re.IGNORECASE)
SHARED: Final = 3
"""So many long words in common count as speaking to the point."""


def stand_in(asked: Asked) -> Reply:
    """No look-ups, then an answer in the form that was asked for."""
    if asked.schema not in _ANSWERS:
        return content("Nothing needs to be looked up.")
    fences = {name: text for _, name, text in _FENCE.findall(asked.text)}
    return value(_ANSWERS[asked.schema](fences))


def _trust(fences: Mapping[str, str]) -> dict[str, Any]:
    sentences = [match[0].strip() for match in _SENTENCE.finditer(fences["proposal"])]
    blocks = re.split(r"^(?=\[)", fences["requirements"], flags=re.MULTILINE)
    rows = [_requirement(block, sentences) for block in blocks if _ID.match(block)]
    return {"requirements": rows, "questions": []}


def _requirement(block: str, sentences: list[str]) -> dict[str, Any]:
    wanted = set(_WORD.findall(block.casefold()))
    best = max(sentences, key=lambda s: len(wanted & set(_WORD.findall(s.casefold()))), default="")
    near = len(wanted & set(_WORD.findall(best.casefold()))) >= SHARED
    status = ("planned" if _TO_COME.search(best) else "in_place") if near else "absent"
    return {
        "id": _ID.findall(block)[0],
        "quotes": [best] if near else [],
        "nearest": [],
        "reason": "The stand-in counted words that stand in both texts.",
        "status": status,
        "ask": "" if status == "in_place" else "Say in the proposal how this is done.",
    }


def _alignment(fences: Mapping[str, str]) -> dict[str, Any]:
    goals = [
        {
            "id": id_,
            "proposal_quotes": [],
            "goal_quotes": [],
            "reason": "The stand-in compares no goals.",
            "verdict": "not_addressed",
            "refuses_remedy": False,
        }
        for id_ in _ID.findall(fences["goals"])
    ]
    return {"goals": goals, "findings": [], "questions": []}


def _overlap(fences: Mapping[str, str]) -> dict[str, Any]:
    unrelated = _ID.findall(fences["candidates"])
    return {"overlaps": [], "unrelated": unrelated, "findings": [], "questions": []}


def _dependencies(_fences: Mapping[str, str]) -> dict[str, Any]:
    return {"findings": [], "questions": []}


_ANSWERS: Final[Mapping[str, Callable[[Mapping[str, str]], dict[str, Any]]]] = {
    "trust": _trust,
    "alignment_ownership": _alignment,
    "overlap_consistency": _overlap,
    "dependencies": _dependencies,
}
