"""What a sentence says of its matter: that it is so, that it is planned, open, denied, demanded.

Owns the reach of each marker (a clause, what follows it, the whole sentence). It does not know
what the matter is: a caller names the words it cares for by their spans (`judge_at`). Pure.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import Pattern
from typing import Final, NamedTuple

from agent.intake import discounts, headings, markers
from agent.intake.negation import Span, denied
from agent.intake.spoken import unquoted
from agent.schema.proposal import Tense
from knowledge.patterns import lazy


class Judgement(NamedTuple):
    """What is said of some words of a sentence; nothing set means: it is stated as being so."""

    tense: Tense = "none"
    planned: bool = False
    """A plan, an intention, a later phase, a draft."""
    open: bool = False
    """A question, a possibility, something undecided."""
    negated: bool = False
    required: bool = False
    """A rule or duty is restated; what is done about it is not said."""
    other_system: bool = False
    vendor: bool = False
    """A supplier's word or a certificate."""
    lump: bool = False
    """All at once (`fully compliant`): evidence for nothing."""
    refuses: bool = False
    """The text declines to do it."""
    conditional: bool = False
    risk: bool = False
    """Tells what could go wrong, which is no measure against it."""

    @property
    def stated(self) -> bool:
        """Said to exist, for this system, now."""
        return not (
            self.planned
            or self.open
            or self.negated
            or self.required
            or self.other_system
            or self.vendor
            or self.lump
            or self.refuses
            or self.risk
        )


class _Clause(NamedTuple):
    start: int
    end: int
    leads: bool
    """Stands before the main clause: `If the customer does not agree, ...`."""
    says: Judgement
    resumes: bool = False
    """Speaks again of what was named before: `one is planned`."""


class Analysis(NamedTuple):
    """A sentence taken apart once, to be asked about several of its words."""

    clauses: tuple[_Clause, ...]
    denials: tuple[Span, ...]
    above: Judgement
    """What the headings and the lead-in say of everything below them."""

    def whole(self) -> Judgement:
        main = [clause for clause in self.clauses if not clause.leads] or list(self.clauses)
        negated = any(a < c.end and c.start < b for a, b in self.denials for c in main)
        return _join([clause.says for clause in self.clauses], negated, self.above)

    def at(self, spans: Iterable[Span]) -> Judgement:
        """The judgement on the words at `spans` (offsets into the sentence)."""
        wanted = list(spans)
        says = [
            clause.says
            for clause in self.clauses
            if any(start < clause.end and clause.start < end for start, end in wanted)
        ]
        negated = any(a < end and start < b for a, b in self.denials for start, end in wanted)
        if negated:
            # "There is no log today; one is planned": what is denied comes back as a plan.
            says += [clause.says for clause in self.clauses if clause.resumes]
        return _join(says or [clause.says for clause in self.clauses], negated, self.above)


def judge(sentence: str, heading: Sequence[str] = ()) -> Judgement:
    """What the sentence as a whole says; `heading`: the headings and the lead-in above it."""
    return analyse(sentence, tuple(heading)).whole()


def judge_at(sentence: str, *spans: Span, heading: Sequence[str] = ()) -> Judgement:
    """What the sentence says of the words at `spans`."""
    return analyse(sentence, tuple(heading)).at(spans)


def analyse(sentence: str, heading: tuple[str, ...] = ()) -> Analysis:
    alone, above = _analyse_alone(sentence[:_LIMIT]), _above(heading)
    if above is _NOTHING:
        return alone
    return alone._replace(above=_join([above, alone.above], False, _NOTHING))


@lru_cache(maxsize=4096)
def _analyse_alone(sentence: str) -> Analysis:
    """Without what stands above it. Kept, since every dimension asks about the same sentences."""
    text = unquoted(lowered(sentence))
    bounds = _clauses(text)
    spans = [(start, end) for start, end, _ in bounds]
    says: list[Judgement] = []
    for number, (start, end, _) in enumerate(bounds):
        found = _says(text[start:end], text)
        if number and (bounds[number - 1][2] or _REPORTS.match(text)):
            # "Once live, ...", "According to the vendor, ..." and "It is planned that ..."
            # govern what follows.
            found = _join([found, says[-1]], False, _NOTHING)
        says.append(found)
    parts = tuple(
        _Clause(*bound, judged, bool(_RESUMES.match(text, bound[0], bound[1])))
        for bound, judged in zip(bounds, says, strict=True)
    )
    return Analysis(parts, denied(text, spans), _tail(text))


