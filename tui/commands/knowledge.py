"""`concord knowledge list|accept|drop`: what stands in the knowledge, and drafts made to count.

Owns what the words of a call mean and what a person reads; `knowledge/accepting.py` edits.
"""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from agent.errors import SettingsError
from agent.importing.dropped import remember
from agent.settings import Settings, load_settings
from agent.wiring import open_knowledge
from knowledge.accepting import Edits, accept, drop
from knowledge.editing import read_text, save
from knowledge.entries import KINDS, Entry
from knowledge.fields import cleaned
from knowledge.reading import Knowledge
from knowledge.vocabulary import LIFE_STAGES
from tui.out import Progress, put, put_json, say, width

SOME_FAILED: Final = 4
FILES: Final = 20
"""So many files are named one by one."""


def list_entries(
    kinds: Sequence[str], drafts: bool, document: str, office: Path | None, as_json: bool
) -> int:
    for kind in kinds:
        if kind not in KINDS:
            raise SettingsError(f"--kind {kind}: no such kind; there are {', '.join(KINDS)}")
    knowledge = open_knowledge(load_settings(office))
    both = {**({} if drafts else knowledge.entries), **knowledge.drafts}
    rows = [both[name] for name in sorted(both) if not kinds or both[name].kind in kinds]
    if document:
        rows = [entry for entry in rows if _of(entry, document)]
    for entry in rows:
        if as_json:
            put_json(_plain(entry))
        else:
            put(_line(entry)[: width() if sys.stdout.isatty() else None])
    if not rows and not as_json:
        say("no such entries")
    return 0


def _of(entry: Entry, document: str) -> bool:
    return entry.document is not None and entry.document.file == cleaned(Path(document).name)


def _line(entry: Entry) -> str:
    status = "draft" if entry.draft else getattr(entry, "status", None) or ""
    place = f"{entry.source.path}:{entry.source.line}"
    return "  ".join((f"{entry.kind:11}", f"{status:10}", entry.id, entry.title, place))


def _plain(entry: Entry) -> dict[str, Any]:
    document = entry.document.model_dump(exclude_defaults=True) if entry.document else None
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "draft": entry.draft,
        "status": getattr(entry, "status", None),
        "owner": entry.owner,
        "path": entry.source.path,
        "line": entry.source.line,
        "source": document,
    }


def accept_drafts(
    names: Sequence[str], all_from: str, stage: str, office: Path | None, as_json: bool
) -> int:
    if stage and stage not in LIFE_STAGES:
        raise SettingsError(f"--stage {stage}: there are {', '.join(LIFE_STAGES)}")
    settings = load_settings(office)
    knowledge = open_knowledge(settings)
    edits = accept(knowledge, _chosen(names, all_from, knowledge, settings), stage)
    _write(edits)
    return _tell("accepted", edits, settings, as_json)


def drop_drafts(names: Sequence[str], all_from: str, office: Path | None, as_json: bool) -> int:
    settings = load_settings(office)
    knowledge = open_knowledge(settings)
    edits = drop(knowledge, _chosen(names, all_from, knowledge, settings))
    gone = [knowledge.drafts[name] for edit in edits.files for name in edit.ids]
    remember(settings.knowledge, gone)
    _write(edits)
    return _tell("dropped", edits, settings, as_json)


def _chosen(
    names: Sequence[str], all_from: str, knowledge: Knowledge, settings: Settings
) -> list[Entry]:
    """The drafts that are meant: by id, by the file they stand in, by what they came from."""
    found: dict[str, Entry] = {}
    for name in names:
        found |= _named(name, knowledge, settings)
    if all_from:
        came = {e.id: e for e in knowledge.drafts.values() if _of(e, all_from)}
        if not came:
            raise SettingsError(f"--all-from {all_from}: no draft came from this document")
        found |= came
    if not found:
        raise SettingsError("name drafts: ids, files of the knowledge, or --all-from DOCUMENT")
    return list(found.values())


def _named(name: str, knowledge: Knowledge, settings: Settings) -> dict[str, Entry]:
    drafts = knowledge.drafts
    if name in drafts:
        return {name: drafts[name]}
    for path in (Path(name), settings.root / name):
        if path.is_file():
            held = {
                e.id: e
                for e in drafts.values()
                if (settings.root / e.source.path).resolve() == path.resolve()
            }
            if not held:
                raise SettingsError(f"{name}: no draft stands in this file")
            return held
    if name in knowledge.entries:
        raise SettingsError(f"{name}: this is no draft; it counts already")
    near = get_close_matches(name, list(drafts), n=1)
    meant = f"; did you mean {near[0]}?" if near else "; concord knowledge list --drafts"
    raise SettingsError(f"{name}: no draft has this id, and no such file is there{meant}")


def _write(edits: Edits) -> None:
    """Every file is looked at again before the first is written."""
    for edit in edits.files:
        read_text(edit.path, edit.sha256)
    with Progress("writing") as progress:
        for number, edit in enumerate(edits.files, start=1):
            if edit.text is None:
                edit.path.unlink()
            else:
                save(edit.path, edit.text)
            progress(number, len(edits.files), edit.path.name)


def _tell(what: str, edits: Edits, settings: Settings, as_json: bool) -> int:
    if as_json:
        put_json(
            {
                what: [name for edit in edits.files for name in edit.ids],
                "files": [_shown(edit.path, settings) for edit in edits.files],
                "refused": list(edits.refused),
            }
        )
    else:
        for edit in edits.files[:FILES]:
            gone = " (file removed)" if edit.text is None else ""
            more = f" and {len(edit.ids) - 5} more" if edit.ids[5:] else ""
            names = ", ".join(edit.ids[:5]) + more
            put(f"{what} in {_shown(edit.path, settings)}{gone}: {names}")
        if rest := edits.files[FILES:]:
            put(f"… and {sum(len(edit.ids) for edit in rest)} in {len(rest)} more files")
        for why in edits.refused:
            say(why)
    return SOME_FAILED if edits.refused else 0


def _shown(path: Path, settings: Settings) -> str:
    return path.relative_to(settings.root).as_posix()
