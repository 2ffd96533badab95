"""Does a quote speak to a requirement at all? No reader can talk past this check in code. Pure."""

from agent.intake.english import ENGLISH
from agent.intake.language import stem, words
from knowledge.entries import Requirement

SHARED = 2
"""So many content words of the requirement's title, text or cues must stand in the quote."""


def relevant(quote: str, requirement: Requirement) -> bool:
    """At least SHARED different content words in common, compared by stem."""
    about = _content(" ".join((requirement.title, requirement.text, *requirement.look_for)))
    return len(_content(quote) & about) >= SHARED


def _content(text: str) -> set[str]:
    return {stem(word) for word in words(text) if len(word) > 2 and word not in ENGLISH}
