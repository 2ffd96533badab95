"""How a proposal and something that exists compare, facet by facet, each with the words of both.

Facets are facts and words only; what follows from them is decided in relations.py. Pure.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from agent.intake.language import split
from agent.intake.query import WIDE, purpose_sentences, search_text
from agent.intake.words import whole_words
from agent.readers.rules.behaviours import Said
from agent.readers.rules.facet_behaviour import behaviour
from agent.readers.rules.results import first_with, outputs
from agent.readers.rules.sides import SHOWN, Other, Side, own_words, side_of, their_words
from agent.schema.assessment import FacetReading, Quote
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from knowledge.entries import Capability
from knowledge.patterns import lazy
from knowledge.vocabulary import ORDERED_FACTS, Likeness

Facets = dict[str, FacetReading]
FACETS: Final = (
    "purpose", "users", "data", "automation", "behaviour", "outputs", "affected", "domain",
)  # fmt: skip
"""In the order in which they are shown."""
FACTS: Final = {
    "users": "audience",
    "data": "data",
    "automation": "automation",
    "affected": "affected",
    "domain": "domain",
}
UNKNOWN: Final = FacetReading(value="unknown")
EARLY: Final = 1500
"""Characters of the other side in which it says what it gives."""
_BLOCK: Final = lazy(r"[^\n]+(?:\n(?!\s*(?:\n|[-*#|]))[^\n]+)*")


def compare(
    proposal: Proposal, evidence: Evidence, other: Other, said: Sequence[Said] = ()
) -> Facets:
    """Every facet in order; the purpose is left to `purpose_of`. `said`: what the proposal states
    of its own behaviour. Where one side does not say, the words of the other stay."""
    side = side_of(other)
    facts = {name: fact.values for name, fact in evidence.facts.items()}
    words = search_text(proposal, WIDE)
    values = likenesses(facts, words, side.facts, side.words[:EARLY])
    found = {
        name: FacetReading(
            value=values[name],
            own=own_words(fact, proposal, evidence.facts),
            theirs=their_words(fact, side),
        )
        for name, fact in FACTS.items()
    }
    found["outputs"] = _outputs(values["outputs"], words, proposal, side)
    found["behaviour"] = behaviour(said, other) if isinstance(other, Capability) else UNKNOWN
    return {name: found.get(name, UNKNOWN) for name in FACETS}


def likenesses(
    own: Mapping[str, Sequence[str]],
    words: str,
    theirs: Mapping[str, Sequence[str]],
    their_words: str,
) -> dict[str, Likeness]:
    """Facet → same | similar | different | unknown, from the facts (name → values) and the words
    of two sides; the same in both directions. Without purpose and behaviour."""
    found = {
        name: (_levels if fact in ORDERED_FACTS else _groups)(
            fact, own.get(fact, ()), theirs.get(fact, ())
        )
        for name, fact in FACTS.items()
    }
    return found | {"outputs": outputs_of(outputs(words), outputs(their_words))}


def _groups(name: str, own: Sequence[str], others: Sequence[str]) -> Likeness:
    """The same people or trades, or some of them."""
    del name
    value = _sets(own, others)
    return "similar" if value == "same" and set(own) != set(others) else value


def _sets(own: Sequence[str], others: Sequence[str]) -> Likeness:
    if not own or not others:
        return "unknown"
    shared = set(own) & set(others)
    if not shared:
        return "different"
    return "same" if 2 * len(shared) >= len(set(own) | set(others)) else "similar"


def _levels(name: str, own: Sequence[str], others: Sequence[str]) -> Likeness:
    if not own or not others:
        return "unknown"
    levels = ORDERED_FACTS[name]
    apart = abs(levels.index(own[-1]) - levels.index(others[-1]))
    return "same" if apart == 0 else "similar" if apart == 1 else "different"


def _outputs(value: Likeness, words: str, proposal: Proposal, side: Side) -> FacetReading:
    own, theirs = outputs(words), outputs(side.words[:EARLY])
    shared = set(own) & set(theirs)
    return FacetReading(
        value=value,
        own=_own_output(shared or own, proposal),
        theirs=_their_output(shared or theirs, side),
    )


def outputs_of(own: Sequence[str], others: Sequence[str]) -> Likeness:
    """One kind of result in common is little: letters and notes are everywhere."""
    facet = _sets(own, others)
    return "similar" if facet == "same" and len(set(own) & set(others)) < 2 else facet


def _own_output(kinds: Sequence[str] | set[str], proposal: Proposal) -> Quote | None:
    sentences = [s for s in purpose_sentences(proposal, 3) if s.kind in ("prose", "item")]
    at = first_with(kinds, [s.text for s in sentences])
    if at is None:
        return None
    chosen = sentences[at]
    text = proposal.source.text[chosen.start : chosen.end]
    return Quote(source="proposal", text=whole_words(text, SHOWN), start=chosen.start)


def _their_output(kinds: Sequence[str] | set[str], side: Side) -> Quote | None:
    spans = [
        (block.start() + a, block.start() + b)
        for block in _BLOCK.finditer(side.text[: side.body + 2 * EARLY], side.body)
        for a, b in split(block.group())
    ]
    at = first_with(kinds, [side.text[a:b] for a, b in spans])
    if at is None:
        return None
    start, end = spans[at]
    return Quote(source=side.source, text=whole_words(side.text[start:end], SHOWN), start=start)


def values_of(facets: Facets) -> dict[str, Likeness]:
    return {name: facet.value for name, facet in facets.items()}
