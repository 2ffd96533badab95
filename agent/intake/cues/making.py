"""How it is made and what it makes: stage, generated content, supplier."""

import re
from typing import Final

from agent.intake.cues.passage import Passage, Sight, negated
from knowledge.patterns import Gated, gated

CONTENT: Final = (
    r"(?:letters?|repl(?:y|ies)|e-?mails?|answers?|messages?|texts?|explanations?|responses?|"
    r"descriptions?|posts?|articles?|offers?|wording|translations?|images?|newsletters?)"
)
NOTES: Final = r"(?:summar(?:y|ies)|notes?|minutes|reports?|briefings?|overviews?|memos?)"
WRITE: Final = (
    r"(?:drafts?|drafting|writes?|writing|generat(?:es?|ing)|compos(?:es?|ing)|produc(?:es?|ing)|"
    r"formulat(?:es?|ing)|phras(?:es?|ing)|creat(?:es?|ing)|translat(?:es?|ing)|prepar(?:es?|"
    r"ing)|drafted|generated)"
)
OUTSIDER: Final = (
    r"(?:customers?|claimants?|policy ?holders?|applicants?|candidates?|citizens?|consumers?|"
    r"patients?|residents?|the public|brokers?|students?|the sender|website visitors?)"
)
INSIDER: Final = (
    r"(?:adjusters?|(?:claims? )?handlers?|underwriters?|employees?|staff|colleagues?|analysts?|"
    r"agents?|case ?workers?|managers?|officers?|engineers?|investigators?|clerks?|lawyers?|"
    r"internal(?:ly)?|the (?:\w+ )?team)"
)
STAGE_WORDS: Final = (
    "production", "live", "in use", "operation", "running", "roll", "pilot", "trial", "proof",
    "idea", "concept", "explor", "discovery", "daily use", "regular use",
)  # fmt: skip


def _any(needs: str, *patterns: str) -> Gated:
    """One pattern of all; `needs` as in `gated`, none for what only few sentences come to."""
    return gated(needs, "|".join(f"(?:{pattern})" for pattern in patterns))


