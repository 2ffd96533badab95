"""A review as a file that goes out: the letter, the JSON or one HTML file, for command and desk.

Owns what each form holds and that each export is journalled; it prints nothing.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.deciding import open_sheet
from agent.errors import DecisionError
from agent.record.export import as_html, as_json, letter_path
from agent.review import Review
from agent.settings import Settings
from agent.wiring import check_of, open_knowledge

if TYPE_CHECKING:
    from agent.record.journal import Receipt
    from agent.record.store import Store


@dataclass(frozen=True)
class Export:
    """One form of one version, as text."""

    initiative: str
    version: int
    form: str
    """letter, json or html."""
    text: str

    @property
    def file(self) -> Path:
        """Where it is kept in a workspace, relative to its root."""
        letter = Path(letter_path(self.initiative, self.version))
        return letter if self.form == "letter" else letter.with_suffix(f".{self.form}")


def export_of(
    initiative: str,
    form: str,
    store: "Store",
    settings: Settings,
    *,
    version: int | None = None,
    review: Review | None = None,
) -> Export:
    """DecisionError when there is no letter yet. `review`: the rules, where they are loaded."""
    number = version or store.version(initiative).n
    letter = store.letter(initiative, number)
    if form == "letter":
        if letter is None:
            raise DecisionError(
                f"{initiative}: version {number} is not decided, so has no letter;"
                f" `concord decide {initiative} --outcome OUTCOME --preview` shows one"
            )
        return Export(initiative, number, form, letter)
    rules = review or check_of(open_knowledge(settings), settings)
    view = asyncio.run(open_sheet(initiative, store, rules, version=number))
    if form == "json":
        text = as_json(view.sheet, requirements=view.requirements)
    else:
        text = as_html(view.sheet, letter or "", requirements=view.requirements)
    return Export(initiative, number, form, text)


def note_export(export: Export, path: Path | None, store: "Store", actor: str) -> "Receipt":
    """Journal that it went out; no path: to stdout."""
    return store.exported(
        export.initiative,
        export.version,
        form=export.form,
        path=str(path or "-"),
        sha256=hashlib.sha256(export.text.encode()).hexdigest(),
        actor=actor,
    )
