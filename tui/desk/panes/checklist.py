"""The requirement checklist and what was checked at all, as rows and in full."""

from collections.abc import Iterable

from textual.content import Content

from agent.deciding import Opened
from agent.schema.assessment import Covered
from agent.schema.draft import RequirementRow
from tui.desk.cells import SEVERITY, STATUS, STATUS_STYLE, cell, crop, cut, hang, plain
from tui.desk.items import Item

COVERED = {
    "checked": "[x] checked",
    "partly": "[~] in part",
    "not_checked": "[ ] not checked",
}
STATUS_WIDTH = 15
SHORT_STATUS = 13
ROOMY = 64


def checklist_row(item: Item, opened: Opened, width: int) -> Content:
    value = item.value
    if isinstance(value, RequirementRow):
        rule = opened.requirements.get(value.id)
        status, style = status_word(value), STATUS_STYLE[value.status]
        right = f" {cell(where(value), 9, right=True)}" if width >= ROOMY else ""
        left = f"{cell(value.id, 9)} {cell(SEVERITY[value.severity], 7)}"
        wide = STATUS_WIDTH if width >= ROOMY else SHORT_STATUS
        room = max(width - wide - len(left) - len(right) - 1, 8)
        title = plain(rule.title) if rule else ""
        if split := readers_split(value):
            title = f"{split}  {title}"
        return Content.assemble((cell(status, wide), style), f"{left} {cell(title, room)}", right)
    if isinstance(value, Covered):
        words = (
            f"{cell(covered_word(value), STATUS_WIDTH + 1)}{cell(item.id, 13)} {plain(value.note)}"
        )
        return Content(crop(words, width))
    return Content("")


def status_word(row: RequirementRow) -> str:
    return STATUS[row.status] + ("*" if _confirmed(row) else "")


def _confirmed(row: RequirementRow) -> bool:
    return row.evidence is not None and not isinstance(row.evidence, str)


def where(row: RequirementRow) -> str:
    """The line of the proposal that says so."""
    for citation in row.citations:
        if citation.source == "proposal" and citation.line_start is not None:
            return f"line {citation.line_start}"
    return "MISSING" if row.status == "absent" else ""


def readers_split(row: RequirementRow) -> str:
    """Both readers' statuses where they differ."""
    said = {name: r.status for name, r in row.readers.items()}
    if len(set(said.values())) < 2:
        return ""
    names = {"rules": "rules", "llm": "model"}
    return ", ".join(f"{names[n]}: {s.replace('_', ' ')}" for n, s in sorted(said.items()))


def requirement_lines(
    row: RequirementRow, opened: Opened, width: int, most: int = 0
) -> Iterable[Content]:
    rule = opened.requirements.get(row.id)
    title = plain(rule.title) if rule else ""
    yield Content.styled(cut(f"{row.id} {title}", width * 2), "bold")
    yield Content.assemble(
        (status_word(row), STATUS_STYLE[row.status]), f"   {SEVERITY[row.severity]}{_evidence(row)}"
    )
    if split := readers_split(row):
        yield hang("Readers ", f"differ ({split})", width)
    for override in opened.sheet.steps.overrides:
        if (override.kind, override.id) == ("requirement", row.id):
            yield hang("Yours   ", f"{override.to.replace('_', ' ')}: {override.reason}", width)
    applies = {"yes": "applies", "no": "does not apply", "unknown": "may apply"}[row.applies]
    yield hang("Because ", f"{applies}: {plain(row.applies_because)}", width)
    if rule is not None:
        yield hang("Rule    ", plain(rule.text), width, most=most)
        if rule.refs and not most:
            yield hang("Goes back to ", plain("; ".join(rule.refs)), width)
        if rule.sign_off and not most:
            yield hang("Signed off by ", plain(rule.sign_off), width)


def _evidence(row: RequirementRow) -> str:
    if row.evidence is None:
        return ""
    if isinstance(row.evidence, str):
        return f"   {row.evidence} by the team"
    seen = row.evidence.confirmed
    return f"   * confirmed by {plain(seen.by)}, {seen.date}"


def covered_word(row: Covered) -> str:
    """An unknown state counts as none: nothing checked never looks like nothing found."""
    return COVERED.get(row.state, COVERED["not_checked"])


def coverage_lines(name: str, row: Covered, width: int) -> Iterable[Content]:
    yield Content.styled(f"What was checked: {name}", "bold")
    yield hang(f"{covered_word(row)}  ", plain(row.note) or "nothing to add", width)
