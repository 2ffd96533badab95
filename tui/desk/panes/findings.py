"""The findings as rows, and one of them in full."""

from collections.abc import Iterable

from textual.content import Content

from agent.deciding import Opened
from agent.schema.decision import FieldEdit, SheetFinding
from agent.schema.draft import Unsupported
from agent.schema.proposal import Citation
from tui.desk.cells import (
    SEVERITY,
    SEVERITY_STYLE,
    cell,
    confidence_words,
    cut,
    hang,
    plain,
    readers_words,
)
from tui.desk.items import Item
from tui.desk.panes.preview import titles

ROOMY = 64
"""Columns from which a row also names its dimension and spells out what was done."""
STATE = {
    "open": "- open",
    "accepted": "+ accepted",
    "dismissed": "x dismissed",
    "added": "* added",
    "outdated": "! outdated",
}


def state_word(row: SheetFinding) -> str:
    """What a person did to it; an edit that was accepted is both."""
    if row.edited and row.state in ("open", "accepted"):
        return "* edited" if row.state == "open" else "+ edited"
    return STATE[row.state]


def quotes_word(citations: tuple[Citation, ...], trail: int) -> str:
    """`2/2 ok`, `1 BAD`, or `trail` where there is nothing to quote."""
    bad = sum(1 for c in citations if c.check == "bad")
    if bad:
        return f"{bad} BAD"
    if citations:
        return f"{len(citations)}/{len(citations)} ok"
    return "trail" if trail else "none"


def finding_row(item: Item, width: int) -> Content:
    value = item.value
    if isinstance(value, SheetFinding):
        finding = value.finding
        right = f" {cell(quotes_word(finding.citations, len(finding.searched)), 6)}"
        right += f" {cell(state_word(value), 11 if width >= ROOMY else 6)}"
        left = f"{item.number:2} "
        severity = cell(SEVERITY[finding.severity], 8)
        kind = cell(finding.dimension, 13 if width >= ROOMY else 0)
        room = max(width - len(left) - len(severity) - len(kind) - len(right), 8)
        style = SEVERITY_STYLE[finding.severity]
        return Content.assemble(left, (severity, style), kind, cell(finding.title, room), right)
    if isinstance(value, Unsupported):
        return Content(cell(f"   set aside   {value.finding.title}", width))
    if isinstance(value, tuple):
        count = len(value)
        words = f"   {count} set aside without proof: enter shows {'it' if count == 1 else 'them'}"
        return Content(cell(words, width))
    return Content("")


def finding_title(row: SheetFinding) -> str:
    """Its rule, who found it and how sure that is, for the head of its pane."""
    finding = row.finding
    said = f"{readers_words(finding.readers)}, {confidence_words(finding.confidence)}"
    return f"{plain(finding.rule)}  {said}"


def finding_lines(
    row: SheetFinding, opened: Opened, width: int, most: int = 0
) -> Iterable[Content]:
    """Title, what a person did, claim, ask; its proofs come after. `most`: lines for claim and ask,
    where the list above has the title already."""
    finding = row.finding
    if not most:
        yield Content.styled(cut(finding.title, width * 2), "bold")
        meta = f"{SEVERITY[finding.severity]} {finding.dimension}   {state_word(row)}"
        yield Content(cut(meta, width))
    yield from edit_lines(row, opened, width)
    if row.dismissal is not None:
        reason = row.dismissal.reason.replace("_", " ")
        note = f": {plain(row.dismissal.note)}" if row.dismissal.note else ""
        yield hang("Dropped ", f"{reason}{note}", width)
    if finding.claim:
        yield hang("Claim   ", plain(finding.claim), width, most=most)
    yield hang("Ask     ", plain(finding.ask), width, most=most)
    if finding.subject:
        name = titles(opened).get(finding.subject, "")
        yield hang("About   ", f"{plain(finding.subject)} {plain(name)}", width)


def edit_lines(row: SheetFinding, opened: Opened, width: int) -> Iterable[Content]:
    """Before and after of each field that a person changed."""
    for edit in opened.sheet.steps.edits:
        if edit.finding == row.finding.id:
            yield hang("  - ", f"{edit.field}: {plain(before(edit, opened))}", width, "bold $error")
            yield hang("  + ", f"{edit.field}: {plain(edit.after)}", width, "bold $success")


def before(edit: FieldEdit, opened: Opened) -> str:
    """What the draft says where a person changed it."""
    if edit.before:
        return edit.before
    for finding in opened.sheet.effective.findings:
        if finding.id == edit.finding:
            return str(getattr(finding, edit.field))
    return ""


def unsupported_lines(row: Unsupported, width: int) -> Iterable[Content]:
    yield Content.styled(cut(row.finding.title, width * 2), "bold")
    yield hang("Set aside because ", plain(row.reason), width)
    yield hang("Claim   ", plain(row.finding.claim), width)
    yield hang("Ask     ", plain(row.finding.ask), width)
    yield Content("It weighs nothing unless you accept it.")


def folded_lines(rows: tuple[Unsupported, ...], width: int) -> Iterable[Content]:
    yield Content.styled("Claims without a quote that stands: outside the outcome", "bold")
    for row in rows:
        yield hang("  - ", f"{plain(row.finding.title)}: {plain(row.reason)}", width)
