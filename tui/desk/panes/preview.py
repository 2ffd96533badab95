"""The inbox's preview of one initiative: what it asks for, what weighs most, what comes near."""

from typing import TYPE_CHECKING

from textual.content import Content

from tui.desk.cells import OUTCOME, SEVERITY, SEVERITY_STYLE, hang, joined, plain

if TYPE_CHECKING:
    from agent.deciding import Opened

STRONGEST = 5
NEAR = 3


def preview(opened: "Opened", width: int) -> Content:
    """The whole preview, wrapped to the width."""
    draft = opened.sheet.effective
    lines: list[Content | str] = [
        hang("Draft   ", f"{OUTCOME[draft.outcome]}: {plain(draft.summary)}", width)
    ]
    quotes = [c for s in opened.sheet.findings for c in s.finding.citations]
    bad = sum(1 for c in quotes if c.check == "bad")
    told = f"{len(quotes) - bad} of {len(quotes)} stand in their source"
    lines.append(hang("Quotes  ", f"{told}, {bad} BAD" if bad else told, width))
    for row in opened.sheet.findings[:STRONGEST]:
        finding = row.finding
        label = f"{SEVERITY[finding.severity]:8}"
        style = SEVERITY_STYLE[finding.severity] or "bold"
        lines.append(hang(label, f"{plain(finding.title)}{_state(row.state)}", width, style))
    more = len(opened.sheet.findings) - STRONGEST
    if more > 0:
        lines.append(f"        and {more} more")
    lines += [hang("Near    ", words, width) for words in near(opened)[:NEAR]]
    lines += [hang("Not checked  ", words, width) for words in unread(opened)]
    return joined(lines)


def _state(state: str) -> str:
    return "" if state == "open" else f" ({state})"


def titles(opened: "Opened") -> dict[str, str]:
    """Entry or pending initiative → its title."""
    named = {e.id: e.title for e in opened.evidence.entries()}
    return named | {p.initiative: p.title for p in opened.evidence.pending}


def near(opened: "Opened") -> list[str]:
    """What is related, or what came nearest, in words."""
    named = titles(opened)
    related = [r for r in opened.sheet.effective.overlaps if r.relation != "unrelated"]
    if related:
        return [
            f"{plain(r.entry)} {plain(named.get(r.entry, ''))}: {r.relation.replace('_', ' ')}"
            for r in related
        ]
    return [
        f"{plain(c.entry)} {plain(named.get(c.entry, ''))}: too little in common"
        for c in opened.evidence.candidates
    ]


def unread(opened: "Opened") -> list[str]:
    """What was not checked or only in part: nothing checked never looks like nothing found."""
    rows = opened.sheet.effective.coverage.items()
    return [
        f"{name}{' (in part)' if covered.state == 'partly' else ''}: {plain(covered.note)}"
        for name, covered in rows
        if covered.state != "checked"
    ]
