"""`concord review`: files and folders → drafts on record; goes on past a bad file."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agent import batch
from agent.errors import ProposalError
from agent.schema.reading import Spent
from agent.settings import Settings, load_settings
from agent.wiring import open_library, open_record, require_model
from tui.commands.dry_run import print_plan
from tui.commands.index import problems_of
from tui.drafting import draft_files
from tui.out import Progress, put, put_json, say
from tui.render import review_lines
from tui.sending import bill, first_notice, note_told

if TYPE_CHECKING:
    from agent.record.store import Store

SOME_FAILED = 4


def run(
    paths: Sequence[Path],
    office: Path | None,
    by: str | None,
    as_json: bool,
    *,
    reader: str | None = None,
    dry_run: bool = False,
) -> int:
    settings = load_settings(office, paths[0] if paths else None, by=by, reader=reader)
    files = batch.proposal_files(paths or [settings.proposals], settings.decisions)
    if not files:
        raise ProposalError(
            f"{paths[0] if paths else settings.proposals}: no proposal (*.md) stands there"
        )
    if dry_run:
        return print_plan(files, settings, as_json=as_json)
    rows = review_files(files, settings, as_json=as_json)
    if not as_json or len(rows) > 1:
        say(counts(rows))
    if settings.model.readers != "rules":
        say(bill(sum((row.spent for row in rows), Spent()), settings.model))
    failed = sum(row.state == "failed" for row in rows)
    return SOME_FAILED if failed else 0


def review_files(
    files: Sequence[Path], settings: Settings, *, as_json: bool = False
) -> list[batch.Reviewed]:
    """Review and print each as soon as it is drafted; the rows in the order of the files."""

    if settings.model.readers != "rules":
        require_model(settings)
        if notice := first_notice(settings):
            say(notice)
            note_told(settings)
    # Opened outside the loop: an interrupt then ends a long indexing at once.
    with open_record(settings) as store:
        with Progress("indexing") as indexing:
            library = open_library(settings, say, indexing)
        if problems := problems_of(library.knowledge, settings):
            said = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
            say(f"the knowledge has {said}: concord index names each")
        with Progress("reviewing") as progress:
            drafted = draft_files(files, library, settings, store, say=say, progress=progress)
            return asyncio.run(_reported(drafted, store, as_json=as_json))


async def _reported(
    drafted: AsyncIterator[batch.Reviewed], store: "Store", *, as_json: bool
) -> list[batch.Reviewed]:
    rows: list[batch.Reviewed] = []
    async for row in drafted:
        rows.append(row)
        _report(row, store, as_json)
    return rows


def counts(rows: Sequence[batch.Reviewed]) -> str:
    """`8 proposals: 7 new, 1 failed`."""
    states = Counter(row.state for row in rows)
    named = ", ".join(
        f"{states[s]} {s}" for s in ("new", "unchanged", "decided", "failed") if states[s]
    )
    return f"{len(rows)} proposal{'s' if len(rows) != 1 else ''}: {named}"


def _report(row: batch.Reviewed, store: "Store", as_json: bool) -> None:
    if row.draft is None:
        say(row.error or f"{row.path}: {row.state}")
    elif as_json:
        put_json(row.draft.model_dump(mode="json", by_alias=True))
    else:
        decided = None
        if row.state == "decided":
            decided = store.decision(row.initiative, row.draft.version)
        for line in review_lines(row.draft, row.state, decided):
            put(line)
