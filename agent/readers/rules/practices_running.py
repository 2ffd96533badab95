"""How teams write of incidents, fallback, attacks, suppliers, training, owners, assessments.

Data for `practices.py`: one cue a line.
"""

from typing import Final

from agent.readers.rules.practice import Practice
from agent.readers.rules.practice_words import ITEM, THOSE, WHO

_WRONG: Final = (
    "wrong|nonsense|error|errors|mistake|mistakes|harm|harmed|fault|faults|mishap|incident|"
    "incidents|odd|false|misuse|problem|problems"
)
_COURSE: Final = (
    "train|trained|training|course|courses|briefing|introduction|instruction|workshop|seminar|"
    "lesson|lessons|class|session|sessions|tutorial|practice|schooling"
)

PRACTICES: Final = (
    Practice(
        core="incident incidents",
        words="reporting report harm misuse error errors management handling process of problem "
        "breach response and serious notification",
        heads="incident\n" + f"{_WRONG} report|goes|went|happen|handling\n",
        rooms="""
operation|operations
running
"goes wrong"
error|errors
mistake|mistakes
support
work
""",
        inside=f"""
report|flag|tell|write|reported {WHO}|button|form|hour|day|answer|cause
""",
        cues=f"""
report|flag|reported {_WRONG} desk|team|button|form|flag|corner|click|mailbox|line|phone|channel|\
developer|developers
report|flag|reported {_WRONG} answer|reply|look|investigate|fix|correct|note|inform day|hour|\
hours|days|week|cause
{THOSE} harmed|affected|concerned|wrong inform|informed|told|call|called|calls|written|write|paid \
error|mistake|{_WRONG}
cause|causes note|noted|recorded|written|fixed {_WRONG}|affected
""",
    ),
    Practice(
        core="fallback kill shutdown emergency",
        words="and switch off stop plan button contingency manual continuity backup of system "
        "mechanism",
        heads='fallback\nkill switch\nemergency stop\noff\n"switching off"\nplan b\n',
        rooms='operation|operations\nrunning\nemergency\n"goes wrong"\noutage|failure\n',
        inside=f"""
turn|switch|take|shut off|down {WHO}|minute|minutes|click|second|seconds|one
then|instead|meanwhile|without work|works|go|goes|hand|manual|paper|list|queue|phone|before
""",
        cues=f"""
turn|turns|switch|switches|take|takes|shut off|down|out one|single|click|switch|minute|minutes|\
button|second|seconds {WHO}
{WHO} then|meanwhile work|works|go|process list|paper|hand|manual|before|old|queue
off click|switch|button one|single|second|seconds|minute|minutes
practise|practised|rehearse|rehearsed|drill|tried switch|switching|off|stop|fallback|outage|failure
fails|fail|failure|down|outage {WHO}|work hand|paper|phone|manual|list|table|before|old
""",
    ),
    Practice(
        core="security injection attack attacks cybersecurity",
        words="and prompt prompts resistance test testing robustness against adversarial of "
        "protection misuse hardening",
        heads="security\nattack|attacks\npenetration test\nred team\ninjection\n",
        inside="""
forge|forged|hidden|instruction|instructions|attack|attacks|attacker|trick|tricks|fake try|tried|\
test|tested|block|blocked|through|refuse|refused|found|stop|stopped
may|can|could "only" write|read|call|send
treat|treated data
""",
        cues=f"""
security|tester|testers|hacker|hackers|"red team" try|tried|test|tested forge|forged|hidden|\
instruction|instructions|attack|attacks|trick|tricks|fake|command|commands
try|tried|test|tested attack|attacks|instruction|instructions|injection|trick|command|commands \
every|all|stopped|blocked|refused|through|ignored|failed
instruction|instructions|command|commands {ITEM} ignore|ignored|effect|follow|followed|obey|carry|\
carried|reach
treat|treated|handled data instruction|instructions|command|commands|order|orders
""",
    ),
    Practice(
        core="supplier suppliers vendor vendors third",
        words="terms party parties contract contracts agreement agreements check due diligence "
        "conditions management provider of and risk assessment",
        heads="""
supplier|vendor contract|terms|agreement|check
contract
terms
supplier
vendor
""",
        rooms="data\npurchasing|procurement\nlegal\n",
        inside="""
contract|agreement|terms signed|forbid|forbids|exclude|excludes|settle|settles
forbid|forbids|prohibit|exclude train|training
""",
        cues="""
contract|agreement|terms|addendum|clause forbid|forbids|prohibit|prohibits|exclude|excludes|rule|\
bar|bars train|training|learn|reuse|use
contract|agreement|terms|addendum notice|notify|announce change|changed|version|incident|model
contract|agreement|terms|addendum sign|signed|check|checked audit|exit|return|region|training|\
notice|data
forbid|forbids|prohibit|prohibits|exclude|excludes train|training return|notice|audit|incident|\
region|export|contract
not|never|no train|training contract|agreement|terms|clause|addendum
""",
    ),
    Practice(
        core="training literacy",
        words="user users staff of ai for employees operators and instruction education competence "
        "awareness people handlers mandatory training",
        heads="training\nliteracy\ncourse|courses\nbriefing\n",
        rooms=f"{WHO}\nclerks\nrole|roles\nwork\n",
        inside="""
train|trained|course|briefing|introduction|instruction|workshop|lesson|session hour|hours|day|\
days|morning|afternoon|minute|minutes|all|before|each|every|half|#
""",
        cues=f"""
{WHO} {_COURSE} hour|hours|day|days|morning|mornings|afternoon|afternoons|minute|minutes
{WHO} take|took|attend|attended|complete|completed|pass|passed|have|had|has|part course|courses|\
training|briefing|introduction|workshop|seminar|lesson|session
{WHO} shown|introduced|instructed|walked|coached hour|hours|day|days|morning|afternoon|minute|\
minutes|before
all|every {WHO} took|taken|done|finished part|course|module|lesson|training
course|training|briefing|introduction|lesson condition|prerequisite|before|require|required login|\
access|account|start|use
{WHO} know|learn|learnt|learned|practise|practised course|training|introduction|briefing|workshop|\
lesson|seminar
{WHO} show|shown|learn|learnt|learned|practise|practised typical|wrong|invented|common|error|\
errors|mistake|mistakes example|examples|course|hour|hours|session|morning|before
""",
    ),
    Practice(
        core="owner accountable accountability responsibility",
        words="named person business of and clear responsible ownership deputy a",
        heads="accountable\naccountability\nresponsible\nresponsibility\nowner\n",
        named=True,
    ),
    Practice(
        core="impact dpia fria",
        words="assessment for sensitive data protection privacy assessments of rights fundamental "
        "human algorithmic special categories and",
        heads="impact assessment\ndpia\nfria\n",
        inside="assessment sign|signed|complete|completed|finish|finished|approve|approved|date\n",
        cues="""
assessment|dpia|fria sign|signed|approve|approved|finish|finished|complete|completed # january|\
february|march|april|may|june|july|august|september|october|november|december
""",
    ),
)
"""One for each measure, the more special first."""
