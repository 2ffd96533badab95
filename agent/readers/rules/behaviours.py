"""How a product behaves towards people, read from a sentence: what a pattern, a sibling or a
proposal says on disclosure, hand-off, refusal, confidence, explanation, retention and appeal.

Owns the reading of one statement into comparable parts. What is laxer than what is decided in
`laxer.py`; which sentences count as statements of this system is decided here, too. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from re import IGNORECASE, Pattern
from typing import Final

from agent.intake.cues.passage import ASIDE, ASIDE_TOPIC
from agent.intake.quantities import Duration, durations
from agent.intake.words import stems, vocabulary
from agent.readers.rules.behaviour_words import DENIALS, FILE, REPLY, SPEAKS, one
from agent.readers.rules.passages import Passage, ReadText
from knowledge.patterns import folded, lazy
from knowledge.vocabulary import BEHAVIOURS


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about one behaviour, in comparable parts."""

    key: str
    text: str
    start: int
    """Offset in its source; -1 where the caller has to find it."""
    denied: bool = False
    """It is said not to be done."""
    duration: Duration | None = None
    matters: frozenset[str] = frozenset()
    """Stems of what is kept (retention only)."""
    scale: str = ""
    """Form in which confidence is shown: steps, percent, stars, colours."""
    count: int = 0
    """Number of reasons given."""
    on_request: bool = False
    passage: Passage | None = None


_SCALES: Final = (
    ("steps", lazy(r"\bhigh\b[ ,\w]{0,20}\b(?:low|medium)\b|\bthree (?:steps|levels)\b",
                         IGNORECASE)),
    ("percent", lazy(r"%|\bper ?cent(?:age)?s?\b|\bbetween 0 and 1(?:00)?\b", IGNORECASE)),
    ("stars", lazy(r"\bstars\b", IGNORECASE)),
    ("colours", lazy(r"\btraffic[ -]lights?\b|\b(?:red|amber|green)\b.{0,20}\b(?:red|amber|"
                           r"yellow|green)\b|\bcolou?rs\b", IGNORECASE)),
)  # fmt: skip
_SHOWN: Final = one(r"\b(?:show[ns]?|display\w*|sees?|present\w*|given|marks?|marked|as an?)\b")
_COUNT: Final = lazy(
    r"\b(?:(?P<most>at most|up to|no more than) )?(?P<number>\d{1,2}|two|three|four|five|six|seven|"
    r"eight|nine|ten|twelve) (?:(?:most|main|important|strongest|decisive|top|key) )*"
    r"(?:reasons|factors|grounds)\b",
    IGNORECASE,
)
_NUMBERS: Final = dict(
    zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13),
        strict=True)
)  # fmt: skip
_AT_MOST: Final = lazy(r"\bat most (\d{1,2})\b", IGNORECASE)
_ON_REQUEST: Final = lazy(r"\b(?:only )?(?:on|upon) request\b|\bonly (?:if|when) asked\b")
_KEPT_BY_OTHERS: Final = one(
    r"\b(?:audit|access|security|change|decision|release|system|technical|server) ?"
    r"(?:logs?|trails?|records?|register|journal)\b",
    r"\b(?:claims?|case|customer|personnel|patient|policy) files?\b|\bcontracts?\b|"
    r"\b(?:training|test) (?:data|set)\b|\bbackups?\b",
)
_NO_MATTER: Final = frozenset(
    stems("the a an and or of for in is are be after then all each every any by with we it its "
          "they our will only for to from on at not")
) | frozenset(
    stems("kept keep store retain hold delete erase purge wipe archive destroy remove retention "
          "day week month year hour automatically nightly job")
)  # fmt: skip
CONVERSATION: Final = frozenset(
    stems("conversation chat dialogue message transcript recording audio call sound question "
          "answer query prompt session interaction input log text")
)  # fmt: skip
ANY_DATA: Final = frozenset(stems("data everything information personal")) | vocabulary("record")


def read_behaviour(key: str, text: str, start: int = -1, passage: Passage | None = None) -> Said:
    """The comparable parts of a text that is known to speak of this behaviour."""
    denial = DENIALS.get(key)
    count = _COUNT.search(text) if key == "explanation" else None
    limit = _AT_MOST.search(text) if key == "explanation" else None
    number = (count and count["number"].lower()) or (limit and limit.group(1)) or "0"
    return Said(
        key=key,
        text=text,
        start=start,
        denied=bool(denial and denial.pattern.search(text)),
        duration=_duration(key, text),
        matters=_matters(text) if key == "retention" else frozenset(),
        scale=_scale(text) if key == "confidence" else "",
        count=_NUMBERS.get(number) or int(number if number.isdigit() else 0),
        on_request=key == "explanation" and bool(_ON_REQUEST.search(text)),
        passage=passage,
    )


