"""How teams write of purpose, retention, lawful ground, access and impact assessments.

Data for `practices.py`: one cue a line.
"""

from typing import Final

from agent.readers.rules.practice import Practice
from agent.readers.rules.practice_words import MONTH, THOSE, WHO

_ABOUT: Final = (
    "name|names|address|addresses|birth|health|bank|payment|payments|salary|account|diagnosis|"
    "gender|religion|plate|plates|details|letterhead|personal"
)
_DATA: Final = "data|field|fields|column|columns|attribute|attributes|information|detail|details"

PRACTICES: Final = (
    Practice(
        core="purpose minimisation minimization minimise necessity",
        words="data and limitation limit limits use personal of collection information",
        heads="purpose data\ndata minimisation\npurpose limitation\nfield|fields purpose\n",
        rooms="data\nprivacy\ninformation\ninput|inputs\nfield|fields\npersonal\n",
        inside=f"""
"only" {_DATA}|{_ABOUT} need|needed|use|used|read|reads|serve
leave|left|cut|drop|strip|filter|mask|remove|exclude|blank|hide out|away|off|before {_ABOUT}|\
{_DATA}|amount|amounts
not|no|neither|nor|never use|read|feed|touch|take|process|transfer {_ABOUT}|{_DATA}|history
purpose alone|single|one|sole
""",
        cues=f"""
{_DATA} settle|agree|choose|limit|fix|approve "data protection"|privacy|owner|officer|purpose
leave|left|cut|drop|strip|filter|mask|black|blank|remove out|away|off|before|filter {_ABOUT}
neither|no|not|nor use|read|process|transfer|store|need {_ABOUT}|history|religion
not|never|nor "use for" purpose|purposes|train|training|other|else|judge|judging|assess|evaluate
nothing else|more read|used|passed|stored|taken|asked|collected
"only" read|reads|used|passed|sent|transferred|taken name|number|date|text|amount|code|field|fields
purpose only|solely|single
no|not|never other|else purpose
use|used|process|read only|solely|exclusively purpose|purposes
"only" relevant|necessary|required data|information|field|fields
"only" {_DATA} need|needed|necessary|serve|help|contribute
{_DATA} not|no need|needed|used leave|left|drop|remove|delete
without {_ABOUT} use|read|work|process|see|get
""",
    ),
    Practice(
        core="retention deletion erasure",
        words="and of data period periods storage limitation limits records policy time keeping "
        "schedule personal logs",
        heads='retention\ndeletion\nerasure\nstorage period\n"how long"\n',
        rooms="data\nprivacy\ninformation\n",
        inside="""
delete|erase|purge|wipe|overwrite|drop|discard|vanish|disappear|gone|remove|expire end|once|after|\
immediately|when|#|leave|automatically
keep|kept|store|retain|hold # day|week|month|year|hour
nothing|not|no store|kept|keep|retain|record|save longer|beyond|after|end|session|call
""",
        cues="""
delete|erase|purge|wipe|overwrite|discard once|immediately|end|close|leave|automatically|session
drop|dropped|discard|vanish|disappear|gone once|immediately|end|call|session|day|week|night|month
nothing|nobody store|kept|keep|retain|record|save longer|beyond|after|permanently|disk
memory only|dropped|discard|delete|gone
keep|kept|stored|held longer|until # month|months|day|days|year|years|week|weeks|hours
goes|go|vanish|disappear after # day|week|month|hour
""",
    ),
    Practice(
        core="consent lawful legal lawfulness ground basis",
        words="or other and of for processing withdrawal privacy grounds data use personal",
        heads="legal|lawful ground|basis\nconsent\nlawfulness\nground\n",
        rooms="data\nprivacy\ninformation\npersonal\n",
        inside="""
contract|consent|law|interest|permission ground|basis|allow|permit|cover|confirm|weigh|agree|give|\
sign
ground|basis is|rest|contract|consent|law|interest
""",
        cues=f"""
ground|basis is|lies|rest contract|consent|law|statute|interest
ground|basis confirm|approve|check|cover|weigh "data protection"|privacy|counsel|office|legal|\
officer
legitimate interest weigh|balance|document|confirm|test|assess|check
process|processing|use|take under|by|on contract {THOSE}
processing|process|use rest|based|covered contract|consent|law|interest
consent press|tick|box|key|ask|sign|withdraw|form|give|given
{THOSE} agree|agreed|consent|consented form|write|writing|press|tick|contract|sign|beforehand|\
recording
"works council" agree|agreed|sign|signed|agreement
""",
    ),
    Practice(
        core="access",
        words="control controls rights right management role roles data limited permission "
        "permissions user authorisation authorization restricted and",
        heads="""
access
"who may"
"who can see"
"who sees"
right|rights role|roles|access
permission|permissions
""",
        rooms="data\nsecurity\noperation|operations\nwork\nrole|roles\ndaily\n",
        inside=f"""
see|open|read|reach|log only|own|alone|account
nobody|none else|other see|open|read
right|rights|account|accounts|access|permission|revision {MONTH}|leave|transfer|leaver|leavers
"only" {WHO}
""",
        cues=f"""
access only|limit|limited|restrict|restricted|alone|solely {WHO}|#
"only" {WHO} access|enter|open|see|log|reach
{WHO} have|has access account|accounts|login|own|normal|personal|role
# {WHO} have|has access
{WHO} see|open|read alone|only|own|else
nobody|none else|other see|open|read|access|reach
see|open|read own|only {WHO} only|own
right|rights|account|accounts|permission|permissions renew|check|revise|revision|go|look|review|\
checked|end|lose|withdraw|confirm {MONTH}|leave|leaver|leavers|transfer
access|login|right|rights end|ends|lapse|lose|remove|withdraw transfer|leave|leaver|leavers|day|\
move|change
leaver|leavers lose|loses|removed|lost
""",
    ),
)
"""One for each measure, the more special first."""
