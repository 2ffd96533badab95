"""What a draft on record rests on, and the rules run again on just that: text, evidence, and what
a model read. Nothing is searched and nobody is asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.errors import RecordError
from agent.intake.proposal import parse
from agent.readers.stored import StoredReading
from agent.review import Review
from agent.schema.decision import Override
from agent.schema.draft import Confirmed, Draft, Finding
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from agent.schema.reading import Reading

if TYPE_CHECKING:
    from agent.record.store import Store


@dataclass(frozen=True)
class Basis:
    """As it was kept when the draft was made."""

    draft: Draft
    proposal: Proposal
    gathered: Evidence
    reading: Reading | None
    """None: the rules alone read, or what the model read was redacted."""

    @property
    def evidence(self) -> Evidence:
        """With what the model looked up beside it: everything that a quote may stand in."""
        return self.gathered.with_consulted(
            self.reading.assessment.consulted if self.reading else ()
        )


def basis_of(draft: Draft, store: "Store", review: Review) -> Basis:
    """RecordError when what it rests on is no longer kept."""
    raw = store.raw(draft.initiative, draft.version)
    proposal = parse(raw, draft.proposal.path, draft.initiative, review.facts)
    kept = store.evidence(draft.id)
    if kept is None:
        raise _gone(draft, "the evidence")
    read = store.readings(draft.id)
    reading = None if read is None else Reading.model_validate_json(read)
    return Basis(draft, proposal, Evidence.model_validate_json(kept), reading)


async def rerun(
    basis: Basis,
    review: Review,
    overrides: Sequence[Override],
    accepted: Sequence[Finding],
    *,
    by: str,
    on: str,
    signed: Mapping[str, Confirmed],
) -> Draft:
    """The draft under a person's corrections, by the rules and the model's reading on record.

    `by`, `on` (ISO date) sign what an override confirms, unless `signed` names somebody for it.
    """
    draft, reading = basis.draft, basis.reading
    if reading is None and draft.provenance.model is not None:
        raise _gone(draft, "what the model read for")
    stored = () if reading is None else (StoredReading(reading),)
    alone = reading is not None and reading.alone
    offline = replace(review, readers=(review.readers[0], *stored), model_alone=alone)
    changed = offline.with_overrides(basis.proposal, basis.gathered, overrides)
    return await offline.draft(
        basis.proposal,
        changed,
        version=draft.version,
        overrides=overrides,
        accepted=accepted,
        by=by,
        on=on,
        signed=signed,
        created=draft.provenance.created,
    )


def _gone(draft: Draft, what: str) -> RecordError:
    of = "of draft" if what == "the evidence" else "draft"
    return RecordError(
        f"{draft.initiative}: {what} {of} {draft.id} is no longer kept;"
        " run `concord review` on its file again"
    )
