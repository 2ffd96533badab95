"""The head of one initiative: what it is, what is suggested, how far one is; and the tabs."""

from collections.abc import Mapping

from textual.content import Content

from agent.deciding import Opened
from tui.desk.cells import OUTCOME, cell, cut, plain
from tui.desk.items import bad_count, decided_count


def head(opened: Opened, holder: str, width: int) -> Content:
    """Two lines."""
    draft = opened.sheet.draft
    done, count = decided_count(opened)
    bad = bad_count(opened)
    right = f"  v{draft.version}  {f'held by {cut(holder, 16)}' if holder else 'held by nobody'}"
    right += f"  {done}/{count} decided  {bad} BAD"
    name = plain(draft.initiative)
    left = Content.assemble((cut(name, 24), "bold"), f"  {plain(draft.proposal.title)}")
    room = max(width - len(right), 10)
    if left.cell_length > room:
        left = left.truncate(room, ellipsis=True)
    first = Content.assemble(left, " " * max(room - left.cell_length, 0), right)
    return Content("\n").join([first, second_line(opened, width)])


def second_line(opened: Opened, width: int) -> Content:
    """The outcome now and before corrections, and what was not checked."""
    words = outcome_words(opened)
    told = coverage_words(opened)
    room = width - len(words) - 3
    return Content.assemble((words, "bold"), f"   {cut(told, room)}" if room > 8 else "")


def coverage_words(opened: Opened) -> str:
    """What was not checked, or only in part; the checklist's end says why."""
    rows = opened.sheet.effective.coverage
    none = [name for name, covered in rows.items() if covered.state == "not_checked"]
    part = [name for name, covered in rows.items() if covered.state == "partly"]
    told = [f"NOT CHECKED: {', '.join(none)}"] if none else []
    told += [f"checked in part: {', '.join(part)}"] if part else []
    return "; ".join(told) or "everything was checked"


def outcome_words(opened: Opened) -> str:
    sheet = opened.sheet
    if sheet.decided is not None:
        return f"DECIDED: {OUTCOME[sheet.decided.outcome]}"
    before, now = sheet.draft.outcome, sheet.effective.outcome
    if before != now:
        return f"suggested: {OUTCOME[before]} -> {OUTCOME[now]}"
    by = sheet.draft.outcome_by_reader
    rules, model = by.get("rules"), by.get("llm")
    split = f" (rules {OUTCOME[rules]}, model {OUTCOME[model]})" if rules and model else ""
    return f"suggested: {OUTCOME[now]}{split if rules != model else ''}"


def tabs(panes: Mapping[int, str], active: int, width: int) -> Content:
    """`[1 findings] 2 finding ...`: the one with the keys stands in brackets."""
    parts = [
        Content.styled(f"[{n} {name}]", "bold") if n == active else Content(f" {n} {name} ")
        for n, name in panes.items()
    ]
    line = Content("").join(parts)
    return line if line.cell_length <= width else Content(cell(line.plain, width))
