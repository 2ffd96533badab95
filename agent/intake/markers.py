"""The phrases by which English says: planned, open, demanded; and when.

Owns the patterns, one for each thing that can be said of a measure; `judgement.py` decides how far
each of them reaches. Patterns are bounded, so that a text without punctuation stays linear. They
are written for text in lower case: ignoring case would cost several times as much.
"""

from typing import Final

from agent.intake.patterns import any_of
from knowledge.patterns import lazy

_RULE = (
    r"(?:polic(?:y|ies)|standards?|guidelines?|regulations?|directives?|laws?|acts?|gdpr|rules?|"
    r"principles?|framework|iso ?/?(?:iec ?)?\d+|articles? \d+|legislation|code of conduct|"
    r"handbook|rulebook|requirements?|charter|trust-\d+)"
)
_LAUNCH = (
    r"(?:go[- ]?live|launch|roll[- ]?out|first release|production start|productive use|deployment|"
    r"switch-on|we (?:launch|go live|start|release|roll out)|release to production|"
    r"(?:it|we|the \w+) (?:is|are|goes|go|gets) "
    r"(?:live|approved|in production|stable|rolled out|released|deployed|launched))"
)
_MAKING = (
    r"(?:built|developed|written|set up|prepared|designed|implemented|defined|created|planned|"
    r"drawn up|worked out|introduced|negotiated|procured|put in place|specified|drafted|"
    r"established|piloted|added|organi[sz]ed|recruited|hired|configured|rolled out)"
)
_TIME = r"(?:q[1-4]|quarter|month|year|week|spring|summer|autumn|fall|winter|half)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_OUT_OF = r"\b(?<!asks )(?<!ask )(?<!able )(?<!right )(?<!need )(?<!needs )(?<!have )(?<!has )"
_OUT_OF += (
    r"(?<!want )(?<!wants )(?<!request )(?<!allowed )(?<!likely )(?<!choose )(?<!had )(?<!wish )"
)
_OUT_OF += r"(?<!wishes )(?<!not )(?<!never )"

