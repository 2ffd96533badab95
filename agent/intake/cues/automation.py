"""Automation: what takes effect when nobody reacts.

In one clause the sentence's own brake counts: an objection window before an approval before
automatic action before a mere suggestion. Across sentences the strictest counts (facts.py).
"""

import re
from functools import cache
from typing import Final

from agent.intake.cues.passage import Passage, Sight, negated
from knowledge.patterns import lazy

PERSON: Final = (
    r"(?:persons?|people|humans?|employees?|staff|colleagues?|adjusters?|handlers?|agents?|"
    r"officers?|underwriters?|managers?|supervisors?|clerks?|analysts?|reviewers?|experts?|"
    r"doctors?|physicians?|nurses?|clinicians?|operators?|specialists?|recruiters?|"
    r"case ?workers?|advis[eo]rs?|engineers?|lawyers?|controllers?|accountants?|editors?|"
    r"examiners?|investigators?|planners?|buyers?|dispatchers?|technicians?|moderators?|"
    r"coordinators?|someone|somebody|professionals?|inspectors?|auditors?|assessors?|consultants?|"
    r"representatives?|brokers?|surveyors?|administrators?|teachers?|(?:team )?leads?|users?)"
)
ACT: Final = (
    r"(?:approv|reject|declin|den(?:y|ie)|refus|pay|paid|settl|block|clos(?:e|ing)|send|sent|issu|"
    r"cancel|terminat|publish|post(?:s|ed)?\b|repl(?:y|ie)|answer|decid|book|suspend|rout|assign|"
    r"order|dispatch|transfer|execut|grant|award|delet|lock|mail|e-?mail|purchas|buy|forward|"
    r"charg|adjust|appl(?:y|ie)|replac|switch|shut|stop|hir|dismiss|fir(?:e|ing))\w*"
)
APPROVE: Final = (
    r"(?:approv(?:es?|ed|ing|al)|sign(?:s|ed|ing)? (?:it|them|each|everything|off on it) off|"
    r"confirm(?:s|ed|ing|ation)?|sign(?:s|ed|ing)?[- ]off|"
    r"releas(?:es?|ed|ing)|authori[sz](?:es?|ed|ing|ation)|validat(?:es?|ed|ing|ion)|"
    r"accept(?:s|ed|ing|ance)?)"
)
LOOK: Final = (
    r"(?:review(?:s|ed|ing)?|check(?:s|ed|ing)?|edit(?:s|ed|ing)?|reads?|correct(?:s|ed)?)"
)
OUT: Final = (
    r"(?:sent|mailed|delivered|dispatched|issued|paid|published|posted|executed|applied|released|"
    r"booked|used|final|"
    r"take[sn]? effect|goes? out|leaves?|reach(?:es)?|sends?|posts?|acted on|happens?|stored|saved)"
)
ABOUT_PROJECT: Final = lazy(
    r"\b(budget|funding|steering|business case|contract|roll-?out|go-live|procurement|board)\b"
)
OUTSIDER: Final = r"\b(customers?|claimants?|policyholders?|applicants?|citizens?|consumers?)\b"
ASIDE_TOPIC: Final = lazy(
    r"\b(log(s|ging)?|changes?|releases?|security|access|monitoring|training|tests?|testing|costs?|"
    r"records?|budget|governance|audit\w*|owners?|people|team|risks?)\b"
)
PATTERNS: Final[dict[str, tuple[str, ...]]] = {
    "notice": (
        r"\bunless\b.{0,70}\b(objects?|stops?|interven\w+|veto\w*|cancels?|revers\w+|overrul\w+|"
        r"overrid\w+|disagrees?|reacts?|says no|holds? it)\b",
        r"\b(if|when|as long as) (nobody|no one|no-one|none|no \w+|there is no|(the|a|an) \w+ "
        r"(does|do)"
        r" not|they do not|it is not)\b.{0,50}\b(object\w*|react\w*|respon\w+|interven\w+|stop\w*|"
        r"veto\w*|overrul\w+|revers\w+|answers?|reply|replies|cancel\w*)\b",
        r"\b(notified|informed|told|alerted|notification)\b.{0,70}\b(can|may|and) (then )?(stop|"
        r"undo|"
        r"revers|overrul|interven|cancel|object|veto|take it back|override)\w*",
        r"\b(window|period|hours|minutes|days)\b.{0,40}\bto (object|stop|veto|intervene|cancel|"
        r"reverse|overrule|undo)\b",
        r"\b(undo|cancel|revers\w+|overrul\w+|veto\w*|stop\w*|overrid\w+)\b.{0,30}\bwithin\b.{0,20}"
        r"\b(hours?|minutes?|days?|h)\b",
        r"\bhuman[- ]on[- ]the[- ]loop\b",
        rf"\bif (?:they|(?:the|a|an|no) (?:\w+ )?{PERSON}) (?:do|does) nothing\b"
        r"(?!,? (?:then )?(?:nothing|no)\b)",
    ),
    "idle": (
        r"\b(?:if|when|as long as) (?:nobody|no one|no-one|they|(?:the|a|an|no) (?:\w+ )?\w+)"
        r"(?: (?:do|does) (?:nothing|not \w+)| \w+)[^,]{0,20}, (?:then )?(?:nothing|none|"
        r"no \w+ (?:is|are|goes|happens)|it (?:stays|waits|lapses|expires|disappears|is dropped)|"
        r"(?:the|a) [\w ]{1,25}(?:stays|waits|lapses|expires|disappears|is dropped)|"
        r"everything stays)\b",
        r"\bnothing (?:happens|changes|goes out|takes effect|is \w+)\b.{0,20}\b(?:if|when|as long "
        r"as) (?:nobody|no one|no-one|they do)\b",
    ),
    "approval": (
        rf"\b(no|nothing|none|not|never)\b.{{0,60}}\b(until|unless|without|before)\b.{{0,70}}"
        rf"(\b{PERSON}\b|\b{APPROVE}\b|\b(human|manual|prior)\b)",
        rf"\bonly (?:be |gets? )?(?:\w+ ){{0,2}}?{OUT}\b.{{0,50}}\b(after|once|when|until|with|"
        rf"if)\b"
        rf".{{0,60}}\b({APPROVE}|{LOOK})\b",
        rf"\b{OUT}\b.{{0,40}}\b(after|once|when|until|subject to)\b.{{0,60}}\b({APPROVE}|{LOOK})\b",
        rf"\b{PERSON}\b.{{0,60}}\b({APPROVE}|{LOOK})\b.{{0,60}}\b(before|until|then)"
        rf"\b.{{0,40}}\b{OUT}\b",
        rf"\b{PERSON}\W+(?!who|that)(?:\w+\W+){{0,4}}?{APPROVE}\W+(?:or \w+\W+)?"
        rf"(?:it|them|each|every|all|any|both)\b",
        rf"\b{PERSON}\W+(?:(?:must|has to|have to|will|then|always|first|still)\W+)"
        rf"{{1,2}}{APPROVE}\b",
        rf"\b(?:each|every|all|any)\W+(?:(?!not|cannot)\w+\W+){{1,6}}?{APPROVE} by "
        rf"(?:\w+ ){{0,3}}?{PERSON}\b",
        rf"\b(?:{APPROVE}|{LOOK}) by\W+(?:\w+\W+){{0,4}}?{PERSON}\W.{{0,40}}\b(before|until|"
        rf"prior)\b",
        rf"\b(requires?|needs|awaits?|pending|subject to)\W+(?:\w+\W+){{0,3}}?(?:human|manual|"
        rf"{PERSON}'?s?)\W+(?:\w+\W+)?(?:approv|confirm|sign-?off|releas)\w*",
        rf"\b(?:each|every|all|any|no)\b.{{0,40}}\b(?:requires?|needs?|awaits?|subject to)"
        rf"\W+(?:\w+\W+){{0,3}}?"
        rf"(?:human|manual|{PERSON}'?s?) review\b",
        rf"\b(upon|after)\W+(?:\w+\W+){{0,2}}?(?:human|manual|{PERSON}'?s?)\W+(?:\w+\W+)?"
        r"(?:approv|confirm|sign-?off|releas)\w*",
        r"\bhuman[- ]in[- ]the[- ]loop\b",
        rf"\bwaits? for the (?:ok|okay|go-ahead|green light|nod|word) of (?:\w+ )"
        rf"{{0,2}}?{PERSON}\b",
        rf"\bwithout (?:a |the )?(?:click|ok|okay|go-ahead|word) (?:by|of|from) (?:\w+ )"
        rf"{{0,2}}?{PERSON}"
        r"\b.{0,30}\b(?:nothing|no)\b",
        r"\bfour[- ]eyes\b",
    ),
    "approval_weak": (
        rf"(?!.*\bconfirms? (?:their|his|her|that they)\b)\b{PERSON}\W+(?!who|that)(?:\w+\W+)"
        rf"{{0,2}}?(?:approves?|confirms?|signs? off|releases?|"
        rf"authori[sz]es?|validates?|accepts?)\b",
        rf"\b(?:approved|confirmed|signed off|released|authori[sz]ed|validated|accepted) by\W+"
        rf"(?:\w+\W+){{0,3}}?{PERSON}\b",
    ),
    "unattended": (
        rf"\bwithout (?:any |a |further |prior |additional )?(?:human|manual|staff|{PERSON})"
        rf"(?:'s)? "
        r"(?:review|intervention|involvement|approval|check|confirmation|decision|interaction|"
        r"input|"
        r"sign-?off|oversight|being|looking|seeing|having|in the loop|touch\w*|action)",
        rf"\bwithout (?:any ?|a |an |the )?(?:one|body|{PERSON})(?: \w+){{0,2}}? "
        r"(?:looking|seeing|reviewing|checking|confirming|approving|involved|touching|in between|"
        r"in the loop|having)",
    ),
    "automatic": (
        rf"\bautomatically\W+(?:\w+\W+){{0,2}}?{ACT}",
        rf"\b{ACT}\W+(?:\w+\W+){{0,6}}?automatically\b",
        r"\b(straight[- ]through processing|fully automat(?:ed|ic|ically)|fully autonomous(?:ly)?|"
        r"acts? autonomously|touchless|no human in the loop)\b",
        rf"\b{ACT}\b.{{0,50}}\b(on its own|by itself|autonomously)\b",
        rf"\b(?:no|none of the) (?:one|member of staff|{PERSON})(?: \w+){{0,2}}? "
        r"(?:reviews?|checks?|confirms?|approves?|is involved|looks at|sees|in the loop|"
        r"intervenes)\b",
        rf"\b(?:answers|replies|responds|chats|talks)\b.{{0,40}}{OUTSIDER}.{{0,60}}\b(directly|"
        r"immediately|around the clock|24/7|in real time|instantly)\b",
        r"\btakes? effect (?:at once|immediately|instantly)\b",
    ),
    "recommend": (
        r"\b(only|just|merely|purely) (?:ever )?(suggests?|recommends?|proposes?|advises|ranks?|"
        r"flags?|"
        r"scores?|gives? (?:a )?(?:hint|suggestion|recommendation|advice)s?)\b",
        r"\b(it|system|assistant|tool|model|engine|\w*bot|agent|application|app|service|algorithm|"
        r"software|solution|copilot|prototype|classifier|feature|module|which|that|platform|and|"
        r"then)"
        r" (?:will |would |then |also |only )?(suggests?|recommends?|proposes?|ranks?|"
        r"prioriti[sz]es?)\b",
        rf"\b(final|last|actual|every|each|all|the)\W+(?:decisions?|words?|say)"
        rf"\b.{{0,50}}\b(?:by|with|"
        rf"of|to|for)\W+(?:\w+\W+){{0,3}}?{PERSON}\b",
        rf"\b{PERSON}\W+(?:\w+\W+){{0,3}}?(?:decides?|makes? (?:the|every|each|all)"
        r"(?: \w+)? decisions?|takes? (?:the|every|each|all)(?: \w+)? decisions?|"
        r"(?:has|have|keeps?) the (?:last|final) (?:word|say)|(?:is|are|remains?) free to)\b",
        r"\bdecision[- ]support\b",
        r"\baccepts? or (?:ignore|reject|change|dismiss|overwrite)s?\b",
        r"\b(?:gives|offers|shows|sends) .{0,40}\b(?:recommended|suggested|proposed) \w+",
        r"\bmakes? (?:a )?(?:suggestion|recommendation)s?\b",
    ),
    "inform": (
        r"\bfor information (?:only|purposes)\b",
        r"\b(only|merely|just|simply) (shows?|displays?|lists?|retrieves?|finds?|summari[sz]es?|"
        r"informs?|visuali[sz]es?|presents?|looks? up)\b",
        r"\b(makes? no|neither makes|does not make(?: any)?|gives no) (?:decisions? (?:or|and|"
        r"nor) )?"
        r"(recommendations?|suggestions?)\b",
        r"\b(?:shows?|displays?|lists?)\b.{0,60}\band nothing (?:more|else)\b",
        r"\bneither decides nor (recommends|suggests)\b",
    ),
}
TRIGGERS: Final[dict[str, tuple[str, ...]]] = {
    "idle": ("nothing", "none", ", no ", ", it ", ", the ", ", then ", ", a ", "everything"),
    "notice": ("unless", "if ", "when ", "as long", "notif", "informed", "told", "alert", " to ",
               "within", "on-the-loop", "on the loop"),
    "approval": ("approv", "confirm", "sign", "releas", "authori", "validat", "accept", "review",
                 "check", "edit", "read", "correct", "human", "four", "until", "before", "unless",
                 "without", "waits for", "wait for"),
    "approval_weak": ("approv", "confirm", "sign", "releas", "authori", "validat", "accept"),
    "unattended": ("without",),
    "automatic": ("auto", "straight", "touchless", "no ", "none ", "on its own", "by itself",
                  "directly", "immediately", "clock", "24/7", "real time", "instantly", "effect"),
    "recommend": ("suggest", "recommend", "accept", "propos", "advis", "rank", "flag", "scor",
                  "hint", "prioriti", "decision", "decid", "word", " say", "free to"),
    "inform": ("information", "only", "merely", "just", "simply", "recommend", "suggest",
               "nothing"),
}  # fmt: skip
"""One of these stands in every sentence that a pattern can match: the rest is not searched."""


