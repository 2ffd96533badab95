"""Find a quote in a text and say how well it stands there.

Owns the three answers: exact (only whitespace, quotation marks, hyphens and NFC differ), close
(small differences that leave the meaning alone, in one contiguous span), bad. It knows no sources.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from knowledge.patterns import lazy
from knowledge.vocabulary import Check
from knowledge.wording import Word, is_light, is_negation, is_slip, words


class Match(NamedTuple):
    """Where a quote stands: `quote` is the source's own text [start, end); all None when bad."""

    check: Check
    start: int | None = None
    end: int | None = None
    quote: str | None = None


BAD: Final = Match("bad")

_QUOTES = (
    "'\"\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00b4\u02bc"
    + ("\u275b\u275c\u275d\u275e\u301d\u301e\u301f\uff02\uff07")
)
_HYPHENS = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_PIECE = lazy(rf"(?P<space>\s+)|(?P<mark>[{_QUOTES}])|(?P<hyphen>[{_HYPHENS}]+)|.", re.DOTALL)
_FOLDED = {"space": r"\s++", "mark": f"[{_QUOTES}]", "hyphen": f"[{_HYPHENS}]++"}
_HYPHEN_END = lazy(rf"[{_HYPHENS}]\Z")
_HYPHEN = lazy("[-\u2010\u2011]")
_UNSPACED = lazy(  # scripts that write without spaces, or join particles to a word
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_LETTER = lazy(r"[^\W_]")
LONGEST: Final = 4000
"""Characters: nobody quotes more, and a longer claim is no quote."""
LONGEST_CLOSE: Final = 200
"""Words: beyond that only an exact quote is accepted."""


def find(quote: str, text: str, *, near: int | None = None) -> Match:
    """Check a quote against a source; `near` settles which of several places is meant."""
    quote = quote.strip()
    if not quote or len(quote) > LONGEST:
        return BAD
    if near is not None and _verbatim(quote, text, near):
        return Match("exact", near, near + len(quote), quote)
    places = list(_exact(quote, text))
    if places:
        start, end = _nearest(places, near)
        if _tells(quote, text, start, end, near):
            return Match("exact", start, end, text[start:end])
        return BAD
    return _close(quote, text, near)


def _nearest(places: list[tuple[int, int]], near: int | None) -> tuple[int, int]:
    return min(places, key=lambda place: (abs(place[0] - (near or 0)), place[0]))


def _tells(quote: str, text: str, start: int, end: int, near: int | None) -> bool:
    """One or two letters prove something only as a whole line, or where the reader saw them."""
    if len(_LETTER.findall(quote)) >= 3 or start == near:
        return True
    line_end = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : len(text) if line_end < 0 else line_end]
    return line.strip() == text[start:end]


# --- exact -----------------------------------------------------------------------------------


def _verbatim(quote: str, text: str, start: int) -> bool:
    """The usual case, told without a search: it stands word for word where the reader saw it."""
    end = start + len(quote)
    if not text.startswith(quote, start) or _HYPHEN_END.search(quote):
        return False
    if not (unicodedata.is_normalized("NFC", text) and _whole_words(text, start, end)):
        return False
    return len(words(quote)) < 4 or not _cuts_negation(text, start)


def _exact(quote: str, text: str) -> Iterator[tuple[int, int]]:
    pattern = _pattern(unicodedata.normalize("NFC", quote))
    if unicodedata.is_normalized("NFC", text):
        folded, offsets = text, None
    else:
        folded, offsets = _composed(text)
    turned = len(words(quote)) >= 4
    for match in pattern.finditer(folded):
        start, end = match.span()
        if not _whole_words(folded, start, end):
            continue
        if turned and _cuts_negation(folded, start):
            continue
        yield (start, end) if offsets is None else (offsets[start], offsets[end])


@lru_cache(maxsize=512)
def _pattern(quote: str) -> re.Pattern[str]:
    return re.compile(
        "".join(
            _FOLDED.get(piece.lastgroup or "") or re.escape(piece.group())
            for piece in _PIECE.finditer(quote)
        )
    )


