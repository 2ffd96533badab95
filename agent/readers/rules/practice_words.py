"""Lists of words that several practices share: who, what is looked at, how often. Data only."""

from typing import Final

WHO: Final = (
    "handler|adjuster|clerk|officer|underwriter|manager|employee|colleague|reviewer|supervisor|"
    "specialist|adviser|advisor|analyst|expert|staff|people|person|human|agent|operator|nurse|"
    "doctor|engineer|lead|leader|broker|user|team|everyone|member|teacher|caseworker|recruiter|"
    "editor|inspector|tester|auditor|consultant|dispatcher|planner|lawyer|desk|department|board|"
    "doctor|physician|owner|head|controller|worker|driver|trainer|buyer|accountant"
)
"""Roles, as single words."""
THOSE: Final = (
    "customer|member|client|applicant|patient|student|citizen|caller|claimant|policyholder|"
    "employee|tenant|driver|user|people|person|visitor|recipient|reader|owner|candidate|consumer|"
    "passenger|resident|guest|borrower|farmer|anyone|everyone|family|sender"
)
"""People whom a system meets."""
ITEM: Final = (
    "case|claim|record|document|question|file|call|letter|conversation|invoice|bill|list|photo|"
    "picture|image|report|message|mail|email|answer|draft|note|transcript|contract|quote|"
    "application|request|ticket|sample|example|order|form|reply|suggestion|proposal|entry|line|"
    "field|summary|visit|booking|decision|row|page|recording|scan|offer|payment|chat|text|policy|"
    "statement|receipt|inspection|forecast|item|hit|complaint"
)
"""What a system is tried on."""
RIGHT: Final = (
    "right|correct|match|agree|equal|same|identical|accurate|accuracy|precision|recall|hit|"
    "usable|useful|found|fit|good|coincide|confirm|acceptable|error|wrong|miss|missed|deviate|"
    "deviation|false|fault|mistake|differ|off"
)
"""How a result compares with what is right."""
BAR: Final = (
    "bar|mark|threshold|target|limit|minimum|required|requirement|criterion|goal|agreed|demanded|"
    "hurdle|benchmark|needed|cut"
)
"""What a result was to reach."""
TRY: Final = (
    "compare|check|judge|read|type|rate|review|mark|label|decide|score|test|evaluate|try|run|"
    "process|inspect|assess|examine|grade|look|count|draw|replay|rerun|work|count|classify"
)
"""What is done with the items of a test."""
OFTEN: Final = (
    "daily|weekly|monthly|quarterly|nightly|day|week|month|quarter|morning|evening|monday|"
    "tuesday|wednesday|thursday|friday|hour|hourly|night|regularly|continuously"
)
MONTH: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "spring|summer|autumn|year|yearly|annually|annual|quarter|quarterly|month|monthly|week|"
    "weekly|half|twice"
)
SOFTWARE: Final = (
    "ai|software|program|programme|computer|machine|bot|algorithm|automatic|automated|"
    "automatically|robot|chatbot|model|assistant|machines|technology"
)
BOOK: Final = (
    "log|register|book|diary|journal|list|file|record|wiki|history|changelog|notebook|sheet|"
    "repository|ledger|minutes"
)
"""Where things are written down."""
