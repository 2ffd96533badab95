"""Drafts and sheets as plain text for a terminal or a pipe; no colour carries meaning."""

from collections.abc import Iterable, Mapping, Sequence

from agent.draft.summary import OUTCOME_WORDS
from agent.schema.decision import Sheet, SheetFinding
from agent.schema.draft import (
    Draft,
    Finding,
    GoalRow,
    OverlapRow,
    RequirementRow,
    Searched,
)
from agent.schema.proposal import Citation, Fact
from knowledge.entries import Requirement
from tui.out import wrapped

SHOWN = 7
"""So many findings are shown unless all are asked for; the rest is counted."""

QUOTED = 2
"""So many quotes of a finding are shown unless all are asked for."""

CHECK_WORDS = {
    "exact": "",
    "close": "  [close, not word for word]",
    "bad": "  [BAD: not in the text]",
}


def draft_lines(
    sheet: Sheet, *, full: bool, requirements: Mapping[str, Requirement]
) -> Iterable[str]:
    """The whole draft as a person left it, most important first; `requirements` by id."""
    draft = sheet.effective
    yield f"{draft.initiative}  {draft.proposal.title}"
    yield f"  version {draft.version} of {draft.proposal.path}   draft {draft.id}"
    yield ""
    yield f"{'Outcome suggested by the rules of the office:'} {OUTCOME_WORDS[draft.outcome]}"
    for reason in draft.outcome_because[: None if full else SHOWN]:
        yield wrapped(reason, "    ", "  - ")
    yield wrapped(draft.summary, "  ")
    yield ""
    yield from findings_lines(sheet.findings, full=full)
    yield from _unsupported_lines(draft)
    yield from requirement_lines(draft.requirements, requirements, full=full)
    yield from overlap_lines(draft.overlaps)
    yield from goal_lines(draft.goals)
    yield from _question_lines(draft)
    if full:
        yield from fact_lines(draft.facts)
    yield from _coverage_lines(draft)


def findings_lines(findings: Sequence[SheetFinding], *, full: bool) -> Iterable[str]:
    shown = findings if full else findings[:SHOWN]
    yield f"Findings ({len(findings)})"
    for number, row in enumerate(shown, 1):
        yield from _finding_lines(number, row, full=full)
    if len(shown) < len(findings):
        yield f"  ... and {len(findings) - len(shown)} more: --full shows them"
    yield ""


def _finding_lines(number: int, row: SheetFinding, *, full: bool) -> Iterable[str]:
    finding = row.finding
    state = "" if row.state == "open" else f"  ({row.state})"
    edited = f"  (edited: {', '.join(row.edited)})" if row.edited else ""
    yield wrapped(
        f"{finding.severity.upper()} {finding.rule}: {finding.title}{state}{edited}",
        "     ",
        f"{number:3}. ",
    )
    yield f"     id {finding.id}"
    # Briefly, the nearest step of an absence's trail says what its claim repeats in a sentence.
    brief = not full and not finding.citations and bool(finding.searched) and not row.edited
    if finding.claim and not brief:
        yield wrapped(finding.claim, "     ")
    for citation in finding.citations[: None if full else QUOTED]:
        yield citation_line(citation, "     ")
    for step in finding.searched[: 1 if brief else None if full else 0]:
        yield searched_line(step, "     ")
    yield wrapped(finding.ask, "          ", "     Ask: ")


def citation_line(citation: Citation, indent: str) -> str:
    """`"quote"  source:line (section)`, and a word where the check was not exact."""
    quote = citation.quote if citation.check != "bad" else citation.claimed
    place = citation.source if citation.line_start is None else where(citation)
    return wrapped(f'"{quote}"  {place}{CHECK_WORDS[citation.check]}', indent + "  ", indent)


def where(citation: Citation) -> str:
    section = f" ({citation.section})" if citation.section else ""
    return f"{citation.source}:{citation.line_start}{section}"


