"""Changes into the office's files: new drafts, and new words for drafts that nobody has touched.

Owns which file a draft goes into. Nothing else in a file changes by a byte.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from agent.importing.compared import Before, Change
from agent.importing.planned import KINDS, Plan
from agent.importing.rendering import entry_text, policy_text, requirement_lines
from knowledge.editing import read_text, save, with_lines
from knowledge.entries import Policy
from knowledge.errors import KnowledgeError
from knowledge.frontmatter import LARGEST, parse
from knowledge.text import clean

Progress = Callable[[int, int, str], None]
ROOM: Final = LARGEST - 4096
"""UTF-8 bytes of the requirements in one file: front matter has a limit."""


class Output(NamedTuple):
    """One file as it will stand."""

    path: Path
    text: str
    ids: tuple[str, ...]
    sha256: str = ""
    """Of the bytes it replaces; empty for a new file."""


def outputs(
    plan: Plan, changes: Sequence[Change], there: Before, folder: Path, prefix: str
) -> list[Output]:
    """Every file that would be written, whole; KnowledgeError where a name is taken.

    `folder` is the workspace's `knowledge/`.
    """
    due = [change for change in changes if change.write and change.planned]
    if plan.kind == "policy":
        return _added(plan, due, there, folder, prefix, _replaced(due, folder))
    names: set[str] = set()
    return [_file(plan, change, folder, names) for change in due]


def write(made: Sequence[Output], progress: Progress | None = None) -> None:
    """Write them, one after the other; a file that changed meanwhile is refused. What was written
    before an interrupt stays, and the next import goes on from there."""
    for output in made:
        if output.sha256:
            read_text(output.path, output.sha256)
        elif output.path.exists():
            raise _taken(output.path)
    for number, output in enumerate(made, start=1):
        save(output.path, output.text)
        if progress:
            progress(number, len(made), output.path.name)


def file_name(entry_id: str) -> str:
    """A name that every file system takes."""
    return (re.sub(r"[^A-Za-z0-9._-]+", "-", entry_id).strip("-.") or "entry")[:80] + ".md"


def _taken(path: Path) -> KnowledgeError:
    return KnowledgeError(
        f"{path}: there is such a file, which was not imported from this document: give other ids"
        " and names with --prefix"
    )


def _file(plan: Plan, change: Change, folder: Path, names: set[str]) -> Output:
    """`names`: those of new files so far, without regard to case, as some file systems are."""
    planned, old = change.planned, change.there
    assert planned is not None
    text = entry_text(change.id, planned.values, planned.body, planned.origin)
    if old is not None:
        path = folder.parent / old.source.path
        return Output(path, text, (change.id,), old.source.sha256)
    name, number = file_name(change.id), 1
    while name.casefold() in names:
        number += 1
        name = f"{file_name(change.id).removesuffix('.md')}-{number}.md"
    names.add(name.casefold())
    path = folder / KINDS[plan.kind] / name
    if path.exists():
        raise _taken(path)
    return Output(path, text, (change.id,))


def _replaced(due: Sequence[Change], folder: Path) -> list[Output]:
    """Files with drafts whose words the document has changed, from the last line up."""
    files: dict[str, list[Change]] = {}
    for change in due:
        if change.there is not None and change.there.id == change.id:
            files.setdefault(change.there.source.path, []).append(change)
    made = []
    for name in sorted(files):
        found = sorted(files[name], key=lambda c: -(c.there.source.line if c.there else 0))
        path, sha256 = folder.parent / name, found[0].there.source.sha256 if found[0].there else ""
        text = read_text(path, sha256)
        for change in found:
            if change.there and change.planned:
                source = change.there.source
                last = source.line + source.text.count("\n")
                rows = requirement_lines(change.id, change.planned.values, change.planned.origin)
                text = with_lines(text, source.line, last, rows)
        made.append(Output(path, text, tuple(change.id for change in found), sha256))
    return made


def _added(
    plan: Plan,
    due: Sequence[Change],
    there: Before,
    folder: Path,
    prefix: str,
    made: list[Output],
) -> list[Output]:
    """New requirements behind those of the last file, then in files of their own."""
    waiting = [c for c in due if c.planned and (c.there is None or c.there.id != c.id)]
    if there.policies and waiting:
        last = there.policies[-1]
        path = folder.parent / last.source.path
        open_ = next((output for output in made if output.path == path), None)
        output = _behind(open_ or _as_is(path, last.source.sha256), last, waiting)
        taken = len(output.ids) - len(open_.ids if open_ else ())
        if taken:
            made = [*(o for o in made if o is not open_), output]
        waiting = waiting[taken:]
    part = len(there.policies)
    while waiting:
        part += 1
        entry_id = prefix if part == 1 else f"{prefix}-PART-{part}"
        output = _part(entry_id, plan, waiting, folder, there)
        made.append(output)
        waiting = waiting[len(output.ids) :]
    return made


def _as_is(path: Path, sha256: str) -> Output:
    return Output(path, read_text(path, sha256), (), sha256)


def _behind(file: Output, policy: Policy, waiting: Sequence[Change]) -> Output:
    """As many as fit behind the last requirement of a file that is there."""
    matter = parse(clean(file.text).text)
    last = matter.spans.get("requirements", (0, 0))[1]
    if not last:
        return file
    room = ROOM - len(file.text[: matter.body].encode())
    rows, ids = _fitting(waiting, room, policy.document.sha256 if policy.document else "")
    text = with_lines(file.text, last + 1, last, rows)
    return file._replace(text=text, ids=(*file.ids, *ids))


def _part(
    entry_id: str, plan: Plan, waiting: Sequence[Change], folder: Path, there: Before
) -> Output:
    """A file of its own."""
    path = folder / KINDS["policy"] / file_name(entry_id).lower()
    if entry_id in there.ids or path.exists():
        raise _taken(path)
    rows, ids = _fitting(waiting, ROOM, plan.origin.sha256)
    text = policy_text(entry_id, plan.title, plan.origin, [rows])
    return Output(path, text, ids)


def _fitting(
    waiting: Sequence[Change], room: int, sha256: str
) -> tuple[list[str], tuple[str, ...]]:
    """Lines of the first that fit, and their ids; `sha256` stands in the policy already."""
    rows: list[str] = []
    ids: list[str] = []
    for change in waiting:
        if change.planned is None:
            continue
        origin = change.planned.origin
        if origin.sha256 == sha256:
            origin = origin.model_copy(update={"sha256": ""})
        more = requirement_lines(change.id, change.planned.values, origin)
        size = sum(len(row.encode()) + 1 for row in more)
        if size > room and (ids or room < ROOM):
            break
        room -= size
        rows += more
        ids.append(change.id)
    return rows, tuple(ids)
