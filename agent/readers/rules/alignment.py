"""Alignment: which goals of the office the proposal serves or conflicts with, and whether its worth
can be told.

Owns the dimension `alignment`: a reading for every goal, and the claims goal.conflict and
goal.none; `worth.py` adds the rest. A declared goal that no entry has is another reader's business.
"""

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from re import IGNORECASE
from typing import Final

from agent.intake.words import WORD, stem, words
from agent.readers.rules import findings, worth
from agent.readers.rules.consistency import UNREAD, entry_quote
from agent.readers.rules.lexicon import STOP
from agent.readers.rules.passages import ReadText
from agent.readers.rules.ruled_out import Conflict, Located, conflict, located
from agent.readers.rules.trails import quote
from agent.schema.assessment import Assessment, Claim, Covered, GoalReading, Look, Quote
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from knowledge.entries import Goal
from knowledge.patterns import lazy

_QUOTES: Final = 2
_NEAREST: Final = 3
_SERVES: Final = 0.6
"""Least share of a goal's title, or of a part of its measure, that a sentence has to say."""
_FEW: Final = 3
"""Of so few words all have to be said."""
_GOOD: Final = lazy(
    r"\b(?:serv\w+|support\w*|contribut\w+|help\w*|reduc\w+|shorten\w*|sav(?:e|es|ed|ing|ings)|"
    r"cut(?:s|ting)?|faster|sooner|quicker|fewer|improv\w+|increas\w+|rais\w+|lower\w*|"
    r"fall(?:s|ing)?|from .{1,40} to|go(?:es)? (?:from|down|up)|speeds? up|grow\w*)\b",
    IGNORECASE,
)
_BETTER: Final = lazy(
    r"\b(?:reduc\w+|shorten\w*|sav(?:e|es|ing|ings)|cut(?:s|ting)?|fast(?:er)?|sooner|quicker|fewer|"
    r"improv\w+|rais(?:e|es|ing)|lower\w*|speed(?:s|ing)? up)\b",
    IGNORECASE,
)
"""Without a figure only these say which way it goes: times that `grew` are why it is proposed."""
_APART: Final = 20
"""Characters for each word of what is counted; further apart they speak of different things."""
_UNITS: Final = frozenset(
    stem(w)
    for w in "day days hour hours minute minutes week weeks month months year years median average "
    "mean share percent percentage number count rate ratio total".split()
)
"""How a figure is counted, not what it counts."""
_NAMES_A_GOAL: Final = lazy(
    r"\b(?:goals?|objectives?|priorit(?:y|ies)|strategy|ambitions?|aims?) (?:of|to|is|that|[:\"“])|"
    r"\b(?:serv\w+|support\w*|contribut\w+|belongs?|pays? into|advances?|in line with|answers?) "
    r"(?:\w+ ){0,3}(?:goals?|objectives?|priorit(?:y|ies)|strategy|ambitions?|aims?)\b",
    IGNORECASE,
)
_DIRECTION: Final = frozenset(
    stem(w)
    for w in "bring down treat keep hold grow let see settle only long reduce raise increase lower "
    "make more less better from today".split()
)


def read(proposal: Proposal, evidence: Evidence) -> Assessment:
    """A reading for every goal; claims only where the text or its silence shows it."""
    if not proposal.readable:
        covered = Covered(state="not_checked", note=UNREAD)
        return Assessment(reader="rules", coverage={"alignment": covered})
    text = ReadText(proposal)
    places = located(text)
    conflicts = {goal.id: conflict(goal.rules_out, places) for goal in evidence.goals}
    goals = tuple(
        _reading(goal, conflicts[goal.id], places, proposal, evidence) for goal in evidence.goals
    )
    claims = [
        _conflict(goal, found)
        for goal in evidence.goals
        if (found := conflicts[goal.id]) is not None
    ]
    if evidence.goals and all(reading.verdict == "not_addressed" for reading in goals):
        claims.append(_none(text, evidence))
    return Assessment(
        reader="rules",
        goals=goals,
        claims=(*claims, *worth.claims(text)),
        coverage={"alignment": _coverage(evidence.goals, text)},
    )


def _reading(
    goal: Goal,
    found: Conflict | None,
    text: Sequence[Located],
    proposal: Proposal,
    evidence: Evidence,
) -> GoalReading:
    if found is not None:
        quotes = _both(goal, found)
        refuses = found.refused
        return GoalReading(id=goal.id, verdict="conflicts", quotes=quotes, refuses_remedy=refuses)
    said = [quote(place.passage) for place in text if _speaks(goal, place)]
    quotes = (*_declared(goal, proposal, evidence), *said)[:_QUOTES]
    return GoalReading(id=goal.id, verdict="serves" if quotes else "not_addressed", quotes=quotes)


def _declared(goal: Goal, proposal: Proposal, evidence: Evidence) -> tuple[Quote, ...]:
    """The line of the front matter that names the goal."""
    text = proposal.source.text
    for mention in evidence.mentions:
        if mention.entry != goal.id or mention.declared != "goals" or not mention.end:
            continue
        start = text.rfind("\n", 0, mention.start) + 1
        line = re.compile(r"[^\r\n]*").match(text, start)
        if line is not None:
            said = line.group().strip(" \t\r")
            return (Quote(source="proposal", text=said, start=text.index(said, start)),)
    return ()


def _speaks(goal: Goal, place: Located) -> bool:
    """Says that it improves what the goal is about, or names the goal."""
    passage = place.passage
    if passage.sentence.kind == "front" or not _touches(goal, place):
        return False
    judged = passage.analysis().whole()
    return not (judged.negated or judged.other_system or judged.refuses)