def _scale(text: str) -> str:
    if not _SHOWN.search(text):
        return ""
    return next((name for name, pattern in _SCALES if pattern.search(text)), "")


def _duration(key: str, text: str) -> Duration | None:
    """The one length of time that this behaviour is measured by."""
    spans = durations(text)
    if key == "retention":
        return next((d for d in spans if _near(SPEAKS[key], text, d)), None)
    if key in ("handoff", "appeal"):
        return next((d for d in spans if _is_reply(text, d)), None)
    return None


def _near(pattern: Pattern[str], text: str, duration: Duration) -> bool:
    low, high = max(0, duration.start - 70), duration.end + 40
    return any(
        ";" not in text[min(m.end(), duration.end) : max(m.start(), duration.start)]
        for m in pattern.finditer(text, low, high)
    )


_SPAN_OF_ELSE: Final = lazy(
    r"\b(?:every|each|per|for|since|last|of)\s*$|"
    r"(?<!\bcall )(?<!\bcalled )(?<!\breply )(?<!\banswer )(?<!\bphoned )(?<!\bperson )\bafter\s*$",
    IGNORECASE,
)
"""`every five days`, `after 90 days`; that a call comes after five days is how long it takes."""


def _is_reply(text: str, duration: Duration) -> bool:
    """`replies within 5 days`, not `can appeal within 30 days` and not `every five days`."""
    before = text[max(0, duration.start - 110) : duration.start]
    if _SPAN_OF_ELSE.search(before):
        return False
    reply = max((m.start() for m in REPLY.finditer(before)), default=-1)
    filed = max((m.start() for m in FILE.finditer(before)), default=-1)
    return reply > filed or (reply < 0 and filed < 0 and duration.bound == "most")


def _matters(text: str) -> frozenset[str]:
    return frozenset(stems(text)) - _NO_MATTER


def described(read: ReadText) -> Iterator[Said]:
    """Every statement of the proposal about its own behaviour, in the order of the text."""
    for passage in read.passages:
        key = passage.key.lower()
        text = passage.text
        if passage.sentence.kind == "front":
            if key in BEHAVIOURS:
                yield read_behaviour(key, text, passage.sentence.start, passage)
            continue
        lower = folded(text)
        spoken = [name for name in BEHAVIOURS if _speaks(name, text, lower)]
        if spoken and not _aside(passage):
            for name in spoken:
                yield read_behaviour(name, text, passage.sentence.start, passage)


def _speaks(key: str, text: str, lower: str) -> bool:
    """`lower`: the text folded, which tells where a denial need not be searched for."""
    speaks, denies = SPEAKS.get(key), DENIALS.get(key)
    if denies and denies.may_match(lower) and denies.pattern.search(text):
        return True
    if not speaks or not speaks.search(text):
        return False
    if key == "retention":
        return not _KEPT_BY_OTHERS.search(text)
    # An appeal also reaches a person, and so does a report of an error: neither is a hand-off.
    return key != "handoff" or not (_REPORTS_ERROR.search(text) or _speaks("appeal", text, lower))


_REPORTS_ERROR: Final = one(
    r"\b(?:reports?|reported|flags?|flagged|notif\w+|tells?) \b[^.;]{0,40}\b(?:nonsense|errors?|"
    r"mistakes?|wrong|faults?|incidents?|bugs?|problems?|harm|failures?|defects?)\b",
    r"\b(?:errors?|mistakes?|wrong \w+|faults?|incidents?|bugs?|nonsense|failures?|defects?)\b"
    r"[^.;]{0,60}\b(?:reported|flagged|can be reported|go(?:es)? to)\b",
)


_TOLD: Final = one(
    r"\b(?:letters?|messages?|pages?|banner|screens?|app|announcements?|confirmations?|notices?|"
    r"footers?|headings?|headers?|answers?|repl(?:y|ies)|sentence|labels?|tape|callers?|customers?|"
    r"members?|users?|people|applicants?|patients?|students?|brokers?|citizens?|opens?|begins?|"
    r"starts?|first)\b"
)
_SOLD: Final = one(r"\b(?:brochure|suppliers?|vendors?|contracts?|white ?paper)\b")


def affirms(said: Said) -> bool:
    """States, undenied, that the behaviour is there, and to the people it is owed to."""
    if said.denied or said.passage is None:
        return False
    if said.key == "disclosure" and (not _TOLD.search(said.text) or _SOLD.search(said.text)):
        return False
    judged = said.passage.analysis().whole()
    return not (judged.negated or judged.refuses)


def _aside(passage: Passage) -> bool:
    """About today's way of working, another system, a rule restated, or something open."""
    judged = passage.analysis().whole()
    headings = " / ".join(passage.headings).lower()
    return (
        judged.other_system
        or judged.open
        or judged.required
        or judged.vendor
        or bool(ASIDE.search(passage.text.lower()))
        or bool(ASIDE_TOPIC.search(headings))
    )
