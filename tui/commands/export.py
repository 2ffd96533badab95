"""`concord export`: the letter, the JSON or one HTML file; each export is journalled."""

import hashlib
import json
from pathlib import Path

from agent.errors import DecisionError
from agent.record.export import as_html, as_json, letter_path
from agent.settings import Settings, load_settings
from agent.wiring import open_record
from tui.commands.show import opened
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
    text, number = _text(initiative, form, version, settings)
    target = out
    if target is None and form == "letter":
        target = settings.root / letter_path(initiative, number)
    if target is not None:
        save(target, text)
        put(str(target))
    elif form == "json":
        put_json(json.loads(text), indent=2)
    else:
        put(text.rstrip("\n"))
    with open_record(settings) as store:
        receipt = store.exported(
            initiative,
            number,
            form=form,
            path=str(target or "-"),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            actor=settings.user.name,
        )
    say(f"receipt: {receipt.full}")
    return 0


def _text(initiative: str, form: str, version: int | None, settings: Settings) -> tuple[str, int]:
    with open_record(settings) as store:
        number = version or store.version(initiative).n
        letter = store.letter(initiative, number)
    if form == "letter":
        if letter is None:
            raise DecisionError(
                f"{initiative}: version {number} is not decided, so has no letter;"
                f" `concord decide {initiative} --outcome OUTCOME --preview` shows one"
            )
        return letter, number
    view = opened(initiative, settings, version=number)
    if form == "json":
        return as_json(view.sheet, requirements=view.requirements), number
    return as_html(view.sheet, letter or "", requirements=view.requirements), number
