"""`concord decide` on the command line: its options with their words for help, handed on as typed;
flags.py reads them."""

from pathlib import Path
from typing import Annotated

import typer

from tui.options import By, Initiative, Json, Office, leave

OutcomeName = Annotated[
    str | None,
    typer.Option(
        help="approve, approve_with_conditions, request_changes, merge_with_existing, "
        "reject or defer."
    ),
]
FromFile = Annotated[
    Path | None,
    typer.Option(
        "--from",
        help="A decision or steps as JSON; - is stdin. The way to add findings (`added`) and "
        "to say until when a waiver holds; `concord schema decision` prints the format.",
    ),
]
Accept = Annotated[
    list[str] | None,
    typer.Option(metavar="FINDING", help="A finding's id; counts an unproven one, too."),
]
Dismiss = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FINDING:REASON[:NOTE]",
        help="REASON: wrong, not_relevant, covered_elsewhere, already_known, too_minor, or "
        "other, which needs a note.",
    ),
]
Edit = Annotated[
    list[str] | None,
    typer.Option(metavar="FINDING:FIELD=TEXT", help="FIELD: title, claim, ask or severity."),
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KIND:ID=VALUE:REASON",
        help="Rules re-run. KIND fact: values with commas; requirement: in_place, planned, "
        "absent, unclear, not_applicable, or confirmed (in place, and you have seen it); "
        "overlap: duplicate, extends, shares_part, unrelated; goal: serves, conflicts, "
        "not_addressed.",
    ),
]
Conditions = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TEXT[|OWNER[|DUE[|REQUIREMENT]]]",
        help="DUE: YYYY-MM-DD; REQUIREMENT: its id or a finding's.",
    ),
]
Waive = Annotated[
    list[str] | None,
    typer.Option(
        metavar="REQUIREMENT:REASON", help="Approve although it is not in place; say why."
    ),
]
MergeInto = Annotated[
    str, typer.Option(metavar="ENTRY", help="A capability's or an initiative's id.")
]
ApprovedStage = Annotated[
    str,
    typer.Option(metavar="STAGE", help="idea, pilot or production; default: the proposal's."),
]
ReviewBy = Annotated[str, typer.Option(metavar="DATE", help="YYYY-MM-DD; stands in the letter.")]
Note = Annotated[str, typer.Option(help="To the team; stands in the letter.")]
PrivateNote = Annotated[str, typer.Option(help="For the office only.")]
Shown = Annotated[str | None, typer.Option(help="Refuse if what was shown is not what stands now.")]
Correct = Annotated[
    bool, typer.Option("--correct", help="Correct a decision that is already recorded.")
]
Take = Annotated[bool, typer.Option("--take", help="Hold this initiative.")]
Release = Annotated[bool, typer.Option("--release", help="Let it go.")]
Undo = Annotated[
    bool, typer.Option("--undo", help="Take back your newest step; again: the one before.")
]
Redo = Annotated[bool, typer.Option("--redo", help="Put back the step that --undo took back.")]
Withdraw = Annotated[
    str,
    typer.Option(
        metavar="STEP",
        help="Take back one step, whoever made it: 'override KIND ID', 'verdict FINDING', "
        "'edited FIELD FINDING', 'note team' or 'note office'; a wrong name lists them.",
    ),
]
Preview = Annotated[
    bool, typer.Option("--preview", help="Print the letter and digest; record nothing.")
]
Role = Annotated[str, typer.Option(help="Yours in this decision, as [people] names it.")]


def decide(
    initiative: Initiative,
    outcome: OutcomeName = None,
    from_file: FromFile = None,
    accept: Accept = None,
    dismiss: Dismiss = None,
    edit: Edit = None,
    override: Overrides = None,
    condition: Conditions = None,
    waive: Waive = None,
    merge_into: MergeInto = "",
    approved_stage: ApprovedStage = "",
    review_by: ReviewBy = "",
    note: Note = "",
    private_note: PrivateNote = "",
    shown: Shown = None,
    correct: Correct = False,
    take: Take = False,
    release: Release = False,
    undo: Undo = False,
    redo: Redo = False,
    withdraw: Withdraw = "",
    preview: Preview = False,
    by: By = None,
    role: Role = "",
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Record steps or a decision, write the letter to the team, print the receipt."""
    from tui.commands.decide import run
    from tui.commands.flags import Given

    given = Given(
        outcome=outcome,
        from_file=from_file,
        accept=accept or [],
        dismiss=dismiss or [],
        edit=edit or [],
        override=override or [],
        condition=condition or [],
        waive=waive or [],
        merge_into=merge_into,
        approved_stage=approved_stage,
        review_by=review_by,
        note=note,
        private_note=private_note,
        shown=shown,
        correct=correct,
        take=take,
        release=release,
        undo=undo,
        redo=redo,
        withdraw=withdraw,
        preview=preview,
        by=by,
        role=role,
    )
    leave(run(initiative, given, office, as_json))
