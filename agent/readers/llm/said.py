"""A model's words on their way into an assessment: cleaned, cut, counted.

Owns bounds: whatever a model sends, so much of it and no more is kept, and no control character of
it. Says nothing of what is right.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, TypeVar

from agent.intake.words import whole_words
from agent.readers.llm.material import Material
from agent.readers.llm.wire import Near, QuestionAnswer
from agent.schema.assessment import Ask, Claim, Look, Quote
from knowledge.text import clean

TITLE: Final = 120
CLAIM: Final = 400
ASK: Final = 300
QUOTE: Final = 600
WHY: Final = 200
NAME: Final = 80
QUOTES: Final = 3
LOOKS: Final = 3
QUESTIONS: Final = 5
FINDINGS: Final = 20
"""Of one call."""
NOBODY_NAMED: Final = "the model read the whole text and named no passage that comes near"
T = TypeVar("T")


def said(words: str, limit: int) -> str:
    """One line of plain text; a longer one is cut at a word and says so."""
    # Only so much is looked at: a model may send megabytes.
    flat = " ".join(clean(words[: 8 * limit]).text.split())
    return flat if len(flat) <= limit else whole_words(flat, limit - 2) + " …"


def quoted(words: str) -> str:
    """A quote, cut where it is too long: the beginning of a span is a span."""
    flat = " ".join(clean(words[: 8 * QUOTE]).text.split())
    return flat if len(flat) <= QUOTE else whole_words(flat, QUOTE)


def quotes_of(source: str, spans: Iterable[str]) -> tuple[Quote, ...]:
    some = first(spans, 2 * QUOTES)  # of a flood no more is even cleaned
    found = (Quote(source=source, text=text) for span in some if (text := quoted(span)))
    return first(dict.fromkeys(found), QUOTES)


def looks_of(nearest: Iterable[Near], taken: Collection[Quote] = ()) -> tuple[Look, ...]:
    """The trail of an absence; a reader that names no passage says that it read everything."""
    words = {quote.text for quote in taken}
    looks = [
        Look(source="proposal", text=text, why=said(near.why, WHY) or "does not satisfy")
        for near in first(nearest, 2 * LOOKS)
        if (text := quoted(near.quote)) and text not in words
    ][:LOOKS]
    if not looks and not taken:
        looks = [Look(source="proposal", text="", why=NOBODY_NAMED)]
    return tuple(looks)


def bounded(claim: Claim) -> Claim:
    """Whatever it was put together from: names of entries, the model's words, our own."""
    title, asked = said(claim.title, TITLE), said(claim.ask, ASK)
    return claim.model_copy(update={"title": title, "ask": asked})


def questions_of(questions: Iterable[QuestionAnswer], material: Material) -> tuple[Ask, ...]:
    """What each answer would change is looked up, not believed."""
    return tuple(
        Ask(text=text, about=about, changes=_changes(about, material))
        for question in first(questions, QUESTIONS)
        if (text := said(question.text, ASK)) and (about := said(question.about, NAME))
    )


def _changes(about: str, material: Material) -> tuple[str, ...]:
    if about in material.evidence.facts:
        rows = material.evidence.applicable.values()
        return tuple(sorted(row.id for row in rows if about in row.depends_on))
    return (about,) if about in material.sources else ()


def first(items: Iterable[T], most: int) -> tuple[T, ...]:
    kept: list[T] = []
    for item in items:
        if len(kept) == most:
            break
        kept.append(item)
    return tuple(kept)


def once(rows: Sequence[T], ids: Sequence[str], known: Collection[str]) -> tuple[list[T], int]:
    """The first row of each known id, and how many rows were left out."""
    kept: dict[str, T] = {}
    for row, id_ in zip(rows, ids, strict=True):
        if id_ in known:
            kept.setdefault(id_, row)
    return list(kept.values()), len(rows) - len(kept)
