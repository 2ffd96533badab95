"""Proposal files → drafts on record: all are submitted first, then each is drafted.

So the members of one batch see each other as pending, whatever their order. One bad file is a row,
never the end of the batch (the first of the four edges of the error rule).
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agent.errors import ProposalError
from agent.intake.proposal import parse, read_source
from agent.intake.source import show_path
from agent.others import Others
from agent.review import Made, Review, cited_texts
from agent.schema.draft import Draft
from agent.schema.proposal import Proposal
from agent.schema.reading import Reading, Spent
from knowledge.errors import ConcordError

if TYPE_CHECKING:
    from agent.record.store import Store

State = Literal["new", "unchanged", "decided", "failed"]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Reviewed:
    """What became of one file."""

    path: str
    state: State
    initiative: str = ""
    draft: Draft | None = None
    error: str = ""
    spent: Spent = field(default_factory=Spent)
    """What a model cost for it now."""


@dataclass(frozen=True)
class Submitted:
    proposal: Proposal
    version: int


def proposal_files(paths: Iterable[Path], decisions: Path | None = None) -> list[Path]:
    """Files as given; of a folder its `*.md` except README*, dotfiles and letters, sorted."""
    files: list[Path] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name it cannot look up
            files += [p for p in sorted(path.glob("*.md")) if _is_proposal(p, decisions)]
        else:
            files.append(path)
    first: dict[str, Path] = {}
    for file in files:
        first.setdefault(os.path.abspath(file), file)  # noqa: PTH100 - links are kept, see _shown
    return list(first.values())


def _is_proposal(path: Path, decisions: Path | None) -> bool:
    name = path.name
    if name.startswith(".") or name.upper().startswith("README"):
        return False
    if decisions is None:
        return True
    # Unlike Path.resolve, realpath takes a link that leads round in a circle as it is.
    return Path(os.path.realpath(path)).parent != Path(os.path.realpath(decisions))


def submit(
    files: Sequence[Path],
    store: "Store",
    *,
    root: Path,
    actor: str,
    facts: Collection[str] = (),
) -> list[Submitted | Reviewed]:
    """Read, parse and put on record; a file that cannot be is a failed row in its place."""
    rows: list[Submitted | Reviewed] = []
    seen: dict[str, str] = {}
    for file in files:
        shown = _shown(file, root)
        try:
            proposal, raw = parsed(file, root, facts)
            _refuse_twice(proposal, seen, store, root)
            version = store.submit(
                initiative=proposal.initiative,
                raw=raw,
                sha256=proposal.sha256,
                path=shown,
                title=proposal.title,
                actor=actor,
            )
        except ConcordError as error:
            rows.append(Reviewed(path=shown, state="failed", error=str(error)))
            continue
        seen[proposal.initiative] = shown
        rows.append(Submitted(proposal, version))
    return rows


def parsed(file: Path, root: Path, facts: Collection[str]) -> tuple[Proposal, bytes]:
    """The proposal in a file and its raw bytes; ProposalError says why it cannot be read."""
    raw = read_source(file)
    return parse(raw, _shown(file, root), facts=facts), raw


async def draft_all(
    rows: Sequence[Submitted | Reviewed],
    review: Review,
    store: "Store",
    *,
    actor: str,
    now: Callable[[], str],
    progress: Progress | None = None,
) -> AsyncGenerator[Reviewed, None]:
    """Draft what was submitted, one row out for each row in; what is on record stays."""
    others = Others(store, review.facts, review.rules)
    for done, row in enumerate(rows):
        if isinstance(row, Reviewed):
            yield row
            continue
        if progress is not None:
            progress(done, len(rows), row.proposal.initiative)
        try:
            yield await _draft(row, review, store, others, actor, now())
        except ConcordError as error:
            shown = row.proposal.path
            yield Reviewed(shown, "failed", row.proposal.initiative, error=str(error))
        await asyncio.sleep(0)  # where an interrupt gets its turn: the rules never wait
    if progress is not None:
        progress(len(rows), len(rows), "")


async def _draft(
    row: Submitted, review: Review, store: "Store", others: Others, actor: str, created: str
) -> Reviewed:
    proposal, version = row.proposal, row.version
    name, path = proposal.initiative, proposal.path
    if store.is_decided(name, version):
        return Reviewed(path, "decided", name, store.decided_draft(name, version))
    pending, precedents = others.of(name)
    today = created[:10]
    evidence = review.gather(proposal, pending=pending, precedents=precedents, today=today)
    current = store.current(name)
    if current is not None and current.id == review.draft_id(proposal, version, evidence):
        return Reviewed(path, "unchanged", name, current)
    made = await review.make(proposal, evidence, version=version, created=created)
    spent = made.reading.usage if made.reading else Spent()
    if current is not None and _no_better(
        made, current, review, Submitted(proposal, version), store
    ):
        return Reviewed(path, "unchanged", name, current, spent=spent)
    texts = cited_texts(made.draft, proposal, made.evidence)
    readings = None if made.reading is None else made.reading.model_dump_json()
    store.save_draft(
        made.draft, texts, actor, evidence=evidence.model_dump_json(), readings=readings
    )
    return Reviewed(path, "new", name, made.draft, spent=spent)


def _no_better(made: Made, current: Draft, review: Review, row: Submitted, store: "Store") -> bool:
    """Whether a model failed again in all that it failed in for the current draft: what it did read
    then must not give way to less."""
    if made.reading is None or not made.reading.failed:
        return False
    kept = store.readings(current.id)
    if kept is None:
        return False
    before = Reading.model_validate_json(kept)
    same = review.draft_id(row.proposal, row.version, made.evidence, before) == current.id
    return same and set(before.failed) <= set(made.reading.failed)


def _shown(file: Path, root: Path) -> str:
    """The path as records and screens show it: relative to the workspace where it can be."""
    absolute = Path(os.path.abspath(file))  # noqa: PTH100 - Path.resolve would follow links
    inside = absolute.is_relative_to(root)
    return show_path(str(absolute.relative_to(root) if inside else file))


def _refuse_twice(proposal: Proposal, seen: Mapping[str, str], store: "Store", root: Path) -> None:
    """Two files of one initiative, or a new file that is nearly an old initiative."""
    name, path = proposal.initiative, proposal.path
    other = seen.get(name) or _other_file(name, path, store, root)
    if other:
        raise ProposalError(
            f"{path}: initiative `{name}` is also {other}; give one of them an `id` of its own"
        )
    near = None if proposal.declared.id else store.near(name, proposal.title)
    if near is not None:
        raise ProposalError(
            f"{path}: looks like a new version of {near}: add `id: {near}` to its front matter,"
            f" or `id: {name}` if it is another initiative"
        )


def _other_file(name: str, path: str, store: "Store", root: Path) -> str | None:
    """The file of the newest version, if it is another one that still stands there."""
    if name not in store.initiatives():
        return None
    known = store.version(name).path
    stands = os.path.isfile(root / known)  # noqa: PTH113 - no error for what cannot be looked up
    return known if known != path and stands else None
