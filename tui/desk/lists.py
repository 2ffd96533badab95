"""Which items stand in which list of the draft screen, and how a row of each is drawn. Pure."""

from typing import Final

from textual.content import Content

from agent.deciding import Opened
from tui.desk.items import Item, checklist_items, fact_items, finding_items, related_items
from tui.desk.panes.checklist import checklist_row
from tui.desk.panes.facts import fact_row
from tui.desk.panes.findings import finding_row
from tui.desk.panes.related import related_row

LISTS: Final = (1, 5, 6, 7)
"""Panes that are lists: findings, checklist, facts and questions, related and goals."""
FAR: Final = 400
"""Wide enough to hold every word of a row, for the filter."""


def items_of(number: int, opened: Opened, *, hide: bool, unfold: bool) -> list[Item]:
    if number == 1:
        return finding_items(opened, hide=hide, unfold=unfold)
    return {5: checklist_items, 6: fact_items, 7: related_items}[number](opened)


def row_of(item: Item, opened: Opened, width: int) -> Content:
    if item.kind in ("finding", "folded", "unsupported"):
        return finding_row(item, width)
    if item.kind in ("requirement", "coverage"):
        return checklist_row(item, opened, width)
    if item.kind in ("fact", "question"):
        return fact_row(item, width)
    return related_row(item, opened, width)


def text_of_item(item: Item, opened: Opened) -> str:
    """What the filter looks in."""
    return f"{item.id} {row_of(item, opened, FAR).plain}".casefold()
