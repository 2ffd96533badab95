"""Who is named for what in a proposal: persons, posts, and names that stand for nobody.

Owns the reading of names and roles out of sentences and front matter; makes no findings. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from agent.intake.judgement import judge
from agent.schema.proposal import Proposal, Sentence
from knowledge.patterns import folded, gated, lazy

Standing = Literal["person", "post", "nobody"]
"""A named person; a post that one person holds; a team, a mailbox or an open place."""

ROLE_WORDS: Final[dict[str, str]] = {
    "business": r"business(?: (?:owner|lead|side|sponsor|process owner))?|sponsor|process owner",
    "product": r"product(?: (?:owner|manager|lead|management))?",
    "design": r"(?:service |interaction |content )?design(?:er)?(?: lead)?|ux(?: lead)?"
    r"|user research(?:er)?",
    "engineering": r"engineering(?: (?:lead|manager))?|(?:lead |software )?engineer|developer"
    r"|tech(?:nical)?(?: lead)?|(?:solution )?architect|\bit lead|development",
    "data": r"data(?: (?:steward|owner|scientist|science|lead|engineer|analyst|manager|custodian"
    r"|protection(?: officer)?))?|analytics(?: lead)?|model owner",
    "operations": r"operations(?: (?:lead|manager))?|\bops|service (?:manager|desk)|runs? it",
}
_ANY_ROLE: Final = "|".join(ROLE_WORDS.values())
_OWNER_KEY: Final = (
    r"(?:business |product |process |service |system |solution |accountable |overall )?"
    r"owner(?:ship)?|(?:accountable|responsible)(?: (?:person|executive|manager|officer))?"
    r"|accountability"
)
_CAPITAL: Final = r"[A-ZÀ-Ž][\wà-ž'’-]+"
_NAME: Final = (
    rf"(?:(?:Dr|Mr|Ms|Mrs|Prof)\.? )?(?:{_CAPITAL}|[A-ZÀ-Ž]\.) "
    rf"(?:(?:van|von|de|der|den|da|la|al|bin) )*{_CAPITAL}(?: {_CAPITAL})?"
)
_POST: Final = (
    r"(?:[Hh]ead|[Dd]irector|[Mm]anager|[Ll]ead|[Cc]hief|VP|[Vv]ice [Pp]resident|[Ss]teward"
    r"|[Oo]fficer) (?:of|for) (?:the )?[A-Z][\w &-]{2,40}|Chief [A-Z]\w+ Officer|C[A-Z]O\b"
    r"|[A-Z][\w&-]+ (?:[A-Z][\w&-]+ )?(?:[Dd]irector|[Mm]anager|[Ll]ead|[Oo]fficer|[Ss]teward)"
)
_OPEN: Final = lazy(
    r"\b(?:tbd|tbc|tba|n/?a|none|nobody|no one|unknown|various|several|open|vacant|pending"
    r"|to be (?:named|decided|defined|confirmed|agreed|found|appointed|hired)|being hired"
    r"|not (?:yet )?(?:named|decided|known|appointed|clear)|advertised|recruit\w*|we all"
    r"|everyone|everybody|all of us)\b|\?",
    re.IGNORECASE,
)
_GROUP: Final = lazy(
    r"\b(?:team|department|dept|unit|group|squad|crew|division|it|business|steering|committee"
    r"|board|office|colleagues|staff|vendor|supplier|mailbox|inbox|helpdesk|service desk)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = lazy(r"[\w.+-]+@[\w.-]+")
_NOBODY: Final = lazy(
    r"\b(?:nobody|no one|not (?:yet )?(?:named|appointed|found)|vacant|advertised"
    r"|to be (?:named|found|settled|appointed|hired|decided))\b",
    re.IGNORECASE,
)
_NOT_NEEDED: Final = gated(
    "needed|required|involved",
    rf"\b(?P<role>{_ANY_ROLE})\s+(?:lead |role )?(?:is|are)\s+not\s+(?:needed|required|involved)",
    re.IGNORECASE,
)
_OPENERS: Final = frozenset(
    "The This That These Those Our We It In At On For From With By And But As If When Where While "
    "Each Every All Any No Not They Their There Then Who What Which How Why Owner Owners Product "
    "Business Engineering Design Data Operations Sponsor Accountable Team Head Lead".split()
)
"""Capitalised words that open a sentence or a row and start no name."""


class Named(NamedTuple):
    """Somebody or nobody, named for the ownership or a role, and the sentence that says so."""

    role: str
    """`owner` or a role of the vocabulary."""
    who: str
    standing: Standing
    sentence: Sentence


def named(proposal: Proposal) -> list[Named]:
    """Everyone whom the front matter and the body name, in the order of the text."""
    found = list(_declared(proposal))
    for sentence in proposal.sentences:
        if sentence.kind not in ("heading", "question", "quote", "front"):
            found.extend(_body(sentence, proposal))
    return found


def not_needed(proposal: Proposal) -> set[str]:
    """Roles that the text says this system does without."""
    found = set()
    for sentence in proposal.sentences:
        if _NOT_NEEDED.may_match(folded(sentence.text)):
            for said in _NOT_NEEDED.pattern.finditer(sentence.text):
                found.add(role_of(said["role"]))
    return found - {""}


def standing_of(who: str) -> Standing:
    """Whether a name stands for a person, for a post, or for nobody in particular."""
    who = who.strip(" \t*_`|.,;:-")
    if not who or _OPEN.search(who):
        return "nobody"
    address = _ADDRESS.search(who)
    if address:
        return "person" if _is_personal(address.group()) else "nobody"
    if re.match(_POST, who):
        return "post"
    person = re.match(_NAME, who)
    if person and not _GROUP.search(person.group()) and _is_name(person.group()):
        return "person"
    return "nobody"


def _declared(proposal: Proposal) -> Iterator[Named]:
    """Owner, sponsor and roles of the front matter, each with the sentence of its value."""
    declared = proposal.declared
    values = [("owner", declared.owner), ("business", declared.sponsor)]
    values += [(role_of(key) or key, who) for key, who in sorted(declared.roles.items())]
    front = {s.text.strip(): s for s in proposal.sentences if s.kind == "front"}
    for role, who in values:
        sentence = front.get(who.strip())
        if who.strip() and sentence is not None:
            yield Named(role, who.strip(), standing_of(who), sentence)


_KEYED: Final = lazy(
    rf"[\s|*_`>-]*(?P<key>{_OWNER_KEY}|{_ANY_ROLE})[*_`\s]*"
    r"(?::|\||[–—]|\bis\b|\()\s*(?P<who>[^|]{0,120})",
    re.IGNORECASE,
)
_INLINE: Final = lazy(
    rf"(?:^|[.;,(]\s*|\band )(?P<key>(?i:{_OWNER_KEY}|{_ANY_ROLE}))\s*"
    rf"(?::|[–—]|\(|(?:lead )?is|,)\s*(?:the )?(?P<who>{_NAME}|{_POST})",
)
_OWNS: Final = (
    gated(
        "accountable|responsible|owner",
        rf"(?P<who>{_NAME}|{_POST})(?:,[^.;]{{0,80}},| \([^)]{{0,60}}\))?\s+"
        r"(?:is|acts as|remains|stays)\s+(?:personally |the |our |its |also )*"
        r"(?:accountable|responsible|(?:business |service |process |system )?owner)",
    ),
    gated(
        "owns|answers for|sponsors",
        rf"(?P<who>{_NAME}|{_POST})(?:,[^.;]{{0,80}},)?\s+(?:owns|answers for|sponsors)\b",
    ),
    gated(
        "owned by|accountab|responsibility",
        r"(?:owned by|accountab\w+ (?:lies|rests|sits) with|responsibility (?:lies|rests) with"
        r"|accountable (?:person |for (?:it|this|the \w+) )?is)\s+(?:the )?"
        rf"(?P<who>{_NAME}|{_POST})",
    ),
)
_DOES: Final = (
    ("product", gated("the product", rf"(?P<who>{_NAME}) (?:leads|manages|runs) the product")),
    (
        "operations",
        gated(
            "runs|operates", rf"(?P<who>{_NAME}) (?:runs|operates) (?:it|the service|the system)"
        ),
    ),
    (
        "engineering",
        gated(
            "builds|built|develops|engineers|maintains",
            rf"(?P<who>{_NAME}) (?:builds|built|develops|engineers|maintains)\b",
        ),
    ),
    (
        "design",
        gated(
            "designs|designed|draws|drew", rf"(?P<who>{_NAME}) (?:designs|designed|draws|drew)\b"
        ),
    ),
    (
        "data",
        gated(
            "data",
            rf"(?P<who>{_NAME}) (?:has|looks after|keeps|owns|answers for|curates) "
            r"(?:the )?(?:\w+ )?data",
        ),
    ),
)
DOING: Final = (*(("owner", owns) for owns in _OWNS), *_DOES)


def _body(sentence: Sentence, proposal: Proposal) -> Iterator[Named]:
    text = sentence.text
    keyed = _KEYED.match(text)
    tabular = sentence.kind in ("item", "row")
    if keyed and (tabular or ":" in text[: keyed.end("key") + 3]):
        yield from _keyed(keyed["key"], keyed["who"], sentence)
    for role in _left_open(text):
        yield Named(role, "nobody", "nobody", sentence)
    says = judge(text, proposal.sections[sentence.section].path)
    if says.planned or says.open or says.other_system:
        return
    for found in _INLINE.finditer(text):
        yield from _keyed(found["key"], found["who"], sentence)
    for role, said in DOING:
        for found in said.pattern.finditer(text) if said.may_match(text) else ():
            if standing_of(found["who"]) != "nobody":
                yield Named(role, found["who"], standing_of(found["who"]), sentence)


def _left_open(text: str) -> Iterator[str]:
    """Roles that a sentence says nobody holds yet: `for design and data we have nobody`."""
    if not _NOBODY.search(text) or _NOT_NEEDED.pattern.search(text):
        return
    for role, words in ROLE_WORDS.items():
        said = rf"\b(?:for|no|the)\s+(?:[\w ]+ and )?(?:{words})\b"
        if re.search(said, text, re.IGNORECASE):
            yield role


def _keyed(key: str, who: str, sentence: Sentence) -> Iterator[Named]:
    who = re.split(r"[.;](?:\s|$)|\|", who.strip(), maxsplit=1)[0].strip()
    role = "owner" if re.fullmatch(_OWNER_KEY, key.strip(), re.IGNORECASE) else role_of(key)
    if key.strip().casefold() == "product owner":
        role = "product"
    if role and who:
        yield Named(role, who, standing_of(who), sentence)


def role_of(word: str) -> str:
    """`tech lead` and `tech_lead` → engineering; empty for a word that names no role."""
    word = word.replace("_", " ")
    for role, words in ROLE_WORDS.items():
        if re.fullmatch(words, word.strip(), re.IGNORECASE):
            return role
    return ""


def _is_personal(address: str) -> bool:
    """`priya.shah@…` is somebody's own, `claims-team@…` is shared."""
    local = address.split("@")[0]
    parts = re.split(r"[._-]", local)
    return len(parts) > 1 and all(p.isalpha() for p in parts) and not _GROUP.search(" ".join(parts))


def _is_name(text: str) -> bool:
    """Two capitalised words are a name unless they only open a sentence or name a role."""
    return not any(word in _OPENERS for word in text.split()[:2])


def roles_named(people: Sequence[Named]) -> dict[str, Named]:
    """Role → the first person or post named for it."""
    found: dict[str, Named] = {}
    for person in people:
        if person.standing != "nobody":
            found.setdefault(person.role, person)
    return found
