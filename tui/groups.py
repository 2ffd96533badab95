"""Commands that have commands below them: `audit`, `eval`, `knowledge`; names and options only."""

from pathlib import Path
from typing import Annotated

import typer

from tui.options import Initiative, Json, Office, VersionNumber, leave

audit_app = typer.Typer(help="Verify the record, or rebuild what a decision rested on.")
knowledge_app = typer.Typer(
    help="What the organisation has written down, what is missing in it, and drafts of it."
)
eval_app = typer.Typer(help="Measure the drafts against past decisions.")


@audit_app.command("verify")
def audit_verify(
    expect: Annotated[
        str | None, typer.Option(metavar="HEAD:COUNT", help="A receipt that you kept elsewhere.")
    ] = None,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Recompute the chain and compare everything it vouches for."""
    from tui.commands.audit import verify

    leave(verify(expect, office, as_json))


@audit_app.command("show")
def audit_show(
    initiative: Initiative,
    version: VersionNumber = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every finding, quote and trail, and former letters.")
    ] = False,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """What a decision rested on, rebuilt from the record alone."""
    from tui.commands.audit import show as show_record

    leave(show_record(initiative, version, office, as_json, full))


@eval_app.command("run")
def eval_run(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Past initiatives; default: the demo's.")
    ] = None,
    reader: Annotated[str, typer.Option(help="rules.")] = "rules",
    report: Annotated[Path | None, typer.Option(help="Also write a markdown report here.")] = None,
    as_json: Json = False,
) -> None:
    """Review past initiatives and compare the drafts with what people decided."""
    from tui.commands.evaluate import run

    leave(run(directory, reader, report, as_json))


Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID|FILE]...", help="Ids of drafts, or files of the knowledge."),
]
AllFrom = Annotated[
    str, typer.Option("--all-from", metavar="DOCUMENT", help="All drafts from this document.")
]


@knowledge_app.command("list")
def knowledge_list(
    kind: Annotated[list[str] | None, typer.Option(help="Entry kind; may be repeated.")] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Only drafts.")] = False,
    document: Annotated[
        str, typer.Option("--from", metavar="DOCUMENT", help="Only what came from this document.")
    ] = "",
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Every entry, drafts among them, with the place it stands at."""
    from tui.commands.knowledge import list_entries

    leave(list_entries(kind or [], drafts, document, office, as_json))


@knowledge_app.command("accept")
def knowledge_accept(
    names: Names = None,
    all_from: AllFrom = "",
    stage: Annotated[
        str,
        typer.Option(
            metavar="planned|pilot|production|retired",
            help="Where capabilities and assets stand whose file does not say.",
        ),
    ] = "",
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Make drafts count: takes `status: draft` out of their file and changes nothing else."""
    from tui.commands.knowledge import accept_drafts

    leave(accept_drafts(names or [], all_from, stage, office, as_json))


@knowledge_app.command("drop")
def knowledge_drop(
    names: Names = None,
    all_from: AllFrom = "",
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Take drafts out; a later import of the same document leaves them out."""
    from tui.commands.knowledge import drop_drafts

    leave(drop_drafts(names or [], all_from, office, as_json))
