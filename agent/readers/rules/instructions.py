"""Sentences that talk to the machine or the reviewer instead of describing the system. Pure.

Owns the recognition only. A sentence counts when it addresses a reader or an earlier instruction
and tells it what to do or conclude; a product's own reviewers and prompts may be described.
"""

import re
from functools import lru_cache
from typing import Final

from knowledge.patterns import Gated, folded, gated

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
_AGAINST_WORDS: Final = "ignore|disregard|forget|override|overrule|bypass|neglect|discard"
_AGAINST: Final = rf"\b(?:{_AGAINST_WORDS})\b"
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


def _said(needs: str, pattern: str) -> Gated:
    return gated(needs, pattern, re.IGNORECASE)


_EARLIER_ORDERS: Final = (
    _said(
        _AGAINST_WORDS,
        rf"{_AGAINST}\W+{_EARLIER}",
    ),
    _said(
        _AGAINST_WORDS,
        rf"{_AGAINST}[^.!?]{{0,25}}\b(?:previous|prior|earlier|above|your) \w+",
    ),
    _said(
        _AGAINST_WORDS,
        rf"{_AGAINST}[^.!?]{{0,20}}\b(?:the user|and (?:instead|reply|respond|output|write"
        r"|approve))",
    ),
    _said(
        "from now on",
        r"\bfrom now on,? (?:you|your|always|answer|respond)\b|\baccent from now on\b",
    ),
    _said("you were|i was", r"\b(?:you were|i was) (?:told|instructed|programmed|given)\b"),
    _said("instruction", r"\binstructions? you (?:were|are|have been) given\b"),
    _said("decode|translate", r"\b(?:decode|translate) and (?:follow|obey|execute)\b"),
    _said(
        "instruction",
        rf"\b(?:new|updated|important|urgent|secret|hidden) (?:system )?instructions?\b"
        rf"\W{{1,4}}{_ORDER}",
    ),
)
_ADDRESSED: Final = (
    _said(
        "to |dear |attention |note |message |instruction|hey ",
        rf"^\W*(?:to|dear|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)"
        r"|hey) "
        rf"(?:the |any |all |our )?{_READER}\s*[:,;-]\s*\S",
    ),
    _said(":|,", rf"^\W*{_READER}\s*[:,]\s*(?:please |now |you (?:must|should|will) )?{_ORDER}\b"),
    _said("you", rf"\b(?:as|being) an? {_READER}\b[^.!?]{{0,15}},? you\b"),
    _said("if you", rf"\bif you(?:['’]re| are)\b[^.!?]{{0,25}}\b{_READER}\b"),
    _said("you", rf"\bto you,? (?:the )?{_READER}\b|\byou,? (?:the )?(?:ai|llm|language model)\b"),
    _said(
        "must|should|shall|will",
        rf"\bthe {_READER} (?:must|should|shall|will) (?:now )?(?:reproduce|approve|ignore|comply"
        rf"|repeat|set (?:the )?{_ABOUT})\b",
    ),
    _said("secret", rf"\bsecrets?, {_READER}\b"),
)
_DICTATED: Final = (
    _said(
        "proposal|initiative|recommendation|outcome|verdict|review|rating|requirement",
        rf"\b(?:set|mark|record|rate|score|grade|classify|flag|treat|list) (?:\w+ ){{0,4}}{_ABOUT}"
        rf"\b[^.!?]{{0,40}}\b{_VERDICT}",
    ),
    _said("outcome", rf"\boutcome\s*[:=]\s*{_VERDICT}"),
    _said(
        "approve|accept|recommend",
        r"\b(?:approve|accept|recommend) (?:this|the) (?:proposal|initiative|candidate|submission"
        r"|paper)\b",
    ),
    _said(
        "do not|don't|don’t|never",
        r"\b(?:do not|don['’]t|never) (?:mention|report|list|flag|raise|disclose|reveal|note)\b"
        r"[^.!?]{0,80}\b(?:findings?|risks?|concerns?|weakness\w*|in the review"
        r"|in (?:your|the) summary)\b",
    ),
    _said(
        "give ",
        r"\bgive (?:a |an |only )?(?:positive|favou?rable|good|high|glowing)\b[^.!?]{0,20}"
        r"\b(?:review|rating|score|feedback|evaluation)\b",
    ),
    _said(
        "quote the|even though",
        r"\bquote the sentence\b|\beven though it is not in the (?:document|text|proposal)",
    ),
    _said(
        "override", r"\boverride (?:manual|the|all|any|human) (?:scor|review|decision|rating)\w*"
    ),
    _said("append", r"\bappend\b[^.!?]{0,80}\bto (?:the|your) (?:summary|review|reply|answer)\b"),
    _said(
        "your ", r"\b(?:in|to|with) your (?:next |final |own )?(?:reply|response|summary|review)\b"
    ),
    _said(
        "final answer|provide your",
        r"\bis your final answer\b|\bprovide your (?:reply|response|answer)\b",
    ),
    _said(
        "all reviews|harming",
        r"\b(?:cite|list) \S+ in all reviews\b|\bharming the company if we did not recommend\b",
    ),
)
_CONVERSATION: Final = (
    _said(
        "<|[|{",
        r"<\|?(?:im_start|im_end|system|assistant|endoftext)\|?>|\[/?INST\]|<</?SYS>>"
        r"|\{\s*\"role\"\s*:\s*\"(?:system|assistant|user)\"",
    ),
    _said(
        "system|assistant|developer",
        r"^\W*(?:system|assistant|developer)[ _-]?(?:message|prompt|note|override)?\)?\s*[:>]",
    ),
    _said("(system", r"\(system[_ ]message\)"),
    _said("override", r"\b(?:administrator|admin|developer|system|root|operator)[ -]override\b"),
    _said(
        "--",
        r"-{2,}\s*(?:begin|end) (?:of )?(?:system |new |admin )?(?:instructions?|prompt|message)",
    ),
    _said("<", r"<<?\s*/?\s*(?:untrusted|trusted|instructions?)\s*>>?"),
    _said(
        "prompt|instruction|configuration",
        r"\b(?:your|output|reveal|repeat|print|show|display|see|dump)\b[^.!?]{0,30}"
        r"\b(?:system|initial|hidden|original|starting) ?(?:prompt|instructions?|configuration)\b",
    ),
    _said(
        "you are ",
        r"\byou are (?:now|no longer) (?:in |a |an |the )?[^.!?]{0,20}"
        r"\b(?:dan|jailbroken|unrestricted|maintenance|debug|developer mode|free|pirate|mode)\b",
    ),
    _said(
        "pretend |act |behave |play ",
        r"\b(?:pretend|act|behave|role-?play) (?:to be|as if|as an?|that you)\b[^.!?]{0,60}"
        r"\b(?:you|no restrictions|unrestricted)\b",
    ),
    _said(
        "output the text|repeat |just print",
        r"\boutput the text above\b|\brepeat (?:the above|this entire)\b|\bjust print\b",
    ),
)
PATTERNS: Final = (*_EARLIER_ORDERS, *_ADDRESSED, *_DICTATED, *_CONVERSATION)


@lru_cache(maxsize=4096)
def instructs(text: str) -> bool:
    """Whether the words tell a reviewer or a model what to do or to conclude. Kept, since several
    dimensions ask about the same sentences."""
    spaced = " ".join(text.split())
    lower = folded(spaced)
    return any(said.may_match(lower) and said.pattern.search(spaced) for said in PATTERNS)