def _tail(text: str) -> Judgement:
    """`... (planned for May)` and `... - once it is live` speak of the whole sentence."""
    found = _TAIL.search(text)
    if not found:
        return _NOTHING
    says = _says(found.group(1) or found.group(2), text)
    return Judgement(planned=says.planned, open=says.open)


_NOTHING: Final = Judgement()
_FLAGS: Final = tuple(name for name in Judgement._fields if name != "tense")
_LIMIT: Final = 2000
"""So many characters of a sentence are judged; who cares for words further on passes a part."""


def lowered(text: str) -> str:
    """Lower case of the same length, with plain apostrophes: what the patterns are written for."""
    low = text.lower().replace("’", "'")
    return low if len(low) == len(text) else "".join(c.lower()[:1] for c in text)


def _join(says: Sequence[Judgement], negated: bool, above: Judgement) -> Judgement:
    if len(says) == 1 and above is _NOTHING and not negated and not says[0].refuses:
        return says[0]
    flags = {name: any(getattr(j, name) for j in (*says, above)) for name in _FLAGS}
    flags["negated"] = flags["negated"] or negated or flags["refuses"]
    tenses = [j.tense for j in says]
    tense: Tense = next((t for t in ("future", "present", "past") if t in tenses), "none")
    return Judgement(tense=tense, **flags)


def _says(clause: str, sentence: str) -> Judgement:
    tense = _tense(clause)
    planned = bool(markers.PLANNED.search(clause)) or _by_date(clause, tense)
    vendor = bool(discounts.VENDOR.search(clause)) and not discounts.CONTRACT.search(clause)
    other = bool(discounts.OTHER_SYSTEM.search(clause))
    other = other and not discounts.THIS_SYSTEM.search(sentence)
    lump = bool(discounts.LUMP.search(clause)) and not markers.CONCRETE.search(clause)
    return Judgement(
        tense=tense,
        planned=planned,
        open=bool(markers.OPEN.search(clause)),
        required=bool(markers.REQUIRED.search(clause)) and _restates(clause),
        other_system=other,
        vendor=vendor,
        lump=lump,
        refuses=bool(discounts.REFUSES.search(clause)),
        conditional=bool(markers.CONDITIONAL.search(clause)),
        risk=bool(discounts.RISK.search(clause)),
    )


def _restates(clause: str) -> bool:
    """A duty, unless it is a step that a person takes, or is filled in with how it is done."""
    if markers.PERSON_ACTS.search(clause):
        return False
    duty = re.search(r"\b(?:must|requires?|demands?|should|needs? to|have to|has to)\b", clause)
    return bool(duty) or not markers.CONCRETE.search(clause)


def _by_date(clause: str, tense: Tense) -> bool:
    found = markers.BEFORE_LAUNCH.search(clause)
    return bool(found) and tense != "past" and not markers.RECURS.search(clause)


def _tense(clause: str) -> Tense:
    if markers.FUTURE.search(clause):
        return "future"
    if markers.PAST.search(clause):
        return "past"
    return "present" if markers.PRESENT.search(clause) else "none"


@lru_cache(maxsize=1024)
def _above(heading: tuple[str, ...]) -> Judgement:
    says = [_lead_in(title) if title.rstrip("*_ ").endswith(":") else _title(title)
            for title in heading]  # fmt: skip
    joined = _join(says, any(j.negated for j in says), _NOTHING) if says else _NOTHING
    return _NOTHING if joined == _NOTHING else joined


