"""How a product behaves towards people, read from a sentence: what a pattern, a sibling or a
proposal says on disclosure, hand-off, refusal, confidence, explanation, retention and appeal.

Owns the reading of one statement into comparable parts. What is laxer than what is decided in
`laxer.py`; which sentences count as statements of this system is decided here, too. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from re import IGNORECASE, Pattern
from typing import Final

from agent.intake.cues.passage import ASIDE, ASIDE_TOPIC
from agent.intake.quantities import Duration, durations
from agent.intake.words import stems, vocabulary
from agent.readers.rules.passages import Passage, ReadText
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


def _one(*parts: str) -> Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), IGNORECASE)


_MACHINE: Final = (
    r"(?:automat\w+|machines?|software|programs?|computers?|algorithm\w*|ai|artificial|models?|"
    r"(?:chat)?bots?|robots?|assistants?|virtual)"
)
_HUMAN: Final = (
    r"(?:person|human|colleague|employee|member of staff|people|real agent|real advis\w+)"
)
_PEOPLE: Final = (
    r"(?:persons?|humans?|people|agents?|colleagues?|advis[eo]rs?|dispatchers?|handlers?|clerks?|"
    r"officers?|desk|teams?|staff|someone|somebody|specialists?|managers?|experts?|adjusters?)"
)
_NOT: Final = r"(?:not|never|nobody|no one|without|rather not|cannot|\w+n['’]t)"
_CONFIDENCE: Final = r"(?:confidence|certainty|uncertainty|how (?:sure|certain|confident))"
_REASON: Final = r"(?:reasons?|explanations?|grounds?|justifications?)"
_APPEAL: Final = (
    r"(?:appeals?|appealed|object(?:s|ion|ions)?|contest(?:s|ed|ing)?|disput(?:e|es|ed|ing)|"
    r"challeng(?:e|es|ed|ing)|second look|recourse|redress|re-?examin\w+|reviewed anew|"
    r"looks? at (?:it|the case|the decision) a(?:new|gain)|(?:change|overturn|reverse)s? the "
    r"(?:decision|outcome|result)|ask\w* for (?:a |another )(?:review|earlier|different))"
)
DENIALS: Final[dict[str, Pattern[str]]] = {
    "disclosure": _one(
        rf"\b{_NOT}\b[^.;]{{0,40}}?\b(?:tell|told|say|said|state|stated|disclose\w*|mention\w*|"
        rf"announce\w*|inform\w*|reveal\w*|know|learn|made aware|pointed out|notified|point out)\b "
        rf"(?:\w+ ){{0,3}}?(?:that|about|of|it is|they are)\b(?:[ \w'’-]{{0,40}}?)\b{_MACHINE}\b",
        rf"\b(?:leav\w+ out|left out|hid(?:e|es|den)|conceal\w*|withh[oe]ld\w*|keep\w* (?:silent|"
        rf"quiet)|omit\w*)\b[ \w'’-]{{0,25}}?\b(?:that|the (?:fact|note|sentence|notice))\b"
        rf"[ \w'’-]{{0,30}}?\b{_MACHINE}\b",
        rf"\b(?:th(?:ink|inks|ought)|believ\w+|assum\w+|impression) (?:that )?[ \w'’]{{0,25}}?"
        rf"(?:is|was|were|are|be|to|with) (?:an? )?(?:real )?{_HUMAN}\b",
        rf"\b(?:pos(?:es?|ing)|pass(?:es)?|appears?|presents? itself|introduces? itself) (?:off )?"
        rf"as (?:an? )?(?:real )?{_HUMAN}\b",
        rf"\bno (?:notice|label|hint|note|disclosure|announcement|mention)\b[ \w'’-]{{0,30}}?"
        rf"\b(?:{_MACHINE}|(?:is|are|will be) (?:given|made|shown|added|planned))\b",
    ),
    "handoff": _one(
        r"\b(?:no|without (?:a|any)|not (?:offer|provide|have|plan) (?:a|any)) (?:\w+ )?"
        r"(?:way|possibility|option|button|route|number)s? (?:of|to|for|by which) [\w ]{0,20}?"
        rf"(?:reach\w*|speak\w*|talk\w*|get|contact\w*|call\w*) [\w ]{{0,15}}?{_PEOPLE}",
        rf"\b(?:cannot|can['’]t|can not|no longer|not) (?:be able to )?(?:reach|speak to|"
        rf"speak with|talk to|ask for|request|be (?:handed|passed|transferred) to) (?:an? )?"
        rf"{_PEOPLE}\b",
        r"\bno (?:human )?(?:hand-?off|hand-?over|escalation)\b(?! (?:was|were|has|in the))",
    ),
    "refusal": _one(
        r"\b(?:answers?|replies to|responds to|deals with) (?:absolutely )?(?:any|every|all) "
        r"(?:kinds? of |sorts? of )?(?:questions?|topics?|subjects?|matters?|requests?)\b",
        r"\banswers? (?:everything|anything)\b|\b(?:never|does not|doesn['’]t|will not|won['’]t) "
        r"(?:declines?|refuses?|says? no|turns? down|turn away)\b|\bno (?:topic|question|subject) "
        r"is (?:off|out|excluded|declined|refused|barred)\b",
    ),
    "confidence": _one(
        rf"\b(?:no|not|never|without)\b[^.;,]{{0,30}}?\b{_CONFIDENCE}\b",
        rf"\b{_CONFIDENCE}\b[^.;,]{{0,30}}?\b(?:is|are|will be) (?:not|never) (?:be )?"
        r"(?:shown|displayed|given|visible|presented|told)\b",
    ),
    "explanation": _one(
        rf"\b(?:no|without(?: any| a)?|not (?:give|state|name|show|offer|provide|include|contain|"
        rf"add)s?(?: any| an?| the)?|never (?:give|state|name|show)s?(?: any| the)?) "
        rf"(?:\w+ )?{_REASON}\b",
        rf"\b{_REASON}\b[^.;,]{{0,30}}?\b(?:is|are|will be) (?:not|never) (?:be )?"
        r"(?:shown|given|stated|named|told|included|sent|communicated)\b",
        r"\b(?:not|never|nobody is) (?:told|informed|learn|see) (?:about )?(?:why|the reasons?)\b",
    ),
    "appeal": _one(
        r"\bdecisions? (?:is|are|stays?|remains?) final\b|\bfinal and binding\b",
        r"\b(?:no|without(?: an?| any)?|not (?:offer|allow|provide|foresee|plan|accept)"
        r"(?: an?| any)?|never (?:accept|allow)) (?:\w+ )?"
        r"(?:(?:right|way|possibility|route) (?:of|to|for))? ?(?:an? )?"
        rf"{_APPEAL}\b"
        r"(?! (?:was|were|has|have|came|so far|in the|during|arrived|received|lodged))",
        rf"\b(?:cannot|can not|can['’]t) (?:be )?{_APPEAL}\b",
        r"\b(?:decisions?|claims?|cases?|outcomes?)\b[^.;]{0,20} cannot be (?:reopened|reviewed|"
        r"changed|reversed)\b",
    ),
}
SPEAKS: Final[dict[str, Pattern[str]]] = {
    "disclosure": _one(
        rf"\b(?:tell|tells|told|sa(?:y|ys|id)|states?|stated|disclos\w+|announc\w+|inform\w*|"
        rf"label\w*|introduc\w+|notice|banner|marked|headed|reads|open(?:s|ing)? with|begins? with|"
        rf"learn|knows?)\b[^.;]{{0,90}}?\b{_MACHINE}\b",
        rf"[\"“](?:I am|This is|You are|Written by|Made by|This)\b[^\"”]{{0,60}}\b{_MACHINE}\b",
    ),
    "handoff": _one(
        r"\b(?:ask\w*|request\w*|want\w*|wish\w*|prefer\w*|click\w*|button|hand\w*|pass(?:es|ed)?|"
        r"transfer\w*|escalat\w*|takes? over|calls? back|call-?back|reach\w*|answer \"?person)\b"
        rf"[^.;]{{0,110}}?\b{_PEOPLE}\b",
        rf"\b{_PEOPLE}\b[^.;]{{0,60}}?\b(?:takes? over|on request|calls? back|replies)\b",
    ),
    "refusal": _one(r"\b(?:declin\w+|refus\w+|does not (?:answer|speak)|out(?:side)? (?:of )?"
                    r"(?:the )?(?:\w+ )?scope|says? that it does not know)\b"),
    "confidence": _one(rf"\b{_CONFIDENCE}\b"),
    "explanation": _one(rf"\b(?:{_REASON}|factors|why)\b"),
    "retention": _one(
        r"(?<!on )\b(?:kept|keeps?|stor(?:ed|es?|age)|retain\w*|retention|held|delet\w+|eras\w+|"
        r"purg\w+|wiped|archived|destroyed|removed)\b(?! (?:waiting|busy|up to date|back|open))"
    ),
    "appeal": _one(rf"\b{_APPEAL}\b", r"\blooked at by a person\b"),
}  # fmt: skip
_REPLY: Final = _one(
    r"\b(?:repl(?:y|ies|ied)|answer\w*|respon[ds]\w*|decid\w+|decision|review(?:s|ed)?|handle[sd]?|"
    r"looks?|process\w*|gets?|receives?|resolv\w+|settl\w+|comes? back|heard?|calls?|rings?|"
    r"contact\w*|reach\w*|takes? over|change|examin\w+|checks?|deals?|outcome|has)\b"
)
_FILE: Final = _one(
    r"\b(?:appeal|object|contest|dispute|challenge|complain|lodged?|filed?|submit\w*|raised?|"
    r"ask|request|apply|write|made|withdraw|cancel)\b"
)
_SCALES: Final = (
    ("steps", re.compile(r"\bhigh\b[ ,\w]{0,20}\b(?:low|medium)\b|\bthree (?:steps|levels)\b",
                         IGNORECASE)),
    ("percent", re.compile(r"%|\bper ?cent(?:age)?s?\b|\bbetween 0 and 1(?:00)?\b", IGNORECASE)),
    ("stars", re.compile(r"\bstars\b", IGNORECASE)),
    ("colours", re.compile(r"\btraffic[ -]lights?\b|\b(?:red|amber|green)\b.{0,20}\b(?:red|amber|"
                           r"yellow|green)\b|\bcolou?rs\b", IGNORECASE)),
)  # fmt: skip
_SHOWN: Final = _one(r"\b(?:show[ns]?|display\w*|sees?|present\w*|given|marks?|marked|as an?)\b")
_COUNT: Final = re.compile(
    r"\b(?:(?P<most>at most|up to|no more than) )?(?P<number>\d{1,2}|two|three|four|five|six|seven|"
    r"eight|nine|ten|twelve) (?:(?:most|main|important|strongest|decisive|top|key) )*"
    r"(?:reasons|factors|grounds)\b",
    IGNORECASE,
)
_NUMBERS: Final = dict(
    zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13),
        strict=True)
)  # fmt: skip
_AT_MOST: Final = re.compile(r"\bat most (\d{1,2})\b", IGNORECASE)
_ON_REQUEST: Final = re.compile(r"\b(?:only )?(?:on|upon) request\b|\bonly (?:if|when) asked\b")
_KEPT_BY_OTHERS: Final = _one(
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
        denied=bool(denial and denial.search(text)),
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


def _is_reply(text: str, duration: Duration) -> bool:
    """`replies within 5 days`, not `can appeal within 30 days` and not `every five days`."""
    before = text[max(0, duration.start - 110) : duration.start]
    if re.search(r"\b(?:every|each|per|for|after|since|last|of)\s*$", before, IGNORECASE):
        return False
    reply = max((m.start() for m in _REPLY.finditer(before)), default=-1)
    filed = max((m.start() for m in _FILE.finditer(before)), default=-1)
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
        if _aside(passage):
            continue
        for name in BEHAVIOURS:
            if _speaks(name, text):
                yield read_behaviour(name, text, passage.sentence.start, passage)


def _speaks(key: str, text: str) -> bool:
    speaks, denies = SPEAKS.get(key), DENIALS.get(key)
    if denies and denies.search(text):
        return True
    if not speaks or not speaks.search(text):
        return False
    if key == "retention":
        return not _KEPT_BY_OTHERS.search(text)
    # An appeal also reaches a person: its time limit is no hand-off's.
    return key != "handoff" or not _speaks("appeal", text)


_TOLD: Final = _one(
    r"\b(?:letters?|messages?|pages?|banner|screens?|app|announcements?|confirmations?|notices?|"
    r"footers?|headings?|headers?|answers?|repl(?:y|ies)|sentence|labels?|tape|callers?|customers?|"
    r"members?|users?|people|applicants?|patients?|students?|brokers?|citizens?|opens?|begins?|"
    r"starts?|first)\b"
)


def affirms(said: Said) -> bool:
    """States, undenied, that the behaviour is there, and to the people it is owed to."""
    if said.denied or said.passage is None:
        return False
    if said.key == "disclosure" and not _TOLD.search(said.text):
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