PATTERNS: Final[dict[str, Gated]] = {
    "to_people": _any(
        "customer|claimant|policy|applicant|candidate|citizen|consumer|patient|resident|public|"
        "broker|student|sender|visitor",
        rf"\b{WRITE}\b(?:\W+\w+){{0,5}}?\W+{CONTENT}\b.{{0,60}}\b(?:to|for|reach(?:es)?|"
        rf"by|addressed to) (?:\w+ ){{0,2}}{OUTSIDER}\b",
        rf"\b{WRITE}\b(?:\W+\w+){{0,4}}?\W+{OUTSIDER}'?s? {CONTENT}\b",
        rf"\b{WRITE} (?:\w+ ){{0,3}}(?:answers?|repl(?:y|ies)|responses?) to (?:\w+ )"
        rf"{{0,2}}{OUTSIDER}",
        rf"\b(?:answers|replies to|responds to) (?:\w+ ){{0,2}}{OUTSIDER}(?:'s?)?\b",
        rf"\b(?:letter|reply|e-?mail|answer|message|text)s?\b.{{0,40}}\b(?:is|are) (?:then )?"
        rf"(?:generated|drafted|written) (?:by|with) (?:the |a )?(?:\w+ )?(?:model|assistant|"
        rf"tool|ai)"
        rf".{{0,60}}\b{OUTSIDER}\b",
    ),
    "to_people_weak": _any(
        "writes to",
        rf"\b(?:it|planner|assistant|\w*bot|tool|system|model|program|companion) writes to "
        rf"(?:\w+ ){{0,2}}{OUTSIDER}\b",
    ),
    "internal": _any(
        "adjuster|handler|underwriter|employee|staff|colleague|analyst|agent|worker|manager|"
        "officer|engineer|investigator|clerk|lawyer|internal|team",
        rf"\b(?:{WRITE}\b(?:\W+\w+){{0,5}}?\W+(?:{NOTES}|{CONTENT})|summari[sz]es?)\b.{{0,80}}\b"
        rf"(?:for|to|by) (?:\w+ ){{0,3}}{INSIDER}\b",
        rf"\b{NOTES}\b.{{0,40}}\b(?:for|to) (?:\w+ ){{0,3}}{INSIDER}\b.{{0,20}}\b(?:is|are) "
        rf"(?:then )?"
        r"(?:generated|drafted|written|composed)\b",
        rf"\b{WRITE}\b(?:\W+\w+){{0,3}}?\W+internal (?:\w+ )?(?:{NOTES}|{CONTENT})\b",
    ),
    "none": _any(
        " no | neither | not ",
        r"\b(?:generates?|produces?|writes?|creates?) (?:no|neither) (?:\w+ )?(?:texts?|content|"
        r"language|images?|letters?)\b",
        r"\b(?:does|will) not (?:generate|write|produce|create) (?:any )?(?:\w+ )?(?:texts?|"
        r"content|"
        r"language|images?|letters?|messages?)\b",
    ),
    "human_author": _any(
        "draft|writ|generat|compos|produc|formulat|phras|creat|translat|prepar",
        rf"\b(?:we|{INSIDER}|a person|people)\b\W+(?:(?!is|are|was)\w+\W+){{0,2}}?{WRITE}\b",
        r"\b(?:drafted|written) by (?:\w+ ){0,2}(?:hand|people|staff|employees?|handlers?)\b",
    ),
    "vendor": _any(
        "vendor|supplier|third|external|commercial|licensed|start-up|startup|software|provider|"
        "shelf|saas|openai|anthropic|azure|bedrock|vertex|gemini|gpt|cohere",
        r"\b(?:vendor|supplier|third[- ]party|external|commercial|licensed)(?:'s)? (?:\w+ ){0,2}?"
        r"(?:models?|services?|apis?|product|software|tool|platform|solution|engine|llm)\b",
        r"\b(?:bought|licensed|purchased|procured|supplied|provided|hosted|operated|delivered|"
        r"developed|"
        r"built|rented|run|made)(?: \w+)? (?:from|by) (?:an? |the |our )?(?:\w+ )?(?:vendor|"
        r"supplier|"
        r"third part(?:y|ies)|external (?:provider|company|partner)|start-?up|software house)\b",
        r"\b(?:buy|purchase|license|procure)\b.{0,40}\bfrom (?:an? |the )?(?:\w+ )?(?:vendor|"
        r"supplier|"
        r"provider|third party)\b",
        r"\boff[- ]the[- ]shelf\b|\bsaas\b|\bsoftware as a service\b",
        r"\b(?:openai|anthropic|azure|bedrock|vertex ai|gemini|gpt-?\d[\w.]*|cohere)\b",
    ),
    "vendor_weak": _any(
        "vendor|supplier",
        r"\b(?:the|our) (?:vendor|supplier)(?:'s)?\b",
    ),
    "in_house": _any(
        "house|internally|our own|ourselves|self-built|self built|vendor|supplier|third part",
        r"\b(?:built|developed|trained|hosted|run|runs|made|maintained|operated|implemented)\b"
        r"(?:\W+\w+){0,3}?\W+(?:in[- ]house|internally|by our own|ourselves|on our own (?:servers?|"
        r"hardware|machines|infrastructure|premises|data cent(?:re|er)))\b",
        r"\bin[- ]house (?:model|tool|development|built|team|solution|build)\b|\bself[- ]built\b",
        r"\bno (?:external |outside )?(?:vendor|supplier|third part(?:y|ies)) (?:is |are )?"
        r"(?:involved|used|needed)\b",
    ),
    "production": _any(
        "",
        r"\b(?:in production|live|in (?:daily |regular )?use|in operation|running) since\b",
        r"\b(?:has been|have been|is|are) (?:already |now |currently )?(?:live|in production|in "
        r"full "
        r"operation)\b(?! (?:chat|agent|test|until))",
        r"\bwent (?:live|into production)\b",
        r"\b(?:approval|permission|ask\w*|request\w*|appl\w+|clearance) (?:\w+ ){0,3}?(?:for|to) "
        r"(?:\w+ ){0,2}?(?:production|go live|go-live|full roll-?out)\b",
    ),
    "pilot": _any(
        "pilot|trial|proof",
        r"\b(?:this is|we propose|we request|we ask for|we apply for|proposal for|proposes|"
        r"approval for|"
        r"approval of|permission for|request for|run as|runs as|starts? as|in the form of|want "
        r"to run|"
        r"would like to run|is in|currently in|now in|still in)(?: \w+){0,2}? "
        r"(?:a |the )?(?:\S+ )?(?:pilot|trial|proof of concept)\b",
        r"\b(?:six|four|eight|ten|twelve|three|two|\d+)[- ](?:week|month|day)s? (?:\w+ )"
        r"?(?:pilot|trial)\b",
        r"\b(?:the )?pilot (?:runs|will run|lasts|starts|began|started|covers|is limited|takes "
        r"place)\b",
        r"\bpilot with (?:\w+ ){0,2}(?:\w+s)\b",
    ),
    "idea": _any(
        "idea|concept|explor|discovery",
        r"\b(?:only|just|still|merely|currently) (?:an? )?(?:early |rough )?idea\b",
        r"\b(?:in|at) (?:the |an? )?(?:early )?(?:idea|concept|exploratory|discovery) (?:stage|"
        r"phase)\b",
    ),
    "stage_aside": _any(
        "",
        r"\b(?:after|when|as soon as|following|beyond|end of|results? of|success of|before|once|"
        r"until|next|"
        r"future|later|"
        r"other|previous|earlier|last|depends?|depending|if|lessons)\b",
    ),
}


def _search(name: str, clause: str) -> re.Match[str] | None:
    cue = PATTERNS[name]
    return cue.pattern.search(clause) if cue.may_match(clause) else None


def see(passage: Passage) -> list[Sight]:
    found: list[Sight] = []
    for clause in passage.clauses():
        found.extend(_stage(clause, aside=passage.aside))
        if not passage.aside:
            found.extend(_generates(clause))
            found.extend(_supplier(clause))
    return found


def _stage(clause: str, *, aside: bool) -> list[Sight]:
    """The stage that is asked for or reached; never one that comes after another."""
    if aside or not any(word in clause for word in STAGE_WORDS):
        return []
    if _search("stage_aside", clause):
        return []
    for stage in ("production", "pilot", "idea"):
        seen = _search(stage, clause)
        if seen and not negated(clause, seen.start()):
            return [Sight("stage", stage)]
    return []


def _generates(clause: str) -> list[Sight]:
    if _search("none", clause):
        return [Sight("generates", "none", weak=True)]
    if _search("human_author", clause):
        return []
    for name in ("to_people", "to_people_weak", "internal"):
        seen = _search(name, clause)
        if seen and not negated(clause, seen.start()):
            return [Sight("generates", name.removesuffix("_weak"), weak=name != "to_people")]
    return []


def _supplier(clause: str) -> list[Sight]:
    own = _search("in_house", clause)
    if own and not negated(clause, own.start()):
        return [Sight("supplier", "in_house")]
    for name in ("vendor", "vendor_weak"):
        seen = _search(name, clause)
        if seen and not negated(clause, seen.start()):
            return [Sight("supplier", "vendor", weak=name == "vendor_weak")]
    return []