def _title(title: str) -> Judgement:
    negated = _matches(headings.NEGATED_HEADING, title)
    return Judgement(
        planned=_matches(headings.PLANNED_HEADING, title) and not negated,
        open=_matches(headings.OPEN_HEADING, title),
        negated=negated,
        required=_matches(headings.REQUIRED_HEADING, title),
        other_system=_matches(headings.OTHER_HEADING, title),
        refuses=_matches(discounts.REFUSES, title),
    )


def _lead_in(line: str) -> Judgement:
    """`In phase 2 we will add:` governs the items below it as it would its own words."""
    return _join([analyse(line.rstrip("*_: ")).whole(), _title(line)], False, _NOTHING)


def _matches(pattern: Pattern[str], title: str) -> bool:
    return bool(pattern.search(lowered(title[:200])))


_RESUMES: Final = lazy(r"[\s,;]*(?:but |and |yet )?(?:one|it|this|that|they)\b")
_STRONG: Final = lazy(
    r";\s|"
    r",?\s(?:but|however|although|though|whereas|yet (?=it|we|the)|even though|while)\s|"
    r",?\s(?:because|since|so that)\s|,\s(?:which means|so)\s"
)
_AND: Final = lazy(r",?\s(?:and|then|or)\s|,\s")
_FINITE: Final = lazy(
    r"\b(?:is|are|was|were|has|have|had|will|can|cannot|does|do|must|shall|should|may|might|would|"
    r"could|\w+n't|never|not)\b"
)
_REPORTS: Final = lazy(
    r"[^,;]{0,50}\b(?:planned|plans?|propos(?:e|es|ed)|intended|idea is|hoped?|expect(?:ed)?|"
    r"foreseen|envisaged|plan is|say|says|said|requires?|demands?|guarantees?|assures?(?: us)?|"
    r"claims?|confirm(?:s|ed)?) that\b"
)
_TAIL: Final = lazy(r"\(([^()]{1,60})\)\W*$|\s[–—-]{1,2}\s([^–—-]{1,60})$")
_ANEW: Final = lazy(
    r",?\s(?:and|but|or) (?:(?:do|does|is|are|was|were|has|have|will|may|must) not|never|cannot|"
    r"nobody|no one|\w+n't)\b|,\s(?:and|but|so) (?:it|we|they|ours|he|she|this|everyone|nobody)\b"
)
"""A verb that is denied, or a subject of its own, begins a clause whatever stands before it."""
_LEADING: Final = lazy(
    r"(?:if|when|where|once|after|before|unless|until|as soon as|in (?:phase|stage|release|the "
    r"(?:future|next|second|first|later))|in a (?:later|second|next|future)|later|next|from|"
    r"starting|according to|as per|in case|should|today|currently|"
    r"by|with|for|like|as|following|upon|during|because|although|while|since|unlike|at)\b"
)


def _clauses(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, leads) of each clause; one that leads ends at the comma before its main one."""
    cuts: list[tuple[int, int, bool]] = []
    begin = 0
    for boundary in _STRONG.finditer(text):
        mark = boundary.group().strip()
        _coordinate(text, begin, boundary.start(), cuts)
        begin = boundary.start() if mark[:1].isalpha() else boundary.end()
    _coordinate(text, begin, len(text), cuts)
    return cuts or [(0, len(text), False)]


def _coordinate(text: str, start: int, end: int, cuts: list[tuple[int, int, bool]]) -> None:
    """Cut at `and` or a comma where a verb of its own stands on each side."""
    here = start
    opening = _LEADING.match(text, here, end) or (
        text[here : here + 1].isspace() and _LEADING.match(text, here + 1, end)
    )
    joints = list(_AND.finditer(text, start, end))
    for number, joint in enumerate(joints):
        until = joints[number + 1].start() if number + 1 < len(joints) else end
        leads = bool(opening) and here == start and joint.group().startswith(",")
        left = _FINITE.search(text, here, joint.start())
        right = _FINITE.search(text, joint.end(), min(until, joint.end() + 60))
        anew = _ANEW.match(text, joint.start(), until)
        if (leads and (right or number == 0)) or (left and right) or anew:
            if here < joint.start():
                cuts.append((here, joint.start(), leads))
            here = joint.start()
    if here < end:
        cuts.append((here, end, False))
