"""What a letter to the team says: the sheet and the decision, sorted and put into plain words.

Owns the choice of what the team gets to see: findings that stand, with edits; never dismissed ones,
never a private note. Escaping is agent/record/escape.py, layout is templates/letter.md.j2.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent.record.escape import Markdown, inline, shortened
from agent.schema.decision import DecisionOutcome, Sheet
from agent.schema.draft import ConfirmedEvidence, EvidenceLevel, Finding, RequirementRow
from agent.schema.proposal import Citation
from knowledge.entries import Requirement
from knowledge.vocabulary import ORDERED_FACTS, SEVERITIES, Severity

STANDING = ("open", "accepted", "added")
TRAIL = 2
"""Steps of an absence's trail that a letter shows."""

HEADINGS: dict[DecisionOutcome, str] = {
    "approve": "Approved",
    "approve_with_conditions": "Approved with conditions",
    "request_changes": "Changes requested",
    "merge_with_existing": "Join what exists already",
    "reject": "Not approved",
    "defer": "No decision yet",
}
ASKS: dict[DecisionOutcome, str] = {
    "approve": "Please keep in mind",
    "approve_with_conditions": "Please also see to",
    "request_changes": "What we ask you to change",
    "merge_with_existing": "What we saw",
    "reject": "Why",
    "defer": "What we saw so far",
}
WEIGHT: dict[Severity, str] = {
    "blocker": "has to be in place before approval",
    "high": "important",
    "medium": "worth fixing",
    "low": "a suggestion",
}


@dataclass(frozen=True)
class Shown:
    """Words of a source, where they stand, and what is to be said of them."""

    text: str
    place: str
    why: str = ""


@dataclass(frozen=True)
class Point:
    """One thing asked of the team."""

    title: str
    weight: str
    ask: str
    reason: str
    quotes: tuple[Shown, ...]
    looked: tuple[Shown, ...]
    rule: str
    """Requirement or entry that it follows from, empty for a rule of the review itself."""
    rule_title: str
    rule_text: str


@dataclass(frozen=True)
class Measure:
    """A requirement that counts as in place, and what that rests on."""

    id: str
    title: str
    basis: str
    quote: Shown | None


def standing(sheet: Sheet) -> list[Finding]:
    """The findings that the team gets, most important first."""
    found = [shown.finding for shown in sheet.findings if shown.state in STANDING]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def points(sheet: Sheet, requirements: Mapping[str, Requirement]) -> list[Point]:
    return [_point(finding, sheet, requirements) for finding in standing(sheet)]


def _point(finding: Finding, sheet: Sheet, requirements: Mapping[str, Requirement]) -> Point:
    requirement = requirements.get(finding.rule)
    sources = sheet.effective.provenance.sources
    rule = finding.rule if requirement or finding.rule in sources else ""
    if not rule and finding.subject in sources:
        rule = finding.subject or ""
    return Point(
        title=finding.title,
        weight=WEIGHT[finding.severity],
        ask=finding.ask,
        reason=finding.claim,
        quotes=tuple(
            shown(citation, sheet)
            for citation in finding.citations
            if citation.check != "bad" and not (requirement and citation.source == rule)
        ),
        looked=tuple(
            Shown(s.quote, place(s.source, s.line_start, s.line_end, "", sheet), s.why)
            for s in finding.searched[:TRAIL]
        ),
        rule=rule,
        rule_title=requirement.title if requirement else title_of(rule, sheet),
        rule_text=requirement.text if requirement else "",
    )


def measures(sheet: Sheet, requirements: Mapping[str, Requirement]) -> list[Measure]:
    """What counts as in place: stated by the team, unless a person confirmed it."""
    return [
        Measure(row.id, name_of(row.id, requirements, sheet), basis(row.evidence), _proof(row, sheet))
        for row in sheet.effective.requirements
        if row.status == "in_place" and row.applies != "no"
    ]


