"""What two systems are called, beside what each text speaks of: the same thing, or sisters. Pure.

Names say what a text is about where the rest of it is a form that a whole family shares.
"""

from typing import Final

from agent.intake.words import vocabulary
from agent.readers.rules.lexicon import CONTAINERS, TALK
from agent.readers.rules.results import content

METHOD: Final = vocabulary(
    "ai artificial intelligence intelligent smart digital virtual automated automatic automate "
    "automating automation machine learning ml generative genai llm large language nlp natural "
    "processing predictive prediction advanced analytics analytic analysis triage detection "
    "support helper project program programme initiative platform engine bot chatbot suite "
    "software prototype pilot version data based"
)
"""Words of a title that say how something works, not what it works on."""


TEXT: Final = 12
COPIED: Final = 0.9
"""Share of the words of both texts, of at least TEXT, from which on they are one text."""


def spoken_of(title: str, text: str) -> float:
    """Share of a title's words that a text speaks of, 0..1; 1 for a title that names nothing, like
    `Proposal`."""
    named = content(title) - TALK
    return len(named & content(text)) / len(named) if named else 1.0


def sister_titles(title: str, text: str, other: str, other_text: str) -> bool:
    """Whether the titles share a word and each names something that the other text never speaks
    of: `Triage of visa applications` beside `Triage of work permits`. The same in both directions.

    Among real descriptions, 159 of 164 other systems of the same agency with a word of the title in
    common are told so, and 3 of 249 that were the same (whose titles were equal or nearly so: of a
    system that got another name, too few are known to say).
    """
    mine, theirs = content(title), content(other)
    if not mine & theirs or _one_text(content(text), content(other_text)):
        return False
    silent = mine - METHOD - CONTAINERS - content(f"{other} {other_text}")
    return bool(silent) and bool(theirs - METHOD - CONTAINERS - content(f"{title} {text}"))


def _one_text(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """A text handed in again under another name is no sister: the rest of it differs in nothing."""
    every = mine | theirs
    return len(every) >= TEXT and len(mine & theirs) >= COPIED * len(every)
