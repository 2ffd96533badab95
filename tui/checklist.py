"""The rows of a draft as plain text: requirements, overlaps, goals, facts."""

from collections.abc import Iterable, Mapping, Sequence

from agent.draft.related import behind_words, likeness_words, review_words
from agent.schema.draft import GoalRow, OverlapRow, RequirementRow
from agent.schema.evidence import Evidence
from agent.schema.proposal import Fact
from knowledge.entries import Requirement
from tui.citations import citation_line, searched_line
from tui.out import wrapped

NEAREST = 3
"""So many candidates are named where none is related."""
CROWD = 8
"""So many of a kind are told one by one unless all are asked for; the rest by id."""
KINDS = {
    "capability": "",
    "pending": "Twins: proposals that wait for a decision too",
    "precedent": "Precedents: what was decided before",
}
"""In the order in which they are shown, with what stands above them."""


def requirement_lines(
    rows: Sequence[RequirementRow], requirements: Mapping[str, Requirement], *, full: bool
) -> Iterable[str]:
    """The checklist; in place means stated in the text, and says so."""
    applicable = [r for r in rows if full or r.applies != "no"]
    skipped = len(rows) - len(applicable)
    yield f"Requirements ({len(applicable)} shown, {skipped} do not apply)"
    for row in applicable:
        status = row.status.replace("_", " ") + _evidence(row)
        if row.applies == "unknown":
            status += " (may not apply)"
        rule = requirements.get(row.id)
        title = f": {rule.title}" if rule else ""
        yield wrapped(f"{status}{title}", "             ", f"  {row.id:10} {row.severity:8} ")
        if full:
            yield wrapped(row.applies_because, "             ")
            yield from _rule_lines(rule)
            for citation in row.citations:
                yield citation_line(citation, "             ")
            for step in row.searched:
                yield searched_line(step, "             ")
    yield ""


def _rule_lines(rule: Requirement | None) -> Iterable[str]:
    """What a requirement goes back to, and who has to sign it."""
    if rule is not None and rule.refs:
        yield wrapped(f"goes back to: {'; '.join(rule.refs)}", "             ")
    if rule is not None and rule.sign_off:
        yield wrapped(f"to be signed off by: {rule.sign_off}", "             ")


def _evidence(row: RequirementRow) -> str:
    if row.evidence is None:
        return ""
    if isinstance(row.evidence, str):
        return f" ({row.evidence} by the team)"
    return f" (confirmed by {row.evidence.confirmed.by}, {row.evidence.confirmed.date})"


def overlap_lines(
    rows: Sequence[OverlapRow], evidence: Evidence, *, full: bool = True
) -> Iterable[str]:
    """What is related; where nothing is, what came nearest and how near that was. In full with the
    words of both sides for each facet."""
    related = [r for r in rows if r.relation != "unrelated"]
    read = len({r.entry for r in rows} | {c.entry for c in evidence.candidates})
    yield f"Overlap ({len(related)} related, {read} read)"
    titles = {e.id: e.title for e in evidence.entries()}
    titles |= {p.initiative: p.title for p in evidence.pending}
    if not related:
        yield from _nearest_lines(evidence, titles)
    for kind, head in KINDS.items():
        alike = [row for row in related if row.kind == kind]
        if alike and head:
            yield f"  {head} ({len(alike)})"
        for row in alike if full else alike[:CROWD]:
            yield from _overlap_lines(row, titles, full=full)
        if (rest := alike[CROWD:]) and not full:
            yield wrapped(f"and {len(rest)} more: {', '.join(r.entry for r in rest)}", "      ")
    yield ""


def _overlap_lines(row: OverlapRow, titles: Mapping[str, str], *, full: bool) -> Iterable[str]:
    chance = "" if row.probability is None else f", chance of being the same {row.probability:.0%}"
    advice = "" if row.disposition == "none" else f" -> {row.disposition}"
    yield f"  {row.entry:14} {row.kind}: {row.relation.replace('_', ' ')}{chance}{advice}"
    if row.entry in titles:
        yield wrapped(titles[row.entry], "      ")
    yield from _delta_lines(row)
    for citation in row.citations:
        yield citation_line(citation, "      ")
    if full:
        yield from _facet_lines(row)


def _delta_lines(row: OverlapRow) -> Iterable[str]:
    """Who is behind it, what was decided of it, why to join, extend or justify, what is alike."""
    if behind := behind_words(row):
        yield wrapped(behind, "      ")
    if row.last_review is not None:
        yield wrapped(f"last review: {review_words(row.last_review)}", "        ", "      ")
    if row.reason:
        why = "why" if row.disposition == "none" else f"why {row.disposition}"
        yield wrapped(f"{why}: {row.reason}", "        ", "      ")
    if row.contradicts:
        yield wrapped(f"CONTRADICTS: {row.contradicts}", "        ", "      ")
    if row.facets:
        yield wrapped(likeness_words(row), "        ", "      ")
    if row.missing:
        yield wrapped(f"missing to reuse it: {'; '.join(row.missing)}", "        ", "      ")


def _facet_lines(row: OverlapRow) -> Iterable[str]:
    for name, facet in row.facets.items():
        words = [c for c in (facet.own, facet.theirs) if c is not None]
        if words:
            yield f"      {name}: {facet.value}"
        for citation in words:
            yield citation_line(citation, "        ")


def _nearest_lines(evidence: Evidence, titles: Mapping[str, str]) -> Iterable[str]:
    for candidate in evidence.candidates[:NEAREST]:
        near = f"meaning {max(candidate.dense, 0.0):.0%}, words {candidate.lexical:.0%} alike"
        named = f"{titles.get(candidate.entry, candidate.kind)} ({near}): too little in common"
        yield wrapped(named, "                 ", f"  {candidate.entry:14} ")


def goal_lines(rows: Sequence[GoalRow]) -> Iterable[str]:
    addressed = [r for r in rows if r.verdict != "not_addressed"]
    yield f"Goals ({len(addressed)} of {len(rows)} addressed)"
    for row in addressed:
        yield f"  {row.id:14} {row.verdict}"
        for citation in row.citations:
            yield citation_line(citation, "      ")
    yield ""


def fact_lines(facts: dict[str, Fact]) -> Iterable[str]:
    yield "Facts"
    for name, fact in facts.items():
        values = ", ".join((*fact.values, *fact.unknown_values)) or "not known"
        yield f"  {name:12} {values}  ({fact.origin})"
        for citation in fact.citations:
            yield citation_line(citation, "               ")
    yield ""
