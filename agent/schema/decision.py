"""What a person decides, and every step on the way there."""

from typing import Literal

from pydantic import Field

from agent.schema.base import Frozen
from agent.schema.draft import Draft, Finding
from knowledge.vocabulary import Dimension, Outcome, Severity

DECISION_SCHEMA = "concord.decision/1"

DecisionOutcome = Outcome | Literal["defer"]


class Condition(Frozen):
    id: str = ""
    """Given by the record (`C1`, `C2`, ...) when empty."""
    text: str
    requirement: str = ""
    owner: str = ""
    due: str = ""
    """ISO date."""
    status: Literal["open", "met", "waived", "lapsed"] = "open"


class Waiver(Frozen):
    """The typed reason for deciding although a blocker is not in place."""

    requirement: str
    reason: str
    by: str = ""
    until: str = ""


class Override(Frozen):
    """A correction of what the draft rests on; the rules re-run at once."""

    kind: Literal["fact", "requirement", "overlap", "goal"]
    id: str
    """Fact name, requirement id, overlap entry or goal id."""
    from_: str = Field(default="", alias="from")
    to: str
    """Fact: values separated by commas; else a status, relation or verdict."""
    reason: str
    seen: bool = False
    """Of a requirement set to `in_place`: the person has seen the measure itself, which makes its
    evidence `confirmed`. Else it is a word on what the text says, and stays `stated`."""


class FieldEdit(Frozen):
    finding: str
    field: Literal["title", "claim", "ask", "severity"]
    before: str = ""
    after: str


class Dismissal(Frozen):
    finding: str
    reason: Literal[
        "wrong", "not_relevant", "covered_elsewhere", "already_known", "too_minor", "other"
    ]
    note: str = ""


class AddedFinding(Frozen):
    """A finding that the draft missed. Its rule is `person` unless it names a requirement or one of
    the review's own rules; it is the same finding as long as rule and subject are the same."""

    dimension: Dimension
    severity: Severity
    title: str
    claim: str = ""
    ask: str
    rule: str = "person"
    subject: str | None = None
    quote: str = ""
    """Words of the proposal; checked like any quote."""


class Steps(Frozen):
    """What a person may do to a draft before or while deciding; all of it optional."""

    overrides: tuple[Override, ...] = ()
    accepted: tuple[str, ...] = ()
    """Finding ids."""
    edits: tuple[FieldEdit, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()
    added: tuple[AddedFinding, ...] = ()
    note_to_team: str = ""
    private_note: str = ""


class Decision(Steps):
    schema_: str = Field(default=DECISION_SCHEMA, alias="schema")
    initiative: str
    version: int
    draft: str
    shown: str
    """digest of {draft.digest, edits, letter, outcome, conditions}."""
    outcome: DecisionOutcome
    approved_stage: str = ""
    review_by: str = ""
    conditions: tuple[Condition, ...] = ()
    merge_into: str = ""
    waivers: tuple[Waiver, ...] = ()
    by: str
    role: str = ""
    at: str = ""


class SheetFinding(Frozen):
    """A finding as it stands on the sheet, with what a person did to it."""

    finding: Finding
    state: Literal["open", "accepted", "dismissed", "added", "outdated"] = "open"
    edited: tuple[str, ...] = ()
    """Fields that a person changed; `finding` holds the changed text."""
    dismissal: Dismissal | None = None


class Sheet(Frozen):
    """What a person decides on: the machine's draft, and the same after overrides and edits."""

    draft: Draft
    """As the machine drafted and the record holds it."""
    effective: Draft
    """After overrides; equal to `draft` where there are none."""
    steps: Steps
    findings: tuple[SheetFinding, ...]
    unmet: tuple[str, ...] = ()
    """Ids of applicable blockers not in place: each needs a waiver to approve."""
    decided: Decision | None = None
    """The decision on this version, once there is one."""
