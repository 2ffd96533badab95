"""Which part of a sentence is denied.

Owns the scope of negation: what denies, how far it reaches, and which words only look like denial
(`no later than`, `not only`, `no decision without a person`). Pure.
"""

from collections.abc import Sequence
from typing import Final

from agent.intake.patterns import any_of
from knowledge.patterns import lazy

Span = tuple[int, int]

_HELPS: Final = r"(?:does|do|can|may|must|will|shall|is|are|be)(?: not|n['’]t)"
_ITSELF: Final = (
    r"(?:alone|by itself|on (?:its|their) own|by themselves|automatically|autonomously|"
    r"independently)"
)
IDIOM: Final = any_of(
    r"\bnot (?:only|just|merely|simply|solely|least|limited to|to mention|purely|exceed\w*|"
    r"responsible for|a substitute|alone|on its own|by itself)\b|"
    r"\bno(?:t)? (?:later|more|less|fewer|longer|earlier|sooner|greater|higher) than\b|"
    r"\bno (?:further|additional|other|extra|new) \w+ (?:is|are|was) "
    r"(?:needed|required|necessary)\b|"
    r"\b(?:keeps?|stores?|holds?|retains?|makes?) no (?:cop(?:y|ies)|personal data|names?)\b|"
    r"\bno doubt\b|\bno matter\b|\bwhether or not\b|\bif not\b|\bwhy not\b|"
    r"\bno(?:t)? (?:fully |completely )?(?:automat\w+|autonom\w+)(?: (?!nor\b)\w+)?|"
    rf"\b(?:never|cannot|{_HELPS}) (?:\w+ ){{0,4}}?{_ITSELF}\b|"
    rf"\b(?:never|cannot|{_HELPS}) (?:itself |ever |be )?(?:decide[sd]?|act[s]?|"
    r"(?:makes?|takes?|made) (?:any |the |a |final |own )*(?:decisions?|actions?))\b|"
    rf"\b(?:never|cannot|{_HELPS}) (?:\w+ly )?(?:reduce|limit|compromise|replace|remove|affect|"
    r"impair|influence|restrict|take away|create|introduce|cause|lead to|result in)\w*\b|"
    r"\b(?:makes?|takes?) no (?:\w+ )?(?:decisions?|actions?)\b|"
    rf"\b(?:never|cannot|{_HELPS}|not)(?: be| been| ever| even)* (?:shared?|shares|sold|sells?|"
    r"leaves?|exposed?|tampered|altered|edited|bypass\w*|circumvent\w*|skip\w*|overwritten|"
    r"used? (?:\w+ )?(?:to train|for training|for (?:any )?other)|train(?:ed)? on|passed on|"
    r"disclosed to|sent (?:outside|to (?:third|other|any|the vendor))|transferred|"
    r"(?:kept|stored|retained|held) (?:longer|beyond|after|past|more))\b|"
    r"\bno (?:third part\w+|other team|outsider|data (?:leaves?|is (?:shared|sold|transferred)))|"
    r"\b(?:nobody|no one|no-one) (?:else|outside|except|other than|but)\b|"
    r"\bwho (?:do|does|did|can|could|have|has|had|are|is|was|were)(?:n['’]t| ?not)\b|"
    r"\b(?:found|finds|showed|shows|revealed|reveals|with) no (?:\w+ )?(?:bias\w*|differences?|"
    r"issues?|errors?|disparit\w+|evidence|problems?|deviations?)\b|"
    r"\b(?:do|does|did)(?: not|n['’]t) (?:contain|show|identify|find|reveal|have|carry) "
    r"(?:\w+ ){0,4}?(?:bias\w*|discriminat\w+|disparit\w+|(?:adverse|differential) \w+)|"
    r"\bno \w+ (?:goes|leaves|is sent|gets) (?:\w+ )?un\w+|"
    r"\b(?:nobody|no one|no-one) (?:can|may|is able to) (?:change|alter|edit|delete|tamper)\w*|"
    r"\bnon-|\bno\. ?\d|\bno-reply\b|\bnothing but\b|"
    r"\bwithout (?:delay|undue|cost|charge|having to|giving (?:a )?reasons?|interrupt\w*|"
    r"exception|fail|need|any cost|penalty|disadvantage|difficulty|further|a reason\b|reason\b|"
    r"detriment|stating|leaving|losing|the (?:tool|assistant|system|model|ai)\b|ai\b|using)",
)
_VERB: Final = lazy(
    r"\b(?:not|never|cannot|\w+n['’]t|cant|dont|doesnt|isnt|arent|wont|neither|hardly|rarely|"
    r"seldom|barely)\b|"
    r"\b(?:is|are|was|were|been|remains?) (?:\w+ly |currently )?(?:out of scope|missing|absent|"
    r"dropped|de-?scoped|abandoned|cancell?ed|waived|skipped|left out|unavailable|impossible|"
    r"unlogged|unmonitored|untested|unsupervised|unchecked|final and binding)\b|"
    r"\b(?:is|are|was|were) (?:\w+ly )?(?:disabled|switched off|turned off|deactivated)"
    r"(?=\s*(?:[.;,|]|$|for |to save|because|in the pilot|during))|"
    r"\bun(?:reviewed|checked|approved|explained|labell?ed|verified|signed)\b|"
    r"\b(?:considered|discussed|examined|weighed|tried)(?:,| and| but) (?:then |later |finally )?"
    r"(?:dropped|rejected|discarded|abandoned|ruled out|given up)\b|"
    r"\bomit(?:s|ted)? (?:that|to|any)\b|\b(?:abolished|scrapped|discontinued)\b|"
    r"\b(?:leave|leaves|leaving) out that\b|\bwithh[oe]ld\w*|\bconceal\w*|"
    r"\bout of scope\b|\bimpossible\b"
)
_RIGHT: Final = lazy(
    r"\b(?:without|instead of|rather than|in place of|lacks?|lacking|lack of|absence of|devoid of|"
    r"missing|fails? to|failed to|except for|removes? (?:the )?(?:human|need)|"
    r"replaces? (?:the )?(?:human|manual)|eliminat\w+ (?:the )?(?:need|human|manual)|"
    r"no need (?:for|to)|avoids? (?:the )?(?:need|human|manual))\b"
)
_NO: Final = lazy(r"\b(?:no|none|nobody|no[ -]one|nothing|nowhere|nor|neither|zero)\b")
_VALUE: Final = lazy(
    r"(?:^|[:|?–—=-]\s*)(?:no|none|nope|n/a|not (?:applicable|available|yet|planned|done|started)|"
    r"missing|false|✗|✘|❌|❎)\s*(?=[.,;|(]|$)"
)
_ANSWER: Final = lazy(r"\W*(?:no|yes)\b\s*[,.:–—-]+\s+(?=(?:\S+\s+){2}\S)")
"""`No, some of it needs a person`: the no answers a question, the rest speaks for itself."""
_BACK: Final = lazy(r"\b(?:without|unless|until|except|other than)\b")
_BEFORE: Final = lazy(r"\b(?:before|only (?:after|when|if|once))\b")
_OUTPUT: Final = lazy(
    r"\b(?:decisions?|letters?|answers?|outputs?|messages?|repl(?:y|ies)|actions?|claims?|data|"
    r"payments?|information|results?|recommendations?|changes?|cases?|responses?|content|prompts?|"
    r"no[ -]one|nobody|nothing|customers?|users?|releases?|models?|versions?|texts?|e-?mails?|"
    r"documents?|suggestions?|records?|files?|requests?|transactions?|sent|released|issued|shown|"
    r"applied|used|deployed|paid|closed|decided?|published|executed|final|takes? effect|go(?:es)?|"
    r"leaves?|proceed\w*|continue\w*|starts?|run|runs|work|works|process\w*|send|sends|act|acts)\b"
)
_RELATIVE: Final = lazy(
    r"\b(?:that|which|whom?|where) (?:no one|nobody|no-one|(?:has|have|is|are|was|were) not)\b"
)
_LIST: Final = lazy(r"[^.;:]{1,160}?,? (?:or|nor) ")
_NEXT_SUBJECT: Final = lazy(
    r",\s+(?:and |but |so )?(?:(?:the|its|their|his|her|a|an|this|that|it|they|he|she|we|our|each|"
    r"every|all|any|instead|but|only|everything|both|these|those)\b|"
    r"[a-z]+s? (?:is|are|was|were|has|have|can|do|does|decide|review|check|approve)\b)"
)


