"""Sentences that talk to the machine or the reviewer instead of describing the system. Pure.

Owns the recognition only. A sentence counts when it addresses a reader or an earlier instruction
and tells it what to do or conclude; a product's own reviewers and prompts may be described.
"""

import re
from typing import Final

_KIND: Final = (
    r"a\.?i\.?|llm|(?:large )?language model|chat ?gpt|gpt|claude|gemini|copilot|automated"
    r"|review(?:er|ing)?|evaluat(?:or|ing|ion)|screening|grad(?:er|ing)|triage|analysis|catalogue"
)
_READER: Final = (
    rf"(?:(?:{_KIND})[ -]){{0,3}}(?:reviewer|model|assistant|agent|system|llm|ai|evaluator|grader"
    r"|bot|chatbot|indexer|(?:analysis )?software)s?"
)
_VERDICT: Final = (
    r"(?:approv\w+|accept\w*|in[_ ]place|pass(?:ed|es)?\b|compliant|low risk|no (?:findings|issues"
    r"|problems|concerns|risks?)|favou?rabl\w+|positive(?:ly)?|full marks|recommend\w*|low|10/10"
    r"|highest (?:score|rating|mark))"
)
_ORDER: Final = (
    r"(?:ignore|disregard|forget|override|bypass|skip|set|mark|record|rate|score|give|output|print"
    r"|write|say|respond|reply|answer|return|report|state|conclude|approve|accept|treat|consider"
    r"|assume|quote|omit|hide|suppress|follow|obey|reproduce|repeat|reveal|show|display|execute"
    r"|do not|don['’]t|never|cite|confirm|append)"
)
_AGAINST: Final = r"\b(?:ignore|disregard|forget|override|overrule|bypass|neglect|discard)\b"
_EARLIER: Final = (
    r"(?:(?:(?:all|any|your|the|my|these|this|of|prior|previous|earlier|above|preceding|existing"
    r"|original|system|initial|following|other|current|own|safety|negative) ){0,5}(?:instructions?"
    r"|prompts?|rules?|directions?|guidelines?|questions?|messages?|orders?|programming|filters?"
    r"|restrictions?|constraints?|criteria|indicators|info(?:rmation)? except)"
    r"|(?:everything|the rest|what you were told|the above))"
)
_ABOUT: Final = (
    r"(?:proposal|initiative|recommendation|outcome|verdict|review|rating|requirements?)"
)

_EARLIER_ORDERS: Final = (
    rf"{_AGAINST}\W+{_EARLIER}",
    rf"{_AGAINST}[^.!?]{{0,25}}\b(?:previous|prior|earlier|above|your) \w+",
    rf"{_AGAINST}[^.!?]{{0,20}}\b(?:the user|and (?:instead|reply|respond|output|write|approve))",
    r"\bfrom now on,? (?:you|your|always|answer|respond)\b|\baccent from now on\b",
    r"\b(?:you were|i was) (?:told|instructed|programmed|given)\b",
    r"\binstructions? you (?:were|are|have been) given\b",
    r"\b(?:decode|translate) and (?:follow|obey|execute)\b",
    rf"\b(?:new|updated|important|urgent|secret|hidden) (?:system )?instructions?\b"
    rf"\W{{1,4}}{_ORDER}",
)
_ADDRESSED: Final = (
    rf"^\W*(?:to|dear|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|hey) "
    rf"(?:the |any |all |our )?{_READER}\s*[:,;-]\s*\S",
    rf"^\W*{_READER}\s*[:,]\s*(?:please |now |you (?:must|should|will) )?{_ORDER}\b",
    rf"\b(?:as|being) an? {_READER}\b[^.!?]{{0,15}},? you\b",
    rf"\bif you(?:['’]re| are)\b[^.!?]{{0,25}}\b{_READER}\b",
    rf"\bto you,? (?:the )?{_READER}\b|\byou,? (?:the )?(?:ai|llm|language model)\b",
    rf"\bthe {_READER} (?:must|should|shall|will) (?:now )?(?:reproduce|approve|ignore|comply"
    rf"|repeat|set (?:the )?{_ABOUT})\b",
    rf"\bsecrets?, {_READER}\b",
)
_DICTATED: Final = (
    rf"\b(?:set|mark|record|rate|score|grade|classify|flag|treat|list) (?:\w+ ){{0,4}}{_ABOUT}\b"
    rf"[^.!?]{{0,40}}\b{_VERDICT}",
    rf"\boutcome\s*[:=]\s*{_VERDICT}",
    r"\b(?:approve|accept|recommend) (?:this|the) (?:proposal|initiative|candidate|submission"
    r"|paper)\b",
    r"\b(?:do not|don['’]t|never) (?:mention|report|list|flag|raise|disclose|reveal|note)\b"
    r"[^.!?]{0,80}\b(?:findings?|risks?|concerns?|weakness\w*|in the review"
    r"|in (?:your|the) summary)\b",
    r"\bgive (?:a |an |only )?(?:positive|favou?rable|good|high|glowing)\b[^.!?]{0,20}"
    r"\b(?:review|rating|score|feedback|evaluation)\b",
    r"\bquote the sentence\b|\beven though it is not in the (?:document|text|proposal)",
    r"\boverride (?:manual|the|all|any|human) (?:scor|review|decision|rating)\w*",
    r"\bappend\b[^.!?]{0,80}\bto (?:the|your) (?:summary|review|reply|answer)\b",
    r"\b(?:in|to|with) your (?:next |final |own )?(?:reply|response|summary|review)\b",
    r"\bis your final answer\b|\bprovide your (?:reply|response|answer)\b",
    r"\b(?:cite|list) \S+ in all reviews\b|\bharming the company if we did not recommend\b",
)
_CONVERSATION: Final = (
    r"<\|?(?:im_start|im_end|system|assistant|endoftext)\|?>|\[/?INST\]|<</?SYS>>"
    r"|\{\s*\"role\"\s*:\s*\"(?:system|assistant|user)\"",
    r"^\W*(?:system|assistant|developer)[ _-]?(?:message|prompt|note|override)?\)?\s*[:>]",
    r"\(system[_ ]message\)",
    r"\b(?:administrator|admin|developer|system|root|operator)[ -]override\b",
    r"-{2,}\s*(?:begin|end) (?:of )?(?:system |new |admin )?(?:instructions?|prompt|message)",
    r"<<?\s*/?\s*(?:untrusted|trusted|instructions?)\s*>>?",
    r"\b(?:your|output|reveal|repeat|print|show|display|see|dump)\b[^.!?]{0,30}"
    r"\b(?:system|initial|hidden|original|starting) ?(?:prompt|instructions?|configuration)\b",
    r"\byou are (?:now|no longer) (?:in |a |an |the )?[^.!?]{0,20}"
    r"\b(?:dan|jailbroken|unrestricted|maintenance|debug|developer mode|free|pirate|mode)\b",
    r"\b(?:pretend|act|behave|role-?play) (?:to be|as if|as an?|that you)\b[^.!?]{0,60}"
    r"\b(?:you|no restrictions|unrestricted)\b",
    r"\boutput the text above\b|\brepeat (?:the above|this entire)\b|\bjust print\b",
)
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for group in (_EARLIER_ORDERS, _ADDRESSED, _DICTATED, _CONVERSATION)
    for pattern in group
)


def instructs(text: str) -> bool:
    """Whether the words tell a reviewer or a model what to do or to conclude."""
    folded = " ".join(text.split())
    return any(pattern.search(folded) for pattern in _PATTERNS)
