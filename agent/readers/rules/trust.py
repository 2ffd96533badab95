"""Trust: each policy requirement that applies, and whether the text states that it is met.

Owns the dimension `trust`: readings, the claims about what is missing, the questions about facts
that would settle what applies. What applies was decided before; nothing here decides it.
"""

from collections.abc import Sequence

from agent.readers.rules.asked import asked_of
from agent.readers.rules.passages import ReadText
from agent.readers.rules.signs import signs
from agent.readers.rules.trails import quote, trail
from agent.readers.rules.trust_claims import claim, question
from agent.readers.rules.weighing import Verdict, weigh
from agent.schema.assessment import Ask, Assessment, Claim, Covered, RequirementReading
from agent.schema.evidence import Applicable, Evidence
from agent.schema.proposal import Proposal
from knowledge.entries import Requirement

QUOTES = 3
UNREAD = "The text is not in a language that the rules can read."
UNKNOWN = Applicable(id="", applies="unknown", because="it was not worked out whether it applies")


def read(proposal: Proposal, evidence: Evidence) -> Assessment:
    """A reading for every requirement, a claim for each that applies and is not in place."""
    text = ReadText(proposal, evidence.neighbours)
    acts = _acts_on_people(evidence)
    readings: list[RequirementReading] = []
    claims: list[Claim] = []
    for requirement in evidence.requirements:
        applicable = evidence.applicable.get(requirement.id, UNKNOWN)
        reading, verdict = _reading(requirement, applicable, text)
        readings.append(reading)
        if applicable.applies == "yes" and reading.status != "in_place" and proposal.readable:
            claims.append(claim(requirement, reading, verdict, text, acts=acts))
    return Assessment(
        reader="rules",
        requirements=tuple(readings),
        claims=tuple(claims),
        questions=_questions(evidence),
        coverage={"trust": _coverage(proposal, evidence, text)},
    )


def _acts_on_people(evidence: Evidence) -> bool:
    """Something takes effect for somebody when nobody reacts; not while that is unknown."""
    automation, affected = evidence.facts.get("automation"), evidence.facts.get("affected")
    if automation is None or not automation.values or affected is None:
        return False
    return automation.values[-1] in ("act_with_notice", "autonomous") and bool(affected.values)


def _reading(
    requirement: Requirement, applicable: Applicable, text: ReadText
) -> tuple[RequirementReading, Verdict | None]:
    id_ = requirement.id
    if applicable.applies == "no":
        reading = RequirementReading(id=id_, status="not_applicable", note=applicable.because)
        return reading, None
    if not text.proposal.readable:
        return RequirementReading(id=id_, status="unclear", note=UNREAD), None
    asked = asked_of(requirement)
    verdict = weigh(signs(asked, text))
    quotes = tuple(quote(sign.passage) for sign in verdict.deciding[:QUOTES])
    if applicable.applies == "unknown":
        note = f"Whether it applies is not known: {applicable.because}"
        return RequirementReading(id=id_, status="unclear", quotes=quotes, note=note), verdict
    status, note = verdict.status, verdict.note
    if status == "absent" and not quotes and text.unread:
        status = "unclear"
        note = f"{note} Of the text, {text.unread} are in a language that the rules cannot read."
    searched = () if status == "in_place" else trail(asked, text, verdict)
    reading = RequirementReading(id=id_, status=status, quotes=quotes, searched=searched, note=note)
    return reading, verdict


def _questions(evidence: Evidence) -> tuple[Ask, ...]:
    """One question for each fact that is missing, with every requirement it would change."""
    waiting: dict[str, list[str]] = {}
    for requirement in evidence.requirements:
        applicable = evidence.applicable.get(requirement.id, UNKNOWN)
        if applicable.applies == "unknown":
            for fact in _missing(applicable, evidence):
                waiting.setdefault(fact, []).append(requirement.id)
    return tuple(
        question(fact, evidence.facts.get(fact), waiting[fact]) for fact in sorted(waiting)
    )


def _missing(applicable: Applicable, evidence: Evidence) -> Sequence[str]:
    """The facts without a usable value; all that it depends on where that is not told apart."""
    without = [
        name
        for name in applicable.depends_on
        if (fact := evidence.facts.get(name)) is None or not fact.values or fact.unknown_values
    ]
    return without or applicable.depends_on


def _coverage(proposal: Proposal, evidence: Evidence, text: ReadText) -> Covered:
    rows = [evidence.applicable.get(r.id, UNKNOWN).applies for r in evidence.requirements]
    if not rows:
        return Covered(state="not_checked", note="the workspace has no requirements")
    if not proposal.readable:
        return Covered(state="not_checked", note=UNREAD)
    apply, wait = rows.count("yes"), rows.count("unknown")
    note = f"{_count(apply, 'requirement applies', 'requirements apply')}"
    if wait:
        note += f", {wait} {'waits' if wait == 1 else 'wait'} on facts"
    note += f"; {_count(len(text.passages), 'sentence', 'sentences')} read"
    if text.unread:
        note += f"; {text.unread} not read: another language"
    return Covered(state="partly" if wait or text.unread else "checked", note=note)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
