"""A step in plain words, for whoever takes it back: `accepted: No notice of the machine`. Pure."""

from collections.abc import Mapping

from agent.draft.identity import finding_id
from agent.record.replay import Replay, Row, is_emptying

WHOSE = {"team": "note to the team", "office": "private note"}


def words(row: Row, state: Replay, titles: Mapping[str, str]) -> str:
    """What a step did. `titles`: finding id → title."""
    if is_emptying(row.payload):
        held = state.steps.get(state.before[row.seq])
        return f"taken back: {words(held, state, titles) if held else row.slot}"
    said = row.payload
    if row.kind == "note":
        return WHOSE[said["to"]]
    if row.kind == "override":
        return f"{said['kind']} {said['id']} set to {said['to']}"
    if row.kind == "added":
        return f"added: {said['title']}"
    title = titles.get(row.finding, row.finding)
    if row.kind == "edited":
        return f"{said['field']} edited: {title}"
    return f"{row.kind}: {title}"


def added_titles(state: Replay, initiative: str) -> dict[str, str]:
    """Finding id → title, of the findings that people added."""
    added = [row.payload for row in state.standing() if row.kind == "added"]
    return {finding_id(initiative, a["rule"], a["subject"]): a["title"] for a in added}