def searched_line(step: Searched, indent: str) -> str:
    if not step.quote:
        return wrapped(f"looked: {step.why}", indent + "  ", indent)
    return wrapped(
        f'looked at {step.source}:{step.line_start} "{step.quote}": {step.why}',
        indent + "  ",
        indent,
    )


def _unsupported_lines(draft: Draft) -> Iterable[str]:
    if draft.unsupported:
        yield f"Set aside without proof ({len(draft.unsupported)})"
        for row in draft.unsupported:
            yield wrapped(f"{row.finding.title}: {row.reason}", "     ", "   - ")
        yield ""


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
            status += ", not known whether it applies"
        yield f"  {row.id:10} {row.severity:8} {status}"
        if full:
            yield wrapped(row.applies_because, "             ")
            yield from _rule_lines(requirements.get(row.id))
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


def overlap_lines(rows: Sequence[OverlapRow]) -> Iterable[str]:
    related = [r for r in rows if r.relation != "unrelated"]
    yield f"Overlap ({len(related)} of {len(rows)} candidates are related)"
    for row in related:
        chance = (
            "" if row.probability is None else f", chance of being the same {row.probability:.0%}"
        )
        advice = "" if row.disposition == "none" else f" -> {row.disposition}"
        yield f"  {row.entry:14} {row.kind}: {row.relation.replace('_', ' ')}{chance}{advice}"
        if row.missing:
            yield wrapped(f"missing to reuse it: {'; '.join(row.missing)}", "      ")
        for citation in row.citations:
            yield citation_line(citation, "      ")
    yield ""


def goal_lines(rows: Sequence[GoalRow]) -> Iterable[str]:
    addressed = [r for r in rows if r.verdict != "not_addressed"]
    yield f"Goals ({len(addressed)} of {len(rows)} addressed)"
    for row in addressed:
        yield f"  {row.id:14} {row.verdict}"
        for citation in row.citations:
            yield citation_line(citation, "      ")
    yield ""


def _question_lines(draft: Draft) -> Iterable[str]:
    if draft.questions:
        yield f"Questions to the team ({len(draft.questions)})"
        for question in draft.questions:
            changes = f" (would change: {', '.join(question.changes)})" if question.changes else ""
            yield wrapped(f"{question.text}{changes}", "     ", "   - ")
        yield ""


def fact_lines(facts: dict[str, Fact]) -> Iterable[str]:
    yield "Facts"
    for name, fact in facts.items():
        values = ", ".join((*fact.values, *fact.unknown_values)) or "not known"
        yield f"  {name:12} {values}  ({fact.origin})"
        for citation in fact.citations:
            yield citation_line(citation, "               ")
    yield ""


def _coverage_lines(draft: Draft) -> Iterable[str]:
    yield "What was checked"
    for dimension, covered in draft.coverage.items():
        note = f": {covered.note}" if covered.note else ""
        state = covered.state.replace("_", " ")
        yield wrapped(f"{dimension} {state}{note}", "      ", "  ")


def strongest(draft: Draft) -> Finding | None:
    """The first finding, since they stand worst first."""
    return draft.findings[0] if draft.findings else None


def review_lines(draft: Draft, state: str) -> Iterable[str]:
    """One proposal of a batch: outcome, strongest finding, its proof."""
    yield f"{draft.initiative}  {draft.proposal.title}  (version {draft.version}, {state})"
    yield f"  {OUTCOME_WORDS[draft.outcome].upper()}"
    first = strongest(draft)
    if first is None:
        yield "  no findings"
    else:
        yield wrapped(f"{first.severity} {first.rule}: {first.title}", "    ", "  ")
        yield from proof_lines(first)
        if len(draft.findings) > 1:
            yield f"  and {len(draft.findings) - 1} more: concord show {draft.initiative}"
    yield ""


def proof_lines(finding: Finding) -> Iterable[str]:
    """The first good quote, else the first step of the trail."""
    good = [c for c in finding.citations if c.check != "bad"]
    if good:
        yield citation_line(good[0], "    ")
    elif finding.searched:
        yield searched_line(finding.searched[0], "    ")
