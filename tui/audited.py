"""What the record holds of one version, as plain text: enough to follow a decision a year later."""

from collections.abc import Iterable

from agent.record.recall import Recall, RecalledDecision
from agent.record.sheet import make_sheet
from agent.schema.decision import Steps
from agent.schema.draft import Draft
from tui.checklist import requirement_lines
from tui.decided import decision_lines, step_lines
from tui.out import wrapped
from tui.render import findings_lines, outcome_lines


def recall_lines(found: Recall, *, full: bool) -> Iterable[str]:
    """What was handed in, drafted, done and decided, in that order; then the journal."""
    version = found.version
    yield f"{version.initiative} version {version.n}: {version.title}"
    yield f"handed in {version.at} as {version.path}"
    yield f"  sha256 {version.sha256}"
    if found.raw is None:
        yield "  its text was redacted"
    yield ""
    for decided in found.decisions:
        yield from _decision_lines(decided)
    if not found.decisions:
        yield "Not decided yet"
        yield ""
    if _any(found.steps):
        yield from step_lines(found.steps)
        yield ""
    if found.draft is None:
        yield "No draft is kept: none was made, or it was redacted"
    else:
        yield from _draft_lines(found.draft, found.steps, full=full)
    yield from _letter_lines(found.decisions, full=full)
    yield wrapped(", ".join(sorted(found.texts)) or "none", "  ", "Cited texts kept: ")
    yield "Journal"
    for recorded in found.entries:
        entry = recorded.entry
        line = f"  {entry.seq:5} {entry.at} {entry.kind:10} {entry.actor}  {entry.hash[:12]}"
        yield f"{line}{_back(recorded.payload)}"
    yield wrapped(found.identity, "")


def _decision_lines(decided: RecalledDecision) -> Iterable[str]:
    corrects = f", corrects entry {decided.corrects}" if decided.corrects else ""
    if decided.decision is None:
        yield f"A decision that was redacted (entry {decided.seq}{corrects})"
    else:
        yield from decision_lines(decided.decision)
        yield f"  entry {decided.seq}{corrects}, at {decided.decision.at}"
        yield f"  shown {decided.decision.shown}"
    yield ""


def _back(payload: object) -> str:
    """What an undo, a redo or a withdrawal is of; they stand in the journal like any step."""
    said = payload if isinstance(payload, dict) else {}
    for verb in ("undoes", "redoes"):
        if verb in said:
            return f"  {verb} entry {said[verb]}"
    return "  takes back what stood there" if said.get("withdrawn") is True else ""


def _any(steps: Steps) -> bool:
    return bool(steps.overrides or steps.note_to_team or steps.private_note)


def _draft_lines(draft: Draft, steps: Steps, *, full: bool) -> Iterable[str]:
    """As the machine drafted it, with what people did to each finding."""
    made = draft.provenance
    yield f"Draft {draft.id} by {made.tool}, {made.created}"
    for name, value in (
        ("digest", draft.digest),
        ("rules", made.rules),
        ("knowledge", made.knowledge),
        ("model", made.model),
        ("prompts", made.prompts),
    ):
        if value:
            yield f"  {name:9} {value}"
    yield ""
    yield from outcome_lines(draft, full=full)
    if steps.overrides:
        yield "  as drafted, before the corrections above"
    yield ""
    yield from findings_lines(make_sheet(draft, draft, steps).findings, full=full)
    if full:
        yield from requirement_lines(draft.requirements, {}, full=True)


def _letter_lines(decisions: tuple[RecalledDecision, ...], *, full: bool) -> Iterable[str]:
    """The letter that stands; with `full` those before it, too."""
    for decided in decisions if full else decisions[-1:]:
        yield f"Letter of entry {decided.seq}"
        text = "it was redacted" if decided.letter is None else decided.letter.strip()
        for line in text.split("\n"):
            yield f"  | {line}"
        yield ""
