"""Kinds of result that a text speaks of (a note, a score, a letter), and the words that carry it.

Owns the words for each kind; compares nothing. Pure.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from agent.intake.language import stem, words
from agent.readers.rules.lexicon import STOP
from knowledge.patterns import lazy

_OUTPUTS: Final[dict[str, str]] = {
    "note": r"(?<!sick )(?:notes?|minutes|summar(?:y|ies|ises?|izes?|ised|ized)|"
    r"condens\w+)",
    "letter": r"letters?|mails?|e-?mails?|repl(?:y|ies)|messages?|drafts?",
    "answer": r"answers? (?:the |a |their |any )?(?:\w+ )?questions?|chat ?bot|customer chat|"
    r"question bot|ask in their own words|asks? (?:it|the assistant)|asking the \w+ \w+ assistant",
    "translation": r"translat\w+",
    "order": r"ranks?|ranking|ranked|prioriti[sz]\w+|in an order|the order of|queue",
    "score": r"scores?|scoring|risk class|likelihood|probability",
    "forecast": r"forecasts?|predicts?|prediction|estimates?",
    "alert": r"alerts?|flags?|signals?|warns?|suspicious|anomal\w+|fraud",
    "category": r"categor\w+|classif\w+|rout(?:es?|ed|ing)|assigns?|triage\w*|sorts?",
    "extraction": r"extract\w*|reads? (?:the |scanned )?(?:documents?|invoices?|forms?)|prefill\w*|"
    r"recogni[sz]\w+|ocr",
    "search": r"search\w*|finds? (?:the )?(?:clauses?|paragraphs?|documents?|passages?)|retriev\w+",
    "price": r"prices?|pricing|premiums?|discounts?|tariffs?",
    "appointment": r"appointments?|schedul\w+|bookings?|books? (?:a|an|the)|dispatch\w*|visits?",
    "decision": r"declin\w+|refus\w+|pays? out|payouts?|approves?|rejects?|eligib\w+",
    "code": r"source code|program code|unit tests?|code assistant",
    "transcript": r"transcri\w+|speech[- ](?:to|recogni\w+)|written words|spoken words",
    "image": r"photos?|images?|pictures?|damage assessment",
}
_OUTPUT: Final = lazy(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _OUTPUTS.items())
    + r")(?![\w-])"
)


@lru_cache(maxsize=4096)
def outputs(text: str) -> tuple[str, ...]:
    """Kinds of result that a text speaks of, by name."""
    return tuple(sorted({m.lastgroup for m in _OUTPUT.finditer(text.lower()) if m.lastgroup}))


def first_with(kinds: Iterable[str], sentences: Iterable[str]) -> int | None:
    """Index of the first sentence that speaks of most of these kinds; None where none does."""
    wanted = frozenset(kinds)
    counts = [len(wanted.intersection(outputs(sentence))) for sentence in sentences]
    most = max(counts, default=0)
    return counts.index(most) if most else None


def content(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(word) for word in words(text) if word not in STOP and len(word) > 2)
