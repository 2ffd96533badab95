"""The words of a trust finding: its title, what the text says or does not, what to add.

Owns wording and severity of one claim and one question; decides no status.
"""

import re
from collections.abc import Sequence
from typing import Final

from agent.intake.language import split
from agent.intake.words import whole_words
from agent.readers.rules.passages import ReadText
from agent.readers.rules.weighing import Verdict
from agent.schema.assessment import Ask, Claim, RequirementReading
from agent.schema.proposal import Fact
from knowledge.entries import Requirement
from knowledge.patterns import lazy
from knowledge.vocabulary import gap_severity

_QUOTED: Final = 160
_TITLE: Final = 80
_ASKED: Final = 230
"""With the words around it an ask stays below 300 characters."""
_THING: Final = lazy(
    r"(?:an? |the )?(?!\w+(?:ed|s) (?:is|are|by|before|after|in|for|on|to)\b)[A-Za-z][\w -]{2,60}$"
)
_CLAUSE: Final = lazy(r"\b(?:is|are|be|has|have|can|must)\b", re.IGNORECASE)


def claim(
    requirement: Requirement,
    reading: RequirementReading,
    verdict: Verdict | None,
    text: ReadText,
    *,
    acts: bool = False,
) -> Claim:
    """The finding for a requirement that applies and is not in place. `acts`: on people, without
    waiting for anybody."""
    return Claim(
        rule=requirement.id,
        dimension="trust",
        severity=gap_severity(requirement.severity, requirement.enforce, reading.status),
        title=title_of(requirement.title, reading.status),
        claim=_said(requirement, reading, len(text.passages)),
        ask=ask_of(requirement, reading),
        quotes=reading.quotes,
        searched=reading.searched,
        refuses_remedy=acts and requirement.severity == "blocker" and _declines(verdict),
    )


def _declines(verdict: Verdict | None) -> bool:
    """The measure itself is refused, in the very words for which it counts as absent."""
    if verdict is None or verdict.status != "absent":
        return False
    return any(sign.says.refuses and sign.strength >= 1 for sign in verdict.deciding)


def title_of(title: str, status: str) -> str:
    """What the finding about a requirement that is not in place is called."""
    name = title.strip().rstrip(".")
    if len(name) > _TITLE:
        name = whole_words(name, _TITLE).rstrip(",;:") + " …"
    if status == "planned":
        return f"{name}: planned, not in place"
    if status == "unclear":
        return f"{name}: left open"
    if _THING.match(name) and not _CLAUSE.search(name) and len(name.split()) <= 7:
        lower = name[:1].lower() + name[1:] if name[1:2].islower() else name
        return f"No {lower}"
    return f"{name}: not stated"


def _said(requirement: Requirement, reading: RequirementReading, count: int) -> str:
    first = f"“{_short(reading.quotes[0].text)}”" if reading.quotes else ""
    if reading.status == "planned":
        return f"The text only plans it: {first}."
    if reading.status == "unclear" and len(reading.quotes) > 1 and "both" in reading.note:
        return "The text says both that it is so and that it is not."
    if reading.status == "unclear":
        return f"The text leaves it open: {first}." if first else reading.note
    if first:
        return f"{reading.note.rstrip('.')}: {first}."
    near = next((look for look in reading.searched if not look.why.startswith(str(count))), None)
    read = f"{count} sentence{'' if count == 1 else 's'} read"
    if near is None:
        return f"No sentence comes near “{requirement.title}” ({read})."
    return f"No sentence states it ({read}); the nearest {near.why}: “{_short(near.text)}”."


def ask_of(requirement: Requirement, reading: RequirementReading) -> str:
    """What the team has to add, from the words of the requirement."""
    what = _first_sentence(requirement.text) or f"{requirement.title.rstrip('.')}."
    if len(what) > _ASKED:
        what = whole_words(what, _ASKED).rstrip(",;:") + " …"
    if _first_sentence(requirement.text or requirement.title).endswith("?"):
        return f"Answer in the proposal: “{what}”"
    if reading.status == "planned":
        return f"Put it in place and say since when, by whom and how: {what}"
    if reading.status == "unclear" and "both" in reading.note:
        return f"Say which of the two holds, and how this is met: {what}"
    if reading.status == "unclear":
        return f"Settle it and state what is in place: {what}"
    return f"State how this works here: {what}"


def _first_sentence(text: str) -> str:
    flat = " ".join(text.split())
    ends = (end for _, end in split(flat) if flat[end - 1] not in ";,:")
    return flat[: next(ends, len(flat))]


def _short(text: str) -> str:
    flat = " ".join(text.split()).strip(" |")
    if len(flat) <= _QUOTED:
        return flat.rstrip(".;:")
    return flat[:_QUOTED].rsplit(" ", 1)[0] + " …"


def question(fact: str, known: Fact | None, waiting: Sequence[str]) -> Ask:
    """What to ask about a fact on which it depends whether requirements apply."""
    name = fact.replace("_", " ")
    if known and known.unknown_values:
        values = ", ".join(known.unknown_values)
        text = f"What does {name} “{values}” mean in the office's own words?"
    elif known and known.origin == "conflict":
        text = f"Which {name} holds? Front matter and text say different things."
    else:
        text = f"{_ASK.get(fact, f'What is the {name} of this initiative?')}"
    count = len(waiting)
    tail = "1 requirement depends on it." if count == 1 else f"{count} requirements depend on it."
    return Ask(text=f"{text} {tail}", about=fact, changes=tuple(waiting))


_ASK: Final = {
    "automation": "What takes effect when nobody reacts: does it inform, recommend, act with "
    "approval, act with notice, or act by itself?",
    "audience": "Who uses it or is addressed by it?",
    "affected": "About whom does it decide or recommend?",
    "data": "Which data does it read: none, business, personal or sensitive?",
    "stage": "Which stage is this for: idea, pilot or production?",
    "domain": "Which part of the business is it for?",
    "generates": "Does it generate content, and does that reach people outside the team?",
    "supplier": "Is the model built in house or bought from a vendor?",
    "region": "In which regions is it used?",
}