@cache
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS[name]))


def see(passage: Passage) -> list[Sight]:
    """At most one level a clause."""
    if passage.aside or ABOUT_PROJECT.search(passage.text) or ASIDE_TOPIC.search(passage.topic):
        return []
    levels = (_level(clause) for clause in _joined(passage))
    return [Sight("automation", level, weak) for level, weak in filter(None, levels)]


def _joined(passage: Passage) -> list[str]:
    """Clauses; one that opens with `only` goes with its neighbour, whose verb it limits."""
    parts: list[str] = []
    for clause in passage.clauses():
        if parts and re.match(r",? ?only\b", clause):
            parts[-1] += clause
        else:
            parts.append(clause)
    return parts


def _level(clause: str) -> tuple[str, bool] | None:
    if _found("idle", clause):
        return "recommend", True
    if _found("notice", clause):
        return "act_with_notice", False
    if _found("approval", clause):
        return "act_with_approval", False
    unattended = _found("unattended", clause)
    if unattended:
        flipped = negated(clause, unattended.start())
        return ("act_with_approval" if flipped else "autonomous"), False
    automatic = _found("automatic", clause)
    if automatic:
        return None if negated(clause, automatic.start()) else ("autonomous", False)
    if _found("inform", clause):
        return "inform", False
    for name, value, weak in (
        ("recommend", "recommend", False),
        ("approval_weak", "act_with_approval", True),
    ):
        seen = _found(name, clause)
        if seen and not negated(clause, seen.start()):
            return value, weak
    return None


def _found(name: str, clause: str) -> re.Match[str] | None:
    if not any(trigger in clause for trigger in TRIGGERS[name]):
        return None
    return _compiled(name).search(clause)