@lru_cache(maxsize=4)
def _composed(text: str) -> tuple[str, list[int]]:
    """NFC of a text, and for each of its offsets the one in the text."""
    pieces: list[str] = []
    offsets: list[int] = []
    for cluster in re.finditer(r"[\x00-\x7f]+(?![^\x00-\x7f])|.[^\x00-\x7f]*", text, re.DOTALL):
        for start, end in _clusters(text, cluster.start(), cluster.end()):
            piece = unicodedata.normalize("NFC", text[start:end])
            pieces.append(piece)
            same = piece == text[start:end]
            offsets += range(start, end) if same else [start] * len(piece)
    offsets.append(len(text))
    return "".join(pieces), offsets


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A character with the marks and Hangul parts that may be composed with it."""
    if text[start:end].isascii():
        yield start, end
        return
    at = start
    for i in range(start + 1, end):
        if not (unicodedata.category(text[i])[0] == "M" or "\u1160" <= text[i] <= "\u11ff"):
            yield at, i
            at = i
    yield at, end


def _whole_words(text: str, start: int, end: int) -> bool:
    """A quote may not begin or end inside a word, a number or a hyphenated word."""
    return _edge(text, start - 1, start, -1) and _edge(text, end, end - 1, 1)


def _unspaced(letter: str) -> bool:
    return not letter.isascii() and bool(_UNSPACED.match(letter))


def _edge(text: str, outer: int, inner: int, step: int) -> bool:
    if not 0 <= outer < len(text) or not text[inner].isalnum() or _unspaced(text[inner]):
        return True
    if text[outer].isalnum():
        return False
    beyond = outer + step
    if not 0 <= beyond < len(text) or not text[beyond].isalnum():
        return not (step < 0 and text[outer] in "-\u2212" and text[inner].isdigit())
    if text[inner].isdigit() and text[outer] in ".,":
        return not text[beyond].isdigit()
    return not (_HYPHEN.match(text[outer]) or text[outer] in "'\u2019")


def _cuts_negation(text: str, start: int) -> bool:
    """Whether the word just before, in the same sentence, is the negation of what is quoted."""
    before = text[max(0, start - 24) : start]
    if _HYPHEN.match(before[-1:]):
        before = before[:-1]
    kept = before.rstrip(" \t\n*_\"'\u201c\u2018")
    breaks = before.count("\n", len(kept))
    if breaks > 1 or (breaks and not text[start].islower()):
        return False  # another paragraph, or another line that starts anew
    before = kept
    word = re.search(r"[^\W_]+(?:['\u2019][^\W_]+)?\Z", before)
    return word is not None and any(is_negation(w) for w, _, _ in words(word.group()))


# --- close -----------------------------------------------------------------------------------

_IMPOSSIBLE: Final = 10**6
_SEEDS: Final = 12
_PLACES: Final = 400
_WINDOWS: Final = 8
_BUCKET: Final = 8


@lru_cache(maxsize=4)
def _index(text: str) -> tuple[list[Word], dict[str, list[int]]]:
    found = words(text)
    places: dict[str, list[int]] = {}
    for at, (word, _, _) in enumerate(found):
        places.setdefault(word, []).append(at)
    return found, places


def _close(quote: str, text: str, near: int | None) -> Match:
    claimed = words(quote)
    if len(claimed) < 2 or len(claimed) > LONGEST_CLOSE or len(_LETTER.findall(quote)) < 6:
        return BAD
    source, places = _index(text)
    allowed = 0 if len(claimed) < 4 else max(1, len(claimed) // 8)
    best: tuple[int, int, int, int] | None = None
    for first in _windows(claimed, places):
        low = max(0, first - 4)
        window = source[low : first + _BUCKET + len(claimed) + 4]
        aligned = _align(claimed, window, allowed, near or 0)
        if aligned is None:
            continue
        cost, a, b = aligned
        start = window[a][1]
        if _cuts_negation(text, start) and not is_negation(window[a][0]):
            continue
        found = (cost, abs(start - (near or 0)), start, _with_end(quote, text, window[b][2]))
        best = min(best or found, found)
    if best is None:
        return BAD
    start, end = best[2], best[3]
    return Match("close", start, end, text[start:end])


def _windows(claimed: list[Word], places: dict[str, list[int]]) -> list[int]:
    """Word offsets of the source around which the claimed words gather, the fullest first."""
    known = sorted(
        (len(places[word]), word, at) for at, (word, _, _) in enumerate(claimed) if word in places
    )
    votes: Counter[int] = Counter()
    for _, word, at in known[:_SEEDS]:
        for place in places[word][:_PLACES]:
            votes[(place - at) // _BUCKET] += 1
    ranked = sorted(votes, key=lambda bucket: (-votes[bucket] - votes[bucket + 1], bucket))
    return [bucket * _BUCKET for bucket in ranked[:_WINDOWS]]


def _align(
    claimed: list[Word], window: list[Word], allowed: int, near: int
) -> tuple[int, int, int] | None:
    """(cost, first, last) of the cheapest run of the window that says the same, if any does."""
    width = len(window)
    row = [(0, j) for j in range(width + 1)]
    for i, (word, _, _) in enumerate(claimed):
        light = is_light(word)
        above, row = row, [(_IMPOSSIBLE, 0)]
        if light and i:
            row = [(above[0][0] + 1, 0)]
        for j in range(1, width + 1):
            other = window[j - 1][0]
            cost, first = above[j - 1]
            if word != other:
                cost = cost + 1 if is_slip(word, other) else _IMPOSSIBLE
            options = [(cost, first)]
            if light:
                options.append((above[j][0] + 1, above[j][1]))
            if is_light(other) and i:
                options.append((row[j - 1][0] + 1, row[j - 1][1]))
            row.append(min(options))
        if min(row)[0] > allowed:
            return None
    found = [
        (cost, abs(window[first][1] - near), j, first)
        for j, (cost, first) in enumerate(row)
        if cost <= allowed and first < j
    ]
    if not found:
        return None
    cost, _, j, first = min(found)
    return cost, first, j - 1


def _with_end(quote: str, text: str, end: int) -> int:
    """The closing sign belongs to the span when the claim has it as well."""
    return end + 1 if end < len(text) and text[end] in ".!?;:" and quote[-1] == text[end] else end
