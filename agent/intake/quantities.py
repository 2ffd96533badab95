"""Lengths of time as people write them, made comparable: `90 days`, `two weeks`, `10 working days`.

Owns the reading of durations and of what bounds them; it does not know what lasts so long. Pure.
"""

import re
from math import inf
from typing import Final, Literal, NamedTuple

from knowledge.patterns import lazy

Bound = Literal["exact", "most", "least"]

_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15,
    "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30, "thirty-six": 36, "forty": 40,
    "forty-eight": 48, "forty-five": 45, "fifty": 50, "sixty": 60, "seventy-two": 72,
    "ninety": 90, "hundred": 100, "a hundred": 100, "one hundred": 100, "half a": 0.5,
    "half an": 0.5, "a couple of": 2,
}  # fmt: skip
_UNITS: Final = {
    "second": 1 / 86400, "sec": 1 / 86400, "minute": 1 / 1440, "min": 1 / 1440, "hour": 1 / 24,
    "hr": 1 / 24, "h": 1 / 24, "day": 1.0, "d": 1.0, "week": 7.0, "fortnight": 14.0,
    "month": 30.4375, "quarter": 91.3125, "year": 365.25, "yr": 365.25, "decade": 3652.5,
}  # fmt: skip
_WORKING_WEEK: Final = 7 / 5
_SPELLED: Final = "|".join(sorted(_NUMBERS, key=lambda word: (-len(word), word)))
_UNIT: Final = "|".join(sorted(_UNITS, key=lambda word: (-len(word), word)))
_DURATION: Final = lazy(
    rf"(?<![\w.,-])(?:(?:\d+(?:[.,]\d+)?|{_SPELLED})\s*(?:-|–|to|or)\s*)?"
    rf"(?P<number>\d{{1,6}}(?:[.,]\d+)?|(?:{_SPELLED})(?=[\s(-]))(?:\s*\(\w+\))?[\s-]*"
    rf"(?P<kind>(?:working|business|office|bank|calendar|full|consecutive)[\s-]+)?"
    rf"(?P<unit>{_UNIT})s?(?![\w-])",
    re.IGNORECASE,
)
_SECOND: Final = lazy(r"[a-z -]+(?:second|sec|min|d|h)$", re.IGNORECASE)
"""`a second look` is no length of time, and a letter is a unit only after digits."""
_NAMED: Final = (
    (r"(?:on )?(?:the )?same (?:working |business )?day", 1.0),
    (r"(?:within|in) the (?:hour)\b", 1 / 24),
    (r"(?:within|in) the day\b|overnight", 1.0),
    (r"(?:within|in) the week\b|(?:by|at) the end of (?:the|that) week", 7.0),
    (r"(?:by |on |at )?the next (?:working|business) (?:day|morning)", _WORKING_WEEK),
    (r"(?:by |on |at )?the next (?:day|morning)", 1.0),
    (r"(?:within|in) the month\b|(?:by|at) the end of (?:the|that) month", 30.4375),
)
_ENDLESS: Final = lazy(
    r"\b(?:indefinitely|for ?ever|permanently|without (?:any )?(?:time )?limit|for an unlimited "
    r"(?:time|period)|never deleted|(?:are|is) not deleted|no (?:deletion|retention) (?:date|"
    r"period|limit)|for good)\b",
    re.IGNORECASE,
)
_MOST: Final = lazy(
    r"(?:\bat (?:most|the latest)|\bup to|\bwithin|\bno (?:later|longer|more) than|\bnot (?:later|"
    r"longer|more) than|\ba maximum of|\bmax(?:imum)?\.?|\bless than|\bunder|\bbelow|\bby)"
    r"(?: of| the (?:first|next))?\s*$",
    re.IGNORECASE,
)
_LEAST: Final = lazy(
    r"(?:\bat least|\ba minimum of|\bmin(?:imum)?\.?|\bmore than|\blonger than|\bover|\bno less "
    r"than|\bnot (?:less|before) than|\bno (?:sooner|earlier) than)\s*$",
    re.IGNORECASE,
)
_TRAILING: Final = lazy(r"\s*(?:at (?:the )?(?:most|latest)|or less|maximum)\b", re.IGNORECASE)


class Duration(NamedTuple):
    """A length of time at [start, end) of the text it was read from."""

    days: float
    """Calendar days; working days count 7/5; `inf` for what never ends."""
    text: str
    start: int
    end: int
    bound: Bound = "exact"


def durations(text: str) -> tuple[Duration, ...]:
    """Every length of time in the text, in its order; of a range the longer end."""
    found = [_measured(text, m) for m in _DURATION.finditer(text) if not _SECOND.match(m.group())]
    for pattern, days in _NAMED:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            found.append(Duration(days, match.group(), match.start(), match.end(), "most"))
    for match in _ENDLESS.finditer(text):
        found.append(Duration(inf, match.group(), match.start(), match.end()))
    ordered = sorted(found, key=lambda d: (d.start, -d.end))
    kept: list[Duration] = []
    for duration in ordered:
        if not kept or duration.start >= kept[-1].end:
            kept.append(duration)
    return tuple(kept)


def _measured(text: str, match: re.Match[str]) -> Duration:
    written = " ".join(match["number"].lower().split())
    number = _NUMBERS.get(written)
    if number is None:
        whole, mark, part = written.partition(",")
        thousands = mark and len(part) == 3
        number = float(whole + part if thousands else written.replace(",", "."))
    days = number * _UNITS[match["unit"].lower()]
    kind = (match["kind"] or "").lower()
    if kind.startswith(("working", "business", "office", "bank")) and match["unit"][0] in "dD":
        days *= _WORKING_WEEK
    return Duration(days, match.group(), match.start(), match.end(), _bound(text, match))


def _bound(text: str, match: re.Match[str]) -> Bound:
    before = text[max(0, match.start() - 24) : match.start()]
    if _MOST.search(before) or _TRAILING.match(text, match.end()):
        return "most"
    return "least" if _LEAST.search(before) else "exact"
