"""Sentences of a finding fitted into a letter, so that nothing is said twice and none breaks. Pure.

Owns single sentences; which findings a letter holds is letter.py.
"""

import re
from collections.abc import Iterable

HOW_HERE = "State how this works here: "
"""How the rules ask for a measure; said once above the points where several ask so."""

_QUOTED = re.compile(r":\s*“([^”]*)”(?=[.!?](?:\s|$)|$)")
"""A quote that ends its sentence; cut out of the middle, it would leave no sentence."""
_LEADS_IN = re.compile(r"\b(?:says?|reads?|states?|rules out|calls? it|is|are)$")
"""What is no sentence without the quote that follows."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def bare_ask(ask: str) -> str:
    """The measure alone, where how to answer is said once for all."""
    bare = ask.removeprefix(HOW_HERE)
    return bare[:1].upper() + bare[1:]


def without_quotes(claim: str, shown: Iterable[str]) -> str:
    """The claim without the words that follow it as a quote of their own; no sentence loses the
    quote that it needs."""
    texts = [" ".join(one.split()) for one in shown]

    def keep(match: re.Match[str]) -> str:
        start = " ".join(match[1].split()).rstrip("… ")
        needed = _LEADS_IN.search(claim[: match.start()])
        follows = start and any(text.startswith(start) for text in texts)
        return "" if follows and not needed else match[0]

    return _QUOTED.sub(keep, claim)


def beyond(text: str, ask: str) -> str:
    """The sentences of a requirement that the ask does not say already."""
    said = " ".join(ask.split())
    sentences = _SENTENCE.split(" ".join(text.split()))
    return " ".join(one for one in sentences if one.rstrip(".!?") not in said)
