"""What a document or a table would become: entries with their fields, not yet with an id.

Owns which fields are filled and what is left to a person. Opens no file and writes none.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from agent.importing import naming
from agent.importing.duties import Duty, duties
from agent.importing.units import units
from agent.intake.english import readable
from knowledge.entries import Document as Origin
from knowledge.errors import KnowledgeError
from knowledge.importing.blocks import Document
from knowledge.quotes import find

Kind = Literal["capability", "policy", "goal", "asset"]
KINDS: Final[dict[Kind, str]] = {
    "capability": "capabilities",
    "policy": "policies",
    "goal": "goals",
    "asset": "assets",
}
"""Kind → its folder in the knowledge."""
MOST: Final = 3_000
"""Requirements of one document: nobody would read more."""


class Planned(NamedTuple):
    """One entry to be."""

    values: dict[str, Any]
    """Fields in the order they are written; `id` only where the document gives one."""
    body: str
    origin: Origin


class Plan(NamedTuple):
    """All entries of one document."""

    kind: Kind
    title: str
    """Of the document."""
    origin: Origin
    """Of the whole document: file and sha256."""
    entries: tuple[Planned, ...]
    notes: tuple[str, ...] = ()


def plan_policy(document: Document) -> Plan:
    """One requirement for each sentence that asks for something.

    KnowledgeError where there is none, or where the text is not English.
    """
    if not readable(document.text):
        raise KnowledgeError(
            f"{document.name}: this text is not in English, as far as can be told: what it asks for"
            " is read in English only; write its requirements by hand"
        )
    text = document.text
    found = [duty for duty in duties(units(document.blocks)) if _stands(duty.quote, text)]
    different = list({duty.text.casefold(): duty for duty in reversed(found)}.values())[::-1]
    if not different:
        raise KnowledgeError(
            f"{document.name}: no sentence in it says must, shall, is required to or may not;"
            " there is nothing to import as a policy"
        )
    if len(different) > MOST:
        raise KnowledgeError(
            f"{document.name}: {len(different):,} sentences ask for something; at most {MOST:,} are"
            " imported at once: split the document"
        )
    twice = len(found) - len(different)
    notes = (
        *document.notes,
        *([f"{twice} sentences stand twice; one entry each"] if twice else ()),
    )
    entries = tuple(_requirement(duty, document) for duty in different)
    return Plan("policy", title_of(document), origin_of(document), entries, notes)


def _stands(quote: str, text: str) -> bool:
    """Whether a quote stands in the text that was read; a search only where it is not verbatim."""
    return quote in text or find(quote, text).check == "exact"


def _requirement(duty: Duty, document: Document) -> Planned:
    values: dict[str, Any] = {
        "title": naming.title(duty.text, duty.quote),
        "text": duty.text,
        "severity": naming.severity(duty.forbids),
        "applies_when": naming.applies_when(duty.text),
        "look_for": list(naming.look_for(duty.text)),
        "refs": [duty.ref] if duty.ref else [],
    }
    origin = Origin(
        file=document.name,
        sha256=document.sha256,
        page=str(duty.page or ""),
        section=duty.section,
        quote=duty.quote,
    )
    return Planned(values, "", origin)


def origin_of(document: Document) -> Origin:
    return Origin(file=document.name, sha256=document.sha256)


def title_of(document: Document) -> str:
    """What the document calls itself, else its first heading, else its file's name."""
    said = dict(document.values).get("title", "")
    first = next((block.text for block in document.blocks if block.kind == "heading"), "")
    return said or first or re.sub(r"[_-]+", " ", document.name.rpartition(".")[0])


def plan_rows(
    kind: Kind, origin: Origin, title: str, rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> Plan:
    """Rows of a table, each (its place, raw values as a file of our own would have them)."""
    entries = []
    for place, raw in rows:
        values = {name: value for name, value in raw.items() if value and name != "body"}
        if kind in ("capability", "asset"):
            values = staged(values)
        said = str(values.get("text") or values.get("title") or raw.get("body") or "")
        quote = " ".join(said.split())[:300]
        entries.append(
            Planned(
                values,
                str(raw.get("body", "")).strip(),
                origin.model_copy(update={"section": place, "quote": quote}),
            )
        )
    return Plan(kind, title, origin, tuple(entries))


def staged(values: Mapping[str, Any]) -> dict[str, Any]:
    """Where a thing stands in its life goes to `stage`: the status of a draft is `draft`."""
    return {"stage" if name == "status" else name: value for name, value in values.items()}
