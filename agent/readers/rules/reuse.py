"""What the text itself says of something that exists: builds on it, uses it, differs from it.

Reads the sentences around a mention; what follows from them is decided in overlap.py.
"""

from itertools import pairwise
from typing import Final, NamedTuple

from agent.intake.cues.passage import READ_OF
from agent.intake.names import tokens_of
from agent.intake.words import whole_words
from agent.readers.rules.lexicon import STOP
from agent.readers.rules.results import content
from agent.schema.assessment import Quote
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal, Sentence
from knowledge.patterns import lazy

BUILDS: Final = lazy(
    r"\b(builds?|building|built) (up)?on\b|\bextend\w*\b|\bextension\b|\badd(s|ed|ing)? "
    r".{0,60}\bto\b|"
    r"\bon top of\b|\bexpand\w*\b|\b(open|opens|opening|opened|roll\w*|widen\w*)\b.{0,60}\b(to|"
    r"for)\b|"
    r"\breus(e|es|ing)\b|\benlarg\w+|\balso for\b|\bnew version of\b|\bsecond (group|line|team)\b"
)
ADDS: Final = lazy(
    r"\b(extend\w*|extension|expand\w*|enlarg\w+|widen\w*|open(s|ing|ed)?|roll\w*)\b.{0,80}"
    r"\b(to|for|by|with|beyond)\b|\badd(s|ed|ing)? .{1,60}\bto\b|\balso for\b|"
    r"\bsecond (group|line|team)\b"
)
DIFFERS: Final = lazy(
    r"\b(unlike|differs?|different from|in contrast to|does not cover|is not enough|"
    r"cannot (do|be used)|not suitable|replaces|compared with|whereas)\b"
)
USES: Final = lazy(
    r"\b(takes?|uses?|using|used|reads?|receives?|gets?|fed|from|input|relies on|rests? on|needs?|"
    r"calls?|as (read|found|computed|delivered) by|through|with the help of|depends? on)\b"
)


class Said(NamedTuple):
    """What the team says of one existing thing."""

    builds: tuple[Quote, ...] = ()
    adds: tuple[Quote, ...] = ()
    """Those of `builds` that say for whom or by what it is extended."""
    differs: tuple[Quote, ...] = ()
    uses: tuple[Quote, ...] = ()
    """It is an input: something to lean on, not something that does the job already."""
    mentioned: bool = False
    declared: bool = False
    """The front matter's `reuses` names it."""


def said_of(entry: str, title: str, proposal: Proposal, evidence: Evidence) -> Said:
    mentions = [m for m in evidence.mentions if m.entry == entry]
    declared = any(m.declared == "reuses" for m in mentions) or entry in proposal.declared.reuses
    text = proposal.source.text
    places = [m for m in mentions if not m.declared]
    if tokens_of(title) == tokens_of(proposal.title):
        places = []  # its own name: the text speaks of itself there
    named = [
        s
        for s in proposal.sentences
        if s.kind != "heading" and any(s.start <= m.start < s.end for m in places)
    ]
    builds = [*named, *_title_sentence(title, proposal)]
    said = Said(
        builds=tuple(quote(s) for s in builds if BUILDS.search(s.text.lower())),
        adds=tuple(quote(s) for s in builds if ADDS.search(s.text.lower())),
        differs=tuple(quote(s) for s in named if DIFFERS.search(s.text.lower())),
        uses=tuple(quote(s) for s in named if USES.search(s.text.lower())),
        declared=declared,
    )
    by_name = any(text[m.start] != text[m.start].lower() for m in places) and bool(named)
    spoken = bool(said.builds or said.differs or said.uses)
    return said._replace(mentioned=by_name or spoken or len(mentions) > len(places))


def _title_sentence(title: str, proposal: Proposal) -> list[Sentence]:
    """The proposal's own title where it holds two words in a row of the other's title."""
    own, other = tokens_of(proposal.title), tokens_of(title)
    if own == other:
        return []
    pairs = {pair for pair in set(pairwise(own)) & set(pairwise(other)) if content(" ".join(pair))}
    pairs = {pair for pair in pairs if not STOP.intersection(pair)}
    start = proposal.source.text.find(proposal.title) if proposal.title and pairs else -1
    if start < 0:
        return []
    return [Sentence(proposal.title, start, start + len(proposal.title), 0, "heading")]


def quote(sentence: Sentence) -> Quote:
    return Quote(source="proposal", text=whole_words(sentence.text, READ_OF), start=sentence.start)
