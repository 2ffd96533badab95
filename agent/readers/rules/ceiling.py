"""A ceiling on automation: `Adverse outcomes are at most act_with_approval`.

Owns the reading of such a sentence and the test of a proposal against it. The proposal's level is
a fact that was read before; where the ceiling is for adverse outcomes only, a sentence has to show
that the system brings them about. Pure.
"""

import re
from typing import Final, NamedTuple

from agent.intake.cues.passage import ASIDE, ASIDE_TOPIC
from agent.readers.rules.laxer import Difference
from agent.readers.rules.passages import Passage, ReadText
from agent.readers.rules.trails import quote
from agent.schema.assessment import Quote
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from knowledge.patterns import lazy
from knowledge.vocabulary import FACT_ALIASES, ORDERED_FACTS, canonical

_LEVELS: Final = ORDERED_FACTS["automation"]
_SPELLED: Final = {
    **{alias: level for alias, level in FACT_ALIASES["automation"].items() if "_" in alias},
    **{level: level for level in _LEVELS if level not in ("inform", "recommend")},
    "recommendation": "recommend",
    "recommendations": "recommend",
    "inform": "inform",
    "recommend": "recommend",
}
_ADVERSE: Final = lazy(
    r"\b(?:declin(?:e[sd]?|ing)|refus(?:e[sd]?|als?|ing)|reject(?:s|ed|ion|ions|ing)?|"
    r"den(?:y|ies|ied|ying|ials?)|turn(?:s|ed|ing)? down|suspend\w*|terminat\w+|"
    r"dismiss(?:es|ed|al)|block(?:s|ed|ing)?|accus\w+|adverse|downgrad\w+|"
    r"shorten(?:s|ed)? the (?:payment|benefit)\w*|"
    r"(?:cut|cuts|reduc\w+|withdraw\w*) (?:\w+ )?(?:payments?|benefits?|cover|claims?)|"
    r"cancel(?:s|led|ling)? (?:\w+ )?(?:contracts?|polic(?:y|ies)|memberships?|accounts?))\b",
    re.IGNORECASE,
)
_PERSON: Final = (
    r"(?:persons?|humans?|handlers?|clerks?|adjusters?|officers?|managers?|reviewers?|colleagues?|"
    r"staff|employees?|specialists?|supervisors?|case ?workers?|underwriters?|investigators?|"
    r"dispatchers?|agents?|doctors?|nurses?|recruiters?|experts?|engineers?|team)"
)
_BY_PERSON: Final = lazy(
    rf"\b{_PERSON}\b[^.;]{{0,40}}\b(?:confirms?|approves?|decides?|signs?|releases?|declines?|"
    rf"refuses?|rejects?|reviews?|reads|looks|checks?|may|can|must|has to)\b|"
    rf"\b(?:by|to|from|without) (?:an? |the |our |its )?(?:\w+ ){{0,2}}{_PERSON}\b",
    re.IGNORECASE,
)
_AFTERWARDS: Final = lazy(
    r"\b(?:whoever asks|on request|may ask|afterwards|can (?:also )?stop|after it)\b", re.IGNORECASE
)


class Above(NamedTuple):
    difference: Difference
    quotes: tuple[Quote, ...]
    refused: bool
    """The text declines the approval that the ceiling asks for."""


def above(wanted: str, read: ReadText, evidence: Evidence) -> Above | None:
    """What lifts the proposal above the ceiling that `wanted` sets; None where nothing shows it."""
    highest = level_of(wanted)
    fact = evidence.facts.get("automation")
    if highest is None or fact is None or not fact.values:
        return None
    ours = fact.values[-1]
    if ours not in _LEVELS or _LEVELS.index(ours) <= _LEVELS.index(highest):
        return None
    shown = _shown(read.proposal, evidence)
    what = "Its level is"
    if _ADVERSE.search(wanted):
        adverse = [p for p in read.passages if _adverse(p)]
        if not adverse or any(_guarded(p) for p in read.passages):
            return None
        shown = (*(quote(p) for p in adverse[:2]), *shown)
        what = "Adverse outcomes are"
    if not shown:
        return None
    difference = Difference(
        f"{what} {ours}",
        f"at most {highest}",
        f"Bring it down to {highest}: name who approves before it takes effect",
    )
    return Above(difference, shown[:3], any(_refused(p) for p in read.passages))


def level_of(text: str) -> str | None:
    """The level that a sentence names, the strictest where it names several."""
    plain = re.sub(r"[^\w\s-]", " ", text)
    flat = f"_{canonical(plain)}_"
    named = {level for words, level in _SPELLED.items() if f"_{words}_" in flat}
    return max(named, key=_LEVELS.index) if named else None


def _adverse(passage: Passage) -> bool:
    """The system brings about an adverse outcome, planned or not."""
    return _about_outcome(passage) and not _BY_PERSON.search(passage.text)


def _about_outcome(passage: Passage) -> bool:
    found = _ADVERSE.search(passage.text)
    if found is None or passage.sentence.kind == "front":
        return False
    judged = passage.analysis().at([found.span()])
    headings = " / ".join(passage.headings).lower()
    return not (
        judged.negated
        or judged.other_system
        or judged.open
        or judged.required
        or passage.sentence.kind == "row"
        or _COUNTED.search(passage.text)
        or ASIDE.search(passage.text.lower())
        or _NOT_HERE.search(headings)
        or ASIDE_TOPIC.search(headings)
    )


_NOT_HERE: Final = lazy(r"\b(?:tests?|risks?|evaluation|results?|how good|situation)\b")
_COUNTED: Final = lazy(
    r"\b(?:costs?|share of|rate|wrong|agreed|of \d+ cases|one in \w+|\d+ (?:of|were|was))\b",
    re.IGNORECASE,
)
"""Statistics about outcomes show nothing about who brings them about."""


def _guarded(passage: Passage) -> bool:
    """A person stands before an adverse outcome, and nothing denies it."""
    found = _ADVERSE.search(passage.text)
    if found is None or not _BY_PERSON.search(passage.text):
        return False
    judged = passage.analysis().whole()
    if judged.refuses or judged.other_system or judged.open or _COUNTED.search(passage.text):
        return False
    without = re.search(
        rf"\b(?:no|not|never|nothing|nobody|only)\b[^.;]{{0,60}}\b(?:without|before|until|by)\b"
        rf"[^.;]{{0,30}}\b{_PERSON}\b",
        passage.text,
        re.IGNORECASE,
    )
    return bool(without) or not (judged.negated or _AFTERWARDS.search(passage.text))


def _refused(passage: Passage) -> bool:
    judged = passage.analysis().whole()
    return judged.refuses and bool(
        re.search(rf"\b(?:{_PERSON}|approv\w+|second look)\b", passage.text, re.IGNORECASE)
    )


def _shown(proposal: Proposal, evidence: Evidence) -> tuple[Quote, ...]:
    """The quotes on which the level rests."""
    quotes: list[Quote] = []
    text = proposal.source.text
    for cited in evidence.facts["automation"].citations:
        if cited.source == "proposal" and cited.line_start is not None:
            start = text.find(cited.quote, proposal.source.offset(cited.line_start))
            if start >= 0:
                quotes.append(Quote(source="proposal", text=cited.quote, start=start))
    return tuple(quotes)