PLANNED: Final = any_of(
    r"\b(?<!\bat )(?<!free )(?<!good )will\b",
    r"\bshall\b|\bll\b|\bgoing to (?!the )|\babout to\b",
    r"\b(?<!the )(?<!\ba )(?<!our )plan (?:to|on)\b|\b(?:plans|planning) (?:to|on)\b|\bwe plan\b|"
    r"\b(?:the|our) plan is\b|\bplan(?:s|ning)? (?:includes?|foresees?|calls? for)\b",
    r"\bplanned\b(?! (?:maintenance|outage|downtime))|\bplanned-",
    r"\bintends? to\b|\bintended to\b|\b(?:our|the|an?) intention\b",
    r"\b(?:aim|aims|aiming) (?:to|for|at)\b|\bthe aim is\b|\bour aim\b",
    r"\b(?:hope|hopes|hoping|expect|expects|expected|propose|proposes|proposed) (?:to|that)\b",
    r"\bwe (?:propose|suggest|recommend)\b|\bit is proposed\b|\bis (?:proposed|suggested)\b",
    r"\b(?:is|are) (?:(?:set|due|supposed|slated|earmarked) (?:to|for|in|by)|meant to)\b",
    _OUT_OF + r"to be (?:\w+ly )?(?:(?:re)?(?!need|indeed)\w+ed|defined|done|written|built|"
    r"set|put|made|chosen|given|held|drawn|found|shown|added|worked|sent|drafted)\b",
    r"\b(?:tbd|tba|todo|to-do)\b|\bt\.b\.d|\bto do\b(?=\s*(?:$|[.,;:|)]))",
    r"\b(?:is|are|exists?|still|only|currently) (?:still |only |currently |so far )?"
    r"(?:as |an? |in )?(?:an? )?(?:first |early |rough |initial )?drafts?\b|"
    r"\bin draft\b|\b(?:has|have|had) been drafted\b|[:|(-] ?(?:first |early )?draft\b|"
    r"\bdraft (?:version|status|policy|procedure|plan|concept|runbook|guidelines?|process|dpia|"
    r"notice|agreement|contract)\b",
    r"\b(?:phase|stage|release|version|step|iteration|wave|increment) ?(?:[2-9]\b|two|three|ii\b)|"
    r"\b(?:second|third|later|next|future|subsequent|following|coming|upcoming) "
    r"(?:phases?|stages?|releases?|versions?|steps?|iterations?|waves?|increments?|sprints?)\b",
    r"\b(?:road ?map|backlog|next sprint)\b",
    rf"\b(?:next|coming|the following) {_TIME}\b|\blater (?:this|in the) {_TIME}\b|\blater on\b|"
    r"\b(?:in|for) (?:the )?(?:near |medium |long )?(?:future|longer? run)\b|\bin due course\b|"
    r"\bat a later (?:date|stage|point|time)\b|\beventually\b|\bsoon\b(?! as)",
    rf"\b(?:starting|beginning|effective|available|expected|targeted|ready|due) "
    rf"(?:in|from|on|by|as of|with) (?:the )?(?:next |q[1-4]|{_MONTH}|{_TIME}|20\d\d|pilot)",
    rf"\b(?:once|when|after|as soon as|following|upon) (?:the )?{_LAUNCH}|\b(?:once|when) "
    r"(?:live|approved|in production|released|deployed|stable)\b",
    r"\b(?:is|are|been|being|was|were|already|now) (?:now |already |also )?(?:booked|scheduled)\b"
    r"(?! (?:every|each|monthly|weekly|daily|nightly|quarterly))",
    r"\b(?:scheduled|booked|slated|foreseen|envisaged|envisioned|anticipated|targeted|"
    r"pencill?ed in) (?:for|to|in|on|by|with)\b|\b(?:is|are) (?:foreseen|envisaged|envisioned)\b",
    rf"\b(?:is|are) (?:still |currently |now |also )?being (?:{_MAKING}|completed|finali[sz]ed)\b|"
    r"\bwhile (?:the|an?|our) (?:\w+ ){1,4}(?:is|are) (?:completed|prepared|drafted)\b",
    r"\bwe are (?:still |currently |now |also )?(?:building|developing|writing|preparing|"
    r"designing|implementing|drafting|setting up|working on|creating|negotiating|procuring|"
    r"adding|specifying|defining|recruiting)\b|\bworking (?:on|towards)\b",
    r"\b(?:under|in) (?:active )?(?:development|construction|preparation|planning|progress|"
    r"procurement|negotiation)\b|\bin the works\b|\bwork in progress\b|\bwip\b|\bunder ?way\b",
    r"\((?:by |in |from )?q[1-4](?:[ /]?\d{2,4})?\)",
    rf"\b(?:agreed|arranged|fixed|announced|commissioned|ordered|contracted|set|due) for (?:the )?"
    rf"(?:next|first|second|last|week|end|early|late|mid|{_MONTH}|{_TIME})",
    r"\bin the (?:target|final|end|future) (?:state|picture|version|design|set-?up)\b|"
    r"\bwe (?:have )?asked \w+ (?:\w+ )?to\b|\barranged for\b",
    r"\b(?:postponed|deferred|on hold|delayed until|delayed to|pushed back)\b",
    r"\bwould\b(?! otherwise)|\bshould\b(?! (?:the|a|an|it|this|something|anything)\b.{1,60},)",
    r"\b(?:still )?need(?:s|ed)? to be\b|\bwe (?:still )?(?:need|have) to\b|\bstill to\b|"
    r"\byet to\b|\bremains? to\b",
    r"\[ \]|☐|⬜",
)
BEFORE_LAUNCH: Final = lazy(
    rf"\b(?:before|prior to|ahead of|at|by|with|until) (?:the |our |its )?{_LAUNCH}|"
    rf"\b(?:by|in|for|until|from) (?:the )?(?:end of (?:the )?)?"
    rf"(?:q[1-4]\b|{_MONTH} 20\d\d|20[2-9]\d\b|year[- ]end)"
)
"""A date or the launch: a plan, unless the verb is in the past or it recurs."""
OPEN: Final = any_of(
    r"\?[\"'”’)\]*_ ]*$",
    r"\bundecided\b|\bunresolved\b|\bunclear\b|\buncertain\b|\bnot (?:sure|certain)\b",
    r"\bopen (?:questions?|points?|issues?|items?|matter)\b|\b(?:remains?|still|left) open\b|"
    r"\bopen remains?\b|"
    r"\bis open\b(?! (?:to|from|for|between|on|daily|source))",
    r"\b(?:not|yet to|never) (?:yet |been |finally |fully |be )*(?:decided|clear|agreed|settled|"
    r"defined|determined|confirmed|known|clarified|finali[sz]ed|resolved|specified)\b",
    r"\bto be (?:confirmed|clarified|discussed|determined|checked|explored|seen|evaluated|"
    r"assessed)\b|\btbc\b",
    r"\bunder (?:discussion|consideration|investigation|evaluation|review)\b",
    r"\b(?:is|are) (?:still |currently |also )?being (?:discussed|considered|evaluated|explored|"
    r"assessed|debated|investigated|looked into|weighed|examined|studied)\b|"
    r"\bno (?:final |clear |firm )?(?:decision|view|answer|agreement|position|conclusion) "
    r"(?:\w+ )?yet\b|\bnot (?:yet )?(?:decided|agreed|settled)\b",
    r"\bwe (?:are |still |currently |also )*(?:consider|considering|exploring|explore|discussing|"
    r"discuss|evaluating|investigating|debating|wonder|assume|believe|think|hope)\b",
    r"\b(?:looking into|thinking about|exploring whether|consider (?:adding|offering|whether))\b|"
    r"\bcould (?:be|add|offer|also|later|introduce|include|provide|consider|imagine|then)\b|"
    r"\b(?:should|could|can|to) be considered\b",
    r"\b(?:decide|know|clarify|discuss|determine|agree|clear|decided|known|question) "
    r"(?:whether|if|how|who)\b",
    r"\bmight\b|\bmaybe\b|\bperhaps\b|\bpossibly\b|\bhopefully\b|\bpresumably\b|\bprobably\b|"
    r"\bideally\b",
    r"\b(?:if|where|when|as far as|wherever) (?:possible|feasible|time permits|budget allows|"
    r"practicable)\b|\bsubject to (?:funding|budget|approval|agreement|availability)\b",
    r"\bmay (?:not )?(?:also |later |still |eventually |well )*(?:be (?!appealed|contested|"
    r"overridden|challenged|disputed|corrected|withdrawn|requested|objected|refused|overruled|"
    r"only|seen|read|accessed|sent|released|changed|used)|need|add|offer|introduce|consider|"
    r"want|have|become|require|include|come|follow|depend|vary|exist)",
)
REQUIRED: Final = any_of(
    rf"\b{_RULE}\b[^.;]{{0,40}}?\b(?:says?|states?|requires?|required|demands?|asks?|expects?|"
    r"mandates?|prescribes?|obliges?|stipulates?|calls? for|foresees?|applies|apply)\b",
    rf"\b(?:in (?:line|accordance|compliance|conformity|keeping) with|according to|as per|per|"
    rf"pursuant to|complying with|as (?:required|demanded|laid down|set out|described) (?:by|in)|"
    rf"required (?:by|under)|follow(?:s|ing)?|under) (?:the |our |its |all |any |company |group |"
    rf"internal |applicable |relevant |corporate |\w+ ){{0,3}}?{_RULE}\b",
    r"\b(?:must|has to|have to|needs? to|ought to|is obliged to|are obliged to)\b",
    r"\b(?:is|are) (?:required|mandatory|obligatory|needed|necessary)\b",
    r"\b(?:teams|projects|providers|deployers|initiatives|owners|operators) "
    r"(?:shall|should|are expected)\b",
)
BY_POLICY: Final = lazy(rf"\b{_RULE}\b")
_ROLE = (
    r"(?:adjusters?|clerks?|officers?|agents?|staff|employees?|persons?|people|humans?|reviewers?|"
    r"approvers?|supervisors?|managers?|specialists?|case ?workers?|handlers?|customers?|users?|"
    r"applicants?|operators?|administrators?|admins?|doctors?|nurses?|physicians?|clinicians?|"
    r"teachers?|lawyers?|underwriters?|brokers?|editors?|engineers?|analysts?|advis[eo]rs?|"
    r"colleagues?|leads?|everyone|anyone|someone|nobody|experts?|citizens?|patients?|members?|"
    r"examiners?|inspectors?|recruiters?|owners?|auditors?|authors?|second pair of eyes)"
)
PERSON: Final = lazy(rf"\b{_ROLE}\b")
PERSON_ACTS: Final = lazy(
    rf"\b{_ROLE}\b[^.;]{{0,40}}?\b(?:must|has to|have to|needs? to)\b"
    rf"(?! (?:be (?:told|informed|notified|able|given|offered|trained|made)|have|exist))|"
    rf"\b(?:must|has to|have to|needs? to) (?:first |always |then )?(?:be )?"
    rf"[\w ]{{0,30}}?\b(?:by|from) (?:an? |the |two |another |at least )?(?:\w+ )?{_ROLE}\b|"
    r"\b(?:must|has to|have to|needs? to) (?:first |always )?be (?:approved|reviewed|confirmed|"
    r"checked|signed|released|accepted)\b[^.;]{0,40}\bbefore\b|"
    r"\b(?:is|are) (?:required|needed|mandatory) (?:before|to (?:access|open|send|release|see|read|"
    r"view|change|log|approve|proceed)|for (?:each|every|any|all|access|sending))\b"
)
"""`must` and `required` as a step of this system's own process: a measure, not a rule restated."""
CONCRETE: Final = lazy(
    rf"\b\d+ ?(?:days?|months?|years?|weeks?|hours?|h\b|minutes?|%|percent|cases|times)|"
    rf"\b(?:ten|thirty|ninety|two|three|four|five|six|seven|eight|nine|twelve) "
    rf"(?:working |business |calendar )?(?:days|months|years|weeks|hours)|"
    rf"\b(?:daily|weekly|monthly|quarterly|nightly|yearly|annually|every (?:day|week|month|night|"
    rf"quarter|year|six)|each (?:day|week|month|quarter))\b|"
    rf"\bby (?:phone|e-?mail|letter|post)\b|\b(?:an?|the|our) (?:\w+ )?{_ROLE} \w+s\b"
)
CONDITIONAL: Final = lazy(
    r"\b(?:if|unless|provided that|in case|assuming|subject to|depending on|as long as|only when|"
    r"where (?:possible|needed|necessary|feasible))\b"
)
FUTURE: Final = lazy(r"\b(?:will|shall|going to)\b|\w['’]ll\b")
PAST: Final = lazy(
    r"\b(?:was|were|had|did|(?:has|have) been|(?:has|have) (?:\w+ly |already )?\w+(?:ed|en|wn|lt)"
    r"|(?:has|have) (?:run|put|set|made|done|built|held)|we (?:\w+ly )?(?:\w+ed|ran|held|made|"
    r"built|wrote|did)|(?:tested|audited|reviewed|assessed|approved|completed|carried out|trained|"
    r"signed|validated|evaluated|measured) (?:in|on|by|with|against|for|before|during|last))\b"
)
PRESENT: Final = lazy(r"\b(?:is|are|has|have|does|do|can|cannot|must|may|am|\w{3,}(?<![su])s)\b")
RECURS: Final = lazy(
    r"\b(?:each|every|any|all|always|daily|weekly|monthly|quarterly|nightly|yearly|annually)\b"
)
