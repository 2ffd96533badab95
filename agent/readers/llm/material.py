"""What one call is made from: the proposal, its evidence, the marker of its fences.

Owns the marker, the length of what is sent and where quotes are looked up. Sends nothing.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from agent.intake.names import Names
from agent.intake.sources import PROPOSAL, Sources
from agent.schema.evidence import Evidence
from agent.schema.proposal import Citation, Proposal
from knowledge.entries import Entry
from knowledge.vocabulary import Applies

LONGEST: Final = 60_000
"""Characters of a proposal that are sent: about 13,000 tokens, forty pages."""


@dataclass(frozen=True)
class Material:
    """Everything that a call may show, and that its answer is checked against."""

    proposal: Proposal
    evidence: Evidence
    marker: str
    """Stands in no text that is sent, so that no text can open or close a fence."""
    tools: bool = False
    """Whether the model is offered tools."""
    names: Names | None = None
    """Every registered name of the office; None: only those of the evidence are known."""
    consulted: tuple[Entry, ...] = ()
    """Entries that the model looked up."""

    def with_consulted(self, entries: Iterable[Entry]) -> "Material":
        return replace(self, consulted=tuple(entries))

    @cached_property
    def whole(self) -> Evidence:
        """The evidence and what was looked up beside it."""
        return self.evidence.with_consulted(self.consulted)

    @cached_property
    def sources(self) -> Sources:
        return Sources(self.proposal, self.whole)

    @cached_property
    def shown(self) -> str:
        """The proposal as it is sent: its cleaned text, whole lines, without numbers.

        Numbers would help nobody: the program finds a quote by itself, and a model that copies two
        lines would copy the number between them.
        """
        text = self.proposal.source.text.rstrip()
        if len(text) <= LONGEST:
            return text
        return text[: text.rfind("\n", 0, LONGEST) if "\n" in text[:LONGEST] else LONGEST]

    @property
    def cut(self) -> bool:
        return len(self.shown) < len(self.proposal.source.text.rstrip())

    def cite(self, source: str, words: str) -> Citation:
        return self.sources.cite(source, words)

    def stands(self, words: str, source: str = PROPOSAL) -> bool:
        """Whether the words stand in the source; that they are only close is good enough."""
        return bool(words.strip()) and self.cite(source, words).check != "bad"

    def applies(self, rule: str) -> Applies:
        row = self.evidence.applicable.get(rule)
        return row.applies if row else "unknown"

    def registered(self, name: str) -> str | None:
        """Id of the entry that bears the name."""
        folded = " ".join(name.casefold().split())
        for entry in self.whole.entries():
            if folded in (entry.id.casefold(), " ".join(entry.title.casefold().split())):
                return entry.id
        return self.names.lookup(name) if self.names is not None else None


def new_marker(*texts: str) -> str:
    """A random word that stands in none of the texts: 64 bits, nobody guesses it."""
    while True:
        marker = secrets.token_hex(8)
        if not any(marker in text for text in texts):
            return marker
