"""The commands below `concord knowledge`; names and options only."""

from typing import Annotated

import typer

from tui.options import Json, Office, leave

knowledge_app = typer.Typer(
    help="What the organisation has written down, what is missing in it, and drafts of it."
)

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID|FILE]...", help="Ids of drafts, or files of the knowledge."),
]
AllFrom = Annotated[
    str, typer.Option("--all-from", metavar="DOCUMENT", help="All drafts from this document.")
]


@knowledge_app.command("status")
def knowledge_status(
    top: Annotated[int, typer.Option("--top", "-k", min=1, help="So many entries.")] = 15,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """What to complete first, what waits, what never matches."""
    from tui.commands.knowledge_status import run

    leave(run(top, office, as_json))


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
    """Make drafts count; nothing else in their file changes."""
    from tui.commands.knowledge import accept_drafts

    leave(accept_drafts(names or [], all_from, stage, office, as_json))


@knowledge_app.command("drop")
def knowledge_drop(
    names: Names = None,
    all_from: AllFrom = "",
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Take drafts out; a later import leaves them out too."""
    from tui.commands.knowledge import drop_drafts

    leave(drop_drafts(names or [], all_from, office, as_json))
