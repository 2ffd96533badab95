"""Where a sentence begins and ends inside one block of text.

Owns the cutting only; blocks (paragraphs, items, rows) are the parser's. Linear in the text.
"""

import re
from typing import Final

from agent.intake.words import vocabulary

ABBREVIATIONS: Final = vocabulary(
    "e.g i.e eg ie etc cf vs al approx art arts no nos sec sect para paras fig figs ch vol p pp "
    "ed eds dr mr mrs ms prof st inc ltd co corp dept est min max avg incl excl ca resp viz "
    "ver rev ref refs tel ext jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri "
    "u.s u.k e.u a.m p.m ph.d annex reg regs cl"
)
_ALWAYS_GO_ON: Final = vocabulary(
    "e.g i.e eg ie cf vs al art arts sec sect para paras fig figs vol pp dr mr mrs ms prof "
    "incl excl ca viz approx"
)
_STOP: Final = re.compile(r"[.!?…。！？]+[\"'”’)\]*_]*|;|\n[ \t]*(?:[-*•+–]|\d{1,3}[.)])[ \t]+")
_CLOSERS: Final = "\"'”’)]*_"
_OPENERS: Final = "\"'“‘([*_ \t\r\n"
_OWN_SUBJECT: Final = re.compile(
    r"[A-Z]|(?:the|a|an|this|that|these|those|it|its|they|their|he|she|we|our|you|your|i|each|"
    r"every|all|any|no|none|nobody|there|both|if|when|once|after|before|until|in|however|"
    r"otherwise|instead|customers?|users?|staff|people|anyone|everyone)\b"
)


def split(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one block, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop.start() < start:
            continue
        mark = stop.group()
        if mark[0] == "\n":
            _add(spans, text, start, stop.start())
            start = stop.end() if mark.strip() in "-*•+–" else stop.start()
        elif _ends(text, stop.start(), stop.end(), mark, start):
            _add(spans, text, start, stop.end())
            start = stop.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends(text: str, at: int, end: int, mark: str, start: int) -> bool:
    if mark[0] in "。！？":
        return True
    if end < len(text) and not text[end].isspace():
        return False
    following = text[end : end + 40].lstrip(_OPENERS)
    if mark == ";":
        # A list after a colon stays whole: what leads it ("We will:") governs every part.
        led = text.find(":", start, min(at, start + 400)) >= 0
        return not led and bool(_OWN_SUBJECT.match(following))
    if mark[0] != "." or mark.rstrip(_CLOSERS) not in (".",):
        return True
    return not _goes_on(text, at, start, following, bool(mark.strip(".")))


def _goes_on(text: str, at: int, start: int, following: str, closed: bool) -> bool:
    """Whether the full stop at `at` belongs to an abbreviation or a number."""
    before = text[max(start, at - 24) : at]
    token = before.split()[-1].lstrip("([\"'“‘*_").lower() if before.split() else ""
    nxt = following[:1]
    if token in _ALWAYS_GO_ON:
        return True
    if token.isdigit() and not text[start:at].strip("([\"'*_ \t\r\n").strip("0123456789"):
        return True  # "1. First item"
    if token in ABBREVIATIONS:
        if token in ("no", "nos", "ch", "p", "annex", "reg", "cl", "ver", "rev", "ref", "ext"):
            return nxt.isdigit()
        return nxt.islower() or nxt.isdigit() or (token in ("st", "inc", "ltd", "co") and closed)
    if len(token) == 1 and token.isalpha() and token != "i":
        return not closed and nxt.isupper() and before[-1:].isupper()  # initials: "J. Smith"
    if token.isdigit() and len(token) <= 2 and following[:3].lower() in ABBREVIATIONS:
        return True  # "on 1. March"
    return nxt.islower() and not closed and len(token) < 4 and token.isalpha()
