"""How teams write of tests, comparisons between groups, watching, logs, change records, sources.

Data for `practices.py`: one cue a line.
"""

from typing import Final

from agent.readers.rules.practice import Practice
from agent.readers.rules.practice_words import (
    BAR,
    BOOK,
    ITEM,
    MONTH,
    OFTEN,
    RIGHT,
    TRY,
)

_GROUP: Final = (
    "age|ages|gender|sex|region|regions|nationality|nationalities|origin|language|accent|accents|"
    "dialect|dialects|disability|ethnic|ethnicity|group|groups|women|men|trade|trades|postcode|"
    "postcodes|district|districts|background|surname|surnames"
)
_CHANGE: Final = "change|changes|modification|modifications|revision|revisions|update|updates"

PRACTICES: Final = (
    Practice(
        core="test tests testing evaluation validation trial accuracy performance",
        words="before release launch deployment production go live use prior acceptance pre "
        "quality system model independent real cases measured results on productive ahead",
        heads="""
test
trial
evaluation
validation
accuracy
backtest
number|figure|result|experience|measurement far
"does it work"
"how well"
"how good"
find|found works
quality
measured|found|checked "what"
pilot result
check before
""",
        inside=f"""
% {RIGHT}|{BAR}
# {ITEM} {TRY}
# {ITEM} {RIGHT}
{TRY} {ITEM} {RIGHT}
% {ITEM}
test|trial|evaluation|comparison|pilot {ITEM}
""",
        cues=f"""
# {ITEM} {TRY} % right|correct|match|agree|equal|same|identical|found|accuracy|coincide
# {ITEM} twice|blind|parallel|retyped|recalculated
% right|correct|match|agree|equal|same|identical|found|accuracy|coincide {BAR}
{ITEM} % right|correct|match|equal|identical|coincide bar|mark|threshold|target|limit|hurdle
""",
    ),
    Practice(
        core="bias fairness discrimination",
        words="test testing check audit review equal treatment outcome group people assessment "
        "non analysis measurement before release regular monitoring",
        heads="bias\nfairness\ndiscrimination\nequal treatment\n",
        rooms="test\nevaluation\ntrial\nquality\n",
        inside=f"""
compare|comparison|differ|difference|gap|break|split|separate {_GROUP}
""",
        cues="""
compare|comparison|break|split between|by|across|among gender|sex|origin|nationality|ethnic|women|\
accent|dialect|disability|surname|"age"
compare|comparison|break|split|differ nationality|origin|gender|accent|dialect|ethnic|women|\
disability
""",
    ),
    Practice(
        core="monitoring monitor observation supervision",
        words="operation operational production performance quality system ongoing continuous "
        "after release use drift outcome live human results regular post deployment",
        heads="monitoring\nobservation\nwatch|watching\n",
        rooms="operation|operations\nrunning\nrun\ndaily|everyday\n" + '"in use"\nlive\nquality\n',
        inside=f"""
follow|watch|track|look|read|draw|check|review|sample|see|count|discuss|compare {OFTEN}
""",
        cues=f"""
share|rate|number|figure|proportion|count|quota watch|follow|track|look|see|check|report {OFTEN}
share|rate|proportion|quota watch|follow|track above|over|below|exceed|limit
read|draw|check|listen|sample # {ITEM} {OFTEN}
compare|recompute|recalculate|measure|count error|deviation|accuracy|quality|hit {OFTEN}
""",
    ),
    Practice(
        core="logging log logs audit trail traceability",
        words="of decisions outputs and records system event events use automatic record keeping "
        "every each answers actions",
        heads='log|logs\nlogging\n"audit trail"\n',
        inside=f"""
record|write|store|note|save|keep time|version|input|who|person|result|date|reason
log|logs|logged {ITEM}|time|version|input|who|result|date|action|everything
""",
        cues=f"""
"is logged" {ITEM}|step|action|time|version|input|ranking|change
"are logged" {ITEM}|step|action|time|version|input|score|ranking|answers|all
"was logged" {ITEM}|step|action|time|version
"logs each" {ITEM}|step|action|output|score|ranking
"logs every" {ITEM}|step|action|output|score|ranking
written|recorded|stored|saved each|every time|version|input
""",
    ),
    Practice(
        core="change changes decision decisions record records documentation history",
        words="of and log register management control keeping versioning version written model "
        "prompt recording",
        heads=f"""
{_CHANGE} {BOOK}
changes
version history
""",
        rooms='operation|operations\nrunning\n"who may"\nresponsible|responsibility\n',
        inside=f"""
{_CHANGE} date|dated reason|name|who|approve|approval|sign|write|written|enter|note|record
version|release each|every|new date|dated reason|name|who|approve|approval
""",
        cues=f"""
{_CHANGE} {BOOK} date|dated|reason|name|approve|approval|sign|signature|signed lately|latest|last|\
date|reason|name|approve|approval|sign|signature|signed
{_CHANGE} written|enter|entered|note|noted|record|recorded|listed|stand|stands|kept reason|name|\
date|dated
{_CHANGE} {BOOK} list|lists|hold|holds|show|shows|contain|contains|keep|keeps|stand|stands
{BOOK} list|lists|hold|holds|show|shows|contain|contains version|versions|release|releases date|\
reason|approval|name
"change log" keep|kept|hold|holds|show|shows|date|entry|entries|last|latest
"release notes" keep|kept|each|every|date|sign|signed
""",
    ),
    Practice(
        core="grounded grounding sources source citations",
        words="answers with generated statements named facts references on and of cited content "
        "output outputs",
        heads="source|sources\ncitation|citations\nreference|references\n",
        inside="""
source|page|link|clause|document|passage beside|stand|name|show|open|link|date|click|under|behind
""",
        cues="""
beside|below|behind|under|next each|every field|sentence|line|answer|figure|statement source|page|\
clause|link|document
each|every sentence|line|statement|figure|answer name|show|carry|link|lead|point source|page|\
clause|document|original|passage
""",
    ),
    Practice(
        core="sunset expiry retirement renewal decommissioning lifecycle",
        words="review date end of life plan clause planning reassessment periodic regular and use "
        "termination",
        heads="""
sunset
expiry
retirement
decommissioning
"when it ends"
end date
review date
renewal
""",
        rooms="""
end
"how long"
responsible|responsibility
pilot
term
duration
owner
person|persons
""",
        inside=f"""
review|judge|look|decide|reassess|check|end|stop|close|expire|lapse # {MONTH}
end|stop|close|switch|expire|retire unless|otherwise|else|latest|fewer|less
""",
        cues=f"""
review|judge|look|decide|reassess|reconsider # {MONTH} continue|renew|else|otherwise|unless|goes
end|ends|stop|stops|expire|lapse|close|retire unless # {MONTH}
switch|switched off latest # {MONTH}
switch|switched off otherwise|else|unless decide|review|board|committee|renew|continue
run|runs until|to|till # {MONTH} decide|decides|review|goes|continue|end|ends
pilot|permission|approval|trial|licence end|ends|expire|expires|run|runs until|to|on|till #
comes|come|goes back|before|again board|committee # continue|renew|decide|decides|date
month|months|year|years then|after|afterwards decide|decides|ends|end continue|continues|renew|\
goes|board|unless|pilot
review|reviewed|look|looks|judged # {MONTH} unless|otherwise|else|decide|decides|renewal
"end date" agree|set|fix|fixed|agreed
look|looks|judge|review again # {MONTH}
stop|end|close if|when fewer|less|below|under #
""",
        dated=True,
    ),
)
"""One for each measure, the more special first."""
