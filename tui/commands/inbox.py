"""`concord list`: every initiative on record, most urgent first."""

from pathlib import Path

from agent.errors import SettingsError
from agent.record.inbox import InboxRow
from agent.settings import load_settings
from agent.wiring import open_record
from knowledge.vocabulary import SEVERITIES
from tui.out import put, put_json, say

STATES = ("ready", "deferred", "with_team", "decided")


def run(state: str | None, office: Path | None, as_json: bool) -> int:
    if state is not None and state not in STATES:
        raise SettingsError(f"--state {state}: no such state; there are {', '.join(STATES)}")
    settings = load_settings(office)
    with open_record(settings) as store:
        rows = [row for row in store.inbox() if state in (None, row.state)]
    if as_json:
        for row in rows:
            put_json(_plain(row))
        return 0
    if not rows:
        say(f"nothing is {state}" if state else "nothing on record yet: concord review FILE")
        return 0
    widest = max(len(row.initiative) for row in rows)
    put(f"{'ID':{widest}}  V  {'STATE':9}  {'OUTCOME':23}  {'FINDINGS':9}  TITLE")
    for row in rows:
        counts = "/".join(str(row.counts.get(s, 0)) for s in SEVERITIES)
        head = f"{row.initiative:{widest}}  {row.version}  {row.state:9}  {row.outcome:23}  "
        put(f"{head}{counts:9}  {row.title}")
    say("findings: blocker/high/medium/low")
    return 0


def _plain(row: InboxRow) -> dict[str, object]:
    return {
        "initiative": row.initiative,
        "version": row.version,
        "title": row.title,
        "state": row.state,
        "outcome": row.outcome,
        "findings": row.counts,
        "submitted": row.at,
        "draft": row.draft,
        "held_by": row.holder,
    }
