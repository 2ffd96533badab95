"""The words by which a text speaks of a behaviour towards people, and by which it denies it.

Owns the patterns only, one for each behaviour; `behaviours.py` decides what they prove. Patterns
are bounded, so that a text without punctuation stays linear.
"""

from re import IGNORECASE, Pattern
from typing import Final

from knowledge.patterns import Gated, lazy


def one(*parts: str) -> Pattern[str]:
    return lazy("|".join(f"(?:{part})" for part in parts), IGNORECASE)


def _denial(needs: str, *parts: str) -> Gated:
    """`needs`: of these, in lower case, one stands wherever a part can match."""
    return Gated(tuple(needs.split("|")), one(*parts))


_MACHINE: Final = (
    r"(?:automat\w+|machines?|software|programs?|computers?|algorithm\w*|ai|artificial|models?|"
    r"(?:chat)?bots?|robots?|assistants?|virtual)"
)
_HUMAN: Final = (
    r"(?:person|human|colleague|employee|member of staff|people|real agent|real advis\w+)"
)
_PEOPLE: Final = (
    r"(?:persons?|humans?|people|agents?|colleagues?|advis[eo]rs?|dispatchers?|handlers?|clerks?|"
    r"officers?|desk|teams?|staff|employees?|someone|somebody|specialists?|managers?|experts?|"
    r"adjusters?)"
)
_NOT: Final = r"(?:not|never|nobody|no one|without|rather not|cannot|\w+n['’]t)"
_CONFIDENCE: Final = r"(?:confidence|certainty|uncertainty|how (?:sure|certain|confident))"
_REASON: Final = r"(?:reasons?|explanations?|grounds?|justifications?)"
_APPEAL: Final = (
    r"(?:appeals?|appealed|object(?:s|ion|ions)?|contest(?:s|ed|ing)?|disput(?:e|es|ed|ing)|"
    r"challeng(?:e|es|ed|ing)|disagree(?:s|ment)?|review by (?:an? |another )(?:\w+ )?"
    r"(?:person|human|clerk|handler|officer|manager|employee|colleague)|second look|recourse|"
    r"redress|re-?examin\w+|reviewed anew|"
    r"looks? at (?:it|the case|the decision) a(?:new|gain)|(?:change|overturn|reverse)s? the "
    r"(?:decision|outcome|result)|ask\w* for (?:a |another )(?:review|earlier|different))"
)
DENIALS: Final[dict[str, Gated]] = {
    "disclosure": _denial(
        "not|never|nobody|no |without|n't|n’t|leav|left out|hid|conceal|withh|keep|omit|"
        "think|thought|believ|assum|impression|pos|pass|appear|present|introduc",
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
    "handoff": _denial(
        "no |not|without|can't|can’t",
        r"\b(?:no|without (?:a|any)|not (?:offer|provide|have|plan) (?:a|any)) (?:\w+ )?"
        r"(?:way|possibility|option|button|route|number)s? (?:of|to|for|by which) [\w ]{0,20}?"
        rf"(?:reach\w*|speak\w*|talk\w*|get|contact\w*|call\w*) [\w ]{{0,15}}?{_PEOPLE}",
        rf"\b(?:cannot|can['’]t|can not|no longer|not) (?:be able to )?(?:reach|speak to|"
        rf"speak with|talk to|ask for|request|be (?:handed|passed|transferred) to) (?:an? )?"
        rf"{_PEOPLE}\b",
        r"\bno (?:human )?(?:hand-?off|hand-?over|escalation)\b(?! (?:was|were|has|in the))",
    ),
    "refusal": _denial(
        "answer|replies|responds|deals|never|not|n't|n’t|no ",
        r"\b(?:answers?|replies to|responds to|deals with) (?:absolutely )?(?:any|every|all) "
        r"(?:kinds? of |sorts? of )?(?:questions?|topics?|subjects?|matters?|requests?)\b",
        r"\banswers? (?:everything|anything)\b|\b(?:never|does not|doesn['’]t|will not|won['’]t) "
        r"(?:declines?|refuses?|says? no|turns? down|turn away)\b|\bno (?:topic|question|subject) "
        r"is (?:off|out|excluded|declined|refused|barred)\b",
    ),
    "confidence": _denial(
        "confiden|certain|how sure",
        rf"\b(?:no|not|never|without)\b[^.;,]{{0,30}}?\b{_CONFIDENCE}\b",
        rf"\b{_CONFIDENCE}\b[^.;,]{{0,30}}?\b(?:is|are|will be) (?:not|never) (?:be )?"
        r"(?:shown|displayed|given|visible|presented|told)\b",
    ),
    "explanation": _denial(
        "reason|explanation|ground|justification|why",
        rf"\b(?:no|without(?: any| a)?|not (?:give|state|name|show|offer|provide|include|contain|"
        rf"add)s?(?: any| an?| the)?|never (?:give|state|name|show)s?(?: any| the)?) "
        rf"(?:\w+ )?{_REASON}\b",
        rf"\b{_REASON}\b[^.;,]{{0,30}}?\b(?:is|are|will be) (?:not|never) (?:be )?"
        r"(?:shown|given|stated|named|told|included|sent|communicated)\b",
        r"\b(?:not|never|nobody is) (?:told|informed|learn|see) (?:about )?(?:why|the reasons?)\b",
    ),
    "appeal": _denial(
        "final|no |without|not|never|can't|can’t",
        r"\b(?:decisions?|results?|outcomes?|verdicts?|rulings?) (?:is|are|stays?|remains?) final\b"
        r"(?! (?:only|once|unless|until|after|if|when))|\bfinal and binding\b",
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
    "disclosure": one(
        rf"\b(?:tell|tells|told|sa(?:y|ys|id)|states?|stated|disclos\w+|announc\w+|inform\w*|"
        rf"label\w*|introduc\w+|notice|banner|marked|headed|reads|open(?:s|ing)? with|begins? with|"
        rf"learn|knows?)\b[^.;]{{0,90}}?\b{_MACHINE}\b",
        rf"[\"“](?:I am|This is|You are|Written by|Made by|This)\b[^\"”]{{0,60}}\b{_MACHINE}\b",
    ),
    "handoff": one(
        r"\b(?:ask\w*|request\w*|want\w*|wish\w*|would like|prefer\w*|click\w*|button|hand\w*|"
        r"pass(?:es|ed)?|"
        r"transfer\w*|escalat\w*|takes? over|calls? back|call-?back|reach\w*|answer \"?person)\b"
        rf"[^.;]{{0,110}}?\b{_PEOPLE}\b",
        rf"\b{_PEOPLE}\b[^.;]{{0,60}}?\b(?:takes? over|on request|calls? back|replies|"
        r"can be reached)\b",
    ),
    "refusal": one(r"\b(?:declin\w+|refus\w+|does not (?:answer|speak)|out(?:side)? (?:of )?"
                    r"(?:the )?(?:\w+ )?scope|says? that it does not know)\b"),
    "confidence": one(rf"\b{_CONFIDENCE}\b"),
    "explanation": one(rf"\b(?:{_REASON}|factors|why)\b"),
    "retention": one(
        r"(?<!on )\b(?:kept|keeps?|stor(?:ed|es?|age)|retain\w*|retention|held|delet\w+|eras\w+|"
        r"purg\w+|wiped|archived|destroyed|removed)\b(?! (?:waiting|busy|up to date|back|open))"
    ),
    "appeal": one(rf"\b{_APPEAL}\b", r"\blooked at by a person\b"),
}  # fmt: skip
REPLY: Final = one(
    r"\b(?:repl(?:y|ies|ied)|answer\w*|respon[ds]\w*|decid\w+|decision|review(?:s|ed)?|handle[sd]?|"
    r"looks?|process\w*|gets?|receives?|resolv\w+|settl\w+|comes? back|heard?|call(?:s|ed)?|"
    r"r[iu]ngs?|phoned|"
    r"contact\w*|reach\w*|hears?|takes?|change|examin\w+|checks?|deals?|outcome|has)\b"
)
FILE: Final = one(
    r"(?<!\ban )(?<!\bthe )(?<!\bevery )(?<!\beach )(?<!\bany )(?<!\bsuch )"
    r"\b(?:appeal|object|contest|dispute|challenge|complain|lodged?|filed?|submit\w*|raised?|"
    r"ask|request|apply|write|made|withdraw|cancel)\b"
)
