"""`concord import`: an office's documents and registers as drafts of entries.

Owns what a person is shown and asked; ask nothing where nobody could answer.
"""

import shlex
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

from agent.errors import SettingsError
from agent.importing.compared import Change
from agent.importing.described import Per
from agent.importing.planned import KINDS, Kind
from agent.importing.proposing import Proposal, propose
from agent.importing.wanted import Wanted
from agent.importing.writing import write
from agent.settings import load_settings
from agent.wiring import open_knowledge
from tui.out import Progress, put, put_json, say, width

SOME_FAILED: Final = 4
SHOWN: Final = 12
"""Entries that are listed; `--all` lists every one."""
FILES: Final = 6
"""So many files are named one by one."""
WORDS: Final = {
    "new": "new drafts",
    "same": "as they are already",
    "changed": "changed in the document",
    "gone": "no longer in the document; nothing of them was changed",
    "dropped": "left out, since they were dropped before (--again proposes them anew)",
    "taken": "not written: their id belongs to another entry",
}


def run(
    file: Path,
    kind: str,
    office: Path | None,
    as_json: bool,
    *,
    prefix: str = "",
    per: str | None = None,
    mapping: str = "",
    columns: tuple[str, ...] = (),
    sheet: str = "",
    dry_run: bool = False,
    yes: bool = False,
    again: bool = False,
    show_all: bool = False,
) -> int:
    wanted = Wanted(file, _kind(kind), prefix, _per(per), mapping, columns, sheet, again)
    settings = load_settings(office, file)
    with Progress("reading") as progress:
        proposal = propose(wanted, open_knowledge(settings), progress)
    if not as_json:
        _show(proposal, show_all)
    written = bool(proposal.outputs) and not dry_run and (yes or as_json or _agreed(proposal))
    if written:
        with Progress("writing") as progress:
            write(proposal.outputs, progress)
    if as_json:
        put_json(_plain(proposal, settings.root, written))
    else:
        _tell(proposal, settings.root, written, dry_run)
    failed = proposal.bad or any(change.what == "taken" for change in proposal.changes)
    return SOME_FAILED if failed else 0


def _kind(kind: str) -> Kind:
    for known in KINDS:
        if kind == known:
            return known
    raise SettingsError(f"--as {kind}: no such kind; there are {', '.join(KINDS)}")


def _per(per: str | None) -> Per | None:
    if per in (None, "file", "heading"):
        return per  # type: ignore[return-value]
    raise SettingsError(f"--per {per}: it is file or heading")


def _agreed(proposal: Proposal) -> bool:
    """A person at a terminal is asked; anybody else has said it by running the command."""
    if not (sys.stdin and sys.stdin.isatty()):
        return True
    count = sum(len(output.ids) for output in proposal.outputs)
    files = len(proposal.outputs)
    say(f"Write {_drafts(count)} into {files} file{'' if files == 1 else 's'}? [Y/n]")
    return not sys.stdin.readline().strip().lower().startswith("n")


def _show(proposal: Proposal, show_all: bool) -> None:
    for note in (*proposal.plan.notes, *proposal.bad):
        say(note)
    for line in proposal.mapping:
        put(line)
    told = [c for c in proposal.changes if c.what != "same"]
    for change in told if show_all else told[:SHOWN]:
        put(_line(change))
    if len(told) > SHOWN and not show_all:
        put(f"… and {len(told) - SHOWN} more; --all lists them")


def _line(change: Change) -> str:
    planned, there = change.planned, change.there
    title = planned.values.get("title", "") if planned else there.title if there else ""
    page = f"p. {planned.origin.page}" if planned and planned.origin.page else ""
    held = ""
    if change.what == "changed":
        held = _held(change)
    elif change.what in ("gone", "taken") and there:
        held = f"{there.source.path}:{there.source.line}"
    line = "  ".join(
        part for part in (f"{change.what:7}", change.id, page, str(title), held) if part
    )
    return line if held else line[: width()]


def _held(change: Change) -> str:
    """What becomes of a draft whose words the document has changed."""
    there = change.there
    if there is None:
        return ""
    if not change.write:
        return f"(yours stays: {there.source.path}:{there.source.line})"
    return "(draft renewed)" if change.id == there.id else f"(draft that replaces {there.id})"


def _word(what: str, count: int) -> str:
    return "new draft" if (what, count) == ("new", 1) else WORDS[what]


def _tell(proposal: Proposal, root: Path, written: bool, dry_run: bool) -> None:
    counts = Counter(change.what for change in proposal.changes)
    for what in WORDS:
        if counts[what]:  # type: ignore[index]
            put(f"{counts[what]} {_word(what, counts[what])}")  # type: ignore[index]
    verb = "written" if written else "would be written" if dry_run else "not written"
    made = proposal.outputs
    if len(made) > FILES:
        folder = made[0].path.parent.relative_to(root)
        put(f"{verb}: {len(made)} files in {folder}")
    else:
        for output in made:
            put(f"{verb}: {output.path.relative_to(root)}, {_drafts(len(output.ids))}")
    if written:
        what = str(made[0].path.relative_to(root))
        if len(made) > 1:
            what = f"--all-from {shlex.quote(proposal.plan.origin.file)}"
        put("They count once accepted: read and mend them, then")
        put(f"      concord knowledge accept {what}")


def _drafts(count: int) -> str:
    return f"{count} draft{'' if count == 1 else 's'}"


def _plain(proposal: Proposal, root: Path, written: bool) -> dict[str, Any]:
    return {
        "file": proposal.plan.origin.file,
        "sha256": proposal.plan.origin.sha256,
        "kind": proposal.plan.kind,
        "title": proposal.plan.title,
        "notes": list(proposal.plan.notes),
        "mapping": list(proposal.mapping),
        "bad": list(proposal.bad),
        "entries": [_entry(change) for change in proposal.changes],
        "files": [
            {"path": output.path.relative_to(root).as_posix(), "ids": list(output.ids)}
            for output in proposal.outputs
        ],
        "written": written,
    }


def _entry(change: Change) -> dict[str, Any]:
    row: dict[str, Any] = {"change": change.what, "id": change.id, "written": change.write}
    if change.planned:
        origin = change.planned.origin
        row |= {"fields": change.planned.values, "page": origin.page, "section": origin.section}
        row["quote"] = origin.quote
    if change.there:
        row["there"] = f"{change.there.source.path}:{change.there.source.line}"
    return row
