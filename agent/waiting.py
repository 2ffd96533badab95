"""The proposals that wait for a decision: on record, in the proposals folder, or in a folder named.

Owns which of them count and reads them; a file that cannot be read is a row. Writes nothing but the
steps that `others.py` keeps.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from agent.batch import parsed
from agent.intake.near import text_of
from agent.intake.source import show_path
from agent.others import pending_of
from agent.schema.evidence import Pending
from agent.schema.office import FactSetting
from agent.schema.twins import Unread
from knowledge.errors import ConcordError

if TYPE_CHECKING:
    from agent.record.store import Store
    from agent.record.versions import Version
    from knowledge.alike import Text

Progress = Callable[[int, int, str], None]


@dataclass
class Waiting:
    """One of them; what is dear to read off its text is read when a pair needs it."""

    initiative: str
    text: "Text"
    reuses: tuple[str, ...]
    read: Callable[[], Pending]

    @cached_property
    def pending(self) -> Pending:
        return self.read()


def known(pending: Pending) -> Waiting:
    """One that was read already."""
    return Waiting(pending.initiative, text_of(pending), pending.reuses, lambda: pending)


def in_files(
    files: Sequence[Path],
    root: Path,
    facts: Mapping[str, FactSetting],
    progress: Progress | None = None,
) -> tuple[list[Waiting], list[Unread]]:
    """Those that stand in files, and what could not be read; an id twice is the second's fault."""
    found: dict[str, Waiting] = {}
    paths: dict[str, str] = {}
    failed: list[Unread] = []
    for done, file in enumerate(files):
        if progress is not None:
            progress(done, len(files), "files")
        try:
            proposal, _ = parsed(file, root, facts)
        except ConcordError as error:
            failed.append(Unread(path=show_path(str(file)), error=str(error)))
            continue
        name = proposal.initiative
        if name in found:
            said = f"{proposal.path}: initiative `{name}` is also {paths[name]}"
            failed.append(Unread(path=proposal.path, error=f"{said}; give one an `id` of its own"))
            continue
        paths[name] = proposal.path
        read = partial(pending_of, proposal, facts)
        found[name] = Waiting(name, text_of(proposal), proposal.declared.reuses, read)
    return list(found.values()), failed


def in_office(
    store: "Store | None",
    on_record: Sequence[Pending],
    files: Sequence[Path],
    root: Path,
    facts: Mapping[str, FactSetting],
    progress: Progress | None = None,
) -> tuple[list[Waiting], list[Unread]]:
    """What the record holds as pending, and the files whose text was not reviewed yet; of an
    initiative with newer text, that text."""
    newest = _newest(store)
    known_files = {root / v.path: v.sha256 for v in newest.values()}
    new = [file for file in files if known_files.get(file.absolute()) != _sha256(file)]
    unreviewed, failed = in_files(new, root, facts, progress)
    waiting = {p.initiative: known(p) for p in on_record}
    for one in unreviewed:
        before = waiting.get(one.initiative)
        if before is not None:
            one.read = partial(_dated, one.read, before.pending.submitted)
        version = newest.get(one.initiative)
        if version is None or one.pending.sha256 != version.sha256:
            waiting[one.initiative] = one
    return list(waiting.values()), failed


def _dated(read: Callable[[], Pending], submitted: str) -> Pending:
    """A newer text of what was handed in before."""
    return read().model_copy(update={"submitted": submitted})


def _newest(store: "Store | None") -> dict[str, "Version"]:
    if store is None:
        return {}
    from agent.record import versions

    with store.reading() as conn:
        return {v.initiative: v for v in versions.all_newest(conn)}


def _sha256(file: Path) -> str:
    """Empty for a file that cannot be read: reading it again says why."""
    import hashlib

    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
