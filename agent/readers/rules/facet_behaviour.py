"""The facet `behaviour`: what the proposal says of how it behaves towards people, beside what an
entry's `behaviours` say. Pure.

Compares only what both state in comparable words; which of the two is laxer is laxer.py's, whether
that is a breach consistency.py's.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from agent.intake.words import whole_words
from agent.readers.rules.behaviour_words import SPEAKS
from agent.readers.rules.behaviours import Said, read_behaviour
from agent.readers.rules.laxer import laxer
from agent.schema.assessment import FacetReading, Quote
from knowledge.entries import Capability
from knowledge.vocabulary import BEHAVIOURS, Likeness

SHOWN: Final = 240
STATED: Final = frozenset(
    {"disclosure", "handoff", "refusal", "confidence", "explanation", "appeal"}
)
"""Behaviours of which it says much that both have them at all."""


class _Pair(NamedTuple):
    alike: bool
    ours: Said
    wanted: str
    """The entry's words."""


def behaviour(said: Sequence[Said], other: Capability) -> FacetReading:
    """Same where all that can be compared is the same, different where none is; the quotes are of
    the first difference, else of the first likeness."""
    pairs = list(_pairs(said, other))
    if not pairs:
        return FacetReading(value="unknown")
    shown = next((p for p in pairs if not p.alike), pairs[0])
    alike = sum(pair.alike for pair in pairs)
    value: Likeness = "same" if alike == len(pairs) else "similar" if alike else "different"
    return FacetReading(value=value, own=_own(shown.ours), theirs=_theirs(shown.wanted, other))


def stricter(said: Sequence[Said], other: Capability) -> list[str]:
    """What the proposal promises people and the entry does not keep, as far as both say."""
    found: dict[str, str] = {}
    for key, wanted in _stated(other):
        theirs = read_behaviour(key, wanted)
        for ours in (s for s in said if s.key == key and not s.denied):
            if (more := laxer(theirs, ours)) is not None:
                found.setdefault(key, f"{key}: {more.theirs} (it {_lower(more.ours)})")
    return list(found.values())


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _stated(other: Capability) -> Iterator[tuple[str, str]]:
    """The automation is a facet of its own."""
    for key in BEHAVIOURS:
        if key != "automation" and key in other.behaviours:
            yield key, other.behaviours[key]


def _pairs(said: Sequence[Said], other: Capability) -> Iterator[_Pair]:
    """One for each behaviour that both state comparably: a difference before a likeness."""
    for key, wanted in _stated(other):
        theirs = read_behaviour(key, wanted)
        ours = [s for s in said if s.key == key]
        apart = [s for s in ours if _differ(s, theirs)]
        near = [s for s in ours if _agree(s, theirs)]
        if apart or near:
            yield _Pair(not apart, (apart or near)[0], wanted)


def _differ(ours: Said, theirs: Said) -> bool:
    if ours.key != "retention" and ours.denied != theirs.denied:
        return True
    return laxer(ours, theirs) is not None or laxer(theirs, ours) is not None


def _agree(ours: Said, theirs: Said) -> bool:
    """Both have it. That `the manager decides` is no way to a person for whoever asks for one."""
    if ours.key in STATED:
        return ours.denied == theirs.denied and bool(SPEAKS[ours.key].search(theirs.text))
    return bool(ours.duration and theirs.duration and ours.matters & theirs.matters)


def _own(said: Said) -> Quote | None:
    if said.start < 0:
        return None
    return Quote(source="proposal", text=whole_words(said.text, SHOWN), start=said.start)


def _theirs(wanted: str, other: Capability) -> Quote | None:
    text = whole_words(wanted.rstrip("."), SHOWN)
    start = other.source.text.find(text)
    return Quote(source=other.id, text=text, start=start if start >= 0 else None)