def denied(text: str, clauses: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of `text` (in lower case) that it denies, given the spans of its clauses."""
    answer = _ANSWER.match(text)
    text = " " * answer.end() + text[answer.end() :] if answer else text
    if _VALUE.search(text):
        return ((0, len(text)),)
    masked = IDIOM.sub(lambda found: "~" * len(found.group()), text)
    spans: list[Span] = []
    for start, end in clauses:
        spans += _in_clause(masked, start, end)
    return tuple(spans)


def _in_clause(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    verb = _VERB.search(text, start, end)
    no = _NO.search(text, start, end)
    first = min((m.start() for m in (verb, no) if m), default=end)
    if first < end and _twice(text, start, end, first):
        return []
    if verb:
        low, high = _bracket(text, start, end, verb.start())
        found.append((low, _cut(text, verb.end(), high)))
    if no:
        found.append((no.start(), _cut(text, no.end(), end)))
    for right in _RIGHT.finditer(text, start, end):
        found.append((right.start(), _cut(text, right.end(), end)))
    return found


def _twice(text: str, start: int, end: int, first: int) -> bool:
    """`no letter leaves without approval`: denied twice is stated."""
    back = _BACK.search(text, start, end)
    if back and "~" in text[start : back.start()]:
        return True
    if back and back.start() != first and " and " not in text[min(first, back.start()) : max(
        first, back.start())]:  # fmt: skip
        return True
    if _RELATIVE.search(text, first, end):
        return True
    before = _BEFORE.search(text, first, end)
    return bool(before and _OUTPUT.search(text, start, before.start()))


def _bracket(text: str, start: int, end: int, at: int) -> Span:
    """A denial inside brackets stays there, unless it is all they hold: `Appeal (not yet)`."""
    opens = text.rfind("(", start, at)
    closes = text.find(")", at, end)
    if opens < 0 or closes < 0 or ")" in text[opens:at]:
        return start, end
    held = text[opens + 1 : closes]
    if "," in held:
        # "(not insured, late notice, wear)" is a list: it denies one of its members.
        low, high = text.rfind(",", opens, at), text.find(",", at, closes)
        return (low if low >= 0 else opens), (high if high >= 0 else closes)
    return (start, end) if len(held.split()) <= 3 else (opens, closes)


def _cut(text: str, at: int, end: int) -> int:
    """A comma before a new subject ends the denial; one inside `a, b or c` does not."""
    for comma in _NEXT_SUBJECT.finditer(text, at, end):
        if not _LIST.match(text, comma.end(), end):
            return comma.start()
    return end
