"""`concord export`: the letter, the JSON or one HTML file; each export is journalled."""

import json
from pathlib import Path

from agent.settings import load_settings
from agent.wiring import open_record
from tui.exporting import export_of, note_export
from tui.files import save
from tui.out import put, put_json, say


def run(
    initiative: str,
    form: str,
    out: Path | None,
    version: int | None,
    office: Path | None,
    by: str | None,
) -> int:
    settings = load_settings(office, by=by)
    with open_record(settings) as store:
        export = export_of(initiative, form, store, settings, version=version)
        target = out
        if target is None and form == "letter":
            target = settings.root / export.file
        if target is not None:
            save(target, export.text)
            put(str(target))
        elif form == "json":
            put_json(json.loads(export.text), indent=2)
        else:
            put(export.text.rstrip("\n"))
        receipt = note_export(export, target, store, settings.user.name)
    say(f"receipt: {receipt.full}")
    return 0
