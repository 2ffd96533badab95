"""From a draft on record to a recorded decision: the same functions for the command and the desk.

Owns the order: sheet, letter, digest of what is shown, rules of the decision, record, letter file.
An override re-runs the rules on the very evidence that the draft rested on.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.basis import basis_of, rerun
from agent.draft.particulars import overlap_kinds
from agent.errors import DecisionError, RecordError
from agent.intake.applicability import applies
from agent.intake.sources import PROPOSAL, Sources
from agent.intake.values import FactSettings
from agent.record.decision import APPROVING, check_decision, check_override, check_steps
from agent.record.escape import shortened
from agent.record.export import letter as write_letter
from agent.record.export import letter_path
from agent.record.sheet import make_sheet, number_conditions, shown_digest, touched
from agent.record.steps import join
from agent.record.targets import Target
from agent.review import Review
from agent.schema.base import digest
from agent.schema.decision import Decision, Override, Sheet, Steps
from agent.schema.draft import Confirmed, Draft
from agent.schema.evidence import Evidence
from agent.schema.office import Person
from agent.schema.proposal import Fact, Proposal
from knowledge.entries import Requirement
from knowledge.vocabulary import ORDERED_FACTS

if TYPE_CHECKING:
    from agent.record.journal import Receipt
    from agent.record.store import Store


@dataclass(frozen=True)
class Opened:
    """One initiative on the table: what is decided on, and what a re-run and a letter need."""

    sheet: Sheet
    proposal: Proposal
    evidence: Evidence
    mark: str
    """Of the record when it was read; the store refuses a decision on older news."""

    @property
    def requirements(self) -> dict[str, Requirement]:
        return {r.id: r for r in self.evidence.requirements}


@dataclass(frozen=True)
class Prepared:
    """A decision that may be taken, and exactly what the team will get."""

    opened: Opened
    decision: Decision
    """With `shown` filled in and conditions numbered."""
    letter: str


async def open_sheet(
    initiative: str,
    store: "Store",
    review: Review,
    *,
    version: int | None = None,
    more: Steps | None = None,
    by: str = "",
    on: str = "",
) -> Opened:
    """The sheet of a version (the newest drafted one) with its steps on record, and `more`.

    What an override confirms is signed by whoever put it on record, that day; one among `more` by
    `by` and `on` (ISO date). RecordError: nothing drafted yet.
    """
    mark = store.mark(initiative)
    draft = _draft(initiative, version, store)
    if draft is None:
        store.version(initiative, version)  # its error names the initiatives that are meant
        raise DecisionError(f"{initiative}: no draft yet; run `concord review` on its file")
    basis = basis_of(draft, store, review)
    proposal, evidence = basis.proposal, basis.evidence
    sources = Sources(proposal, evidence)
    more = more or Steps()
    _check_quotes(more, sources)
    recorded = store.steps(initiative, draft.version)
    steps = _steps(recorded, more, draft, evidence, review.facts)
    decided = None
    if store.is_decided(initiative, draft.version):
        decided = store.decision(initiative, draft.version)
    if decided is not None and not by:
        by, on = decided.by, decided.at[:10]  # for a correction that the journal says nothing of
    effective = draft
    accepted = [u.finding for u in draft.unsupported if u.finding.id in steps.accepted]
    if steps.overrides or accepted:
        signed = store.signed(initiative, draft.version)
        signed = _still_signed(signed, recorded, steps)
        effective = await rerun(
            basis, review, steps.overrides, accepted, by=by, on=on, signed=signed
        )
    sheet = make_sheet(
        draft,
        effective,
        steps,
        decided,
        earlier=store.earlier_findings(initiative, touched(steps)),
        cite=lambda words: sources.cite(PROPOSAL, words),
    )
    return Opened(sheet, proposal, evidence, mark)


def _draft(initiative: str, version: int | None, store: "Store") -> Draft | None:
    """The current draft; of a version by number the one decided on, else its last."""
    current = store.current(initiative)
    if version is None or (current is not None and current.version == version):
        return current
    from agent.record import recall

    if decided := store.decided_draft(initiative, version):
        return decided
    known = version <= store.version(initiative).n
    return recall.show(store, initiative, version).draft if known else None


def _steps(
    recorded: Steps, more: Steps, draft: Draft, evidence: Evidence, facts: FactSettings
) -> Steps:
    """What counts on this draft: a recorded correction that fits it no more (the twin is gone, the
    requirement replaced) stays in the journal alone; a new one that fits nothing is an error."""
    near = overlap_kinds(evidence)
    for override in more.overrides:
        check_override(override, draft, facts, near)
    fitting = tuple(o for o in recorded.overrides if _fits(o, draft, facts, near))
    return join(recorded.model_copy(update={"overrides": fitting}), more)


def _check_quotes(more: Steps, sources: Sources) -> None:
    """What a person adds now must quote the text as it is; what was added to an earlier version
    stays on the sheet with its quote shown as bad."""
    for added in more.added:
        if added.quote and sources.cite(PROPOSAL, added.quote).check == "bad":
            raise DecisionError(
                f"The added finding “{added.title}” quotes words that do not stand in the proposal:"
                f" “{shortened(added.quote, 120)}”; quote it word for word, or leave `quote` out."
            )


def _fits(override: Override, draft: Draft, facts: FactSettings, near: Collection[str]) -> bool:
    try:
        check_override(override, draft, facts, near)
    except DecisionError:
        return False
    return True


def _still_signed(
    signed: Mapping[str, Confirmed], recorded: Steps, steps: Steps
) -> dict[str, Confirmed]:
    """Signatures under corrections that stand as they were recorded; another word is not theirs."""
    same = set(recorded.overrides) & set(steps.overrides)
    ids = {o.id for o in same if o.kind == "requirement"}
    return {id_: who for id_, who in signed.items() if id_ in ids}


def record_steps(opened: Opened, steps: Steps, store: "Store", review: Review, by: str) -> int:
    """Put steps on record without a decision; `opened` holds them already. How many were new."""
    check_steps(steps, opened.sheet, review.facts)
    draft = opened.sheet.draft
    return store.take(draft.initiative, steps, by, version=draft.version)


def prepare(
    opened: Opened,
    decision: Decision,
    *,
    people: Mapping[str, Person],
    targets: Mapping[str, Target],
    facts: Review,
    date: str,
    earlier: Sequence[Decision] = (),
) -> Prepared:
    """Write the letter, fill in `shown`, and check that the decision may be taken so.

    Raises DecisionError or StaleDecision. `targets`: what may be merged into. `date`: today, ISO.
    An approval that names no stage is for the one that the proposal is at. `earlier`: for a
    correction, what was decided on this version before, oldest first.
    """
    decision = number_conditions(decision)
    if decision.outcome in APPROVING and not decision.approved_stage:
        decision = decision.model_copy(update={"approved_stage": _own_stage(opened.sheet)})
    text = write_letter(
        opened.sheet,
        outcome=decision.outcome,
        approved_stage=decision.approved_stage,
        conditions=decision.conditions,
        merge_into=decision.merge_into,
        target=targets.get(decision.merge_into),
        review_by=decision.review_by,
        waivers=decision.waivers,
        note=decision.note_to_team,
        requirements=opened.requirements,
        next_stage=next_stage(opened, decision.approved_stage, facts),
        by=decision.by,
        date=date,
        replaces=_replaced(decision, earlier),
    )
    if not decision.shown:
        seen = shown_digest(opened.sheet, text, decision.outcome, decision.conditions)
        decision = decision.model_copy(update={"shown": seen})
    check_decision(
        decision, opened.sheet, people, targets, facts=facts.facts, today=date, letter=text
    )
    return Prepared(opened, decision, text)


def _replaced(decision: Decision, earlier: Sequence[Decision]) -> Decision | None:
    """What the team has in hand; the same correction given again replaces what it did at first."""
    plain = digest(decision.model_copy(update={"shown": ""}))
    last = [d for d in earlier if digest(d.model_copy(update={"shown": ""})) != plain]
    return last[-1] if last else None


def _own_stage(sheet: Sheet) -> str:
    """Empty where it is unknown, or where the text says more than one."""
    fact = sheet.effective.facts.get("stage", Fact())
    return fact.values[0] if len(fact.values) == 1 and fact.origin != "conflict" else ""


def commit(
    prepared: Prepared, store: "Store", root: Path, *, correct: bool = False
) -> tuple["Receipt", Path]:
    """Record first, then the letter's file; the receipt vouches for the record."""
    decision, letter = prepared.decision, prepared.letter
    receipt = store.decide(decision, letter, expect=prepared.opened.mark, corrects=correct)
    path = root / letter_path(decision.initiative, decision.version)
    try:
        write_file(path, letter)
    except OSError as error:
        raise RecordError(
            f"the decision is recorded ({receipt}), but {path} could not be written:"
            f" {error.strerror}; `concord export {decision.initiative}` writes the letter again"
        ) from error
    return receipt, path


def write_file(path: Path, text: str) -> None:
    """Whole or not at all: written beside, synced, then renamed into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def next_stage(opened: Opened, approved: str, review: Review) -> Sequence[str]:
    """Requirements that do not apply now but will at the stage after the approved one."""
    stages = ORDERED_FACTS["stage"]
    now = approved or next(iter(opened.sheet.effective.facts.get("stage", Fact()).values), "")
    if now not in stages or now in ("production", "retired"):
        return ()
    later = stages[stages.index(now) + 1]
    facts = dict(opened.sheet.effective.facts) | {"stage": Fact(values=(later,), origin="person")}
    rows = {r.id: r for r in opened.sheet.effective.requirements}
    return [
        requirement.id
        for requirement in sorted(opened.evidence.requirements, key=lambda r: r.id)
        if rows[requirement.id].applies == "no"
        and opened.evidence.applicable[requirement.id].depends_on  # else its policy is yet to come
        and applies(requirement.applies_when, facts, review.facts)[0] == "yes"
    ]
