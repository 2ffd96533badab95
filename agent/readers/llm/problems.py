"""What is wrong with an answer, in sentences that a model can act on.

Owns the checks that several calls share; each gives exact sentences and changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from agent.readers.llm.material import Material
from agent.readers.llm.said import quoted, said

MOST: Final = 20
"""Sentences that are sent back; a worse answer is not saved by more of them."""
CHECKED: Final = 400
"""Quotes that are looked up; a flood of them is cut anyway."""
SHOWN: Final = 120


def listed(problems: Iterable[str]) -> tuple[str, ...]:
    """The first of them; the rest is not even looked for."""
    return tuple(islice(problems, MOST))


def ids_once(where: str, given: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    """Every wanted id exactly once, and no other."""
    counts = Counter(given)
    for id_ in wanted:
        if id_ not in counts:
            yield f"{where}: {id_} is missing; add a row for it."
    for id_, count in counts.items():
        if id_ not in wanted:
            yield f"{where}: “{said(id_, SHOWN)}” is not in the list; leave it out."
        elif count > 1:
            yield f"{where}: {id_} stands {count} times; keep one row."


def quotes_stand(
    where: str, spans: Iterable[str], source: str, material: Material
) -> Iterator[str]:
    called = "the proposal" if source == "proposal" else source
    for span in islice(spans, CHECKED):
        if not span.strip():
            yield f"{where}: an empty quote; drop it."
        elif not material.stands(quoted(span), source):
            yield (
                f"{where}: “{said(span, SHOWN)}” does not stand in {called}; copy one contiguous"
                " span exactly, or drop it."
            )


def one_of(where: str, subject: str, wanted: Iterable[str], kind: str) -> Iterator[str]:
    if subject not in wanted:
        yield f"{where}: “{said(subject, SHOWN)}” is no {kind} of the list; correct or drop it."
