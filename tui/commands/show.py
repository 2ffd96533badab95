"""`concord show`: one draft as it stands, with what people did to it."""

import asyncio
from pathlib import Path

from agent.deciding import Opened, open_sheet
from agent.settings import Settings, load_settings
from agent.wiring import check_of, open_knowledge, open_record
from tui.out import put, put_json
from tui.render import draft_lines


def run(initiative: str, office: Path | None, full: bool, as_json: bool) -> int:
    view = opened(initiative, load_settings(office))
    sheet = view.sheet
    if as_json:
        put_json(sheet.effective.model_dump(mode="json", by_alias=True))
        return 0
    for line in draft_lines(sheet, full=full, requirements=view.requirements):
        put(line)
    if sheet.decided is not None:
        decided = sheet.decided
        put(f"Decided: {decided.outcome} by {decided.by}, {decided.at[:10]}")
    return 0


def opened(initiative: str, settings: Settings, *, version: int | None = None) -> Opened:
    """The sheet of an initiative, read from the record alone."""
    review = check_of(open_knowledge(settings), settings)
    with open_record(settings) as store:
        return asyncio.run(open_sheet(initiative, store, review, version=version))
