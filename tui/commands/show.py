"""`concord show`: the decision once there is one, and the draft as it stands."""

import asyncio
from pathlib import Path

from agent.deciding import Opened, open_sheet
from agent.settings import Settings, load_settings
from agent.wiring import check_of, open_knowledge, open_record
from tui.out import put, put_json
from tui.render import draft_lines


def run(
    initiative: str, office: Path | None, full: bool, as_json: bool, version: int | None = None
) -> int:
    settings = load_settings(office)
    view = opened(initiative, settings, version=version)
    if as_json:
        put_json(view.sheet.effective.model_dump(mode="json", by_alias=True))
        return 0
    with open_record(settings) as store:
        holder = store.holder(initiative)
    for line in draft_lines(view, full=full, holder=holder):
        put(line)
    return 0


def opened(initiative: str, settings: Settings, *, version: int | None = None) -> Opened:
    """The sheet of an initiative, read from the record alone."""
    review = check_of(open_knowledge(settings), settings)
    with open_record(settings) as store:
        return asyncio.run(open_sheet(initiative, store, review, version=version))