def _touches(goal: Goal, place: Located) -> bool:
    text = place.passage.text
    number = bool(re.search(r"\d", text))
    if goal.id in text and re.search(rf"(?<![\w-]){re.escape(goal.id)}(?![\w-])", text):
        return number or bool(_GOOD.search(text))
    title, parts = _matter(goal.title, goal.measure)
    said = place.places.keys()
    if _NAMES_A_GOAL.search(text) and _named(title, said):
        return True
    measured = number and any(_shared(part, said, 3) for part in parts)
    if not (_shared(title, said, 2) or measured):
        return bool(_BETTER.search(text)) and any(_counts(part - _UNITS, place) for part in parts)
    return place.passage.sentence.kind == "row" or bool(_GOOD.search(text))


def _counts(counted: frozenset[str], place: Located) -> bool:
    """Says what a figure counts, in one piece."""
    if len(counted) < 2 or not counted <= place.places.keys():
        return False
    last: dict[str, int] = {}
    for match in WORD.finditer(place.passage.text):
        stemmed = stem(match.group().lower())
        if stemmed in counted:
            last[stemmed] = match.start()
            near = match.end() - min(last.values()) <= _APART * len(counted)
            if near and len(last) == len(counted):
                return True
    return False


def _named(title: frozenset[str], said: Set[str]) -> bool:
    """Half of its title, where the sentence says that it speaks of a goal."""
    common = title & said
    return len(common) >= 2 and 2 * len(common) >= len(title)


@lru_cache(maxsize=256)
def _matter(title: str, measure: str) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """The content words of a goal's title, and of what each figure of its measure counts."""
    figures = re.split(r";\s*", measure)
    counted = [re.split(r",\s*from\b|\bfrom \d|\bat most\b|\bbelow\b", f)[0] for f in figures]
    return _content(title), tuple(_content(part) for part in counted)


def _shared(content: frozenset[str], said: Set[str], least: int) -> bool:
    common = len(content & said)
    share = 1.0 if len(content) <= _FEW else _SERVES
    return common >= least and common >= share * len(content)


def _content(phrase: str) -> frozenset[str]:
    kept = {stem(w) for w in words(phrase) if w not in STOP and len(w) > 2 and w.isalpha()}
    return frozenset(kept - _DIRECTION)


# --- claims ----------------------------------------------------------------------------------


def _both(goal: Goal, found: Conflict) -> tuple[Quote, ...]:
    ours = tuple(quote(passage) for passage in found.passages)
    return (*ours, entry_quote(goal, found.ruled_out.phrase))


def _conflict(goal: Goal, found: Conflict) -> Claim:
    phrase = found.ruled_out.phrase.rstrip(".")
    refused = " The text declines what would put it right." if found.refused else ""
    return Claim(
        rule="goal.conflict",
        subject=goal.id,
        **findings.conflict(goal)._asdict(),
        claim=f"The goal rules out: “{phrase}”. The text describes just that.{refused}",
        ask=f"Change the proposal so that it respects “{phrase}”, or speak with "
        f"{goal.owner or 'the owner of the goal'} before submitting again.",
        quotes=_both(goal, found),
        refuses_remedy=found.refused,
    )


def _none(text: ReadText, evidence: Evidence) -> Claim:
    unknown = [g for g in text.proposal.declared.goals if g in evidence.undeclared_names]
    named = f"It names {', '.join(unknown)}, which is no goal here. " if unknown else ""
    return Claim(
        rule="goal.none",
        **findings.GOAL_NONE._asdict(),
        claim=f"{named}No sentence says which of the {len(evidence.goals)} goals this moves "
        "forward.",
        ask="Name the goal that this serves and say by how much it moves its measure: "
        f"{_listed(evidence.goals)}.",
        searched=_nearest(text, evidence.goals) or (worth.nothing(text, "a goal"),),
    )


def _listed(goals: Sequence[Goal]) -> str:
    shown = [f"{goal.title} ({goal.id})" for goal in goals[:6]]
    return "; ".join(shown) + ("; …" if len(goals) > len(shown) else "")


def _nearest(text: ReadText, goals: Sequence[Goal]) -> tuple[Look, ...]:
    """The sentences that share most with a goal."""
    found: list[tuple[int, int, Goal, list[str]]] = []
    for passage in text.passages:
        if passage.sentence.kind == "front":
            continue
        said = {stem(word): word for word in words(passage.text)}
        shared = [(goal, sorted(_content(f"{goal.title} {goal.measure}") & said.keys()))
                  for goal in goals]  # fmt: skip
        goal, common = max(shared, key=lambda pair: len(pair[1]))
        if len(common) >= 2:
            named = [said[stemmed] for stemmed in common]
            found.append((-len(common), passage.number, goal, named))
    return tuple(
        worth.look(text.passages[number], f"shares only {', '.join(named[:4])} with {goal.id}")
        for _, number, goal, named in sorted(found, key=lambda f: f[:2])[:_NEAREST]
    )


def _coverage(goals: Sequence[Goal], text: ReadText) -> Covered:
    read_ = f"{len(text.passages)} sentence{'' if len(text.passages) == 1 else 's'} read"
    if not goals:
        return Covered(state="partly", note=f"the workspace has no goals; {read_}")
    count = f"{len(goals)} goal{'' if len(goals) == 1 else 's'}"
    note = f"{count} compared by their words and by what they rule out; {read_}"
    if text.unread:
        return Covered(state="partly", note=f"{note}; {text.unread} not read: another language")
    return Covered(note=note)
