"""`concord list`: every initiative on record; what waits for a decision first, oldest first."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from agent.errors import SettingsError
from agent.record.inbox import InboxRow
from agent.settings import load_settings
from agent.wiring import open_record
from knowledge.text import clean
from knowledge.vocabulary import SEVERITIES
from tui.out import put, put_json, say, width

STATES = ("ready", "deferred", "with_team", "decided")
WAITING = ("ready", "deferred")
SHORT = {
    "approve_with_conditions": "conditions",
    "merge_with_existing": "merge",
    "request_changes": "changes",
}
"""Outcomes as a column has room for them; `--json` has the full names."""
LEAST_TITLE = 16
LEGEND = (
    "findings: blocker/high/medium/low as they stand; outcome with ?: suggested, not decided",
    "~ a correction was made since: concord show ID re-runs the rules and shows what stands",
)


def run(state: str | None, office: Path | None, as_json: bool) -> int:
    if state is not None and state not in STATES:
        raise SettingsError(f"--state {state}: no such state; there are {', '.join(STATES)}")
    settings = load_settings(office)
    with open_record(settings) as store:
        rows = [row for row in store.inbox() if state in (None, row.state)]
    rows.sort(key=lambda row: row.state not in WAITING)
    if as_json:
        for row in rows:
            put_json(_plain(row))
        return 0
    if not rows:
        say(f"nothing is {state}" if state else "nothing on record yet: concord review FILE")
        return 0
    for line in table(rows):
        put(line)
    say(LEGEND[0])
    if any(row.corrected for row in rows):
        say(LEGEND[1])
    return 0


def table(rows: Sequence[InboxRow]) -> list[str]:
    """A head and a line for each row; columns as wide as they need, the title takes the rest."""
    cells = [("ID", "V", "STATE", "OUTCOME", "FINDINGS", "AGE", "HELD BY"), *map(_cells, rows)]
    shown = [n for n in range(7) if n < 6 or any(row.holder for row in rows)]
    wide = {n: max(len(line[n]) for line in cells) for n in shown}
    titles = ["TITLE", *(clean(row.title).text for row in rows)]
    lines = []
    for line, title in zip(cells, titles, strict=True):
        head = "".join(f"{line[n]:{wide[n]}}  " for n in shown)
        lines.append(head + _cut(title, max(LEAST_TITLE, width() - len(head))))
    return lines


def _cells(row: InboxRow) -> tuple[str, ...]:
    outcome = SHORT.get(row.outcome, row.outcome)
    if outcome and row.state in WAITING:
        outcome += "?"
    counts = "/".join(str(row.counts.get(s, 0)) for s in SEVERITIES) if row.draft else "no draft"
    held = clean(row.holder).text
    mark = "~" if row.corrected and row.state in WAITING else ""
    return (
        row.initiative,
        str(row.version),
        row.state,
        outcome,
        mark + counts,
        age(row.age),
        _cut(held, LEAST_TITLE),
    )


def age(since: timedelta) -> str:
    """`3d`, `5h`, `12m`: since the version was handed in."""
    minutes = max(0, int(since.total_seconds()) // 60)
    if minutes >= 60 * 24:
        return f"{minutes // (60 * 24)}d"
    return f"{minutes // 60}h" if minutes >= 60 else f"{minutes}m"


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


def _plain(row: InboxRow) -> dict[str, object]:
    return {
        "initiative": row.initiative,
        "version": row.version,
        "title": row.title,
        "state": row.state,
        "outcome": row.outcome,
        "findings": row.counts,
        "corrected": row.corrected,
        "submitted": row.at,
        "age_minutes": max(0, int(row.age.total_seconds()) // 60),
        "draft": row.draft,
        "held_by": row.holder,
    }
