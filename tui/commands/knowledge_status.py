"""`concord knowledge status`: what to complete first, drafts that wait, values that never match."""

from pathlib import Path
from typing import Any, Final

from agent.completing.status import Incomplete, Status, status
from agent.completing.usage import count, of_record
from agent.settings import load_settings
from agent.wiring import open_knowledge, open_record
from knowledge.snapshot import Problem
from tui.out import counted, put, put_json, wrapped

FILES: Final = 10


EMPTY = (
    "what the organisation has goes below knowledge/: write files, name a register in concord.toml,"
    " or begin with `concord import FILE --as capability`"
)


def run(top: int, office: Path | None, as_json: bool) -> int:
    settings = load_settings(office)
    knowledge = open_knowledge(settings)
    usage = count(())
    if settings.record.exists():
        with open_record(settings, create=False) as store:
            usage = of_record(store)
    found = status(knowledge, usage, settings.facts)
    if as_json:
        put_json(_plain(found))
    else:
        _show(found, top)
    return 0


def _show(found: Status, top: int) -> None:
    put(counted(found.kinds.items()))
    if found.waiting:
        waiting = sum(row.drafts for row in found.waiting)
        drafts = "1 draft, which counts" if waiting == 1 else f"{waiting} drafts, which count"
        put(f"\nWaiting to be accepted: {drafts} for nothing until then")
        for row in found.waiting[:FILES]:
            came = f"from {row.document} in " if row.document else "in "
            where = row.paths[0] if len(row.paths) == 1 else f"{len(row.paths)} files"
            put(f"  {row.drafts} {came}{where}")
        if len(found.waiting) > FILES:
            put(f"  … and of {len(found.waiting) - FILES} more; concord knowledge list --drafts")
    if found.incomplete:
        rest = len(found.incomplete) - top
        put(f"\nComplete first (what is missing × use in {found.reviews} reviews)")
        for entry in found.incomplete[:top]:
            put(_line(entry))
        if rest > 0:
            put(f"  … and {rest} more; --top lists them")
    _problems("Can never match", found.unmatched)
    _problems("Not read as meant", found.problems)
    if not (found.waiting or found.incomplete or found.unmatched or found.problems):
        put("nothing is missing" if found.kinds else EMPTY)


def _line(row: Incomplete) -> str:
    entry = row.entry
    missing = ", ".join(gap.missing for gap in row.gaps)
    used = f"used {row.used}" if row.used else "not used yet"
    place = f"{entry.source.path}:{entry.source.line}"
    return wrapped(f"{entry.id}  {entry.title}: {missing} ({used}; {place})", "      ", "  ")


def _problems(heading: str, problems: tuple[Problem, ...]) -> None:
    if problems:
        put(f"\n{heading}")
        for problem in problems:
            put(wrapped(str(problem), "      ", "  "))


def _plain(found: Status) -> dict[str, Any]:
    return {
        "entries": found.kinds,
        "reviews": found.reviews,
        "drafts": [row._asdict() for row in found.waiting],
        "incomplete": [
            {
                "id": row.entry.id,
                "kind": row.entry.kind,
                "title": row.entry.title,
                "missing": [gap.missing for gap in row.gaps],
                "used": row.used,
                "weight": row.weight,
                "path": row.entry.source.path,
                "line": row.entry.source.line,
            }
            for row in found.incomplete
        ],
        "never_match": [problem._asdict() for problem in found.unmatched],
        "problems": [problem._asdict() for problem in found.problems],
    }
