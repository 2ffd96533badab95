"""Front matter values as sentences, each an exact slice of the file's text."""

import re
from collections.abc import Iterator
from typing import Any

from agent.intake.language import split
from agent.schema.proposal import Sentence
from knowledge.frontmatter import FrontMatter
from knowledge.patterns import lazy
from knowledge.text import CleanText

_LEAD = lazy(r"[ \t]*(?:-[ \t]+)*(?:[^:\n]*:[ \t]*(?=[\[{]))?")
_INDICATOR = lazy(r"[|>][+-]?\d?[+-]?[ \t]*(?:#[^\n]*)?\n")


def front_sentences(source: CleanText, front: FrontMatter) -> Iterator[Sentence]:
    """Sentences of the values in the order of the file; the id says nothing."""
    if not front.values:
        return
    starts = [0]
    while (at := source.text.find("\n", starts[-1], front.body)) >= 0:
        starts.append(at + 1)
    starts.append(front.body)
    placed = []
    done = 0  # values come in the order of the file, so each is looked for after the one before
    for path, key, value in _leaves("", "", front.values):
        if path == "id" or not value.strip():
            continue
        first, last = front.spans[path]
        low = starts[first - 1]
        high = starts[min(last, len(starts) - 1)]
        start, end, exact = _place(source.text, max(low, done), high, key, value, done <= low)
        placed.append((start, end))
        done = end if exact else done
    for start, end in sorted(set(placed)):
        for low, high in split(source.text[start:end]):
            said = source.text[start + low : start + high]
            yield Sentence(said, start + low, start + high, 0, "front")


def _leaves(path: str, key: str, value: Any) -> Iterator[tuple[str, str, str]]:
    """(path, name of its field or '' for a list item, value)."""
    if isinstance(value, str):
        yield path, key, value
        return
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(f"{path}.{name}" if path else name, name, item)
        return
    for at, item in enumerate(value):
        yield from _leaves(f"{path}.{at}", "", item)


def _place(
    text: str, low: int, high: int, key: str, value: str, fresh: bool
) -> tuple[int, int, bool]:
    """(start, end, as written): where a value cannot be found as written, its whole stretch.

    `fresh`: nothing was found on its first line so far.
    """
    lead = None
    if key:
        lead = re.compile(rf"['\"]?{re.escape(key)}['\"]?[ \t]*:").search(text, low, high)
    elif fresh:
        lead = _LEAD.match(text, low, high)
    after = lead.end() if lead else low
    written = value.rstrip("\n")
    at = text.find(written, after, high)
    if at >= 0:
        return at, at + len(written), True
    indicator = _INDICATOR.match(text, after + _blank(text, after), high)
    start = indicator.end() if indicator else after
    start += _blank(text, start)
    return start, start + len(text[start:high].rstrip()), False


def _blank(text: str, at: int) -> int:
    found = re.compile(r"[ \t\"']*").match(text, at)
    return found.end() - at if found else 0
