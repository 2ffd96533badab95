"""What the proposal is like, and the goals it serves, as rows and in full."""

from collections.abc import Iterable

from textual.content import Content

from agent.deciding import Opened
from agent.draft.related import behind_words, review_words
from agent.schema.draft import GoalRow, OverlapRow
from tui.desk.cells import cell, crop, cut, hang, plain
from tui.desk.items import Item
from tui.desk.panes.facet_table import facet_table
from tui.desk.panes.preview import titles

RELATION = {
    "duplicate": "= duplicate",
    "extends": "> extends",
    "shares_part": "~ shares part",
    "unrelated": "- unrelated",
}
VERDICT = {
    "serves": "+ serves",
    "conflicts": "! conflicts",
    "not_addressed": "- not addressed",
}
DISPOSITION = {"join": "join it", "extend": "extend it", "justify": "say why not", "none": ""}
WORD = 16


def related_row(item: Item, opened: Opened, width: int) -> Content:
    value = item.value
    name = titles(opened).get(item.id, "")
    if isinstance(value, OverlapRow):
        word = RELATION[value.relation]
    elif isinstance(value, GoalRow):
        word = VERDICT[value.verdict]
    else:
        return Content("")
    kind = value.kind if isinstance(value, OverlapRow) else "goal"
    style = "" if word.startswith("-") else "bold"
    words = f"{cell(kind, 11)}{cell(item.id, 14)} {plain(name)}"
    return Content.assemble((cell(word, WORD), style), crop(words, width - WORD))


def overlap_lines(row: OverlapRow, opened: Opened, width: int, at: int = -1) -> Iterable[Content]:
    """`at`: which of its proofs is looked at."""
    name = titles(opened).get(row.entry, "")
    yield Content.styled(cut(f"{row.entry} {name}", width * 2), "bold")
    advice = DISPOSITION[row.disposition]
    yield hang(
        f"{RELATION[row.relation]}  ", f"{row.kind}{f'; advice: {advice}' if advice else ''}", width
    )
    yield from _yours("overlap", row.entry, opened, width)
    if row.reason:
        yield hang("Why     ", plain(row.reason), width)
    if row.contradicts:
        yield hang("AGAINST ", plain(row.contradicts), width, "bold $error")
    if behind := behind_words(row):
        yield hang("Behind  ", plain(behind), width)
    if row.last_review is not None:
        yield hang("Review  ", plain(review_words(row.last_review)), width)
    if row.probability is not None:
        yield hang("Chance  ", f"{row.probability:.0%} that both are the same", width)
    if row.missing:
        yield hang("Missing ", plain("; ".join(row.missing)), width)
    yield from facet_table(row, width, at)
    for near in opened.evidence.candidates:
        if near.entry == row.entry:
            told = f"meaning {max(near.dense, 0.0):.0%}, words {near.lexical:.0%} alike"
            yield hang("Search  ", f"rank {near.rank}: {told}", width)


def goal_lines(row: GoalRow, opened: Opened, width: int) -> Iterable[Content]:
    goal = next((g for g in opened.evidence.goals if g.id == row.id), None)
    yield Content.styled(cut(f"{row.id} {goal.title if goal else ''}", width * 2), "bold")
    yield Content.assemble((VERDICT[row.verdict], "bold"))
    yield from _yours("goal", row.id, opened, width)
    if goal is not None:
        yield hang("Measure ", plain(goal.measure) or "not stated", width)
        yield hang("Goal    ", plain(goal.body), width)


def _yours(kind: str, id_: str, opened: Opened, width: int) -> Iterable[Content]:
    for override in opened.sheet.steps.overrides:
        if (override.kind, override.id) == (kind, id_):
            words = f"{override.to.replace('_', ' ')}: {plain(override.reason)}"
            yield hang("Yours   ", words, width)
