"""Whether one behaviour is laxer than another, and how to say so in a title.

Owns the comparison of two statements on the same behaviour, nothing of where they stand. What
cannot be compared is not laxer. Pure.
"""

from math import inf
from typing import Final, NamedTuple

from agent.intake.quantities import Duration
from agent.intake.words import stems
from agent.readers.rules.behaviours import ANY_DATA, CONVERSATION, Said

_ROUNDING: Final = 1.05
"""Three months are ninety days."""
_KEPT: Final = ("log", "conversation", "chat", "transcript", "recording", "message", "input")


class Difference(NamedTuple):
    ours: str
    """What the proposal does, for the title: `Keeps logs 3 years`."""
    theirs: str
    """What it is measured against: `90 days`."""
    ask: str
    ratio: float = inf
    """How many times as long; without end where it is a yes against a no."""


def laxer(ours: Said, theirs: Said) -> Difference | None:
    """In what the proposal's statement is laxer than the other one; None where it is not, or where
    the two do not speak of the same thing."""
    if ours.key != theirs.key:
        return None
    if theirs.denied:
        return None
    if ours.key == "retention":
        return _retention(ours, theirs)
    if ours.denied:
        return _DENIED.get(ours.key)
    if ours.key in ("appeal", "handoff"):
        return _reply(ours, theirs)
    if ours.key == "explanation":
        return _explanation(ours, theirs)
    return _confidence(ours, theirs) if ours.key == "confidence" else None


_DENIED: Final = {
    "disclosure": Difference(
        "Does not tell people that it is a program",
        "they are told",
        "Say at the first contact that people deal with a program, and quote the wording here",
    ),
    "handoff": Difference(
        "No way to a person", "there is one", "Name the way to a person and how long it takes"
    ),
    "refusal": Difference(
        "Answers whatever is asked",
        "questions outside the scope are declined",
        "Name the scope, and what people read when they ask for something outside it",
    ),
    "confidence": Difference(
        "Does not show how sure it is",
        "it is shown",
        "Show how sure each result is, in the steps that the pattern names",
    ),
    "explanation": Difference(
        "Gives no reasons",
        "they are given with the outcome",
        "Give the main reasons together with the outcome, and show an example",
    ),
    "appeal": Difference(
        "Leaves no appeal",
        "a person answers an appeal",
        "Offer an appeal to a person and name the longest time until the answer",
    ),
}


def _retention(ours: Said, theirs: Said) -> Difference | None:
    if ours.duration is None or theirs.duration is None or not _same_matter(ours, theirs):
        return None
    if theirs.duration.bound == "least":
        shorter = ours.duration.days * _ROUNDING < theirs.duration.days
        return _kept(ours, theirs, theirs.duration.days / ours.duration.days) if shorter else None
    ratio = _ratio(ours.duration, theirs.duration)
    return _kept(ours, theirs, ratio) if ratio > _ROUNDING else None


def _kept(ours: Said, theirs: Said, ratio: float) -> Difference:
    what = next((word for word in _KEPT if set(stems(word)) & ours.matters), "")
    long, allowed = _written(ours.duration), _written(theirs.duration)
    return Difference(
        f"Keeps {what + 's' if what else 'data'} {long}",
        allowed,
        f"Delete after {allowed}, or name what is needed longer, for what, and where it is kept",
        ratio,
    )


def _same_matter(ours: Said, theirs: Said) -> bool:
    """Both about conversations and logs, one about all data, or about a thing of the same name."""
    if theirs.matters & ANY_DATA and not theirs.matters & CONVERSATION:
        return True
    talk = bool(theirs.matters & CONVERSATION)
    if talk and ours.matters & CONVERSATION:
        return True
    if talk and set(stems("everything")) & ours.matters:
        return True
    return bool(ours.matters & theirs.matters - CONVERSATION - ANY_DATA)


def _reply(ours: Said, theirs: Said) -> Difference | None:
    if ours.duration is None or theirs.duration is None:
        return None
    ratio = _ratio(ours.duration, theirs.duration)
    if ratio <= _ROUNDING:
        return None
    long, allowed = _written(ours.duration), _written(theirs.duration)
    does = "Answers an appeal" if ours.key == "appeal" else "A person is reached"
    ask = f"Shorten it to {allowed}, or say why people here wait longer than elsewhere"
    return Difference(f"{does} after {long}", allowed, ask, ratio)


def _explanation(ours: Said, theirs: Said) -> Difference | None:
    if ours.on_request and not theirs.on_request:
        return Difference(
            "Gives reasons on request only",
            "together with the outcome",
            "Give the main reasons together with the outcome, without being asked",
        )
    if theirs.count and ours.count > theirs.count:
        return Difference(
            f"Gives {ours.count} reasons",
            f"at most {theirs.count}",
            f"Keep to the {theirs.count} reasons that weighed most, in plain words",
            ours.count / theirs.count,
        )
    return None


def _confidence(ours: Said, theirs: Said) -> Difference | None:
    if theirs.scale == "steps" and ours.scale not in ("", "steps"):
        named = {"percent": "a percentage", "stars": "stars", "colours": "colours"}[ours.scale]
        return Difference(
            f"Shows confidence as {named}",
            "the same named steps everywhere",
            "Show the steps that the pattern names, and set the limits for each from the tests",
        )
    return None


def _ratio(ours: Duration, theirs: Duration) -> float:
    if theirs.days == ours.days:
        return 1.0
    return ours.days / theirs.days if theirs.days else inf


def _written(duration: Duration | None) -> str:
    if duration is None:
        return ""
    if duration.days == inf:
        return "without end"
    return " ".join(duration.text.lower().split()).removeprefix("within ")
