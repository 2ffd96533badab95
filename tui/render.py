"""Drafts and sheets as plain text for a terminal or a pipe; no colour carries meaning."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from agent.draft.summary import OUTCOME_WORDS
from agent.schema.decision import Decision, SheetFinding
from agent.schema.draft import Draft, Finding
from tui.checklist import fact_lines, goal_lines, overlap_lines, requirement_lines
from tui.citations import citation_line, searched_line
from tui.decided import decided_line, decision_lines, step_lines
from tui.out import wrapped

if TYPE_CHECKING:
    from agent.deciding import Opened

SHOWN = 7
"""So many findings are shown unless all are asked for; the rest is counted."""

QUOTED = 2
"""So many quotes of a finding are shown unless all are asked for."""


def draft_lines(view: "Opened", *, full: bool, holder: str = "") -> Iterable[str]:
    """The decision once there is one, then the draft as people left it, most important first."""
    sheet, draft = view.sheet, view.sheet.effective
    yield f"{draft.initiative}  {draft.proposal.title}"
    yield f"  version {draft.version} of {draft.proposal.path}   draft {draft.id}"
    if holder:
        yield f"  held by {holder}"
    yield ""
    if sheet.decided is not None:
        yield from decision_lines(sheet.decided)
        yield ""
    if sheet.steps.overrides or sheet.steps.note_to_team or sheet.steps.private_note:
        yield from step_lines(sheet.steps)
        yield ""
    yield from outcome_lines(draft, full=full)
    yield ""
    yield from findings_lines(sheet.findings, full=full)
    yield from _unsupported_lines(draft)
    yield from requirement_lines(draft.requirements, view.requirements, full=full)
    yield from overlap_lines(draft.overlaps, view.evidence, full=full)
    yield from goal_lines(draft.goals)
    yield from _question_lines(draft)
    if full:
        yield from fact_lines(draft.facts)
    yield from _coverage_lines(draft)


def outcome_lines(draft: Draft, *, full: bool) -> Iterable[str]:
    yield f"Outcome suggested by the rules of the office: {OUTCOME_WORDS[draft.outcome]}"
    if draft.provenance.model:
        yield wrapped(_readers(draft), "  ")
    for reason in draft.outcome_because[: None if full else SHOWN]:
        yield wrapped(reason, "    ", "  - ")
    yield wrapped(draft.summary, "  ")


def _readers(draft: Draft) -> str:
    """Who read, and what each alone would have led to where they differ."""
    by, model = draft.outcome_by_reader, f"the model {draft.provenance.model}"
    rules, llm = by.get("rules"), by.get("llm")
    if rules is None:
        return f"Read by {model} ALONE: what the rules find is left out; --reader both adds it."
    if llm is None or llm == rules:
        return f"Read by the rules and {model}."
    return (
        f"Read by the rules and {model}; alone, the rules would suggest"
        f" {OUTCOME_WORDS[rules].lower()}, the model {OUTCOME_WORDS[llm].lower()}."
    )


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
    state = "" if row.state == "open" else f"  ({row.state}{_why(row)})"
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


def _why(row: SheetFinding) -> str:
    """The reason of a dismissal."""
    if row.dismissal is None:
        return ""
    note = f", {row.dismissal.note}" if row.dismissal.note else ""
    return f": {row.dismissal.reason.replace('_', ' ')}{note}"


def _unsupported_lines(draft: Draft) -> Iterable[str]:
    if draft.unsupported:
        yield f"Set aside without proof ({len(draft.unsupported)})"
        for row in draft.unsupported:
            yield wrapped(f"{row.finding.title}: {row.reason}", "     ", "   - ")
        yield ""


def _question_lines(draft: Draft) -> Iterable[str]:
    if draft.questions:
        yield f"Questions to the team ({len(draft.questions)})"
        for question in draft.questions:
            changes = f" (would change: {', '.join(question.changes)})" if question.changes else ""
            yield wrapped(f"{question.text}{changes}", "     ", "   - ")
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


def review_lines(draft: Draft, state: str, decided: Decision | None = None) -> Iterable[str]:
    """One proposal of a batch: outcome, strongest finding, its proof; of one that is decided the
    decision, since what the rules suggested before is no longer the point."""
    yield f"{draft.initiative}  {draft.proposal.title}  (version {draft.version}, {state})"
    if state == "decided":
        yield f"  {decided_line(decided) if decided else 'the decision was redacted'}"
        yield f"  on record: concord show {draft.initiative}"
        yield ""
        return
    yield f"  {OUTCOME_WORDS[draft.outcome].upper()}"
    if draft.provenance.model and draft.outcome_by_reader.get("rules") is None:
        yield wrapped(_readers(draft), "  ")
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
