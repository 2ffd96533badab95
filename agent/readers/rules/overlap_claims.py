"""The words of an overlap finding: what does the same, what came of it, whom to talk to.

Owns which comparisons become claims, their wording and severity; decides no relation.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from agent.readers.rules.advice import is_rejected, over
from agent.readers.rules.reuse import Said
from agent.readers.rules.sides import Other, key_of
from agent.schema.assessment import Claim, OverlapReading
from agent.schema.evidence import Pending
from knowledge.entries import Capability, Precedent
from knowledge.vocabulary import DECIDED, Severity

CLAIMS: Final = 3


class Compared(NamedTuple):
    """One candidate, compared."""

    other: Other
    reading: OverlapReading
    said: Said
    only_said: bool = False
    """The same job, called an extension by the text alone."""


def claims_of(compared: Sequence[Compared]) -> tuple[Claim, ...]:
    """At most three; the nearest of each kind before the second of any."""
    found = [(c.reading.kind, claim) for c in compared if (claim := _claim(c)) is not None]
    kinds = [kind for kind, _ in found]
    ordered = sorted(range(len(found)), key=lambda n: (kinds[:n].count(kinds[n]) > 0, n))
    return tuple(found[n][1] for n in ordered[:CLAIMS])


def _claim(compared: Compared) -> Claim | None:
    """A duplicate or twin, or an extension that the team does not name or only claims."""
    relation, other = compared.reading.relation, compared.other
    if over(other):
        return None
    if relation == "duplicate":
        return _same(compared)
    if relation != "extends" or isinstance(other, Precedent):
        return None
    known = compared.said.declared or compared.said.builds
    return _extension(compared) if not known or compared.only_said else None


def _same(compared: Compared) -> Claim:
    reading, other = compared.reading, compared.other
    if isinstance(other, Capability):
        rule, does = "overlap.duplicate", "does this job already"
    elif isinstance(other, Pending):
        rule, does = "overlap.twin", "waits for a decision and is to do the same"
    else:
        when = f" on {other.decided}" if other.decided else ""
        was = DECIDED.get(other.outcome, "was decided")
        rule, does = "overlap.twin", f"{was}{when} and was to do the same"
    severity: Severity = "medium" if is_rejected(other) else "high"
    known = compared.said.declared or compared.said.builds
    only = " The text names it and does not say what is added to it." if known else ""
    return Claim(
        rule=rule,
        subject=reading.entry,
        dimension="overlap",
        severity=severity,
        title=f"Does the same as {other.title}",
        claim=f"{_whose(other)} {does}{_shared(reading)}.{only}",
        ask=_ask(reading, other),
        quotes=reading.quotes,
    )


def _extension(compared: Compared) -> Claim:
    reading, other = compared.reading, compared.other
    if compared.only_said:
        title = f"Is to extend {other.title}, and differs in nothing but these words"
        tail = "does this job; the text says that it adds to it, and nothing else in it differs"
        ask = f"Say what {reading.entry} cannot do today, for whom and with which data."
    else:
        title = f"Could extend {other.title}"
        tail = "does much of this; the proposal does not say that it builds on it"
        ask = _ask(reading, other)
    return Claim(
        rule="overlap.extends",
        subject=reading.entry,
        dimension="overlap",
        severity="medium",
        title=title,
        claim=f"{_whose(other)} {tail}{_shared(reading)}.",
        ask=ask,
        quotes=reading.quotes,
    )


def _whose(other: Other) -> str:
    team = "" if isinstance(other, Precedent) else other.team
    return f"{key_of(other)} “{other.title}”" + (f" of {team}" if team else "")


def _shared(reading: OverlapReading) -> str:
    same = sorted(name for name, facet in reading.facets.items() if facet.value == "same")
    return f" (the same: {', '.join(same)})" if same else ""


def _ask(reading: OverlapReading, other: Other) -> str:
    """Join, extend or justify, and what is missing for that."""
    if is_rejected(other):
        return f"Say what is different from {reading.entry}, and what speaks for it now."
    contact = other.reuse.contact if isinstance(other, Capability) else ""
    who = contact or other.owner
    talk = f"Talk to {who} and" if who else "Please"
    lacks = f" What it lacks: {'; '.join(reading.missing)}." if reading.missing else ""
    if reading.disposition == "justify":
        return f"{talk} show why {reading.entry} cannot be used or extended.{lacks}"
    if reading.disposition == "extend":
        return f"{talk} extend {reading.entry} instead, or say why that is not possible.{lacks}"
    return f"{talk} join {reading.entry}, or say what it cannot do for you.{lacks}"
