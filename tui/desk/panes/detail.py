"""Whatever is selected, in full: what it says, its proofs, and the source that goes with it."""

from collections.abc import Iterable

from textual.content import Content

from agent.deciding import Opened
from agent.record.past import PastVerdicts
from agent.schema.assessment import Covered
from agent.schema.decision import SheetFinding
from agent.schema.draft import GoalRow, OverlapRow, Question, RequirementRow, Unsupported
from agent.schema.proposal import Fact
from tui.desk.cells import hang
from tui.desk.items import Item, Proof
from tui.desk.panes.checklist import coverage_lines, requirement_lines
from tui.desk.panes.facts import fact_lines, question_lines
from tui.desk.panes.findings import finding_lines, finding_title, folded_lines, unsupported_lines
from tui.desk.panes.proof import proof_lines
from tui.desk.panes.related import goal_lines, overlap_lines

PROPOSAL = "proposal"


def detail(
    item: Item,
    at: int,
    opened: Opened,
    width: int,
    *,
    most: int = 0,
    past: PastVerdicts | None = None,
) -> list[Content]:
    """`at`: which proof is looked at; `past`: how other findings of the rule were judged; `most`:
    lines for claim and ask, where there is little room."""
    proofs = proof_lines(item.proofs, at, opened, width, head=not most)
    lines = [*_lines(item, opened, width, most, at), *proofs]
    if past is not None and past.total:
        lines.append(hang("Before  ", past_words(past), width))
    return [part for line in lines for part in line.split("\n", allow_blank=True)]


def detail_title(item: Item, at: int) -> str:
    """What stands at the head of the detail beside its number."""
    words = finding_title(item.value) if isinstance(item.value, SheetFinding) else ""
    proof = f"proof {at + 1} of {len(item.proofs)}  " if item.proofs else ""
    return f"{proof}{words}"


def past_words(past: PastVerdicts) -> str:
    """`6 past reviews: 4 accepted, 1 edited, 1 dismissed (newest: ...)`."""
    told = f"{past.accepted} accepted, {past.edited} edited, {past.dismissed} dismissed"
    newest = ", ".join(f"{r.initiative} {r.verdict}" for r in past.newest)
    return f"{past.total} past reviews of this rule: {told} (newest: {newest})"


def _lines(item: Item, opened: Opened, width: int, most: int, at: int) -> Iterable[Content]:
    value = item.value
    if isinstance(value, SheetFinding):
        return finding_lines(value, opened, width, most)
    if isinstance(value, Unsupported):
        return unsupported_lines(value, width)
    if isinstance(value, tuple):
        return folded_lines(value, width)
    if isinstance(value, RequirementRow):
        return requirement_lines(value, opened, width, most)
    if isinstance(value, Covered):
        return coverage_lines(item.id, value, width)
    if isinstance(value, Fact):
        return fact_lines(item.id, value, opened, width)
    if isinstance(value, Question):
        return question_lines(value, width)
    if isinstance(value, OverlapRow):
        return overlap_lines(value, opened, width, at)
    assert isinstance(value, GoalRow)
    return goal_lines(value, opened, width)


def proposal_proof(item: Item, at: int) -> Proof | None:
    """The quote or step that the proposal's pane shows."""
    own = [p for p in _from(item, at) if p.source == PROPOSAL and p.line_start is not None]
    return own[0] if own else None


def source_proof(item: Item, at: int) -> Proof | None:
    """The quote or step that the source's pane shows."""
    others = [p for p in _from(item, at) if p.source != PROPOSAL and p.line_start is not None]
    return others[0] if others else None


def _from(item: Item, at: int) -> tuple[Proof, ...]:
    """The proof that is looked at, then all the others."""
    return (*item.proofs[at : at + 1], *item.proofs)


def source_of(item: Item, at: int) -> str:
    """The entry that an item is about: quoted, named by its rule, or itself; may be no entry."""
    proof = source_proof(item, at)
    if proof is not None:
        return proof.source
    if isinstance(item.value, SheetFinding):
        return item.value.finding.subject or item.value.finding.rule
    return item.id
