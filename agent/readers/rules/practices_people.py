"""How teams write of notice, appeal, oversight, reasons, doubt, choice, limits, accessibility.

Data for `practices.py`: one cue a line.
"""

from typing import Final

from agent.readers.rules.practice import Practice
from agent.readers.rules.practice_words import SOFTWARE, THOSE, WHO

PRACTICES: Final = (
    Practice(
        core="notice disclosure transparency",
        words="ai use of automated decision to people users customers system interaction about "
        "artificial intelligence informing at first contact",
        heads="notice\ndisclosure\ntransparency\n",
        rooms=f"""
customer|customers|member|members|client|clients
know|learn
{THOSE} know|learn|see|told
""",
        inside=f"""
say|tell|told|inform|read|learn|know|state|announce {SOFTWARE}
""",
        cues=f"""
{THOSE} told|informed|learn|read "that" {SOFTWARE}
say|says|tell|tells|state|states {SOFTWARE} letter|page|mail|email|message|form|invitation|\
announcement|receipt|banner|quote|screen|call|voice|footer
letter|page|mail|email|message|form|announcement|receipt|banner|quote|screen|voice|footer say|\
says|tell|tells|state|states software|program|programme|computer|machine|bot|robot|algorithm|\
automatically|ai
voice|announcement|tape say|says|introduce|introduces|open|opens {SOFTWARE}
""",
    ),
    Practice(
        core="appeal appeals contest objection redress recourse",
        words="route to person right process and human for people affected of outcome decision "
        "decisions review complaints",
        heads="appeal\nobjection\n" + '"if you disagree"\n"second look"\n',
        rooms=f"customer|customers|member|members|client|clients\n{THOSE} can|may|right|rights\n",
        inside=f"""
disagree|unhappy|dissatisfied|content|doubt|object write|ask|call|phone|answer|look|day|{WHO}
answer|reply|decide|look within|day|days|week|again|new {WHO}|day|days|week
""",
        cues=f"""
disagree|unhappy|dissatisfied|object ask|call|phone|write|lodge|press|tick {WHO}|look|again
second look|opinion|view ask|request|get|{WHO}
{WHO} look|looks|decide|decides again|anew|afresh disagree|unhappy|refuse|refusal|outcome|\
decision|result
{THOSE} can|may "have" decision|outcome|result|refusal|score look|looked|checked|reviewed|decided \
{WHO}
""",
    ),
    Practice(
        core="oversight supervision",
        words="human of by a person in the loop decisions final meaningful control",
        heads="oversight\nhuman control\n",
        rooms="""
role|roles
use
work
works
staff
handler|clerk|agent|adviser|specialist|dispatcher|nurse|underwriter
""",
        inside=f"""
{WHO} confirm|approve|tick|release|decide|change|overrule|override|correct|stop|reverse|accept|\
reject|sign each|every|all|before|any|always
""",
        cues=f"""
{WHO} confirm|approve|tick|release|sign|accept|check each|every|all before|until|sent|send|leave|\
goes
{WHO} overrule|override|reverse|stop any|every|all|each
{WHO} tick|ticks|confirm|confirms|release|releases|sign|signs each|every
without tick|ticks|confirmation|click|release|approval|signature nothing|no|not|cannot
nothing|no happen|booked|sent|paid|saved|filed until|unless|before {WHO}
{WHO} can|may take|change|correct|edit ignore|reject|leave|drop|refuse
""",
    ),
    Practice(
        core="explanation explanations reasons explainability",
        words="plain words in of decision outcome decisions language for people affected clear and",
        heads='explanation\nreason|reasons\n"why"\n',
        rooms=f"customer|customers|member|members|client|clients\n{THOSE} told|learn|see\n",
        inside="""
reason|reasons|why give|gives|show|shown|stand|get|name|learn|tell|told|explain|see
""",
        cues=f"""
{THOSE} ask|asks why get|given|told|learn|reason|hear
{THOSE} get|read|learn|see|told reason|reasons
sentence|sentences|rule|rules|reason|reasons|factor|factors led|behind|decisive shown|stand|\
stands|listed|marked|named|beside
beside|below|next|with score|suggestion|proposal|recommendation stand|stands|reason|reasons|why
letter|mail|message|page|screen reason|reasons sentence|sentences|plain|word|words|example|clause|\
rule
reason|reasons stand|stands|appear|given|shown beside|below|under|letter|sentence|plain
""",
    ),
    Practice(
        core="uncertainty confidence certainty limitations",
        words="shown display of visible and limits communicated known expressed to users",
        heads="uncertainty\nconfidence\n" + '"how sure"\nlimit|limits knowledge\n',
        rooms="screen\nuse\nworks\nshown\nlook|looks\n",
        inside="""
sure|certain|unsure|unclear|doubt|doubtful|weak|low|hollow|grey|question show|shown|mark|marked|\
say|says|label|colour|appear
""",
        cues="""
mark|marked|show|shown|label|flag hollow|grey|dashed|italic|hatched confirm|confirmed|check|sure|\
doubt|source
mark|marked|show|shown|label high medium|low
mark|marked|show|shown|say|says|label|flag "hard to read"|unreadable|illegible|blurred|incomplete|\
guess|doubt|doubtful|questionable
say|says|show|shows sure|certain|unclear|unsure|doubt|doubtful instead|rather|please
show|shown|give|given range|spread|margin|interval
leave|leaves|left|stays|remains field|line|figure|suggestion|answer empty|blank|open unsure|\
certain|sure|doubt|unclear
print|printed|shaded|coloured|shown grey|italic|yellow|red|amber|star|stars unsure|unclear|sure|\
certain|check|doubt
figure|estimate|forecast|value comes|come|shown|given range|band|from
says|say instead guess|guessing
"how" sure|certain|likely|reliable show|shown|beside|bar|mark|star|colour|percent|tell|tells|say|\
says
no figure|answer|suggestion|proposal contradict|unclear|doubt|unsure|missing|say|says
""",
    ),
    Practice(
        core="opt alternative choice",
        words="out and human to a person right of channel for people instead served by not use",
        heads='"opt out"\nperson instead\nhuman alternative\nchoice\n"without the"\n',
        rooms=f"customer|customers|member|members|client|clients\n{THOSE} can|may|right|rights\n",
        inside=f"""
phone|number|call|person|hand|paper|{WHO} instead|stand|stands|same|reach|want|wish|ask|request|\
prefer|prefers
""",
        cues=f"""
request|wish|ask|want {WHO} hand|manual|manually|paper|self
{THOSE} turn|turned|switch|switched off|away phone|letter|mail|click|app|time
say|says|press|write|type person|human|operator|agent connect|connected|through|reach|get|\
transfer|transferred|call
phone|number letter|page|foot|top|form stand|stands|printed|given person|human|hand|team|desk
"who" prefer|prefers|want|wants phone|paper|person|letter|branch|desk|human
instead call|phone|visit|write {WHO} can|may|free|same|still
"same" price|premium|result|outcome|service|wait|conditions {WHO}|phone|hand|paper
""",
    ),
    Practice(
        core="ceiling limits limit autonomy",
        words="automation of on automated action actions decisions decision authority what system "
        "may do",
        heads="ceiling\nautomation limit|limits\n" + '"by itself"\n"on its own"\nlimit|limits\n',
        rooms="rule|rules\nuse\nworks\n",
        inside=f"""
"only" may|can|allow|allowed
up maximum|most|above|over|more # {WHO}
never|not|no|nothing change|decide|refuse|book|pay|send|touch|set|write price|claim|refusal|alone|\
itself|own|acceptance|premium
""",
        cues=f"""
itself|alone|own "only" may|can fix|fixed|built|code|enforce|system|rule|set
not|no|never|nothing touch|change|alter|set|decide price|premium|acceptance|exclusion|cover|\
refusal|amount|sum
always wait|waits|goes|go|needs approval|person|{WHO} against|above|over|refusal|negative|worse|\
complex|doubt
no|not|never write access
system|software|code|engine enforce|enforces|block|blocks|prevent|prevents limit|this|it|ceiling|\
more|above
""",
    ),
    Practice(
        core="accessibility accessible",
        words="of and for all people barrier free digital design inclusive interface services",
        heads="accessibility\nbarrier free\n",
        rooms=f"customer|customers|member|members|client|clients\n{THOSE} can|may\n",
        inside="""
large|big print
reader|keyboard|contrast|wcag|subtitle|subtitles|plain|easy|braille|languages test|tested|exist|\
offer|available|version|meet|work|works
""",
        cues="""
large|big print letter|letters|exist|offer|send|version|available|sent
easy|plain|simple language letter|letters|exist|exists|page|version|written|form
blind|deaf|disabled|impaired people|person|member|members|customer|user|users|association try|\
tried|test|tested|read
wcag test|tested|meet|meets|pass|passed|check|checked|level|aa
""",
    ),
)
"""One for each measure, the more special first."""
