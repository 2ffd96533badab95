"""Does a quote speak to a requirement at all? The check in code that no reader can talk past. Pure."""

from agent.intake.language import stem, words
from knowledge.entries import Requirement

SHARED = 2
"""So many content words of the requirement's title, text or cues must stand in the quote."""

_EMPTY = frozenset(
    ["a", "an", "the", "and", "or", "of", "to", "in", "on", "for", "with", "by", "is", "are", "be", "been", "it", "its", "this", "that", "as", "at", "from", "not", "no", "we", "our", "us", "they", "their", "them", "he", "she", "you", "your", "has", "have", "had", "do", "does", "did", "can", "will", "may", "must", "shall", "should", "could", "would", "if", "when", "who", "which", "what", "all", "any", "each", "every", "per", "into", "about", "more", "than"]
)


def relevant(quote: str, requirement: Requirement) -> bool:
    """At least SHARED different content words in common, compared by stem."""
    about = _content(" ".join((requirement.title, requirement.text, *requirement.look_for)))
    return len(_content(quote) & about) >= SHARED


def _content(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in _EMPTY and len(word) > 2}
