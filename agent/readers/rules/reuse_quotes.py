"""The pair of sentences, one of either side, that shows best what is alike.

Rare words that both share show it, and kinds of result named in other words (`condensed` beside
`short note`). Claims nothing. Pure.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from agent.intake.language import split
from agent.intake.query import purpose_sentences
from agent.intake.words import whole_words
from agent.readers.rules.results import content, outputs
from agent.schema.assessment import Quote
from agent.schema.proposal import Proposal
from knowledge.patterns import lazy

_BLOCK: Final = lazy(r"[^\n]+(?:\n(?!\s*(?:\n|[-*#|]))[^\n]+)*")
SHOWN: Final = 240
"""A longer quote is cut at the sentence that is nearest."""
MOST: Final = 60
"""Sentences of either side that are paired: what something does is said early."""

Span = tuple[int, int]


def alike(
    proposal: Proposal, source: str, text: str, body: int
) -> tuple[Quote | None, Quote | None]:
    """A quote of the proposal's purpose and one of the other text, from `body` on in it; where no
    two sentences share enough, each is the one that shares most with all of the other side."""
    readable = [s for s in purpose_sentences(proposal, 3) if s.kind in ("prose", "item")]
    own_text = proposal.source.text
    own = [(s.start, s.end) for s in readable[:MOST]]
    blocks = [m.span() for m in _BLOCK.finditer(text, body)]
    theirs = [(a + x, a + y) for a, b in blocks for x, y in split(text[a:b])][:MOST]
    ours, others = [own_text[a:b] for a, b in own], [text[a:b] for a, b in theirs]
    pair = _best(ours, others)
    first = pair or _best(ours, [" ".join(others)])
    second = pair or _best([" ".join(ours)], others)
    return (
        _quote("proposal", own_text, own[first[0]]) if first else None,
        _quote(source, text, theirs[second[1]]) if second else None,
    )


def _best(own: Sequence[str], theirs: Sequence[str]) -> tuple[int, int] | None:
    """Indices of the pair that shares most, rare words weighing more; the earlier of equals."""
    ours, others = [_signs(t) for t in own], [_signs(t) for t in theirs]
    often = Counter(sign for some in (*ours, *others) for sign in some)
    best, best_score = None, 0.0
    for i, mine in enumerate(ours):
        for j, other in enumerate(others):
            shared = mine & other
            if len(shared) < 2:
                continue
            weight = sum(sorted(1 / often[sign] for sign in shared))
            score = weight / (24 + len(mine) + len(other))
            if score > best_score + 1e-9:
                best, best_score = (i, j), score
    return best


def _signs(sentence: str) -> frozenset[str]:
    """Its stems, and the kinds of result it names as `(note)`."""
    return content(sentence) | {f"({kind})" for kind in outputs(sentence)}


def _quote(source: str, text: str, span: Span) -> Quote:
    start, end = span
    return Quote(source=source, text=whole_words(text[start:end], SHOWN), start=start)
