"""The facts with their origin, and the questions to the team, as rows and in full."""

from collections.abc import Iterable

from textual.content import Content

from agent.deciding import Opened
from agent.schema.draft import Question
from agent.schema.proposal import Fact
from tui.desk.cells import cell, crop, hang, plain
from tui.desk.items import Item

ORIGIN = {
    "declared": "declared in front matter",
    "inferred": "read in the text",
    "conflict": "CONFLICT: the stricter counts",
    "unknown": "not known",
    "person": "set by a person",
}


def fact_row(item: Item, width: int) -> Content:
    value = item.value
    if isinstance(value, Fact):
        line = value.citations[0].line_start if value.citations else None
        place = f", line {line}" if line else ""
        room = min(max(width - 13 - 34, 12), 34)
        words = f"{cell(item.id, 12)} {cell(values(value), room)} "
        return Content(crop(f"{words}{ORIGIN[value.origin]}{place}", width))
    if isinstance(value, Question):
        return Content(cell(f"?  {value.text}", width))
    return Content("")


def values(fact: Fact) -> str:
    known = [*fact.values, *(f"{v} (no word we know)" for v in fact.unknown_values)]
    return plain(", ".join(known)) or "not known"


def fact_lines(name: str, fact: Fact, opened: Opened, width: int) -> Iterable[Content]:
    yield Content.assemble((name, "bold"), f"  {values(fact)}")
    yield hang("Origin  ", ORIGIN[fact.origin], width)
    if fact.declared:
        yield hang("Declared ", plain(", ".join(fact.declared)), width)
    for override in opened.sheet.steps.overrides:
        if (override.kind, override.id) == ("fact", name):
            yield hang("Yours   ", f"{plain(override.to)}: {plain(override.reason)}", width)
    applicable = opened.evidence.applicable
    rests = [
        f"{id_} {rule.title}"
        for id_, rule in opened.requirements.items()
        if id_ in applicable and name in applicable[id_].depends_on
    ]
    if rests:
        yield hang("Decides ", f"whether these apply: {plain('; '.join(rests))}", width)


def question_lines(question: Question, width: int) -> Iterable[Content]:
    yield Content.styled("Question to the team", "bold")
    yield hang("Asked   ", plain(question.text), width)
    yield hang("About   ", plain(question.about), width)
    if question.changes:
        yield hang("Changes ", plain(", ".join(question.changes)), width)
