"""The words by which a clause says what takes effect when nobody reacts, by level.

Owns the patterns only; `automation.py` decides which level counts. For text in lower case.
"""

from typing import Final

from knowledge.patterns import Gated, gated

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
OUTSIDER: Final = r"\b(customers?|claimants?|policyholders?|applicants?|citizens?|consumers?)\b"
PATTERNS: Final[dict[str, tuple[Gated, ...]]] = {
    "notice": (
        gated(
            "unless",
            r"\bunless\b.{0,70}\b(objects?|stops?|interven\w+|veto\w*|cancels?|revers\w+|"
            r"overrul\w+|"
            r"overrid\w+|disagrees?|reacts?|says no|holds? it)\b",
        ),
        gated(
            "object|react|respon|interven|stop|veto|overrul|revers|answer|reply|replies|cancel",
            r"\b(if|when|as long as) (nobody|no one|no-one|none|no \w+|there is no|(the|a|an) \w+ "
            r"(does|do)"
            r" not|they do not|it is not)\b.{0,50}\b(object\w*|react\w*|respon\w+|interven\w+|"
            r"stop\w*|"
            r"veto\w*|overrul\w+|revers\w+|answers?|reply|replies|cancel\w*)\b",
        ),
        gated(
            "notif|informed|told|alert",
            r"\b(notified|informed|told|alerted|notification)\b.{0,70}\b(can|may|"
            r"and) (then )?(stop|"
            r"undo|"
            r"revers|overrul|interven|cancel|object|veto|take it back|override)\w*",
        ),
        gated(
            " to ",
            r"\b(window|period|hours|minutes|days)\b.{0,40}\bto (object|stop|veto|intervene|cancel|"
            r"reverse|overrule|undo)\b",
        ),
        gated(
            "within",
            r"\b(undo|cancel|revers\w+|overrul\w+|veto\w*|stop\w*|"
            r"overrid\w+)\b.{0,30}\bwithin\b.{0,20}"
            r"\b(hours?|minutes?|days?|h)\b",
        ),
        gated("on-the-loop|on the loop|on the-loop|on-the loop", r"\bhuman[- ]on[- ]the[- ]loop\b"),
        gated(
            "nothing",
            rf"\bif (?:they|(?:the|a|an|no) (?:\w+ )?{PERSON}) (?:do|does) nothing\b"
            r"(?!,? (?:then )?(?:nothing|no)\b)",
        ),
    ),
    "idle": (
        gated(
            "if |when |as long as ",
            r"\b(?:if|when|as long as) (?:nobody|no one|no-one|they|(?:the|a|an|no) (?:\w+ )?\w+)"
            r"(?: (?:do|does) (?:nothing|not \w+)| \w+)[^,]{0,20}, (?:then )?(?:nothing|none|"
            r"no \w+ (?:is|are|goes|happens)|it (?:stays|waits|lapses|expires|disappears|"
            r"is dropped)|"
            r"(?:the|a) [\w ]{1,25}(?:stays|waits|lapses|expires|disappears|is dropped)|"
            r"everything stays)\b",
        ),
        gated(
            "nothing ",
            r"\bnothing (?:happens|changes|goes out|takes effect|is \w+)\b.{0,20}\b(?:if|when|"
            r"as long "
            r"as) (?:nobody|no one|no-one|they do)\b",
        ),
    ),
    "approval": (
        gated(
            "until|unless|without|before",
            rf"\b(no|nothing|none|not|never)\b.{{0,60}}\b(until|unless|without|before)\b.{{0,70}}"
            rf"(\b{PERSON}\b|\b{APPROVE}\b|\b(human|manual|prior)\b)",
        ),
        gated(
            "only",
            rf"\bonly (?:be |gets? )?(?:\w+ ){{0,2}}?{OUT}\b.{{0,50}}\b(after|once|when|until|with|"
            rf"if)\b"
            rf".{{0,60}}\b({APPROVE}|{LOOK})\b",
        ),
        gated(
            "after|once|when|until|subject to",
            rf"\b{OUT}\b.{{0,40}}\b(after|once|when|until|subject to)\b.{{0,60}}\b({APPROVE}|"
            rf"{LOOK})\b",
        ),
        gated(
            "before|until|then",
            rf"\b{PERSON}\b.{{0,60}}\b({APPROVE}|{LOOK})\b.{{0,60}}\b(before|until|then)"
            rf"\b.{{0,40}}\b{OUT}\b",
        ),
        gated(
            "approv|sign|confirm|releas|authori|validat|accept",
            rf"\b{PERSON}\W+(?!who|that)(?:\w+\W+){{0,4}}?{APPROVE}\W+(?:or \w+\W+)?"
            rf"(?:it|them|each|every|all|any|both)\b",
        ),
        gated(
            "approv|sign|confirm|releas|authori|validat|accept",
            rf"\b{PERSON}\W+(?:(?:must|has to|have to|will|then|always|first|still)\W+)"
            rf"{{1,2}}{APPROVE}\b",
        ),
        gated(
            "approv|sign|confirm|releas|authori|validat|accept",
            rf"\b(?:each|every|all|any)\W+(?:(?!not|cannot)\w+\W+){{1,6}}?{APPROVE} by "
            rf"(?:\w+ ){{0,3}}?{PERSON}\b",
        ),
        gated(
            "before|until|prior",
            rf"\b(?:{APPROVE}|{LOOK}) by\W+(?:\w+\W+){{0,4}}?{PERSON}\W.{{0,40}}\b(before|until|"
            rf"prior)\b",
        ),
        gated(
            "approv|confirm|sign|releas",
            rf"\b(requires?|needs|awaits?|pending|subject to)\W+(?:\w+\W+){{0,3}}?(?:human|manual|"
            rf"{PERSON}'?s?)\W+(?:\w+\W+)?(?:approv|confirm|sign-?off|releas)\w*",
        ),
        gated(
            " review",
            rf"\b(?:each|every|all|any|no)\b.{{0,40}}\b(?:requires?|needs?|awaits?|subject to)"
            rf"\W+(?:\w+\W+){{0,3}}?"
            rf"(?:human|manual|{PERSON}'?s?) review\b",
        ),
        gated(
            "approv|confirm|sign|releas",
            rf"\b(upon|after)\W+(?:\w+\W+){{0,2}}?(?:human|manual|{PERSON}'?s?)\W+(?:\w+\W+)?"
            r"(?:approv|confirm|sign-?off|releas)\w*",
        ),
        gated("human", r"\bhuman[- ]in[- ]the[- ]loop\b"),
        gated(
            "wait",
            rf"\bwaits? for the (?:ok|okay|go-ahead|green light|nod|word) of (?:\w+ )"
            rf"{{0,2}}?{PERSON}\b",
        ),
        gated(
            "without",
            rf"\bwithout (?:a |the )?(?:click|ok|okay|go-ahead|word) (?:by|of|from) (?:\w+ )"
            rf"{{0,2}}?{PERSON}"
            r"\b.{0,30}\b(?:nothing|no)\b",
        ),
        gated("four", r"\bfour[- ]eyes\b"),
    ),
    "approval_weak": (
        gated(
            "approv|confirm|sign|releas|authori|validat|accept",
            rf"(?!.*\bconfirms? (?:their|his|her|that they)\b)\b{PERSON}\W+(?!who|that)(?:\w+\W+)"
            rf"{{0,2}}?(?:approves?|confirms?|signs? off|releases?|"
            rf"authori[sz]es?|validates?|accepts?)\b",
        ),
        gated(
            " by",
            rf"\b(?:approved|confirmed|signed off|released|authori[sz]ed|validated|accepted) by\W+"
            rf"(?:\w+\W+){{0,3}}?{PERSON}\b",
        ),
    ),
    "unattended": (
        gated(
            "without",
            rf"\bwithout (?:any |a |further |prior |additional )?(?:human|manual|staff|{PERSON})"
            rf"(?:'s)? "
            r"(?:review|intervention|involvement|approval|check|confirmation|decision|interaction|"
            r"input|"
            r"sign-?off|oversight|being|looking|seeing|having|in the loop|touch\w*|action)",
        ),
        gated(
            "without",
            rf"\bwithout (?:any ?|a |an |the )?(?:one|body|{PERSON})(?: \w+){{0,2}}? "
            r"(?:looking|seeing|reviewing|checking|confirming|approving|involved|touching|"
            r"in between|"
            r"in the loop|having)",
        ),
    ),
    "automatic": (
        gated("automatically", rf"\bautomatically\W+(?:\w+\W+){{0,2}}?{ACT}"),
        gated("automatically", rf"\b{ACT}\W+(?:\w+\W+){{0,6}}?automatically\b"),
        gated(
            "straight|automat|autonomous|touchless|loop",
            r"\b(straight[- ]through processing|fully automat(?:ed|ic|ically)|"
            r"fully autonomous(?:ly)?|"
            r"acts? autonomously|touchless|no human in the loop)\b",
        ),
        gated(
            "on its own|by itself|autonomously",
            rf"\b{ACT}\b.{{0,50}}\b(on its own|by itself|autonomously)\b",
        ),
        gated(
            "no |none |no one",
            rf"\b(?:no|none of the) (?:one|member of staff|{PERSON})(?: \w+){{0,2}}? "
            r"(?:reviews?|checks?|confirms?|approves?|is involved|looks at|sees|in the loop|"
            r"intervenes)\b",
        ),
        gated(
            "directly|immediately|clock|24/7|real time|instantly",
            rf"\b(?:answers|replies|responds|chats|talks)\b.{{0,40}}{OUTSIDER}.{{0,60}}\b(directly|"
            r"immediately|around the clock|24/7|in real time|instantly)\b",
        ),
        gated("effect", r"\btakes? effect (?:at once|immediately|instantly)\b"),
    ),
    "recommend": (
        gated(
            "only|just|merely|purely",
            r"\b(only|just|merely|purely) (?:ever )?(suggests?|recommends?|proposes?|advises|"
            r"ranks?|"
            r"flags?|"
            r"scores?|gives? (?:a )?(?:hint|suggestion|recommendation|advice)s?)\b",
        ),
        gated(
            "suggest|recommend|propos|rank|prioriti",
            r"\b(it|system|assistant|tool|model|engine|\w*bot|agent|application|app|service|"
            r"algorithm|"
            r"software|solution|copilot|prototype|classifier|feature|module|which|that|platform|"
            r"and|"
            r"then)"
            r" (?:will |would |then |also |only )?(suggests?|recommends?|proposes?|ranks?|"
            r"prioriti[sz]es?)\b",
        ),
        gated(
            "decision|word|say",
            rf"\b(final|last|actual|every|each|all|the)\W+(?:decisions?|words?|say)"
            rf"\b.{{0,50}}\b(?:by|with|"
            rf"of|to|for)\W+(?:\w+\W+){{0,3}}?{PERSON}\b",
        ),
        gated(
            "decid|decision|word|say|free to",
            rf"\b{PERSON}\W+(?:\w+\W+){{0,3}}?(?:decides?|makes? (?:the|every|each|all)"
            r"(?: \w+)? decisions?|takes? (?:the|every|each|all)(?: \w+)? decisions?|"
            r"(?:has|have|keeps?) the (?:last|final) (?:word|say)|(?:is|are|remains?) free to)\b",
        ),
        gated("decision", r"\bdecision[- ]support\b"),
        gated("accept", r"\baccepts? or (?:ignore|reject|change|dismiss|overwrite)s?\b"),
        gated(
            "recommended|suggested|proposed",
            r"\b(?:gives|offers|shows|sends) .{0,40}\b(?:recommended|suggested|proposed) \w+",
        ),
        gated("suggestion|recommendation", r"\bmakes? (?:a )?(?:suggestion|recommendation)s?\b"),
    ),
    "inform": (
        gated("information", r"\bfor information (?:only|purposes)\b"),
        gated(
            "only|merely|just|simply",
            r"\b(only|merely|just|simply) (shows?|displays?|lists?|retrieves?|finds?|"
            r"summari[sz]es?|"
            r"informs?|visuali[sz]es?|presents?|looks? up)\b",
        ),
        gated(
            "recommendation|suggestion",
            r"\b(makes? no|neither makes|does not make(?: any)?|gives no) (?:decisions? (?:or|and|"
            r"nor) )?"
            r"(recommendations?|suggestions?)\b",
        ),
        gated("nothing", r"\b(?:shows?|displays?|lists?)\b.{0,60}\band nothing (?:more|else)\b"),
        gated("neither", r"\bneither decides nor (recommends|suggests)\b"),
    ),
}