def _proof(row: RequirementRow, sheet: Sheet) -> Shown | None:
    good = (c for c in row.citations if c.check != "bad" and c.source == "proposal")
    first = next(good, None)
    return shown(first, sheet) if first else None


def basis(evidence: EvidenceLevel | None) -> str:
    if isinstance(evidence, ConfirmedEvidence):
        return f"confirmed by {evidence.confirmed.by} on {evidence.confirmed.date}"
    if evidence == "linked":
        return "stated by the team, with a link to a record"
    return "stated by the team"


def shown(citation: Citation, sheet: Sheet) -> Shown:
    where = place(
        citation.source, citation.line_start, citation.line_end, citation.section, sheet
    )
    return Shown(citation.quote, where)


def place(source: str, first: int | None, last: int | None, section: str, sheet: Sheet) -> str:
    """`your proposal, lines 3–4, section “Data”`; for an entry its id, title and file."""
    if source == "proposal":
        parts = ["your proposal"]
    else:
        ref = sheet.effective.provenance.sources.get(source)
        parts = [f"{source} “{ref.title}”", ref.path] if ref else [source]
    if first is not None:
        several = last is not None and last != first
        parts.append(f"lines {first}–{last}" if several else f"line {first}")
    if section:
        parts.append(f"section “{section}”")
    return ", ".join(parts)


def title_of(entry: str, sheet: Sheet) -> str:
    ref = sheet.effective.provenance.sources.get(entry)
    return ref.title if ref else ""


def name_of(entry: str, requirements: Mapping[str, Requirement], sheet: Sheet) -> str:
    requirement = requirements.get(entry)
    return requirement.title if requirement else title_of(entry, sheet)


def opening(
    sheet: Sheet, outcome: DecisionOutcome, approved_stage: str, merge_into: str
) -> Markdown:
    """The decision in a sentence or two."""
    if outcome == "approve":
        return Markdown(f"Your proposal is approved{_stage(approved_stage)}. Thank you.")
    if outcome == "approve_with_conditions":
        return Markdown(
            f"Your proposal is approved{_stage(approved_stage)}. The approval holds as long as the"
            " conditions below are met."
        )
    if outcome == "request_changes":
        return Markdown(_changes(standing(sheet)))
    if outcome == "merge_with_existing":
        title = title_of(merge_into, sheet)
        name = f"**{inline(title)}** ({inline(merge_into)})" if title else f"**{inline(merge_into)}**"
        return Markdown(
            f"Much of this exists already: {name}. Please talk with the people behind it and join or"
            " extend it, rather than building it a second time."
        )
    if outcome == "reject":
        return Markdown("Your proposal is not approved as it stands. The reasons follow.")
    return Markdown("We have not decided on this version yet. Nothing is lost; we come back to it.")


def _changes(findings: Sequence[Finding]) -> str:
    first = sum(finding.severity == "blocker" for finding in findings)
    text = "Thank you for the proposal. It is not turned down: please change what is listed below"
    text += " and submit it again."
    if first:
        has = "The first point has" if first == 1 else f"The first {first} points have"
        text += f" {has} to be in place before we can approve; the rest is in order of weight."
    elif findings:
        text += " The points are in order of weight."
    return text


def _stage(approved: str) -> str:
    """` for **pilot**; come back before production`."""
    if not approved:
        return ""
    after = next_stage_after(approved)
    back = f"; come back before {after}" if after else ""
    return f" for **{inline(approved)}**{back}"


def next_stage_after(stage: str) -> str:
    """The life stage that needs a review of its own after this one, if any."""
    stages = ORDERED_FACTS["stage"]
    if stage not in stages:
        return "the next stage" if stage else ""
    later: Iterable[str] = stages[stages.index(stage) + 1 :]
    return next((s for s in later if s != "retired"), "")


def quoted(shown: Shown) -> Markdown:
    """The words, short enough for a letter, made inert."""
    return inline(shortened(shown.text))
