"""What a letter to the team says: the sheet and the decision, sorted and put into plain words.

Owns the choice of what the team gets to see: findings that stand, with edits; never dismissed ones,
never a private note. The first words are agent/record/opening.py, escaping is escape.py, layout is
templates/letter.md.j2.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent.record.escape import Markdown, inline, shortened
from agent.record.phrasing import HOW_HERE, bare_ask, beyond, without_quotes
from agent.schema.decision import Condition, DecisionOutcome, Sheet, SheetFinding, Waiver
from agent.schema.draft import ConfirmedEvidence, EvidenceLevel, Finding, RequirementRow
from agent.schema.proposal import Citation
from knowledge.entries import Requirement
from knowledge.vocabulary import SEVERITIES, Severity

STANDING = ("open", "accepted", "added")
TRAIL = 1
"""Steps of an absence's trail that a letter shows where it has no quote; the record has all."""
REFS = 3
"""Outside texts that a letter names for a requirement; the page and the JSON have all."""


WEIGHT: dict[Severity, str] = {
    "blocker": "has to be in place before approval",
    "high": "important",
    "medium": "worth fixing",
    "low": "a suggestion",
}
DECIDED: tuple[DecisionOutcome, ...] = ("approve", "approve_with_conditions", "reject")
"""Outcomes after which nothing is waited for: a blocker is then only the weightiest point."""


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
    small: bool
    """Said in a line: of severity low, or beside the point of the decision."""
    ask: str
    reason: str
    quotes: tuple[Shown, ...]
    looked: tuple[Shown, ...]
    rule: str
    """Requirement or entry that it follows from, empty for a rule of the review itself."""
    rule_title: str
    rule_text: str
    rule_place: str = ""
    """File, line and policy of a requirement."""
    refs: tuple[str, ...] = ()
    """The first few outside texts that the requirement goes back to."""
    sign_off: str = ""
    """Role that has to sign."""


@dataclass(frozen=True)
class Measure:
    """A requirement that counts as in place, and what that rests on."""

    id: str
    title: str
    basis: str
    quote: Shown | None


@dataclass(frozen=True)
class Rule:
    """A requirement by name, or a finding that stands for one."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Waived:
    """What was decided although it is not in place."""

    rule: Rule
    reason: str
    by: str
    until: str


def standing(sheet: Sheet) -> list[Finding]:
    """The findings that the team gets, most important first."""
    return [shown.finding for shown in by_weight(sheet.findings) if shown.state in STANDING]


def by_weight(findings: Iterable[SheetFinding]) -> list[SheetFinding]:
    return sorted(findings, key=lambda shown: SEVERITIES.index(shown.finding.severity))


def points(
    sheet: Sheet,
    requirements: Mapping[str, Requirement],
    outcome: DecisionOutcome,
    conditions: Sequence[Condition],
    waivers: Sequence[Waiver],
) -> list[Point]:
    """One for each standing finding; what a condition or a waiver settles says so."""
    settled = {waiver.requirement: "decided above" for waiver in waivers}
    settled |= {c.requirement: f"condition {n}" for n, c in enumerate(conditions, start=1)}
    merge = outcome == "merge_with_existing"
    several = asks_alike(sheet)
    weights = WEIGHT | ({"blocker": "most important"} if outcome in DECIDED else {})
    return [
        _point(
            finding,
            finding.severity == "low" or (merge and finding.dimension != "overlap"),
            settled.get(finding.rule) or settled.get(finding.id) or weights[finding.severity],
            bare_ask(finding.ask) if several else finding.ask,
            sheet,
            requirements,
        )
        for finding in standing(sheet)
    ]


def _point(
    finding: Finding,
    small: bool,
    weight: str,
    ask: str,
    sheet: Sheet,
    requirements: Mapping[str, Requirement],
) -> Point:
    requirement = requirements.get(finding.rule)
    sources = sheet.effective.provenance.sources
    rule = finding.rule if requirement or finding.rule in sources else ""
    if not rule and finding.subject in sources:
        rule = finding.subject or ""
    quotes = tuple(
        shown(citation, sheet)
        for citation in finding.citations
        if citation.check != "bad" and not (requirement and citation.source == rule)
    )
    looked = tuple(
        Shown(
            step.quote,
            place(step.source, step.line_start, step.line_end, "", sheet),
            "" if step.why in finding.claim else _sentence(step.why),
        )
        for step in finding.searched[: 0 if quotes else TRAIL]
        if step.quote.strip() or step.line_start is not None
    )
    return Point(
        title=finding.title,
        weight=weight,
        small=small,
        ask=ask,
        reason=without_quotes(finding.claim, [one.text for one in (*quotes, *looked)]),
        quotes=quotes,
        looked=looked,
        rule=rule,
        rule_title=requirement.title if requirement else title_of(rule, sheet),
        rule_text=beyond(requirement.text, finding.ask) if requirement else "",
        rule_place=_source(requirement, sheet) if requirement else "",
        refs=requirement.refs[:REFS] if requirement else (),
        sign_off=requirement.sign_off if requirement else "",
    )


def asks_alike(sheet: Sheet) -> bool:
    """Whether several points ask how a measure works, so that it is said once for all."""
    return sum(f.ask.startswith(HOW_HERE) for f in standing(sheet)) > 1


def _source(requirement: Requirement, sheet: Sheet) -> str:
    """Where a requirement can be read: its file, line and policy."""
    ref = sheet.effective.provenance.sources.get(requirement.id)
    path = ref.path if ref else requirement.source.path
    return f"{path}, line {requirement.source.line}, policy {requirement.policy}"


def measures(sheet: Sheet, requirements: Mapping[str, Requirement]) -> list[Measure]:
    """What counts as in place: stated by the team, unless a person confirmed it."""
    return [
        Measure(
            row.id, name_of(row.id, requirements, sheet), basis(row.evidence), _proof(row, sheet)
        )
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
    where = place(citation.source, citation.line_start, citation.line_end, citation.section, sheet)
    return Shown(citation.quote, where)


def place(
    source: str,
    first: int | None,
    last: int | None,
    section: str,
    sheet: Sheet,
    proposal: str = "your proposal",
) -> str:
    """`your proposal, lines 3–4, section “Data”`; for an entry its id, title and file."""
    if source == "proposal":
        parts = [proposal]
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


def rule_named(rule: str, sheet: Sheet, requirements: Mapping[str, Requirement]) -> Rule:
    """By requirement or entry id; a finding's id is replaced by what the finding says."""
    finding = next((s.finding for s in sheet.findings if s.finding.id == rule), None)
    if finding is not None and rule not in requirements:
        return Rule("", finding.title, "")
    requirement = requirements.get(rule)
    return Rule(rule, name_of(rule, requirements, sheet), requirement.text if requirement else "")


def waived(waiver: Waiver, sheet: Sheet, requirements: Mapping[str, Requirement]) -> Waived:
    rule = rule_named(waiver.requirement, sheet, requirements)
    return Waived(rule, _sentence(waiver.reason), waiver.by, waiver.until)


def conditional(condition: Condition) -> Condition:
    return condition.model_copy(update={"text": _sentence(condition.text)})


def _sentence(text: str) -> str:
    """Without the full stop, which the template sets."""
    return text.strip().removesuffix(".")


def quoted(shown: Shown) -> Markdown:
    """The words, short enough for a letter, made inert."""
    return inline(shortened(shown.text))
