"""Consistency: where the proposal behaves otherwise than the organisation's patterns and than
sibling products for the same people.

Owns the dimension `consistency`. Claims only what both sides state in comparable words and what is
laxer here; what a text does not say about a pattern is the policies' business, not this one's.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import Final

from agent.intake.siblings import is_sibling
from agent.readers.rules import ceiling
from agent.readers.rules.behaviours import Said, affirms, described, read_behaviour
from agent.readers.rules.findings import SIBLING
from agent.readers.rules.laxer import Difference, laxer
from agent.readers.rules.passages import ReadText
from agent.readers.rules.trails import quote
from agent.schema.assessment import Assessment, Claim, Covered, Quote
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from knowledge.entries import Capability, Entry, Pattern

UNREAD: Final = "written in a language that the rules cannot read"
SIBLINGS: Final = 2
CLEARLY: Final = 2.0
"""A sibling differs when ours takes at least so many times as long."""


def read(proposal: Proposal, evidence: Evidence) -> Assessment:
    """Breaches of the patterns that apply, then siblings that differ where no pattern rules."""
    if not proposal.readable:
        covered = Covered(state="not_checked", note=UNREAD)
        return Assessment(reader="rules", coverage={"consistency": covered})
    text = ReadText(proposal)
    said = tuple(described(text))
    applying = [p for p in evidence.patterns if _applies(p, evidence) == "yes"]
    claims = [claim for p in applying if (claim := _breach(p, said, text, evidence)) is not None]
    ruled = {key for pattern in applying for key in pattern.behaviours}
    claims += _differences(said, ruled, evidence)
    return Assessment(
        reader="rules", claims=tuple(claims), coverage={"consistency": _coverage(evidence)}
    )


def _applies(pattern: Pattern, evidence: Evidence) -> str:
    row = evidence.applicable.get(pattern.id)
    return row.applies if row else "unknown"


def _breach(
    pattern: Pattern, said: Sequence[Said], text: ReadText, evidence: Evidence
) -> Claim | None:
    """The worst breach of this pattern; one finding a pattern."""
    found: list[tuple[Difference, tuple[Quote, ...], str]] = []
    refused = False
    for key in sorted(pattern.behaviours):
        wanted = pattern.behaviours[key]
        if key == "automation":
            above = ceiling.above(wanted, text, evidence)
            if above is not None:
                found.append((above.difference, above.quotes, wanted))
                refused = refused or above.refused
            continue
        for ours, difference in _laxer(said, read_behaviour(key, wanted)):
            found.append((difference, _quotes(ours), wanted))
            refused = refused or _refuses(ours)
    if not found:
        return None
    difference, quotes, wanted = min(found, key=lambda f: (-f[0].ratio, f[1][0].start or 0))
    return Claim(
        rule="pattern.breach",
        subject=pattern.id,
        dimension="consistency",
        severity=pattern.severity,
        title=f"{difference.ours}; {pattern.id} says {difference.theirs}",
        claim=f"{_says(quotes)} The pattern “{pattern.title}” says: {wanted.rstrip('.')}.",
        ask=f"{difference.ask}.",
        quotes=(*quotes, entry_quote(pattern, wanted)),
        refuses_remedy=refused,
    )


def _laxer(said: Sequence[Said], theirs: Said) -> Iterator[tuple[Said, Difference]]:
    """Our statements that are laxer; none where another sentence says the opposite of a denial."""
    ours = [statement for statement in said if statement.key == theirs.key]
    does = any(affirms(statement) for statement in ours)
    steps = any(statement.scale == "steps" for statement in ours)
    for statement in ours:
        difference = laxer(statement, theirs)
        if difference is None or (statement.denied and does) or (statement.scale and steps):
            continue
        if not _denied_length(statement):
            yield statement, difference


def _denied_length(said: Said) -> bool:
    """`Logs are not kept three years`; what is `never deleted` is no denial of its length."""
    if said.duration is None or said.passage is None or said.duration.days == inf:
        return False
    span = (said.duration.start, said.duration.end)
    return said.passage.analysis().at([span]).negated


def _refuses(said: Said) -> bool:
    return said.denied and said.passage is not None and said.passage.analysis().whole().refuses


def _quotes(said: Said) -> tuple[Quote, ...]:
    return (quote(said.passage),) if said.passage is not None else ()


def _says(quotes: Sequence[Quote]) -> str:
    flat = " ".join(quotes[0].text.split()).strip(" |").rstrip(".;:")
    return f"The text says: “{flat if len(flat) <= 160 else flat[:160].rsplit(' ', 1)[0] + ' …'}”."


def entry_quote(entry: Entry, wanted: str) -> Quote:
    """The words of an entry as they stand in its file; the title where they are wrapped there."""
    for words in (wanted, wanted.rstrip("."), entry.title, entry.id):
        start = entry.source.text.find(words)
        if words and start >= 0:
            return Quote(source=entry.id, text=words, start=start)
    line = entry.source.text.split("\n", 1)[0]
    return Quote(source=entry.id, text=line, start=0)


# --- siblings --------------------------------------------------------------------------------


def _differences(said: Sequence[Said], ruled: set[str], evidence: Evidence) -> list[Claim]:
    """At most two siblings, the clearest first; what a pattern rules is judged by the pattern."""
    found: list[tuple[float, str, Claim]] = []
    free = [s for s in said if s.key not in ruled]
    for sibling in evidence.capabilities:
        best = _difference(sibling, free) if is_sibling(sibling, evidence.facts) else None
        if best is not None:
            ours, difference, wanted = best
            claim = _differs(sibling, ours, difference, wanted)
            found.append((-difference.ratio, sibling.id, claim))
    return [claim for _, _, claim in sorted(found, key=lambda f: f[:2])[:SIBLINGS]]


def _difference(sibling: Capability, said: Sequence[Said]) -> tuple[Said, Difference, str] | None:
    found = [
        (ours, difference, wanted)
        for key, wanted in sorted(sibling.behaviours.items())
        for ours, difference in _laxer(said, read_behaviour(key, wanted))
        if difference.ratio >= CLEARLY and _comparable(ours, read_behaviour(key, wanted))
    ]
    return min(found, key=lambda f: (-f[1].ratio, f[0].start)) if found else None


def _comparable(ours: Said, theirs: Said) -> bool:
    """A denial differs only from a sibling that says it does so."""
    return not ours.denied or (not theirs.denied and ours.key in ("disclosure", "appeal"))


def _differs(sibling: Capability, ours: Said, difference: Difference, wanted: str) -> Claim:
    quotes = _quotes(ours)
    return Claim(
        rule="sibling.differs",
        subject=sibling.id,
        dimension="consistency",
        severity=SIBLING,
        title=f"{difference.ours}; {sibling.title} ({sibling.id}): {difference.theirs}",
        claim=f"{_says(quotes)} {sibling.title}, for the same people, says: {wanted.rstrip('.')}.",
        ask=f"{difference.ask}; or say why the same people are treated differently here.",
        quotes=(*quotes, entry_quote(sibling, wanted)),
    )


def _coverage(evidence: Evidence) -> Covered:
    known, total = evidence.registry.get("behaviours", 0), evidence.registry.get("capability", 0)
    rows = [_applies(pattern, evidence) for pattern in evidence.patterns]
    if not rows and not known:
        return Covered(
            state="not_checked",
            note="the workspace has no patterns and knows no behaviours of its capabilities",
        )
    waiting = rows.count("unknown")
    patterns = f"{len(rows)} pattern{'' if len(rows) == 1 else 's'}"
    note = f"{patterns}, {rows.count('yes')} {'applies' if rows.count('yes') == 1 else 'apply'}"
    if waiting:
        note += f", {waiting} {'waits' if waiting == 1 else 'wait'} on facts"
    note += f"; behaviours known for {known} of {total} capabilities"
    read = sum(bool(c.behaviours) and is_sibling(c, evidence.facts) for c in evidence.capabilities)
    every = max(read, evidence.registry.get("siblings", 0))
    note += f", {every} of them for the same people" + (f", {read} read" if read < every else "")
    return Covered(state="partly" if waiting or not read or read < every else "checked", note=note)
