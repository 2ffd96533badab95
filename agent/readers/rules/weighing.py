"""From the sentences that speak of a requirement to its status.

Owns what proves what: a statement proves `in_place`; a plan, a denial, another system's measure, a
supplier's word, a rule restated or a lump claim never does. Where the text contradicts itself,
refuses somewhere what it states elsewhere, or leaves the point open, it is `unclear`. Pure.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agent.intake.judgement import Judgement
from agent.readers.rules.passages import Passage
from knowledge.vocabulary import Status


class Sign(NamedTuple):
    """A passage that speaks of the requirement, how firmly it matches, and what it says."""

    passage: Passage
    says: Judgement
    strength: int
    """3: all of a cue; 2: completed by what stands above, or most of a sentence; 1: most of the
    requirement's own text; 0: its topic only, which proves nothing but may show a plan."""
    spans: tuple[tuple[int, int], ...] = ()


class Verdict(NamedTuple):
    status: Status
    deciding: tuple[Sign, ...]
    """Strongest first."""
    others: tuple[Sign, ...]
    """Speak of it and do not count."""
    note: str
    refuses: bool = False


def weigh(signs: Iterable[Sign]) -> Verdict:
    best = _strongest(signs)
    groups: dict[str, list[Sign]] = {}
    for sign in best:
        groups.setdefault(kind(sign.says), []).append(sign)
    if any(sign.strength for sign in best):
        best = [sign for sign in best if sign.strength or kind(sign.says) != "stated"]
    stated, denied = groups.get("stated", []), groups.get("negated", [])
    opened, planned = groups.get("open", []), groups.get("planned", [])
    refuses = any(sign.says.refuses for sign in denied)
    top = max((sign.strength for sign in stated), default=0)

    def verdict(status: Status, deciding: Sequence[Sign], note: str) -> Verdict:
        others = tuple(sign for sign in best if sign not in deciding)
        return Verdict(status, tuple(deciding), others, note, refuses)

    if stated and (refuses or _outweighs(denied, stated)):
        denied = sorted(denied, key=lambda sign: not sign.says.refuses) if refuses else denied
        note = "The text says both that it is so and that it is not."
        return verdict("unclear", [stated[0], denied[0]], note)
    firmer = max((sign.strength for sign in (*planned, *opened)), default=0)
    if stated and top >= 1 and top >= min(firmer, 2):
        return verdict("in_place", stated[:3], "The text states it.")
    if denied and not planned and not opened:
        note = "The text declines it." if refuses else "The text says that it is not done."
        return verdict("absent", denied[:3], note)
    if refuses:
        return verdict("absent", [s for s in denied if s.says.refuses][:3], "The text declines it.")
    if planned and not (opened and opened[0].strength > planned[0].strength):
        return verdict("planned", planned[:3], "The text plans it; it is not there yet.")
    if stated and not opened and top < 1:
        note = "The text touches it and does not state enough to prove it."
        return verdict("unclear", stated[:3], note)
    if opened:
        return verdict("unclear", opened[:3], "The text speaks of it and leaves it open.")
    return verdict("absent", [], "No sentence states it.")


def kind(says: Judgement) -> str:
    """The one thing that a judgement comes down to, the most damaging first."""
    if says.refuses:
        return "negated"
    if says.other_system:
        return "other"
    if says.vendor:
        return "vendor"
    if says.lump:
        return "lump"
    if says.open:
        return "open"
    if says.planned:
        return "planned"
    if says.negated:
        return "negated"
    if says.risk:
        return "risk"
    return "required" if says.required else "stated"


WHY = {
    "planned": "says that it is planned",
    "open": "leaves it open",
    "negated": "says that it is not done",
    "other": "speaks of another system",
    "vendor": "is the supplier's word, not a measure of this system",
    "lump": "claims everything at once, which shows nothing",
    "required": "restates the rule and does not say what is done",
    "risk": "tells of a risk, not of what is done about it",
    "stated": "says something of it, not enough to prove it",
}


def _strongest(signs: Iterable[Sign]) -> list[Sign]:
    """One sign for each different text: the firmest of its matches."""
    best: dict[str, Sign] = {}
    for sign in signs:
        said = sign.passage.text
        known = best.get(said)
        if known is None or (sign.strength, _tells_more(sign, known)) > (known.strength, False):
            best[said] = sign
    return sorted(best.values(), key=lambda s: (-s.strength, s.passage.number))


def _tells_more(sign: Sign, known: Sign) -> bool:
    """Of two equal matches in one sentence: a plan or doubt before a statement, that before a
    denial, which then is one of something else ("it keeps no copy, and files are deleted")."""
    order = ("negated", "stated")
    new, old = kind(sign.says), kind(known.says)
    if new in order and old in order:
        return order.index(new) > order.index(old)
    return old in order and new not in order


def _outweighs(denied: Sequence[Sign], stated: Sequence[Sign]) -> bool:
    return bool(denied) and denied[0].strength >= stated[0].strength
