"""Proposal files → drafts on record, for the command and for the desk alike.

Owns the order: index, submit, read, draft. It prints nothing; who listens is told through `say`
and `progress`.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent import batch
from agent.batch import Reviewed
from agent.settings import Settings
from agent.wiring import Library, open_review

if TYPE_CHECKING:
    from agent.record.store import Store

Say = Callable[[str], None]
Progress = Callable[[int, int, str], None]
POLL = 0.1
"""Seconds between two looks at whether somebody wants to stop."""


async def draft_files(
    files: Sequence[Path],
    library: Library,
    settings: Settings,
    store: "Store",
    *,
    say: Say,
    progress: Progress | None = None,
) -> AsyncGenerator[Reviewed, None]:
    """One row a file, in their order, each as soon as it is on record."""
    actor = settings.user.name
    submitted = batch.submit(files, store, root=settings.root, actor=actor, facts=settings.facts)
    async with open_review(library, settings, store, say=say) as review:
        rows = batch.draft_all(submitted, review, store, actor=actor, now=now, progress=progress)
        async with aclosing(rows):
            async for row in rows:
                yield row


def until_cancelled(
    rows: AsyncIterator[Reviewed], cancelled: Callable[[], bool]
) -> Iterator[Reviewed]:
    """The rows from a thread without a loop; ends soon after `cancelled` says so, even in the midst
    of a model's answer. What was drafted stays."""
    with asyncio.Runner() as runner:
        while (row := runner.run(_next(rows, cancelled))) is not None:
            yield row


async def _next(rows: AsyncIterator[Reviewed], cancelled: Callable[[], bool]) -> Reviewed | None:
    task = asyncio.ensure_future(anext(rows, None))
    while not task.done():
        if cancelled():
            task.cancel()
        await asyncio.wait([task], timeout=POLL)
    return None if task.cancelled() else task.result()


def now() -> str:
    """The current time, UTC, ISO 8601 in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")
