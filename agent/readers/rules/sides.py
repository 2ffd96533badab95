"""Both sides of a comparison: what is known of something that exists or is proposed elsewhere, and
the words that say it.

Owns reading facts off an entry (its fields, else its prose) and finding their place in its text.
Compares nothing. Pure.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.intake.values import resolve
from agent.intake.words import whole_words
from agent.schema.assessment import Quote
from agent.schema.evidence import Pending
from agent.schema.proposal import Fact, Proposal
from knowledge.entries import Capability, Precedent

Other = Capability | Pending | Precedent
COMPARED: Final = ("audience", "affected", "data", "automation", "domain")
"""Facts that both sides may state."""
SHOWN: Final = 240
"""Characters of a quote."""
READ: Final = 4000
"""Characters of an entry's prose that facts are read from, where its fields say nothing."""
NO_WORDS: Final[Mapping[str, str]] = MappingProxyType({})


class Side(NamedTuple):
    """What is known of the other side."""

    source: str
    """Id under which its words are quoted."""
    facts: Mapping[str, tuple[str, ...]]
    told: Mapping[str, str]
    """Fact → the words that say it, as they stand in `text`."""
    words: str
    """Title, scope and prose: what kinds of result are looked for in."""
    text: str
    """As it may be quoted."""
    body: int
    """Offset in `text` where its prose begins."""


def key_of(other: Other) -> str:
    return other.initiative if isinstance(other, Pending) else other.id


def side_of(other: Other) -> Side:
    """The facts and the words of something that exists or is proposed elsewhere."""
    match other:
        case Capability():
            return _capability(other)
        case Pending():
            words = f"{other.title}\n{other.purpose or other.text}"
            return Side(other.initiative, other.facts, other.told, words, other.text, 0)
        case Precedent():
            text, words = other.source.text, f"{other.title}\n{other.purpose or other.body}"
            body = max(0, text.rfind(other.body.strip()))
            return Side(other.id, other.facts, other.told, words, text, body)


def _capability(entry: Capability) -> Side:
    """Its fields; where one is empty, what its prose says."""
    written = {
        "automation": (entry.automation,) if entry.automation else (),
        "audience": entry.audience,
        "affected": entry.affected,
        "data": entry.data,
        "domain": entry.domain,
    }
    text = entry.source.text
    facts = {name: resolve(name, values, {})[0] for name, values in written.items()}
    told = {name: field_line(text, name, values) for name, values in written.items() if values}
    if not all(facts.values()):
        read = _prose_facts(entry.title, entry.body[:READ])
        for name in COMPARED:
            if not written[name] and (values := read.get(name, Fact()).values):
                facts[name] = values
                told[name] = _in_text(read[name], text)
    words = "\n".join((entry.title, *entry.scope.covers, entry.body))
    return Side(entry.id, facts, told, words, text, max(0, text.rfind(entry.body.strip())))


@lru_cache(maxsize=4096)
def _prose_facts(title: str, prose: str) -> dict[str, Fact]:
    """What the prose of an entry says of the facts, read as a proposal's body would be."""
    return dict(read_facts(parse(f"# {title}\n\n{prose}".encode(), "entry.md", "entry"), {}))


def _in_text(fact: Fact, text: str) -> str:
    quotes = (c.quote for c in fact.citations)
    return next((q for q in quotes if q in text), "")


def field_line(text: str, name: str, values: tuple[str, ...]) -> str:
    """The field as it stands in the entry: its line and the items of its list; where the file has
    another name for it, the line that holds its first value."""
    line = re.search(rf"(?mi)^[ \t]*[\"']?{name}[\"']?[ \t]*:[^\n]*(?:\n[ \t]*-[ \t][^\n]*)*", text)
    if line is None and values:
        line = re.search(rf"(?m)^[^\n]*(?<!\w){re.escape(values[0])}(?!\w)[^\n]*", text)
    return line.group().strip() if line else ""


def their_words(name: str, side: Side) -> Quote | None:
    """The words of the other side that state a fact; None where they cannot be shown."""
    words = side.told.get(name, "")
    start = side.text.find(words) if words else -1
    return (
        Quote(source=side.source, text=whole_words(words, SHOWN), start=start)
        if start >= 0
        else None
    )


def own_words(name: str, proposal: Proposal, facts: Mapping[str, Fact]) -> Quote | None:
    """The words of the proposal that a fact rests on; None for one that a person set."""
    for cited in facts.get(name, Fact()).citations:
        start = proposal.source.offset(cited.line_start or 1)
        at = proposal.source.text.find(cited.quote, start)
        if at >= 0:
            return Quote(source="proposal", text=whole_words(cited.quote, SHOWN), start=at)
    return None
