"""How a letter opens: the decision in a sentence or two, in plain and kind words.

Owns the words for each outcome; which findings follow is agent/record/letter.py.
"""

from collections.abc import Iterable, Sequence

from agent.record.escape import Markdown, inline
from agent.record.letter import standing, title_of
from agent.record.targets import Target
from agent.schema.decision import Decision, DecisionOutcome, Sheet
from agent.schema.draft import Finding
from knowledge.vocabulary import ORDERED_FACTS

HEADINGS: dict[DecisionOutcome, str] = {
    "approve": "Approved",
    "approve_with_conditions": "Approved with conditions",
    "request_changes": "Changes requested",
    "merge_with_existing": "Join what exists already",
    "reject": "Not approved",
    "defer": "No decision yet",
}
ASKS: dict[DecisionOutcome, str] = {
    "approve": "Please keep in mind",
    "approve_with_conditions": "Please also see to",
    "request_changes": "What we ask you to change",
    "merge_with_existing": "What we saw",
    "reject": "Why",
    "defer": "What we saw so far",
}


def opening(
    sheet: Sheet, outcome: DecisionOutcome, approved_stage: str, target: Target
) -> Markdown:
    """The decision in a sentence or two."""
    if outcome == "approve":
        return Markdown(f"Your proposal is approved{_stage(approved_stage)}. Thank you.")
    if outcome == "approve_with_conditions":
        return Markdown(
            f"Your proposal is approved{_stage(approved_stage)}. The approval holds as long as the"
            " conditions below are met."
        )
    if outcome == "request_changes":
        return Markdown(_changes(standing(sheet)))
    if outcome == "merge_with_existing":
        title = target.title or title_of(target.id, sheet)
        name = f"**{inline(title)}** ({inline(target.id)})" if title else f"**{inline(target.id)}**"
        return Markdown(
            f"Much of this exists already: {name}. Please talk with {_behind(target)} and join"
            f" or extend it, rather than building it a second time.{_lacks(sheet, target.id)}"
        )
    if outcome == "reject":
        return Markdown("Your proposal is not approved as it stands. The reasons follow.")
    return Markdown("We have not decided on this version yet. Nothing is lost; we come back to it.")


def replacing(earlier: Decision | None) -> Markdown:
    """Which letter no longer holds; empty for a first decision."""
    if earlier is None:
        return Markdown("")
    on = f" of {inline(earlier.at[:10])}" if earlier.at else ""
    return Markdown(f"This replaces our decision{on} (“{HEADINGS[earlier.outcome]}”).")


def _behind(target: Target) -> str:
    """Whom to talk with: the owner, how to reach them, or what there is of it."""
    contact = f" ({inline(target.contact)})" if target.contact.strip() else ""
    if target.owner.strip():
        return f"its owner, {inline(target.owner)}{contact},"
    return f"the people behind it{contact}"


def _lacks(sheet: Sheet, entry: str) -> str:
    """What would have to be added, and what its own review left open."""
    overlap = next((row for row in sheet.effective.overlaps if row.entry == entry), None)
    if overlap is None:
        return ""
    lacking = [need for need in overlap.missing if not need.startswith("it is ")]
    told = f" What it seems to lack for you: {inline('; '.join(lacking))}." if lacking else ""
    review = overlap.last_review
    if review is not None and review.open_conditions:
        on = f" of {inline(review.decided)}" if review.decided else ""
        left = inline("; ".join(c.rstrip(".") for c in review.open_conditions))
        told += f" Its review{on} left open: {left}."
    return told


def _changes(findings: Sequence[Finding]) -> str:
    first = sum(finding.severity == "blocker" for finding in findings)
    text = "Thank you for the proposal. It is not turned down: please change what is listed below"
    text += " and submit it again."
    if first:
        has = "The first point has" if first == 1 else f"The first {first} points have"
        text += f" {has} to be in place before we can approve; the rest is in order of weight."
    elif findings:
        text += " The points are in order of weight."
    return text


def _stage(approved: str) -> str:
    """` for **pilot**; come back before production`."""
    if not approved:
        return ""
    after = next_stage_after(approved)
    back = f"; come back before {after}" if after else ""
    return f" for **{inline(approved)}**{back}"


def next_stage_after(stage: str) -> str:
    """The life stage that needs a review of its own after this one, if any."""
    stages = ORDERED_FACTS["stage"]
    if stage not in stages:
        return "the next stage" if stage else ""
    later: Iterable[str] = stages[stages.index(stage) + 1 :]
    return next((s for s in later if s != "retired"), "")
