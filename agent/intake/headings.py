"""Headings that govern what stands below them: planned, open, left out, elsewhere, demanded.

Owns the patterns only, for text in lower case; `judgement.py` applies them.
"""

from typing import Final

from knowledge.patterns import lazy

PLANNED_HEADING: Final = lazy(
    r"\b(?:next steps?|future|planned|(?:our )?plans for|(?:project|work|implementation|roll-?out|"
    r"release|delivery) plan|road ?map|outlook|later|phase (?:[2-9]|two|three)|to[- ]?do|backlog|"
    r"upcoming|milestones?|timeline|schedule|yet to come|ideas?|will|going to|intend)\b|"
    r"(?:^|[(: ])draft\)?$"
)
OPEN_HEADING: Final = lazy(
    r"\bopen (?:questions?|points?|issues?|items?)\b|\bquestions to\b|\bto (?:be )?"
    r"(?:clarif|decide|discuss|confirm)|\bundecided\b|\bunresolved\b|\btb[cd]\b|\bunder discussion"
)
NEGATED_HEADING: Final = lazy(
    r"\b(?:out of scope|not (?:in scope|included|covered|done|planned|provided|part of)|excluded|"
    r"non-?goals?|what (?:we|it) (?:do|does|will) not|exclusions|gaps|missing|"
    r"(?:do|does) not (?:have|offer|provide|include)|we lack)\b"
)
OTHER_HEADING: Final = lazy(
    r"\b(?:as[- ]is|(?:current|existing|present|today['’]?s?) (?:process|practice|situation|"
    r"workflow|systems?|solution|state)|alternatives?|related (?:work|systems|projects)|"
    r"other (?:systems|tools|teams|projects)|benchmark|lessons from|comparison|status quo)\b"
)
REQUIRED_HEADING: Final = lazy(
    r"\b(?:applicable (?:policies|rules|law|requirements)|(?:policy|legal|regulatory|compliance) "
    r"requirements|what the (?:policy|law|standard)|relevant (?:policies|standards|regulation)|"
    r"regulatory (?:background|context))\b"
)
